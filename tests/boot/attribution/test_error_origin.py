"""Whose words an error is, by the lookups that would leave them."""

from __future__ import annotations

from plugscope.boot import Catalog, Entry, Get, Lookup, OnError, make_plan
from plugscope.boot.attribution.error_origin import ErrorOrigins, Link, named_in, passed_on
from plugscope.plugin import Registration, Semantics

STORE, SERVICE = "store.v1", "service.v1"
WRAPPED = Lookup(Get.SINGLE, STORE, error="cannot open the store: {error}")
FIXED = Lookup(Get.BY_TYPE, STORE, "disk", error='no store "disk"', absent='no store "disk"')
BARE = Lookup(Get.BY_ID, SERVICE, "files")


def _hearsay(lookups: dict[str, list[Lookup]], semantics: Semantics = Semantics.V2) -> ErrorOrigins:
    registrations = [
        Registration(STORE, "disk"),
        Registration(STORE, "tape"),
        Registration(SERVICE, "files"),
        Registration("grpc.v1", "files"),
    ]
    plan = make_plan(Catalog([Entry(registration) for registration in registrations], semantics))
    return ErrorOrigins(plan, lambda uri: [lookups[uri]] if uri in lookups else [])


def _anyone(_uri: str) -> bool:
    return True


def test_words_around_an_error_are_taken_off() -> None:
    """What a lookup's words stand around is the other's error; other words are not that lookup's."""
    assert passed_on("cannot open the store: it burns", WRAPPED) == "it burns"
    assert passed_on("it burns", WRAPPED) is None
    assert passed_on('no store "disk"', FIXED) == ""
    assert passed_on("it burns", BARE) is None


def test_another_plugin_in_the_same_words_is_the_one_that_is_meant() -> None:
    """Which one it takes is configured: the words name it."""
    assert named_in('no store "tape"', FIXED) == "tape"
    assert named_in("no store", FIXED) == ""


def test_an_error_is_followed_through_those_that_only_repeat_it() -> None:
    """The daemon's service has the words from a plugin that has them from the store."""
    hearsay = _hearsay({"grpc.v1.files": [BARE], "service.v1.files": [FIXED]})
    assert hearsay.chain("grpc.v1.files", 'no store "tape"', _anyone) == [
        Link("service.v1.files", 'no store "tape"'),
        Link("store.v1.tape", ""),
    ]


def test_words_that_no_lookup_leaves_are_from_nobody() -> None:
    """Any error can be passed on without a word: that proves nothing."""
    hearsay = _hearsay({"grpc.v1.files": [BARE], "service.v1.files": [WRAPPED]})
    assert hearsay.chain("grpc.v1.files", "it burns", _anyone) == []
    assert hearsay.chain("service.v1.files", "cannot open the store: it burns", lambda _uri: False) == []


def test_lookups_in_a_ring_end() -> None:
    """Two plugins that look for each other."""
    ring = {"grpc.v1.files": [BARE], "service.v1.files": [Lookup(Get.BY_ID, "grpc.v1", "files")]}
    hearsay = _hearsay(ring)
    assert hearsay.chain("grpc.v1.files", "it burns", _anyone) == []
    assert hearsay.reach_of("grpc.v1.files") == {"service.v1.files"}


def test_one_that_nobody_registered_is_the_askers_own_mistake() -> None:
    """A name that is no plugin's was configured so; a plugin's name means that plugin."""
    hearsay = _hearsay({"service.v1.files": [FIXED]})
    assert hearsay.is_about_other("service.v1.files", 'no store "tape"')
    assert not hearsay.is_about_other("service.v1.files", 'no store "sky"')
    assert hearsay.is_about_other("service.v1.files", "no plugins registered for store.v1: plugin: not found")


def test_what_a_plugin_does_without_is_not_in_its_reach() -> None:
    """Not a lookup whose failure it tolerates; nor, in 1.x, members that failed beside others."""
    tolerant = Lookup(Get.SINGLE, STORE, on_error=OnError.TOLERATE)
    every = Lookup(Get.BY_TYPE, STORE)
    assert not _hearsay({"service.v1.files": [tolerant]}).reach_of("service.v1.files")
    assert not _hearsay({"service.v1.files": [every]}, Semantics.V1).reach_of("service.v1.files")
    both = {"store.v1.disk", "store.v1.tape"}
    assert _hearsay({"service.v1.files": [every]}).reach_of("service.v1.files") == both

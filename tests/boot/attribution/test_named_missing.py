"""What an error says was not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.boot import Catalog, Entry, Get, Lookup, OnError, make_plan, predict
from plugscope.boot.attribution import missing_names
from plugscope.boot.prediction import LookupResolver
from plugscope.plugin import Registration, Semantics

GRPC = "io.containerd.grpc.v1"


def names(error: str, *lookups: Lookup, era: Semantics = Semantics.V2) -> list[tuple[str, str]]:
    """What an error of a plugin with these lookups names."""
    nothing = LookupResolver(make_plan(Catalog([], era)))
    return list(missing_names(error, [lookups], nothing))


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (f"no plugins registered for {GRPC}: plugin: not found", [(GRPC, "")]),
        (f"no plugins registered for {GRPC}", [(GRPC, "")]),
        (f"cri: no plugins registered for {GRPC} here", [(GRPC, "")]),
        (f'quoted "no plugins registered for {GRPC}"', [(GRPC, "")]),
        (f"no plugins registered for {GRPC}…", [(GRPC, "")]),
        (f"no plugins registered for {GRPC}.cri: not found", [(GRPC, "cri")]),
        (f'no plugins registered for {GRPC} "cri": not found', [(GRPC, "cri")]),
        (f"no plugins registered for {GRPC}.a.b: not found", [(GRPC, "a.b")]),
        (f"no {GRPC} plugins with id cri: not found", [(GRPC, "cri")]),
        ("no disk plugins with id cri: not found", []),
        ('service "tasks-service" not found', [("io.containerd.service.v1", "tasks-service")]),
        ("no plugins registered", []),
        ("disk full", []),
        ("", []),
        (
            f"no plugins registered for {GRPC}: x; no plugins registered for a.v1.y: x",
            [(GRPC, ""), ("a.v1", "y")],
        ),
    ],
)
def test_the_words_of_every_containerd_name_type_and_id(error: str, named: list[tuple[str, str]]) -> None:
    """Of a release that says ``type.id`` the version parts the two."""
    assert names(error) == named


def test_the_words_of_a_lookup_name_what_it_looked_for() -> None:
    """Where they are the plugin's own and no containerd's."""
    lookup = Lookup(Get.SINGLE, "a.v1", error="no store at all")
    assert names("no store at all", lookup) == [("a.v1", "")]
    assert names("no store", lookup) == []


def test_a_tolerated_lookup_names_nothing_unless_one_of_a_group_is_needed() -> None:
    """Its failure was no reason to fail."""
    tolerated = Lookup(Get.SINGLE, "a.v1", on_error=OnError.TOLERATE, error="no store at all")
    grouped = Lookup(Get.SINGLE, "a.v1", on_error=OnError.TOLERATE, error="no store at all", any_of="stores")
    assert names("no store at all", tolerated) == []
    assert names("no store at all", grouped) == [("a.v1", "")]


@pytest.mark.parametrize("era", list(Semantics))
@given(st.sampled_from(["a.v1", GRPC, "x.y.v2"]), st.sampled_from(["", "x", "a-b", "one.two"]))
def test_what_a_prediction_says_is_missing_is_named(era: Semantics, type_: str, id_: str) -> None:
    """Ours are the words of each era: they name the same whether the lookups are known or not."""
    lookup = Lookup(Get.BY_ID, type_, id_) if id_ else Lookup(Get.SINGLE, type_)
    it = Catalog([Entry(Registration("asker", "x"), (lookup,))], era)
    error = predict(make_plan(it)).steps[0].error
    assert names(error, lookup, era=era)[0] == (type_, id_)
    # Without anybody of that type 1.x leaves the id out of its words.
    assert names(error, era=era) == [(type_, id_ if era.is_v2 else "")]

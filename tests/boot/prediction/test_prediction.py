"""What a prediction says, and how sure it is of it."""

from __future__ import annotations

import pytest
from tests.boot.sample import catalog, catalog_of, outcomes, predicted

from plugscope.boot import Catalog, Entry, Init, Outcome, make_plan, predict
from plugscope.plugin import Meta, Registration

STORE = """
    content.disk: = ok
    snapshotter.native: = ok
    snapshotter.zfs: = skip no zfs here: skip plugin
    metadata.bolt content snapshotter: single content; by_type snapshotter
    gc.scheduler metadata: single metadata
    grpc.version:
"""


def test_requires_alone_makes_nothing_fail() -> None:
    """A plugin that requires a type and never looks it up starts without it."""
    recording = predicted("a.x b:\n b.y:", ["b.y"])
    assert outcomes(recording) == {"a.x": "ok"}


def test_a_fatal_lookup_of_a_disabled_plugin_fails_and_takes_others_along() -> None:
    """With the era's words, and the disabled plugin as the cause of both."""
    recording = predicted(STORE, ["content.disk"])
    by_uri = recording.by_uri
    assert outcomes(recording) == {
        "snapshotter.native": "ok",
        "snapshotter.zfs": "skip",
        "metadata.bolt": "error",
        "gc.scheduler": "error",
        "grpc.version": "ok",
    }
    words = "no plugins registered for content: plugin: not found"
    assert by_uri["metadata.bolt"].error == by_uri["gc.scheduler"].error == words
    for victim in ("metadata.bolt", "gc.scheduler"):
        assert [(c.uri, str(c.reason)) for c in by_uri[victim].causes] == [("content.disk", "disabled")]
        assert by_uri[victim].is_victim


def test_the_decisive_lookup_is_marked() -> None:
    """The one whose failure became the plugin's; those before it passed, those after it were not made."""
    step = predicted("a.x: all; single b; single c\n c.y:").by_uri["a.x"]
    assert [(str(made.lookup), made.decisive) for made in step.lookups] == [
        ("all", False),
        ("single b", True),
    ]


@pytest.mark.parametrize(
    ("era", "outcome"), [("classic", "ok"), ("v1", "ok"), ("v2.0", "error"), ("v2", "error")]
)
def test_one_broken_snapshotter_takes_metadata_along_from_2_0_on(era: str, outcome: str) -> None:
    """In 1.x ``GetByType`` hands failed plugins out; in 2.x their error."""
    recording = predicted("s.bad: = error disk\n s.good:\n m.bolt: by_type s", semantics=era)
    assert outcomes(recording)["m.bolt"] == outcome


def test_the_nature_of_an_error_decides() -> None:
    """A tolerated not-found that is one through wrapping, and one that only reads like one."""
    text = "b.real: single absent\n b2.said: = error plugin: not found\n a.x: single {} ~"
    assert outcomes(predicted(text.format("b")))["a.x"] == "ok"
    assert outcomes(predicted(text.format("b2")))["a.x"] == "error"


def test_a_victim_of_a_skip_is_a_skip() -> None:
    """Unless its own words lose the nature of the error."""
    shape = {
        "plugscope": 1,
        "plugin": [
            {"type": "a", "id": "x", "lookups": [], "init": {"outcome": "skip"}},
            {"type": "b", "id": "kept", "lookups": [{"get": "by_id", "type": "a", "id": "x"}]},
            {
                "type": "b",
                "id": "lost",
                "lookups": [
                    {"get": "by_id", "type": "a", "id": "x", "error": "no a: {error}", "wraps": False}
                ],
            },
        ],
    }
    recording = predict(make_plan(catalog_of(shape)))
    assert [(s.uri, str(s.outcome), s.error) for s in recording.steps] == [
        ("a.x", "skip", "skip plugin"),
        ("b.kept", "skip", "skip plugin"),
        ("b.lost", "error", "no a: skip plugin"),
    ]
    assert {str(cause.reason) for cause in recording.by_uri["b.lost"].causes} == {"skipped-provider"}


def test_one_of_a_group_is_enough() -> None:
    """``any_of``: the last one fails if none of them found anything."""
    lookups = [
        {"get": "by_id", "type": "b", "id": "x", "any_of": "store"},
        {"get": "by_id", "type": "b", "id": "y", "any_of": "store", "error": "no store: {error}"},
    ]
    shape = {
        "plugscope": 1,
        "plugin": [
            {"type": "b", "id": "x", "lookups": []},
            {"type": "b", "id": "y", "lookups": []},
            {"type": "a", "id": "z", "lookups": lookups},
        ],
    }
    it = catalog_of(shape)
    for gone in (["b.x"], ["b.y"]):
        assert outcomes(predict(make_plan(it, gone)))["a.z"] == "ok"
    failed = predict(make_plan(it, ["b.x", "b.y"])).by_uri["a.z"]
    assert failed.error == "no store: no plugins registered for b.y: plugin: not found"


def group(*lookups: dict[str, object]) -> Catalog:
    """A plugin ``a.z`` with one group of lookups, and providers of which ``b.x`` hangs on ``c.w`` vaguely."""
    made = [{"get": "by_id", "type": "b", "any_of": "store", **lookup} for lookup in lookups]
    plugins = [
        {"type": "c", "id": "w", "lookups": []},
        {"type": "b", "id": "x", "requires": ["c"], "init": {"outcome": "ok"}},
        {"type": "b", "id": "y", "lookups": []},
        {"type": "b", "id": "bad", "lookups": [], "init": {"outcome": "error", "message": "disk"}},
        {"type": "a", "id": "z", "lookups": made},
    ]
    return catalog_of({"plugscope": 1, "plugin": plugins})


def test_doubt_counts_in_a_group_as_far_as_it_matters() -> None:
    """A sure find makes it sure; a doubtful one does not, nor does a doubtful failure before a sure one."""
    assert outcomes(predict(make_plan(group({"id": "x"}, {"id": "y"}), ["c.w"])))["a.z"] == "ok"
    assert outcomes(predict(make_plan(group({"id": "x"}, {"id": "bad"}), ["c.w"])))["a.z"] == "error may"
    assert outcomes(predict(make_plan(group({"id": "y"}, {"id": "bad"}), ["c.w"])))["a.z"] == "ok"
    vague = group({"id": "x"}, {"id": "bad"})
    vague.entries[1].init = Init(Outcome.SKIP)
    assert outcomes(predict(make_plan(vague)))["a.z"] == "error"
    unsure = group({"id": "v"}, {"id": "bad"})
    unsure.entries[2] = Entry(Registration("b", "v"), None, Init())
    assert outcomes(predict(make_plan(unsure, ["c.w"])))["a.z"] == "ok may"


def test_a_group_that_tolerates_not_founds_alone_ends_at_another_error() -> None:
    """With that error as it is; the group's own words are for when nothing was found."""
    lookup = {"on_error": "tolerate-not-found", "error": "no store: {error}"}
    it = group({"id": "bad", **lookup}, {"id": "y", **lookup})
    assert predict(make_plan(it)).by_uri["a.z"].error == "disk"
    gone = predict(make_plan(it, ["b.bad", "b.y"])).by_uri["a.z"]
    assert gone.error == "no store: no plugins registered for b.y: plugin: not found"


def test_too_few_members_are_said_in_the_plugin_s_words_or_ours() -> None:
    """``min`` counts usable ones; ``absent`` is the whole error, otherwise ``error`` stands around ours."""

    def error(**lookup: object) -> str:
        plugins = [
            {"type": "s", "id": "x", "lookups": [], "init": {"outcome": "skip"}},
            {"type": "a", "id": "y", "lookups": [{"get": "by_type", "type": "s", "min": 1, **lookup}]},
        ]
        it = catalog_of({"plugscope": 1, "semantics": "v1", "plugin": plugins})
        return predict(make_plan(it)).by_uri["a.y"].error

    assert error(absent="no runtimes available") == "no runtimes available"
    assert error(error="task: {error}") == "task: 0 usable of s, 1 needed"
    assert error(error="nothing") == "nothing"


# Where a boot ends


def test_a_required_plugin_that_fails_ends_the_boot() -> None:
    """At once; those after it are not reached."""
    recording = predicted("a.x: = error disk\n b.y:", required=["a.x"])
    assert outcomes(recording) == {"a.x": "error", "b.y": "not reached"}
    boot = recording.boot
    assert (boot.ok, boot.error, boot.stage, boot.uri) == (
        False,
        "load required plugin a.x: disk",
        "required-failed",
        "a.x",
    )


def test_a_required_plugin_that_is_missing_ends_the_boot_last() -> None:
    """All others came up, and it is in vain."""
    recording = predicted("a.x:\n b.y:", ["a.x"], required=["a.x", "c.z", "b.y"])
    assert outcomes(recording) == {"b.y": "ok"}
    assert recording.boot.error == "required plugin [a.x c.z] not included"
    assert recording.boot.stage == "required-missing"


@pytest.mark.parametrize(
    ("text", "era", "stage", "uri"),
    [
        ("a.x b:\n b.y a:", "v2", "order", "a.x"),
        ("a.x:\n a.x:", "v2", "register-panic", "a.x"),
        ("b.y:\n a.x *,b:", "v2", None, ""),
        ("a.x a:", "v2", "register-panic", "a.x"),
    ],
    ids=["a ring", "a duplicate", "an odd type is no panic", "its own type"],
)
def test_a_boot_without_an_order_has_no_steps(text: str, era: str, stage: str | None, uri: str) -> None:
    """The daemon panics before it initialises anything, with whom it begins."""
    recording = predicted(text, semantics=era)
    assert (recording.boot.stage, recording.boot.uri) == (stage, uri)
    assert bool(recording.steps) is not bool(stage)


def test_a_classic_duplicate_ends_the_boot_at_the_set() -> None:
    """Nothing looked at it before."""
    recording = predicted("a.x:\n b.y:\n a.x:\n c.z:", semantics="classic")
    assert [str(step.outcome) for step in recording.steps] == ["ok", "ok", "not reached", "not reached"]
    assert recording.boot.error == (
        "could not add plugin result to plugin set: plugin a.x already initialized: already exists"
    )


# Against what was observed


def test_observed_failures_stand_in_for_declared_outcomes() -> None:
    """A plugin that failed of itself fails again; one that was only a victim is computed anew."""
    it = catalog("a.x: = ok\n b.y a: single a = ok")
    observed = predict(make_plan(catalog("a.x: = error disk\n b.y a: single a")))
    again = predict(make_plan(it), observed)
    assert [(s.uri, str(s.outcome), s.error) for s in again.steps] == [
        ("a.x", "error", "disk"),
        ("b.y", "error", "disk"),
    ]
    assert outcomes(predict(make_plan(it, ["a.x"]), observed)) == {"b.y": "error"}


def test_meta_is_what_is_declared() -> None:
    """A plugin that fails for a lookup fills nothing in."""
    it = catalog("a.x: = ok\n b.y: single a")
    it.entries[0].init = Init(Outcome.OK, meta=Meta(exports={"root": "/r"}))
    recording = predict(make_plan(it))
    meta = recording.by_uri["a.x"].meta
    assert meta is not None
    assert meta.exports == {"root": "/r"}
    assert predict(make_plan(it, ["a.x"])).by_uri["b.y"].meta is None


def test_root_and_state_follow_from_the_catalog() -> None:
    """Each plugin has a directory of its own below them."""
    recording = predicted("a.x:", root="/var/lib/c", state="/run/c")
    (step,) = recording.steps
    assert (recording.root_of(step), recording.state_of(step)) == ("/var/lib/c/a.x", "/run/c/a.x")

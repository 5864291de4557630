"""The sentences people read: plain, whole, and true of the step."""

from __future__ import annotations

import re

import pytest
from tests.boot.sample import catalog, catalog_of, predicted

from plugscope.boot import (
    Catalog,
    Certainty,
    Entry,
    ErrorKind,
    Outcome,
    Recording,
    RecordingKind,
    Step,
    make_plan,
    order_moves,
    predict,
    short_name,
    tell_lookup,
    tell_move,
    tell_step,
    why_here,
)
from plugscope.plugin import Registration
from plugscope.sources import catalog_names
from plugscope.sources.shipped import open_catalog


def told(recording: Recording) -> list[str]:
    return [tell_step(recording, step) for step in recording.steps]


def test_a_name_is_the_one_people_say() -> None:
    """Known plugins by their type and id; unknown ones as far as their URI tells."""
    plan = make_plan(catalog("io.containerd.metadata.v1.bolt:\n io.containerd.a.v1.b.c:"))
    assert short_name("io.containerd.metadata.v1.bolt", plan) == "metadata.bolt"
    assert short_name("io.containerd.runtime.v2.task") == "runtime.v2.task"
    assert short_name("io.containerd.metadata.v1") == "metadata"
    assert short_name("plain") == "plain"


def test_the_place_in_the_order_has_its_reason() -> None:
    """Its own turn, and how many it pulled forward; or who pulled it."""
    plan = make_plan(
        catalog("gc.scheduler metadata\n metadata.bolt content\n content.a\n content.b\n x.all *")
    )
    assert [why_here(plan, position) for position in (0, 1, 2, 4)] == [
        "gc.scheduler starts as number 4 in its own turn: it was registered as number 1, "
        "after the one plugin that it pulled forward.",
        "metadata.bolt starts as number 3, pulled forward: gc.scheduler requires metadata, "
        "so all of that type start before it.",
        "content.a starts as number 1, pulled forward: metadata.bolt requires content, "
        "so all of that type start before it.",
        "x.all starts as number 5 in its own turn: it was registered as number 5.",
    ]
    everything = make_plan(catalog("x.all *\n a.x\n b.y"), ["b.y"])
    assert why_here(everything, 0).endswith("after the one plugin that it pulled forward.")
    assert why_here(everything, 1) == (
        "a.x starts as number 1, pulled forward: x.all requires everything else, so all others start before it."
    )
    assert why_here(everything, 2) == "b.y is disabled: it has no place in the order."


def test_a_boot_reads_as_a_story() -> None:
    """Outcome, why now, the lookup that decided, and where it began."""
    text = """
        content.disk: = ok
        snapshotter.zfs: = skip no zfs here: skip plugin
        snapshotter.bare: = skip
        metadata.bolt: single content; by_type snapshotter ?
        gc.scheduler metadata: single metadata
        grpc.late all: first metadata; by_id gone.x ?
        all.x:
        own.broken: = error the disk is full.
        early.bird: single dawn; by_id dawn.red ?
    """
    assert told(predicted(text, ["content.disk"])) == [
        "Step 1: snapshotter.zfs skips. Its reason: no zfs here: skip plugin.",
        "Step 2: snapshotter.bare skips. It gives no reason.",
        "Step 3: metadata.bolt fails. It asked for the single content plugin and got an error: "
        "no plugins registered for content: plugin: not found. content.disk is disabled.",
        "Step 4: gc.scheduler fails. It asked for the single metadata plugin and got the error of metadata.bolt: "
        "no plugins registered for content: plugin: not found. content.disk is disabled.",
        "Step 5: all.x starts. It came now because grpc.late requires its type.",
        "Step 6: grpc.late fails. It asked for the first metadata plugin and got the error of metadata.bolt: "
        "no plugins registered for content: plugin: not found. content.disk is disabled.",
        "Step 7: own.broken fails. Its error: the disk is full.",
        "Step 8: early.bird fails. It asked for the single dawn plugin and got an error: "
        "no plugins registered for dawn: plugin: not found. dawn is not registered.",
    ]


def test_successful_lookups_are_told_three_at_most() -> None:
    """And how many more there were."""
    text = "a.x:\n b.y: by_id a.x; single a; by_type a; all; by_type a"
    assert told(predicted(text))[1] == (
        "Step 2: b.y starts. It asked for a.x and got it; it asked for the single a plugin and got a.x; "
        "it asked for all a plugins and got a.x; and it made 2 more lookups."
    )


def test_counts_are_told_for_several_and_for_none() -> None:
    """By type and of all."""
    recording = predicted("a.x:\n a.y:\n b.z: by_type a; all\n", semantics="v1")
    assert [tell_lookup(made) for made in recording.steps[2].lookups] == [
        "asked for all a plugins and got 2",
        "asked for all plugins so far and got 2",
    ]
    first = predicted("b.z: all").steps[0]
    assert tell_lookup(first.lookups[0]) == "asked for all plugins so far and got none"


def test_fault_found_with_what_was_handed_out_is_not_the_provider_s_error() -> None:
    """Too few, or not the one it wanted: those are the init function's own words."""
    shape = {
        "plugscope": 1,
        "semantics": "v1",
        "plugin": [
            {"type": "r", "id": "linux", "lookups": [], "init": {"outcome": "error", "message": "no shim"}},
            {
                "type": "task",
                "id": "x",
                "lookups": [{"get": "by_type", "type": "r", "min": 1, "absent": "no runtimes available"}],
            },
        ],
    }
    assert told(predict(make_plan(catalog_of(shape))))[1] == (
        "Step 2: task.x fails. It asked for all r plugins and got an error: no runtimes available. "
        "It began with r.linux, which failed."
    )


def test_doubt_is_said() -> None:
    """May fail, may be, as far as is known, may not be reached."""
    text = "b.y c = ok\n c.z: = ok\n free.x = ok\n a.x: single b\n last.one:"
    assert told(predicted(text, ["c.z"], required=["a.x"])) == [
        "Step 1: b.y may fail. What it looks up is not known, but types that it requires are in trouble. "
        "c.z is disabled.",
        "Step 2: free.x starts, but that is not sure.",
        "Step 3: a.x may fail. It asked for the single b plugin and got the error of b.y: an error. "
        "c.z is disabled.",
        "last.one may not be reached: the boot may end before it.",
    ]
    assert told(predicted("a.x")) == ["Step 1: a.x starts, as far as is known."]


@pytest.mark.parametrize(
    ("kind", "error", "words"),
    [
        (ErrorKind.TIMEOUT, "did not end within 10 s", "a.x hangs: it did not end within 10 s."),
        (
            ErrorKind.CRASH,
            "the process ended in this init function: killed by SIGSEGV",
            "a.x takes the process along: the process ended in this init function: killed by SIGSEGV.",
        ),
        (
            ErrorKind.CONFIG,
            "size: expected int, found str 'big'",
            "a.x does not start, because its configuration does not fit: size: expected int, found str 'big'.",
        ),
        (ErrorKind.RAISED, "really?", "a.x fails. Its error: really?"),
    ],
)
def test_each_way_to_fail_has_its_words(kind: ErrorKind, error: str, words: str) -> None:
    """A hang is not a crash; a full stop is not doubled."""
    plan = make_plan(catalog("a.x:"))
    step = Step(0, 0, plan.catalog.entries[0], Outcome.ERROR, error)
    step.kind = kind
    assert tell_step(Recording(RecordingKind.RUN, plan, [step]), step) == f"Step 1: {words}"


def test_notes_and_dots_stay_as_they_are() -> None:
    """What an init function did to the process is told; a text with dots keeps them."""
    plan = make_plan(catalog("a.x:"))
    step = Step(0, 0, plan.catalog.entries[0], Outcome.ERROR, "waiting... gave up...")
    step.notes = ("left 1 thread running: Thread-1",)
    assert tell_step(Recording(RecordingKind.RUN, plan, [step]), step) == (
        "Step 1: a.x fails. Its error: waiting... gave up... It left 1 thread running: Thread-1."
    )


def test_many_causes_are_counted() -> None:
    """Three by name."""
    text = "a.a: = error no\n a.b: = error no\n a.c: = error no\n a.d: = error no\n b.x: by_type a"
    shape_text = text.replace("b.x: by_type a", "b.x a = ok")
    recording = predicted(shape_text, [])
    step = recording.steps[-1]
    step.causes = tuple(cause for other in recording.steps[:4] for cause in other.causes)
    step.outcome, step.error = Outcome.ERROR, "no a"
    assert tell_step(recording, step).endswith(
        "It began with a.a, which failed. It began with a.b, which failed. It began with a.c, which failed. "
        "So it is with 1 more."
    )


def test_each_move_of_the_walk_has_its_sentence() -> None:
    """What the lesson on ordering reads out."""
    plan = make_plan(catalog("gc.scheduler metadata event\n event.exchange\n metadata.bolt event\n all.x *"))
    sentences = [tell_move(event, plan) for event in order_moves(plan.catalog.registrations)]
    assert sentences[:10] == [
        "It is the turn of gc.scheduler.",
        "gc.scheduler requires metadata.",
        "metadata.bolt has no place yet: it is pulled forward.",
        "metadata.bolt requires event.",
        "event.exchange has no place yet: it is pulled forward.",
        "All that event.exchange requires has a place: it is the next to start.",
        "All that metadata.bolt requires has a place: it is the next to start.",
        "gc.scheduler requires event.",
        "event.exchange has its place already.",
        "All that gc.scheduler requires has a place: it is the next to start.",
    ]
    assert "It is the turn of event.exchange, which was pulled forward before." in sentences
    assert "all.x requires everything else." in sentences


def test_a_ring_reads_as_one() -> None:
    """From the plugin that closes it round to itself."""
    plan = make_plan(catalog("a.x b\n b.y a"))
    assert [tell_move(event, plan) for event in order_moves(plan.catalog.registrations)][-1] == (
        "a.x is required while it waits itself: a.x → b.y → a.x is a ring, and the walk cannot go on."
    )


@pytest.mark.parametrize("name", catalog_names())
def test_shipped_boots_read_well(name: str) -> None:
    """Whole sentences, no doubled signs, no gaps, whatever is disabled."""
    it = open_catalog(name)
    for entry in it.entries[::5]:
        recording = predict(make_plan(it, [entry.uri]))
        for step in recording.steps:
            for sentence in (tell_step(recording, step), why_here(recording.plan, step.position)):
                assert sentence[-1] in ".?!…"
                assert not re.search(r"\.\. |  | \.|None|\{", sentence), sentence
            assert step.certainty is Certainty.WILL or "may" in tell_step(recording, step)


@pytest.mark.parametrize(
    ("type_", "id_", "name"),
    [("", "", "(no type, no id)"), ("", "x", "(no type).x"), ("a.v1", "", "a.(no id)"), ("a.v1", "x", "a.x")],
)
def test_a_plugin_that_lacks_a_name_is_told_as_such(type_: str, id_: str, name: str) -> None:
    """A daemon would refuse it, a manifest can hold it; "." is nobody's name."""
    plan = make_plan(Catalog([Entry(Registration(type_, id_))]))
    assert short_name(plan.catalog.entries[0].uri, plan) == name

"""What each lookup finds among one plugin that is up, one that skipped and one that failed, in every era."""

from __future__ import annotations

import pytest
from tests.boot.sample import catalog

from plugscope.boot import Certainty, Get, Lookup, Outcome, Step, make_plan
from plugscope.boot.prediction import LookupResolver

UP, SKIPPED, FAILED = "up", "skipped", "failed"
V1_NONE = "no plugins registered for t: not found"


def resolver(era: str, *members: str) -> LookupResolver:
    """One that has taken in these members of a type ``t``, each named by how it came out."""
    outcomes = {UP: Outcome.OK, SKIPPED: Outcome.SKIP, FAILED: Outcome.ERROR}
    text = "\n".join(f"t.{name}{number}:" for number, name in enumerate(members)) or "other.x:"
    plan = make_plan(catalog(text, semantics=era))
    found = LookupResolver(plan)
    for number, name in enumerate(members):
        step = Step(number, number, plan.catalog.entries[number], outcomes[name])
        step.error = "" if name == UP else f"{name} it is"
        assert found.add(step)
    return found


def told(era: str, lookup: Lookup, *members: str) -> tuple[str, list[str]]:
    """The error of a lookup, and the ids of the members it was handed."""
    failure, template, found = resolver(era, *members).find(lookup)
    text = "" if failure is None else template.replace("{error}", failure.text)
    return text, [step.entry.registration.id for step in found]


BY_TYPE, SINGLE, FIRST, EVERY = (Lookup(get, "t") for get in (Get.BY_TYPE, Get.SINGLE, Get.FIRST, Get.ALL))
MANY = "multiple plugins registered for t: plugin: multiple instances"
V2_NONE = "no plugins registered for t: plugin: not found"


@pytest.mark.parametrize(
    ("lookup", "members", "error", "found"),
    [
        (SINGLE, [], V2_NONE, []),
        (SINGLE, [UP], "", ["up0"]),
        (SINGLE, [SKIPPED], V2_NONE, []),
        (SINGLE, [SKIPPED, UP], "", ["up1"]),
        (SINGLE, [FAILED], "failed it is", ["failed0"]),
        (SINGLE, [UP, UP], MANY, ["up0", "up1"]),
        (SINGLE, [UP, FAILED], "failed it is", ["failed1"]),
        (FIRST, [SKIPPED, UP], "", ["up1"]),
        (BY_TYPE, [], V2_NONE, []),
        (BY_TYPE, [SKIPPED], V2_NONE, []),
        (BY_TYPE, [UP, SKIPPED, UP], "", ["up0", "up2"]),
        (BY_TYPE, [UP, FAILED], "failed it is", ["failed1"]),
        (EVERY, [UP, SKIPPED, FAILED], "", ["up0", "skipped1", "failed2"]),
        (EVERY, [], "", []),
    ],
)
def test_in_2_x_a_failed_member_fails_and_a_skipped_one_is_none(
    lookup: Lookup, members: list[str], error: str, found: list[str]
) -> None:
    """GetSingle and GetByType of containerd/plugin."""
    assert told("v2", lookup, *members) == (error, found)


@pytest.mark.parametrize(
    ("lookup", "members", "error", "found"),
    [
        (FIRST, [], V1_NONE, []),
        (FIRST, [FAILED, UP], "failed it is", ["failed0"]),
        (FIRST, [SKIPPED, UP], "skipped it is", ["skipped0"]),
        (FIRST, [UP, UP], "", ["up0"]),
        (BY_TYPE, [], V1_NONE, []),
        (BY_TYPE, [UP, FAILED, SKIPPED], "", ["up0", "failed1", "skipped2"]),
        (EVERY, [UP, FAILED], "", ["up0", "failed1"]),
    ],
)
@pytest.mark.parametrize("era", ["classic", "v1"])
def test_in_1_x_lookups_hand_out_whatever_is_there(
    era: str, lookup: Lookup, members: list[str], error: str, found: list[str]
) -> None:
    """Whoever asked finds out by asking each member."""
    assert told(era, lookup, *members) == (error, found)


@pytest.mark.parametrize(
    ("era", "members", "id_", "error"),
    [
        ("v2", [UP], "up0", ""),
        ("v2", [FAILED], "failed0", "failed it is"),
        ("v2", [SKIPPED], "skipped0", "skipped it is"),
        ("v2", [UP], "gone", "no plugins registered for t.gone: plugin: not found"),
        ("v2", [], "gone", "no plugins registered for t.gone: plugin: not found"),
        ("v1", [UP], "gone", "no t plugins with id gone: not found"),
        ("v1", [], "gone", "no plugins registered for t: not found"),
        ("v1", [FAILED], "failed0", "failed it is"),
    ],
)
def test_one_by_its_id(era: str, members: list[str], id_: str, error: str) -> None:
    """In the words of each era where there is none."""
    assert told(era, Lookup(Get.BY_ID, "t", id_), *members)[0] == error


@pytest.mark.parametrize(
    ("era", "members", "changes", "error"),
    [
        ("v1", [UP, UP], {"min": 2}, ""),
        ("v1", [UP, FAILED], {"min": 2}, "1 usable of t, 2 needed"),
        ("v1", [UP, FAILED], {"min": 2, "absent": "too few"}, "too few"),
        ("v1", [UP, FAILED], {"min": 2, "error": "init: {error}"}, "init: 1 usable of t, 2 needed"),
        ("v1", [UP, FAILED], {"members": "fatal"}, "failed it is"),
        ("v1", [UP, UP], {"members": "fatal"}, ""),
        ("v2", [UP, SKIPPED], {"min": 2}, "1 usable of t, 2 needed"),
        ("v1", [UP, FAILED], {"id": "failed1"}, "failed it is"),
        ("v1", [UP], {"id": "gone"}, "no plugin t.gone"),
        ("v1", [UP], {"id": "gone", "absent": 'no "gone"', "error": "init: {error}"}, 'no "gone"'),
        ("v2", [UP, SKIPPED], {"id": "skipped1"}, "no plugin t.skipped1"),
        ("v1", [UP, SKIPPED], {"id": "skipped1"}, "skipped it is"),
    ],
)
def test_what_an_init_function_makes_of_several(
    era: str, members: list[str], changes: dict[str, str], error: str
) -> None:
    """It may need so many, all of them, or a certain one: its own words where it has some."""
    lookup = Lookup(Get.BY_TYPE, "t", **changes)  # type: ignore[arg-type]
    assert told(era, lookup, *members)[0] == error


def test_an_id_is_taken_in_once() -> None:
    """A classic registry may hold it twice: the set refuses the second."""
    found = resolver("classic", UP)
    again = Step(1, 0, found.steps[0].entry, Outcome.OK)
    assert not found.add(again)
    assert len(found.steps) == 1


def test_success_is_sure_unless_a_member_may_have_failed() -> None:
    """Of a lookup by id that member counts; of the first of several in 1.x any one may be taken."""
    found = resolver("v1", UP, UP)
    assert all(found.success_is_sure(lookup) for lookup in (FIRST, SINGLE, BY_TYPE, EVERY))
    found.steps[1].certainty = Certainty.MAY
    found.reconsider("t")
    assert not any(found.success_is_sure(lookup) for lookup in (FIRST, SINGLE, BY_TYPE))
    assert found.success_is_sure(EVERY)
    assert found.success_is_sure(Lookup(Get.BY_ID, "t", "up0"))
    assert not found.success_is_sure(Lookup(Get.BY_ID, "t", "up1"))
    mixed = resolver("v1", UP, SKIPPED)
    assert not mixed.success_is_sure(FIRST) and mixed.success_is_sure(BY_TYPE)


def test_reconsidering_counts_again() -> None:
    """A plugin that may have been up turns out to have failed."""
    found = resolver("v2", UP, UP)
    found.reconsider("nobody")
    found.steps[0].outcome, found.steps[0].error = Outcome.ERROR, "broken"
    assert found.of_type("t").usable == 2
    found.reconsider("t")
    assert (found.of_type("t").usable, found.of_type("t").first_failed) == (1, found.steps[0])
    failure, _, _ = found.find(SINGLE)
    assert failure is not None and failure.text == "broken"

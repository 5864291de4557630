"""Who may be behind an error that nothing that was seen explains."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.boot.sample import catalog

from plugscope.boot import Certainty, Init, Lookup, LookupsOf, Outcome, Step, make_plan
from plugscope.boot.attribution.error_origin import Link
from plugscope.boot.attribution.suspect import Suspects

TEXT = """
    store.disk:
    store.tape:
    service.files: by_id store.disk
    service.mail: by_id store.disk
    grpc.files: by_id service.files
    alone.x:
"""
DISK, FILES, MAIL, GRPC, ALONE = "store.disk", "service.files", "service.mail", "grpc.files", "alone.x"
WORDS = "cannot read the superblock"


def boot(failed: dict[str, str], *unseen: str, text: str = TEXT) -> tuple[Suspects, dict[str, Step]]:
    """A boot in which these failed with these words, and of which some lines are missing."""
    it = catalog(text)
    plan = make_plan(it)
    steps = []
    for index, position in enumerate(plan.sequence):
        entry = it.entries[position]
        outcome = Outcome.ERROR if entry.uri in failed else Outcome.OK
        step = Step(index, position, entry, outcome, failed.get(entry.uri, ""))
        if entry.uri in unseen:
            step.certainty = Certainty.UNKNOWN
        steps.append(step)

    def known(uri: str) -> Sequence[Sequence[Lookup]]:
        entry = it.find(uri)
        return [entry.lookups or ()] if entry is not None else []

    found: LookupsOf = known
    suspects = Suspects(plan, found, unseen)
    suspects.begin(steps)
    return suspects, {step.uri: step for step in steps}


def suspected(failed: dict[str, str], of: str, *unseen: str) -> list[Link]:
    """From whom one of the failed has its words."""
    suspects, steps = boot(failed, *unseen)
    return suspects.origins_of(steps[of])


def test_what_two_have_in_common_is_suspected() -> None:
    """Neither looks the other up, and both say the same: the store did not tell that it failed."""
    assert suspected({FILES: WORDS, MAIL: WORDS}, FILES) == [Link(DISK, WORDS)]


def test_one_alone_is_not_suspected_of_having_it_from_anybody() -> None:
    """Any error can be one's own."""
    assert suspected({FILES: WORDS}, FILES) == []
    assert suspected({FILES: WORDS, MAIL: "something else altogether"}, FILES) == []


def test_a_plugin_is_suspected_in_whose_directory_it_happened() -> None:
    """Its URI is in the words."""
    said = f"open /var/lib/containerd/{DISK}/metadata.db: permission denied"
    assert suspected({FILES: said}, FILES) == [Link(DISK, said)]
    assert suspected({GRPC: said}, GRPC) == [Link(DISK, said)]


def test_the_shortest_words_are_nearest_to_where_it_began() -> None:
    """Who passes an error on puts words around it."""
    said = f"open {DISK}/metadata.db: denied"
    suspects, steps = boot({FILES: said, GRPC: f"files: {said}"})
    assert suspects.origins_of(steps[GRPC]) == [Link(DISK, said)]


def test_who_is_named_by_his_own_words_is_no_suspect_of_others() -> None:
    """A plugin that names itself says that it is its own."""
    said = f"cannot lock {FILES}"
    assert suspected({FILES: said}, FILES) == []
    suspects, _ = boot({FILES: said})
    assert suspects.is_surely_own(FILES, said)


@pytest.mark.parametrize("later", [GRPC, ALONE])
def test_who_was_started_later_or_is_not_looked_up_is_not_suspected(later: str) -> None:
    """Only what comes before can break what comes after."""
    assert suspected({DISK: f"no such file: {later}"}, DISK) == []


def test_an_error_is_surely_own_where_no_provider_is_hidden() -> None:
    """One whose lines are missing may be behind it."""
    clear, _ = boot({FILES: WORDS})
    hidden, _ = boot({FILES: WORDS}, DISK)
    assert clear.is_surely_own(FILES, WORDS)
    assert not hidden.is_surely_own(FILES, WORDS)
    assert hidden.is_surely_own(ALONE, WORDS)


def test_an_error_that_another_says_too_is_not_surely_own() -> None:
    """Nor one that says what was not there."""
    suspects, _ = boot({FILES: WORDS, MAIL: WORDS})
    assert not suspects.is_surely_own(FILES, WORDS)
    plain, _ = boot({FILES: WORDS})
    assert not plain.is_surely_own(FILES, "no plugins registered for store: plugin: not found")


def test_a_provider_that_seems_well_and_usually_is_not_makes_doubt() -> None:
    """The line of its failure may be missing."""
    suspects, steps = boot({FILES: WORDS})
    assert suspects.is_surely_own(FILES, WORDS)
    steps[DISK].entry.init = Init(Outcome.SKIP, "no disk")
    assert not suspects.is_surely_own(FILES, WORDS)


def test_needed_by_the_well_is_what_they_could_not_be_well_without() -> None:
    """The only one that a fatal lookup can find; not one of several, and not by whom one is not sure."""
    suspects, _ = boot({})
    assert suspects.needed_by_well() == {DISK, FILES}
    failed, _ = boot({FILES: WORDS, MAIL: WORDS, GRPC: WORDS})
    assert failed.needed_by_well() == frozenset()
    unseen, _ = boot({FILES: WORDS, GRPC: WORDS}, MAIL)
    assert unseen.needed_by_well() == frozenset()
    several, _ = boot(
        {},
        text="store.disk:\n store.tape:\n a.x: single store\n b.y: by_type store; all\n c.z: by_id store.tape ?",
    )
    assert several.needed_by_well() == frozenset()


def test_what_the_well_need_is_not_what_the_failed_have_in_common() -> None:
    """A third service is up with the same store: it was not the store."""
    text = TEXT.replace("alone.x:", "service.up: by_id store.disk")
    suspects, steps = boot({FILES: WORDS, MAIL: WORDS}, text=text)
    assert suspects.origins_of(steps[FILES]) == []

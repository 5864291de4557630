"""Two boots as one document."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.boot.sample import predicted

from plugscope.boot import merge_boots
from plugscope.layout import Graph, lane_picture
from plugscope.plugin import Semantics
from plugscope.session import Appearance, Compared, Comparison, Look, Side, SourceDocument, compare_job
from plugscope.sources import Kind, Source, recognise

BEFORE = "a.x b:\n b.y:\n c.z: = ok"
AFTER = "d.w:\n a.x:\n b.y: = error no such device"


@pytest.fixture
def comparison() -> Comparison:
    """The positions are those of d.w, a.x, b.y, c.z."""
    union = merge_boots(predicted(BEFORE), predicted(AFTER))
    picture = lane_picture(Graph(union.catalog))
    return Comparison(Compared(Source(Kind.MANIFEST, "old ⇄ new"), ("old", "new"), union, picture))


def test_each_side_shows_its_own_boot(qtbot: QtBot, comparison: Comparison) -> None:
    """What only the other registers is absent; the picture is the same one."""
    looks = Appearance(comparison)
    picture = comparison.picture
    assert looks.looks == [Look.OK, Look.OK, Look.ERROR, Look.ABSENT]
    assert [step.uri for step in comparison.replay.steps] == ["d.w", "a.x", "b.y"]
    with qtbot.waitSignal(comparison.replay.recording_changed):
        comparison.show_side(Side.BEFORE)
    assert looks.looks == [Look.ABSENT, Look.OK, Look.OK, Look.OK]
    assert [step.uri for step in comparison.replay.steps] == ["b.y", "a.x", "c.z"]
    assert comparison.picture is picture


def test_what_differs_is_marked(comparison: Comparison) -> None:
    """New, gone, requires otherwise, comes out otherwise: on both sides the same."""
    everything = frozenset((0, 1, 2, 3))
    assert comparison.marked == everything
    comparison.show_side(Side.BEFORE)
    assert comparison.marked == everything


def test_nothing_can_be_toggled_in_it(comparison: Comparison) -> None:
    """In which of the two boots would it be?"""
    assert not isinstance(comparison, SourceDocument)
    assert comparison.toggled == frozenset()
    assert comparison.disabled == frozenset()
    assert comparison.catalog.semantics is Semantics.V2
    assert not comparison.undo_stack.canUndo()
    assert not comparison.can_change


def test_a_job_reads_the_other_source_and_lays_it_over(qtbot: QtBot) -> None:
    """A release's catalog over a boot that is shown."""
    job = compare_job(predicted(BEFORE), "old", "old.toml", recognise("catalog:containerd-2.3"))
    with qtbot.waitSignal(job.returned) as returned:
        job.start()
    (compared,) = returned.args
    assert compared.names == ("old", "containerd 2.3.4")
    assert compared.source.text == "old ⇄ containerd 2.3.4"
    assert len(compared.merged.only_before) == 3
    assert len(compared.merged.catalog.entries) == len(compared.merged.only_after) + 3
    assert compared.picture.graph.catalog is compared.merged.catalog


@pytest.mark.parametrize(
    ("folders", "names"),
    [
        (("one", "two"), ("one/boot.toml", "two/boot.toml")),
        (("one", "one"), ("boot.toml (1)", "boot.toml (2)")),
    ],
)
def test_two_of_one_name_are_told_apart(
    qtbot: QtBot, tmp_path: Path, folders: tuple[str, str], names: tuple[str, str]
) -> None:
    """By the folders they are in, or by number."""
    for folder in set(folders):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "boot.toml").write_text("plugscope = 1", "utf-8")
    before, after = (str(tmp_path / folder / "boot.toml") for folder in folders)
    job = compare_job(predicted(BEFORE), "boot.toml", before, recognise(after))
    with qtbot.waitSignal(job.returned) as returned:
        job.start()
    assert returned.args is not None
    assert returned.args[0].names == names

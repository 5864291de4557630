"""The inspector tells the truth about each kind of step, as it is at the cursor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from tests.sources.log.capture import log_of
from tests.window.sample import Shown, manifest

from plugscope.window.inspector.facts import PAGES

Show = Callable[[Any], Shown]

KINDS = manifest(
    {
        "type": "a.v1",
        "id": "good",
        "lookups": [],
        "config": {"size": 3},
        "init": {
            "outcome": "ok",
            "exports": {"root": "/x"},
            "capabilities": ["cap"],
            "platforms": ["linux/arm64"],
        },
    },
    {
        "type": "b.v1",
        "id": "skips",
        "lookups": [],
        "init": {"outcome": "skip", "message": "not on this kernel"},
    },
    {"type": "c.v1", "id": "fails", "lookups": [], "init": {"outcome": "error", "message": "disk is full"}},
    {"type": "d.v1", "id": "victim", "requires": ["c.v1"], "lookups": [{"get": "single", "type": "c.v1"}]},
    {"type": "e.v1", "id": "doubtful", "requires": ["f.v1"]},
    {"type": "f.v1", "id": "off", "lookups": []},
    {"type": "g.v1", "id": "needy", "requires": ["f.v1"], "lookups": [{"get": "single", "type": "f.v1"}]},
    disabled=["f.v1.off"],
)


def texts(shown: Shown, page: str) -> str:
    """All that a page shows, in lines."""
    shown.inspector.tabs.setCurrentIndex(PAGES.index(page))
    QApplication.processEvents()
    found = shown.inspector.pages[PAGES.index(page)]
    lines = [widget.text() for widget in found.findChildren(QLabel) if widget.isVisibleTo(found)]
    lines += [box.toPlainText() for box in found.findChildren(QPlainTextEdit) if box.isVisibleTo(found)]
    lines += [button.text() for button in found.findChildren(QPushButton) if button.isVisibleTo(found)]
    return "\n".join(lines)


def look_at(shown: Shown, uri: str) -> None:
    shown.document.select([shown.at(uri)])


def test_of_a_plugin_that_starts_it_shows_meta_and_config(show: Show) -> None:
    """What the init function filled in, and what it was given."""
    shown = show(KINDS)
    look_at(shown, "a.v1.good")
    assert shown.inspector.status.text() == "ok"
    assert shown.inspector.step_label.text() == "step 1 of 6"
    meta = texts(shown, "Meta")
    assert "root" in meta
    assert "/x" in meta
    assert "cap" in meta
    assert "linux/arm64" in meta
    assert "all of it empty" in meta
    assert '"size": 3' in texts(shown, "Config")
    assert "It makes no lookups" in texts(shown, "Lookups")
    assert "not really run" in texts(shown, "Output")
    assert "a.v1" in texts(shown, "About")


@pytest.mark.parametrize(
    ("uri", "word", "said"),
    [
        ("b.v1.skips", "skip", "not on this kernel"),
        ("c.v1.fails", "error", "disk is full"),
        ("d.v1.victim", "victim", "disk is full"),
        ("e.v1.doubtful", "may fail", "It began with"),
        ("f.v1.off", "disabled", "By the source."),
        ("g.v1.needy", "victim", "f.off"),
    ],
)
def test_the_reason_is_on_the_first_page(show: Show, uri: str, word: str, said: str) -> None:
    """For every kind of outcome, beside its mark and word."""
    shown = show(KINDS)
    look_at(shown, uri)
    assert shown.inspector.status.text() == word
    assert said in texts(shown, "Why")


def test_who_fails_for_want_of_a_disabled_plugin_is_listed(show: Show) -> None:
    """And told whose doing it is."""
    shown = show(KINDS)
    look_at(shown, "f.v1.off")
    assert "g.needy" in texts(shown, "Why")
    shown.act("toggle")
    assert shown.inspector.status.text() != "disabled"
    shown.act("undo")
    look_at(shown, "a.v1.good")
    shown.act("toggle")
    assert "By you, here." in texts(shown, "Why")
    assert "nobody" in texts(shown, "Why")


def test_of_several_that_are_selected_it_says_which_one_it_shows(show: Show) -> None:
    """So that nobody takes the one for all."""
    shown = show(KINDS)
    shown.document.select([1, 0])
    assert shown.inspector.step_label.text() == "step 1 of 6 · first of 2 selected"
    shown.document.select([0])
    assert shown.inspector.step_label.text() == "step 1 of 6"


def test_what_is_to_come_is_not_given_away(show: Show) -> None:
    """Pending: neither outcome nor Meta, on any page."""
    shown = show(KINDS)
    shown.act("restart")
    look_at(shown, "c.v1.fails")
    assert shown.inspector.status.text() == "pending"
    for page in PAGES:
        assert "disk is full" not in texts(shown, page), page
    assert "still to come" in texts(shown, "Why")
    assert "Nothing yet" in texts(shown, "Output")


def test_each_page_follows_the_cursor(show: Show) -> None:
    """The page that is open changes as the step is reached, and back; others when they are turned to."""
    shown = show(KINDS)
    look_at(shown, "a.v1.good")
    shown.act("restart")
    assert "No Meta yet" in texts(shown, "Meta")
    shown.act("step")
    assert "/x" in texts(shown, "Meta")
    shown.act("step_back")
    assert "No Meta yet" in texts(shown, "Meta")
    assert "still to come" in texts(shown, "Why")


def test_what_is_not_reached_says_so(show: Show) -> None:
    """A required plugin failed: the rest never has its turn."""
    shown = show({**KINDS, "required": ["c.v1.fails"]})
    look_at(shown, "g.v1.needy")
    assert shown.inspector.status.text() == "not reached"


def test_a_link_goes_to_the_plugin_it_names(qtbot: QtBot, show: Show) -> None:
    """From a victim to its cause in one click."""
    shown = show(KINDS)
    look_at(shown, "d.v1.victim")
    page = shown.inspector.pages[0]
    link = next(button for button in page.findChildren(QPushButton) if button.text() == "c.fails")
    link.click()
    assert shown.document.selection == {shown.at("c.v1.fails")}


def test_without_a_selection_it_tells_of_the_boot(show: Show) -> None:
    """Counts by outcome, causes, and what to try; at each place of the replay anew."""
    shown = show(KINDS)
    assert shown.inspector.tabs.isHidden()

    def overview() -> str:
        QApplication.processEvents()
        page = shown.inspector.overview
        return "\n".join(found.text() for found in page.findChildren(QLabel) if found.isVisibleTo(page))

    assert "6 plugins have their turn" in overview()
    shown.act("restart")
    assert "pending" in overview()
    shown.act("run_to_end")
    assert "pending" not in overview()


def test_it_goes_with_whoever_acted_last(show: Show) -> None:
    """Stepping shows the step, selecting what is selected; another prediction is no step."""
    shown = show(KINDS)
    document, inspector = shown.document, shown.inspector
    chosen = document.replay.steps[4]
    document.select([chosen.position])
    assert inspector.title.text() == chosen.entry.registration.id
    shown.act("restart")
    shown.act("step")
    first = document.replay.steps[0]
    assert inspector.uri.text() == first.uri
    document.select([document.replay.steps[2].position])
    assert inspector.uri.text() == document.replay.steps[2].uri
    document.toggle([document.replay.steps[3].position])
    assert inspector.uri.text() == document.replay.steps[2].uri
    shown.act("step")
    assert inspector.uri.text() == document.replay.steps[1].uri
    shown.act("run_to_end")
    assert inspector.uri.text() == document.replay.steps[2].uri


def test_an_empty_catalog_is_told_as_such(show: Show) -> None:
    """There is nothing to start, and nothing is said to come up."""
    shown = show(manifest())
    page = shown.inspector.overview
    QApplication.processEvents()
    said = "\n".join(found.text() for found in page.findChildren(QLabel) if found.isVisibleTo(page))
    assert "nothing to start" in said
    assert "comes up" not in said
    assert shown.table.summary.text() == "0 plugins"


def test_of_many_causes_the_overview_tells_the_first_and_how_many_more(show: Show) -> None:
    """All of them stand in the list of causes and problems."""
    failing = [
        {"type": f"t{number}.v1", "id": "x", "lookups": [], "init": {"outcome": "error", "message": "no"}}
        for number in range(11)
    ]
    shown = show(manifest(*failing))
    QApplication.processEvents()
    page = shown.inspector.overview
    assert sum(button.isVisibleTo(page) for button in page.findChildren(QPushButton)) == 8
    said = "\n".join(found.text() for found in page.findChildren(QLabel) if found.isVisibleTo(page))
    assert "and 3 more, under Causes and problems" in said


def test_of_a_log_it_says_which_release_it_is_of_and_what_the_causes_say(
    qtbot: QtBot, show: Show, tmp_path: Path
) -> None:
    """As the log says, or that it is inferred; each cause with its words and the line, which leads to it."""
    told, silent = tmp_path / "told.log", tmp_path / "silent.log"
    told.write_bytes(log_of("1.6.20/metadb-is-directory"))
    silent.write_bytes(log_of("2.0.11/bad-toml"))
    shown = show(str(told))
    page = shown.inspector.overview

    def overview() -> str:
        QApplication.processEvents()
        return "\n".join(found.text() for found in page.findChildren(QLabel) if found.isVisibleTo(page))

    assert shown.inspector.status.text() == "containerd 1.6.20~ds1 · v1 semantics"
    assert "containerd 1.6.20~ds1, as it says itself" in overview()
    assert "meta.db: is a directory" in overview()
    next(found for found in page.findChildren(QPushButton) if found.text() == "line 16").click()
    qtbot.waitUntil(lambda: shown.document.selection == {shown.at("io.containerd.metadata.v1.bolt")})
    shown = show(str(silent))
    page = shown.inspector.overview
    assert shown.inspector.status.text() == "v2 semantics"
    assert "No line names the version" in overview()
    assert "the boot: config" in overview()  # the end of the boot is no plugin to go to


def test_of_a_log_that_is_cut_it_says_what_is_not_told(show: Show, tmp_path: Path) -> None:
    """Not that lookups are not known: nobody needs them for what a log would have told."""
    path = tmp_path / "cut.log"
    path.write_bytes(log_of("1.6.20/derived-truncated-tail"))
    page = show(str(path)).inspector.overview
    said = "\n".join(found.text() for found in page.findChildren(QLabel) if found.isVisibleTo(page))
    assert "What became of 23 is not told." in said
    assert "lookups are not" not in said

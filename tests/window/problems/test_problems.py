"""Causes with their victims, and the problems of a catalog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.bench.synthetic import catalog_of as many
from tests.session.sample import document, document_of
from tests.window.sample import Shown

from plugscope.session import Job, load_theme
from plugscope.window.problems import Problems
from plugscope.window.problems.model import URI_ROLE, ProblemModel
from plugscope.window.problems.row import short_location
from plugscope.window.widget.text import breakable

LIGHT = load_theme("light")
Show = Callable[[Any], Shown]


def test_the_problem_tree_keeps_the_models_law(qapp: QApplication) -> None:
    """While causes come and go."""
    opened = document()
    model = ProblemModel(LIGHT)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    acts: tuple[Callable[[], object], ...] = (
        lambda: None,
        lambda: opened.toggle([3]),
        opened.undo_stack.undo,
        lambda: opened.toggle(range(7)),
    )
    for act in acts:
        act()
        model.show(opened.diagnosis().root_causes, opened.problems(), opened)
        for row in range(model.rowCount()):
            parent = model.index(row, 0)
            for child in range(model.rowCount(parent)):
                assert model.index(child, 0, parent).parent() == parent
    assert tester.model() is model


def test_victims_stand_below_their_cause(qtbot: QtBot, show: Show) -> None:
    """And each row goes to its plugin."""
    shown = show("example:outage")
    shown.window.show_dock("problems")
    model = shown.problems.model
    qtbot.waitUntil(lambda: model.rowCount() > 0)
    cause = model.index(0, 0)
    assert model.rowCount(cause) >= 5
    victim = model.index(0, 0, cause)
    shown.problems.view.activated.emit(victim)
    assert [shown.document.catalog.entries[p].uri for p in shown.document.selection] == [
        victim.data(URI_ROLE)
    ]


def test_what_ends_a_boot_stands_there_once(show: Show) -> None:
    """A ring is the cause of the boot's end, and no second problem beside it."""
    shown = show("example:cycle")
    problems = shown.problems
    shown.window.show_dock("problems")
    problems._refresh_now()
    rows = [problems.model.index(row, 0).data() for row in range(problems.model.rowCount())]
    assert [row for row in rows if "dependency loop" in row] == rows


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("/etc/containerd/config.toml:12", "config.toml:12"),
        ("/var/log/a-node-with-a-long-name.log:1234", "a-node-w…name.log:1234"),
        ("plugin[0]", "plugin[0]"),
        ("", ""),
    ],
)
def test_a_place_is_short_and_keeps_its_line(location: str, shown: str) -> None:
    """Of a long name its ends are seen."""
    assert short_location(location) == shown


@pytest.mark.parametrize(
    ("lookups", "said"),
    [
        ({"lookups": []}, "No problems: everything that can start, starts."),
        ({}, "No problems are known; but what becomes of 1 of the plugins is not."),
    ],
)
def test_without_problems_it_claims_no_more_than_is_known(
    qtbot: QtBot, show: Show, lookups: dict[str, Any], said: str
) -> None:
    """Of Python code that was never run nothing is known to fail, and nothing to start."""
    shown = show({"plugscope": 1, "plugin": [{"type": "a.v1", "id": "one", **lookups}]})
    shown.window.show_dock("problems")
    qtbot.waitUntil(lambda: shown.problems.empty.isVisible() and bool(shown.problems.empty.text()))
    assert shown.problems.empty.text() == said


def test_a_version_stays_on_its_line() -> None:
    """A name may end one behind a dot, a number may not."""
    assert breakable("containerd 1.6.20, v2.0.11") == "containerd 1.6.20, v2.0.11"
    assert breakable("a.v1.b") == "a.\u200bv1.\u200bb"
    assert "\u200b" in breakable("1." * 20), "what never ends is broken all the same"


def test_the_mark_of_a_notice_stands_beside_its_first_line(qtbot: QtBot, show: Show) -> None:
    """At the height of the words, as the button is."""
    notice = show("example:teaching").window.notice
    notice.say("one line")
    qtbot.waitUntil(notice.isVisible)
    QApplication.processEvents()
    centres = [one.geometry().center().y() for one in (notice.mark, notice.text, notice.close_button)]
    assert max(centres) - min(centres) <= 1


def test_many_plugins_are_checked_by_one_job_however_often_it_is_asked(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second would do the same work beside the first, and slow it."""
    begun: list[Job] = []

    def begin(job: Job) -> None:
        begun.append(job)

    monkeypatch.setattr(Job, "start", begin)
    opened = document_of(many(6_000))
    panel = Problems(opened, LIGHT)
    qtbot.addWidget(panel)
    for _ in range(3):
        panel.refresh()
        qtbot.wait(20)
    assert len(begun) == 1
    monkeypatch.undo()
    begun[0].start()
    qtbot.waitUntil(lambda: opened.lints.are_known)
    opened.replay.recording_changed.emit()
    qtbot.wait(20)
    assert len(begun) == 1

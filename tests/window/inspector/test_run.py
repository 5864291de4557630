"""What the inspector tells of a real run: output, errors, a hang, a crash."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from tests.window.sample import Shown

from plugscope.session import SourceDocument, run_job
from plugscope.session.loading import load
from plugscope.sources import recognise
from plugscope.window import MainWindow
from plugscope.window.inspector.facts import PAGES
from plugscope.worker import Limits

Show = Callable[[Any], Shown]


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


MODULE = """
import os, time
from plugscope.plugin import Registration, register

def talks(ic):
    print("hello from init")
    ic.meta.exports["port"] = "80"
    return object()

def hangs(ic):
    time.sleep(60)

def crashes(ic):
    print("last words", flush=True)
    os._exit(3)

def raises(ic):
    try:
        open("/nowhere/at/all")
    except OSError as error:
        raise RuntimeError("no key") from error

register(Registration("a.v1", "talks", init_fn=talks))
register(Registration("b.v1", "raises", init_fn=raises))
register(Registration("c.v1", "ends", init_fn={}))
register(Registration("d.v1", "late", init_fn=talks))
"""


@pytest.fixture
def run(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Callable[[str], Shown]:
    """Really runs a module whose third plugin ends in some way."""

    def ran(ending: str) -> Shown:
        path = tmp_path / "mine.py"
        path.write_text(MODULE.replace("{}", ending), "utf-8")
        source = recognise(str(path))
        document = SourceDocument(load(source))
        window.show_document(document)
        window.show()
        job = run_job(source, document.plan, Limits(timeout=1.0))
        job.returned.connect(document.take_run)
        with qtbot.waitSignal(document.replay.recording_changed, timeout=30_000):
            job.start()
        return Shown(window, document)

    return ran


def test_of_a_real_run_it_shows_output_and_the_error_chain(run: Callable[[str], Shown]) -> None:
    """What was printed, what was returned, what was raised and from what."""
    shown = run("hangs")
    look_at(shown, "a.v1.talks")
    output = texts(shown, "Output")
    assert "hello from init" in output
    assert "Returned" in output
    assert "ms." in output
    assert "It made no lookups" in texts(shown, "Lookups")
    look_at(shown, "b.v1.raises")
    why = texts(shown, "Why")
    assert "RuntimeError: no key" in why
    assert "FileNotFoundError" in why
    assert "Traceback" in texts(shown, "Output")


@pytest.mark.parametrize(
    ("ending", "said"), [("hangs", "did not end within 1 s"), ("crashes", "exit status 3")]
)
def test_of_a_hang_and_a_crash_it_says_what_happened(
    run: Callable[[str], Shown], ending: str, said: str
) -> None:
    """And those behind it were not reached."""
    shown = run(ending)
    look_at(shown, "c.v1.ends")
    assert said in texts(shown, "Why")
    look_at(shown, "d.v1.late")
    assert shown.inspector.status.text() == "not reached"


def test_before_a_run_it_says_that_nothing_is_known_of_what_it_brings(run: Callable[[str], Shown]) -> None:
    """A boot that comes up as far as is known is not one of which all is known."""
    shown = run("talks")
    page = shown.inspector.overview

    def overview() -> str:
        QApplication.processEvents()
        return "\n".join(found.text() for found in page.findChildren(QLabel) if found.isVisibleTo(page))

    assert "not known" not in overview()
    shown.window.show_document(SourceDocument(load(shown.document.source)))
    page = Shown(shown.window, shown.document).inspector.overview
    assert "What becomes of 4 is not known" in overview()
    assert "Ctrl+F5" in overview()


def test_after_a_run_the_prediction_is_told_apart(run: Callable[[str], Shown]) -> None:
    """Output of a run is not shown as that of a prediction."""
    shown = run("hangs")
    look_at(shown, "a.v1.talks")
    assert "hello from init" in texts(shown, "Output")
    shown.act("show_prediction")
    assert "hello from init" not in texts(shown, "Output")

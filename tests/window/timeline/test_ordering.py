"""The Ordering panel: the walk with its stack."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from plugscope.boot import Catalog, Entry
from plugscope.plugin import Registration
from plugscope.session import SourceDocument
from plugscope.sources import Kind, Opened, Source
from plugscope.window.timeline import Ordering


def _document() -> SourceDocument:
    entries = [
        Entry(Registration("top.v1", "a", ["base.v1"])),
        Entry(Registration("base.v1", "b")),
        Entry(Registration("base.v1", "c")),
    ]
    return SourceDocument(Opened(Source(Kind.MANIFEST, "test", Path("test")), Catalog(entries)))


def test_each_move_is_a_sentence_and_shows_its_stack(qtbot: QtBot) -> None:
    """Choosing the move that pulls a plugin forward tells of it, with who pulled it below on the stack."""
    document = _document()
    panel = Ordering(document)
    qtbot.addWidget(panel)
    tester = QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    panel.show()
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0)
    sentences = [str(panel.model.index(row, 0).data()).strip() for row in range(panel.model.rowCount())]
    pulled = sentences.index("base.b has no place yet: it is pulled forward.")
    with qtbot.waitSignal(panel.move_shown) as shown:
        panel.view.setCurrentIndex(panel.model.index(pulled, 0))
    assert shown.args == [1, (0, 1)]
    assert panel.stack.text().replace("\u200b", "").split() == ["top.a", "base.b"]
    tester.deleteLater()


def test_disabling_walks_anew(qtbot: QtBot) -> None:
    """A disabled plugin is in no move."""
    document = _document()
    panel = Ordering(document)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0)
    before = panel.model.rowCount()
    document.toggle([2])
    qtbot.waitUntil(lambda: panel.model.rowCount() not in (0, before))
    assert all(event.position != 2 for event in panel.model.events)
    document.deleteLater()

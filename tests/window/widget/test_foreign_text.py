"""Foreign text is shown as it is: never as markup, never as wide as it likes, and copied without additions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from tests.window.sample import HOSTILE, Shown, hostile, manifest

from plugscope.window import MainWindow
from plugscope.window.table.model import Column
from plugscope.window.widget import label, on_button, one_line, selectable, tip, visible
from plugscope.window.widget.text import breakable

Show = Callable[[Any], Shown]


def rich(text: str) -> bool:
    """Whether a tooltip would take the text for markup that we did not write."""
    return Qt.mightBeRichText(text) and not text.startswith("<qt>")


def plain_of(tooltip: str) -> str:
    from PySide6.QtGui import QTextDocument

    made = QTextDocument()
    made.setHtml(tooltip)
    return made.toPlainText().replace("\u200b", "")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_tooltip_says_what_the_text_says(text: str) -> None:
    """Markup is shown as typed."""
    said = plain_of(tip(text))
    assert said.split() == visible(text[:1500]).split()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_one_line_is_one_line(text: str) -> None:
    """With no character that cannot be seen, and no longer than is asked for."""
    line = one_line(text, 60)
    assert line.isprintable()
    assert len(line) <= 60


def test_the_middle_of_a_long_text_is_left_out() -> None:
    """Beginning and end tell most."""
    assert one_line("a" * 50 + "b" * 50, 11) == "aaaaa…bbbbb"


def test_a_button_shows_an_ampersand() -> None:
    """And underlines nothing."""
    assert on_button("a&b") == "a&&b"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_label_shows_plain_text_in_a_narrow_place(qapp: QApplication, text: str) -> None:
    """No word is too long for it."""
    made = label(text, wrap=True)
    assert made.textFormat() is Qt.TextFormat.PlainText
    assert made.minimumSizeHint().width() < 400
    assert made.text() == visible(text)


def test_break_marks_are_put_only_where_a_line_may_end() -> None:
    """Taken out again, nothing has changed."""
    for text in ("io.containerd.grpc.v1.cri", "x" * 100, "short words only"):
        assert breakable(text).replace("\u200b", "") == text
    assert breakable("short words only") == "short words only"


def test_what_is_copied_holds_no_break_marks(qtbot: QtBot) -> None:
    """A URI that is pasted into a config must be the URI."""
    uri = "io.containerd.grpc.v1.cri"
    made = selectable(uri)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    made.setSelection(0, len(breakable(uri)))
    qtbot.keySequence(made, QKeySequence(QKeySequence.StandardKey.Copy))
    assert QGuiApplication.clipboard().text() == uri


def everything(root: QWidget) -> list[QWidget]:
    return [root, *root.findChildren(QWidget)]


def check(window: MainWindow) -> None:
    """No label takes markup, no tooltip does, no text on a button hides an ampersand of the text's own."""
    for widget in everything(window):
        if isinstance(widget, QLabel) and widget.pixmap().isNull():
            assert widget.textFormat() is Qt.TextFormat.PlainText, widget.text()[:80]
        assert not rich(widget.toolTip()), widget.toolTip()[:80]
        if isinstance(widget, QAbstractButton):
            assert widget.text().isprintable()
    for action in window.findChildren(QAction):
        assert action.text().isprintable(), action.text()[:80]
        assert not rich(action.toolTip())


def test_hostile_texts_are_shown_plainly_everywhere(qtbot: QtBot, show: Show) -> None:
    """Whatever is selected, toggled and read: the window stays 1024 pixels wide, and nothing is markup."""
    shown = show(hostile())
    window = shown.window
    window.resize(1024, 700)
    assert window.windowTitle().isprintable()
    for position in range(len(HOSTILE)):
        shown.document.select([position])
        for page in range(shown.inspector.tabs.count()):
            shown.inspector.tabs.setCurrentIndex(page)
            QApplication.processEvents()
        shown.act("toggle")
        qtbot.wait(1)
        check(window)
        assert window.minimumSizeHint().width() <= 1024, HOSTILE[position][:40]
        shown.act("undo")
    assert window.width() == 1024
    model = shown.table.model
    for row in range(model.rowCount()):
        for column in Column:
            assert str(model.index(row, column).data()).isprintable()
        assert not rich(model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole))


def test_problems_are_one_line_each(qtbot: QtBot, show: Show) -> None:
    """Their tooltips tell all."""
    shown = show(hostile())
    shown.window.show_dock("problems")
    model = shown.problems.model
    qtbot.waitUntil(lambda: model.rowCount() > 0)
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        assert index.data().isprintable()
        assert not rich(index.data(Qt.ItemDataRole.ToolTipRole))


def test_menus_and_the_palette_show_them_on_one_line(qtbot: QtBot, show: Show) -> None:
    """No menu as wide as the screen, no row of two lines."""
    shown = show(hostile())
    for position in range(len(HOSTILE)):
        shown.window.controllers.menus.show_menu(position, QPoint(10, 10))
        shown.window.controllers.menus.show_type_menu(
            shown.document.catalog.entries[position].registration.type, QPoint(10, 10)
        )
    menus = [menu for menu in shown.window.findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 2 * len(HOSTILE)
    for menu in menus:
        assert menu.sizeHint().width() < 900
        assert all(action.text().isprintable() for action in menu.actions())
        menu.close()
    shown.act("palette")
    from plugscope.window.dialog import Palette

    palette = shown.window.findChild(Palette)
    assert palette is not None
    assert all(palette.list.item(row).text().isprintable() for row in range(palette.list.count()))
    palette.close()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_notice_takes_any_text(show: Show, text: str) -> None:
    """It wraps, it does not widen the window, and it leaves room for what is below."""
    shown = show("example:teaching")
    shown.window.resize(1024, 700)
    shown.window.notice.say(f"{text}: no such file", "error", [("Again", lambda: None)])
    assert shown.window.minimumSizeHint().width() <= 1024
    assert shown.window.notice.sizeHint().height() < 400


def test_the_timeline_tells_a_hostile_step_in_its_tooltip(qtbot: QtBot, show: Show) -> None:
    """Where the mouse rests."""
    shown = show(hostile())
    ticks = shown.timeline.ticks
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent

    for step in range(len(HOSTILE)):
        at = QPoint(int(4 + (step + 0.5) * (ticks.width() - 8) / len(HOSTILE)), 20)
        QApplication.sendEvent(ticks, QHelpEvent(QEvent.Type.ToolTip, at, ticks.mapToGlobal(at)))
        assert not rich(QToolTip.text())
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible(), timeout=2_000)


def test_a_plugin_without_type_and_id_is_called_so(show: Show) -> None:
    """In every place where a name would stand."""
    shown = show(manifest({"type": "a.v1", "id": "fine"}, {"type": "", "id": ""}))
    shown.document.select([1])
    model = shown.table.model
    row = model.row_of(1)
    assert [model.index(row, column).data() for column in (Column.ID, Column.TYPE)] == [
        "(no id)",
        "(no type)",
    ]
    assert (shown.inspector.title.text(), shown.inspector.uri.text()) == ("(no id)", "(no type, no id)")
    assert shown.document.name_of(1) == "(no type, no id)"
    assert shown.document.picture.graph.label(1) == "(no id)"

"""What the canvas asks for when someone acts on it with the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.canvas.acting import CTRL, NONE, SHIFT
from tests.layout.sample import ALONE, BOLT, CONTENT, NATIVE, OVERLAY, TASKS, graph

from plugscope.canvas import GraphCanvas
from plugscope.canvas.input import along, first_of
from plugscope.layout import lane_picture


@pytest.mark.parametrize(
    ("start", "key", "reached"),
    [
        (BOLT, Qt.Key.Key_Right, TASKS),
        (TASKS, Qt.Key.Key_Left, BOLT),
        (BOLT, Qt.Key.Key_Left, CONTENT),
        (OVERLAY, Qt.Key.Key_Down, NATIVE),
        (NATIVE, Qt.Key.Key_Up, OVERLAY),
        (CONTENT, Qt.Key.Key_Right, BOLT),
    ],
)
def test_arrows_travel_along_edges_and_columns(
    qtbot: QtBot, canvas: GraphCanvas, start: int, key: Qt.Key, reached: int
) -> None:
    """To the left stands what is required, to the right who requires it, up and down the same type."""
    canvas.set_selection(frozenset([start]))
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.keyClick(canvas, key)
    assert got.args == [frozenset([reached])]


def test_ghosts_are_passed_by(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """They cannot be selected, so that whoever was led to one would be stuck there."""
    wants = ("x.gone.v1", "x.lost.v1", "*")
    drawn = lane_picture(
        graph((("x.a.v1", "a", ()), *((f"x.b{n}.v1", "b", (want,)) for n, want in enumerate(wants))))
    )
    size = drawn.graph.size
    assert drawn.graph.first_type_node > size
    for node in range(size):
        for key in ("left", "right", "up", "down"):
            assert along(drawn, node, key) < size
    assert 0 <= first_of(drawn, drawn.bounds) < size
    canvas.set_picture(drawn)
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert got.args != [frozenset()]


def test_with_shift_arrows_add(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """Where one came from stays selected, as in a list."""
    canvas.set_selection(frozenset([BOLT]))
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.keyClick(canvas, Qt.Key.Key_Right, SHIFT)
    assert got.args == [frozenset([BOLT, TASKS])]


def test_without_a_selection_an_arrow_begins_at_the_left(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """Where boot begins: one card is asked for, whichever arrow it was."""
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.keyClick(canvas, Qt.Key.Key_Down)
    (selection,) = got.args
    assert len(selection) == 1


def test_travelling_brings_the_card_into_sight(canvas: GraphCanvas) -> None:
    """Close up the next card is mostly outside; the view follows the selection."""
    canvas.zoom_to(3.0)
    canvas.selection_requested.connect(canvas.set_selection)
    canvas.set_selection(frozenset([CONTENT]))
    canvas.ensure_visible(CONTENT)
    for _ in range(2):
        QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.rect().intersects(canvas.rect_of(TASKS))


@pytest.mark.parametrize(
    ("key", "modifiers", "signal", "value"),
    [
        (Qt.Key.Key_F, NONE, "focus_requested", frozenset([BOLT, TASKS])),
        (Qt.Key.Key_Return, NONE, "activated", BOLT),
        (Qt.Key.Key_Escape, NONE, "selection_requested", frozenset()),
    ],
)
def test_keys_ask(
    qtbot: QtBot, canvas: GraphCanvas, key: Qt.Key, modifiers: Qt.KeyboardModifier, signal: str, value: object
) -> None:
    """The canvas decides nothing: it says which key was meant for what is selected."""
    canvas.set_selection(frozenset([BOLT, TASKS]))
    with qtbot.waitSignal(getattr(canvas, signal)) as got:
        QTest.keyClick(canvas, key, modifiers)
    assert got.args == [value]


def test_keys_that_need_a_selection_are_left_to_others_without_one(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """Return may then be a default button's, F the window's."""
    with qtbot.assertNotEmitted(canvas.focus_requested), qtbot.assertNotEmitted(canvas.activated):
        QTest.keyClick(canvas, Qt.Key.Key_F)
        QTest.keyClick(canvas, Qt.Key.Key_Return)


@pytest.mark.parametrize(("key", "modifiers"), [(Qt.Key.Key_Menu, NONE), (Qt.Key.Key_F10, SHIFT)])
def test_the_menu_key_asks_at_the_card(
    qtbot: QtBot, canvas: GraphCanvas, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    """Not where the mouse happens to be."""
    canvas.set_selection(frozenset([BOLT]))
    with qtbot.waitSignal(canvas.menu_requested) as got:
        QTest.keyClick(canvas, key, modifiers)
    node, at = got.args
    assert node == BOLT and canvas.rect_of(BOLT).contains(canvas.mapFromGlobal(at))


def test_zoom_keys_and_fit(canvas: GraphCanvas) -> None:
    """In and out cancel out; F is for the selection, W for all of it."""
    fitted = canvas.zoom
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.zoom > fitted
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.zoom == pytest.approx(fitted)
    QTest.keyClick(canvas, Qt.Key.Key_1, CTRL)
    assert canvas.zoom == pytest.approx(1.0)
    canvas.set_selection(frozenset([ALONE]))
    QTest.keyClick(canvas, Qt.Key.Key_F)
    assert canvas.rect().contains(canvas.rect_of(ALONE))
    QTest.keyClick(canvas, Qt.Key.Key_W)
    assert canvas.zoom == pytest.approx(fitted)


def test_page_keys_scroll(canvas: GraphCanvas) -> None:
    """Down the picture, at the same size."""
    canvas.zoom_to(3.0)
    before = canvas.view
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    assert canvas.view.y < before.y and canvas.view.scale == before.scale


def test_the_focus_is_seen_by_whoever_came_by_key(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """A ring in the accent colour; whoever clicked knows where they are."""
    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow)
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    plain = canvas.grab().toImage()
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    ringed = canvas.grab().toImage()
    assert ringed.pixelColor(1, 300) == canvas.theme.accent != plain.pixelColor(1, 300)

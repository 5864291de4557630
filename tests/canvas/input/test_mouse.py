"""What the canvas asks for when someone acts on it with the mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.canvas.acting import CTRL, LEFT, MIDDLE, NONE, SHIFT, drag, empty_spot, middle, wheel
from tests.layout.sample import BOLT, GONE, NATIVE, OVERLAY, TASKS

from plugscope.canvas import GraphCanvas


def test_a_click_asks_for_a_selection_and_selects_nothing_itself(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """The canvas is told what is selected; it only asks."""
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.mouseClick(canvas, LEFT, NONE, middle(canvas, BOLT))
    assert got.args == [frozenset([BOLT])]
    assert canvas.scene.selection == frozenset()


def test_ctrl_click_adds_and_takes_away(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """The rest of the selection stays as it is."""
    canvas.set_selection(frozenset([BOLT]))
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.mouseClick(canvas, LEFT, CTRL, middle(canvas, TASKS))
    assert got.args == [frozenset([BOLT, TASKS])]
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.mouseClick(canvas, LEFT, CTRL, middle(canvas, BOLT))
    assert got.args == [frozenset()]


def test_a_click_on_nothing_clears(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """The picture's ground is the way out of a selection."""
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.mouseClick(canvas, LEFT, NONE, empty_spot(canvas))
    assert got.args == [frozenset()]


def test_a_click_on_a_type_selects_its_members(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """All of them, at the name of the box as well as between the cards."""
    box = canvas.picture.boxes[canvas.picture.graph.type_index["x.snapshotter.v1"]]
    seen = canvas.view.to_widget(box.rect)
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.mouseClick(canvas, LEFT, NONE, QPoint(round(seen.x) + 9, round(seen.y) + 9))
    assert got.args == [frozenset([OVERLAY, NATIVE])]


def test_a_click_on_a_ghost_tells_its_number(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """It cannot be selected: there is no plugin behind it."""
    with qtbot.waitSignal(canvas.ghost_requested) as got, qtbot.assertNotEmitted(canvas.selection_requested):
        QTest.mouseClick(canvas, LEFT, NONE, middle(canvas, GONE))
    assert got.args == [GONE]


def test_a_double_click_activates(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """The card under it, whatever was selected before."""
    with qtbot.waitSignal(canvas.activated) as got:
        QTest.mouseDClick(canvas, LEFT, NONE, middle(canvas, BOLT))
    assert got.args == [BOLT]


@pytest.mark.parametrize("button", [LEFT, MIDDLE])
def test_a_drag_pans_and_is_no_click(qtbot: QtBot, canvas: GraphCanvas, button: Qt.MouseButton) -> None:
    """As far as the mouse went, with the left button or the middle one, from a card as well."""
    before = canvas.view
    with qtbot.assertNotEmitted(canvas.selection_requested):
        drag(canvas, middle(canvas, BOLT), middle(canvas, BOLT) + QPoint(60, 30), button)
    assert (canvas.view.x - before.x, canvas.view.y - before.y) == (60, 30)
    assert canvas.view.scale == before.scale


def test_space_makes_the_mouse_a_hand(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """Then even three pixels pan, which else would be a click."""
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    before = canvas.view.x
    drag(canvas, middle(canvas, BOLT), middle(canvas, BOLT) + QPoint(3, 0))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.view.x == before + 3


def test_shift_drag_is_a_rubber_band(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """What it touches is selected; with Ctrl beside what is selected already."""
    around = canvas.rect_of(OVERLAY).united(canvas.rect_of(NATIVE)).adjusted(-4, -4, 4, 4)
    with qtbot.waitSignal(canvas.selection_requested) as got:
        drag(canvas, around.topLeft(), around.bottomRight(), LEFT, SHIFT)
    assert got.args == [frozenset([OVERLAY, NATIVE])]
    canvas.set_selection(frozenset([TASKS]))
    with qtbot.waitSignal(canvas.selection_requested) as got:
        drag(canvas, around.topLeft(), around.bottomRight(), LEFT, SHIFT | CTRL)
    assert got.args == [frozenset([OVERLAY, NATIVE, TASKS])]


def test_escape_gives_a_rubber_band_up(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """Letting the button go afterwards selects nothing."""
    with qtbot.assertNotEmitted(canvas.selection_requested):
        QTest.mousePress(canvas, LEFT, SHIFT, QPoint(5, 5))
        QTest.mouseMove(canvas, QPoint(400, 400))
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        QTest.mouseRelease(canvas, LEFT, SHIFT, QPoint(400, 400))


def test_the_wheel_zooms_at_the_cursor(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """What is under the mouse stays under it."""
    at = middle(canvas, TASKS)
    before = canvas.view.to_picture(at.x(), at.y())
    with qtbot.waitSignal(canvas.zoom_changed) as got:
        wheel(canvas, at, 120)
    assert got.args[0] == canvas.zoom > 1
    after = canvas.view.to_picture(at.x(), at.y())
    assert after == pytest.approx(before, abs=1)


def test_shift_wheel_pans_sideways(canvas: GraphCanvas) -> None:
    """For those whose mouse has one wheel; the size stays."""
    before = canvas.view
    wheel(canvas, QPoint(100, 100), 120, SHIFT)
    assert canvas.view.scale == before.scale and canvas.view.x > before.x


def test_the_right_button_asks_for_what_is_under_it(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """A card, or -1 for the ground, whose menu is another."""
    for at, node in ((middle(canvas, TASKS), TASKS), (empty_spot(canvas), -1)):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.mapToGlobal(at), NONE)
        with qtbot.waitSignal(canvas.menu_requested) as got:
            QApplication.sendEvent(canvas, event)
        assert got.args[0] == node


def test_the_overview_goes_where_one_clicks(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """Left shows the beginning of the boot, right its end; it can be switched off."""
    minimap = canvas._minimap
    canvas.zoom_to(3.0)
    assert minimap.isVisible()
    QTest.mouseClick(minimap, LEFT, NONE, QPoint(12, minimap.height() // 2))
    left = canvas.view.area(canvas._camera.window).x
    QTest.mouseClick(minimap, LEFT, NONE, QPoint(minimap.width() - 12, minimap.height() // 2))
    assert canvas.view.area(canvas._camera.window).x > left
    canvas.set_minimap_visible(False)
    assert not minimap.isVisible()

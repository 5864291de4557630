"""What the canvas keeps and paints anew when it is told something."""

import sys
from subprocess import run

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.canvas.acting import Spy
from tests.layout.sample import BOLT, catalog, layered

from plugscope.canvas import GraphCanvas
from plugscope.layout import Graph, lane_picture
from plugscope.layout.host import graphviz_picture
from plugscope.session import Flag, Look, load_theme


class Watched(GraphCanvas):
    """Remembers what it was asked to paint."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[QRect] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted.append(event.rect())
        super().paintEvent(event)


@pytest.mark.parametrize("size", [30, 3000])
def test_a_changed_card_is_all_that_is_painted(qtbot: QtBot, size: int) -> None:
    """Whatever the size of the graph; and a step of the replay paints two cards."""
    canvas = Watched()
    qtbot.addWidget(canvas)
    canvas.set_reduced_motion(True)
    canvas.set_minimap_visible(False)
    canvas.resize(900, 600)
    canvas.set_picture(lane_picture(Graph(layered(size))))
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.zoom_to(1.0)
    node = next(iter(canvas.picture.places.within(canvas.picture.bounds)))
    canvas.ensure_visible(node)
    qtbot.wait(50)
    canvas.painted.clear()
    canvas.update_looks({node: Look.ERROR})
    qtbot.waitUntil(lambda: bool(canvas.painted))
    assert all(canvas.rect_of(node).adjusted(-20, -20, 20, 20).contains(rect) for rect in canvas.painted)
    canvas.painted.clear()
    canvas.update_looks({node: Look.ERROR})
    qtbot.wait(30)
    assert not canvas.painted
    canvas.close()


def test_graphvizs_picture_takes_over_without_moving_what_one_looks_at(canvas: GraphCanvas) -> None:
    """It comes seconds later: the selected card stays under the eye."""
    canvas.set_selection(frozenset([BOLT]))
    canvas.zoom_to(1.5)
    canvas.ensure_visible(BOLT)
    before = canvas.rect_of(BOLT).topLeft()
    canvas.set_picture(graphviz_picture(canvas.picture.graph))
    assert canvas.scene.selection == frozenset([BOLT])
    assert (canvas.rect_of(BOLT).topLeft() - before).manhattanLength() <= 3


def test_another_catalog_starts_afresh(canvas: GraphCanvas) -> None:
    """Nothing selected, all of it in sight."""
    canvas.set_selection(frozenset([BOLT]))
    canvas.zoom_to(2.0)
    canvas.set_picture(lane_picture(Graph(catalog())))
    assert canvas.scene.selection == frozenset()
    seen = canvas.view.to_widget(canvas.picture.bounds)
    assert canvas.rect().contains(QRect(round(seen.x), round(seen.y), round(seen.width), round(seen.height)))


def test_a_glide_ends_where_a_jump_would(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """With motion or without, the view is the same in the end."""
    canvas.zoom_to(2.0)
    goal = canvas.zoom
    canvas.fit()
    canvas.set_reduced_motion(False)
    canvas.zoom_to(2.0)
    qtbot.waitUntil(lambda: canvas.zoom == pytest.approx(goal), timeout=3000)


def test_everything_can_be_told_before_there_is_a_picture(qtbot: QtBot) -> None:
    """It shows its ground and asks for nothing; what was told does not spoil the first picture."""
    canvas = GraphCanvas()
    qtbot.addWidget(canvas)
    canvas.set_theme(load_theme("dark"))
    canvas.set_looks([Look.OK] * 3)
    canvas.update_looks({0: Look.ERROR, 7: Look.OK})
    canvas.set_selection(frozenset([1]))
    canvas.set_current(None)
    canvas.set_filter(frozenset())
    canvas.set_focus(frozenset([0]))
    canvas.set_lookup_arrows([(0, 1, True)])
    canvas.fit_selection()
    canvas.ensure_visible(5)
    canvas.show()
    focused: list[object] = []
    canvas.focus_requested.connect(focused.append)
    with qtbot.assertNotEmitted(canvas.activated), qtbot.assertNotEmitted(canvas.ghost_requested):
        for key in (Qt.Key.Key_Left, Qt.Key.Key_D, Qt.Key.Key_Menu, Qt.Key.Key_F, Qt.Key.Key_Escape):
            QTest.keyClick(canvas, key)
    assert focused == [frozenset()], "Escape takes the focus off that was told"
    shown = canvas.grab().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2) == canvas.theme.canvas
    canvas.set_picture(lane_picture(Graph(catalog())))
    assert canvas.scene.selection == frozenset()
    assert {value & 15 for value in canvas.scene.shown} == {Look.UNKNOWN, Look.ABSENT}
    assert not any(canvas.scene.faded(node) for node in range(len(canvas.scene.shown)))
    canvas.close()


def test_loading_the_canvas_loads_nothing_slow() -> None:
    """The first paint waits for it."""
    program = (
        "import sys, plugscope.canvas; print(*{'numpy', 'networkx', 'pygraphviz', 'grpc'} & set(sys.modules))"
    )
    done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(("width", "height"), [(1600, 1000), (700, 600), (420, 380), (200, 150)])
def test_the_overview_is_never_in_the_way(canvas: GraphCanvas, width: int, height: int) -> None:
    """It has the picture's shape, at most about a quarter of the canvas each way, and hides where that is nothing or
    all is in sight."""
    canvas.resize(width, height)
    minimap = canvas._minimap
    canvas.fit()
    assert not minimap.isVisible(), "all is in sight"
    canvas.zoom_to(2.0)
    if minimap.isVisible():
        assert minimap.width() <= 0.3 * width and minimap.height() <= 0.3 * height
        assert canvas.rect().contains(minimap.geometry())
    else:
        assert width < 500


@pytest.mark.parametrize("size", [34, 400, 3_000])
def test_told_all_states_it_paints_those_that_changed(qtbot: QtBot, size: int) -> None:
    """As the whole canvas painted anew would look, whether cards, cells or blocks are drawn; marks that go as well."""
    canvas = GraphCanvas()
    qtbot.addWidget(canvas)
    canvas.set_minimap_visible(False)
    canvas.resize(900, 700)
    canvas.set_picture(lane_picture(Graph(layered(size))))
    canvas.set_looks([Look.OK] * size)
    canvas.show()
    qtbot.waitExposed(canvas)
    seen = Spy(canvas)
    states: list[int] = [Look.OK] * size
    for change in (
        {3: Look.ERROR | Flag.BREAKPOINT, 20: Look.DISABLED},
        {3: Look.SKIP},
        {3: Look.OK, 20: Look.OK},
    ):
        qtbot.wait(20)
        before = canvas.grab().toImage()
        for position, look in change.items():
            states[position] = look
        seen.regions.clear()
        canvas.set_looks(states)
        qtbot.waitUntil(lambda: bool(seen.regions))
        after = canvas.grab().toImage()
        changed = [
            QPoint(x, y)
            for y in range(after.height())
            for x in range(after.width())
            if before.pixel(x, y) != after.pixel(x, y)
        ]
        assert changed, f"{change} looks different"
        painted = seen.regions[0]
        assert all(painted.contains(point) for point in changed)
        assert painted.boundingRect() != canvas.rect()

"""What the canvas tells when someone acts on it."""

import sys
from subprocess import run

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QPaintEvent, QRegion, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from tests.layout.sample import ALONE, BOLT, CONTENT, GONE, NATIVE, OVERLAY, TASKS, catalog, graph, layered

from plugscope.canvas import GraphCanvas
from plugscope.canvas.tip import as_plain, tip_of, tip_of_edge
from plugscope.canvas.travel import along, first_of
from plugscope.layout import Graph, Rect, lanes
from plugscope.layout.host import graphviz_picture
from plugscope.session.look import Flag, Look
from plugscope.session.theme import load_theme

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


class Spy(QObject):
    """Notes what a widget is asked to paint."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.regions: list[QRegion] = []
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.regions.append(QRegion(event.region()))
        return False


def middle(canvas: GraphCanvas, node: int) -> QPoint:
    return canvas.rect_of(node).center()


def empty_spot(canvas: GraphCanvas) -> QPoint:
    """A point with nothing under it."""
    return next(
        QPoint(x, y)
        for y in range(5, canvas.height(), 9)
        for x in range(5, canvas.width(), 9)
        if canvas.node_at(QPointF(x, y)) < 0
    )


def wheel(canvas: GraphCanvas, at: QPoint, delta: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    event = QWheelEvent(
        QPointF(at), QPointF(canvas.mapToGlobal(at)), QPoint(), QPoint(0, delta),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def drag(
    canvas: GraphCanvas,
    start: QPoint,
    end: QPoint,
    button: Qt.MouseButton = LEFT,
    modifiers: Qt.KeyboardModifier = NONE,
) -> None:
    QTest.mousePress(canvas, button, modifiers, start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, button, modifiers, end)


def test_a_click_asks_for_a_selection_and_selects_nothing_itself(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """The canvas is told what is selected; it only asks."""
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.mouseClick(canvas, LEFT, NONE, middle(canvas, BOLT))
    assert got.args == [frozenset([BOLT])]
    assert canvas.scene.selection == frozenset()


def test_ctrl_click_adds_and_takes_away(qtbot: QtBot, canvas: GraphCanvas) -> None:
    canvas.set_selection(frozenset([BOLT]))
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.mouseClick(canvas, LEFT, CTRL, middle(canvas, TASKS))
    assert got.args == [frozenset([BOLT, TASKS])]
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.mouseClick(canvas, LEFT, CTRL, middle(canvas, BOLT))
    assert got.args == [frozenset()]


def test_a_click_on_nothing_clears(qtbot: QtBot, canvas: GraphCanvas) -> None:
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.mouseClick(canvas, LEFT, NONE, empty_spot(canvas))
    assert got.args == [frozenset()]


def test_a_click_on_a_type_selects_its_members(qtbot: QtBot, canvas: GraphCanvas) -> None:
    box = canvas.picture.boxes[canvas.picture.graph.type_index["x.snapshotter.v1"]]
    seen = canvas.view.to_widget(box.rect)
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.mouseClick(canvas, LEFT, NONE, QPoint(round(seen.x) + 9, round(seen.y) + 9))
    assert got.args == [frozenset([OVERLAY, NATIVE])]


def test_a_click_on_a_ghost_tells_its_number(qtbot: QtBot, canvas: GraphCanvas) -> None:
    with qtbot.waitSignal(canvas.ghost_requested) as got, qtbot.assertNotEmitted(canvas.selection_requested):
        QTest.mouseClick(canvas, LEFT, NONE, middle(canvas, GONE))
    assert got.args == [GONE]


def test_a_double_click_activates(qtbot: QtBot, canvas: GraphCanvas) -> None:
    with qtbot.waitSignal(canvas.activated) as got:
        QTest.mouseDClick(canvas, LEFT, NONE, middle(canvas, BOLT))
    assert got.args == [BOLT]


@pytest.mark.parametrize("button", [LEFT, MIDDLE])
def test_a_drag_pans_and_is_no_click(qtbot: QtBot, canvas: GraphCanvas, button: Qt.MouseButton) -> None:
    before = canvas.view
    with qtbot.assertNotEmitted(canvas.selection_requested):
        drag(canvas, middle(canvas, BOLT), middle(canvas, BOLT) + QPoint(60, 30), button)
    assert (canvas.view.x - before.x, canvas.view.y - before.y) == (60, 30)
    assert canvas.view.scale == before.scale


def test_space_makes_the_mouse_a_hand(qtbot: QtBot, canvas: GraphCanvas) -> None:
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    before = canvas.view.x
    drag(canvas, middle(canvas, BOLT), middle(canvas, BOLT) + QPoint(3, 0))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.view.x == before + 3


def test_shift_drag_is_a_rubber_band(qtbot: QtBot, canvas: GraphCanvas) -> None:
    around = canvas.rect_of(OVERLAY).united(canvas.rect_of(NATIVE)).adjusted(-4, -4, 4, 4)
    with qtbot.waitSignal(canvas.selection_requested) as got:
        drag(canvas, around.topLeft(), around.bottomRight(), LEFT, SHIFT)
    assert got.args == [frozenset([OVERLAY, NATIVE])]
    canvas.set_selection(frozenset([TASKS]))
    with qtbot.waitSignal(canvas.selection_requested) as got:
        drag(canvas, around.topLeft(), around.bottomRight(), LEFT, SHIFT | CTRL)
    assert got.args == [frozenset([OVERLAY, NATIVE, TASKS])]


def test_escape_gives_a_rubber_band_up(qtbot: QtBot, canvas: GraphCanvas) -> None:
    with qtbot.assertNotEmitted(canvas.selection_requested):
        QTest.mousePress(canvas, LEFT, SHIFT, QPoint(5, 5))
        QTest.mouseMove(canvas, QPoint(400, 400))
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        QTest.mouseRelease(canvas, LEFT, SHIFT, QPoint(400, 400))


def test_the_wheel_zooms_at_the_cursor(qtbot: QtBot, canvas: GraphCanvas) -> None:
    at = middle(canvas, TASKS)
    before = canvas.view.to_picture(at.x(), at.y())
    with qtbot.waitSignal(canvas.zoom_changed) as got:
        wheel(canvas, at, 120)
    assert got.args[0] == canvas.zoom > 1
    after = canvas.view.to_picture(at.x(), at.y())
    assert after == pytest.approx(before, abs=1)


def test_shift_wheel_pans_sideways(canvas: GraphCanvas) -> None:
    before = canvas.view
    wheel(canvas, QPoint(100, 100), 120, SHIFT)
    assert canvas.view.scale == before.scale and canvas.view.x > before.x


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
    canvas.set_selection(frozenset([start]))
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.keyClick(canvas, key)
    assert got.args == [frozenset([reached])]


def test_ghosts_are_passed_by(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """They cannot be selected, so that whoever was led to one would be stuck there."""
    wants = ("x.gone.v1", "x.lost.v1", "*")
    drawn = lanes(
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
    canvas.set_selection(frozenset([BOLT]))
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.keyClick(canvas, Qt.Key.Key_Right, SHIFT)
    assert got.args == [frozenset([BOLT, TASKS])]


def test_without_a_selection_an_arrow_begins_at_the_left(qtbot: QtBot, canvas: GraphCanvas) -> None:
    with qtbot.waitSignal(canvas.selection_requested) as got:
        QTest.keyClick(canvas, Qt.Key.Key_Down)
    (selection,) = got.args
    assert len(selection) == 1


def test_travelling_brings_the_card_into_sight(canvas: GraphCanvas) -> None:
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
        (Qt.Key.Key_D, NONE, "toggle_requested", frozenset([BOLT, TASKS])),
        (Qt.Key.Key_F9, NONE, "breakpoint_requested", BOLT),
        (Qt.Key.Key_F, NONE, "focus_requested", frozenset([BOLT, TASKS])),
        (Qt.Key.Key_Return, NONE, "activated", BOLT),
        (Qt.Key.Key_A, CTRL, "selection_requested", frozenset(range(6))),
        (Qt.Key.Key_Escape, NONE, "selection_requested", frozenset()),
    ],
)
def test_keys_ask(
    qtbot: QtBot, canvas: GraphCanvas, key: Qt.Key, modifiers: Qt.KeyboardModifier, signal: str, value: object
) -> None:
    canvas.set_selection(frozenset([BOLT, TASKS]))
    with qtbot.waitSignal(getattr(canvas, signal)) as got:
        QTest.keyClick(canvas, key, modifiers)
    assert got.args == [value]


def test_keys_that_need_a_selection_are_left_to_others_without_one(qtbot: QtBot, canvas: GraphCanvas) -> None:
    with qtbot.assertNotEmitted(canvas.toggle_requested), qtbot.assertNotEmitted(canvas.breakpoint_requested):
        QTest.keyClick(canvas, Qt.Key.Key_D)
        QTest.keyClick(canvas, Qt.Key.Key_F9)


@pytest.mark.parametrize(("key", "modifiers"), [(Qt.Key.Key_Menu, NONE), (Qt.Key.Key_F10, SHIFT)])
def test_the_menu_key_asks_at_the_card(
    qtbot: QtBot, canvas: GraphCanvas, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    canvas.set_selection(frozenset([BOLT]))
    with qtbot.waitSignal(canvas.menu_requested) as got:
        QTest.keyClick(canvas, key, modifiers)
    node, at = got.args
    assert node == BOLT and canvas.rect_of(BOLT).contains(canvas.mapFromGlobal(at))


def test_the_right_button_asks_for_what_is_under_it(qtbot: QtBot, canvas: GraphCanvas) -> None:
    for at, node in ((middle(canvas, TASKS), TASKS), (empty_spot(canvas), -1)):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.mapToGlobal(at), NONE)
        with qtbot.waitSignal(canvas.menu_requested) as got:
            QApplication.sendEvent(canvas, event)
        assert got.args[0] == node


def test_zoom_keys_and_fit(canvas: GraphCanvas) -> None:
    fitted = canvas.zoom
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.zoom > fitted
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.zoom == pytest.approx(fitted)
    QTest.keyClick(canvas, Qt.Key.Key_1, CTRL)
    assert canvas.zoom == pytest.approx(1.0)
    canvas.set_selection(frozenset([ALONE]))
    QTest.keyClick(canvas, Qt.Key.Key_9, CTRL)
    assert canvas.rect().contains(canvas.rect_of(ALONE))
    QTest.keyClick(canvas, Qt.Key.Key_0, CTRL)
    assert canvas.zoom == pytest.approx(fitted)


def test_page_keys_scroll(canvas: GraphCanvas) -> None:
    canvas.zoom_to(3.0)
    before = canvas.view
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    assert canvas.view.y < before.y and canvas.view.scale == before.scale


def test_hover_tells_once_it_rests(qtbot: QtBot, canvas: GraphCanvas) -> None:
    with qtbot.waitSignal(canvas.hovered) as got:
        QTest.mouseMove(canvas, middle(canvas, BOLT))
    assert got.args == [BOLT]
    with qtbot.waitSignal(canvas.hovered) as got:
        QTest.mouseMove(canvas, empty_spot(canvas))
    assert got.args == [-1]


def test_a_tooltip_is_plain_text(qtbot: QtBot, canvas: GraphCanvas) -> None:
    canvas.set_picture(lanes(graph((("x.a.v1", "<b>bold</b> &amp;", ()),))))
    at = middle(canvas, 0)
    QApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, at, canvas.mapToGlobal(at)))
    assert "&lt;b&gt;bold" in QToolTip.text()
    QToolTip.hideText()


def test_a_tooltip_says_what_the_card_leaves_out(canvas: GraphCanvas) -> None:
    canvas.update_looks({BOLT: Look.ERROR | Flag.BREAKPOINT})
    tip = tip_of(canvas.scene, canvas.theme, BOLT)
    assert tip.splitlines() == [
        "x.metadata.v1.bolt",
        "error",
        "breakpoint",
        "requires x.content, x.snapshotter",
        "required by 1 plugin",
    ]
    assert "not registered" in tip_of(canvas.scene, canvas.theme, GONE)
    type_node = canvas.picture.graph.type_node(canvas.picture.graph.type_index["x.snapshotter.v1"])
    assert "2 registered, required by 1" in tip_of(canvas.scene, canvas.theme, type_node)
    assert as_plain("a\n<b>") == "<qt>a<br>&lt;b&gt;</qt>"


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
    canvas.set_picture(lanes(Graph(layered(size))))
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
    canvas.set_selection(frozenset([BOLT]))
    canvas.zoom_to(1.5)
    canvas.ensure_visible(BOLT)
    before = canvas.rect_of(BOLT).topLeft()
    canvas.set_picture(graphviz_picture(canvas.picture.graph))
    assert canvas.scene.selection == frozenset([BOLT])
    assert (canvas.rect_of(BOLT).topLeft() - before).manhattanLength() <= 3


def test_another_catalog_starts_afresh(canvas: GraphCanvas) -> None:
    canvas.set_selection(frozenset([BOLT]))
    canvas.zoom_to(2.0)
    canvas.set_picture(lanes(Graph(catalog())))
    assert canvas.scene.selection == frozenset()
    seen = canvas.view.to_widget(canvas.picture.bounds)
    assert canvas.rect().contains(QRect(round(seen.x), round(seen.y), round(seen.width), round(seen.height)))


def test_the_overview_goes_where_one_clicks(qtbot: QtBot, canvas: GraphCanvas) -> None:
    minimap = canvas._minimap
    canvas.zoom_to(3.0)
    assert minimap.isVisible()
    QTest.mouseClick(minimap, LEFT, NONE, QPoint(12, minimap.height() // 2))
    left = canvas.view.area(canvas._camera.window).x
    QTest.mouseClick(minimap, LEFT, NONE, QPoint(minimap.width() - 12, minimap.height() // 2))
    assert canvas.view.area(canvas._camera.window).x > left
    canvas.set_minimap_visible(False)
    assert not minimap.isVisible()


def test_a_glide_ends_where_a_jump_would(qtbot: QtBot, canvas: GraphCanvas) -> None:
    canvas.zoom_to(2.0)
    goal = canvas.zoom
    canvas.fit()
    canvas.set_reduced_motion(False)
    canvas.zoom_to(2.0)
    qtbot.waitUntil(lambda: canvas.zoom == pytest.approx(goal), timeout=3000)


def test_everything_can_be_told_before_there_is_a_picture(qtbot: QtBot) -> None:
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
    for key in (Qt.Key.Key_Left, Qt.Key.Key_D, Qt.Key.Key_Menu, Qt.Key.Key_F, Qt.Key.Key_Escape):
        QTest.keyClick(canvas, key)
    canvas.grab()
    canvas.close()


def test_loading_the_canvas_loads_nothing_slow() -> None:
    """The first paint waits for it."""
    program = (
        "import sys, plugscope.canvas; print(*{'numpy', 'networkx', 'pygraphviz', 'grpc'} & set(sys.modules))"
    )
    done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_focus_is_seen_by_whoever_came_by_key(qtbot: QtBot, canvas: GraphCanvas) -> None:
    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow)
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    plain = canvas.grab().toImage()
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    ringed = canvas.grab().toImage()
    assert ringed.pixelColor(1, 300) == canvas.theme.accent != plain.pixelColor(1, 300)


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


def test_a_tooltip_on_a_line_says_who_requires_what(canvas: GraphCanvas) -> None:
    canvas.set_picture(graphviz_picture(canvas.picture.graph))
    edges = canvas.picture.edges
    said = set()
    for number in range(len(edges)):
        x0, y0, x1, y1, x2, y2, x3, y3 = edges.curve(number)[:8]
        middle_x, middle_y = (x0 + 3 * x1 + 3 * x2 + x3) / 8, (y0 + 3 * y1 + 3 * y2 + y3) / 8
        seen = canvas.view.to_widget(Rect(middle_x, middle_y, 0, 0))
        said.add(canvas._tip_at(QPointF(seen.x, seen.y)))
    assert {
        "bolt requires x.content: content",
        "bolt requires x.snapshotter",
        "x.snapshotter: overlay",
        "tasks requires x.metadata: bolt",
        "tasks requires x.gone: x.gone",
    } <= said
    assert canvas._tip_at(QPointF(empty_spot(canvas))) == ""


def test_a_line_between_types_counts_its_plugins(canvas: GraphCanvas) -> None:
    drawn = lanes(Graph(layered(600)))
    tips = {tip_of_edge(drawn, drawn.bundles, number) for number in range(len(drawn.bundles))}
    assert "50 x.kind1 plugins require x.kind0" in tips


@pytest.mark.parametrize("size", [34, 400, 3_000])
def test_told_all_states_it_paints_those_that_changed(qtbot: QtBot, size: int) -> None:
    """As the whole canvas painted anew would look, whether cards, cells or blocks are drawn; marks that go as well."""
    canvas = GraphCanvas()
    qtbot.addWidget(canvas)
    canvas.set_minimap_visible(False)
    canvas.resize(900, 700)
    canvas.set_picture(lanes(Graph(layered(size))))
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

"""What the canvas tells about what the mouse rests on."""

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from tests.canvas.acting import empty_spot, middle
from tests.layout.sample import BOLT, GONE, graph, layered

from plugscope.canvas import GraphCanvas
from plugscope.canvas.input import tip_of
from plugscope.canvas.input.tip import as_plain, tip_of_edge
from plugscope.layout import Graph, Rect, lane_picture
from plugscope.layout.host import graphviz_picture
from plugscope.session import Flag, Look


def test_hover_tells_once_it_rests(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """A card, and -1 once the mouse is on nothing."""
    with qtbot.waitSignal(canvas.hovered) as got:
        QTest.mouseMove(canvas, middle(canvas, BOLT))
    assert got.args == [BOLT]
    with qtbot.waitSignal(canvas.hovered) as got:
        QTest.mouseMove(canvas, empty_spot(canvas))
    assert got.args == [-1]


def test_a_tooltip_is_plain_text(qtbot: QtBot, canvas: GraphCanvas) -> None:
    """An id is no markup, however it looks."""
    canvas.set_picture(lane_picture(graph((("x.a.v1", "<b>bold</b> &amp;", ()),))))
    at = middle(canvas, 0)
    QApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, at, canvas.mapToGlobal(at)))
    assert "&lt;b&gt;bold" in QToolTip.text()
    QToolTip.hideText()


def test_a_tooltip_says_what_the_card_leaves_out(canvas: GraphCanvas) -> None:
    """The full URI, its state in words, and both ways of requires; of a ghost why it is one."""
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


def test_a_tooltip_on_a_line_says_who_requires_what(canvas: GraphCanvas) -> None:
    """In the middle of each curve, of both halves of a way through a pill; nothing on the ground."""
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
    """A bundle stands for as many requirements as it is wide."""
    drawn = lane_picture(Graph(layered(600)))
    tips = {tip_of_edge(drawn, drawn.bundles, number) for number in range(len(drawn.bundles))}
    assert "50 x.kind1 plugins require x.kind0" in tips

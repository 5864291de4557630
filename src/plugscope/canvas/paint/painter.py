"""Painting a picture, into a window or into any other painter."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from plugscope.canvas.scene import Focus, Scene
from plugscope.canvas.view import View
from plugscope.layout import TYPE_SIZE, Box, GridPlaces, Hub, Picture, Rect
from plugscope.session import Theme

from .boxes import BoxPainter, dot
from .cards import CardPainter
from .crowd import CROWDED, Crowd
from .face import COMPACT, FULL, PLAIN, SMALL
from .label import Labels, font_of
from .lines import LinePainter
from .palette import Palette

FULL_SCALE, COMPACT_SCALE, SMALL_SCALE = 0.62, 0.4, 0.25
_LEVELS = ((FULL_SCALE, FULL), (COMPACT_SCALE, COMPACT), (SMALL_SCALE, SMALL))
_MOST_CARDS = 420
_LEAST_CELL = 2.4
"""Pixels a cell must be high to be a cell; below, its type is one block."""


class Detail(Struct, frozen=True):
    """What is drawn at a zoom: cards (and how much is written on them), else cells, else blocks."""

    cards: bool
    level: int
    cells: bool


class PicturePainter:
    """Paints one picture in one theme. Keeps what can be kept from one time to the next."""

    def __init__(self, picture: Picture, theme: Theme, family: str = "", *, exact: bool = False) -> None:
        self.picture = picture
        self.exact = exact
        self.palette = Palette(theme, picture.graph)
        self.lines = LinePainter(picture)
        self.cards = CardPainter(self.palette, picture, family, exact=exact)
        self.boxes = BoxPainter(self.palette, picture.graph, family)
        self.crowd = Crowd(self.palette, picture.graph, picture.boxes)
        self._crowded = (View(), False)
        self._hub_labels = Labels(font_of(family, TYPE_SIZE, bold=True))

    def detail(self, view: View, area: Rect) -> Detail:
        """How much to draw of an area at a zoom."""
        scale = view.scale
        level = next((level for least, level in _LEVELS if scale >= least), PLAIN)
        level = FULL if self.exact else level
        boxes = self.picture.boxes
        if self.exact or not boxes:
            return Detail(True, level, True)
        cell = boxes[0].cell
        seen = area.width * area.height / (cell[0] * cell[1])
        few = self.picture.graph.first_type_node <= _MOST_CARDS and scale * cell[1] >= 9
        return Detail((level > PLAIN and seen <= _MOST_CARDS) or few, level, scale * cell[1] >= _LEAST_CELL)

    def paint(self, painter: QPainter, scene: Scene, view: View, clip: Rect, whole: Rect) -> None:
        """Paint what lies in ``clip`` (pixels of the widget); ``whole`` is all that can be seen of the widget."""
        painter.setClipRect(QRectF(*clip))
        self.cards.incomplete = False
        painter.fillRect(QRectF(*clip), self.palette.theme.canvas)
        detail = self.detail(view, view.area(whole))
        painter.save()
        painter.translate(view.x, view.y)
        painter.scale(view.scale, view.scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        area = view.area(clip).grown(scene.reach)
        near = self._near(area)
        if not any(box.rect.encloses(area) for box in near):
            heads = view.scale >= SMALL_SCALE or self.exact
            self.lines.paint(painter, scene, self.palette, area, arrowheads=heads)
        if not detail.cards and self._is_crowded(view, whole):
            self.crowd.paint(painter, near, scene.shown)
            near = []
        for box in near:
            self.boxes.paint_frame(painter, box, view.scale)
        self.lines.paint_focus(painter, scene, self.palette)
        self.lines.paint_hover(painter, scene, self.palette)
        self._paint_members(painter, scene, area, near, detail, view)
        for hub in self.picture.hubs:
            if hub.rect.touches(area):
                self._paint_hub(painter, scene, hub, detail.level)
        self.lines.paint_arrows(painter, scene, self.palette)
        painter.restore()
        self._paint_names(painter, near, view, whole, clip)

    def forget(self) -> None:
        """Every card may look different."""
        self.boxes.forget()
        self.crowd.forget()

    def update(self, nodes: list[int], scene: Scene) -> None:
        """Some cards look different."""
        self.boxes.update(nodes, scene.shown)
        self.crowd.update(nodes, scene.shown)

    def _is_crowded(self, view: View, whole: Rect) -> bool:
        """By all that is in sight, so that a part is painted as the whole was."""
        if len(self.picture.boxes) <= CROWDED:
            return False
        if self._crowded[0] != view:
            self._crowded = (view, len(self._near(view.area(whole))) > CROWDED)
        return self._crowded[1]

    def _near(self, area: Rect) -> list[Box]:
        places = self.picture.places
        return places.boxes_near(area) if isinstance(places, GridPlaces) else []

    def _paint_members(
        self, painter: QPainter, scene: Scene, area: Rect, near: list[Box], detail: Detail, view: View
    ) -> None:
        if detail.cards:
            self.cards.paint(painter, scene, area, view, detail.level)
            return
        for box in near:
            if detail.cells:
                self.boxes.paint_cells(painter, box, scene, view.scale)
            else:
                self.boxes.paint_block(painter, box, scene)
        self._paint_raised(painter, scene, area, view.scale)

    def _paint_raised(self, painter: QPainter, scene: Scene, area: Rect, scale: float) -> None:
        """Where cards are cells or less: the current step and the cursor, large enough to be found."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for node in {scene.current, scene.cursor, scene.hover} - {None, -1}:
            if node is not None and node < scene.count:
                rect = self.picture.rect(node).grown(3 / scale)
                painter.setPen(self.palette.accent)
                if rect.touches(area):
                    painter.drawRect(QRectF(*rect))

    def _paint_hub(self, painter: QPainter, scene: Scene, hub: Hub, level: int) -> None:
        palette, graph = self.palette, self.picture.graph
        theme = palette.theme
        rect = hub.rect
        node = graph.type_node(hub.type)
        members = graph.members[hub.type]
        faded = bool(members) and all(scene.faded(n) for n in members)
        painter.setOpacity(0.3 if faded and scene.hover != node else 1.0)
        painter.setBrush(palette.body)
        painter.setPen(QPen(palette.types[hub.type], 1.4))
        painter.drawRoundedRect(QRectF(*rect), rect.height / 2, rect.height / 2)
        painter.setPen(palette.no_pen)
        painter.setBrush(palette.bands[hub.type])
        dot(painter, rect.x + 12, rect.y + rect.height / 2, 3.5)
        if level > SMALL:
            text = f"{graph.type_label(hub.type)} {len(members)}"
            label = self._hub_labels.fit(text, rect.width - 28)
            painter.setFont(self._hub_labels.font)
            painter.setPen(QPen(theme.text2))
            label.draw(painter, rect.x + 20, rect.y + rect.height / 2 + 4, as_text=self.exact)
        painter.setOpacity(1.0)

    def _paint_names(self, painter: QPainter, near: list[Box], view: View, whole: Rect, clip: Rect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for box in near:
            header = (box.grid.y - box.rect.y) * view.scale
            self.boxes.paint_name(painter, box, view.to_widget(box.rect), header, whole, clip)


def paint_picture(
    painter: QPainter,
    picture: Picture,
    looks: Sequence[int],
    theme: Theme,
    *,
    family: str = "",
    selection: frozenset[int] = frozenset(),
    current: int | None = None,
    visible: frozenset[int] | None = None,
    focus: Focus | None = None,
    margin: float = 24.0,
    scale: float = 1.0,
) -> None:
    """Paint all of a picture at full detail, its left top corner at the painter's origin.

    It covers ``picture_size(picture, margin)`` times ``scale``. Nothing is left out for being small or far away.
    """
    scene = Scene(picture)
    scene.set_states(looks)
    scene.set_selection(selection)
    scene.set_current(current)
    if visible is not None:
        scene.set_visible(visible)
    scene.set_focus(focus)
    width, height = picture_size(picture, margin)
    whole = Rect(0, 0, width * scale, height * scale)
    view = View(scale, (margin - picture.bounds.x) * scale, (margin - picture.bounds.y) * scale)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing, True)
    PicturePainter(picture, theme, family, exact=True).paint(painter, scene, view, whole, whole)


def picture_size(picture: Picture, margin: float = 24.0) -> tuple[float, float]:
    """The width and height of a picture with a margin around it, in pixels at 100%."""
    return picture.bounds.width + 2 * margin, picture.bounds.height + 2 * margin

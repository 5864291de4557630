"""The surface of the canvas: it is told what to show, and paints it. Mouse and keys are in ``graph_canvas``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from plugscope.layout import Picture, Rect
from plugscope.session import Theme, load_theme

from .minimap import Minimap
from .paint import PicturePainter
from .scene import HALO, Arrow, Focus, Scene
from .view import Viewport

_MANY = 200
"""Above so many changed cards the whole widget is painted once."""
_MINIMAP_MARGIN = 12


class Surface(Viewport):
    """Shows a picture and the state of its cards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = load_theme("light")
        self._painter = PicturePainter(self._scene.picture, self._theme, self.font().family())
        self._band: QRect | None = None
        self._ring = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._camera.moved.connect(self._on_moved)
        self._minimap = Minimap(self)
        self._minimap_wanted = True
        self._minimap_fits = False
        self._minimap.moved_to.connect(self.centre_on_point)

    # What it is told.

    def set_picture(self, picture: Picture) -> None:
        """Show a picture. Another layout of the same plugins keeps all that was told about them."""
        before, self._scene = self._scene, Scene(picture)
        same = before.picture.graph.catalog is picture.graph.catalog
        if same:
            self._scene.take_over(before)
        self._make_painter()
        self._camera.fitted = self._camera.fitted or not same
        self._camera.set_bounds(picture.bounds)
        anchor = before.current if before.current is not None else next(iter(before.selection), None)
        if not self._camera.fitted and anchor is not None:
            self._camera.hold(before.picture.rect(anchor), picture.rect(anchor))
        self.update()

    def set_looks(self, looks: Sequence[int]) -> None:
        """The state of every registration (``Look | Flag``), by position."""
        reach = self._scene.reach
        self._cards_changed(self._scene.set_states(looks), reach)

    def update_looks(self, changes: Mapping[int, int]) -> None:
        """The states of some registrations; only their cards are painted again."""
        self._cards_changed(self._scene.update_states(changes))

    def set_selection(self, selection: frozenset[int]) -> None:
        """The selected positions."""
        self._cards_changed(self._scene.set_selection(selection))
        if len(self._scene.selection) == 1:
            self._scene.cursor = next(iter(self._scene.selection))

    def set_current(self, position: int | None) -> None:
        """Where the replay stands."""
        self._repaint_nodes(self._scene.set_current(position), HALO)

    def set_filter(self, visible: frozenset[int] | None) -> None:
        """Fade all others; they stay where they are. ``None`` fades nothing."""
        self._scene.set_visible(visible)
        self._all_changed()

    def set_focus(
        self,
        centre: frozenset[int] = frozenset(),
        upstream: frozenset[int] = frozenset(),
        downstream: frozenset[int] = frozenset(),
    ) -> None:
        """Tint what ``centre`` requires and who requires it, fade the rest. Without arguments: no focus."""
        self._scene.set_focus(Focus(centre, upstream, downstream) if centre else None)
        self._all_changed()

    def set_lookup_arrows(self, arrows: Sequence[tuple[int, int, bool]]) -> None:
        """Arrows from who asked to what was found, and whether that helped."""
        before = self._scene.arrows
        self._scene.set_arrows(Arrow(*arrow) for arrow in arrows)
        if self._scene.arrows != before:
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self._theme = theme
        self._make_painter()
        self.update()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Jump instead of gliding."""
        self._camera.motion.reduced = reduced

    def set_minimap_visible(self, visible: bool) -> None:
        """Show or hide the overview."""
        self._minimap_wanted = visible
        self._place_minimap()

    # Painting.

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._theme

    def _on_moved(self) -> None:
        self._minimap.set_seen(self._camera.area)
        self._show_minimap()
        self.update()

    def _make_painter(self) -> None:
        self._painter = PicturePainter(self._scene.picture, self._theme, self.font().family())
        self._minimap.show_scene(self._scene, self._painter)
        self._place_minimap()

    def _all_changed(self) -> None:
        self._painter.forget()
        self._minimap.scene_changed()
        self.update()

    def _cards_changed(self, nodes: list[int], reach: float = 0.0) -> None:
        """These look different; ``reach`` is how far they reached before, if that was farther."""
        if len(nodes) > _MANY:
            self._all_changed()
        elif nodes:
            self._painter.update(nodes, self._scene)
            self._minimap.scene_changed()
            self._repaint_nodes(nodes, max(reach, self._scene.reach))

    def _repaint_nodes(self, nodes: Sequence[int], reach: float) -> None:
        detail = self._painter.detail(self.view, self._camera.area)
        picture, view = self.picture, self.view
        if detail.cards or detail.cells:
            margin = reach * view.scale + 2
            rects = [picture.rect(node) for node in nodes]
        else:
            margin = 1.0
            rects = [picture.boxes[type_].rect for type_ in {picture.graph.type_of[node] for node in nodes}]
        for rect in rects:
            self.update(QRectF(*view.to_widget(rect).grown(margin)).toAlignedRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dirty = event.rect()
        clip = Rect(dirty.x(), dirty.y(), dirty.width(), dirty.height())
        self._painter.paint(painter, self._scene, self.view, clip, self._camera.window)
        if self._painter.cards.incomplete:
            QTimer.singleShot(0, self, self.update)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._band is not None:
            shade = QColor(self._theme.accent)
            shade.setAlphaF(0.12)
            painter.fillRect(self._band, shade)
            painter.setPen(QPen(self._theme.accent, 1))
            painter.drawRect(self._band)
        if self._ring and self.hasFocus():
            painter.setPen(QPen(self._theme.accent, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._camera.resize(self.width(), self.height())
        self._place_minimap()
        self._minimap.set_seen(self._camera.area)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._camera.animated = True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._camera.animated = False

    def _place_minimap(self) -> None:
        size = self._minimap.size_in(self.size())
        wanted = self._minimap_wanted and not size.isEmpty() and self._scene.count > 0
        if wanted:
            self._minimap.setGeometry(QRect(self.rect().bottomRight() - _corner(size), size))
        self._minimap_fits = wanted
        self._show_minimap()

    def _show_minimap(self) -> None:
        """Where all is in sight an overview tells nothing, and would lie over the last cards."""
        self._minimap.setVisible(self._minimap_fits and not self._camera.sees_all)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._make_painter()
            self.update()
        super().changeEvent(event)


def _corner(size: QSize) -> QPoint:
    return QPoint(size.width() + _MINIMAP_MARGIN, size.height() + _MINIMAP_MARGIN)

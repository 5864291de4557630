"""The types with their colours and counts: a legend that filters, disables and breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from operator import attrgetter

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from plugscope.boot import NO_TYPE, Catalog
from plugscope.plugin import short_type
from plugscope.session import Document, Look, Theme
from plugscope.window.widget import one_line, tip

_ROW = 22
_type_of = attrgetter("registration.type")


def _shown(name: str) -> str:
    return short_type(name) or NO_TYPE


class _Rows(QWidget):
    """One row a type, in as many columns as fit."""

    chosen = Signal(str)
    hovered = Signal(str)
    menu_requested = Signal(str, QPoint)
    moved = Signal(QRect)

    def __init__(self, document: Document, theme: Theme) -> None:
        super().__init__()
        self.document = document
        self.theme = theme
        self.active = ""
        self._current = 0
        self._hover = -1
        self._catalog: Catalog | None = None
        self._names: list[str] = []
        self._number: dict[str, int] = {}
        self._counts: Counter[str] = Counter()
        self._off: Counter[str] = Counter()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(self.tr("Types"))
        document.replay.breakpoints_changed.connect(self.update)
        self.refresh()

    def refresh(self) -> None:
        """Count anew: the types where there is another catalog, and who of them is off."""
        catalog = self.document.catalog
        if catalog is not self._catalog:
            self._catalog = catalog
            self._count_types(catalog)
        before = self._off
        self._off = Counter(catalog.entries[p].registration.type for p in self.document.disabled)
        for name in before.keys() | self._off.keys():
            if before[name] != self._off[name]:
                self.update(self._rect(self._number[name]))

    def _count_types(self, catalog: Catalog) -> None:
        self._counts = Counter(map(_type_of, catalog.entries))
        self._names = [name for name, _ in self._counts.most_common()]
        self._number = {name: number for number, name in enumerate(self._names)}
        self.setAccessibleDescription(
            ", ".join(f"{_shown(name)} {self._counts[name]}" for name in self._names[:50])
        )
        self._current = min(self._current, max(len(self._names) - 1, 0))
        self.updateGeometry()
        self.setMinimumHeight(self._height())
        self.update()

    def _columns(self) -> int:
        return max(1, self.width() // 150)

    def _height(self) -> int:
        return self._per_column() * _ROW + 4

    def sizeHint(self) -> QSize:
        return QSize(300, self._height())

    def resizeEvent(self, event: object) -> None:
        self.setMinimumHeight(self._height())

    def _rect(self, number: int) -> QRect:
        columns = self._columns()
        column, row = divmod(number, max(self._per_column(), 1))
        width = self.width() // columns
        return QRect(column * width, row * _ROW, width, _ROW)

    def _at(self, point: QPoint) -> int:
        columns = self._columns()
        column, row = point.x() // max(self.width() // columns, 1), point.y() // _ROW
        per_column = self._per_column()
        number = column * per_column + row
        inside = 0 <= column < columns and 0 <= row < per_column
        return number if inside and number < len(self._names) else -1

    def _per_column(self) -> int:
        return -(-len(self._names) // self._columns())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in self._seen(event.rect()):
            rect, name = self._rect(number), self._names[number]
            chosen = name == self.active
            focused = self.hasFocus() and number == self._current
            if chosen or number == self._hover or focused:
                painter.setPen(self.theme.accent if focused else Qt.PenStyle.NoPen)
                painter.setBrush(
                    self.theme.accent_soft if chosen or number == self._hover else Qt.BrushStyle.NoBrush
                )
                painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 4, 4)
            self._paint_row(painter, rect, name)

    def _seen(self, area: QRect) -> Iterator[int]:
        """The rows in an area: there may be as many types as plugins."""
        per_column = self._per_column()
        first, last = max(area.top() // _ROW, 0), min(area.bottom() // _ROW + 1, per_column)
        for start in range(0, len(self._names), max(per_column, 1)):
            yield from range(start + first, min(start + last, len(self._names)))

    def _paint_row(self, painter: QPainter, rect: QRect, name: str) -> None:
        total, off = self._counts[name], self._off[name]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.type_colour(name))
        painter.setOpacity(0.35 if off == total else 1.0)
        painter.drawRoundedRect(rect.left() + 12, rect.center().y() - 4, 10, 10, 3, 3)
        painter.setOpacity(1.0)
        stops = name in self.document.replay.breakpoints.types
        if stops:
            painter.setBrush(self.theme.outcome(Look.ERROR).colour)
            painter.drawEllipse(QRect(rect.left() + 28, rect.center().y() - 2, 6, 6))
        count = f"{total - off}/{total}" if off else str(total)
        metrics = painter.fontMetrics()
        painter.setPen(self.theme.text3)
        right = rect.right() - 12
        painter.drawText(QRect(rect.left(), rect.top(), right - rect.left(), _ROW), _RIGHT, count)
        painter.setPen(self.theme.text3 if off == total else self.theme.text)
        left = rect.left() + (40 if stops else 30)
        room = QRect(left, rect.top(), right - left - 6 - metrics.horizontalAdvance(count), _ROW)
        text = metrics.elidedText(one_line(_shown(name)), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().toPoint())
        if number != self._hover:
            self._hover = number
            self.setToolTip(tip(self._tip(number)) if number >= 0 else "")
            self.hovered.emit(self._names[number] if number >= 0 else "")
            self.update()

    def _tip(self, number: int) -> str:
        if number < 0:
            return ""
        return self.tr("{0}\nClick: show only this type. Right click: disable, breakpoint.").format(
            one_line(self._names[number])
        )

    def leaveEvent(self, event: object) -> None:
        self._hover = -1
        self.hovered.emit("")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().toPoint())
        if number < 0:
            return
        self._current = number
        if event.button() == Qt.MouseButton.RightButton:
            self.menu_requested.emit(self._names[number], event.globalPosition().toPoint())
        else:
            self._choose(self._names[number])

    def _choose(self, name: str) -> None:
        self.active = "" if name == self.active else name
        self.chosen.emit(self.active)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        column, all_rows = self._per_column(), len(self._names)
        step = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: column if self._current + column < all_rows else 0,
            Qt.Key.Key_Left: -column if self._current >= column else 0,
            Qt.Key.Key_Home: -all_rows,
            Qt.Key.Key_End: all_rows,
        }.get(Qt.Key(event.key()), 0)
        if step and self._names:
            self._current = max(0, min(self._current + step, len(self._names) - 1))
            self.moved.emit(self._rect(self._current))
            self.setAccessibleDescription(_shown(self._names[self._current]))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._names:
            self._choose(self._names[self._current])
        elif _asks_for_menu(event) and self._names:
            where = self.mapToGlobal(self._rect(self._current).bottomLeft())
            self.menu_requested.emit(self._names[self._current], where)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()


def _asks_for_menu(event: QKeyEvent) -> bool:
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and shifted)


_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Legend(QScrollArea):
    """The types. ``filter_requested`` names the one to show alone, or "" for all."""

    filter_requested = Signal(str)
    hovered = Signal(str)
    menu_requested = Signal(str, QPoint)

    def __init__(self, document: Document, theme: Theme) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = _Rows(document, theme)
        self.setWidget(self._rows)
        self._rows.chosen.connect(self.filter_requested)
        self._rows.hovered.connect(self.hovered)
        self._rows.menu_requested.connect(self.menu_requested)
        self._rows.moved.connect(self._follow)
        self.setFocusProxy(self._rows)
        document.replay.recording_changed.connect(self._rows.refresh)

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self._rows.theme = theme
        self._rows.update()

    def _follow(self, row: QRect) -> None:
        """Keep the row that the keys are at in sight."""
        self.ensureVisible(row.center().x(), row.center().y(), 0, row.height())

    def clear(self) -> None:
        """No type is shown alone any more."""
        self._rows.active = ""
        self._rows.update()

    def sizeHint(self) -> QSize:
        return QSize(300, min(self._rows.sizeHint().height(), 240))

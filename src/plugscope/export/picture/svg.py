"""The picture as SVG, written by ourselves so that every card keeps its name, its words and its text."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from xml.sax.saxutils import escape, quoteattr

from PySide6.QtGui import QColor

from plugscope.boot import Recording
from plugscope.layout import (
    BAND_WIDTH,
    ID_SIZE,
    MARK_SIZE,
    PADDING,
    TYPE_SIZE,
    Edges,
    Graph,
    Picture,
    Rect,
    text_width,
)
from plugscope.plugin import short_type
from plugscope.session import Look, Theme

_MARGIN = 24.0
_FONT = "'DejaVu Sans', Verdana, sans-serif"
_GHOSTLY = {Look.DISABLED, Look.ABSENT, Look.NOT_REACHED}


def svg_of(recording: Recording, picture: Picture, theme: Theme, looks: Sequence[int]) -> str:
    """The whole SVG document. Each card is a group with the plugin's URI as title and ``data-uri``."""
    return _Writer(recording, picture, theme, looks).write()


class _Writer:
    """Writes one document."""

    def __init__(self, recording: Recording, picture: Picture, theme: Theme, looks: Sequence[int]) -> None:
        self.recording = recording
        self.picture = picture
        self.graph: Graph = picture.graph
        self.theme = theme
        self.looks = looks
        self.out = StringIO()

    def write(self) -> str:
        self._head()
        for box in self.picture.boxes:
            if len(self.graph.members[box.type]) > 1:
                self._box(box.rect, box.type)
        edges = self.picture.edges if len(self.picture.edges) else self.picture.bundles
        self._edges(edges)
        for hub in self.picture.hubs:
            self._hub(hub.rect, hub.type)
        for node in range(self.graph.first_type_node):
            self._card(node, self.picture.rect(node))
        self.out.write("</svg>\n")
        return self.out.getvalue()

    def _head(self) -> None:
        bounds = self.picture.bounds
        width, height = bounds.width + 2 * _MARGIN, bounds.height + 2 * _MARGIN
        box = f"{_n(bounds.x - _MARGIN)} {_n(bounds.y - _MARGIN)} {_n(width)} {_n(height)}"
        title = escape(_clean(self.recording.plan.catalog.name or "Plugins"))
        theme = self.theme
        self.out.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}" viewBox="{box}"'
            f' font-family="{_FONT}" role="img">\n<title>{title}</title>\n<style>\n'
            f".id{{font-size:{ID_SIZE}px;font-weight:700;fill:{theme.text.name()}}}\n"
            f".ty{{font-size:{TYPE_SIZE}px;fill:{theme.text2.name()}}}\n"
            f".wo{{font-size:{TYPE_SIZE}px;text-anchor:end}}\n"
            f".ed{{fill:none;stroke:{theme.edge.name()};stroke-width:1.1}}\n"
            f".gh{{fill:{theme.canvas.name()};stroke:{theme.text3.name()};stroke-dasharray:4 3}}\n"
            f".bo{{fill:{theme.surface.name()};stroke:{theme.line2.name()}}}\n</style>\n"
            f'<rect x="{_n(bounds.x - _MARGIN)}" y="{_n(bounds.y - _MARGIN)}" width="{_n(width)}"'
            f' height="{_n(height)}" fill="{theme.canvas.name()}"/>\n'
        )

    def _box(self, rect: Rect, type_: int) -> None:
        self.out.write(
            f'<rect {_at(rect)} rx="8" fill="none" stroke="{self.theme.line.name()}"/>\n'
            f'<text class="ty" x="{_n(rect.x + 10)}" y="{_n(rect.y + 16)}" font-weight="700">'
            f"{_text(self.graph.type_label(type_))}</text>\n"
        )

    def _edges(self, edges: Edges) -> None:
        points, starts = edges.points, edges.starts
        self.out.write('<g class="ed">\n')
        for edge in range(len(edges)):
            p = points[starts[edge] : starts[edge + 1]]
            parts = [f"M{_n(p[0])} {_n(p[1])}"]
            parts.extend(
                f"C{_n(p[i])} {_n(p[i + 1])} {_n(p[i + 2])} {_n(p[i + 3])} {_n(p[i + 4])} {_n(p[i + 5])}"
                for i in range(2, len(p) - 5, 6)
            )
            self.out.write(f'<path d="{"".join(parts)}"/>\n')
        self.out.write("</g>\n")

    def _hub(self, rect: Rect, type_: int) -> None:
        colour = self.theme.type_colour(self.graph.types[type_]).name()
        middle = rect.y + rect.height / 2
        label = f"{self.graph.type_label(type_)} {len(self.graph.members[type_]) or ''}".rstrip()
        self.out.write(
            f"<g><title>{_text(self.graph.types[type_])}</title>"
            f'<rect {_at(rect)} rx="{_n(rect.height / 2)}" class="bo"/>'
            f'<circle cx="{_n(rect.x + 13)}" cy="{_n(middle)}" r="4" fill="{colour}"/>'
            f'<text class="ty" x="{_n(rect.x + 23)}" y="{_n(middle + 4)}" font-weight="700">{_text(label)}</text></g>\n'
        )

    def _card(self, node: int, rect: Rect) -> None:
        graph = self.graph
        is_plugin = node < graph.size
        look = Look(self.looks[node] & 15) if is_plugin else Look.ABSENT
        outcome = self.theme.outcome(look)
        type_name = graph.types[graph.type_of[node]]
        uri = graph.catalog.entries[node].uri if is_plugin else type_name
        step = self.recording.by_position.get(node) if is_plugin else None
        error = f"\n{step.error}" if step is not None and step.error and look is not Look.OK else ""
        ghost = look in _GHOSTLY
        write = self.out.write
        write(f"<g data-uri={quoteattr(_clean(uri))} data-outcome={quoteattr(outcome.word)}>")
        write(f"<title>{_text(f'{uri}: {outcome.word}{error}')}</title>")
        write(f'<rect {_at(rect)} rx="6" class="{"gh" if ghost else "bo"}"/>')
        colour = self.theme.type_colour(type_name).name()
        band = Rect(rect.x + 1, rect.y + 5, BAND_WIDTH, rect.height - 10)
        faint = ' opacity="0.5"' if ghost else ""
        write(f'<rect {_at(band)} rx="2" fill="{colour}"{faint}/>')
        left = rect.x + BAND_WIDTH + PADDING
        right = rect.right - PADDING
        name = _fit(graph.label(node), right - MARK_SIZE - 6 - left, ID_SIZE, bold=True)
        word_width = text_width(outcome.word, TYPE_SIZE)
        kind = _fit(short_type(type_name), right - left - word_width - 8, TYPE_SIZE)
        write(f'<text class="id" x="{_n(left)}" y="{_n(rect.y + 19)}">{_text(name)}</text>')
        write(f'<text class="ty" x="{_n(left)}" y="{_n(rect.y + 36)}">{_text(kind)}</text>')
        ink = outcome.ink.name()
        write(
            f'<text class="wo" x="{_n(right)}" y="{_n(rect.y + 36)}" fill="{ink}">{_text(outcome.word)}</text>'
        )
        write(_mark(outcome.shape, outcome.colour, right - MARK_SIZE / 2, rect.y + 7 + MARK_SIZE / 2))
        write("</g>\n")


_GLYPHS = {
    "check": "M-3.4 .2l2.4 2.5l4.4-5.2",
    "cross": "M-2.8-2.8l5.6 5.6m0-5.6l-5.6 5.6",
    "exclamation": "M0-3.6v4.2m0 2.6v.1",
    "question": "M-1.8-1.8a1.9 1.9 0 1 1 2.6 1.9c-.6.3-.8.7-.8 1.3m0 2v.1",
    "dash": "M-3.2 0h6.4",
    "slash": "M-2.8 2.8l5.6-5.6",
    "dots": "M-3.2 0v.1m3.2-.1v.1m3.2-.1v.1",
}


def _mark(shape: str, colour: QColor, x: float, y: float) -> str:
    """A mark that is told apart by its shape: a ring, or a diamond for what passes a failure on, and a glyph."""
    c, r = colour.name(), MARK_SIZE / 2 - 1
    dashes = ' stroke-dasharray="2.4 2"' if shape == "dashed ring" else ""
    if shape in ("diamond", "exclamation"):
        body = f'<path d="M0-{r + 1}L{r + 1} 0L0 {r + 1}L-{r + 1} 0Z"/>'
    else:
        body = f'<circle r="{r}"{dashes}/>'
    glyph = _GLYPHS.get(shape, "")
    inner = f'<path d="{glyph}" stroke-width="1.7"/>' if glyph else ""
    return (
        f'<g transform="translate({_n(x)} {_n(y)})" fill="none" stroke="{c}" stroke-width="1.4"'
        f' stroke-linecap="round">{body}{inner}</g>'
    )


def _fit(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or its beginning and end, in so many pixels."""
    if text_width(text, size, bold=bold) <= room:
        return text
    for kept in range(min(len(text) - 1, 60), 1, -1):
        shorter = f"{text[: (kept + 1) // 2]}…{text[len(text) - kept // 2 :]}"
        if text_width(shorter, size, bold=bold) <= room:
            return shorter
    return "…"


def _at(rect: Rect) -> str:
    return f'x="{_n(rect.x)}" y="{_n(rect.y)}" width="{_n(rect.width)}" height="{_n(rect.height)}"'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    return escape(_clean(text))


def _clean(text: str) -> str:
    """What XML can hold; the rest, and what would turn the text around, as a replacement sign."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c == "\n" or c.isprintable() else "\ufffd" for c in text)

"""What is painted: looked at pixel by pixel where it matters."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot
from tests.layout.sample import BOLT, CONTENT, graph, layered, picture

from plugscope.canvas import paint_picture, picture_size
from plugscope.canvas.paint import PicturePainter, draw_mark
from plugscope.canvas.paint.face import ALL_OTHERS
from plugscope.canvas.paint.label import Labels, font_of, one_line
from plugscope.canvas.scene import Scene
from plugscope.canvas.view import View
from plugscope.canvas.view.view import fitting
from plugscope.layout import Graph, Picture, Rect, lane_picture
from plugscope.layout.host import graphviz_picture
from plugscope.session import Look, load_theme
from plugscope.session.theme import THEME_NAMES

WIDTH, HEIGHT = 800, 500


def painted(
    drawn: Picture,
    scene: Scene | None = None,
    view: View | None = None,
    clip: Rect | None = None,
    ratio: float = 1,
) -> QImage:
    """A picture as the window paints it."""
    image = QImage(int(WIDTH * ratio), int(HEIGHT * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("magenta"))
    whole = Rect(0, 0, WIDTH, HEIGHT)
    painter = QPainter(image)
    made = PicturePainter(drawn, load_theme("light"), "DejaVu Sans")
    for _ in range(20):
        made.paint(
            painter, scene or Scene(drawn), view or fitting(drawn.bounds, WIDTH, HEIGHT), clip or whole, whole
        )
        if not made.cards.incomplete:
            break
    painter.end()
    return image


def part(image: QImage, rect: Rect) -> QImage:
    return image.copy(QRectF(*rect).toAlignedRect())


@pytest.mark.usefixtures("qapp")
class TestPainting:
    def test_only_the_clip_is_touched(self) -> None:
        """What stands beside a dirty rectangle was painted before and stays."""
        image = painted(picture(), clip=Rect(100, 100, 50, 50))
        assert image.pixelColor(99, 120) == QColor("magenta")
        assert image.pixelColor(151, 120) == QColor("magenta")
        assert image.pixelColor(120, 120) != QColor("magenta")

    @pytest.mark.parametrize("scale", [0.05, 0.2, 0.3, 0.5, 1.0])
    def test_a_part_is_painted_as_the_whole(self, scale: float) -> None:
        """A dirty rectangle shows what a full frame would have shown there, at every level of detail."""
        drawn = lane_picture(Graph(layered(300)))
        scene = Scene(drawn)
        scene.set_states([Look.OK, Look.ERROR, Look.DISABLED] * 100)
        x, y = drawn.bounds.middle
        view = View(scale, round(WIDTH / 2 - x * scale), round(HEIGHT / 2 - y * scale))
        clip = Rect(300, 200, 180, 90)
        whole, some = painted(drawn, scene, view), painted(drawn, scene, view, clip)
        assert part(whole, clip) == part(some, clip)

    @pytest.mark.parametrize("scale", [0.05, 0.12])
    def test_a_part_of_a_crowd_is_painted_as_the_whole(self, scale: float) -> None:
        """A thousand types with a plugin each."""
        drawn = lane_picture(Graph(layered(1000, types=1000)))
        scene = Scene(drawn)
        scene.set_states([Look.OK, Look.ERROR, Look.DISABLED, Look.PENDING] * 250)
        x, y = drawn.bounds.middle
        view = View(scale, round(WIDTH / 2 - x * scale), round(HEIGHT / 2 - y * scale))
        clip = Rect(300, 200, 90, 60)
        whole, some = painted(drawn, scene, view), painted(drawn, scene, view, clip)
        assert part(whole, clip) == part(some, clip)

    def test_a_crowd_shows_what_changed(self) -> None:
        """Its image is kept between paints: a change must reach it."""
        drawn = lane_picture(Graph(layered(1000, types=1000)))
        scene, whole = Scene(drawn), Rect(0, 0, WIDTH, HEIGHT)
        scene.set_states([Look.OK] * 1000)
        made = PicturePainter(drawn, load_theme("light"))
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        view = fitting(drawn.bounds, WIDTH, HEIGHT)
        made.paint(painter, scene, view, whole, whole)
        made.update(scene.update_states({500: Look.ERROR}), scene)
        made.paint(painter, scene, view, whole, whole)
        painter.end()
        fresh = painted(drawn, scene, view)
        assert image == fresh

    def test_outcomes_look_different(self) -> None:
        """Every look from every other one, on a card of the usual size."""
        drawn = picture()
        scene = Scene(drawn)
        images = []
        for look in Look:
            scene.set_states([look] * 6)
            rect = fitting(drawn.bounds, WIDTH, HEIGHT).to_widget(drawn.rect(BOLT))
            images.append(part(painted(drawn, scene), rect))
        assert all(one != other for n, one in enumerate(images) for other in images[:n])

    def test_half_of_a_hundred_thousand_is_painted_from_what_it_was_told(self) -> None:
        """Far away a type is an image with a pixel for each plugin: the right one changes."""
        drawn = lane_picture(Graph(layered(5000)))
        scene = Scene(drawn)
        made = PicturePainter(drawn, load_theme("light"))
        box = drawn.boxes[0]
        cells = made.boxes.cells(box, scene)
        before = cells.image.copy()
        node = drawn.graph.members[0][5]
        scene.update_states({node: Look.ERROR})
        made.update([node], scene)
        changed = [
            (x, y)
            for x in range(before.width())
            for y in range(before.height())
            if before.pixel(x, y) != cells.image.pixel(x, y)
        ]
        assert changed == [(5 % box.columns, 5 // box.columns)]
        assert cells.counts[Look.ERROR] == 1

    @pytest.mark.parametrize("ratio", [1, 1.5, 2])
    def test_high_resolutions_have_more_pixels_not_larger_ones(self, ratio: float) -> None:
        """Doubled pixels would be a blur: neighbouring pairs of a sharp picture differ."""
        image = painted(graphviz_picture(graph()), ratio=ratio)
        assert (image.width(), image.height()) == (int(WIDTH * ratio), int(HEIGHT * ratio))
        odd = sum(
            image.pixel(x, y) != image.pixel(x + 1, y)
            for y in range(0, image.height(), 7)
            for x in range(1, image.width() - 2, 2)
        )
        assert odd > 50

    @pytest.mark.parametrize("name", THEME_NAMES)
    def test_an_export_has_everything_in_any_theme(self, name: str) -> None:
        """The theme's ground up to the corner, and cards where the picture has them."""
        drawn = graphviz_picture(graph())
        width, height = picture_size(drawn)
        image = QImage(int(width), int(height), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        paint_picture(painter, drawn, [Look.OK] * 6, load_theme(name))
        painter.end()
        corner, card = image.pixelColor(1, 1), drawn.rect(CONTENT)
        assert corner == load_theme(name).canvas
        middle = image.pixelColor(
            int(card.right - drawn.bounds.x + 24 - 3), int(card.y - drawn.bounds.y + 24 + 3)
        )
        assert middle != corner

    def test_a_mark_is_seen_without_its_colour(self) -> None:
        """Each outcome's mark in one grey is still another shape."""
        shapes = []
        for look in Look:
            image = QImage(64, 64, QImage.Format.Format_Grayscale8)
            image.fill(QColor("white"))
            painter = QPainter(image)
            draw_mark(painter, load_theme("light"), look, 32, 32, 56)
            painter.end()
            shapes.append(bytes(255 if value < 200 else 0 for value in bytes(image.constBits())))
        assert len(set(shapes)) == len(Look)

    def test_odd_ids_stay_on_their_line(self) -> None:
        """Whatever is in them: as wide as asked for, in one line."""
        assert one_line("a\nb\tc") == "a␣b␣c"
        labels = Labels(font_of("DejaVu Sans", 13))
        for text in ("x" * 500, "عربي" * 50, "日本語" * 80, "", "\n" * 9, "<b>&amp;"):
            label = labels.fit(text, 120)
            assert label.width <= 121
            assert "\n" not in label.text

    def test_a_long_id_keeps_its_beginning_and_its_end(self) -> None:
        """Names of a family differ at the end."""
        text = Labels(font_of("DejaVu Sans", 13)).fit("io-snapshotter-" * 10 + "end", 150).text
        assert text.startswith("io-") and text.endswith("end")

    def test_what_stands_for_everything_else_has_no_status(self) -> None:
        """It is no plugin: a note says what it is for instead."""
        drawn = picture((("x.a.v1", "a", ()), ("x.all.v1", "all", ("*",))))
        made = PicturePainter(drawn, load_theme("light"))
        assert made.cards._face(Scene(drawn), 2, 3).note == ALL_OTHERS


def test_the_pill_of_a_type_fades_with_all_of_its_plugins(qtbot: QtBot) -> None:
    """Whether they are filtered out or out of focus; one that stays keeps it."""
    drawn = graphviz_picture(graph())
    (hub, *_) = drawn.hubs
    members = drawn.graph.members[hub.type]
    at = (int(hub.rect.x + 12), int(hub.rect.y + hub.rect.height / 2))

    def dot_of(visible: frozenset[int] | None) -> QColor:
        scene = Scene(drawn)
        scene.set_visible(visible)
        return painted(drawn, scene, View(1.0, 0.0, 0.0)).pixelColor(*at)

    assert dot_of(None) == dot_of(frozenset(members[:1]))
    assert dot_of(frozenset({BOLT})) != dot_of(None)


def test_a_file_format_gets_real_text(qtbot: QtBot, tmp_path: Path) -> None:
    """SVG through the same painting: ids can be searched in it."""
    svg = pytest.importorskip("PySide6.QtSvg")
    drawn = graphviz_picture(graph())
    width, height = picture_size(drawn)
    generator = svg.QSvgGenerator()
    generator.setFileName(str(tmp_path / "graph.svg"))
    generator.setViewBox(QRectF(0, 0, width, height))
    painter = QPainter(generator)
    paint_picture(painter, drawn, [Look.OK] * 6, load_theme("light"))
    painter.end()
    text = (tmp_path / "graph.svg").read_text()
    assert ">bolt</text>" in text and ">tasks</text>" in text

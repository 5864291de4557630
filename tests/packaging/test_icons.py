"""Icons are one family, and drawn in every size a desktop asks for."""

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]
UI = sorted((ROOT / "resources" / "icons" / "ui").glob("*.svg"))
THEME = ROOT / "packaging" / "linux" / "icons" / "hicolor"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("path", UI, ids=[path.stem for path in UI])
def test_an_icon_is_drawn_like_its_siblings(path: Path) -> None:
    """One box, one stroke, round ends, and no colour but the one that the theme gives."""
    root = ElementTree.parse(path).getroot()
    assert root.tag == f"{SVG}svg"
    style = {name: root.get(name) for name in ("viewBox", "stroke", "stroke-width", "stroke-linecap", "fill")}
    assert style == {
        "viewBox": "0 0 24 24",
        "stroke": "currentColor",
        "stroke-width": "1.75",
        "stroke-linecap": "round",
        "fill": "none",
    }
    for shape in root.iter():
        assert shape.get("fill") in (None, "none", "currentColor")
        assert shape is root or shape.get("stroke") is None


def test_the_transport_has_icons() -> None:
    """What the window cannot do without is there by name."""
    transport = {"restart", "step-back", "step", "play", "pause", "run-to-end", "run-to-breakpoint"}
    assert transport <= {path.stem for path in UI}


@pytest.mark.parametrize("size", [16, 22, 24, 32, 48, 64, 128, 256, 512])
def test_the_app_icon_is_there_in_each_size(size: int) -> None:
    """The picture in a theme's folder is as large as the folder says."""
    picture = (THEME / f"{size}x{size}" / "apps" / "org.plugscope.Plugscope.png").read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (size, size)


def test_the_themes_svg_is_the_programs() -> None:
    """Run packaging/make_icons.py after a change to the drawing."""
    drawn = (ROOT / "resources" / "icons" / "app" / "plugscope.svg").read_bytes()
    assert (THEME / "scalable" / "apps" / "org.plugscope.Plugscope.svg").read_bytes() == drawn

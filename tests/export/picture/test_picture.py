"""Pictures and data in files: well-formed whatever the ids say, as large as they should be, and clear when refused."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from tests.boot.sample import catalog_of
from tests.window.sample import HOSTILE, hostile

from plugscope.boot import Catalog, Entry, Recording, make_plan, predict
from plugscope.cli import run
from plugscope.export import RENDER_SUFFIXES, render_file
from plugscope.export.picture import svg_text
from plugscope.export.text import recording_shape
from plugscope.layout import Graph, lane_picture
from plugscope.plugin import Registration
from plugscope.session import load_theme
from plugscope.session.theme import THEME_NAMES
from plugscope.sources import open_source, recognise

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def containerd() -> Recording:
    """containerd 2.3 without its metadata plugin."""
    return predict(
        make_plan(
            open_source(recognise("catalog:containerd-2.3")).catalog, ["io.containerd.metadata.v1.bolt"]
        )
    )


@pytest.fixture(scope="module")
def strange() -> Recording:
    """Every hostile text in every place."""
    return predict(make_plan(catalog_of(hostile())))


def svg_of(recording: Recording, theme: str = "light") -> ElementTree.Element:
    return ElementTree.fromstring(svg_text(recording, lane_picture(Graph(recording.plan.catalog)), theme))


# SVG


def test_an_svg_holds_every_plugin_with_its_outcome(containerd: Recording) -> None:
    """As a group with its URI, its word, and its error in the title."""
    groups = {
        group.get("data-uri"): group for group in svg_of(containerd).iter(f"{SVG}g") if group.get("data-uri")
    }
    assert {entry.uri for entry in containerd.plan.catalog.entries} <= set(groups)
    assert groups["io.containerd.metadata.v1.bolt"].get("data-outcome") == "disabled"
    cri = groups["io.containerd.grpc.v1.cri"]
    assert cri.get("data-outcome") == "victim"
    assert "unable to load CRI image service plugin" in (cri.findtext(f"{SVG}title") or "")
    texts = ["".join(text.itertext()) for text in cri.iter(f"{SVG}text")]
    assert texts == ["cri", "grpc", "victim"]


def test_an_svg_is_text_that_does_nothing(strange: Recording) -> None:
    """No script, no link, nothing that is fetched; markup in ids is text."""
    root = svg_of(strange)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "style", "rect", "text", "g", "path", "circle",
    }  # fmt: skip
    assert not any(
        name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib
    )
    said = "".join(root.itertext())
    assert "<b>bold</b>" in said
    assert "a&amp;b & c" in said
    assert "\u202e" not in said
    assert "\0" not in said


def test_an_svg_is_as_large_as_its_picture_and_nothing_lies_outside(containerd: Recording) -> None:
    """Its view box holds every card."""
    root = svg_of(containerd)
    left, top, width, height = map(float, (root.get("viewBox") or "").split())
    assert (float(root.get("width") or 0), float(root.get("height") or 0)) == (width, height)
    for rect in root.iter(f"{SVG}rect"):
        x, y = float(rect.get("x") or 0), float(rect.get("y") or 0)
        assert left <= x <= x + float(rect.get("width") or 0) <= left + width + 0.1
        assert top <= y <= y + float(rect.get("height") or 0) <= top + height + 0.1


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_an_svg_has_the_themes_colours(containerd: Recording, theme: str) -> None:
    """The ground, and the ink of texts."""
    text = svg_text(containerd, lane_picture(Graph(containerd.plan.catalog)), theme)
    colours = load_theme(theme)
    assert f'fill="{colours.canvas.name()}"' in text
    assert f".id{{font-size:13.0px;font-weight:700;fill:{colours.text.name()}}}" in text


def test_ten_thousand_plugins_are_an_svg_in_a_moment() -> None:
    """A second on a quiet machine; the bench has the number."""
    entries = [Entry(Registration(f"t{n % 30}.v1", f"plugin-{n}"), lookups=()) for n in range(10_000)]
    recording = predict(make_plan(Catalog(entries)))
    began = time.process_time()
    root = svg_of(recording)
    assert time.process_time() - began < 3
    assert sum(1 for group in root.iter(f"{SVG}g") if group.get("data-uri")) == 10_000


# Pixels and pages


def test_a_png_is_as_large_as_asked_for(qapp: QGuiApplication, containerd: Recording, tmp_path: Path) -> None:
    """Twice the scale, twice the side."""
    picture = lane_picture(Graph(containerd.plan.catalog))
    sizes = []
    for scale in (1.0, 2.0):
        path = tmp_path / f"{scale}.png"
        render_file(containerd, path, scale=scale, picture=picture)
        image = QImage(str(path))
        sizes.append((image.width(), image.height()))
    assert sizes[0][0] > 500
    assert all(abs(2 * small - large) <= 2 for small, large in zip(*sizes, strict=True))


def test_a_png_of_a_huge_graph_stays_a_picture(qapp: QGuiApplication, tmp_path: Path) -> None:
    """Smaller instead of out of memory: at most 64 million pixels."""
    entries = [Entry(Registration(f"t{n % 40}.v1", f"plugin-{n}"), lookups=()) for n in range(20_000)]
    recording = predict(make_plan(Catalog(entries)))
    render_file(
        recording, tmp_path / "huge.png", scale=20, picture=lane_picture(Graph(recording.plan.catalog))
    )
    image = QImage(str(tmp_path / "huge.png"))
    assert 1_000_000 < image.width() * image.height() <= 64_000_000


def test_a_pdf_is_one_page_as_large_as_the_picture(
    qapp: QGuiApplication, containerd: Recording, tmp_path: Path
) -> None:
    """In points, and within what a page may be (14,400)."""
    path = tmp_path / "graph.pdf"
    render_file(containerd, path, picture=lane_picture(Graph(containerd.plan.catalog)))
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    box = data.split(b"/MediaBox [")[1].split(b"]")[0].split()
    assert data.count(b"/MediaBox") == 1
    assert all(100 < float(side) <= 14_400 for side in box[2:])


def test_a_pdf_of_a_huge_graph_is_within_what_a_page_may_be(qapp: QGuiApplication, tmp_path: Path) -> None:
    """Readers refuse larger pages."""
    entries = [Entry(Registration(f"t{n % 3}.v1", f"plugin-{n}"), lookups=()) for n in range(30_000)]
    recording = predict(make_plan(Catalog(entries)))
    path = tmp_path / "graph.pdf"
    render_file(recording, path, picture=lane_picture(Graph(recording.plan.catalog)))
    box = path.read_bytes().split(b"/MediaBox [")[1].split(b"]")[0].split()
    assert all(100 < float(side) <= 14_400 for side in box[2:])


# Data

PARSE = (
    "import sys, pygraphviz; g = pygraphviz.AGraph(sys.stdin.read()); print(len(g.nodes()), len(g.edges()))"
)


@pytest.mark.parametrize("name", ["containerd", "strange"])
def test_dot_is_read_by_graphviz(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """With a node a plugin at least, whatever the ids are."""
    recording: Recording = request.getfixturevalue(name)
    path = tmp_path / "graph.dot"
    render_file(recording, path)
    done = subprocess.run(
        [sys.executable, "-c", PARSE], input=path.read_bytes(), capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    nodes, edges = map(int, done.stdout.split())
    assert nodes >= len(recording.plan.catalog.entries)
    assert edges >= sum(1 for entry in recording.plan.catalog.entries if entry.registration.requires)


def test_json_is_the_recording_of_the_contract(
    containerd: Recording, strange: Recording, tmp_path: Path
) -> None:
    """The same that ``replay --json`` prints."""
    for recording in (containerd, strange):
        path = tmp_path / "graph.json"
        render_file(recording, path)
        shape = json.loads(path.read_text("utf-8"))
        assert shape == json.loads(json.dumps(recording_shape(recording), default=str))
        assert {"kind", "steps", "boot"} <= set(shape)
        assert {
            "index",
            "uri",
            "outcome",
            "error",
            "meta",
            "root",
            "state",
            "lookups",
            "output",
            "duration_ms",
        } <= set(shape["steps"][0])
    assert [step["error"] for step in shape["steps"] if step["uri"] == f"kind.v1.{HOSTILE[0]}"] == [
        HOSTILE[0]
    ]


# From the command line


@pytest.mark.parametrize("suffix", RENDER_SUFFIXES)
def test_render_writes_every_format(
    qapp: QGuiApplication, suffix: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Exit 0, a file that is not empty, and nothing said."""
    path = tmp_path / f"graph{suffix.upper()}"
    assert run(["render", "example:teaching", "-o", str(path), "--disable", "bakery.power.v1.mains"]) == 0
    assert path.stat().st_size > 300
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("suffix", RENDER_SUFFIXES)
def test_where_nothing_can_be_written_one_line_says_so(
    qapp: QGuiApplication, suffix: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, for a folder that is not there and for a folder in the file's place."""
    (tmp_path / f"taken{suffix}").mkdir()
    for target in (tmp_path / "absent" / f"graph{suffix}", tmp_path / f"taken{suffix}"):
        assert run(["render", "example:teaching", "-o", str(target)]) == 2
        lines = capfd.readouterr().err.splitlines()
        assert len(lines) == 1
        assert lines[0].startswith(f"error: {target}: ")
        assert len(lines[0]) > len(f"error: {target}: ")


def test_a_failed_export_leaves_what_was_there(
    qapp: QGuiApplication, containerd: Recording, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk in the middle of it does not cost the last good picture."""
    path = tmp_path / "graph.svg"
    path.write_text("the last good picture", "utf-8")

    def refuse(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(OSError, match="No space"):
        render_file(containerd, path, picture=lane_picture(Graph(containerd.plan.catalog)))
    assert path.read_bytes() == b"the last good picture"

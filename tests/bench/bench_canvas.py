"""How long the canvas takes to paint: frames and repaints, in milliseconds of CPU, at several sizes.

``python tests/bench/bench_canvas.py [SIZE …]`` prints a table; every number comes from the same run.
"""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from tests.bench.synthetic import catalog_of

from plugscope.boot import Neighbours, make_plan
from plugscope.canvas import GraphCanvas
from plugscope.canvas.view import View
from plugscope.canvas.view.view import fitting
from plugscope.layout import Graph, Rect, lane_picture
from plugscope.session import Look

SIZES = (34, 1_000, 10_000, 100_000)
WIDTH, HEIGHT = 1280, 800
FRAME_LIMIT_MS, REPAINT_LIMIT_MS = 16.7, 1.0


@dataclass
class Timing:
    """Milliseconds of CPU of each repetition."""

    name: str
    values: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return sorted(self.values)[len(self.values) // 2]

    @property
    def p95(self) -> float:
        return sorted(self.values)[min(len(self.values) - 1, int(len(self.values) * 0.95))]


class Bench:
    """One canvas with so many plugins."""

    def __init__(self, size: int) -> None:
        self.size = size
        catalog = catalog_of(size)
        start = time.process_time()
        graph = Graph(catalog)
        middle = time.process_time()
        self.picture = lane_picture(graph)
        self.graph_ms = (middle - start) * 1000
        self.lanes_ms = (time.process_time() - middle) * 1000
        self.canvas = GraphCanvas()
        self.canvas.set_reduced_motion(True)
        self.canvas.resize(WIDTH, HEIGHT)
        self.canvas.set_looks([])
        self.canvas.set_picture(self.picture)
        self.canvas.set_looks([Look.OK] * size)
        self.canvas.show()
        self.canvas.fit()

    def frame(self) -> float:
        """Paint everything once."""
        start = time.process_time()
        self.canvas.repaint()
        return (time.process_time() - start) * 1000

    def repaint(self, node: int, look: Look) -> float:
        """Change one plugin and paint what it dirtied."""
        margin = math.ceil(self.canvas.scene.reach * self.canvas.zoom + 2)
        around = self.canvas.rect_of(node).adjusted(-margin, -margin, margin, margin)
        start = time.process_time()
        self.canvas.update_looks({node: look})
        self.canvas.repaint(around)
        return (time.process_time() - start) * 1000

    def focus(self) -> None:
        """Look at what a plugin in the middle requires, and who requires it."""
        graph = self.picture.graph
        node = max(range(min(graph.size, 500)), key=lambda n: len(graph.wants[n]))
        centre = frozenset([node])
        neighbours = Neighbours(make_plan(graph.catalog))
        up, down = neighbours.upstream(centre), neighbours.downstream(centre)
        self.canvas.set_focus(centre, frozenset(up), frozenset(down))

    def look_from(self, view: View) -> None:
        self.canvas._camera._jump(view)

    def at(self, scale: float) -> View:
        """A view on the middle of the picture."""
        x, y = self.picture.bounds.middle
        return View(scale, WIDTH / 2 - x * scale, HEIGHT / 2 - y * scale)

    def views(self) -> Iterator[tuple[str, Callable[[], Iterator[View]]]]:
        """The named ways of looking at it."""
        whole = fitting(self.picture.bounds, WIDTH, HEIGHT)
        yield "fit", lambda: (whole for _ in range(30))
        yield "100%", lambda: (self.at(1.0) for _ in range(30))
        yield "mid", lambda: (self.at(0.12) for _ in range(30))
        yield "pan", lambda: (self.at(1.0).panned(-7 * step, 5 * step) for step in range(60))
        yield (
            "zoom",
            lambda: (self.at(whole.scale * (1.0 / whole.scale) ** (step / 59)) for step in range(60)),
        )

    def run(self) -> list[Timing]:
        """All scenarios, first with everything fine, then with half of all toggled."""
        found: list[Timing] = []
        for suffix, looks in (
            ("", [Look.OK] * self.size),
            (" half", [Look.OK, Look.DISABLED] * (self.size // 2)),
        ):
            self.canvas.set_looks(looks)
            for name, views in self.views():
                found.append(self._frames(name + suffix, views))
        self.focus()
        found += [self._frames("focus fit", views) for name, views in self.views() if name == "fit"]
        found += [self._frames("focus pan", views) for name, views in self.views() if name == "pan"]
        self.canvas.set_focus()
        found += [self._repaints("toggle 100%", 1.0), self._repaints("toggle fit", None)]
        return found

    def _frames(self, name: str, views: Callable[[], Iterator[View]]) -> Timing:
        timing = Timing(name)
        for view in views():
            self.look_from(view)
            timing.values.append(self.frame())
        return timing

    def _repaints(self, name: str, scale: float | None) -> Timing:
        view = fitting(self.picture.bounds, WIDTH, HEIGHT) if scale is None else self.at(scale)
        self.look_from(view)
        self.frame()
        timing = Timing(name)
        nodes = list(self.picture.places.within(view.area(Rect(0, 0, WIDTH, HEIGHT))))
        for turn in range(60):
            node = nodes[turn * 7 % len(nodes)]
            timing.values.append(self.repaint(node, Look.ERROR if turn % 2 else Look.OK))
        return timing


def measure(sizes: tuple[int, ...] = SIZES) -> Iterator[tuple[Bench, list[Timing]]]:
    """Run the scenarios at each size."""
    application = QApplication.instance() or QApplication([])
    for size in sizes:
        bench = Bench(size)
        application.processEvents()
        yield bench, bench.run()
        bench.canvas.close()


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


def main(arguments: list[str] | None = None) -> int:
    """Print the table. 1 if a limit is broken."""
    sizes = tuple(int(argument) for argument in arguments or ()) or SIZES
    broken = 0
    for bench, timings in measure(sizes):
        say(f"\n{bench.size:,} plugins   graph {bench.graph_ms:.1f} ms   lanes {bench.lanes_ms:.1f} ms")
        for timing in timings:
            limit = REPAINT_LIMIT_MS if timing.name.startswith("toggle") else FRAME_LIMIT_MS
            verdict = "" if timing.p95 <= limit else f"   over {limit} ms"
            broken += bool(verdict)
            say(f"  {timing.name:14} {timing.median:7.2f} / {timing.p95:7.2f} ms{verdict}")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Whether the window can be used while something large is read, and how long a toggle and an export take.

``python tests/bench/bench_loop.py`` prints tables, each number beside that of an idle loop in the same run.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")

from tests.bench.synthetic import write_manifest
from tests.bench.table import say

TOGGLE_LIMIT_MS = {1_000: 16.7, 10_000: 120.0}
SVG_LIMIT_S = 1.0
GAP_LIMIT_MS, GAP_RATIO = 50.0, 2.0


@contextmanager
def gaps() -> Iterator[list[float]]:
    """The times between the beats of a 5 ms timer while the block runs, in milliseconds."""
    from PySide6.QtCore import Qt, QTimer

    found: list[float] = []
    last = time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        found.append((now - last) * 1000)
        last = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    timer.start(5)
    yield found
    timer.stop()


def pump(ready: Callable[[], bool], limit: float = 120.0) -> None:
    """Run the loop until something is so."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    end = time.monotonic() + limit
    while not ready() and time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def jobs(folder: Path, large: str) -> Iterator[tuple[str, Callable[[], Callable[[], bool]]]]:
    """What goes on beside the loop: each begins, and says when it is over."""
    from tests.bench.synthetic import catalog_of

    from plugscope.boot import make_plan, predict
    from plugscope.export import render_file
    from plugscope.layout import Graph, lane_picture
    from plugscope.session import Job, LayoutJob, run_job
    from plugscope.session.loading import load, load_job
    from plugscope.sources import open_source, recognise

    graph = Graph(open_source(recognise("catalog:containerd-2.3")).catalog)
    shop = recognise("example:shop")
    shop_plan = make_plan(load(shop).catalog)
    many = predict(make_plan(catalog_of(10_000)))
    picture = lane_picture(Graph(many.plan.catalog))
    kept: list[object] = []

    def follow(job: Job) -> Callable[[], bool]:
        over: list[bool] = []
        job.finished.connect(lambda: over.append(True))
        job.start()
        return lambda: bool(over)

    def lay_out() -> Callable[[], bool]:
        job = LayoutJob()
        kept.append(job)
        over: list[object] = []
        job.finished.connect(over.append)
        job.failed.connect(over.append)
        job.start(graph)
        return lambda: bool(over)

    began = time.monotonic()
    yield "idle", lambda: lambda: time.monotonic() - began > 1.5
    yield "laying out containerd", lay_out
    yield "loading 100,000", lambda: follow(load_job(recognise(large)))
    yield "running the shop", lambda: follow(run_job(shop, shop_plan))
    svg = folder / "many.svg"
    yield "exporting 10,000", lambda: follow(Job(lambda _: render_file(many, svg, picture=picture)))
    for job in kept:
        if isinstance(job, LayoutJob):
            job.close()


def report_gaps(folder: Path, large: str) -> int:
    """Print the longest gap of a 5 ms timer beside each kind of work."""
    broken, idle = 0, 0.0
    say("\nthe event loop beside work: gaps of a 5 ms timer, median / p95 / longest")
    for name, begin in jobs(folder, large):
        with gaps() as found:
            began = time.monotonic()
            pump(begin())
            took = time.monotonic() - began
        ordered = sorted(found) or [0.0]
        p95, longest = ordered[int(len(ordered) * 0.95)], ordered[-1]
        idle = idle or p95
        stalls = longest > GAP_LIMIT_MS
        broken += stalls
        verdict = (
            f"   stalls ({longest / idle:.1f}x idle p95)" if longest > GAP_RATIO * idle and stalls else ""
        )
        say(
            f"  {name:22} {statistics.median(ordered):6.1f} / {p95:6.1f} / {longest:6.1f} ms in {took:5.2f} s{verdict}"
        )
    return broken


def toggle_ms(size: int, *, known: bool) -> float:
    """The median of toggles in a real window, with order, prediction, impact and repaint; in milliseconds of CPU."""
    from msgspec.structs import replace
    from PySide6.QtWidgets import QApplication
    from tests.bench.synthetic import catalog_of

    from plugscope.session import Settings, SourceDocument, load_theme
    from plugscope.sources import Kind, Opened, Source
    from plugscope.window import MainWindow

    catalog = catalog_of(size)
    if known:
        from plugscope.boot import Get, Lookup

        catalog.entries = [
            replace(entry, lookups=tuple(Lookup(Get.BY_TYPE, name) for name in entry.registration.requires))
            for entry in catalog.entries
        ]
    document = SourceDocument(Opened(Source(Kind.MANIFEST, "-"), catalog))
    window = MainWindow(Settings(Path(os.devnull) / "none"), load_theme("light"))
    window.show_document(document)
    window.show()
    for _ in range(10):
        QApplication.processEvents()
    steps, times = document.predicted.steps, []
    for turn in range(9):
        position = steps[size // 5 + turn].position
        began = time.process_time()
        document.toggle([position])
        QApplication.processEvents()
        times.append((time.process_time() - began) * 1000)
        document.undo_stack.undo()
        for _ in range(5):
            QApplication.processEvents()
    window.close()
    window.deleteLater()
    return statistics.median(times)


def report_toggles() -> int:
    """Print what a toggle costs, with the lookups declared and without."""
    broken = 0
    say("\none plugin toggled: order, prediction, impact, on screen, in milliseconds of CPU")
    for size, limit in TOGGLE_LIMIT_MS.items():
        for known in (True, False):
            ms = toggle_ms(size, known=known)
            broken += ms > limit
            verdict = "" if ms <= limit else f"   over {limit} ms"
            say(f"  {size:6,} plugins, lookups {'declared' if known else 'unknown '} {ms:8.1f} ms{verdict}")
    return broken


def report_svg() -> int:
    """Print how long the SVG of 10,000 plugins takes."""
    from tests.bench.synthetic import catalog_of

    from plugscope.boot import make_plan, predict
    from plugscope.export.picture import svg_text
    from plugscope.layout import Graph, lane_picture

    recording = predict(make_plan(catalog_of(10_000)))
    picture = lane_picture(Graph(recording.plan.catalog))
    began = time.perf_counter()
    size = len(svg_text(recording, picture, "light"))
    seconds = time.perf_counter() - began
    verdict = "" if seconds <= SVG_LIMIT_S else f"   over {SVG_LIMIT_S} s"
    say(f"\nSVG of 10,000 plugins: {seconds:.2f} s, {size / 1e6:.1f} MB{verdict}")
    return int(bool(verdict))


def main() -> int:
    """Print all tables. 1 if a limit is broken."""
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    if isinstance(application, QApplication):
        application.setStyle("Fusion")
    # First: what 100,000 plugins leave behind in this process costs every later toggle a tenth.
    broken = report_toggles()
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        broken += report_gaps(folder, write_manifest(folder, 100_000))
    broken += report_svg()
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""How long the program takes to show its first graph, what it holds, and whether it can be used meanwhile.

``python tests/bench/bench_start.py [SIZE …]`` prints a table: each number beside that of a bare PySide6 window, or of
an idle loop, in the same run. Wall milliseconds and resident megabytes; medians of several starts.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")

from tests.bench.table import say

COMPILED = Path(tempfile.gettempdir()) / "plugscope-bench-compiled"
SIZES = (10_000, 100_000)
STARTS = 7
START_LIMIT = {"containerd": 1.6, "10000": 1.8, "100000": 5.0}
MEMORY_LIMIT = {"containerd": 1.5}
MEMORY_LIMIT_MB = {"100000": 400.0}
TOGGLE_LIMIT_MS = {1_000: 16.7, 10_000: 120.0}
SVG_LIMIT_S = 1.0
GAP_LIMIT_MS, GAP_RATIO = 50.0, 2.0

BARE = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
class Bare(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, tell)
def tell():
    print(time.monotonic(), open("/proc/self/statm").read().split()[1], flush=True)
    os._exit(0)
window = Bare()
window.resize(1360, 860)
window.show()
app.exec()
"""

FRAME = """
import os, sys, time
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QMainWindow, QToolBar, QWidget
app = QApplication([])
app.setStyle("Fusion")
class Centre(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, tell)
def tell():
    print(time.monotonic(), open("/proc/self/statm").read().split()[1], flush=True)
    os._exit(0)
window = QMainWindow()
for name in ("File", "Edit", "View", "Help"):
    window.menuBar().addMenu(name).addAction("Do")
bar = QToolBar("Main")
bar.addWidget(QLabel("Bare"))
window.addToolBar(bar)
window.statusBar()
for name in ("left", "left 2", "right", "below"):
    dock = QDockWidget(name, window)
    area = {"r": Qt.DockWidgetArea.RightDockWidgetArea, "b": Qt.DockWidgetArea.BottomDockWidgetArea}
    window.addDockWidget(area.get(name[0], Qt.DockWidgetArea.LeftDockWidgetArea), dock)
window.setCentralWidget(Centre())
window.resize(1360, 860)
window.show()
app.exec()
"""
"""What any window of this kind costs, with nothing in it: no limit speaks of it, but it tells where a start goes."""

WHOLE = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, tell)
        return False
watch = Watch()
def tell():
    painted = time.monotonic()
    def settled():
        if window().panels is None:
            QTimer.singleShot(100, settled)
            return
        QTimer.singleShot(1000, lambda: end(painted))
    if not watch.property("told"):
        watch.setProperty("told", True)
        settled()
def end(painted):
    print(painted, open("/proc/self/statm").read().split()[1], flush=True)
    os._exit(0)
def window():
    return next(w for w in QApplication.topLevelWidgets() if hasattr(w, "pane"))
run = QApplication.exec
def exec_then_tell(*_):
    from plugscope.canvas import GraphCanvas
    window().findChild(GraphCanvas).installEventFilter(watch)
    return run()
QApplication.exec = exec_then_tell
from plugscope.app import start
start([sys.argv[1]])
"""


@dataclass(frozen=True)
class Start:
    """From the spawn to the first graph painted, and what the process holds when all around it is there."""

    ms: float
    megabytes: float


def start(program: str, source: str = "") -> Start:
    """Start one process and wait until it has painted."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "PLUGSCOPE_CONFIG_DIR": home, "PYTHONPYCACHEPREFIX": str(COMPILED)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-P", "-c", program, source],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    painted, pages = done.stdout.split()[-2:]
    return Start((float(painted) - began) * 1000, int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6)


def median_starts(sources: dict[str, str]) -> dict[str, Start]:
    """The medians of interleaved starts: what disturbs one disturbs all."""
    starts: dict[str, list[Start]] = {name: [] for name in ("bare", "empty frame", *sources)}
    for source in sources.values():
        start(WHOLE, source)  # compiles, as installing does, and brings the files into memory
    for _ in range(STARTS):
        starts["bare"].append(start(BARE))
        starts["empty frame"].append(start(FRAME))
        for name, source in sources.items():
            if name != "100000" or len(starts[name]) < 3:
                starts[name].append(start(WHOLE, source))
    return {
        name: Start(statistics.median(s.ms for s in of_name), statistics.median(s.megabytes for s in of_name))
        for name, of_name in starts.items()
    }


def report_starts(sources: dict[str, str]) -> int:
    """Print starts and memory as ratios to the bare window."""
    broken = 0
    medians = median_starts(sources)
    bare = medians.pop("bare")
    say(f"start to first paint, medians of {STARTS}")
    say(f"  bare window      {bare.ms:7.0f} ms          {bare.megabytes:6.0f} MB")
    for name, median in medians.items():
        ratio, share = median.ms / bare.ms, median.megabytes / bare.megabytes
        late = ratio > START_LIMIT.get(name, 99)
        large = share > MEMORY_LIMIT.get(name, 99) or median.megabytes > MEMORY_LIMIT_MB.get(name, 1e9)
        broken += late + large
        verdict = ("   late" if late else "") + ("   large" if large else "")
        say(
            f"  {name:16} {median.ms:7.0f} ms {ratio:5.2f}x   {median.megabytes:6.0f} MB {share:5.2f}x{verdict}"
        )
    return broken


# In this process: whether the loop stands still, and how long a toggle takes


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


def write_manifest(folder: Path, size: int) -> str:
    """A JSON manifest of so many plugins."""
    from tests.bench.synthetic import catalog_of

    entries = catalog_of(size).entries
    plugins = [
        {
            "type": str(entry.registration.type),
            "id": entry.registration.id,
            "requires": list(entry.registration.requires),
            "lookups": [],
        }
        for entry in entries
    ]
    path = folder / f"{size}.json"
    path.write_text(json.dumps({"plugscope": 1, "plugin": plugins}), "utf-8")
    return str(path)


def main(arguments: list[str] | None = None) -> int:
    """Print all tables. 1 if a limit is broken."""
    from PySide6.QtWidgets import QApplication

    sizes = tuple(int(argument) for argument in arguments or ()) or SIZES
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        sources = {"containerd": "catalog:containerd-2.3"}
        sources |= {str(size): write_manifest(folder, size) for size in sizes}
        broken = report_starts(sources)
        application = QApplication.instance() or QApplication([])
        if isinstance(application, QApplication):
            application.setStyle("Fusion")
        # First: what 100,000 plugins leave behind in this process costs every later toggle a tenth.
        broken += report_toggles()
        broken += report_gaps(folder, write_manifest(folder, 100_000))
        broken += report_svg()
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

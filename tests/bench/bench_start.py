"""How long the program takes to show its first graph, and what it holds.

``python tests/bench/bench_start.py [SIZE …]`` prints a table: each number beside that of a bare PySide6 window in
the same run. Wall milliseconds and resident megabytes; medians of several starts.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")

from tests.bench.synthetic import write_manifest
from tests.bench.table import say

COMPILED = Path(tempfile.gettempdir()) / "plugscope-bench-compiled"
SIZES = (10_000, 100_000)
STARTS = 7
START_LIMIT = {"containerd": 1.6, "10000": 1.8, "100000": 5.0}
MEMORY_LIMIT = {"containerd": 1.5}
MEMORY_LIMIT_MB = {"100000": 400.0}

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


def main(arguments: list[str] | None = None) -> int:
    """Print all tables. 1 if a limit is broken."""
    sizes = tuple(int(argument) for argument in arguments or ()) or SIZES
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        sources = {"containerd": "catalog:containerd-2.3"}
        sources |= {str(size): write_manifest(folder, size) for size in sizes}
        broken = report_starts(sources)
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

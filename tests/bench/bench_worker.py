"""What the worker costs: 1,000 init functions that do nothing, run one by one in another process."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.table import Row, show

from plugscope.boot import make_plan
from plugscope.boot.run import Run, Worker
from plugscope.sources.python import load_catalog
from plugscope.worker import Target

SOURCE = """from plugscope.plugin import Registration, register
for number in range({size}):
    register(Registration("bench.v1", f"p{{number}}", init_fn=lambda ic: None))
"""


def measure(size: int) -> tuple[float, float]:
    """Milliseconds of wall time: from start to loaded, and for each plugin that was run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plugins.py"
        path.write_text(SOURCE.format(size=size), "utf-8")
        began = time.perf_counter()
        with Worker() as worker:
            catalog = load_catalog(worker, Target("file", str(path), "", folder), "bench")
            loaded = time.perf_counter()
            run = Run(make_plan(catalog), worker)
            count = sum(1 for _ in run.steps())
            done = time.perf_counter()
    assert count == size
    return (loaded - began) * 1000, (done - loaded) * 1000 / size


def main() -> int:
    """Print the table; 1 if a number is over what the design holds it to."""
    figures = [measure(1_000) for _ in range(3)]
    rows = [
        Row("worker: started, 1,000 plugins imported", min(start for start, _ in figures)),
        Row("worker: overhead a plugin, 1,000 empty inits", min(each for _, each in figures), hold=1),
    ]
    return 0 if show("The worker", rows) else 1


if __name__ == "__main__":
    sys.exit(main())

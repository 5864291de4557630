"""What a worker costs, within lenient bounds; the benchmarks measure it."""

from __future__ import annotations

import time
from pathlib import Path

from tests.worker.sample import target, write

from plugscope.boot import make_plan
from plugscope.boot.run import Run, Worker
from plugscope.sources.python import load_catalog


def test_a_thousand_empty_plugins_cost_little(tmp_path: Path) -> None:
    """Under 5 ms each, on any machine that tests run on; the design holds it to 1 ms."""
    source = """
    for number in range(1_000):
        register(Registration("a.v1", f"p{number}", init_fn=lambda ic: None))
    """
    with Worker() as worker:
        catalog = load_catalog(worker, target(write(tmp_path, source)), "plugins.py")
        began = time.perf_counter()
        run = Run(make_plan(catalog), worker)
        assert sum(1 for _ in run.steps()) == 1_000
        assert time.perf_counter() - began < 5
    assert run.recording().boot.ok

"""How these tests open an example and boot it, as the verbs do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugscope.boot import Catalog, Plan, Recording, make_plan
from plugscope.boot.run import Run, Worker
from plugscope.sources import Kind, functions_target, open_source, recognise
from plugscope.sources.python import load_catalog

EXAMPLES = Path(__file__).resolve().parents[2] / "resources" / "examples"


@contextmanager
def loaded(name: str) -> Iterator[tuple[Catalog, Worker]]:
    """An example's catalog, and a worker that has its init functions: a manifest's are made of what it declares."""
    source = recognise(f"example:{name}")
    with Worker() as worker:
        if source.kind is Kind.PYTHON:
            assert source.target is not None
            yield load_catalog(worker, source.target, source.text), worker
        else:
            catalog = open_source(source).catalog
            worker.load(functions_target(catalog, source))
            yield catalog, worker


def catalog_of(name: str) -> Catalog:
    """An example's catalog, without running it."""
    source = recognise(f"example:{name}")
    if source.kind is Kind.TEXT:
        return open_source(source).catalog
    with loaded(name) as (catalog, _):
        return catalog


def booted(name: str, disable: tuple[str, ...] = (), folder: Path | None = None) -> Recording:
    """Really boot an example. ``folder`` takes its root and state, which else go with the worker."""
    with loaded(name) as (catalog, worker):
        if folder is not None:
            catalog.root, catalog.state = str(folder / "root"), str(folder / "state")
        return run(make_plan(catalog, disable), worker)


def run(plan: Plan, worker: Worker) -> Recording:
    """The recording of a whole run."""
    it = Run(plan, worker)
    for _ in it.steps():
        pass
    return it.recording()

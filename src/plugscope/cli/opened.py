"""Opening the source that a verb is about, with the options that verbs share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from plugscope.boot import Catalog, Plan, Recording, make_plan
from plugscope.boot.part import part_of
from plugscope.boot.query import QueryError, select
from plugscope.boot.worker.host import LoadRefused, Worker
from plugscope.boot.worker.message import Limits
from plugscope.plugin import Semantics
from plugscope.sources.error import SourceError
from plugscope.sources.opening import Kind, Source, functions_target, is_runnable, read, recognise
from plugscope.sources.python import load_catalog

from .terminal import refuse, safe


@dataclass
class Opened:
    """An open source. ``worker`` is there if its plugins are Python and may be run."""

    source: Source
    catalog: Catalog
    worker: Worker | None = None

    def plan(self, disable: tuple[str, ...] = ()) -> Plan:
        return make_plan(self.catalog, disable)


@contextmanager
def opened(
    text: str,
    *,
    trust: bool = False,
    semantics: str | None = None,
    run: bool = False,
    limits: Limits | None = None,
    python: str = "",
) -> Iterator[Opened]:
    """Open a source, or end with exit code 2. ``run``: its Python functions are going to be run."""
    try:
        source = recognise(text)
        if source.kind is Kind.PYTHON:
            with _python(source, trust, limits, python) as result:
                _apply(result, semantics)
                yield result
            return
        catalog = read(source)
    except SourceError as error:
        refuse(*((problem.place, problem.message) for problem in error.problems))
    result = Opened(source, catalog)
    _apply(result, semantics)
    if run and (trust or source.shipped) and is_runnable(result.catalog):
        with Worker(limits, python) as worker:
            try:
                worker.load(functions_target(result.catalog, source))
            except LoadRefused as error:
                refuse((error.place or safe(text), error.message))
            result.worker = worker
            yield result
        return
    yield result


@contextmanager
def _python(source: Source, trust: bool, limits: Limits | None, python: str) -> Iterator[Opened]:
    if source.target is None:
        raise SourceError.at(source.text, "not a Python module")
    if not trust and not source.shipped:
        raise SourceError.at(
            source.text, "is Python code, and opening it would run it; add --trust if you trust what it does"
        )
    with Worker(limits, python) as worker:
        yield Opened(source, load_catalog(worker, source.target, source.text), worker)


def selected(recording: Recording, query: str) -> Recording:
    """The part of a recording that ``--select`` names, or end with exit code 2."""
    if not query:
        return recording
    try:
        return part_of(recording, select(query, recording))
    except QueryError as error:
        refuse(("--select", str(error)))


def _apply(result: Opened, semantics: str | None) -> None:
    if semantics:
        result.catalog = result.catalog.under(Semantics(semantics))

"""Opening sources and running plugins beside the event loop."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import nullcontext

from msgspec import Struct
from msgspec.structs import replace

from plugscope.boot import Catalog, Plan, Recording, gc_paused, make_plan, predict
from plugscope.layout import Graph, Picture, lane_picture
from plugscope.sources import (
    Kind,
    Opened,
    Reading,
    Source,
    SourceError,
    Stdin,
    functions_target,
    open_over,
    open_source,
)
from plugscope.worker import Limits

from .job import Job
from .spool import CLIPBOARD, NAMES, STDIN, Spool, SpooledInput

_MANY = 20_000


class Prepared(Struct, frozen=True):
    """A source that has been opened, with what the window shows first of it: its picture, and the prediction where the
    source tells of no boot that happened."""

    opened: Opened
    picture: Picture
    predicted: Recording | None = None


def load(
    source: Source, job: Job | None = None, boot: int = -1, release: str = "", stdin: Stdin | None = None
) -> Opened:
    """Open a source; a Python one in a worker, which ends afterwards, or when ``job`` is cancelled.

    The job is told how many bytes of a log have been read. ``boot``: which one of a log, from 1, or -1 for the last.
    ``release``: the catalog that a containerd configuration is for; "" for the newest that takes it, ``ask`` for that
    of the daemon on PATH. ``stdin`` stands for standard input. Raises ``SourceError``.
    """
    if source.kind is not Kind.PYTHON:

        def progress(size: int) -> bool:
            if job is not None:
                job.report(size)
            return job is None or not job.cancelled

        return open_source(source, Reading(boot, progress, release, stdin))
    if source.target is None:
        raise SourceError.at(source.text, "not a Python module")
    from plugscope.boot.run import Worker
    from plugscope.sources.python import load_catalog

    with Worker() as worker, job.stopped_by(worker.kill) if job is not None else nullcontext():
        return Opened(source, load_catalog(worker, source.target, source.text))


def load_job(source: Source, boot: int = -1, release: str = "") -> Job:
    """A job that returns a source as ``Prepared``, or errs with ``SourceError``."""
    return Job(lambda job: _without_gc(lambda: prepared(load(source, job, boot, release))))


def over_job(source: Source, other: Source, boot: int = -1, release: str = "", usual: str = "") -> Job:
    """The same for a source with what another one tells of a boot laid over it. ``boot`` is one of the other's, and a
    configuration is read as the release that it happened in reads it, if no other is named; as the ``usual`` one does
    if nothing tells which that was."""

    def work(job: Job) -> Prepared:
        return prepared(
            open_over(
                lambda found: load(source, job, release=release or found),
                lambda: load(other, job, boot),
                other,
                usual,
            )
        )

    return Job(lambda job: _without_gc(lambda: work(job)))


def piped_job(source: Source, spool: Spool) -> Job:
    """The same for standard input, which is spooled."""

    def work(job: Job) -> Prepared:
        spooling = SpooledInput(spool)
        opened = load(source, job, stdin=lambda: spooling)
        if spooling.file is not None:
            spool.keep(STDIN, spooling.file)
            log = opened.log and opened.log.in_file(spooling.file)
            kept = replace(spool.source(STDIN) or source, kind=opened.source.kind)
            opened = replace(opened, source=kept, log=log)
        return prepared(opened)

    return Job(lambda job: _without_gc(lambda: work(job)))


def pasted_job(text: str, spool: Spool) -> Job:
    """The same for a text, which is spooled."""

    def work(job: Job) -> Prepared:
        try:
            file = spool.new(CLIPBOARD)
            file.write_bytes(text.encode("utf-8", "replace"))
        except OSError as error:
            why = error.strerror or str(error)
            raise SourceError.at(NAMES[CLIPBOARD], f"cannot be kept as a file: {why}") from None
        spool.keep(CLIPBOARD, file)
        source = spool.source(CLIPBOARD)
        assert source is not None, "it was kept"
        return prepared(load(source, job))

    return Job(lambda job: _without_gc(lambda: work(job)))


def prepare_job(opened: Opened, picture: Picture) -> Job:
    """A job that predicts what has been opened and drawn already."""
    return Job(lambda _: _without_gc(lambda: prepared(opened, picture)))


def _without_gc(make: Callable[[], Prepared]) -> Prepared:
    with gc_paused():
        made = make()
        if len(made.opened.catalog.entries) > _MANY:
            # They stay for as long as the window: looking through a million objects stops everything for a
            # tenth of a second, again and again.
            gc.freeze()
        return made


def prepared(opened: Opened, picture: Picture | None = None) -> Prepared:
    """Draw and, where nothing happened, predict what has been opened. ``picture``: the drawing, if there is one."""
    picture = picture or lane_picture(Graph(opened.catalog))
    if opened.observed is not None:
        return Prepared(opened, picture)
    predicted = predict(make_plan(opened.catalog))
    # What the window asks for first.
    _ = predicted.by_position, predicted.plan.rank, predicted.plan.position
    return Prepared(opened, picture, predicted)


def run_job(source: Source, plan: Plan, limits: Limits | None = None) -> Job:
    """A job that really runs a plan in a worker: tells each step, and returns the recording."""
    from plugscope.boot.run import LoadRefused, Run, Worker
    from plugscope.sources.python import load_catalog

    def work(job: Job) -> Recording:
        with Worker(limits) as worker, job.stopped_by(worker.kill):
            if source.kind is Kind.PYTHON and source.target is not None:
                _same(load_catalog(worker, source.target, source.text), plan.catalog, source)
            else:
                try:
                    worker.load(functions_target(plan.catalog, source))
                except LoadRefused as refusal:
                    raise SourceError.at(refusal.location or source.text, refusal.message) from refusal
            run = Run(plan, worker)
            for step in run.steps():
                if job.cancelled:
                    break
                job.report(step)
            return run.recording()

    return Job(work)


def _same(now: Catalog, planned: Catalog, source: Source) -> None:
    """The plan holds positions: they must still mean the same plugins."""
    if [entry.uri for entry in now.entries] != [entry.uri for entry in planned.entries]:
        raise SourceError.at(source.text, "registers other plugins than when it was opened; reload it")

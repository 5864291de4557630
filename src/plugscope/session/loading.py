"""Opening sources and running plugins beside the event loop."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import nullcontext

from msgspec import Struct
from msgspec.structs import replace

from plugscope.boot import Catalog, Plan, Recording, gc_paused, make_plan, predict
from plugscope.layout import Graph, Picture, lane_picture
from plugscope.sources import Kind, NothingTold, Source, SourceError, Stdin, functions_target, read_content
from plugscope.sources.boot_log import BootLog
from plugscope.worker import Limits

from .job import Job
from .spool import CLIPBOARD, NAMES, STDIN, Spool, SpooledInput

_MANY = 20_000


class Loaded(Struct, frozen=True):
    """A source that has been read: its catalog, and what happened, where it tells of that.

    ``predicted`` and ``picture`` are what the window will show of it, where they have been made already. ``log`` says
    which line told of what. ``release``: which one a containerd configuration was applied to, as it was asked for
    ("", a catalog's name, or ``ask``); ``None`` if it is no configuration. ``over`` is the source of what happened,
    where that is another one, and ``under`` what a daemon is laid over, which can be asked again.
    """

    source: Source
    catalog: Catalog
    observed: Recording | None = None
    predicted: Recording | None = None
    picture: Picture | None = None
    log: BootLog | None = None
    release: str | None = None
    over: str = ""
    under: Catalog | None = None


def load(
    source: Source, job: Job | None = None, boot: int = -1, release: str = "", stdin: Stdin | None = None
) -> Loaded:
    """Read a source; a Python one in a worker, which ends afterwards, or when ``job`` is cancelled.

    The job is told how many bytes of a log have been read. ``boot``: which one of a log, from 1, or -1 for the last.
    ``release``: the catalog that a containerd configuration is for; "" for the newest that takes it, ``ask`` for that
    of the daemon on PATH. ``stdin`` stands for standard input. Raises ``SourceError``.
    """
    if source.kind is not Kind.PYTHON:

        def progress(size: int) -> bool:
            if job is not None:
                job.report(size)
            return job is None or not job.cancelled

        content = read_content(source, stdin, boot=boot, progress=progress, release=release)
        asked = release if content.is_config else None
        return Loaded(source, content.catalog, content.recording, log=content.log, release=asked)
    if source.target is None:
        raise SourceError.at(source.text, "not a Python module")
    from plugscope.boot.run import Worker
    from plugscope.sources.python import load_catalog

    with Worker() as worker, job.stopped_by(worker.kill) if job is not None else nullcontext():
        return Loaded(source, load_catalog(worker, source.target, source.text))


def load_job(source: Source, boot: int = -1, release: str = "") -> Job:
    """A job that returns ``Loaded`` with all that the window shows first, or errs with ``SourceError``."""
    return Job(lambda job: _without_gc(lambda: _prepared(load(source, job, boot, release))))


def over_job(source: Source, other: Source, boot: int = -1, release: str = "", usual: str = "") -> Job:
    """The same for a source with what another one tells of a boot laid over it. ``boot`` is one of the other's, and a
    configuration is read as the release that it happened in reads it, if no other is named; as the ``usual`` one does
    if nothing tells which that was."""

    def work(job: Job) -> Loaded:
        from plugscope.sources.observed import over, release_of, unheard

        told, silence = None, ""
        try:
            told = load(other, job, boot)
        except NothingTold as error:
            silence = str(error)
        happened = None if told is None else told.observed
        if told is not None and happened is None:
            raise SourceError.at(
                other.text, "tells of no boot that happened, as a log, a listing or a daemon does"
            )
        loaded = load(
            source, job, release=release or (release_of(happened) if happened is not None else usual)
        )
        catalog = loaded.catalog
        observed = unheard(catalog, silence) if happened is None else over(catalog, happened)
        log = None if told is None else told.log
        under = catalog if other.kind is Kind.DAEMON else None
        laid = replace(loaded, catalog=observed.plan.catalog, observed=observed, log=log, over=other.text)
        return _prepared(replace(laid, under=under))

    return Job(lambda job: _without_gc(lambda: work(job)))


def piped_job(source: Source, spool: Spool) -> Job:
    """The same for standard input, which is kept."""

    def work(job: Job) -> Loaded:
        copying = SpooledInput(spool)
        loaded = _prepared(load(source, job, stdin=lambda: copying))
        if copying.file is None:
            return loaded
        spool.keep(STDIN, copying.file)
        log = loaded.log and loaded.log.in_file(copying.file)
        return replace(loaded, source=spool.source(STDIN) or source, log=log)

    return Job(lambda job: _without_gc(lambda: work(job)))


def pasted_job(text: str, spool: Spool) -> Job:
    """The same for a text, which is kept."""

    def work(job: Job) -> Loaded:
        try:
            file = spool.new(CLIPBOARD)
            file.write_bytes(text.encode("utf-8", "replace"))
        except OSError as error:
            why = error.strerror or str(error)
            raise SourceError.at(NAMES[CLIPBOARD], f"cannot be kept as a file: {why}") from None
        spool.keep(CLIPBOARD, file)
        source = spool.source(CLIPBOARD)
        assert source is not None, "it was kept"
        return _prepared(load(source, job))

    return Job(lambda job: _without_gc(lambda: work(job)))


def prepare_job(loaded: Loaded) -> Job:
    """A job that returns what has been read with all that the window shows first."""
    return Job(lambda _: _without_gc(lambda: _prepared(loaded)))


def _without_gc(make: Callable[[], Loaded]) -> Loaded:
    with gc_paused():
        loaded = make()
        if len(loaded.catalog.entries) > _MANY:
            # They stay for as long as the window: looking through a million objects stops everything for a
            # tenth of a second, again and again.
            gc.freeze()
        return loaded


def _prepared(loaded: Loaded) -> Loaded:
    picture = loaded.picture or lane_picture(Graph(loaded.catalog))
    if loaded.observed is not None:
        return replace(loaded, picture=picture)
    predicted = predict(make_plan(loaded.catalog))
    # What the window asks for first.
    _ = predicted.by_position, predicted.plan.rank, predicted.plan.position
    return replace(loaded, predicted=predicted, picture=picture)


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

"""Opening the source that a verb is about, with the options that verbs share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from msgspec import Struct

from plugscope.boot import Catalog, Plan, QueryError, Recording, make_plan, part_of, predict, select
from plugscope.boot.run import LoadRefused, Worker
from plugscope.plugin import Semantics
from plugscope.sources import (
    Kind,
    NothingTold,
    Source,
    SourceError,
    functions_target,
    is_findable,
    is_runnable,
    read_content,
    recognise,
)
from plugscope.sources.observed import over, release_of, unheard
from plugscope.sources.python import load_catalog
from plugscope.worker import Limits

from .option import Asked
from .terminal import note, refuse, safe


class Opened(Struct, dict=True):
    """An open source. ``worker`` is there if its plugins are Python and may be run, ``observed`` if the source tells of
    a boot that happened, or ``--observed`` names one that does. ``is_config``: it is a containerd configuration."""

    source: Source
    catalog: Catalog
    worker: Worker | None = None
    observed: Recording | None = None
    is_config: bool = False

    def plan(self, disable: tuple[str, ...] = ()) -> Plan:
        if self.observed is not None and not disable and self.observed.plan.catalog is self.catalog:
            return self.observed.plan
        return make_plan(self.catalog, disable)

    def recording(self, disable: tuple[str, ...] = ()) -> Recording:
        """What happened, if the source tells; else, or with something else disabled, what would."""
        if self.observed is not None and not disable:
            return self.observed
        return predict(self.plan(disable), self.observed)


@contextmanager
def opened(asked: Asked, *, run: bool = False, limits: Limits | None = None) -> Iterator[Opened]:
    """Open a source, or end with exit code 2. ``run``: its Python functions are going to be run."""
    refuse_twice("--observed", asked.source, asked.observed)
    happened = _happened(asked.observed, asked.boot) if asked.observed else None
    release = asked.catalog or (release_of(happened) if isinstance(happened, Recording) else "")
    with ExitStack() as stack:
        try:
            source = recognise(asked.source)
            if source.kind is Kind.PYTHON:
                _ask_for_trust(source, asked.trust)
                worker = stack.enter_context(Worker(limits, asked.python))
                result = Opened(source, _imported(source, worker), worker)
            else:
                boot = -1 if asked.observed else asked.boot
                content = read_content(source, boot=boot, release=release)
                result = Opened(
                    source, content.catalog, observed=content.recording, is_config=content.is_config
                )
                if run and is_runnable(result.catalog):
                    result.worker = _functions(result, asked, stack, limits)
        except SourceError as error:
            refuse(*((problem.location, problem.message) for problem in error.problems))
        except LoadRefused as error:
            refuse((error.location or asked.source, error.message))
        if asked.catalog and not result.is_config:
            note(f"note: {safe(asked.source)} is no containerd configuration; --catalog has no use here")
        if asked.semantics:
            result.catalog = result.catalog.under(Semantics(asked.semantics))
        if happened is not None:
            result.observed = _laid_over(result.catalog, happened)
            result.catalog = result.observed.plan.catalog
        yield result


def _happened(text: str, boot: int) -> Recording | NothingTold:
    """What happened in the boot that ``--observed`` names, or why nothing tells of it; or end with exit code 2."""
    try:
        recording = read_content(recognise(text), boot=boot).recording
    except NothingTold as silence:
        return silence
    except SourceError as error:
        refuse(*((problem.location, problem.message) for problem in error.problems))
    if recording is None:
        refuse(
            (text, "tells of no boot that happened; --observed takes a log, a listing or a daemon's address")
        )
    return recording


def _laid_over(catalog: Catalog, happened: Recording | NothingTold) -> Recording:
    """What happened, with what this catalog knows."""
    if isinstance(happened, NothingTold):
        return unheard(catalog, str(happened))
    return over(catalog, happened)


def _ask_for_trust(source: Source, trust: bool) -> None:
    if trust or source.shipped:
        return
    if source.target is not None and not is_findable(source.target):
        raise SourceError.at(source.text, "no such file, module, catalog or example")
    raise SourceError.at(
        source.text, "is Python code, and opening it would run it; add --trust if you trust what it does"
    )


def _imported(source: Source, worker: Worker) -> Catalog:
    if source.target is None:
        raise SourceError.at(source.text, "not a Python module")
    return load_catalog(worker, source.target, source.text)


def _functions(it: Opened, asked: Asked, stack: ExitStack, limits: Limits | None) -> Worker | None:
    """A worker that has loaded the functions that a manifest names; without trust none, which is said."""
    if not asked.trust and not it.source.shipped:
        note(
            f"note: {safe(it.source.text)} names Python functions; with --trust they are run, now it is predicted"
        )
        return None
    worker = stack.enter_context(Worker(limits, asked.python))
    worker.load(functions_target(it.catalog, it.source))
    return worker


def refuse_twice(option: str, first: str, second: str) -> None:
    """End with exit code 2 if both are to come from standard input."""
    if first == second == "-":
        refuse((option, "standard input can be read once; save it as a file, and name that"))


def spare_sources(output: str, *sources: str) -> None:
    """End with exit code 2 if writing to a file would overwrite what is read."""
    for text in filter(None, sources):
        with suppress(SourceError, OSError):
            file = recognise(text).file
            if file is not None and file.samefile(output):
                refuse((output, f"is the source {text} itself; writing would overwrite it"))


def selected(recording: Recording, query: str) -> Recording:
    """The part of a recording that ``--select`` names, or end with exit code 2."""
    if not query:
        return recording
    try:
        return part_of(recording, select(query, recording))
    except QueryError as error:
        refuse(("--select", str(error)))

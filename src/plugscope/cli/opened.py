"""Opening the source that a verb is about, with the options that verbs share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from msgspec import Struct
from msgspec.structs import replace

from plugscope.boot import Catalog, Plan, QueryError, Recording, learn, make_plan, part_of, predict, select
from plugscope.boot.run import LoadRefused, Worker
from plugscope.plugin import Semantics
from plugscope.sources import (
    Kind,
    Opened,
    Reading,
    Source,
    SourceError,
    functions_target,
    is_findable,
    is_runnable,
    open_over,
    open_source,
    recognise,
)
from plugscope.sources.python import load_catalog
from plugscope.worker import Limits

from .option import Asked
from .terminal import note, refuse, safe


class OpenedSource(Struct, dict=True):
    """What a verb is about. ``worker`` is there if its plugins are Python and may be run."""

    opened: Opened
    worker: Worker | None = None

    @property
    def source(self) -> Source:
        """What was named."""
        return self.opened.source

    @property
    def catalog(self) -> Catalog:
        """What it gave."""
        return self.opened.catalog

    @property
    def observed(self) -> Recording | None:
        """The boot that it tells of, if it tells of one."""
        return self.opened.observed

    def plan(self, disable: tuple[str, ...] = ()) -> Plan:
        """The plan of the boot; as it was observed, unless something else is disabled."""
        if self.observed is not None and not disable and self.observed.plan.catalog is self.catalog:
            return self.observed.plan
        return make_plan(self.catalog, disable)

    def recording(self, disable: tuple[str, ...] = ()) -> Recording:
        """What happened, if the source tells; else, or with something else disabled, what would."""
        if self.observed is not None and not disable:
            return self.observed
        return predict(self.plan(disable), self.observed)

    def learn(self, recording: Recording) -> None:
        """Know from now on what a run showed."""
        self.opened = replace(self.opened, catalog=learn(self.catalog, recording))


@contextmanager
def opened(asked: Asked, *, run: bool = False, limits: Limits | None = None) -> Iterator[OpenedSource]:
    """Open a source, or end with exit code 2. ``run``: its Python functions are going to be run."""
    refuse_twice("--observed", asked.source, asked.observed)
    with ExitStack() as stack:
        try:
            opening = _Opening(asked, stack, limits)
            it = opening.open()
            if run and it.worker is None and is_runnable(it.catalog):
                it.worker = opening.load_functions(it)
        except SourceError as error:
            refuse(*((found.location, found.message) for found in error.diagnostics))
        except LoadRefused as error:
            refuse((error.location or asked.source, error.message))
        if asked.catalog and it.opened.release is None:
            note(f"note: {safe(asked.source)} is no containerd configuration; --catalog has no use here")
        yield it


class _Opening:
    """Opens the source that a verb is about; workers end with ``stack``."""

    def __init__(self, asked: Asked, stack: ExitStack, limits: Limits | None) -> None:
        self._asked = asked
        self._stack = stack
        self._limits = limits
        self._worker: Worker | None = None

    def open(self) -> OpenedSource:
        """The source, with what ``--observed`` tells laid over it. Raises ``SourceError`` and ``LoadRefused``."""
        asked = self._asked
        if asked.observed:
            other = recognise(asked.observed)
            how = Reading(asked.boot)
            return OpenedSource(
                open_over(self._expected, lambda: open_source(other, how), other), self._worker
            )
        return OpenedSource(self._expected(""), self._worker)

    def _expected(self, release: str) -> Opened:
        """The source itself, a configuration for the release that is asked for or else for this one."""
        asked = self._asked
        source = recognise(asked.source)
        if source.kind is Kind.PYTHON:
            _ask_for_trust(source, asked.trust)
            self._worker = self._stack.enter_context(Worker(self._limits, asked.python))
            it = Opened(source, _imported(source, self._worker))
        else:
            boot = -1 if asked.observed else asked.boot
            it = open_source(source, Reading(boot, release=asked.catalog or release))
        if asked.semantics:
            it = replace(it, catalog=it.catalog.under(Semantics(asked.semantics)))
        return it

    def load_functions(self, it: OpenedSource) -> Worker | None:
        """A worker that has loaded the functions that a manifest names; without trust none, which is said."""
        if not self._asked.trust and not it.source.shipped:
            name = safe(it.source.text)
            note(f"note: {name} names Python functions; with --trust they are run, now it is predicted")
            return None
        worker = self._stack.enter_context(Worker(self._limits, self._asked.python))
        worker.load(functions_target(it.catalog, it.source))
        return worker


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

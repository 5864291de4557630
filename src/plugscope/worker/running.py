"""In the child: running the init functions, one plugin at a time, and telling what happened."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import Literal

from plugscope.plugin import (
    Boot,
    BootAborted,
    InitContext,
    Meta,
    Plugin,
    Registration,
    Registry,
    is_not_found,
    is_skip_plugin,
)

from .guard import end_fork, start_watchdog, stop_watchdog
from .message import Answer, Begin, Closed, Ended, LookupMade, Order, StepReport
from .plain import plain_of, text_of
from .printed import Printed
from .report import chain_of, decisive_of, error_text, idle_of, meta_of, outcome_of, returned_by, traceback_of

Say = Callable[[Answer], None]


def run(registry: Registry, order: Order, say: Say, printed: Printed) -> None:
    """Boot the registrations at ``order.sequence`` (positions), in that order."""
    registrations = list(registry)
    boot = Boot(
        Registry(semantics=order.semantics or registry.semantics),
        root=order.root,
        state=order.state,
        address=order.address,
        config=order.config,
        required=order.required,
    )
    ended = Ended()
    try:
        for index, position in enumerate(order.sequence):
            say(Begin(index))
            _Turn(boot, registrations[position], index, order.timeout, say, printed).take()
        boot.check_required()
    except BootAborted as error:
        ended = Ended(False, text_of(error), error.stage, error.uri)
    say(ended)
    start_watchdog(order.close_timeout, printed.descriptor, leave=True)
    pid = os.getpid()
    errors = boot.close()
    end_fork(pid, None)
    say(Closed({uri: text_of(error) for uri, error in errors.items()}))
    printed.mark(len(order.sequence))
    # Threads and exit handlers that plugins left behind must not keep the process.
    os._exit(0)


class _Turn:
    """One plugin's turn."""

    def __init__(
        self,
        boot: Boot,
        registration: Registration,
        index: int,
        timeout: float,
        say: Say,
        printed: Printed,
    ) -> None:
        self.boot = boot
        self.registration = registration
        self.index = index
        self.timeout = timeout
        self.say = say
        self.printed = printed
        self.lookups: list[LookupMade] = []
        self.raised: list[Exception | None] = []

    def take(self) -> None:
        """Initialise the plugin and tell. Raises ``BootAborted``; what ends the process ends it, after telling."""
        try:
            ic = self.boot.new_context(self.registration, self._note_lookup)
        except BootAborted as error:
            self._tell(None, None, error, 0.0, [], "config")
            raise
        before = ic.meta.copy()
        threads, known = set(threading.enumerate()), self.boot.plugins.get_all()
        start_watchdog(self.timeout, self.printed.descriptor)
        pid = os.getpid()
        started = time.perf_counter()
        fatal: BaseException | None = None
        plugin: Plugin | None = None
        try:
            plugin = self.registration.init(ic)
        except BaseException as error:
            fatal = error
        elapsed = (time.perf_counter() - started) * 1000
        end_fork(pid, fatal if plugin is None else plugin.err)
        stop_watchdog()
        notes = [*self._notes(ic, threads, known), *idle_of(plugin)]
        if fatal is not None or plugin is None:
            self._tell(ic, before, fatal, elapsed, notes, "crash")
            os._exit(0)
        try:
            self.boot.settle(plugin)
        finally:
            self._tell(ic, before, plugin.err, elapsed, notes, "raised", plugin)

    def _note_lookup(
        self, kind: str, type_: str, id_: str, found: list[str], error: Exception | None
    ) -> None:
        text = "" if error is None else text_of(error)
        uris = [text_of(uri, 1_000) for uri in found]
        self.lookups.append(LookupMade(text_of(kind), text_of(type_, 500), text_of(id_, 500), uris, text))
        self.raised.append(error)
        self.say(self.lookups[-1])

    def _notes(self, ic: InitContext, threads: set[threading.Thread], known: list[Plugin]) -> list[str]:
        notes = []
        left = [thread.name for thread in threading.enumerate() if thread not in threads]
        if left:
            names = ", ".join(left[:5]) + (" …" if len(left) > 5 else "")
            notes.append(f"left {len(left)} {'thread' if len(left) == 1 else 'threads'} running: {names}")
        now = self.boot.plugins.get_all()
        if now != known:
            gone = [p.registration.uri for p in known if p not in now]
            come = [p.registration.uri for p in now if p not in known]
            changes = [f"removed {', '.join(gone)}"] if gone else []
            changes += [f"added {', '.join(come)}"] if come else []
            notes.append(f"changed the plugin set: {'; '.join(changes) or 'reordered it'}")
        if not isinstance(ic.meta, Meta):
            notes.append(f"put a {type(ic.meta).__name__} in the place of its Meta")
        elif isinstance(ic.meta.exports, dict):
            odd = [text_of(key, 50) for key, value in ic.meta.exports.items() if not isinstance(value, str)]
            if odd:
                notes.append(f"exports values that are no text: {', '.join(odd[:5])}")
        return [text_of(note, 500) for note in notes]

    def _tell(
        self,
        ic: InitContext | None,
        before: Meta | None,
        error: BaseException | None,
        elapsed: float,
        notes: list[str],
        kind: Literal["raised", "config", "crash"],
        plugin: Plugin | None = None,
    ) -> None:
        meta = ic.meta if ic is not None else Meta()
        self.printed.mark(self.index)
        decisive = decisive_of(error, self.raised)
        if decisive is not None:
            self.lookups[decisive].decisive = True
        self.say(
            StepReport(
                index=self.index,
                outcome=outcome_of(error),
                kind=kind,
                error=error_text(error),
                chain=chain_of(error),
                traceback=traceback_of(error),
                is_skip=isinstance(error, Exception) and is_skip_plugin(error),
                is_not_found=isinstance(error, Exception) and is_not_found(error),
                meta_before=meta_of(before or Meta()),
                meta=meta_of(meta),
                config=plain_of(ic.config if ic is not None else None),
                root=text_of(ic.root) if ic is not None else "",
                state=text_of(ic.state) if ic is not None else "",
                address=text_of(ic.address) if ic is not None else "",
                lookups=self.lookups,
                notes=notes,
                returned=returned_by(plugin),
                duration_ms=elapsed,
            )
        )

"""In the child: running the init functions, one plugin at a time, and telling what happened."""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

from plugscope.plugin import (
    Boot,
    BootAborted,
    InitContext,
    Meta,
    Plugin,
    Registration,
    Registry,
    chain,
    is_not_found,
    is_skip_plugin,
)

from .message import MARKER
from .plain import plain_of, text_of

Say = Callable[[dict[str, Any]], None]


def run(registry: Registry, order: dict[str, Any], say: Say) -> None:
    """Boot the registrations at ``order["sequence"]`` (positions), in that order."""
    registrations = list(registry)
    boot = Boot(
        Registry(semantics=registry.semantics),
        root=order["root"],
        state=order["state"],
        address=order["address"],
        config=order.get("config") or {},
        required=order["required"],
    )
    ended: dict[str, Any] = {"ok": True, "error": "", "stage": "", "uri": ""}
    try:
        for index, position in enumerate(order["sequence"]):
            say({"begin": index})
            _Turn(boot, registrations[position], index, order, say).take()
        boot.check_required()
    except BootAborted as error:
        ended = {"ok": False, "error": text_of(error), "stage": error.stage, "uri": error.uri}
    say({"ended": ended})
    faulthandler.dump_traceback_later(order["close_timeout"], exit=True)
    errors = boot.close()
    say({"closed": {uri: text_of(error) for uri, error in errors.items()}})
    _flush(order["token"], len(order["sequence"]))
    # Threads and exit handlers that plugins left behind must not keep the process.
    os._exit(0)


class _Turn:
    """One plugin's turn."""

    def __init__(
        self, boot: Boot, registration: Registration, index: int, order: dict[str, Any], say: Say
    ) -> None:
        self.boot = boot
        self.registration = registration
        self.index = index
        self.order = order
        self.say = say
        self.lookups: list[dict[str, Any]] = []
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
        faulthandler.dump_traceback_later(self.order["timeout"], file=sys.__stderr__ or sys.stderr)
        started = time.perf_counter()
        fatal: BaseException | None = None
        plugin: Plugin | None = None
        try:
            plugin = self.registration.init(ic)
        except BaseException as error:
            fatal = error
        elapsed = (time.perf_counter() - started) * 1000
        faulthandler.cancel_dump_traceback_later()
        notes = self._notes(threads, known)
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
        self.lookups.append(
            {"get": kind, "type": text_of(type_, 500), "id": text_of(id_, 500), "found": found, "error": text}
        )
        self.raised.append(error)
        self.say({"lookup": self.lookups[-1]})

    def _notes(self, threads: set[threading.Thread], known: list[Plugin]) -> list[str]:
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
        return [text_of(note, 500) for note in notes]

    def _tell(
        self,
        ic: InitContext | None,
        before: Meta | None,
        error: BaseException | None,
        elapsed: float,
        notes: list[str],
        kind: str,
        plugin: Plugin | None = None,
    ) -> None:
        meta = ic.meta if ic is not None else Meta()
        _flush(self.order["token"], self.index)
        decisive = _decisive(error, self.raised)
        if decisive is not None:
            self.lookups[decisive]["decisive"] = True
        self.say(
            {
                "step": {
                    "index": self.index,
                    "outcome": _outcome(error),
                    "kind": kind,
                    "error": _text(error),
                    "chain": _chain(error),
                    "traceback": _traceback(error),
                    "is_skip": isinstance(error, Exception) and is_skip_plugin(error),
                    "is_not_found": isinstance(error, Exception) and is_not_found(error),
                    "meta_before": _meta(before or Meta()),
                    "meta": _meta(meta),
                    "config": plain_of(ic.config if ic is not None else None),
                    "root": text_of(ic.root) if ic is not None else "",
                    "state": text_of(ic.state) if ic is not None else "",
                    "address": text_of(ic.address) if ic is not None else "",
                    "lookups": self.lookups,
                    "notes": notes,
                    "returned": _returned(plugin),
                    "duration_ms": elapsed,
                }
            }
        )


def _returned(plugin: Plugin | None) -> str:
    if plugin is None or plugin.err is not None:
        return ""
    kind = type(plugin.instance())
    return text_of(f"{kind.__module__}.{kind.__qualname__}", 200)


def _flush(token: str, index: int) -> None:
    """Send on what was printed, and mark in the output where this step's ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # noqa: S112 - a plugin may have replaced or closed it
            continue
    try:
        os.write(2, f"\n{MARKER} {token} {index}\n".encode())
    except OSError:
        return


def _outcome(error: BaseException | None) -> str:
    if error is None:
        return "ok"
    return "skip" if isinstance(error, Exception) and is_skip_plugin(error) else "error"


def _text(error: BaseException | None) -> str:
    if error is None:
        return ""
    if isinstance(error, SystemExit):
        return f"called sys.exit({'' if error.code is None else text_of(error.code, 200)}): the process ends here"
    text = text_of(error)
    if isinstance(error, MemoryError):
        return f"MemoryError: {text or 'the memory limit was reached'}"
    return text or type(error).__name__


def _chain(error: BaseException | None) -> list[dict[str, str]]:
    if error is None:
        return []
    return [{"type": type(e).__name__, "text": text_of(e)} for e in list(chain(error))[:20]]


def _traceback(error: BaseException | None) -> str:
    if error is None or isinstance(error, BootAborted):
        return ""
    return text_of("".join(traceback.format_exception(error)), 20_000)


def _decisive(error: BaseException | None, raised: list[Exception | None]) -> int | None:
    """The lookup whose error the plugin's own is or wraps, the last one made if several are."""
    if error is None:
        return None
    wrapped = {id(e) for e in chain(error)}
    return next(
        (n for n in range(len(raised) - 1, -1, -1) if raised[n] is not None and id(raised[n]) in wrapped),
        None,
    )


def _meta(meta: Meta) -> dict[str, Any]:
    """What the plugin left in its Meta, whatever that is: it may have put anything there."""
    try:
        return {
            "platforms": [text_of(platform, 200) for platform in list(meta.platforms)[:100]],
            "exports": {text_of(k, 500): text_of(v) for k, v in list(dict(meta.exports).items())[:500]},
            "capabilities": [text_of(name, 500) for name in list(meta.capabilities)[:500]],
        }
    except Exception:
        return {"platforms": [], "exports": {"(unreadable)": text_of(meta, 500)}, "capabilities": []}

"""How a boot ended, from the words that the daemon left."""

from __future__ import annotations

import re
from collections.abc import Collection

from plugscope.sources.boot_log import EventKind
from plugscope.sources.observed import Ending

from .boots import Boot
from .event import Event

_STAGES = (
    (re.compile(r"load required plugin (\S+?): "), "required-failed"),
    (re.compile(r"required plugin \[([^\]]*)\] not included"), "required-missing"),
    (re.compile(r"plugin failed after registering readiness (\S+?): "), "readiness-failed"),
    (
        re.compile(r"could not add plugin result to plugin set: plugin (?:add failed for )?(\S+?)[: ]"),
        "plugin-set-add",
    ),
    (
        re.compile(
            r"failed to get listener for|failed to (?:create|get) .{0,40}(?:listener|socket)|listen (?:unix|tcp):? "
        ),
        "listener",
    ),
    (re.compile(r"plugin\.Open\("), "dynamic-load"),
    (re.compile(r"unknown log format|.*not a valid logrus [lL]evel|failed to parse log level"), "log-setup"),
    (re.compile(r".*(?:invalid (?:disabled|required) plugin URI|invalid plugin key URI)"), "config-validate"),
    (re.compile(r".*(?:unsupported config version|expected containerd config version)"), "config-validate"),
    (re.compile(r"root and state must be|(?:root|state) must be specified"), "top-level-dirs"),
    (
        re.compile(
            r"failed to (?:load|unmarshal|decode|parse) (?:TOML|config)|.*config version \d+ higher than"
        ),
        "config-load",
    ),
)
_WAITS = "io.containerd.metadata.v1.bolt"
"""The one plugin that says that it waits (for its database)."""
_DIRECTORY = re.compile(r"(?:mkdir|chmod|l?chown|l?stat) /")
_DECODE = re.compile(
    r"\(\d+, \d+\): |toml: |Type mismatch|.*(?:strict mode|cannot unmarshal|unmarshal text|Can't convert"
    r"|incompatible types|invalid duration|failed to decode)"
)


def ending_of(boot: Boot, unfinished: str, is_last: bool, has_loading: bool) -> Ending:
    """How a boot ended. ``unfinished`` is the plugin that started last if nothing tells what came of it; ``is_last``:
    no other plugin can come after it."""
    for event in boot.events:
        if event.kind in (EventKind.ABORTED, EventKind.PANICKED, EventKind.FATAL):
            return _told(event, boot, unfinished, is_last)
    if boot.has(EventKind.BOOTED):
        return Ending(True)
    unfinished = _waiting_for(boot) or unfinished
    waiting = [event for event in boot.events if event.kind is EventKind.WAITING]
    if waiting and unfinished:
        return Ending(False, waiting[-1].text, "hang", (unfinished,), waiting[-1].line)
    exited = next((event for event in boot.events if event.kind is EventKind.EXITED), None)
    if exited is not None:
        return Ending(
            False,
            f"the process ended: {exited.text}",
            "crash",
            (unfinished,) if unfinished else (),
            exited.line,
        )
    if boot.followed and unfinished and has_loading:
        return Ending(False, "the process ended without a word", "crash", (unfinished,))
    where = f", where {unfinished} was starting" if unfinished and has_loading else ""
    return Ending(None, f"the log ends before the boot does{where}")


def _told(event: Event, boot: Boot, unfinished: str, is_last: bool) -> Ending:
    if event.kind is EventKind.FATAL:
        return Ending(False, event.text, "post-init-fatal", (), event.line)
    if event.kind is EventKind.PANICKED:
        return _panicked(event, unfinished)
    text = event.text
    waiting = boot.has(EventKind.WAITING)
    unfinished = _waiting_for(boot) or unfinished
    if text == "context canceled" or text.endswith(": context canceled"):
        said = "waiting for response from boltdb open; " if waiting else ""
        stage = "hang" if unfinished else "cancelled"
        return Ending(False, f"{said}{text}", stage, (unfinished,) if unfinished else (), event.line)
    for pattern, stage in _STAGES:
        found = pattern.match(text)
        if found is not None:
            return Ending(False, text, stage, tuple(_names(found)), event.line)
    if not boot.has(EventKind.STARTING, EventKind.LOADING):
        stage = (
            "top-level-dirs"
            if re.match(r"(?:mkdir|chmod|chown|lchown|stat|lstat) /", text)
            else "config-load"
        )
        return Ending(False, text, stage, (), event.line)
    if unfinished and (not is_last or _DECODE.match(text)):
        return Ending(False, text, "plugin-config-decode", (unfinished,), event.line)
    return Ending(False, text, "service", (), event.line)


def _waiting_for(boot: Boot) -> str:
    """The plugin that said last that it waits, if no other started after it: its own start may be missing."""
    for event in reversed(boot.events):
        if event.kind is EventKind.WAITING:
            return _WAITS
        if event.kind in (EventKind.LOADING, EventKind.FAILED, EventKind.SKIPPED):
            return ""
    return ""


def _names(found: re.Match[str]) -> Collection[str]:
    return [] if not found.re.groups or found[1] is None else found[1].split()


def _panicked(event: Event, unfinished: str) -> Ending:
    text = event.text
    duplicate = re.match(r"(\S+): plugin: id already registered", text)
    if duplicate is not None:
        return Ending(False, text, "register-panic", (duplicate[1],), event.line)
    ring = re.match(r"circular plugin dependency at (\S+): ", text)
    if ring is not None:
        return Ending(False, text, "order", (ring[1],), event.line)
    if re.match(r"plugin: no (?:type|id)|invalid requires", text):
        return Ending(False, text, "register-panic", (), event.line)
    if text == "stack overflow":
        return Ending(
            False, text, "crash" if unfinished else "order", (unfinished,) if unfinished else (), event.line
        )
    return Ending(False, text, "crash", (unfinished,) if unfinished else (), event.line)

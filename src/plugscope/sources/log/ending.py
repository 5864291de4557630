"""How a boot ended, from the words that the daemon left."""

from __future__ import annotations

import re
from collections.abc import Collection

from plugscope.plugin import ErrorText, Stage
from plugscope.sources.boot_log import EventKind
from plugscope.sources.observed import Ending
from plugscope.sources.shipped import containerd_facts

from .boots import Boot
from .event import Event

_STAGES = (
    (re.compile(ErrorText.REQUIRED_FAILED.pattern(r"(\S+?)", "")), Stage.REQUIRED_FAILED),
    (re.compile(ErrorText.REQUIRED_MISSING.pattern(r"([^\]]*)")), Stage.REQUIRED_MISSING),
    (re.compile(ErrorText.READINESS_FAILED.pattern(r"(\S+?)", "")), Stage.READINESS),
    (
        re.compile(ErrorText.NOT_ADDED.pattern(r"plugin (?:add failed for )?(\S+?)[: ]")),
        Stage.PLUGIN_SET_ADD,
    ),
    (
        re.compile(
            r"failed to get listener for|failed to (?:create|get) .{0,40}(?:listener|socket)|listen (?:unix|tcp):? "
        ),
        Stage.LISTENER,
    ),
    (re.compile(r"plugin\.Open\("), Stage.DYNAMIC_LOAD),
    (
        re.compile(r"unknown log format|.*not a valid logrus [lL]evel|failed to parse log level"),
        Stage.LOG_SETUP,
    ),
    (
        re.compile(r".*(?:invalid (?:disabled|required) plugin URI|invalid plugin key URI)"),
        Stage.CONFIG_VALIDATE,
    ),
    (
        re.compile(r".*(?:unsupported config version|expected containerd config version)"),
        Stage.CONFIG_VALIDATE,
    ),
    (re.compile(r"root and state must be|(?:root|state) must be specified"), Stage.TOP_LEVEL_DIRS),
    (
        re.compile(
            r"failed to (?:load|unmarshal|decode|parse) (?:TOML|config)|.*config version \d+ higher than"
        ),
        Stage.CONFIG_LOAD,
    ),
)
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
        return Ending(False, waiting[-1].text, Stage.HANG, (unfinished,), waiting[-1].line)
    exited = next((event for event in boot.events if event.kind is EventKind.EXITED), None)
    if exited is not None:
        return Ending(
            False,
            f"the process ended: {exited.text}",
            Stage.CRASH,
            (unfinished,) if unfinished else (),
            exited.line,
        )
    if boot.followed and unfinished and has_loading:
        return Ending(False, "the process ended without a word", Stage.CRASH, (unfinished,))
    where = f", where {unfinished} was starting" if unfinished and has_loading else ""
    return Ending(None, f"the log ends before the boot does{where}")


def _told(event: Event, boot: Boot, unfinished: str, is_last: bool) -> Ending:
    if event.kind is EventKind.FATAL:
        return Ending(False, event.text, Stage.POST_INIT_FATAL, (), event.line)
    if event.kind is EventKind.PANICKED:
        return _panicked(event, unfinished)
    text = event.text
    waiting = boot.has(EventKind.WAITING)
    unfinished = _waiting_for(boot) or unfinished
    if text == "context canceled" or text.endswith(": context canceled"):
        said = "waiting for response from boltdb open; " if waiting else ""
        stage = Stage.HANG if unfinished else Stage.CANCELLED
        return Ending(False, f"{said}{text}", stage, (unfinished,) if unfinished else (), event.line)
    for pattern, stage in _STAGES:
        found = pattern.match(text)
        if found is not None:
            return Ending(False, text, stage, tuple(_names(found)), event.line)
    if not boot.has(EventKind.STARTING, EventKind.LOADING):
        stage = (
            Stage.TOP_LEVEL_DIRS
            if re.match(r"(?:mkdir|chmod|chown|lchown|stat|lstat) /", text)
            else Stage.CONFIG_LOAD
        )
        return Ending(False, text, stage, (), event.line)
    if unfinished and (not is_last or _DECODE.match(text)):
        return Ending(False, text, Stage.PLUGIN_CONFIG_DECODE, (unfinished,), event.line)
    return Ending(False, text, Stage.SERVICE, (), event.line)


def _waiting_for(boot: Boot) -> str:
    """The plugin that said last that it waits, if no other started after it: its own start may be missing."""
    for event in reversed(boot.events):
        if event.kind is EventKind.WAITING:
            return containerd_facts().waiting
        if event.kind in (EventKind.LOADING, EventKind.FAILED, EventKind.SKIPPED):
            return ""
    return ""


def _names(found: re.Match[str]) -> Collection[str]:
    return [] if not found.re.groups or found[1] is None else found[1].split()


def _panicked(event: Event, unfinished: str) -> Ending:
    text = event.text
    duplicate = re.match(ErrorText.REGISTERED_TWICE.pattern(r"(\S+)"), text)
    if duplicate is not None:
        return Ending(False, text, Stage.REGISTER_PANIC, (duplicate[1],), event.line)
    ring = re.match(ErrorText.RING.pattern(r"(\S+)", ""), text)
    if ring is not None:
        return Ending(False, text, Stage.ORDER, (ring[1],), event.line)
    if re.match(r"plugin: no (?:type|id)|invalid requires", text):
        return Ending(False, text, Stage.REGISTER_PANIC, (), event.line)
    if text == "stack overflow":
        return Ending(
            False,
            text,
            Stage.CRASH if unfinished else Stage.ORDER,
            (unfinished,) if unfinished else (),
            event.line,
        )
    return Ending(False, text, Stage.CRASH, (unfinished,) if unfinished else (), event.line)

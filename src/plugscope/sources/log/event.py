"""What a line tells of a boot: typed facts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugscope.sources.boot_log import EventKind

from .envelope import CUT, Message
from .logrus import fields_of


@dataclass(frozen=True, slots=True)
class Event:
    """One fact, told in ``line`` (from 1), of the plugin ``uri``; ``text`` holds an error's words or a version.

    ``uri`` and ``text`` hold ``…`` where the line was cut. ``speaker`` tells processes apart where the line does.
    ``is_old``: it is worded as 1.x words it.
    ``is_escaped``: quotes in its message are escaped, as they are since 1.3, or not, or it has none (``None``).
    """

    kind: EventKind
    line: int = 0
    uri: str = ""
    type: str = ""
    text: str = ""
    time: str = ""
    level: str = ""
    speaker: str = ""
    is_old: bool = False
    is_escaped: bool | None = None


_NAME, _WORD = 512, 64
"""So many characters of a name and of a time or level are kept."""

_URI = r"[^\s\"\\]{1,200}"
_OLD_LOADING = re.compile(rf'(skip )?loading plugin \\?"({_URI})(?:\\?"|{CUT}|$)')
_QUOTES = re.compile(r' msg="(?:skip )?loading plugin (\\?)"')
_OLD_FAILED = re.compile(rf"failed to load plugin ({_URI})")
_BOOTED = re.compile(r"containerd successfully booted in")
_UNUSABLE = re.compile(r"could not use snapshotter (\S{1,100}) in metadata plugin")
_ABORT = re.compile(r"(?:\S{0,200}/)?containerd: (?!time=)(.+)", re.DOTALL)
_PANIC = re.compile(r"panic: (.+)|fatal error: (.+)", re.DOTALL)
_EXIT = re.compile(r"containerd\.service: Main process exited, (.+)")
_OTHERS = re.compile(r"kubelet|systemd|kernel|sshd|cron|audit|dbus|NetworkManager", re.IGNORECASE)


def interpret(message: Message, line: int = 0) -> Event | None:
    """The fact that a message tells; ``None`` if it tells none."""
    if message.is_logrus:
        return _told(message, line)
    if message.ident and _OTHERS.search(message.ident):
        found = _EXIT.match(message.text)
        return None if found is None else Event(EventKind.EXITED, line, text=found[1])
    return _written(message, line)


def _written(message: Message, line: int) -> Event | None:
    """What goes to standard error past the log."""
    abort = _ABORT.fullmatch(message.text)
    if abort is not None:
        return Event(EventKind.ABORTED, line, text=abort[1].strip(), speaker=message.speaker)
    panic = _PANIC.match(message.text)
    if panic is not None:
        text = (panic[1] or panic[2]).strip()
        return Event(EventKind.PANICKED, line, text=text, speaker=message.speaker)
    return None


def _told(message: Message, line: int) -> Event | None:
    fields = fields_of(message)
    said = fields.get("msg", "")
    kind, uri, text = _kind_of(said, fields)
    if kind is None:
        return None
    return Event(
        kind,
        line,
        uri[:_NAME],
        fields.get("type", "")[:_NAME],
        text,
        fields.get("time", "")[:_WORD],
        fields.get("level", "")[:_WORD],
        message.speaker,
        bool(uri) and uri in said,
        _is_escaped(message),
    )


def _is_escaped(message: Message) -> bool | None:
    """Whether logrus's text escapes quotes. On a terminal it has none around a message, and JSON always does."""
    found = None if message.fields is not None else _QUOTES.search(message.text)
    return None if found is None else bool(found[1])


def _kind_of(said: str, fields: dict[str, str]) -> tuple[EventKind | None, str, str]:
    error = fields.get("error", "")
    if "loading plugin" in said:
        # A shim starts plugins of its own and logs through the daemon.
        if "runtime" in fields:
            return None, "", ""
        return _loading(said, fields, error)
    if said.startswith("failed to load plugin"):
        old = _OLD_FAILED.match(said)
        return EventKind.FAILED, old[1] if old else _new_uri(fields), error
    if said == "starting containerd":
        return EventKind.STARTING, "", fields.get("version", "")
    if _BOOTED.match(said):
        return EventKind.BOOTED, "", said.removeprefix("containerd successfully booted in ")
    return _rarer(said, fields, error)


def _loading(said: str, fields: dict[str, str], error: str) -> tuple[EventKind | None, str, str]:
    old = _OLD_LOADING.match(said)
    if old is not None:
        return (EventKind.SKIPPED if old[1] else EventKind.LOADING), old[2], error
    if said.startswith("skip loading plugin"):
        return EventKind.SKIPPED, _new_uri(fields), error
    if said.startswith("loading plugin") and "id" in fields:
        return EventKind.LOADING, _new_uri(fields), ""
    return None, "", ""


def _new_uri(fields: dict[str, str]) -> str:
    """2.x writes type after id: an id without a type may have lost its end."""
    uri = fields.get("id", "")
    return uri if not uri or "type" in fields or uri.endswith(CUT) else uri + CUT


def _rarer(said: str, fields: dict[str, str], error: str) -> tuple[EventKind | None, str, str]:
    unusable = _UNUSABLE.match(said)
    if unusable is not None:
        return EventKind.UNUSABLE, unusable[1], error
    if said == "waiting for response from boltdb open":
        return EventKind.WAITING, fields.get("plugin", ""), said
    if said == "unknown proxy plugin type":
        return EventKind.PROXY, "", fields.get("type", "")
    if fields.get("level") == "fatal" and said.startswith("Failed to run"):
        return EventKind.FATAL, "", f"{said}: {error}" if error else said
    return None, "", ""

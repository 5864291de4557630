"""What a line of logrus says: its message and fields, as text of three eras, on a terminal, or as JSON."""

from __future__ import annotations

import re

from .envelope import CUT, Message

_KEY = re.compile(r"\s*([A-Za-z_][\w.-]{0,60})=")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"(?=\s|$)', re.DOTALL)
_UNQUOTED = re.compile(r"[^\s\"]*")
# containerd 1.0 to 1.2 print %q nowhere: a value ends where the next key, or the line, does.
_OLD_END = re.compile(r'"(?=\s+[A-Za-z_][\w.-]{0,60}=|\s*$)')
_TERMINAL = re.compile(r"(?P<level>[A-Z]{4})\[(?P<time>[^\]]*)\]\s+(?P<rest>.*)", re.DOTALL)
_FIRST_FIELD = re.compile(r'\s+[A-Za-z_][\w.-]{0,60}=(?=["\w./]|\s|$)')
_ESCAPE = re.compile(r'\\(?:([abfnrtv\\"\'])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))')
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_LEVELS = {
    "TRAC": "trace",
    "DEBU": "debug",
    "INFO": "info",
    "WARN": "warning",
    "ERRO": "error",
    "FATA": "fatal",
    "PANI": "panic",
}
_CUT_END = re.compile(r"(?:…>?|>)$")


def fields_of(message: Message) -> dict[str, str]:
    """The fields of a message that ``is_logrus``: time, level, msg, error and whatever else it has.

    A value that was cut ends with ``…``.
    """
    if message.fields is not None:
        return dict(message.fields)
    text = _CUT_END.sub(CUT, message.text.rstrip("` \t"))
    terminal = _TERMINAL.match(text)
    if terminal is None:
        return _pairs(text) if _KEY.match(text) else _after_words(text)
    fields = _after_words(terminal["rest"])
    fields["level"] = _LEVELS.get(terminal["level"], "")
    fields["time"] = terminal["time"]
    return fields


def _after_words(text: str) -> dict[str, str]:
    """A message without quotes, and the fields behind it."""
    first = _FIRST_FIELD.search(text)
    fields = {} if first is None else _pairs(text[first.start() :])
    fields["msg"] = (text if first is None else text[: first.start()]).strip()
    return fields


def _pairs(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    position = 0
    while (key := _KEY.match(text, position)) is not None and len(fields) < 64:
        value, position = _value(text, key.end())
        fields.setdefault(key[1], value)
    return fields


def _value(text: str, start: int) -> tuple[str, int]:
    if not text.startswith('"', start):
        bare = _UNQUOTED.match(text, start)
        end = start if bare is None else bare.end()
        return text[start:end], end
    quoted = _QUOTED.match(text, start)
    if quoted is not None and (quoted.end() == len(text.rstrip()) or _KEY.match(text, quoted.end())):
        return unescape(quoted[1]), quoted.end()
    old = _OLD_END.search(text, start + 1)
    if old is not None:
        return text[start + 1 : old.start()], old.end()
    value = unescape(text[start + 1 :].rstrip().removesuffix(CUT).rstrip("\\"))
    return value + CUT, len(text)


def unescape(text: str) -> str:
    """What Go's %q escaped."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(found: re.Match[str]) -> str:
    letter, byte, code = found.groups()
    if letter:
        return _ESCAPES.get(letter, letter)
    return chr(int(byte or code, 16))

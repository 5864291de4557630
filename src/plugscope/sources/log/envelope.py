"""What stands around a message of containerd in one line of a log, taken off.

journald in every style that journalctl prints, syslog, JSON of Docker, Talos and log shippers, prefixes of kubectl and
compose, quotes and comments, colours: whatever it is, what is left is the text that containerd wrote.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAX_LINE = 1 << 18
"""Bytes of a line that are looked at. journald itself cuts at 48 KiB."""

CUT = "…"
"""Stands where a pager, journalctl or the end of the file cut a text."""

_ANSI = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.|#033\[[0-9;]*m|\^\[\[[0-9;]*m"
    r"|\\(?:u001[bB]|x1[bB]|033|e)\[[0-9;?]*[ -/]*[@-~]|\[\d{1,2}m"
)
_TIMED = re.compile(
    r'(?:^|(?<=[\s:>|#=`"\'\]\)+-]))time="?\d{4}-\d\d-\d\d[T ]|(?:^|(?<=[\s:>|#=`+-]))level=\w+ msg='
)
# People quote a failure without the time and the level before it.
_HEADLESS = re.compile(r'(?:^|(?<=[\s`]))(?:msg=")?failed to load plugin(?= io\.\w|"? error=")')
_TERMINAL = re.compile(
    r"(?:^|(?<=[\s:>|#=`\]\"+\ufeff-]))(?:TRAC|DEBU|INFO|WARN|ERRO|FATA|PANI)\[(?:\d{4}|\d{4}-\d\d-\d\d[^\]\s]{0,40})\]\s"
)
_SPEAKER = re.compile(r"(?P<ident>[\w.@/()-]{1,80})(?:\[(?P<pid>\d{1,10})\])?:\s*$")
_STAMP = (
    r"(?:<\d{1,3}>\d? ?)?"
    r"(?:(?:[A-Z][a-z]{2} )?(?:[A-Z][a-z]{2} +\d{1,2}|\d{4}-\d\d-\d\d)[T ]\d\d:\d\d:\d\d[^\s]{0,24}"
    r"(?: [A-Z]{2,5}(?=\s)| [+-]\d{2,4}(?=\s))?|\[ *\d{1,10}\.\d{1,9}\]|\d{9,11}\.\d{1,9})"
)
_SYSLOG = re.compile(
    _STAMP
    + r"\s(?:(?P<host>[\w.:-]{1,80})\s)?(?P<ident>[\w.@/()-]{1,80})(?:\[(?P<pid>\d{1,10})\])?:\s(?P<rest>.*)",
    re.DOTALL,
)
# Whatever a date looks like in the language of the host: what names its process in this way is a line of a journal.
_PROCESS = re.compile(
    r".{1,160}?\s(?P<ident>[\w.@/()-]{1,80})\[(?P<pid>\d{1,10})\]:\s+(?P<rest>.*)", re.DOTALL
)
_RFC5424 = re.compile(
    r"(?:\d{1,7} )?(?:<\d{1,3}>)?1 (?:\d{4}-\d\d-\d\dT\S{1,30}|-) \S{1,255} (?P<ident>\S{1,48}) "
    r"(?P<pid>\d{1,10}|-) \S{1,32} "
    r'(?:-|(?:\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\]){1,20}) \ufeff?(?P<rest>.*)',
    re.DOTALL,
)
_OWN = r"(?=(?:containerd|panic|fatal error): )"
# What programs put before a line that they pass on: docker logs -t, kubectl, CRI, CI, grep, cat -n, daemontools.
_BEFORE = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^\s\[]{0,24}(?: [A-Z]{2,5}(?=\s)| [+-]\d{2,4}(?=\s))?"
    r"|std(?:out|err)(?: [FP])?(?=\s)|#{0,2}\[[^\]\n]{1,80}\]|\d{1,7}(?=[\s:|])|@[0-9a-f]{24}(?=\s)"
    r"|[\w.-]{0,80}[./][\w./-]{1,200}:(?:\d{1,7}:)?"
    r"|[\w.-]{1,60}\s*\||</?[a-z]{1,10}>|\d\d[OE]\+?(?=\s)"
    r"|\"(?!containerd: |panic: |fatal error: )[^\"\\]{0,80}\",|[\s>#|`*+:\"\ufeff\u200b-]"
)
_MOST_BEFORE = 64
_QUOTED = re.compile(rf"^(?:\s|[>#|`*]|//|\d{{1,7}}[:|](?:(?=\s)|{_OWN}))+")
_OWNED = re.compile(_OWN)
_NODE = re.compile(rf"^\d{{1,3}}(?:\.\d{{1,3}}){{3}}: {_OWN}")
_POD = re.compile(r"^\[[\w./ -]{1,200}\]\s+|^[\w.-]{1,60}\s*\|\s")
_ENTITY = re.compile(r"&(?:quot|#34|#x22);")
_CURLY = re.compile("=[\u201c\u201d\u201e]")
_STRAIGHT = str.maketrans(dict.fromkeys("\u201c\u201d\u201e", '"'))
# The quotes around a value that was put into a string of another's: JSON's, Go's, or CSV's.
_ESCAPED = re.compile(
    r'time=\\+"(?=\d{4}-\d\d-\d\d[T ])|(?:^|[\s"])(?:level=\w+ )?msg=\\+"|\{\\+"(?=(?:error|id|level|msg)\\+")'
)
_STRING = re.compile(r'(?:[^"\\]|\\.)*', re.DOTALL)
_DOUBLED = re.compile(r'(?:time|error|version|revision)=""(?=[^\s"])|\{""(?=(?:error|id|level|msg)"")')
_JSON_MESSAGE = re.compile(
    r'(?:^|[\s,{])"(?:MESSAGE|log|message|msg|textPayload)"\s*:\s*("(?:[^"\\]|\\.)*"?|\[[\d,\s]*)'
)
_PAIR = re.compile(r'"(\w{1,40})":("(?:[^"\\]|\\.)*"?)')
_INNER_KEYS = ("MESSAGE", "log", "message", "line", "text", "textPayload")
_FIELD = re.compile(r"^\s*MESSAGE=")


@dataclass(frozen=True, slots=True)
class Message:
    """What one line says. ``ident`` and ``pid`` name the process that wrote it, if the line does.

    ``fields`` is there if the line was a JSON object of logrus; ``is_logrus`` if ``text`` starts as logrus's text does.
    """

    text: str
    ident: str = ""
    pid: str = ""
    fields: Mapping[str, str] | None = None
    is_logrus: bool = False

    @property
    def speaker(self) -> str:
        """Tells one process from another; "" if the line does not."""
        return f"{self.ident}[{self.pid}]" if self.pid else ""


def strip_envelope(line: bytes) -> Message:
    """The message in a line."""
    text = line[:MAX_LINE].decode("utf-8", "replace")
    if len(line) > MAX_LINE:
        text += CUT
    return _peel(text, 0)


def plain(text: str) -> str:
    """A text without colours, carriage returns and what else moves a terminal's cursor."""
    text = text.strip("\r\n\0\ufeff\u200b")
    if "\x1b" in text or "[" in text:
        text = _ANSI.sub("", text)
    if _ENTITY.search(text):
        text = html.unescape(text)
    if _CURLY.search(text):
        text = text.translate(_STRAIGHT)
    return text


def _peel(text: str, depth: int) -> Message:
    text = _taken_out(plain(text), depth)
    timed = _TIMED.search(text) or _TERMINAL.search(text) or _HEADLESS.search(text)
    brace = text.find("{")
    if brace >= 0 and depth < 4 and (timed is None or brace < timed.start()):
        inner = _from_json(text, brace, depth)
        if inner is not None:
            return inner
    fragment = _JSON_MESSAGE.search(text) if depth < 4 else None
    if fragment is not None and (timed is None or fragment.start() < timed.start()):
        return _peel(_loose_string(fragment[1]), depth + 1)
    if timed is not None:
        return Message(text[timed.start() :], *_speaker(text[: timed.start()]), is_logrus=True)
    return _bare(text)


def _taken_out(text: str, depth: int) -> str:
    """A message out of the string of another program's that it stands in, as that program had it."""
    if _DOUBLED.search(text):
        whole = text.rstrip()
        ends_cell = (len(whole) - len(whole.rstrip('"'))) % 2
        return (whole[:-1] if ends_cell else whole).replace('""', '"')
    escaped = _ESCAPED.search(text) if "\\" in text and depth < 4 else None
    if escaped is None or "{" in text[: escaped.start()]:
        return text
    inner = _STRING.match(text, escaped.start())
    before = text[text.rfind('"', 0, escaped.start()) + 1 : escaped.start()]
    return _taken_out(before + _loose_string(f'"{inner[0] if inner else ""}"').removesuffix(CUT), depth + 1)


def _speaker(before: str) -> tuple[str, str]:
    """The process that a message's line names before it, and its id."""
    found = _SPEAKER.search(before[-120:]) or _RFC5424.match(before)
    return ("", "") if found is None else (found["ident"], (found["pid"] or "").strip("-"))


def _bare(text: str) -> Message:
    """A line that is none of logrus's: an abort, a panic, or another program's."""
    text = _POD.sub("", _QUOTED.sub("", text))
    text = _NODE.sub("", _FIELD.sub("", text))
    own = _own(text)
    if own:
        return Message(own)
    found = _RFC5424.match(text) or _SYSLOG.match(text) or _PROCESS.match(text)
    if found is None:
        return Message(_without_fence(text))
    return Message(found["rest"].rstrip(), found["ident"], (found["pid"] or "").strip("-"))


def _without_fence(text: str) -> str:
    """Without the backquotes that end a quotation. Those that the daemon itself puts around a word come in pairs."""
    text = text.rstrip()
    return text.rstrip("` \t") if text.count("`") % 2 else text


def _own(text: str) -> str:
    """What the daemon itself wrote past its log, if nothing but what is known to be put before lines stands before
    it."""
    position = 0
    for _ in range(_MOST_BEFORE):
        if _OWNED.match(text, position):
            own = _without_fence(text[position:])
            if text[:position].endswith('"') and (inner := _STRING.match(own)) is not None:
                own = _loose_string(f'"{inner[0]}"').removesuffix(CUT)
            return own.removeprefix("containerd: ") if own.startswith("containerd: containerd: ") else own
        before = _BEFORE.match(text, position)
        if before is None:
            return ""
        position = before.end()
    return ""


def _from_json(text: str, brace: int, depth: int) -> Message | None:
    try:
        value, _ = json.JSONDecoder().raw_decode(text, brace)
    except (ValueError, RecursionError):
        value = _loose_object(text, brace)
    if not isinstance(value, dict):
        return None
    if isinstance(value.get("msg"), str) and ("level" in value or "time" in value):
        fields = {str(key): item for key, item in value.items() if isinstance(item, str)}
        return Message(fields["msg"], *_speaker(text[:brace]), fields=fields, is_logrus=True)
    for key in _INNER_KEYS:
        inner = _as_text(value.get(key))
        if inner:
            message = _peel(inner, depth + 1)
            ident = str(value.get("SYSLOG_IDENTIFIER") or message.ident)[:80]
            pid = str(value.get("_PID") or value.get("SYSLOG_PID") or message.pid)[:10]
            return Message(message.text, ident, pid, message.fields, message.is_logrus)
    return None


def _as_text(value: Any) -> str:
    """A message as journald's JSON has it: text, or an array of byte values where it is not printable."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, int) and 0 <= item < 256 for item in value):
        return bytes(value).decode("utf-8", "replace")
    return ""


def _loose_object(text: str, brace: int) -> dict[str, str] | None:
    """The whole pairs, and what is left of the last one, of a logrus object that lost its end."""
    pairs = {key: _loose_string(value) for key, value in _PAIR.findall(text, brace)}
    return pairs if "msg" in pairs and "level" in pairs else None


def _loose_string(quoted: str) -> str:
    """A JSON string that may have lost its end."""
    if quoted.startswith("["):
        return _as_text([int(number) & 255 for number in quoted[1:].split(",") if number.strip().isdigit()])
    whole = len(quoted) > 1 and quoted.endswith('"') and not quoted.endswith('\\"')
    try:
        value = json.loads(quoted if whole else quoted.rstrip("\\") + '"')
    except ValueError:
        return quoted.strip('"')
    return str(value) + ("" if whole else CUT)

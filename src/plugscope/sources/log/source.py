"""A boot log as a source: found out by its first bytes, read as a stream, and told about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plugscope.boot import Diagnostic, DiagnosticCode, Recording, Severity, make_plan
from plugscope.plugin import Semantics
from plugscope.sources.boot_log import BootLog, BootMark, EventKind, LogReference
from plugscope.sources.error import NothingTold, SourceError
from plugscope.sources.observed import BootObservation, Expectation, PluginObservation, expect, record
from plugscope.sources.release import ERAS, Span

from .block import Progress, Readable, blocks, plain_head
from .boots import KEPT, Boot, Boots, split
from .ending import ending_of
from .event import Event
from .plugin_lines import facts_of
from .reading import read_events
from .unwrap import unwrapped

_HEAD = 1 << 16
_MARKS = re.compile(
    rb"loading plugin|load plugin|starting containerd|containerd successfully booted"
    rb"|(?:^|\n)\W{0,8}(?:[^\n\"'={]{0,160}[\s\]>#|:`+-])?containerd: (?=\S)|(?:^|\n)<\d{1,3}>1 \S+ \S+ containerd "
    rb"|level=\w+ msg=|(?:INFO|WARN|ERRO|FATA)(?:\x1b?\[0m)?\[\d{4}"
    rb'|"level": ?"\w+", ?"msg":|time=\\+"\d{4}-|"MESSAGE" ?: ?[\["]|__REALTIME_TIMESTAMP|(?:^|\n)\s*MESSAGE='
    rb"|systemd\[1\]: |(?:^|\n)[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)? (?:\S+ )?[\w.@/-]+(?:\[\d+\])?: "
    rb"|(?:^|\n)[^\n\"'={]{0,160}(?:panic|fatal error): |-- (?:Logs begin|Journal begins|Boot) |Script started on "
    rb"|unknown service runtime\.v1|(?:^|\n)ctr: "
)
_SYMPTOMS = (
    (
        b"unknown service runtime.v1",
        "it holds what the kubelet or crictl says when containerd serves no CRI. Why it does not is in containerd's "
        "own log (journalctl -u containerd), or in its configuration, which may disable it",
    ),
    (
        b"containerd.service: ",
        "it holds what systemd says of containerd; what containerd says itself is in journalctl -u containerd",
    ),
    (b"ctr: ", "it holds what ctr says when it does not reach containerd: the daemon's own log tells more"),
)
"""What others say of containerd when something is wrong, which is no boot of it."""
_OWN = re.compile(
    rb"level=(?:error|fatal) msg=|(?:ERRO|FATA)(?:\x1b?\[0m)?\[\d{4}|\"level\":\"(?:error|fatal)\""
)
_PLAIN = ERAS[Semantics.CLASSIC]
_ESCAPED = ERAS[Semantics.V1]
_OLD_TEXT: Span = (_PLAIN[0], _ESCAPED[1])
_NEW_TEXT: Span = (ERAS[Semantics.V2_0][0], ERAS[Semantics.V2][1])


@dataclass(frozen=True, slots=True)
class Log:
    """A log that was read: the boots in it, the recording of the chosen one, and which line tells of what."""

    recording: Recording
    boots: Boots
    number: int
    boot_log: BootLog


def looks_like_log(head: bytes) -> bool:
    """Whether the first bytes of a file (64 KiB are looked at) are a log's that may hold boots of containerd."""
    return _MARKS.search(plain_head(head[:_HEAD])) is not None


def read_log(stream: Readable, name: str, number: int = -1, progress: Progress | None = None) -> Log:
    """Read a log and observe one of its boots: ``number`` counts from 1, or from the end with -1 for the last.

    Raises ``SourceError`` if there is no such boot.
    """
    head = bytearray()

    def seen() -> Iterator[bytes]:
        for block in unwrapped(blocks(stream, progress)):
            if len(head) < _HEAD:
                head.extend(block[: _HEAD - len(head)])
            yield block

    boots = split(read_events(seen()))
    boot = boots.choose(number)
    symptom = next((words for mark, words in _SYMPTOMS if mark in head), "") if not boots.count else ""
    if symptom:
        raise NothingTold.at(name, f"no boot of containerd is told of: {symptom}")
    if boot is None and not boots.count and _OWN.search(head):
        boot = Boot(1)
    if boot is None:
        raise (SourceError if boots.count else NothingTold).at(name, _no_boot(boots, number))
    expectation = expectation_for(boot)
    account = account_of(boot, expectation)
    recording = record(account, expectation, name)
    catalog = recording.plan.catalog
    catalog.diagnostics = (*_about(boots, boot), *catalog.diagnostics)
    return Log(recording, boots, boot.number, _boot_log_of(boots, boot, account, name))


def _no_boot(boots: Boots, number: int) -> str:
    if not boots.count:
        return (
            "no boot of containerd is told of in this log: it has no line of a plugin that starts or fails "
            "(containerd writes those when it starts, at level info and warn)"
        )
    if boots.count > KEPT and 0 < number <= boots.count:
        return f"of {boots.count} boots the last {KEPT} are kept; boot {number} is not among them"
    return f"there is no boot {number}: the log tells of {boots.count}"


def _about(boots: Boots, boot: Boot) -> list[Diagnostic]:
    """What the reader should know of the log as a whole."""
    found: list[Diagnostic] = []
    if boots.count > 1:
        first, last = boot.lines
        is_last = ", the last," if boot.number == boots.count else ""
        when = f", begun {boot.time}" if boot.time else ""
        this = f"this is boot {boot.number}{is_last} in lines {first} to {last}{when}"
        text = f"the log tells of {boots.count} boots; {this}"
        found.append(Diagnostic(DiagnosticCode.LOG_BOOTS, Severity.INFO, text))
    if boots.newest_first:
        found.append(
            Diagnostic(
                DiagnosticCode.LOG_NEWEST_FIRST, Severity.INFO, "the log runs backwards, newest line first"
            )
        )
    return found


def _boot_log_of(boots: Boots, boot: Boot, account: BootObservation, name: str) -> BootLog:
    """The log of a boot of which an account has been given."""
    marks = tuple(BootMark(one.number, one.time, one.lines) for one in boots.kept)
    return BootLog(
        name,
        boot.number,
        boots.count,
        marks or (BootMark(boot.number, boot.time, boot.lines),),
        tuple(_tellings(boot, account)),
        account.unfinished,
        boots.newest_first,
    )


def _tellings(boot: Boot, account: BootObservation) -> Iterator[LogReference]:
    told = {line: fact.uri for fact in account.facts.values() for line in fact.lines}
    ending = account.ending
    for event in boot.events:
        uri = told.get(event.line, "") or _named(event, account.facts)
        if not uri and event.line == ending.line and len(ending.uris) == 1:
            uri = ending.uris[0]
        yield LogReference(event.line, event.kind, uri, event.time)


def _named(event: Event, facts: Mapping[str, PluginObservation]) -> str:
    """Some lines name a plugin by its id alone: what bolt waits for, and which snapshotter is of no use."""
    if event.kind not in (EventKind.WAITING, EventKind.UNUSABLE):
        return ""
    kind = "snapshotter" if event.kind is EventKind.UNUSABLE else "metadata"
    return next((uri for uri, fact in facts.items() if fact.id == event.uri and kind in fact.type), "")


def expectation_for(boot: Boot, without: str = "") -> Expectation:
    """The catalogs that a boot of a log is compared with."""
    told = [event for event in boot.events if event.kind in (EventKind.LOADING, EventKind.FAILED)]
    span = _span(boot, told) if told else None
    uris = {event.uri for event in told if event.uri}
    return expect(boot.version, uris, span=span, without=without)


def _span(boot: Boot, told: Sequence[Event]) -> Span:
    """The releases that word their lines so. Since 1.3 quotes are escaped, and a skip says why."""
    if not any(event.is_old for event in told):
        return _NEW_TEXT
    escaped = next((event.is_escaped for event in boot.events if event.is_escaped is not None), None)
    if escaped or any(event.kind is EventKind.SKIPPED and event.text for event in boot.events):
        return _ESCAPED
    return _OLD_TEXT if escaped is None else _PLAIN


def account_of(boot: Boot, expectation: Expectation) -> BootObservation:
    """What the lines of one boot tell."""
    account = BootObservation(
        facts_of(boot.events, expectation),
        from_start=boot.has(EventKind.STARTING),
        each_start=boot.has(EventKind.LOADING),
        has_bad_proxy=boot.has(EventKind.PROXY),
    )
    planned = make_plan(expectation.nearest).ordered
    is_last = bool(planned) and planned[-1].uri == account.unfinished
    account.ending = ending_of(boot, account.unfinished, is_last, account.each_start)
    return account

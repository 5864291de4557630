"""Making the log that stands beside a recording: which line of it tells of which plugin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plugscope.sources.boot_log import BootLog, BootMark, EventKind, Telling
from plugscope.sources.observed import Account, Fact

from .boots import Boot, Boots
from .event import Event


def boot_log_of(boots: Boots, boot: Boot, account: Account, name: str) -> BootLog:
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


def _tellings(boot: Boot, account: Account) -> Iterator[Telling]:
    told = {line: fact.uri for fact in account.facts.values() for line in fact.lines}
    ending = account.ending
    for event in boot.events:
        uri = told.get(event.line, "") or _named(event, account.facts)
        if not uri and event.line == ending.line and len(ending.uris) == 1:
            uri = ending.uris[0]
        yield Telling(event.line, event.kind, uri, event.time)


def _named(event: Event, facts: Mapping[str, Fact]) -> str:
    """Some lines name a plugin by its id alone: what bolt waits for, and which snapshotter is of no use."""
    if event.kind not in (EventKind.WAITING, EventKind.UNUSABLE):
        return ""
    kind = "snapshotter" if event.kind is EventKind.UNUSABLE else "metadata"
    return next((uri for uri, fact in facts.items() if fact.id == event.uri and kind in fact.type), "")

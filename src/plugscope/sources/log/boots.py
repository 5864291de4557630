"""The boots in a log: events, put together by the start that they belong to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice, pairwise

from plugscope.sources.boot_log import EventKind

from .envelope import CUT
from .event import Event

KEPT = 64
"""So many boots are kept whole: the last ones."""

MAX_EVENTS = 20_000
"""So many events of one boot are kept; no real one has a hundredth of them."""

MAX_TEXT = 1 << 14
"""So many characters of an error are kept; no daemon's is that long."""

MAX_TEXTS = 1 << 21
"""So many of all errors of one boot; of those behind, the beginning is kept."""

_BEGINNING = 100
_LOOK_AHEAD = 256
_ENDS = (EventKind.ABORTED, EventKind.PANICKED, EventKind.FATAL, EventKind.EXITED)
_PLUGIN = (EventKind.LOADING, EventKind.SKIPPED, EventKind.FAILED)
_BEFORE_START = (
    "failed to load TOML",
    "failed to unmarshal TOML",
    "unknown log format",
    "not a valid logrus Level",
    "root and state must be different",
    "invalid disabled plugin",
    "invalid required plugin",
    "invalid plugin key",
    "unsupported config version",
    "expected containerd config version",
    "chmod ",
)


@dataclass(slots=True)
class Boot:
    """One start of the daemon as a log tells it. ``number`` counts from 1 in the order of time.

    ``followed``: the log goes on with another start of the same process's successor.
    """

    number: int = 0
    events: list[Event] = field(default_factory=list)
    followed: bool = False
    # When each fact was told: a fact that is told again belongs to another boot, unless its line stands twice.
    seen: dict[tuple[EventKind, str], str] = field(default_factory=dict)
    room: int = MAX_TEXTS

    def has(self, *kinds: EventKind) -> bool:
        """Whether it has an event of one of these kinds."""
        return any(event.kind in kinds for event in self.events)

    @property
    def version(self) -> str:
        """What "starting containerd" says, or ""."""
        return next((event.text for event in self.events if event.kind is EventKind.STARTING), "")

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last line of the log that tell of it."""
        numbers = [event.line for event in self.events] or [0]
        return min(numbers), max(numbers)

    @property
    def time(self) -> str:
        """When it began, in the daemon's own words; "" if no line says so."""
        return next((event.time for event in self.events if event.time), "")

    @property
    def is_told(self) -> bool:
        """Whether there is anything to explain."""
        return self.has(EventKind.STARTING, EventKind.BOOTED, *_PLUGIN, *_ENDS)


@dataclass(slots=True)
class Boots:
    """The boots of a log in the order of time: the last ``KEPT`` of ``count``.

    ``newest_first``: the file runs backwards.
    """

    kept: list[Boot]
    count: int
    newest_first: bool = False

    def choose(self, number: int = -1) -> Boot | None:
        """The boot with a number from 1, or counted from the end with -1 for the last; ``None`` if it is not kept."""
        wanted = number if number > 0 else self.count + 1 + number
        return next((boot for boot in self.kept if boot.number == wanted), None)


def split(events: Iterable[Event]) -> Boots:
    """Put the events of a log together as boots."""
    stream = iter(events)
    ahead = list(islice(stream, _LOOK_AHEAD))
    everything = chain(ahead, stream)
    newest_first = is_newest_first(ahead)
    groups = _reversed_groups(everything) if newest_first else [everything]
    kept: deque[Boot] = deque(maxlen=None if newest_first else KEPT)
    count = 0
    for group in groups:
        for boot in reversed(list(_split(group))) if newest_first else _split(group):
            count += 1
            boot.number = count
            if not newest_first or count <= KEPT:
                kept.append(boot)
    boots = list(kept)
    if newest_first:
        boots.reverse()
        for boot in boots:
            boot.number = count + 1 - boot.number
    for boot, after in pairwise(boots):
        boot.followed = not after.has(EventKind.EXITED) or after.has(EventKind.STARTING)
    return Boots(boots, count, newest_first)


def is_newest_first(events: list[Event]) -> bool:
    """Whether a log runs backwards: its clock does, or outcomes come before the plugin starts."""
    times = [event.time for event in events if len(event.time) > 18]
    backwards = sum(1 for a, b in pairwise(times) if _is_before(b, a))
    forwards = sum(1 for a, b in pairwise(times) if _is_before(a, b))
    if backwards != forwards:
        return backwards > forwards
    before = after = 0
    ended: set[str] = set()
    for event in events:
        # A process that starts after it ended.
        before += event.kind is EventKind.STARTING and event.speaker in ended
        if event.kind in _ENDS and event.speaker:
            ended.add(event.speaker)
    for a, b in pairwise(events):
        if a.uri and a.uri == b.uri:
            before += b.kind is EventKind.LOADING and a.kind is not EventKind.LOADING
            after += a.kind is EventKind.LOADING and b.kind is not EventKind.LOADING
    return before > after


def _is_before(a: str, b: str) -> bool:
    """Whether one time stamp is before another; of two that are not alike in precision the seconds count."""
    return a < b if len(a) == len(b) else a[:19] < b[:19]


def _reversed_groups(events: Iterable[Event]) -> Iterator[list[Event]]:
    """Runs of a reversed log that end with a start, each turned the right way round."""
    group: list[Event] = []
    for event in events:
        group.append(event)
        if event.kind is EventKind.STARTING or len(group) >= MAX_EVENTS:
            group.reverse()
            yield group
            group = []
    group.reverse()
    yield group


def _split(events: Iterable[Event]) -> Iterator[Boot]:
    """Boots in the order in which they end or are overtaken; several daemons may be told of at once."""
    open_boots: dict[str, Boot] = {}
    latest = ""
    for event in events:
        speaker = _speaker(event, open_boots, latest)
        boot = open_boots.get(speaker)
        if boot is not None and _is_repeated(boot, event):
            continue
        if boot is not None and _is_next(boot, event):
            if boot.is_told:
                yield boot
            boot = None
        if boot is None:
            if event.kind is EventKind.EXITED:
                continue
            boot = open_boots[speaker] = Boot()
            if len(open_boots) > KEPT:
                oldest = open_boots.pop(next(iter(open_boots)))
                if oldest.is_told:
                    yield oldest
        _add(boot, event)
        latest = speaker
    yield from (boot for boot in open_boots.values() if boot.is_told)


def _speaker(event: Event, open_boots: dict[str, Boot], latest: str) -> str:
    """Whose boot an event belongs to; what names nobody goes to whoever spoke last."""
    if event.speaker or event.kind is EventKind.STARTING:
        return event.speaker
    return latest if latest in open_boots else event.speaker


def _is_next(boot: Boot, event: Event) -> bool:
    """Whether an event cannot be part of this boot any more."""
    if event.kind is EventKind.STARTING:
        return boot.has(EventKind.STARTING, *_PLUGIN, *_ENDS)
    if event.kind in _PLUGIN:
        is_named = bool(event.uri) and CUT not in event.uri
        return (is_named and (event.kind, event.uri) in boot.seen) or _is_over(boot)
    if event.kind is EventKind.ABORTED:
        return event.text.startswith(_BEFORE_START) or boot.has(*_ENDS)
    return False


def _is_over(boot: Boot) -> bool:
    return any((kind, "") in boot.seen for kind in (EventKind.BOOTED, *_ENDS))


def _add(boot: Boot, event: Event) -> None:
    if len(boot.events) >= MAX_EVENTS:
        return
    most = min(MAX_TEXT, max(boot.room, _BEGINNING))
    if len(event.text) > most:
        event = replace(event, text=event.text[:most] + CUT)
    boot.room -= len(event.text)
    boot.events.append(event)
    boot.seen[event.kind, event.uri] = event.time


def _is_repeated(boot: Boot, event: Event) -> bool:
    """Whether a line stands twice: a host that keeps syslog beside the journal writes each line to both."""
    before = boot.seen.get((event.kind, event.uri))
    if before is None:
        return False
    if len(event.time) > len("2026-11-24T03:03:28Z"):
        return event.time == before
    last = boot.events[-1]
    return (last.kind, last.uri, last.text) == (
        event.kind,
        event.uri,
        event.text,
    ) and event.line == last.line + 1

"""What a source tells of one boot, whatever kind of source it is: a log, a listing, a daemon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plugscope.boot.plan import make_plan

from .boots import Boot
from .ending import Ending, ending_of
from .event import Event
from .event_kind import EventKind
from .expectation import Expectation, Span, expect
from .fact import Fact, facts_of

_OLD_TEXT: Span = ((1, 0), (1, 99))
_PLAIN: Span = ((1, 0), (1, 2))
_ESCAPED: Span = ((1, 3), (1, 99))
_NEW_TEXT: Span = ((2, 0), (99, 0))


@dataclass(slots=True)
class Account:
    """One boot as it is told. ``facts`` stand in the order in which the plugins started.

    ``from_start``: nothing can have come before the first fact. ``each_start``: every plugin that started has a fact,
    so that absence means something. ``present`` are plugins without a fact that are certainly there. ``has_bad_proxy``:
    a proxy plugin of an unknown type was told of. ``is_log``: remarks speak of lines. ``is_part``: others may have come
    before, between and after.
    """

    facts: Mapping[str, Fact]
    ending: Ending = field(default_factory=Ending)
    from_start: bool = True
    each_start: bool = True
    present: tuple[str, ...] = ()
    has_bad_proxy: bool = False
    is_log: bool = True
    is_part: bool = False

    @property
    def unfinished(self) -> str:
        """The plugin that started last, if nothing tells what came of it."""
        last = next(reversed(list(self.facts.values())), None)
        return last.uri if last is not None and last.outcome is None else ""


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


def account_of(boot: Boot, expectation: Expectation) -> Account:
    """What the lines of one boot tell."""
    account = Account(
        facts_of(boot.events, expectation),
        from_start=boot.has(EventKind.STARTING),
        each_start=boot.has(EventKind.LOADING),
        has_bad_proxy=boot.has(EventKind.PROXY),
    )
    planned = make_plan(expectation.nearest).ordered
    is_last = bool(planned) and planned[-1].uri == account.unfinished
    account.ending = ending_of(boot, account.unfinished, is_last, account.each_start)
    return account

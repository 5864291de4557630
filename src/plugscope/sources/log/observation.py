"""One boot of a log as an observation: which releases it may be of, and what its lines tell."""

from __future__ import annotations

from collections.abc import Sequence

from plugscope.boot import Recording, make_plan
from plugscope.plugin import Semantics
from plugscope.sources.boot_log import EventKind
from plugscope.sources.observed import BootObservation, Expectation, expect, record
from plugscope.sources.release import ERAS, Span

from .boots import Boot
from .ending import ending_of
from .event import Event
from .plugin_lines import facts_of

_PLAIN = ERAS[Semantics.CLASSIC]
_ESCAPED = ERAS[Semantics.V1]
_OLD_TEXT: Span = (_PLAIN[0], _ESCAPED[1])
_NEW_TEXT: Span = (ERAS[Semantics.V2_0][0], ERAS[Semantics.V2][1])


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


def observe(boot: Boot, name: str = "", expectation: Expectation | None = None) -> Recording:
    """The recording of a boot of a log. ``name`` is the log's, for locations and titles."""
    expectation = expectation or expectation_for(boot)
    return record(account_of(boot, expectation), expectation, name)

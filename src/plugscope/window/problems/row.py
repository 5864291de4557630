"""What the list of causes and problems says, row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain

from PySide6.QtCore import QCoreApplication

from plugscope.boot import (
    CauseReason,
    Certainty,
    Change,
    Diagnostic,
    DiagnosticCode,
    Outcome,
    Plan,
    RecordingKind,
    RootCause,
    Severity,
    Step,
    short_name,
)
from plugscope.session import Document, Look
from plugscope.sources.boot_log import EventKind
from plugscope.window.canvas import headline

_CHANGED = {
    Outcome.ERROR: Look.VICTIM,
    Outcome.SKIP: Look.SKIP,
    Outcome.DISABLED: Look.DISABLED,
    Outcome.NOT_REACHED: Look.NOT_REACHED,
}
_SURE = {Certainty.WILL: "certain", Certainty.MAY: "suspected", Certainty.UNKNOWN: "not known"}
_LONGEST_NAME = 16
_ABSENT = (CauseReason.DISABLED, CauseReason.NOT_REGISTERED)


class Row:
    """One line of the tree. Those below it are made when they are looked at: there may be thousands.

    ``icon`` names an icon, "" stands for the mark of ``look``. ``kind``, ``sure`` and ``location`` (``FILE:line``) fill
    the other columns; ``quiet``: it is nothing to worry about.
    """

    __slots__ = (
        *("_below", "_make", "icon", "kind", "look"),
        *("number", "parent", "location", "quiet", "sure", "text", "uri"),
    )

    def __init__(
        self,
        text: str,
        uri: str,
        icon: str,
        look: Look,
        count: int = 0,
        make: Callable[[int], Row] | None = None,
        *,
        kind: str = "",
        sure: str = "",
        location: str = "",
        quiet: bool = False,
    ) -> None:
        self.text = text
        self.uri = uri
        self.icon = icon
        self.look = look
        self.kind = kind
        self.sure = sure
        self.location = location
        self.quiet = quiet
        self.parent: Row | None = None
        self.number = 0
        self._below: list[Row | None] = [None] * count
        self._make = make

    def __len__(self) -> int:
        return len(self._below)

    def below(self, number: int) -> Row:
        """The row below it with that number."""
        row = self._below[number]
        if row is None:
            assert self._make is not None, "there are rows below it"
            row = self._below[number] = self._make(number)
            row.parent, row.number = self, number
        return row


def cause_row(cause: RootCause, document: Document) -> Row:
    """A cause, with those that fail and those that skip for want of it below."""
    name = short_name(cause.uri, document.plan) if cause.uri else _tr("the boot")
    count, skips = len(cause.victims), len(cause.skipped)
    took = _tr(" takes {0} along").format(count) if count else ""
    # What is absent has no words of its own: its victims have.
    words = f": {cause.error}" if cause.error and cause.reason not in _ABSENT else ""
    words += _advice(cause, document)
    is_disabled = cause.reason is CauseReason.DISABLED

    def below(number: int) -> Row:
        if number < count:
            return _step_row(cause.victims[number], document, Look.VICTIM, _tr("victim"))
        uri = cause.skipped[number - count]
        return _step_row(uri, document, Look.SKIP, _tr("skips for want of it"))

    return Row(
        f"{name}{took}{words}",
        cause.uri,
        "",
        Look.DISABLED if is_disabled else Look.ERROR,
        count + skips,
        below,
        kind=str(cause.reason).replace("-", " "),
        sure=_tr(_SURE[cause.certainty]),
        location=cause.location or _told_at(cause.uri, document) or _missed_at(cause, document),
    )


def is_advice_on(cause: RootCause, diagnostic: Diagnostic) -> bool:
    """Whether it tells of the same end of the boot, with what would work instead."""
    return (
        diagnostic.code is DiagnosticCode.CONFIG_ABORT
        and bool(cause.error)
        and cause.error == diagnostic.error
    )


def _advice(cause: RootCause, document: Document) -> str:
    found = (one for one in document.catalog.diagnostics if is_advice_on(cause, one))
    return next((one.advice for one in found), "")


def _missed_at(cause: RootCause, document: Document) -> str:
    """Where the first failure for want of something absent was observed."""
    step = _step(cause.victims[0], document) if cause.victims else None
    return "" if step is None else _location_of(step, document)


def _step_row(uri: str, document: Document, look: Look, kind: str, quiet: bool = False) -> Row:
    step = _step(uri, document)
    words = f": {step.error}" if step is not None and step.error else ""
    return Row(
        f"{short_name(uri, document.plan)}{words}",
        uri,
        "",
        look,
        kind=kind,
        sure=_tr(_SURE[step.cause_certainty]) if step is not None and look is Look.VICTIM else "",
        location="" if step is None else _location_of(step, document),
        quiet=quiet,
    )


def _step(uri: str, document: Document) -> Step | None:
    recording = document.replay.recording
    return None if recording is None else recording.by_uri.get(uri)


def _location_of(step: Step, document: Document) -> str:
    """Where what came of it is written: of a boot that was observed, and not predicted, the line that tells."""
    recording = document.replay.recording
    is_observed = recording is not None and recording.kind is RecordingKind.OBSERVED
    return (_told_at(step.uri, document) or step.entry.location) if is_observed else ""


def _told_at(uri: str, document: Document) -> str:
    """The line of a log that is laid over another source: there, places are those of that source."""
    log = document.log
    if log is None or not document.over or not uri or document.toggled:
        return ""
    failed = [
        told.line for told in log.references_of(uri) if told.kind in (EventKind.FAILED, EventKind.SKIPPED)
    ]
    return log.location_of(failed[-1]) if failed else ""


def expected_row(document: Document) -> Row | None:
    """What is as it is meant to be: the plugins that skip of themselves, and those that are disabled without harm."""
    diagnosis = document.diagnosis()
    causes = diagnosis.root_causes
    blamed = {*chain.from_iterable(cause.skipped for cause in causes), *(cause.uri for cause in causes)}
    skipped = [uri for uri in diagnosis.skipped if uri not in blamed]
    disabled = [uri for uri in diagnosis.disabled if uri not in blamed]
    if not skipped and not disabled:
        return None
    parts = [_tr("{0} skip").format(len(skipped))] if skipped else []
    parts += [_tr("{0} disabled").format(len(disabled))] if disabled else []

    def below(number: int) -> Row:
        if number < len(skipped):
            return _step_row(skipped[number], document, Look.SKIP, _tr("skips"), True)
        uri = disabled[number - len(skipped)]
        location = document.catalog.locations.get(uri, "")
        name = short_name(uri, document.plan)
        return Row(name, uri, "", Look.DISABLED, kind=_tr("disabled"), location=location, quiet=True)

    text = _tr("Expected: {0}").format(", ".join(parts))
    return Row(text, "", "", Look.SKIP, len(skipped) + len(disabled), below, quiet=True)


def is_of_the_release(diagnostic: Diagnostic, document: Document) -> bool:
    """Whether it is about how a release is made: whoever has its log or configuration can do nothing about that."""
    is_operators = document.observed is not None or document.release is not None
    return is_operators and diagnostic.code is DiagnosticCode.UNDECLARED_LOOKUP


def release_row(diagnostics: Sequence[Diagnostic]) -> Row:
    """What there is to say of how the release is made."""

    def below(number: int) -> Row:
        row = diagnostic_row(diagnostics[number])
        row.quiet = True
        return row

    text = _tr("Of the release itself: {0}").format(
        _tr("1 undeclared lookup")
        if len(diagnostics) == 1
        else _tr("{0} undeclared lookups").format(len(diagnostics))
    )
    return Row(text, "", "info", Look.SKIP, len(diagnostics), below, quiet=True)


def impact_row(document: Document) -> Row:
    """What the user's changes change: each plugin that comes out otherwise, and each that moves."""
    plan, changes, moved = document.plan, document.impact.changes, document.impact.moved

    def below(number: int) -> Row:
        if number < len(changes):
            return _change_row(changes[number], plan)
        uri = moved[number - len(changes)]
        text = _tr("{0} starts at another place").format(short_name(uri, plan))
        return Row(text, uri, "down", Look.SKIP)

    text = _tr("Your changes: {0}").format(headline(document))
    return Row(text, "", "disable", Look.DISABLED, len(changes) + len(moved), below)


def _change_row(change: Change, plan: Plan) -> Row:
    name = short_name(change.uri, plan)
    because = ", ".join(short_name(uri, plan) for uri in change.causes[:3])
    why = _tr(" because of {0}").format(because) if because else ""
    may = "may become " if change.certainty != "will" else ""
    text = f"{name}: {change.before} → {may}{change.after}{why}"
    look = _CHANGED.get(change.after, Look.OK)
    return Row(text, change.uri, "", look)


def diagnostic_row(diagnostic: Diagnostic) -> Row:
    """What can be said of the settings, or of what a log does not tell."""
    mark = {Severity.ERROR: "error", Severity.WARNING: "warning"}.get(diagnostic.severity, "info")
    look = {Severity.ERROR: Look.ERROR, Severity.WARNING: Look.MAY}.get(diagnostic.severity, Look.SKIP)
    who = f"{short_name(diagnostic.uri)}: " if diagnostic.uri else ""
    return Row(
        f"{who}{diagnostic.message}",
        diagnostic.uri,
        mark,
        look,
        kind=diagnostic.code.replace("-", " "),
        location=diagnostic.location,
    )


def short_location(location: str) -> str:
    """A place without the folders of its file; of a long name the ends, and always the line."""
    name, colon, line = re.sub(r"^.*[/\\](?=.)", "", location).rpartition(":")
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME // 2]}…{name[-_LONGEST_NAME // 2 :]}"
    return f"{name}{colon}{line}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Problems", text)

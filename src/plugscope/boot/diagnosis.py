"""From a recording to the few causes that explain the rest."""

from __future__ import annotations

from msgspec import Struct, field

from plugscope.plugin import Stage

from .catalog import Outcome
from .recording import BootResult, Cause, CauseReason, Certainty, Recording, RecordingKind, Step


class RootCause(Struct, dict=True):
    """A cause and those that failed for want of it, in the order of the boot.

    ``uri`` is the plugin that failed first for a reason of its own, the absent plugin that a failed one could
    not find, or the bare type where nothing of that type is registered. ``error`` is its own error text, or
    the first victim's where it is absent and has none. ``skipped`` are those that skipped for want of it.
    ``location`` is the line (``file:line``) that disables, requires or misconfigures it, or that tells of its failure
    where the recording is a log's, if one is known. ``certainty``
    is "may" for a suspect, such as a plugin whose own lines a log has lost, but which its victims' errors name.
    """

    uri: str
    reason: CauseReason
    error: str = ""
    victims: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    location: str = ""
    certainty: Certainty = Certainty.WILL


class Diagnosis(Struct, dict=True):
    """What went wrong and why: ``skipped`` and ``disabled`` are expected, ``unfinished`` hung or crashed."""

    boot: BootResult
    root_causes: list[RootCause]
    skipped: list[str]
    disabled: list[str]
    unfinished: str | None = None

    @property
    def victims(self) -> list[str]:
        """Every victim once, in the order of the boot."""
        return list(dict.fromkeys(uri for cause in self.root_causes for uri in cause.victims))


def diagnose(recording: Recording) -> Diagnosis:
    """The root causes of a recording: what ended the boot first, then those with most victims, then as they came."""
    causes: dict[str, RootCause] = {}
    for step in recording.steps:
        # What a log does not show was not seen to fail, however likely it is.
        if step.outcome is Outcome.ERROR and step.certainty is not Certainty.UNKNOWN:
            _blame(causes, step)
    for step in recording.steps:
        if step.outcome is Outcome.SKIP:
            for cause in step.causes:
                if cause.uri != step.uri:
                    _entry(causes, cause, step).skipped.append(step.uri)
    _blame_abort(causes, recording)
    for root in causes.values():
        root.location = _location_of(root.uri, recording)
    ranked = sorted(
        causes.values(), key=lambda cause: (not _ended(recording.boot, cause), -len(cause.victims))
    )
    return Diagnosis(
        recording.boot,
        ranked,
        [step.uri for step in recording.steps if step.outcome is Outcome.SKIP],
        recording.plan.disabled_uris,
        recording.boot.uri if recording.boot.stage in (Stage.TIMEOUT, Stage.CRASH, Stage.HANG) else None,
    )


def _blame(causes: dict[str, RootCause], step: Step) -> None:
    for cause in step.causes or (Cause(step.uri, CauseReason.OWN_ERROR),):
        entry = _entry(causes, cause, step)
        if cause.uri == step.uri:
            sure = step.cause_certainty is Certainty.WILL
            entry.error, entry.certainty = step.error, step.certainty if sure else step.cause_certainty
        else:
            entry.victims.append(step.uri)


def _entry(causes: dict[str, RootCause], cause: Cause, step: Step) -> RootCause:
    if cause.uri not in causes:
        causes[cause.uri] = RootCause(cause.uri, cause.reason, step.error, certainty=step.cause_certainty)
    return causes[cause.uri]


def _blame_abort(causes: dict[str, RootCause], recording: Recording) -> None:
    """A boot that was aborted has a cause even where no plugin failed."""
    boot = recording.boot
    for cause in boot.causes:
        causes.setdefault(cause.uri, RootCause(cause.uri, cause.reason, boot.error))
    if boot.ok or boot.causes:
        return
    if boot.stage is Stage.REQUIRED_MISSING:
        _blame_missing(causes, recording)
    elif not _explained(causes, boot.uri):
        reasons: dict[Stage | None, CauseReason] = {
            Stage.REQUIRED_FAILED: CauseReason.SKIPPED_PROVIDER,
            Stage.PLUGIN_CONFIG_DECODE: CauseReason.CONFIG,
        }
        is_config = recording.plan.catalog.abort is not None
        reason = CauseReason.CONFIG if is_config else reasons.get(boot.stage, CauseReason.ABORTED)
        causes[boot.uri] = RootCause(boot.uri, reason, boot.error)


def _ended(boot: BootResult, cause: RootCause) -> bool:
    """Whether the boot was aborted for this cause, or for one of its victims."""
    if boot.ok:
        return False
    if boot.causes:
        return any(cause.uri == other.uri for other in boot.causes)
    return boot.uri in (cause.uri, *cause.victims, *cause.skipped) or cause.error == boot.error


def _blame_missing(causes: dict[str, RootCause], recording: Recording) -> None:
    plan = recording.plan
    for uri in (*plan.catalog.required, recording.boot.uri):
        position = plan.position.get(uri)
        if position is not None and position not in plan.disabled and uri != recording.boot.uri:
            continue
        if not _explained(causes, uri):
            reason = CauseReason.NOT_REGISTERED if position is None else CauseReason.DISABLED
            causes[uri] = RootCause(uri, reason, recording.boot.error)


def _location_of(uri: str, recording: Recording) -> str:
    """The line of the settings that the cause goes back to, or of the log that tells of it."""
    catalog = recording.plan.catalog
    told = catalog.abort or catalog.ending
    if told is not None and told.uri == uri and recording.boot.error == told.message:
        return told.location
    step = recording.by_uri.get(uri)
    if step is not None and step.entry.abort is not None:
        return step.entry.abort.location
    if step is not None and step.entry.init is not None and step.entry.init.location:
        return step.entry.init.location
    if (
        uri not in catalog.locations
        and step is not None
        and step.failed
        and recording.kind is RecordingKind.OBSERVED
    ):
        return step.entry.location
    return catalog.locations.get(uri, "")


def _explained(causes: dict[str, RootCause], uri: str) -> bool:
    return uri in causes or any(uri in (*cause.victims, *cause.skipped) for cause in causes.values())

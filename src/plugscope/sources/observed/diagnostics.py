"""What a reader should know of an observation: what it rests on, and what the log could not tell."""

from __future__ import annotations

from collections.abc import Iterator

from plugscope.boot import Diagnostic, DiagnosticCode, Severity

from .boot_observation import Ending
from .expectation import Expectation
from .presence import Coverage, Presence


def remarks(
    expectation: Expectation, extent: Coverage, presence: Presence, ending: Ending, told: int
) -> Iterator[Diagnostic]:
    """Diagnostics for one boot. ``told`` is the number of plugins that the log tells of."""
    yield _version(expectation, told)
    if not told and ending.ok is None:
        text = (
            "no line tells of a plugin: at level error containerd writes neither starts nor failures; ask the running "
            "daemon, or start it at level info"
        )
        yield Diagnostic(DiagnosticCode.LOG_SILENT, Severity.WARNING, text)
        return
    yield from _missing(extent, presence, told)
    if ending.ok is None and extent.each_start:
        yield Diagnostic(
            DiagnosticCode.LOG_END,
            Severity.WARNING,
            "the log ends before the boot does: how it ended is not known",
        )
    if presence.disabled:
        one = len(presence.disabled) == 1
        which = (
            "1 plugin of this version is" if one else f"{len(presence.disabled)} plugins of this version are"
        )
        text = f"{which} not in this boot: disabled, or left out of this build"
        yield Diagnostic(DiagnosticCode.LOG_DISABLED, Severity.INFO, text)


def _version(expectation: Expectation, told: int) -> Diagnostic:
    name = expectation.nearest.name or f"containerd {expectation.nearest.version}"
    filled = "what the log does not hold (requires, Meta, lookups)"
    if expectation.is_told:
        text = f"containerd {expectation.version}, as it says itself; {filled} is taken from {name}"
    elif told:
        text = (
            f"no line names the version; by its plugins it is nearest to {name}, from which {filled} is taken"
        )
    else:
        text = f"no line names the version; {name} stands for it"
    return Diagnostic(DiagnosticCode.LOG_VERSION, Severity.INFO, text)


def _missing(extent: Coverage, presence: Presence, told: int) -> Iterator[Diagnostic]:
    if told and not extent.each_start:
        text = (
            "no line says that a plugin starts (level warn): the order is the catalog's, and skipped and disabled "
            "plugins are not told of"
        )
        yield Diagnostic(DiagnosticCode.LOG_LEVEL, Severity.WARNING, text)
    elif told and not extent.from_start:
        text = "the beginning of this boot is not in the log: a plugin that it does not tell of may have come before"
        yield Diagnostic(DiagnosticCode.LOG_HEAD, Severity.WARNING, text)
    if presence.has_hole:
        unknown = len(presence.unseen) + len(presence.lost)
        text = f"lines are missing in the middle: nothing is said of what came of {unknown} plugins"
        yield Diagnostic(DiagnosticCode.LOG_HOLE, Severity.WARNING, text)

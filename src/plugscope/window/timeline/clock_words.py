"""What there is to say of a boot by the clock."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from plugscope.boot import Certainty, Recording, short_name
from plugscope.plugin import Stage
from plugscope.sources.boot_log import BootLog, Gap, Timetable

from .clock_scale import ClockScale


def duration(seconds: float) -> str:
    """A length of time in words: three digits are enough."""
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 1:
        return f"{seconds * 1e3:.3g} ms"
    if seconds < 120:
        return f"{seconds:.3g} s" if seconds < 100 else f"{seconds:.0f} s"
    return f"{seconds / 60:.3g} min" if seconds < 7200 else f"{seconds / 3600:.3g} h"


def unfinished(log: BootLog, recording: Recording) -> tuple[str, str]:
    """The plugin in which the boot came to its end, and how, in words; two empty texts if there is none."""
    boot, uri = recording.boot, log.unfinished
    if not uri:
        return "", ""
    name = short_name(uri, recording.plan)
    if boot.stage is Stage.HANG:
        return uri, _tr("hangs in {0}").format(name)
    if boot.stage is Stage.CRASH:
        return uri, _tr("the process ended in {0}").format(name)
    if boot.stage is Stage.PLUGIN_CONFIG_DECODE:
        return uri, _tr("ended at the configuration of {0}").format(name)
    if boot.certainty is Certainty.UNKNOWN:
        return uri, _tr("the log ends while {0} starts").format(name)
    return "", ""


def gap_words(gap: Gap, recording: Recording) -> str:
    """A gap: how long, in whom, before whom."""
    within = _tr(" in {0}").format(short_name(gap.within, recording.plan)) if gap.within else ""
    before = _tr(" before {0}").format(short_name(gap.before, recording.plan)) if gap.before else ""
    return f"{duration(gap.length)}{within}{before}"


def clock_words(table: Timetable, scale: ClockScale, log: BootLog, recording: Recording) -> str:
    """The boot by the clock in a sentence or two."""
    return " · ".join(_parts(table, scale, log, recording))


def _parts(table: Timetable, scale: ClockScale, log: BootLog, recording: Recording) -> Iterator[str]:
    uri, how = unfinished(log, recording)
    longest = table.longest
    if how:
        begins, ends = table.spans.get(uri, (table.length, table.length))
        yield f"{how} ({duration(ends - begins)})" if ends > begins else how
    if longest is not None and (not how or longest.within != uri):
        yield _tr("longest: {0}").format(gap_words(longest, recording))
    begins_at = "" if table.begins is None else table.begins.clock
    zone = table.zones[0] if len(table.zones) == 1 else ""
    yield _tr("{0} from {1}").format(duration(table.length), f"{begins_at} {zone}".strip())
    if scale.shortened:
        lengths = ", ".join(duration(gap.length) for gap in scale.shortened[:3])
        more = "…" if len(scale.shortened) > 3 else ""
        yield _tr("not to scale at ≈ ({0}{1})").format(lengths, more)
    for step_back in table.steps_back[:2]:
        who = (
            _tr(" before {0}").format(short_name(step_back.before, recording.plan))
            if step_back.before
            else ""
        )
        yield _tr("the clock goes back by {0}{1}").format(duration(step_back.seconds), who)
    if len(table.zones) > 1:
        yield _tr("the time zone changes: {0}").format(", ".join(table.zones))
    timeless = sum(step.uri not in table.spans for step in recording.steps)
    if timeless:
        yield (
            _tr("1 plugin without a time is not drawn")
            if timeless == 1
            else _tr("{0} plugins without a time are not drawn").format(timeless)
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Clock", text)

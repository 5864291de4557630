"""The log beside a recording: which line tells of which plugin, which other boots there are, and when things were.

``BootLog`` (``index``) and ``EventKind`` are made by ``plugscope.sources.log`` and read by the window, which knows
them before it opens any log: nothing of the reader is imported here. ``moment`` reads the daemon's time stamps, and
``timetable`` puts the steps of a boot on its clock.
"""

from .event_kind import EventKind
from .index import BootLog, BootMark, LogReference
from .moment import between, parse_moment
from .timetable import Gap, Timetable, timetable_of

__all__ = [
    "BootLog",
    "BootMark",
    "EventKind",
    "Gap",
    "LogReference",
    "Timetable",
    "between",
    "parse_moment",
    "timetable_of",
]

"""What the window knows of a log beside its recording: which line tells of what, and when. It reads no lines."""

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

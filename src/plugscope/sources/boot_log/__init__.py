"""TODO"""

from .event_kind import EventKind
from .index import BootLog, BootMark, Telling
from .moment import between, moment
from .timetable import Gap, Timetable, timetable_of

__all__ = [
    "BootLog",
    "BootMark",
    "EventKind",
    "Gap",
    "Telling",
    "Timetable",
    "between",
    "moment",
    "timetable_of",
]

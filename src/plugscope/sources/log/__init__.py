"""Boot logs of containerd: from bytes in any wrapping to an observed recording.

``envelope`` peels a line, ``logrus`` takes it apart, ``event`` says what it tells, ``reading`` streams a file,
``boots`` splits it into boots, ``expectation`` finds the catalog that the daemon is nearest to, and ``observation``
makes a catalog and a recording of one boot. ``boot_log`` says which line tells of which plugin, ``lines`` reads them
again, and ``timetable`` puts the boot on the daemon's clock.
"""

from .block import Readable
from .envelope import CUT, MAX_LINE, plain
from .lines import Lines, ParsedLine, read_lines
from .source import looks_like_log, read_log

__all__ = [
    "CUT",
    "MAX_LINE",
    "Lines",
    "ParsedLine",
    "Readable",
    "looks_like_log",
    "plain",
    "read_lines",
    "read_log",
]

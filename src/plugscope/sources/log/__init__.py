"""Boot logs of containerd: bytes in any wrapping go in, the recording of one boot comes out.

``read_log`` (``source``) is the main line: ``block`` unpacks (gzip, xz, bzip2), ``unwrap`` joins broken
lines, ``reading`` streams and picks the lines that matter, of which ``envelope`` takes off what others put around,
``logrus`` finds message and fields, and ``event`` says what it tells. ``boots`` groups the events by start of the
daemon. Of the chosen one ``source`` tells what happened (``plugin_lines``: to each plugin, ``ending``: at the
end), and ``plugscope.sources.observed`` makes the recording. ``lines`` reads the lines again for the log panel.
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

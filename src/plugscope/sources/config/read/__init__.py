"""A configuration file as a release reads it: bytes go in, ``Loaded`` (merged tables with locations) comes out.

``load`` (``loading``) is the main line: ``document`` parses a file (``wording``: in which words the daemon would
refuse it), ``shape`` and ``decode`` hold it against the release's Go structs (``duration`` against Go's durations),
``imports`` finds further files and lays each over what was read before, ``migrate`` brings it up to the release's
version, and ``validation`` checks the whole. Where the daemon would stop, ``ConfigAborted``
(``abort``) ends the reading.
"""

from plugscope.plugin import Stage

from .decode import ignored, mismatch
from .document import MOST_BYTES
from .duration import duration_error, duration_text
from .imports import files_of, folders_of
from .loaded import Loaded
from .loading import load, migrate_merged
from .migrate import CORE_IDS, full_name
from .shape import Shape, shape_of

__all__ = [
    "CORE_IDS",
    "MOST_BYTES",
    "Loaded",
    "Shape",
    "Stage",
    "duration_error",
    "duration_text",
    "files_of",
    "folders_of",
    "full_name",
    "ignored",
    "load",
    "migrate_merged",
    "mismatch",
    "shape_of",
]

"""Reading a configuration as one release's daemon does: files, imports, merging, migration and its refusals.

``loading`` goes through the steps: ``document`` parses, ``decode`` and ``shape`` hold values to their types,
``imports`` and ``merge`` add the other files, ``migrate`` and ``server`` bring older versions up.
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

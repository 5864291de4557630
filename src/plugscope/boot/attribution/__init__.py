"""Why each plugin of an observed boot failed, found by the words of its error.

The lookups that a plugin is known to make are run against what became of the others (``attribution``); the one that
would leave the observed words (``error_match``) is the reason. Else the words themselves tell: they name what was not
there (``named_missing``) or pass another's on (``error_origin``), perhaps of one whose lines are lost (``suspect``).
``absent_provider`` then asks whether what was absent would have failed all the same.
"""

from .attribution import Attribution
from .named_missing import missing_names

__all__ = [
    "Attribution",
    "missing_names",
]

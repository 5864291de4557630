"""The open document and what happens to it: QtCore and QtGui, no widgets.

``Opener`` takes the text of a source, reads it beside the event loop (``loading``, a ``Job`` in a thread) and hands out
a ``SourceDocument``: a ``Document`` whose plugins can be toggled. Each toggle is an undo step and makes a new plan,
prediction and impact. A ``Comparison`` is its sibling, with two boots and nothing to toggle. The document's ``Replay``
goes through the recording, and ``Appearance`` keeps one look a plugin in step with it. ``Polling`` and ``file_watch``
tell of changes outside; ``Settings`` and ``Theme`` are what widgets share.
"""

from .appearance import Appearance
from .colour import contrast, mixed
from .comparison import Compared, Comparison, Side, compare_job, log_name
from .document import Document
from .job import Job, share_lock
from .layout_job import LayoutJob
from .loading import run_job
from .look import LOOK_MASK, Flag, Look, look_of, look_of_step
from .opener import Opener
from .polling import Difference, News, Polling
from .replay import Breakpoints, Replay
from .settings import Settings
from .source_document import SourceDocument
from .spool import NAMES
from .theme import OutcomeLook, Theme, load_theme

__all__ = [
    "LOOK_MASK",
    "NAMES",
    "Appearance",
    "Breakpoints",
    "Compared",
    "Comparison",
    "Difference",
    "Document",
    "Flag",
    "Job",
    "LayoutJob",
    "Look",
    "News",
    "Opener",
    "OutcomeLook",
    "Polling",
    "Replay",
    "Settings",
    "Side",
    "SourceDocument",
    "Theme",
    "compare_job",
    "contrast",
    "load_theme",
    "log_name",
    "look_of",
    "look_of_step",
    "mixed",
    "run_job",
    "share_lock",
]

"""TODO"""

from .absence import Absences
from .engine import predict
from .lookup_run import ask
from .resolver import Finder
from .type_state import causes_of

__all__ = [
    "Absences",
    "Finder",
    "ask",
    "causes_of",
    "predict",
]

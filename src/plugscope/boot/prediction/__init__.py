"""TODO"""

from .absence import Absences
from .engine import predict
from .lookup_run import run_lookups
from .resolver import LookupResolver
from .type_state import causes_of

__all__ = [
    "Absences",
    "LookupResolver",
    "causes_of",
    "predict",
    "run_lookups",
]

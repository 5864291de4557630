"""Prediction: a plan goes in, and the recording that it would lead to comes out. No init function is called.

``predict`` walks the plan (``engine``). For each plugin it makes the declared lookups one after the other
(``lookup_run``); each is answered (``resolver``) by the plugins of the type that are initialised by then
(``type_state``), and one that finds nothing says who was not there, or not yet (``absence``). The first fatal failure
ends the plugin's turn; without one it comes out as its entry says.
"""

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

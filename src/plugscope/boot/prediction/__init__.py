"""A boot without the code: the plan is walked and each plugin's lookups are run against what is there by then.

``engine`` walks, ``lookup_run`` makes the lookups of one plugin, ``resolver`` says what each finds under the era's
rules, from what ``type_state`` keeps of each type and ``absence`` of who is not there.
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

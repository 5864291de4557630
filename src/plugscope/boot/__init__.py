"""From a catalog to a plan, from a plan to a recording, and from recordings to causes and impact."""

from .catalog import (
    Absent,
    BootAbort,
    Catalog,
    Diagnostic,
    Entry,
    Init,
    Known,
    Outcome,
    Setting,
    Severity,
)
from .lookup import Get, Lookup, OnError
from .plan import Plan, Reason, make_plan
from .predict import predict
from .recording import (
    BootResult,
    Cause,
    CauseReason,
    Certainty,
    ErrorKind,
    MadeLookup,
    Recording,
    Step,
)

__all__ = [
    "Absent",
    "BootAbort",
    "BootResult",
    "Catalog",
    "Cause",
    "CauseReason",
    "Certainty",
    "Diagnostic",
    "Entry",
    "ErrorKind",
    "Get",
    "Init",
    "Known",
    "Lookup",
    "MadeLookup",
    "OnError",
    "Outcome",
    "Plan",
    "Reason",
    "Recording",
    "Setting",
    "Severity",
    "Step",
    "make_plan",
    "predict",
]

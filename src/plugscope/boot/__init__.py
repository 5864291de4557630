"""The boot as data: from a catalog to a plan, from a plan to a recording, from recordings to causes and impact.

A ``Catalog`` is ordered into a ``Plan`` (``walk`` tells the same order move by move). ``prediction`` makes a
``Recording`` of the plan without any code, ``run`` makes one by running it in a worker, and sources bring those that
were observed, to which ``attribution`` gives causes. ``diagnosis`` reduces a recording to its root causes,
``impact`` compares two, ``merge`` and ``rebase`` lay them over other catalogs. ``check`` finds what can be said
before anything runs; ``narration`` puts steps into sentences, ``query`` names parts of the graph.

``run``, ``attribution`` and ``analysis`` are faces of their own, so that only those who ask for them load them.
"""

from .catalog import Absent, BootAbort, Catalog, Entry, Init, Known, Outcome, Setting
from .check import Lints, lint
from .diagnosis import Diagnosis, RootCause, diagnose
from .diagnostic import Diagnostic, DiagnosticCode, Severity, Topic
from .gc_pause import gc_paused
from .impact import Change, Impact, compare
from .learned import learn
from .location import split_location
from .lookup import Get, Lookup, LookupsOf, OnError
from .merge import MergedBoots, merge_boots
from .narration import NO_ID, NO_TYPE, full_name, short_name, tell_lookup, tell_move, tell_step, why_here
from .plan import Plan, Reason, make_plan, refusals
from .prediction import predict
from .query import Neighbours, QueryError, quoted, select
from .rebase import part_of, rebased
from .recording import (
    BootResult,
    Cause,
    CauseReason,
    Certainty,
    ErrorKind,
    MadeLookup,
    Recording,
    RecordingKind,
    Step,
)
from .walk import Move, WalkEvent, order_moves

__all__ = [
    "NO_ID",
    "NO_TYPE",
    "Absent",
    "BootAbort",
    "BootResult",
    "Catalog",
    "Cause",
    "CauseReason",
    "Certainty",
    "Change",
    "Diagnosis",
    "Diagnostic",
    "DiagnosticCode",
    "Entry",
    "ErrorKind",
    "Get",
    "Impact",
    "Init",
    "Known",
    "Lints",
    "Lookup",
    "LookupsOf",
    "MadeLookup",
    "MergedBoots",
    "Move",
    "Neighbours",
    "OnError",
    "Outcome",
    "Plan",
    "QueryError",
    "Reason",
    "Recording",
    "RecordingKind",
    "RootCause",
    "Setting",
    "Severity",
    "Step",
    "Topic",
    "WalkEvent",
    "compare",
    "diagnose",
    "full_name",
    "gc_paused",
    "learn",
    "lint",
    "make_plan",
    "merge_boots",
    "order_moves",
    "part_of",
    "predict",
    "quoted",
    "rebased",
    "refusals",
    "select",
    "short_name",
    "split_location",
    "tell_lookup",
    "tell_move",
    "tell_step",
    "why_here",
]

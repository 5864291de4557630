"""Recordings, plans and diagnostics as text, one module a format; no Qt.

``shape`` makes the plain values of the command line's JSON, and ``plain`` writes them so that nothing in them drives a
terminal. ``dot`` and ``mermaid`` write the graph, ``report`` (Markdown) and ``page`` (HTML) what happened, ``sarif``
the diagnostics.
"""

from .dot import dot_of
from .mermaid import mermaid_of
from .page import page_of
from .plain import json_text, safe
from .report import report_of
from .sarif import sarif_of
from .shape import (
    diagnosis_shape,
    diagnostic_shape,
    impact_shape,
    order_shape,
    prediction_shape,
    recording_shape,
    step_shape,
)

__all__ = [
    "diagnosis_shape",
    "diagnostic_shape",
    "dot_of",
    "impact_shape",
    "json_text",
    "mermaid_of",
    "order_shape",
    "page_of",
    "prediction_shape",
    "recording_shape",
    "report_of",
    "safe",
    "sarif_of",
    "step_shape",
]

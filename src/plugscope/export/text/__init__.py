"""Documents as text: JSON, Markdown, DOT, Mermaid, SARIF, and a page that stands alone.

``shape`` has the JSON shapes that other programs rely on.
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

"""TODO"""

from .boot_observation import BootObservation, Ending
from .expectation import Expectation, Span, expect, parse_version
from .observation import record
from .overlay import over, release_of, unheard
from .plugin_observation import PluginObservation

__all__ = [
    "BootObservation",
    "Ending",
    "Expectation",
    "PluginObservation",
    "Span",
    "expect",
    "over",
    "parse_version",
    "record",
    "release_of",
    "unheard",
]

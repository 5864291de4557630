"""TODO"""

from .boot_observation import Account, Ending
from .expectation import Expectation, Span, expect, parse_version
from .observation import record
from .overlay import over, release_of, unheard
from .plugin_observation import Fact

__all__ = [
    "Account",
    "Ending",
    "Expectation",
    "Fact",
    "Span",
    "expect",
    "over",
    "parse_version",
    "record",
    "release_of",
    "unheard",
]

"""TODO"""

from .boot_observation import BootObservation, Ending
from .expectation import Expectation, expect
from .observation import record
from .overlay import over, release_of, unheard
from .plugin_observation import PluginObservation

__all__ = [
    "BootObservation",
    "Ending",
    "Expectation",
    "PluginObservation",
    "expect",
    "over",
    "record",
    "release_of",
    "unheard",
]

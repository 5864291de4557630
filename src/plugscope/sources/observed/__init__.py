"""What a boot did, whoever told it (a log, a listing, a daemon), laid over what was expected of it.

``boot_observation`` and ``plugin_observation`` hold what was told, ``expectation`` finds the release to compare with,
``presence`` who was there, and ``observation`` makes the recording.
"""

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

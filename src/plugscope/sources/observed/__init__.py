"""What a boot did, whoever tells of it: a ``BootObservation`` goes in, a recording with causes comes out.

A log, a listing or a daemon says what it saw of each plugin (``plugin_observation``) and of the end
(``boot_observation``). ``expect`` chooses the shipped catalogs to compare it with (``expectation``); ``record``
(``observation``) makes a catalog of both (``expected_catalog``), says what the plugins that were not told of are
(``presence``: disabled, unseen, not reached), has causes attributed, and notes what limits it (``blame``,
``diagnostics``). ``over`` (``overlay``) lays the result over another catalog.
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

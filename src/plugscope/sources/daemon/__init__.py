"""A live containerd, read over its introspection service. Nothing is ever changed in it.

``probe`` connects once, ``client`` asks, ``fact`` takes the answers apart, and ``observation`` finds out what release a
daemon is that does not say so, and makes a recording of it all.
"""

from .client import DaemonClient
from .error import DaemonError
from .observation import Answer, ask_daemon, observe_daemon, recording_of

__all__ = [
    "Answer",
    "DaemonClient",
    "DaemonError",
    "ask_daemon",
    "observe_daemon",
    "recording_of",
]

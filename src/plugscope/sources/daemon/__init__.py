"""A live containerd, read over its introspection service. Nothing is ever changed in it."""

from .client import DaemonClient, DaemonError
from .observation import Observation, observe_daemon

__all__ = ["DaemonClient", "DaemonError", "Observation", "observe_daemon"]

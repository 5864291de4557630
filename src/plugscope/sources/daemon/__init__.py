"""A live containerd, read over its introspection service. Nothing is ever changed in it."""

from .client import DaemonClient, DaemonError
from .observation import Answer, ask_daemon, observe_daemon, recording_of

__all__ = ["Answer", "DaemonClient", "DaemonError", "ask_daemon", "observe_daemon", "recording_of"]

"""What an instance can be beside a plugin."""

from typing import Any, Protocol, runtime_checkable


@runtime_checkable
class Service(Protocol):
    """An instance that serves (``Service``): it adds itself to a server, as gRPC's ``add_…_to_server`` do."""

    def register(self, server: Any) -> None:
        """Add the service to the server. An exception ends the boot."""


@runtime_checkable
class Closer(Protocol):
    """An instance that wants to be closed when the daemon stops."""

    def close(self) -> None:
        """Let go of what it holds."""

"""Asking a daemon, and saying in its own words why it does not answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Self

import grpc

from plugscope.sources.observed import PluginObservation

from .error import DaemonError, NoSuchCall
from .fact import facts_of
from .probe import probe
from .wire import message

TIMEOUT_S = 5.0
"""Seconds that each question may take."""

MOST_BYTES = 4 << 20
"""A longer answer is refused. That of a real daemon has some 20 kB."""

_INTROSPECTION = "/containerd.services.introspection.v1.Introspection/"
_VERSION = "/containerd.services.version.v1.Version/"


class DaemonClient:
    """A connection to the daemon behind a Unix socket. Raises ``DaemonError`` if there is none."""

    def __init__(self, path: str, timeout: float = TIMEOUT_S) -> None:
        self.path = path
        self._timeout = timeout
        probe(path, timeout)
        self._channel = grpc.insecure_channel(
            f"unix:{path}",
            options=[
                ("grpc.max_receive_message_length", MOST_BYTES),
                ("grpc.enable_retries", 0),
                ("grpc.enable_http_proxy", 0),
                # Channels to one address share a connection, and with it what became of the last one.
                ("grpc.use_local_subchannel_pool", 1),
            ],
        )

    def plugins(self) -> list[PluginObservation]:
        """All plugins in init order (``Plugins``)."""
        try:
            return self._call(_INTROSPECTION + "Plugins", message("PluginsRequest")(), facts_of)  # type: ignore[no-any-return]
        except NoSuchCall as error:
            raise DaemonError(self._without_introspection(error.words)) from None

    def server(self) -> Any:
        """Uuid, pid and deprecations (``Server``, 1.3 and later). Raises ``NoSuchCall`` where it is not known."""
        return self._call(_INTROSPECTION + "Server", message("Empty")(), message("ServerResponse").FromString)

    def version(self) -> str:
        """The daemon's version, or "" if its version service is not there."""
        read = message("VersionResponse").FromString
        try:
            return str(self._call(_VERSION + "Version", message("Empty")(), read).version)
        except DaemonError:
            return ""

    def plugin_info(self, type_: str, id_: str) -> Any:
        """One plugin (``PluginInfo``, 2.0 and later). Raises ``NoSuchCall`` with the words of an older daemon."""
        request = message("PluginInfoRequest")(type=type_, id=id_)
        return self._call(_INTROSPECTION + "PluginInfo", request, message("PluginInfoResponse").FromString)

    def close(self) -> None:
        """Close the connection."""
        self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _without_introspection(self, words: str) -> str:
        version = self.version()
        if version:
            return (
                f"containerd {_first_line(version)} answers, but its introspection plugins are disabled or failed: "
                "only its log tells more"
            )
        return f"it speaks gRPC, but is not containerd, or one without introspection ({_first_line(words)})"

    def _call(self, method: str, request: Any, read: Callable[[bytes], Any]) -> Any:
        ask: Callable[..., Any] = self._channel.unary_unary(
            method, request_serializer=lambda value: value.SerializeToString(), response_deserializer=None
        )
        try:
            data = ask(request, timeout=self._timeout)
        except grpc.RpcError as error:
            if error.code() is grpc.StatusCode.UNIMPLEMENTED:
                raise NoSuchCall(str(error.details() or "")) from None
            if error.code() is grpc.StatusCode.UNAVAILABLE:
                self._look_again()
            raise DaemonError(_explain(error, self._timeout)) from None
        try:
            return read(data)
        except DaemonError:
            raise
        except Exception as error:  # protobuf's own DecodeError, and what it raises for text that is no UTF-8
            raise DaemonError(_damaged(str(error))) from None

    def _look_again(self) -> None:
        """It may have ended since, or be about to: its socket outlives its last answer by a moment."""
        for wait in (0.0, 0.1, 0.3):
            time.sleep(wait)
            probe(self.path, self._timeout)


def _explain(error: grpc.RpcError, timeout: float) -> str:
    code, details = error.code(), _first_line(str(error.details() or ""))
    if code is grpc.StatusCode.DEADLINE_EXCEEDED:
        return f"no gRPC answer within {timeout:g} s: it hangs, or that is not containerd's gRPC socket"
    if code is grpc.StatusCode.UNAVAILABLE and "GOAWAY" in details:
        return "it ended the connection: it is stopping, or being restarted"
    if code is grpc.StatusCode.UNAVAILABLE:
        return f"something listens there, but does not speak gRPC: not containerd ({details})"
    if code is grpc.StatusCode.RESOURCE_EXHAUSTED and "larger than max" in details:
        return f"its answer is larger than {MOST_BYTES >> 20} MiB: that is not containerd's"
    if code is grpc.StatusCode.INTERNAL:
        return _damaged(details)
    return f"it refuses to answer: {code.name}: {details}"


def _damaged(details: str) -> str:
    return f"its answer cannot be read: not containerd, or a damaged one ({_first_line(details)})"


def _first_line(text: str) -> str:
    return (text.splitlines() or [""])[0][:300]

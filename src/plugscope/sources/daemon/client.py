"""Asking a daemon, and saying in its own words why it does not answer."""

from __future__ import annotations

import socket
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import grpc

from .wire import message

_TIMEOUT_S = 5.0
_MOST_BYTES = 64 << 20
_INTROSPECTION = "/containerd.services.introspection.v1.Introspection/"
_VERSION = "/containerd.services.version.v1.Version/"


class DaemonError(Exception):
    """A daemon that cannot be asked; the text says why and what to do."""


class DaemonClient:
    """A connection to the daemon behind a Unix socket. Raises ``DaemonError`` if there is none."""

    def __init__(self, path: str, timeout: float = _TIMEOUT_S) -> None:
        self.path = path
        self._timeout = timeout
        _probe(path)
        self._channel = grpc.insecure_channel(
            f"unix:{path}", options=[("grpc.max_receive_message_length", _MOST_BYTES)]
        )

    def plugins(self) -> list[Any]:
        """All plugins in init order (``Plugins``)."""
        reply = self._call(_INTROSPECTION + "Plugins", message("PluginsRequest")(), "PluginsResponse")
        return list(reply.plugins)

    def server(self) -> Any | None:
        """Uuid, pid and deprecations (``Server``, 1.3 and later); ``None`` where it is not known."""
        return self._optional(_INTROSPECTION + "Server", message("Empty")(), "ServerResponse")

    def version(self) -> str:
        """The daemon's version, or "" if its version service is not there."""
        reply = self._optional(_VERSION + "Version", message("Empty")(), "VersionResponse")
        return "" if reply is None else str(reply.version)

    def plugin_info(self, type_: str, id_: str) -> Any | None:
        """More about one plugin (``PluginInfo``, 2.0 and later); ``None`` where it is not known."""
        request = message("PluginInfoRequest")(type=type_, id=id_)
        return self._optional(_INTROSPECTION + "PluginInfo", request, "PluginInfoResponse")

    def close(self) -> None:
        """Hang up."""
        self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _optional(self, method: str, request: Any, reply: str) -> Any | None:
        try:
            return self._call(method, request, reply)
        except DaemonError:
            return None

    def _call(self, method: str, request: Any, reply: str) -> Any:
        ask: Callable[..., Any] = self._channel.unary_unary(
            method,
            request_serializer=lambda value: value.SerializeToString(),
            response_deserializer=message(reply).FromString,
        )
        try:
            return ask(request, timeout=self._timeout)
        except grpc.RpcError as error:
            raise DaemonError(_explain(error, self._timeout)) from None


def _explain(error: grpc.RpcError, timeout: float) -> str:
    code, details = error.code(), str(error.details() or "")
    if code is grpc.StatusCode.UNIMPLEMENTED:
        return (
            "it answers, but has no introspection service: not containerd, or one whose introspection plugins are "
            "disabled or failed (then its log tells more)"
        )
    if code is grpc.StatusCode.DEADLINE_EXCEEDED:
        return f"no gRPC answer within {timeout:g} s: it hangs, or that is not containerd's gRPC socket"
    if code is grpc.StatusCode.UNAVAILABLE:
        return f"something listens there, but does not speak gRPC: not containerd ({_first_line(details)})"
    if code is grpc.StatusCode.INTERNAL:
        return f"its answer cannot be read: not containerd, or a damaged one ({_first_line(details)})"
    return f"{code.name}: {_first_line(details)}"


def _first_line(text: str) -> str:
    return (text.splitlines() or [""])[0][:300]


def _probe(path: str) -> None:
    """Connect once without gRPC, whose own errors do not tell a missing socket from a forbidden one."""
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        raise DaemonError("no such socket; is the daemon running, and is this its address?") from None
    except PermissionError:
        raise DaemonError("permission denied on the way to the socket; run as root or with sudo") from None
    except (OSError, ValueError) as error:
        raise DaemonError(f"not a usable path: {error}") from None
    if not stat.S_ISSOCK(mode):
        raise DaemonError("that is no socket")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(_TIMEOUT_S)
        try:
            probe.connect(path)
        except PermissionError:
            raise DaemonError(_forbidden(path)) from None
        except ConnectionRefusedError:
            raise DaemonError("nothing listens on it: the daemon has ended") from None
        except TimeoutError:
            raise DaemonError(f"it does not take connections (waited {_TIMEOUT_S:g} s)") from None
        except OSError as error:
            raise DaemonError(error.strerror or str(error)) from None


def _forbidden(path: str) -> str:
    import grp  # there is none on Windows

    group = Path(path).stat().st_gid
    try:
        name = grp.getgrgid(group).gr_name
    except KeyError:
        name = str(group)
    if group == 0:
        return (
            "permission denied: only root may use it; run with sudo, or give the socket a group in the config "
            "([grpc] gid)"
        )
    return f"permission denied: join the group {name} to use it, or run with sudo"

"""Addresses that the daemon cannot listen on, which it finds out once all plugins are up.

Facts: ``action`` of ``cmd/containerd/command/main.go``, ``CreateUnixSocket`` of ``sys/socket_unix.go`` and Go's
``net.SplitHostPort``; daemons of 1.4.13, 1.6.20, 1.7.24 and 2.1.9. From 2.3 on, plugins listen. Whether an address is
free, and a name is known, is up to the machine.
"""

from __future__ import annotations

from collections.abc import Iterator

from plugscope.boot import BootAbort
from plugscope.plugin import Stage
from plugscope.sources.config.read import Loaded
from plugscope.sources.toml import Location

_LONGEST_PATH = 104


def refused_address(loaded: Loaded) -> BootAbort | None:
    """The first address that nothing can listen on, in the order in which the daemon tries; ``None`` if all can do."""
    if loaded.release.number >= (2, 3):
        return None
    for endpoint, address, location in _endpoints(loaded):
        words = _path_refusal(loaded, address) if address.startswith("/") else _tcp_refusal(address)
        if words:
            at = str(location) if location.file else ""
            return BootAbort(Stage.LISTENER, f"failed to get listener for {endpoint} endpoint: {words}", at)
    return None


def _endpoints(loaded: Loaded) -> Iterator[tuple[str, str, Location]]:
    top = loaded.top
    wanted = [("debug", "debug", "address"), ("metrics", "metrics", "address")]
    if loaded.release.number >= (1, 3):
        wanted.append(("main ttrpc", "ttrpc", "address"))
    for endpoint, *path in (*wanted, ("TCP grpc", "grpc", "tcp_address"), ("main", "grpc", "address")):
        address, location = top.value(*path), top.location_of(*path)
        if endpoint == "main ttrpc" and not address and isinstance(top.value("grpc", "address"), str):
            address, location = f"{top.value('grpc', 'address')}.ttrpc", top.location_of("grpc", "address")
        is_socket = endpoint in ("main ttrpc", "main")
        if isinstance(address, str) and address and (address.startswith("/") or not is_socket):
            yield endpoint, address, location


def _path_refusal(loaded: Loaded, path: str) -> str:
    if len(path.encode()) <= _LONGEST_PATH:
        return ""
    words = f'"{path}": unix socket path too long (> {_LONGEST_PATH})'
    return f"failed to create unix socket on {path}: {words}" if loaded.release.is_v2 else words


def _tcp_refusal(address: str) -> str:
    """What Go says of an address that is not ``host:port``; "" if it is one."""
    host, colon, port = address.rpartition(":")
    why = ""
    if not colon:
        why = "missing port in address"
    elif address.startswith("["):
        why = _bracket_refusal(address)
    elif ":" in host:
        why = "too many colons in address"
    elif "[" in address:
        why = "unexpected '[' in address"
    elif "]" in address:
        why = "unexpected ']' in address"
    if why:
        return f"listen tcp: address {address}: {why}"
    number = port.removeprefix("-").removeprefix("+")
    if number.isascii() and number.isdigit() and not 0 <= int(port) <= 0xFFFF:
        return f"listen tcp: address {port}: invalid port"
    return ""


def _bracket_refusal(address: str) -> str:
    end = address.find("]")
    if end < 0:
        return "missing ']' in address"
    rest = address[end + 1 :]
    if not rest.startswith(":"):
        return "missing port in address"
    if ":" in rest[1:]:
        return "too many colons in address"
    if "[" in address[1:]:
        return "unexpected '[' in address"
    return "unexpected ']' in address" if "]" in rest else ""

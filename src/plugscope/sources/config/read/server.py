"""Version 3 to 4: the server's own settings become those of its plugins.

Facts: ``serviceMigrate`` of ``config.go`` (2.3). A plugin's table that is there already is left as it is.
"""

from __future__ import annotations

from plugscope.sources.toml import Leaf, Table

_SERVER = "io.containerd.server.v1"
_MOVES: dict[str, tuple[str, str, dict[str, str]]] = {
    f"{_SERVER}.debug": ("debug", "address", {"address": "address", "uid": "uid", "gid": "gid"}),
    f"{_SERVER}.grpc": (
        "grpc",
        "address",
        {
            "address": "address",
            "uid": "uid",
            "gid": "gid",
            "max_recv_message_size": "max_recv_message_size",
            "max_send_message_size": "max_send_message_size",
        },
    ),
    f"{_SERVER}.grpc-tcp": (
        "grpc",
        "tcp_address",
        {
            "tcp_address": "address",
            "tcp_tls_ca": "tls_ca",
            "tcp_tls_cert": "tls_cert",
            "tcp_tls_key": "tls_key",
            "tcp_tls_common_name": "tls_common_name",
        },
    ),
    "io.containerd.metrics.v1.grpc-prometheus": (
        "metrics",
        "grpc_histogram",
        {"grpc_histogram": "grpc_histogram"},
    ),
    f"{_SERVER}.metrics": ("metrics", "address", {"address": "address"}),
}
"""For each plugin: the section, the key without which nothing is moved, and what becomes of the keys."""


def move_server_settings(top: Table) -> None:
    """Write the tables of the server's plugins from grpc, ttrpc, debug and metrics."""
    plugins = top.entries.setdefault("plugins", Table())
    if not isinstance(plugins, Table):
        return
    for uri, (section, needed, names) in _MOVES.items():
        source = top.table(section)
        if uri in plugins or not source.value(needed):
            continue
        moved = {new: source.entries[old] for old, new in names.items() if old in source}
        plugins.entries[uri] = Table(source.location, moved)
    _move_ttrpc(top, plugins)


def _move_ttrpc(top: Table, plugins: Table) -> None:
    """Without an address of its own it takes that of gRPC with ``.ttrpc`` behind."""
    source, grpc = top.table("ttrpc"), top.table("grpc")
    uri = f"{_SERVER}.ttrpc"
    if uri in plugins or not (source.entries or grpc.value("address")):
        return
    moved = {key: source.entries[key] for key in ("address", "uid", "gid") if key in source}
    address = grpc.get("address")
    if not source.value("address") and isinstance(address, Leaf) and address.value:
        moved["address"] = Leaf(f"{address.value}.ttrpc", address.location)
    plugins.entries[uri] = Table(source.location if source.entries else grpc.location, moved)

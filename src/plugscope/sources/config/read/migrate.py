"""Bringing a configuration of an older version up to the daemon's.

Facts: ``v1Migrate`` and ``serviceMigrate`` of ``config.go``, and the ``ConfigMigration`` of the plugins that have one
(cri.v1.images, cri.v1.runtime, grpc.v1.cri, monitor.container.v1.restart, monitor.task.v1.cgroups, shim.v1.manager).
Lists of disabled and required plugins are renamed from version 1 to 2 and never again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from msgspec.structs import replace

from plugscope.sources.toml import Leaf, Location, Table

CORE_IDS = {
    "cri": "io.containerd.grpc.v1.cri",
    "cgroups": "io.containerd.monitor.v1.cgroups",
    "linux": "io.containerd.runtime.v1.linux",
    "scheduler": "io.containerd.gc.v1.scheduler",
    "bolt": "io.containerd.metadata.v1.bolt",
    "task": "io.containerd.runtime.v2.task",
    "opt": "io.containerd.internal.v1.opt",
    "restart": "io.containerd.internal.v1.restart",
    "tracing": "io.containerd.internal.v1.tracing",
    "otlp": "io.containerd.tracing.processor.v1.otlp",
    **{name: f"io.containerd.snapshotter.v1.{name}" for name in ("aufs", "btrfs", "devmapper")},
    **{name: f"io.containerd.snapshotter.v1.{name}" for name in ("native", "overlayfs", "zfs")},
}
"""What 2.x takes the ids of a version-1 file for."""

_CRI, _IMAGES, _RUNTIME = (
    "io.containerd.grpc.v1.cri",
    "io.containerd.cri.v1.images",
    "io.containerd.cri.v1.runtime",
)
_IMAGE_KEYS = (
    "registry",
    "image_decryption",
    "max_concurrent_downloads",
    "image_pull_progress_timeout",
    "image_pull_with_sync_fs",
    "stats_collect_period",
)
_SERVER_KEYS = (
    "disable_tcp_service",
    "stream_server_address",
    "stream_server_port",
    "stream_idle_timeout",
    "enable_tls_streaming",
    "x509_key_pair_streaming",
)
_SNAPSHOT_KEYS = ("snapshotter", "disable_snapshot_annotations", "discard_unpacked_layers")
Ambiguous = Callable[[str, str, Location], None]
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


def full_name(name: str, location: Location, tell: Ambiguous) -> str:
    """The URI that 2.x takes an id of version 1 for; ``tell`` hears of those it has to guess."""
    if "." in name:
        return name
    if name in CORE_IDS:
        return CORE_IDS[name]
    if name.endswith("-service"):
        return f"io.containerd.service.v1.{name}"
    kind = "snapshotter" if name in ("windows", "windows-lcow") else "grpc"
    tell(name, f"io.containerd.{kind}.v1.{name}", location)
    return f"io.containerd.{kind}.v1.{name}"


def rename_ids(top: Table, tell: Ambiguous) -> None:
    """Version 1 to 2: plugins by URI instead of id, in their tables and in both lists."""
    plugins = top.entries.get("plugins")
    if isinstance(plugins, Table):
        plugins.entries = {
            full_name(key, entry.location, tell): entry for key, entry in plugins.entries.items()
        }
    for key in ("disabled_plugins", "required_plugins"):
        leaf = top.entries.get(key)
        if isinstance(leaf, Leaf) and isinstance(leaf.value, list):
            names = [full_name(name, location, tell) for name, location in leaf.items]
            top.entries[key] = replace(leaf, value=names)


def migrate_plugins(plugins: Table, enabled: Collection[str] | None = None) -> None:
    """Version 2 to 3: what the plugins' own migrations do. ``enabled``: only those of these plugins are run."""
    for uri, migration in _MIGRATIONS:
        if enabled is None or uri in enabled:
            migration(plugins)


def _take(source: Table, into: Table, keys: Iterable[str]) -> None:
    for key in keys:
        if key in source:
            into.entries[key] = source.entries[key]


def _inner(parent: Table, key: str, like: Table) -> Table:
    """The table under a key, made where there is none."""
    found = parent.entries.get(key)
    if not isinstance(found, Table):
        found = parent.entries[key] = Table(like.location)
    return found


def _migrate_images(plugins: Table) -> None:
    source = plugins.get(_CRI)
    if not isinstance(source, Table):
        return
    images = _inner(plugins, _IMAGES, source)
    if "sandbox_image" in source:
        _inner(images, "pinned_images", source).entries["sandbox"] = source.entries["sandbox_image"]
    _take(source, images, _IMAGE_KEYS)
    containerd = source.get("containerd")
    # Without runtimes of its own the snapshotter settings are left behind: the migration returns before them.
    if isinstance(containerd, Table) and isinstance(containerd.get("runtimes"), Table):
        _take(containerd, images, _SNAPSHOT_KEYS)


def _migrate_runtime(plugins: Table) -> None:
    source = plugins.get(_CRI)
    if not isinstance(source, Table):
        return
    runtime = _inner(plugins, _RUNTIME, source)
    elsewhere = {"cni", "containerd", "sandbox_image", *_IMAGE_KEYS, *_SERVER_KEYS}
    for key, entry in source.entries.items():
        if key not in elsewhere:
            runtime.entries.setdefault(key, entry)
    cni = source.get("cni")
    if isinstance(cni, Table):
        target = _inner(runtime, "cni", cni)
        for key, entry in cni.entries.items():
            if key == "bin_dir" and isinstance(entry, Leaf):
                target.entries["bin_dirs"] = Leaf([entry.value], entry.location, (entry.location,))
            else:
                target.entries.setdefault(key, entry)
    containerd = source.get("containerd")
    if isinstance(containerd, Table):
        target = _inner(runtime, "containerd", containerd)
        for key, entry in containerd.entries.items():
            if key not in _SNAPSHOT_KEYS:
                target.entries.setdefault(key, entry.copy() if isinstance(entry, Table) else entry)
        _rename_sandbox_mode(target)


def _rename_sandbox_mode(containerd: Table) -> None:
    for entry in containerd.table("runtimes").entries.values():
        if isinstance(entry, Table) and "sandbox_mode" in entry and "sandboxer" not in entry:
            entry.entries["sandboxer"] = entry.entries.pop("sandbox_mode")


def _migrate_cri(plugins: Table) -> None:
    source = plugins.get(_CRI)
    if isinstance(source, Table):
        plugins.entries[_CRI] = Table(
            source.location, {k: e for k, e in source.entries.items() if k in _SERVER_KEYS}
        )


def _renamed(old: str, new: str) -> Callable[[Table], None]:
    def migrate(plugins: Table) -> None:
        if old in plugins:
            plugins.entries[new] = plugins.entries.pop(old)

    return migrate


def _migrate_shims(plugins: Table) -> None:
    source = plugins.get("io.containerd.runtime.v2.task")
    if not isinstance(source, Table):
        return
    made = Table(source.location)
    core = source.entries.pop("sched_core", None)
    if isinstance(core, Leaf) and core.value is True:
        made.entries["env"] = Leaf(["SCHED_CORE=1"], core.location, (core.location,))
    plugins.entries["io.containerd.shim.v1.manager"] = made


_MIGRATIONS: tuple[tuple[str, Callable[[Table], None]], ...] = (
    (_IMAGES, _migrate_images),
    (_RUNTIME, _migrate_runtime),
    (_CRI, _migrate_cri),
    (
        "io.containerd.monitor.container.v1.restart",
        _renamed("io.containerd.internal.v1.restart", "io.containerd.monitor.container.v1.restart"),
    ),
    (
        "io.containerd.monitor.task.v1.cgroups",
        _renamed("io.containerd.monitor.v1.cgroups", "io.containerd.monitor.task.v1.cgroups"),
    ),
    ("io.containerd.shim.v1.manager", _migrate_shims),
)


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

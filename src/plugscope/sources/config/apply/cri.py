"""What CRI refuses to start with.

Facts: ``ValidatePluginConfig`` (1.x) and ``ValidateImageConfig``, ``ValidateRuntimeConfig``, ``ValidateServerConfig``
(2.x) of ``config/config.go``, read in 1.6.20, 1.7.24 and 2.1.9. Checks that look at the machine are not repeated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plugscope.sources.config.read import duration_error

from .effective import Effective

Refusal = tuple[str, tuple[str, ...]]
"""The daemon's words, and the path of the setting that they are about."""

_LINUX_V1 = "io.containerd.runtime.v1.linux"


def refused_by_1(config: Effective) -> Refusal | None:
    """The first fault of a 1.x CRI configuration."""
    return next(_faults_of_1(config), None)


def _faults_of_1(config: Effective) -> Iterator[Refusal]:
    yield from _runtime_names(config)
    yield from _only_v1(config)
    if config.release.number >= (1, 7):
        yield from _device_rights(config)
    yield from _registry(config, with_tls=True)
    yield from _duration(config, "stream_idle_timeout", "invalid stream idle timeout: ")
    if config.release.number >= (1, 7):
        yield from _duration(config, "image_pull_progress_timeout", "invalid image pull progress timeout: ")
        yield from _duration(config, "drain_exec_sync_io_timeout", "invalid `drain_exec_sync_io_timeout`: ")


def image_refusal(config: Effective) -> Refusal | None:
    """The first fault of ``cri.v1.images``."""
    words = "invalid image pull progress timeout: "
    return next(_registry(config), None) or next(
        _duration(config, "image_pull_progress_timeout", words), None
    )


def runtime_refusal(config: Effective) -> Refusal | None:
    """The first fault of ``cri.v1.runtime``."""
    return next(_faults_of_runtime(config), None)


def _faults_of_runtime(config: Effective) -> Iterator[Refusal]:
    yield from _runtime_names(config)
    if (
        config.value("cni", "bin_dir")
        and config.is_set("cni", "bin_dirs")
        and config.value("cni", "bin_dirs")
    ):
        yield "`cni.bin_dir` and `cni.bin_dirs` cannot be set at the same time", ("cni", "bin_dir")
    yield from _device_rights(config)
    for name in config.keys("containerd", "runtimes"):
        kind = config.value("containerd", "runtimes", name, "io_type")
        if kind not in (None, "", "streaming", "fifo"):
            path = ("containerd", "runtimes", name, "io_type")
            yield "`io_type` can only be `streaming` or `named_pipe`", path
    yield from _duration(config, "drain_exec_sync_io_timeout", "invalid `drain_exec_sync_io_timeout`: ")


def server_refusal(config: Effective) -> Refusal | None:
    """The first fault of 2.x's ``grpc.v1.cri``."""
    return next(_duration(config, "stream_idle_timeout", "invalid stream idle timeout: "), None)


def _runtime_names(config: Effective) -> Iterator[Refusal]:
    """The default runtime has to be one of those that are configured."""
    names = set(config.keys("containerd", "runtimes"))
    path = ("containerd", "default_runtime_name")
    if config.value("containerd", "untrusted_workload_runtime", "runtime_type") and "untrusted" in names:
        both = '`untrusted_workload_runtime` and `runtimes["untrusted"]`'
        words = f"conflicting definitions: configuration includes both {both}"
        yield words, ("containerd", "untrusted_workload_runtime")
    if config.value("containerd", "default_runtime", "runtime_type"):
        return
    name = config.value(*path)
    if name == "":
        yield "`default_runtime_name` is empty", path
    elif isinstance(name, str) and name not in names:
        where = "`containerd.runtimes` for `containerd`"
        yield f'no corresponding runtime configured in {where} `default_runtime_name = "{name}"', path


def _only_v1(config: Effective) -> Iterator[Refusal]:
    """Settings that belong to the v1 runtime."""
    default = str(config.value("containerd", "default_runtime_name") or "")
    if _kind(config, default) != _LINUX_V1:
        if config.value("systemd_cgroup") is True:
            yield f"`systemd_cgroup` only works for runtime {_LINUX_V1}", ("systemd_cgroup",)
        if config.value("containerd", "no_pivot") is True:
            yield f"`no_pivot` only works for runtime {_LINUX_V1}", ("containerd", "no_pivot")
    for name in config.keys("containerd", "runtimes"):
        for key in ("runtime_engine", "runtime_root"):
            path = ("containerd", "runtimes", name, key)
            if config.value(*path) and _kind(config, name) != _LINUX_V1:
                yield f"`{key}` only works for runtime {_LINUX_V1}", path


def _kind(config: Effective, runtime: str) -> object:
    return config.value("containerd", "runtimes", runtime, "runtime_type")


def _device_rights(config: Effective) -> Iterator[Refusal]:
    for name in config.keys("containerd", "runtimes"):
        path = ("containerd", "runtimes", name)
        key = "privileged_without_host_devices_all_devices_allowed"
        if config.value(*path, key) is True and not config.value(*path, "privileged_without_host_devices"):
            yield f"`{key}` requires `privileged_without_host_devices` to be enabled", (*path, key)


def _registry(config: Effective, with_tls: bool = False) -> Iterator[Refusal]:
    """``config_path`` and the older ways to configure registries exclude each other."""
    if not config.value("registry", "config_path"):
        return
    if config.keys("registry", "mirrors"):
        yield "`mirrors` cannot be set when `config_path` is provided", ("registry", "mirrors")
    for host in config.keys("registry", "configs") if with_tls else ():
        if config.is_set("registry", "configs", host, "tls"):
            path = ("registry", "configs", host, "tls")
            yield "`configs.tls` cannot be set when `config_path` is provided", path


def _duration(config: Effective, key: str, words: str) -> Iterator[Refusal]:
    text = config.value(key)
    if isinstance(text, str) and text and (error := duration_error(text)):
        yield words + error, (key,)

"""What CRI refuses to start with: each fault in the daemon's words, and the setting that it is about."""

from __future__ import annotations

from typing import Any

import pytest

from plugscope.sources.config.apply.cri import image_refusal, refused_by_1, runtime_refusal, server_refusal
from plugscope.sources.config.apply.effective import Effective
from plugscope.sources.release import Release
from plugscope.sources.toml import located

RUNC = {
    "containerd": {
        "default_runtime_name": "runc",
        "runtimes": {"runc": {"runtime_type": "io.containerd.runc.v2"}},
    }
}
LINUX = "io.containerd.runtime.v1.linux"
NAME = ("containerd", "default_runtime_name")
ENGINE, ROOT = (("containerd", "runtimes", "runc", f"runtime_{what}") for what in ("engine", "root"))
UNTRUSTED = {"untrusted_workload_runtime": {"runtime_type": "x"}, "runtimes": {"runc": {}, "untrusted": {}}}


def config(user: dict[str, Any], release: str = "1.7.24", default: dict[str, Any] | None = None) -> Effective:
    """CRI's settings: what a file says on top of one runtime."""
    return Effective(located(user, {}), RUNC if default is None else default, Release(release))


def runtime(**settings: Any) -> dict[str, Any]:
    """A file with one runtime and these settings of it."""
    return {"containerd": {"runtimes": {"runc": settings}}}


@pytest.mark.parametrize(
    ("user", "words", "path"),
    [
        ({}, None, ()),
        ({"containerd": {"default_runtime_name": ""}}, "`default_runtime_name` is empty", NAME),
        ({"containerd": {"default_runtime_name": "gvisor"}}, "no corresponding runtime", NAME),
        ({"containerd": {"default_runtime_name": "gvisor", "default_runtime": {"runtime_type": "x"}}}, None, ()),
        (
            {"containerd": UNTRUSTED},
            "conflicting definitions",
            ("containerd", "untrusted_workload_runtime"),
        ),
        ({"systemd_cgroup": True}, f"`systemd_cgroup` only works for runtime {LINUX}", ("systemd_cgroup",)),
        ({"containerd": {"no_pivot": True}}, "`no_pivot` only works", ("containerd", "no_pivot")),
        (
            {"systemd_cgroup": True, "containerd": {"runtimes": {"runc": {"runtime_type": LINUX}}}},
            None,
            (),
        ),
        (runtime(runtime_engine="x"), "`runtime_engine` only works", ENGINE),
        (runtime(runtime_root="x"), "`runtime_root` only works", ROOT),
        (
            runtime(privileged_without_host_devices_all_devices_allowed=True),
            "requires `privileged_without_host_devices`",
            ("containerd", "runtimes", "runc", "privileged_without_host_devices_all_devices_allowed"),
        ),
        (
            runtime(privileged_without_host_devices_all_devices_allowed=True, privileged_without_host_devices=True),
            None,
            (),
        ),
        ({"registry": {"mirrors": {"docker.io": {}}}}, None, ()),
        (
            {"registry": {"config_path": "/certs", "mirrors": {"docker.io": {}}}},
            "`mirrors` cannot be set when `config_path` is provided",
            ("registry", "mirrors"),
        ),
        (
            {"registry": {"config_path": "/certs", "configs": {"x": {"tls": {}}}}},
            "`configs.tls` cannot be set",
            ("registry", "configs", "x", "tls"),
        ),
        ({"registry": {"config_path": "/certs", "configs": {"x": {"auth": {}}}}}, None, ()),
        ({"stream_idle_timeout": "4h"}, None, ()),
        ({"stream_idle_timeout": ""}, None, ()),
        ({"stream_idle_timeout": "soon"}, "invalid stream idle timeout: time: ", ("stream_idle_timeout",)),
        ({"drain_exec_sync_io_timeout": "5"}, "invalid `drain_exec_sync_io_timeout`", ("drain_exec_sync_io_timeout",)),
        ({"image_pull_progress_timeout": "1x"}, "time: unknown unit", ("image_pull_progress_timeout",)),
    ],
)  # fmt: skip
def test_what_1_x_refuses(user: dict[str, Any], words: str | None, path: tuple[str, ...]) -> None:
    """One after the other, as ``ValidatePluginConfig`` goes."""
    found = refused_by_1(config(user))
    if words is None:
        assert found is None
    else:
        assert found is not None
        assert words in found[0]
        assert found[1] == path


@pytest.mark.parametrize(
    "user",
    [
        runtime(privileged_without_host_devices_all_devices_allowed=True),
        {"drain_exec_sync_io_timeout": "5"},
        {"image_pull_progress_timeout": "1x"},
    ],
)
def test_what_came_with_1_7_is_nothing_to_1_6(user: dict[str, Any]) -> None:
    """A setting that a release does not know it does not check."""
    assert refused_by_1(config(user, "1.6.20")) is None
    assert refused_by_1(config(user, "1.7.24")) is not None


@pytest.mark.parametrize(
    ("user", "words"),
    [
        ({}, None),
        ({"containerd": {"default_runtime_name": "gvisor"}}, "no corresponding runtime"),
        ({"cni": {"bin_dir": "/a", "bin_dirs": ["/b"]}}, "cannot be set at the same time"),
        ({"cni": {"bin_dir": "/a", "bin_dirs": []}}, None),
        ({"cni": {"bin_dir": "/a"}}, None),
        (runtime(io_type="streaming"), None),
        (runtime(io_type="fifo"), None),
        (runtime(io_type="pipe"), "`io_type` can only be"),
        ({"drain_exec_sync_io_timeout": "5"}, "missing unit"),
        ({"systemd_cgroup": True}, None),
    ],
)
def test_what_2_x_refuses_of_the_runtime(user: dict[str, Any], words: str | None) -> None:
    """The v1 runtime is gone, and its settings with it."""
    found = runtime_refusal(config(user, "2.1.9"))
    assert (found is None) == (words is None)
    assert found is None or words is None or words in found[0]


def test_what_2_x_refuses_of_images_and_of_the_server() -> None:
    """Each part of CRI checks its own; TLS settings are images' no more."""
    mirrors = {"registry": {"config_path": "/certs", "mirrors": {"x": {}}}}
    tls = {"registry": {"config_path": "/certs", "configs": {"x": {"tls": {}}}}}
    found = image_refusal(config(mirrors, "2.1.9"))
    assert found is not None and "`mirrors`" in found[0]
    assert image_refusal(config(tls, "2.1.9")) is None
    slow = image_refusal(config({"image_pull_progress_timeout": "soon"}, "2.1.9"))
    assert slow is not None and slow[1] == ("image_pull_progress_timeout",)
    idle = server_refusal(config({"stream_idle_timeout": "soon"}, "2.1.9"))
    assert idle is not None and idle[0].startswith("invalid stream idle timeout: ")
    assert server_refusal(config({"registry": mirrors}, "2.1.9")) is None


@pytest.mark.parametrize(("release", "known"), [("1.7.24", ["kata"]), ("2.1.9", ["runc", "kata"])])
def test_a_map_of_the_file_hides_the_defaults_in_1_x_alone(release: str, known: list[str]) -> None:
    """So that naming one runtime loses runc there, and with it the default."""
    it = config({"containerd": {"runtimes": {"kata": {"runtime_type": "k"}}}}, release)
    assert it.keys("containerd", "runtimes") == known
    assert it.value("containerd", "runtimes", "kata", "runtime_type") == "k"
    hidden = it.value("containerd", "runtimes", "runc", "runtime_type")
    assert hidden == (None if release == "1.7.24" else "io.containerd.runc.v2")
    listed = {setting.key for setting in it.settings()}
    assert ("containerd.runtimes.runc.runtime_type" in listed) == (release == "2.1.9")
    refusal = refused_by_1(it) if release == "1.7.24" else runtime_refusal(it)
    assert (refusal is None) == (release == "2.1.9")


def test_settings_in_force_are_told_with_their_place() -> None:
    """By key; a default has none; what the release does not look at is marked."""
    it = config({"b": {"x": 1}, "a": 2}, default={"a": 1, "c": {"y": 3}})
    found = [(setting.key, setting.value, setting.ignored) for setting in it.settings([("b",)])]
    assert found == [("a", 2, False), ("b.x", 1, True), ("c.y", 3, False)]
    assert (it.value("a"), it.value("c", "y"), it.value("none"), it.value("b")) == (2, 3, None, {"x": 1})
    assert it.is_set("a") and not it.is_set("c")
    assert it.location("c", "y") == ""

"""Bringing older configurations up: ids to URIs, CRI's settings to its parts, the server's to its plugins."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.config.read import CORE_IDS, full_name
from plugscope.sources.config.read.migrate import migrate_plugins, move_server_settings, rename_ids
from plugscope.sources.toml import NOWHERE, Table, located

CRI, IMAGES, RUNTIME = (
    "io.containerd.grpc.v1.cri",
    "io.containerd.cri.v1.images",
    "io.containerd.cri.v1.runtime",
)
TASK, SHIM = "io.containerd.runtime.v2.task", "io.containerd.shim.v1.manager"


def migrated(plugins: dict[str, Any], enabled: list[str] | None = None) -> dict[str, Any]:
    """What the plugins' own migrations make of their tables."""
    table = located(plugins, {})
    migrate_plugins(table, enabled)
    return table.plain()


def renamed(top: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """A file of version 1 as one of version 2, and the ids that had to be guessed."""
    guessed: list[str] = []
    table = located(top, {})
    rename_ids(table, lambda name, _uri, _location: guessed.append(name))
    return table.plain(), guessed


@pytest.mark.parametrize(
    ("name", "uri", "is_guess"),
    [
        *((id_, uri, False) for id_, uri in CORE_IDS.items()),
        ("tasks-service", "io.containerd.service.v1.tasks-service", False),
        ("content", "io.containerd.grpc.v1.content", True),
        ("windows", "io.containerd.snapshotter.v1.windows", True),
        ("windows-lcow", "io.containerd.snapshotter.v1.windows-lcow", True),
        ("io.containerd.grpc.v1.cri", "io.containerd.grpc.v1.cri", False),
        ("a.b", "a.b", False),
    ],
)
def test_an_id_becomes_the_uri_that_2_x_takes_it_for(name: str, uri: str, is_guess: bool) -> None:
    """What has a dot is one already; whatever it has to guess it says."""
    told: list[tuple[str, str]] = []
    assert full_name(name, NOWHERE, lambda *said: told.append(said[:2])) == uri
    assert told == ([(name, uri)] if is_guess else [])


def test_ids_are_renamed_in_tables_and_in_both_lists() -> None:
    """And nowhere else; a value keeps its own words."""
    top = {
        "root": "cri",
        "disabled_plugins": ["zfs", "content"],
        "required_plugins": ["cri"],
        "imports": ["cri"],
        "plugins": {"cri": {"sandbox_image": "cri"}, "tasks-service": {}},
    }
    found, guessed = renamed(top)
    assert found == {
        "root": "cri",
        "disabled_plugins": ["io.containerd.snapshotter.v1.zfs", "io.containerd.grpc.v1.content"],
        "required_plugins": [CRI],
        "imports": ["cri"],
        "plugins": {CRI: {"sandbox_image": "cri"}, "io.containerd.service.v1.tasks-service": {}},
    }
    assert guessed == ["content"]


@given(st.lists(st.sampled_from([*CORE_IDS, "content", "x-service", "a.v1.b"]), max_size=4))
def test_renaming_twice_is_renaming_once(names: list[str]) -> None:
    """A URI stays one."""
    once, _ = renamed({"disabled_plugins": names})
    assert renamed(once) == (once, [])


def test_cri_becomes_three_plugins() -> None:
    """Images, runtime and the server each get what is theirs; nothing is lost but what 2.x has no more."""
    found = migrated(
        {
            CRI: {
                "sandbox_image": "pause:3",
                "registry": {"config_path": "/certs"},
                "max_concurrent_downloads": 5,
                "stream_server_port": "10010",
                "enable_selinux": True,
                "cni": {"bin_dir": "/opt/cni", "conf_dir": "/etc/cni"},
                "containerd": {
                    "snapshotter": "zfs",
                    "default_runtime_name": "runc",
                    "runtimes": {"runc": {"sandbox_mode": "podsandbox", "runtime_type": "x"}},
                },
            }
        }
    )
    assert found[CRI] == {"stream_server_port": "10010"}
    assert found[IMAGES] == {
        "pinned_images": {"sandbox": "pause:3"},
        "registry": {"config_path": "/certs"},
        "max_concurrent_downloads": 5,
        "snapshotter": "zfs",
    }
    assert found[RUNTIME] == {
        "enable_selinux": True,
        "cni": {"bin_dirs": ["/opt/cni"], "conf_dir": "/etc/cni"},
        "containerd": {
            "default_runtime_name": "runc",
            "runtimes": {"runc": {"sandboxer": "podsandbox", "runtime_type": "x"}},
        },
    }


def test_without_runtimes_the_snapshotter_is_left_behind() -> None:
    """The migration returns before it: a trap that is worth showing."""
    found = migrated({CRI: {"containerd": {"snapshotter": "zfs"}}})
    assert "snapshotter" not in found[IMAGES]
    assert "snapshotter" not in found[RUNTIME].get("containerd", {})


def test_what_the_new_plugins_have_already_stays() -> None:
    """A file may be half way: what was written for 2.x counts."""
    found = migrated(
        {
            CRI: {"enable_selinux": True, "cni": {"conf_dir": "/old"}},
            RUNTIME: {"enable_selinux": False, "cni": {"conf_dir": "/new"}},
        }
    )
    assert found[RUNTIME] == {"enable_selinux": False, "cni": {"conf_dir": "/new"}}


def test_a_sandboxer_that_is_named_is_not_named_again() -> None:
    """The older key then stays where nobody reads it."""
    runtimes = {"runc": {"sandbox_mode": "old", "sandboxer": "new"}}
    found = migrated({CRI: {"containerd": {"runtimes": runtimes}}})
    assert found[RUNTIME]["containerd"]["runtimes"] == runtimes


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("io.containerd.internal.v1.restart", "io.containerd.monitor.container.v1.restart"),
        ("io.containerd.monitor.v1.cgroups", "io.containerd.monitor.task.v1.cgroups"),
    ],
)
def test_plugins_that_moved_take_their_table_along(old: str, new: str) -> None:
    """Only where their migration runs: that of a disabled plugin does not."""
    assert migrated({old: {"interval": "9s"}}) == {new: {"interval": "9s"}}
    assert migrated({old: {"interval": "9s"}}, [new]) == {new: {"interval": "9s"}}
    assert migrated({old: {"interval": "9s"}}, []) == {old: {"interval": "9s"}}
    assert migrated({"other": {}}) == {"other": {}}


@pytest.mark.parametrize(("core", "shim"), [(True, {"env": ["SCHED_CORE=1"]}), (False, {}), ("yes", {})])
def test_core_scheduling_becomes_an_environment(core: object, shim: dict[str, object]) -> None:
    """Of the shims; the task service keeps the rest."""
    assert migrated({TASK: {"platforms": ["x"], "sched_core": core}}) == {
        TASK: {"platforms": ["x"]},
        SHIM: shim,
    }
    assert migrated({TASK: {}}) == {TASK: {}, SHIM: {}}


def served(top: dict[str, Any]) -> dict[str, Any]:
    """The tables of the server's plugins that a file of version 3 becomes."""
    table = located(top, {})
    move_server_settings(table)
    return table.table("plugins").plain()


SERVER = "io.containerd.server.v1"


@pytest.mark.parametrize(
    ("top", "plugins"),
    [
        ({}, {}),
        ({"grpc": {"uid": 1}}, {}),
        (
            {"grpc": {"address": "/run/c", "uid": 1, "other": 2}},
            {
                f"{SERVER}.grpc": {"address": "/run/c", "uid": 1},
                f"{SERVER}.ttrpc": {"address": "/run/c.ttrpc"},
            },
        ),
        (
            {"grpc": {"tcp_address": ":1", "tcp_tls_ca": "ca"}},
            {f"{SERVER}.grpc-tcp": {"address": ":1", "tls_ca": "ca"}},
        ),
        ({"ttrpc": {"address": "/run/t", "gid": 3}}, {f"{SERVER}.ttrpc": {"address": "/run/t", "gid": 3}}),
        ({"ttrpc": {"uid": 3}}, {f"{SERVER}.ttrpc": {"uid": 3}}),
        ({"debug": {"address": "/run/d", "level": "info"}}, {f"{SERVER}.debug": {"address": "/run/d"}}),
        (
            {"metrics": {"address": ":9", "grpc_histogram": True}},
            {
                "io.containerd.metrics.v1.grpc-prometheus": {"grpc_histogram": True},
                f"{SERVER}.metrics": {"address": ":9"},
            },
        ),
        ({"metrics": {"grpc_histogram": False}}, {}),
    ],
)
def test_the_server_s_settings_become_those_of_its_plugins(
    top: dict[str, Any], plugins: dict[str, Any]
) -> None:
    """Only where the key that matters is set; ttrpc has gRPC's address with an ending if it has none."""
    assert served(top) == plugins


def test_a_server_plugin_with_a_table_is_left_as_it_is() -> None:
    """Whoever wrote it knew of version 4."""
    mine = {f"{SERVER}.grpc": {"address": "/mine"}, f"{SERVER}.ttrpc": {"uid": 1}}
    assert served({"grpc": {"address": "/old"}, "ttrpc": {"uid": 2}, "plugins": mine}) == mine


def test_plugins_that_are_no_table_are_not_touched() -> None:
    """A misfit is told elsewhere."""
    table = located({"plugins": 3, "grpc": {"address": "/x"}}, {})
    move_server_settings(table)
    rename_ids(table, lambda *_: None)
    assert table.plain() == {"plugins": 3, "grpc": {"address": "/x"}}
    assert Table().plain() == {}

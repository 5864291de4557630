"""The server's loop: it goes on after a failure, and aborts where containerd aborts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from tests.plugin.sample import ERAS

from plugscope.plugin import (
    Boot,
    BootAborted,
    InitContext,
    Plugin,
    Registration,
    Registry,
    Semantics,
    SkipPlugin,
)


def fails(message: str) -> Callable[[InitContext], Any]:
    def init(ic: InitContext) -> Any:
        raise RuntimeError(message)

    return init


def skips(ic: InitContext) -> Any:
    raise SkipPlugin("no zfs here")


def outcomes(boot: Boot) -> dict[str, str]:
    return {plugin.registration.uri: str(plugin.err or "ok") for plugin in boot.plugins}


def aborted(boot: Boot) -> BootAborted:
    with pytest.raises(BootAborted) as raised:
        boot.run()
    return raised.value


@dataclass
class StoreConfig:
    path: str = "/srv"
    size: int = 1


def test_the_boot_goes_on_after_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    """A failure is a warning, a skip is information, and those after it start all the same."""
    registry = Registry(
        [
            Registration("a", "broken", init_fn=fails("disk")),
            Registration("a", "unwanted", init_fn=skips),
            Registration("b", "fine", init_fn=lambda ic: "fine"),
        ]
    )
    with caplog.at_level(logging.INFO, "plugscope.boot"):
        boot = Boot(registry)
        boot.run()
    assert outcomes(boot) == {"a.broken": "disk", "a.unwanted": "no zfs here: skip plugin", "b.fine": "ok"}
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "failed to load plugin a.broken: disk"),
        ("INFO", "skip loading plugin a.unwanted: no zfs here: skip plugin"),
    ]


def test_a_plugin_gets_directories_of_its_own() -> None:
    """Root and state are joined with its URI; the address is the daemon's. Properties say the same."""
    seen: list[InitContext] = []
    boot = Boot(
        Registry([Registration("a", "x", init_fn=seen.append)]),
        root="/var/lib/containerd",
        state="/run/containerd",
        address="/run/containerd/containerd.sock",
        context="the context",
    )
    boot.run()
    (ic,) = seen
    assert (ic.root, ic.state) == ("/var/lib/containerd/a.x", "/run/containerd/a.x")
    assert (ic.address, ic.context) == ("/run/containerd/containerd.sock", "the context")
    assert ic.properties == {
        "io.containerd.plugin.root": "/var/lib/containerd/a.x",
        "io.containerd.plugin.state": "/run/containerd/a.x",
        "io.containerd.plugin.grpc.address": "/run/containerd/containerd.sock",
    }
    assert ic.events is boot.events
    assert ic.plugins is boot.plugins


def test_configuration_reaches_the_plugin_decoded(caplog: pytest.LogCaptureFixture) -> None:
    """What the user set lies over the defaults; unknown keys are warned of; without defaults nothing is decoded."""
    boot = Boot(
        Registry([Registration("a", "x", config=StoreConfig()), Registration("a", "y")]),
        config={"a.x": {"size": 3, "sice": 4}, "a.y": {"size": 5}},
    )
    boot.run()
    x, y = boot.plugins
    assert x.config == StoreConfig(size=3)
    assert y.config is None
    assert [record.getMessage() for record in caplog.records] == ["Ignoring unknown key sice for plugin a.x"]


def test_configuration_that_does_not_fit_aborts() -> None:
    """At once, before the init function; containerd's message names no plugin, the error does."""
    ran: list[InitContext] = []
    registry = Registry(
        [
            Registration("a", "x", init_fn=ran.append),
            Registration("a", "y", config=StoreConfig(), init_fn=ran.append),
            Registration("a", "z", init_fn=ran.append),
        ]
    )
    error = aborted(Boot(registry, config={"a.y": {"size": "big"}}))
    assert (error.stage, error.uri) == ("plugin-config-decode", "a.y")
    assert str(error) == "size: expected int, found str 'big'"
    assert len(ran) == 1


@pytest.mark.parametrize(
    ("init", "words"),
    [(fails("disk"), "disk"), (skips, "no zfs here: skip plugin")],
    ids=["failed", "skipped"],
)
def test_a_required_plugin_that_does_not_come_up_aborts(
    init: Callable[[InitContext], Any], words: str
) -> None:
    """At once: those after it are not started."""
    registry = Registry([Registration("a", "x", init_fn=init), Registration("b", "y")])
    boot = Boot(registry, required=["a.x"])
    error = aborted(boot)
    assert str(error) == f"load required plugin a.x: {words}"
    assert (error.stage, error.uri) == ("required-failed", "a.x")
    assert list(outcomes(boot)) == ["a.x"]


def test_a_required_plugin_that_is_not_there_aborts_at_the_end() -> None:
    """After all others; disabled and unknown ones alike."""
    registry = Registry([Registration("a", "x"), Registration("b", "y")])
    boot = Boot(registry, required=["a.x", "b.y", "c.z"], disable=["a.x"])
    error = aborted(boot)
    assert str(error) == "required plugin [a.x c.z] not included"
    assert error.stage == "required-missing"
    assert list(outcomes(boot)) == ["b.y"]


def test_a_required_plugin_that_comes_up_is_no_matter() -> None:
    """The boot ends well."""
    boot = Boot(Registry([Registration("a", "x")]), required=["a.x"])
    assert len(boot.run()) == 1


def test_failing_after_registering_readiness_aborts() -> None:
    """1.7.7 and later: who says it will be ready, and then fails, takes the daemon along."""

    def init(ic: InitContext) -> Any:
        ic.register_readiness()
        raise RuntimeError("cni")

    error = aborted(Boot(Registry([Registration("cri", "x", init_fn=init)])))
    assert str(error) == "plugin failed after registering readiness cri.x: cni"
    assert error.stage == "readiness"


def test_the_boot_is_ready_when_all_who_said_so_are() -> None:
    """``register_readiness`` gives the function to call once the plugin is ready."""
    waiting: list[Callable[[], None]] = []

    def init(ic: InitContext) -> None:
        waiting.append(ic.register_readiness())

    boot = Boot(Registry([Registration("a", "x", init_fn=init), Registration("a", "y", init_fn=init)]))
    boot.run()
    assert not boot.is_ready
    waiting[0]()
    assert not boot.is_ready
    waiting[1]()
    assert boot.is_ready


def test_a_classic_duplicate_aborts_when_the_set_refuses_it() -> None:
    """1.0 to 1.2 find the duplicate after its init function ran."""
    ran: list[InitContext] = []
    twice = [Registration("a", "x", init_fn=ran.append) for _ in range(2)]
    error = aborted(Boot(Registry(twice, Semantics.CLASSIC)))
    assert str(error) == (
        "could not add plugin result to plugin set: plugin a.x already initialized: already exists"
    )
    assert error.stage == "plugin-set-add"
    assert len(ran) == 2


@pytest.mark.parametrize("era", ERAS)
def test_a_boot_goes_plugin_by_plugin(era: Semantics) -> None:
    """``steps`` yields each plugin as soon as it is in the set."""
    registry = Registry(
        [Registration("b", "y", ["a"], init_fn=lambda ic: len(ic.get_all())), Registration("a", "x")], era
    )
    boot = Boot(registry)
    sizes = [(plugin.registration.uri, len(boot.plugins)) for plugin in boot.steps()]
    assert sizes == [("a.x", 1), ("b.y", 2)]
    assert [plugin.instance() for plugin in boot.plugins] == [None, 1]


def test_what_ends_the_process_is_not_kept() -> None:
    """An init function that exits is no failed plugin."""

    def leave(ic: InitContext) -> Any:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        Boot(Registry([Registration("a", "x", init_fn=leave)])).run()


def test_meta_is_what_the_init_function_filled_in() -> None:
    """And it stays with the plugin when the init fails."""

    def init(ic: InitContext) -> Any:
        ic.meta.exports["root"] = ic.root
        ic.meta.capabilities.append("remap-ids")
        raise RuntimeError("late")

    boot = Boot(Registry([Registration("a", "x", init_fn=init)]), root="/var")
    boot.run()
    (plugin,) = boot.plugins
    assert plugin.meta.exports == {"root": "/var/a.x"}
    assert plugin.meta.capabilities == ["remap-ids"]


class Closing:
    """An instance that says when it is closed."""

    def __init__(self, name: str, log: list[str], error: Exception | None = None) -> None:
        self.name, self.log, self.error = name, log, error

    def close(self) -> None:
        self.log.append(self.name)
        if self.error is not None:
            raise self.error


def test_closing_goes_in_reverse_and_past_errors(caplog: pytest.LogCaptureFixture) -> None:
    """The last one started is closed first; one that cannot be closed does not keep the others."""
    log: list[str] = []
    busy = OSError("busy")
    registry = Registry(
        [
            Registration("a", "x", init_fn=lambda ic: Closing("x", log)),
            Registration("a", "y", init_fn=lambda ic: Closing("y", log, busy)),
            Registration("a", "plain", init_fn=lambda ic: object()),
            Registration("a", "broken", init_fn=fails("disk")),
            Registration("a", "z", init_fn=lambda ic: Closing("z", log)),
        ]
    )
    boot = Boot(registry)
    boot.run()
    caplog.clear()
    assert boot.close() == {"a.y": busy}
    assert log == ["z", "y", "x"]
    assert caplog.messages == ["failed to close plugin a.y: busy"]


def test_two_plugins_speak_through_events() -> None:
    """One subscribes while it starts, a later one publishes while it starts."""

    def listen(ic: InitContext) -> Any:
        return ic.events.subscribe("/tasks")

    def speak(ic: InitContext) -> None:
        ic.events.publish("/tasks/start", {"pid": 7})
        ic.events.publish("/images/create", "busybox")

    registry = Registry(
        [
            Registration("speaker", "x", ["listener"], init_fn=speak),
            Registration("listener", "y", init_fn=listen),
        ]
    )
    boot = Boot(registry)
    boot.run()
    subscription = next(iter(boot.plugins)).instance()
    heard = subscription.get(timeout=1)
    assert (heard.topic, heard.event) == ("/tasks/start", {"pid": 7})
    with pytest.raises(TimeoutError):
        subscription.get(timeout=0.01)


def test_a_plugin_reads_well_in_a_debugger() -> None:
    """Its repr says who it is and how it came out."""
    assert repr(Plugin(Registration("a", "x"))) == "<Plugin a.x ok>"
    assert "disk" in repr(Plugin(Registration("a", "x"), err=RuntimeError("disk")))

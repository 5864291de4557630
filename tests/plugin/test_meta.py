"""What a plugin says about itself, and how its type is spoken."""

from __future__ import annotations

import pytest

from plugscope import plugin as model
from plugscope.plugin import InitContext, Meta, Platform, PluginSet, Registration, Type, short_type


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("linux/amd64", Platform("linux", "amd64")),
        ("linux/arm/v7", Platform("linux", "arm", "v7")),
        ("windows(10.0.17763)/amd64", Platform("windows", "amd64", os_version="10.0.17763")),
    ],
)
def test_a_platform_is_read_and_written_alike(text: str, platform: Platform) -> None:
    """os/architecture[/variant], the way containerd prints it."""
    assert Platform.parse(text) == platform
    assert str(platform) == text


@pytest.mark.parametrize("text", ["", "linux", "linux/", "/amd64", "a/b/c/d", "linux//v7"])
def test_what_is_no_platform_is_refused(text: str) -> None:
    """With what was expected and what was found."""
    with pytest.raises(ValueError, match=r"os/architecture\[/variant\]"):
        Platform.parse(text)


def test_a_copy_of_meta_is_out_of_reach() -> None:
    """Later changes to the original do not show in it."""
    meta = Meta([Platform("linux", "amd64")], {"a": "1"}, ["x"])
    copy = meta.copy()
    meta.platforms.clear()
    meta.exports["b"] = "2"
    meta.capabilities.append("y")
    assert copy == Meta([Platform("linux", "amd64")], {"a": "1"}, ["x"])


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("io.containerd.snapshotter.v1", "snapshotter"),
        ("io.containerd.runtime.v2", "runtime.v2"),
        ("io.containerd.monitor.task.v1", "monitor.task"),
        ("org.example.store.v1", "org.example.store"),
        ("plain", "plain"),
        ("v1", "v1"),
        (".v1", ".v1"),
        ("", ""),
    ],
)
def test_a_type_is_spoken_short(full: str, short: str) -> None:
    """Without containerd's vendor in front and version 1 behind, where it has them."""
    assert short_type(full) == short
    assert Type(full).short == short
    assert Type(full) == full


def test_new_context_is_newcontext_of_the_go_package() -> None:
    """It joins root and state with the URI and starts with empty Meta."""
    plugins = PluginSet()
    ic = InitContext.new("ctx", Registration("a", "x"), plugins, "/r", "/s", address="/sock")
    assert (ic.context, ic.root, ic.state, ic.address) == ("ctx", "/r/a.x", "/s/a.x", "/sock")
    assert ic.meta == Meta()
    assert ic.plugins is plugins


def test_properties_can_carry_more() -> None:
    """The 2.x shape is an open map; root, state and address read from it."""
    ic = InitContext(root="/r", properties={"own": "value", model.PROPERTY_STATE: "/other"})
    assert ic.properties["own"] == "value"
    assert (ic.root, ic.state) == ("/r", "/other")

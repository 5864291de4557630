"""From the bytes of a daemon's answer to what it says of each plugin, without a daemon."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.daemon.fake import plugins_reply

from plugscope.boot import Outcome
from plugscope.plugin import Platform
from plugscope.sources.daemon.error import DaemonError
from plugscope.sources.daemon.fact import MOST_ITEMS, MOST_PLUGINS, facts_of
from plugscope.sources.daemon.wire import message

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
plain = st.text("abcxyz019", min_size=1, max_size=6)
plugins = st.fixed_dictionaries(
    {"type": plain, "id": plain},
    optional={
        "requires": st.lists(plain, max_size=3),
        "platforms": st.lists(
            st.fixed_dictionaries({"os": plain, "architecture": plain}, optional={"variant": plain}),
            max_size=2,
        ),
        "exports": st.dictionaries(words, words, max_size=3),
        "capabilities": st.lists(words, max_size=3),
        "init_err": st.fixed_dictionaries({"code": st.integers(0, 16), "message": words}),
    },
)


@given(st.lists(plugins, max_size=6))
def test_an_answer_is_read_back(told: list[dict[str, Any]]) -> None:
    """Every field of every plugin, in the daemon's order."""
    facts = facts_of(plugins_reply(*told))
    assert [fact.uri for fact in facts] == [f"{one['type']}.{one['id']}" for one in told]
    for fact, one in zip(facts, told, strict=True):
        assert (fact.type, fact.id) == (one["type"], one["id"])
        assert fact.requires == tuple(one.get("requires", ()))
        assert fact.meta is not None
        assert fact.meta.exports == one.get("exports", {})
        assert list(fact.meta.exports) == sorted(fact.meta.exports)
        assert fact.meta.capabilities == one.get("capabilities", [])
        assert fact.meta.platforms == [
            Platform(p["os"], p["architecture"], p.get("variant", "")) for p in one.get("platforms", ())
        ]
        failed = "init_err" in one
        assert (fact.outcome is Outcome.OK) == (not failed)
        assert fact.error == (one["init_err"]["message"] if failed else "")


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, Outcome.OK),
        ("no zfs here: skip plugin", Outcome.SKIP),
        ("skip plugin: not configured", Outcome.SKIP),
        ("disk full", Outcome.ERROR),
        ("", Outcome.ERROR),
    ],
)
def test_a_skip_is_told_by_its_words(error: str | None, outcome: Outcome) -> None:
    """The API has errors alone; an error without words is one all the same."""
    more = {} if error is None else {"init_err": {"code": 2, "message": error}}
    (fact,) = facts_of(plugins_reply({"type": "a", "id": "x", **more}))
    assert fact.outcome is outcome


@pytest.mark.parametrize(
    "platform",
    [
        {"os": "", "architecture": "amd64"},
        {"os": "linux", "architecture": ""},
        {"os": "a/b", "architecture": "c"},
    ],
)
def test_a_platform_that_could_not_be_written_is_left_out(platform: dict[str, str]) -> None:
    """The plugin has the others."""
    good = {"os": "linux", "architecture": "arm64"}
    (fact,) = facts_of(plugins_reply({"type": "a", "id": "x", "platforms": [platform, good]}))
    assert fact.meta is not None
    assert list(map(str, fact.meta.platforms)) == ["linux/arm64"]


def test_more_than_a_daemon_can_have_is_refused() -> None:
    """In plugins, and in what they say in all; just as many are read."""
    one = {"type": "a", "id": "x"}
    assert len(facts_of(plugins_reply(*[one] * MOST_PLUGINS))) == MOST_PLUGINS
    with pytest.raises(DaemonError, match="2,001 plugins"):
        facts_of(plugins_reply(*[one] * (MOST_PLUGINS + 1)))
    facts_of(plugins_reply({**one, "capabilities": ["c"] * (MOST_ITEMS - 1)}))
    with pytest.raises(DaemonError, match="more than 100,000 things"):
        facts_of(plugins_reply({**one, "capabilities": ["c"] * MOST_ITEMS}))


def test_fields_that_are_not_known_are_passed_by() -> None:
    """A newer daemon says more; a message of another kind is empty or refused by the library, never misread."""
    newer = message("Plugin")(type="a", id="x").SerializeToString() + b"\xba\x3e\x03new"
    reply = message("PluginsResponse")(plugins=[newer]).SerializeToString()
    assert [fact.uri for fact in facts_of(reply)] == ["a.x"]
    assert facts_of(b"") == []


@pytest.mark.parametrize(
    "name", ["PluginsRequest", "Empty", "ServerResponse", "VersionResponse", "PluginInfoRequest"]
)
def test_a_message_is_made_once(name: str) -> None:
    """And an empty one takes no bytes."""
    assert message(name) is message(name)
    assert message(name)().SerializeToString() == b""

"""TOML as it is written, keys that stand twice, and what a daemon would refuse of a manifest."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.sample import plain_values, texts

from plugscope.plugin import Registration, Registry
from plugscope.sources.manifest.duplicate import DuplicateKey, duplicates, look_for_duplicates, unique
from plugscope.sources.manifest.schema_error import registration_errors
from plugscope.sources.manifest.toml_writer import NoTomlError, dumps

dates = st.sampled_from([date(2026, 11, 24), time(3, 13, 6), datetime(2026, 11, 24, 3, 13, 6, tzinfo=UTC)])
documents = st.dictionaries(
    texts,
    plain_values | dates | st.lists(st.dictionaries(texts, plain_values, max_size=3), max_size=3),
    max_size=4,
)


@given(documents)
def test_what_is_written_is_read_back(value: dict[str, Any]) -> None:
    """Any keys and values that TOML can hold: tables, lists of tables, dates, and texts with every sign."""
    assert tomllib.loads(dumps(value)) == value


@given(st.dictionaries(texts, st.floats(), max_size=3))
def test_every_number_has_a_way_to_be_written(value: dict[str, float]) -> None:
    """Those that are none as well."""
    assert repr(tomllib.loads(dumps(value))) == repr(value)


@pytest.mark.parametrize(
    ("value", "path"),
    [({"a": None}, "a"), ({"a": {"b": [1, None]}}, "b[1]"), ({"a": {1, 2}}, "a")],
)
def test_what_has_no_place_in_toml_is_told_with_its_path(value: dict[str, Any], path: str) -> None:
    """Not written as something else."""
    with pytest.raises(NoTomlError) as raised:
        dumps(value)
    assert raised.value.path.endswith(path)


# A key that stands twice

keys = st.sampled_from(["a", "b", "c"])
pairs = st.lists(st.tuples(keys, st.integers(0, 3)), max_size=4)


@given(pairs)
def test_both_hooks_notice_a_key_that_stands_twice(some: list[tuple[str, Any]]) -> None:
    """Whether anything is kept or not."""
    twice = len({key for key, _ in some}) != len(some)
    for hook in (unique, look_for_duplicates):
        if twice:
            with pytest.raises(DuplicateKey):
                hook(some)
        else:
            hook(some)
    assert twice or unique(some) == dict(some)


@given(pairs, pairs)
def test_each_key_that_stands_twice_is_told_once(
    outer: list[tuple[str, int]], inner: list[tuple[str, int]]
) -> None:
    """At any depth, with the table that it is in."""
    told = ", ".join(f'"{key}": {value}' for key, value in inner)
    text = "{" + ", ".join([*(f'"{key}": {value}' for key, value in outer), f'"in": [{{{told}}}]']) + "}"
    found = [str(problem) for problem in duplicates(text, "m")]
    wanted = [len([k for k, _ in some if k == key]) > 1 for some in (outer, inner) for key in "abc"]
    assert len(found) == sum(wanted)
    assert all("stands twice" in problem for problem in found)
    assert len([problem for problem in found if "in[0]" in problem]) == sum(wanted[3:])


def test_a_thousand_are_told_as_a_hundred() -> None:
    """Nobody reads more."""
    text = "{" + ", ".join(f'"k{n % 200}": 1' for n in range(1_000)) + "}"
    assert len(duplicates(text, "m")) == 100


# What a daemon would refuse

names = st.sampled_from(["", "a", "b", "c"])
entries = st.lists(
    st.fixed_dictionaries(
        {"type": names, "id": names},
        optional={"requires": st.lists(st.sampled_from(["a", "b", "*"]), max_size=2)},
    ),
    max_size=4,
)


@given(entries, st.sampled_from(["classic", "v1", "v2.0", "v2"]))
def test_refusals_of_a_manifest_are_those_of_a_registry(plugins: list[dict[str, Any]], era: str) -> None:
    """Told with their number, though the manifest itself may not be readable."""
    registry = Registry(semantics=era)
    wanted = set()
    for number, plugin in enumerate(plugins):
        if not plugin["type"] or not plugin["id"]:
            wanted.add(number)
            continue
        try:
            registry.register(Registration(plugin["type"], plugin["id"], plugin.get("requires", [])))
        except Exception:
            wanted.add(number)
    found = list(registration_errors({"plugscope": 1, "semantics": era, "plugin": plugins}))
    assert {path[1] for path, _, _ in found} == wanted
    assert all(path[0] == "plugin" and why for path, _, why in found)


@given(plain_values)
def test_any_value_has_refusals_or_none(value: Any) -> None:
    """It is asked of what is no manifest: nothing raises."""
    assert list(registration_errors(value)) is not None
    assert list(registration_errors({"plugin": value})) is not None
    assert list(registration_errors({"semantics": "of old", "plugin": [json.loads("{}")]})) == []

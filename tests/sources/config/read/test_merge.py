"""Laying an imported file over what was read before it, release by release."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.config.read.imports import merge
from plugscope.sources.release import Release
from plugscope.sources.toml import Leaf, Table, located, positions

OLD, NEW = Release("1.7.24"), Release("2.1.9")
scalars = st.sampled_from([0, "", False, 1, "x", True])
tables = st.dictionaries(
    st.sampled_from("abc"), scalars | st.dictionaries(st.sampled_from("xy"), scalars), max_size=3
)
files = st.fixed_dictionaries(
    {},
    optional={
        "root": st.sampled_from(["", "/a", "/b"]),
        "oom_score": st.integers(-1, 1),
        "disabled_plugins": st.lists(st.sampled_from("abc"), max_size=3),
        "grpc": st.dictionaries(st.sampled_from(["address", "uid"]), scalars, max_size=2),
        "timeouts": st.dictionaries(
            st.sampled_from(["one", "two"]), st.sampled_from(["1s", "2s"]), max_size=2
        ),
        "plugins": st.dictionaries(st.sampled_from(["p", "q"]), tables, max_size=2),
    },
)


def merged(first: dict[str, Any], second: dict[str, Any], release: Release) -> dict[str, Any]:
    """The plain values of two files, one over the other."""
    into = located(first, {})
    merge(into, located(second, {}), release)
    return into.plain()


def deep(one: Any, other: Any) -> Any:
    """Key by key, where both are tables."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return other
    return {**one, **{key: deep(one[key], value) if key in one else value for key, value in other.items()}}


@given(files, files, st.sampled_from([OLD, NEW]))
def test_merging_goes_section_by_section(
    first: dict[str, Any], second: dict[str, Any], release: Release
) -> None:
    """Zero overrides nothing at the top and in sections; in 1.x a plugin's table replaces, in 2.x its keys do."""
    found = merged(first, second, release)
    for key in ("root", "oom_score"):
        if key in first or key in second:
            assert found[key] == (second.get(key) or first.get(key, second.get(key)))
    if "disabled_plugins" in first or "disabled_plugins" in second:
        both = [*first.get("disabled_plugins", [])]
        for name in second.get("disabled_plugins", []):
            if release is OLD or name not in both:
                both.append(name)
        assert found["disabled_plugins"] == both
    grpc = dict(first.get("grpc", {}))
    for key, value in second.get("grpc", {}).items():
        if value or key not in grpc:
            grpc[key] = value
    assert found.get("grpc", {}) == grpc
    assert found.get("timeouts", {}) == {**first.get("timeouts", {}), **second.get("timeouts", {})}
    old, new = first.get("plugins", {}), second.get("plugins", {})
    assert found.get("plugins", {}) == ({**old, **new} if release is OLD else deep(old, new))


@given(files, st.sampled_from([OLD, NEW]))
def test_nothing_laid_over_a_file_changes_nothing(first: dict[str, Any], release: Release) -> None:
    """And a file over nothing is that file, but for names that 2.x finds in it twice."""
    assert merged(first, {}, release) == first
    once = dict(first)
    if release is NEW and "disabled_plugins" in once:
        once["disabled_plugins"] = list(dict.fromkeys(once["disabled_plugins"]))
    assert merged({}, first, release) == once


@given(files, files, st.sampled_from([OLD, NEW]))
def test_merging_leaves_the_second_file_alone(
    first: dict[str, Any], second: dict[str, Any], release: Release
) -> None:
    """What is merged later must not reach back into it."""
    into, other = located(first, {}), located(second, {})
    merge(into, other, release)
    merge(into, located({"plugins": {"p": {"a": "spoilt", "b": {"x": "spoilt"}}}}, {}), release)
    assert other.plain() == second


def read(text: str, file: str) -> Table:
    """A file with its places."""
    return located(tomllib.loads(text), positions(text, file))


@pytest.mark.parametrize("release", [OLD, NEW])
def test_each_value_keeps_the_file_it_is_from(release: Release) -> None:
    """The line that is to be changed may be in either."""
    into = read('root = "/a"\ndisabled_plugins = ["x"]\n[grpc]\nuid = 1\n', "one")
    merge(into, read('disabled_plugins = ["y"]\n[grpc]\ngid = 2\n', "two"), release)
    assert str(into.location_of("root")) == "one:1"
    assert str(into.location_of("grpc", "uid")) == "one:4"
    assert str(into.location_of("grpc", "gid")) == "two:3"
    leaf = into.get("disabled_plugins")
    assert isinstance(leaf, Leaf)
    assert [(value, str(location)) for value, location in leaf.items] == [("x", "one:2"), ("y", "two:1")]


def test_a_table_over_a_value_and_a_value_over_a_table() -> None:
    """Files of any content are read: what a key is can change."""
    assert merged({"grpc": 1}, {"grpc": {"uid": 2}}, NEW) == {"grpc": {"uid": 2}}
    assert merged({"plugins": {"p": 1}}, {"plugins": {"p": {"a": 1}}}, NEW) == {"plugins": {"p": {"a": 1}}}
    assert merged({"plugins": {"p": {"a": 1}}}, {"plugins": {"p": 1}}, NEW) == {"plugins": {"p": 1}}

"""Values that know where they stand."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.toml import NOWHERE, Leaf, Location, Table, dotted, located, positions

keys = st.text(min_size=1, max_size=6)
scalars = st.booleans() | st.integers(-99, 99) | st.text(max_size=5)
documents = st.dictionaries(
    keys,
    st.recursive(
        scalars | st.lists(scalars, max_size=3),
        lambda inner: st.dictionaries(keys, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)
TEXT = """version = 2
root = "/var"
disabled_plugins = [
  "a",
  "b", "c"]
[grpc]
address = "/run/x"
  [plugins."io.containerd.grpc.v1.cri"]
  deep.key = 3
[[tables]]
n = 1
[[tables]]
n = 2
"""


def table(text: str = TEXT) -> Table:
    """A document with places."""
    return located(tomllib.loads(text), positions(text, "f"))


def flat(data: dict[str, Any], above: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """All values that are no tables, by their paths."""
    found: dict[tuple[str, ...], Any] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            found.update(flat(value, (*above, key)))
        else:
            found[*above, key] = value
    return found


@given(documents)
def test_values_come_back_plain(data: dict[str, Any]) -> None:
    """All of them, and each at its path."""
    it = located(data, {})
    assert it.plain() == data
    assert {path: leaf.value for path, leaf in it.leaves()} == flat(data)
    for path, value in flat(data).items():
        assert it.value(*path) == value
        assert it.table(*path[:-1]).value(path[-1]) == value
        assert path[0] in it


@given(documents)
def test_a_copy_shares_no_table(data: dict[str, Any]) -> None:
    """What is merged into one leaves the other as it was read."""
    it = located(data, {})
    other = it.copy()
    assert other.plain() == data

    def spoil(table: Table) -> None:
        for entry in list(table.entries.values()):
            if isinstance(entry, Table):
                spoil(entry)
        table.entries["spoilt"] = Leaf(1)

    spoil(other)
    assert it.plain() == data


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("version",), 1),
        (("root",), 2),
        (("disabled_plugins",), 3),
        (("grpc",), 6),
        (("grpc", "address"), 7),
        (("grpc", "uid"), 6),
        (("grpc", "address", "beyond"), 7),
        (("plugins", "io.containerd.grpc.v1.cri"), 8),
        (("plugins", "io.containerd.grpc.v1.cri", "deep", "key"), 9),
        (("plugins", "io.containerd.grpc.v1.cri", "deep", "none"), 9),
        (("nothing", "at", "all"), 0),
    ],
)
def test_a_place_is_that_of_the_value_or_the_nearest_table(path: tuple[str, ...], line: int) -> None:
    """Of what nobody wrote the table where it would stand."""
    assert table().location_of(*path).line == line


def test_items_of_a_list_have_places_of_their_own() -> None:
    """A diagnostic on the third name points at the third name."""
    leaf = table().get("disabled_plugins")
    assert isinstance(leaf, Leaf)
    assert [(value, location.line, location.column) for value, location in leaf.items] == [
        ("a", 4, 3),
        ("b", 5, 3),
        ("c", 5, 8),
    ]
    assert Leaf("text").items == []
    assert Leaf(["x"], Location("f", 9)).items == [("x", Location("f", 9))]


def test_a_list_of_tables_has_them_with_their_places() -> None:
    """And no other list does."""
    leaf = table().get("tables")
    assert isinstance(leaf, Leaf)
    assert [inner.value("n") for inner in leaf.tables] == [1, 2]
    assert [inner.location_of("n").line for inner in leaf.tables] == [11, 13]
    listed = table().get("disabled_plugins")
    assert isinstance(listed, Leaf) and listed.tables == ()


@given(
    st.lists(st.sampled_from("abc"), max_size=4),
    st.lists(st.sampled_from("abc"), max_size=4),
    st.booleans(),
)
def test_lists_are_joined_with_their_places(one: list[str], other: list[str], unique: bool) -> None:
    """In order; unique, without what is there already."""
    first = Leaf(one, Location("f", 1), tuple(Location("f", n + 1) for n in range(len(one))))
    second = Leaf(other, Location("g", 1), tuple(Location("g", n + 1) for n in range(len(other))))
    joined = first.joined(second, unique)
    wanted = list(one)
    for value in other:
        if not unique or value not in wanted:
            wanted.append(value)
    assert joined.value == wanted
    assert len(joined.locations) == len(wanted)
    for value, location in joined.items:
        source = one if location.file == "f" else other
        assert source[location.line - 1] == value
    assert first.value == one


@given(st.lists(keys, min_size=1, max_size=3).map(tuple))
def test_a_dotted_path_is_toml_where_its_keys_can_be(path: tuple[str, ...]) -> None:
    """A key with a dot in it stands in quotes."""
    text = dotted(path)
    if any(set(key) & set('"\\') or not key.isprintable() for key in path):
        return
    value: Any = tomllib.loads(f"{text} = 1")
    for key in path:
        value = value[key]
    assert value == 1


def test_nothing_is_found_where_nothing_is() -> None:
    """No path raises: what is missing is an empty table, or no value."""
    it = table()
    assert it.table("grpc", "address").entries == {}
    assert it.table("none", "here").location == NOWHERE
    assert it.value("grpc") is None
    assert it.get("version", "x") is None
    assert it.get() is it
    assert str(Location("file", 7, 3)) == "file:7"

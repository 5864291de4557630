"""Where the keys and values of a TOML document stand."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.toml import Leaf, Table, Walk, located, positions
from plugscope.sources.toml.position import Path

EVERYTHING = '''# a comment with = and [brackets]
version = 2
"quoted key" = 'literal # no comment'
a.b."c.d" = 1979-05-27 07:32:00Z
list = [
  "one", # the first
  'two',
  [3, 4],
]
long = """
[not.a.header]
x = 1
"""
inline = { x = 1, y.z = "}" , list = [ { k = 1 } ] }

[table."with.dots"]
  key = 1 # comment

[[array]]
name = "first"
[[array]]
name = "second"
[array.sub]
deep = true
'''


def lines(text: str) -> dict[Path, int]:
    return {path: location.line for path, location in positions(text, "f").items()}


def test_everything_has_its_line() -> None:
    """Keys, values in lists, inline tables, tables in arrays; texts that look like statements do not confuse it."""
    found = lines(EVERYTHING)
    assert found[("version",)] == 2
    assert found[("quoted key",)] == 3
    assert found[("a", "b", "c.d")] == 4
    assert (found[("list", 0)], found[("list", 1)], found[("list", 2, 1)]) == (6, 7, 8)
    assert found[("long",)] == 10
    assert found[("inline", "y", "z")] == 14
    assert found[("inline", "list", 0, "k")] == 14
    assert found[("table", "with.dots")] == 16
    assert found[("table", "with.dots", "key")] == 17
    assert (found[("array", 0, "name")], found[("array", 1, "name")]) == (20, 22)
    assert found[("array", 1, "sub", "deep")] == 24


def test_a_place_knows_columns_of_key_and_value() -> None:
    """As go-toml counts them, from 1."""
    location = positions('version = 2\n  uid  =  "x"\n', "f")[("uid",)]
    assert (location.line, location.column, location.value_line, location.value_column) == (2, 3, 2, 11)


def test_values_know_their_places() -> None:
    """A list's items too; what has no place of its own has that of what is above it."""
    table = located(tomllib.loads(EVERYTHING), positions(EVERYTHING, "f"))
    items = table.get("list")
    assert isinstance(items, Leaf)
    assert [location.line for _, location in items.items] == [6, 7, 8]
    assert table.location_of("table", "with.dots", "nothing").line == 16
    assert table.plain() == tomllib.loads(EVERYTHING)


keys = st.one_of(
    st.sampled_from(["a", "b-c", "d_1", "7"]), st.text("ab.\"'\\ #=[]é\t", min_size=1, max_size=4)
)
scalars = st.one_of(
    st.integers(-9, 9),
    st.booleans(),
    st.text(max_size=5),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
    st.dates(),
)
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3), max_leaves=4)
documents = st.recursive(
    st.dictionaries(keys, values, max_size=3),
    lambda inner: st.dictionaries(keys, st.one_of(values, inner), max_size=3),
)


@given(documents)
def test_nothing_is_missed_in_any_document(data: dict[str, Any]) -> None:
    """Every value has a span, and parsed by itself the span is that value."""
    import tomlkit

    text = tomlkit.dumps(data)
    walk = Walk(text)
    walk.document()
    found = {path: text[start:end] for path, (start, end) in walk.spans.items()}
    for path, leaf in Table(entries=located(tomllib.loads(text), {}).entries).leaves():
        assert tomllib.loads(f"x = {found[path]}")["x"] == leaf.value


@given(st.text(max_size=200))
def test_any_text_is_walked_to_an_end(text: str) -> None:
    """What is no TOML gives the places of what was understood."""
    positions(text, "f")

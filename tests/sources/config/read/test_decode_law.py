"""Every struct of every release: values that fit are decoded, one that does not is found where it stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugscope.sources.config.read import Shape, ignored, mismatch, shape_of
from plugscope.sources.config.read.shape import Field, element, go_name
from plugscope.sources.release import Release
from plugscope.sources.toml import Location, located

RELEASES = ("1.6.20", "1.7.24", "2.1.9", "2.3.4")
# By the beginning of a type: a value that fits it in both libraries, and one that fits in neither.
FITTING: dict[str, tuple[Any, Any]] = {
    "string": ("text", []),
    "bool": (True, "yes"),
    "int": (3, "three"),
    "uint": (3, "three"),
    "float": (1.5, "much"),
}


def scalars(shape: Shape, struct: str) -> list[Field]:
    """The fields of a struct that hold one plain value."""
    return [field for field in (shape.fields(struct) or {}).values() if _kind(field) is not None]


def _kind(field: Field) -> str | None:
    plain = field.type.lstrip("*")
    return next((kind for kind in FITTING if plain.partition("@")[0].rstrip("0123456789") == kind), None)


def structs(shape: Shape) -> list[str]:
    """Those of plugins that have plain values, and that of the file itself."""
    return sorted({struct for struct in (shape.top, *shape.plugins.values()) if scalars(shape, struct)})


@st.composite
def tables(draw: st.DrawFn) -> tuple[Release, Shape, str, dict[str, Any]]:
    """A struct of a release with values in some of its fields, all of which fit."""
    release = Release(draw(st.sampled_from(RELEASES)))
    shape = shape_of(release)
    struct = draw(st.sampled_from(structs(shape)))
    fields = draw(
        st.lists(st.sampled_from(scalars(shape, struct)), max_size=4, unique_by=lambda field: field.key)
    )
    return release, shape, struct, {field.key: FITTING[str(_kind(field))][0] for field in fields}


def spots(values: dict[str, Any]) -> dict[tuple[str | int, ...], Location]:
    """Each key on a line of its own."""
    return {(key,): Location("f", number) for number, key in enumerate(values, 1)}


@settings(max_examples=150)
@given(tables())
def test_values_of_the_right_type_are_decoded(some: tuple[Release, Shape, str, dict[str, Any]]) -> None:
    """And every key is looked at."""
    release, shape, struct, values = some
    table = located(values, spots(values))
    for sorted_keys in (False, True):
        assert mismatch(table, struct, shape, second=release.is_v2, sorted_keys=sorted_keys) is None
    assert ignored(table, struct, shape, second=release.is_v2) == []


@settings(max_examples=150)
@given(tables(), st.data())
def test_a_value_of_the_wrong_type_is_found_on_its_line(
    some: tuple[Release, Shape, str, dict[str, Any]], data: st.DataObject
) -> None:
    """Among others that fit."""
    release, shape, struct, values = some
    if not values:
        return
    key = data.draw(st.sampled_from(sorted(values)))
    fields = shape.fields(struct)
    assert fields is not None
    values = {**values, key: FITTING[str(_kind(fields[key]))][1]}
    found = mismatch(located(values, spots(values)), struct, shape, second=release.is_v2)
    assert found is not None
    assert found.location.line == list(values).index(key) + 1
    assert found.words


@settings(max_examples=150)
@given(tables(), st.sampled_from(["no_such_key", "nothing"]), st.sampled_from([1, "x", {}, {"a": 1}]))
def test_a_key_that_no_struct_has_is_told_and_harms_nothing(
    some: tuple[Release, Shape, str, dict[str, Any]], key: str, value: Any
) -> None:
    """With its path, once."""
    release, shape, struct, values = some
    values = {**values, key: value}
    table = located(values, spots(values))
    assert mismatch(table, struct, shape, second=release.is_v2) is None
    assert [one.path[0] for one in ignored(table, struct, shape, second=release.is_v2)] == [key]


@settings(max_examples=100)
@given(tables())
def test_the_second_library_takes_keys_in_any_case(some: tuple[Release, Shape, str, dict[str, Any]]) -> None:
    """The first one does not: there they are keys that nobody reads."""
    release, shape, struct, values = some
    loud = {key.upper(): value for key, value in values.items()}
    found = ignored(located(loud, spots(loud)), struct, shape, second=release.is_v2)
    assert [one.path[0] for one in found] == ([] if release.is_v2 else list(loud))


@pytest.mark.parametrize(
    ("asked", "given_", "exact"),
    [
        ("1.6.20", "1.6.20", True),
        ("1.6.8", "1.6.20", True),
        ("1.5.3", "1.6.20", False),
        ("1.3.10", "1.6.20", False),
        ("2.0.11", "2.1.9", False),
        ("2.1.9", "2.1.9", True),
        ("2.2.0", "2.1.9", False),
        ("2.9.0", "2.3.4", False),
    ],
)
def test_a_release_that_is_not_described_takes_the_nearest(asked: str, given_: str, exact: bool) -> None:
    """Of its own era, and says that it is not its own."""
    shape = shape_of(Release(asked))
    assert shape.version == given_
    assert not (shape.exact and not exact)


@pytest.mark.parametrize(
    ("kind", "inner"),
    [
        ("[]string", "string"),
        ("map[string]int", "int"),
        ("map[string][]string", "[]string"),
        ("bool", "bool"),
    ],
)
def test_the_element_of_a_list_or_map(kind: str, inner: str) -> None:
    """One level at a time."""
    assert element(kind) == inner


@pytest.mark.parametrize(
    ("kind", "name"),
    [("string", "string"), ("int64@time.Duration", "int64"), ("map[string]any", "map[string]interface {}")],
)
def test_a_type_as_go_prints_it(kind: str, name: str) -> None:
    """Without what it is called here."""
    assert go_name(kind) == name

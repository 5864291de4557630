"""The published schema and the shape that is really read say the same."""

from __future__ import annotations

import copy
import json
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.sources.sample import manifests

from plugscope.installation import resource
from plugscope.sources.manifest.convert import to_catalog
from plugscope.sources.manifest.shape import AbsentShape, InitShape, LookupShape, ManifestShape, PluginShape

SCHEMA: dict[str, Any] = json.loads(resource("schema", "manifest.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def shape_takes(value: Any) -> bool:
    try:
        to_catalog(msgspec.convert(value, ManifestShape))
    except ValueError:
        return False
    return True


def test_the_schema_is_a_schema() -> None:
    """Of the draft that it says it is."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"].endswith("2020-12/schema")


@given(manifests)
def test_both_take_what_is_right(value: dict[str, Any]) -> None:
    """Any manifest with the right keys and types."""
    assert VALIDATOR.is_valid(value)
    assert shape_takes(value)


def locations(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in plain values."""
    found = [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found.extend(locations(item, (*path, key)))
    return found


@settings(max_examples=300)
@given(
    manifests,
    st.data(),
    st.sampled_from([None, True, 3, -1.5, "v2", "", [], {}, ["a"], {"a": 1}, [None]]),
    st.booleans(),
)
def test_both_refuse_alike(value: dict[str, Any], data: st.DataObject, wrong: Any, misspell: bool) -> None:
    """One value replaced or one key misspelled anywhere: both notice, or neither has to."""
    value = copy.deepcopy(value)
    path = data.draw(st.sampled_from(locations(value)))
    if not path:
        assert VALIDATOR.is_valid(wrong) == shape_takes(wrong)
        return
    target: Any = value
    for part in path[:-1]:
        target = target[part]
    if misspell and isinstance(target, dict):
        target[f"{path[-1]}_"] = target.pop(path[-1])
    else:
        target[path[-1]] = wrong
    assert VALIDATOR.is_valid(value) == shape_takes(value), (path, wrong)


def test_every_field_is_described_under_the_same_name() -> None:
    """In the same order; no key that only one of them knows, and none without a word for readers."""
    defs = SCHEMA["$defs"]
    pairs: list[tuple[type[msgspec.Struct], dict[str, Any]]] = [
        (ManifestShape, SCHEMA),
        (PluginShape, defs["plugin"]),
        (LookupShape, defs["lookup"]),
        (InitShape, defs["init"]),
        (AbsentShape, defs["absent"]),
    ]
    for shape, schema in pairs:
        fields = msgspec.structs.fields(shape)
        assert [field.encode_name for field in fields] == list(schema["properties"])
        assert {field.encode_name for field in fields if field.required} == set(schema["required"])
        assert schema["additionalProperties"] is False
        assert all(each.get("description") for each in schema["properties"].values()), shape

"""Cutting a manifest into slices changes nothing of what is read; where cutting goes wrong, it is told."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.manifest.duplicate import DuplicateKey
from plugscope.sources.manifest.json_slices import in_slices
from plugscope.sources.manifest.shape import ManifestShape

TEXTS = st.sampled_from(
    ["", "a", "}, {", '"plugin": [', "{error}", "a: b", "]}", "{", "\\", "é", '"', "\u2028"]
)
CONFIGS = st.none() | st.dictionaries(TEXTS, st.lists(st.dictionaries(TEXTS, TEXTS, max_size=2), max_size=3))
LOOKUPS = st.lists(st.fixed_dictionaries({"get": st.just("all"), "error": TEXTS}), max_size=3)
PLUGINS = st.fixed_dictionaries(
    {"type": TEXTS, "id": TEXTS},
    optional={"requires": st.lists(TEXTS, max_size=2), "config": CONFIGS, "lookups": LOOKUPS},
)
MANIFESTS = st.fixed_dictionaries(
    {"plugscope": st.just(1), "plugin": st.lists(PLUGINS, max_size=12)},
    optional={"name": TEXTS, "disabled": st.lists(TEXTS, max_size=2), "absent": st.just([{"why": "}, {"}])},
)


def in_one(data: bytes, size: int) -> tuple[ManifestShape, list[Any]] | None:
    """What cutting comes to; ``None`` if it gives up."""
    try:
        sliced = in_slices(data, size)
        return None if sliced is None else (sliced[0], list(sliced[1]))
    except (ValueError, DuplicateKey):
        return None


@given(MANIFESTS, st.integers(1, 300), st.sampled_from([None, 1]), st.booleans())
def test_what_is_cut_is_what_is_read_as_a_whole(
    value: dict[str, Any], size: int, indent: int | None, ascii_only: bool
) -> None:
    """Whatever its texts look like, wherever the cuts fall. It may give up, but never reads anything else."""
    data = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    cut = in_one(data, size)
    if cut is not None:
        outline, plugins = cut
        whole = msgspec.json.decode(data, type=ManifestShape)
        assert msgspec.structs.replace(outline, plugin=tuple(plugins)) == whole


@given(st.integers(1, 300))
def test_plain_manifests_are_cut(size: int) -> None:
    """With lists of tables in the plugins, and keys after them."""
    plugin = {
        "type": "a",
        "id": "b",
        "lookups": [{"get": "all"}, {"get": "all"}],
        "config": {"x": [{}, {}, [{}, {}]]},
    }
    value = {"plugscope": 1, "plugin": [plugin] * 20, "absent": [{"why": "w", "uri": "u"}]}
    cut = in_one(json.dumps(value).encode(), size)
    assert cut is not None
    assert len(cut[1]) == 20
    assert len(cut[0].absent) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"id": "p7"', '"id": "p7", "id": "p7"'),
        ('"id": "p7"', '"id": "p7", "\\u0069d": "p7"'),
        ('"id": "p7"', '"id": "x:y", "id": "p\\u003a7"'),
        ('"id": "p7"', '"id"\n:\t"p7", "config": {"a": {"b": 1, "b": 1}}'),
        ('"id": "p19"', '"id": "p19", "requires": [], "requires": []'),
        ('"plugscope": 1', '"plugscope": 1, "plugscope": 1'),
        ('"absent": ', '"plugin": [], "absent": '),
    ],
)
def test_a_key_that_stands_twice_is_found(before: str, after: str) -> None:
    """In the first slice, in the last, and beside them; however it is written."""
    plugins = [{"type": "a", "id": f"p{number}"} for number in range(20)]
    text = json.dumps({"plugscope": 1, "plugin": plugins, "absent": [{"why": "w"}]})
    for size in (50, 10_000):
        sliced = in_slices(text.encode(), size)
        assert sliced is not None
        list(sliced[1])
        assert before in text
        with pytest.raises(DuplicateKey):
            _, cut = in_slices(text.replace(before, after).encode(), size) or ((), ())
            list(cut)

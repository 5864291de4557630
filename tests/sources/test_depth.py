"""How deeply documents nest, measured without a call a level."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.nesting import DEEPEST, is_too_deep, json_is_too_deep

texts = st.text(st.sampled_from('[]{}"\\a,: '), max_size=8)
values = st.recursive(
    st.none() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)


def wrapped(value: Any, levels: int, *, in_lists: bool) -> Any:
    """A value with so many levels around it."""
    for _ in range(levels):
        value = [value] if in_lists else {"a": value}
    return value


def depth(value: Any) -> int:
    """Levels of tables and lists, the plainest way."""
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth, value), default=0)
    return 0


@given(values, st.integers(DEEPEST - 4, DEEPEST + 4), st.booleans(), st.booleans())
def test_depth_is_counted_to_the_level(value: Any, levels: int, in_lists: bool, spaced: bool) -> None:
    """In a parsed value as in its text, whatever brackets its strings hold."""
    whole = wrapped(value, levels, in_lists=in_lists)
    too_deep = depth(whole) > DEEPEST
    assert is_too_deep(whole) == too_deep
    text = json.dumps(whole, indent=1 if spaced else None, ensure_ascii=False)
    assert json_is_too_deep(text.encode()) == too_deep


@given(values)
def test_what_is_wide_is_not_deep(value: Any) -> None:
    """A thousand plugins beside each other are one level."""
    many = [value] * 300
    assert not is_too_deep(many)
    assert not json_is_too_deep(json.dumps(many).encode())


@pytest.mark.parametrize(
    ("data", "too_deep"),
    [
        (b"[" * 201, True),
        (b"[" * 200, False),
        (b"[" * 1_000_000, True),
        (b'{"a":' * 201, True),
        (b'"' + b"[" * 500 + b'"', False),
        (b'"' + b"[" * 500, False),
        (b'"\\"' + b"[" * 500 + b'"', False),
        (b'"\\\\"' + b"[" * 500, True),
        (b"[]" * 1_000, False),
        (b"]" * 500 + b"[" * 201, False),
        (b"", False),
    ],
)
def test_half_a_document_is_measured_as_well(data: bytes, too_deep: bool) -> None:
    """One that ends too early would be refused anyway, but only after a parser had gone down all the way."""
    assert json_is_too_deep(data) is too_deep


@given(st.binary(max_size=60))
def test_any_bytes_can_be_measured(data: bytes) -> None:
    """What is short cannot be deep."""
    assert not json_is_too_deep(data)
    assert not is_too_deep(data)

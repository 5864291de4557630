"""Naming a part of the graph in a line of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boot.sample import catalog, predicted

from plugscope.boot import Catalog, Entry, Init, QueryError, Recording, make_plan, predict, quoted, select
from plugscope.plugin import Registration

TEXT = """
    content.store: = ok
    metadata.bolt content: single content
    gc.scheduler metadata: single metadata
    grpc.version: = error no such device
    snapshot.zfs: = skip no zfs
"""


def found(query: str, *disabled: str) -> set[str]:
    """The URIs that a query names."""
    recording = predict(make_plan(catalog(TEXT), disabled))
    return {recording.plan.catalog.entries[position].uri for position in select(query, recording)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"content.store", "metadata.bolt", "gc.scheduler", "grpc.version", "snapshot.zfs"}),
        ("BOLT", {"metadata.bolt"}),
        ("bolt,zfs", {"metadata.bolt", "snapshot.zfs"}),
        ("s bolt", set()),
        ("t bolt", {"metadata.bolt"}),
        ("type:g", {"gc.scheduler", "grpc.version"}),
        ("type==g", set()),
        ("id!=bolt -version", {"content.store", "gc.scheduler", "snapshot.zfs"}),
        ("uri~=^g.*r$", {"gc.scheduler"}),
        ("status:error", {"grpc.version"}),
        ("status:skip", {"snapshot.zfs"}),
        ("+bolt", {"content.store", "metadata.bolt"}),
        ("bolt+", {"metadata.bolt", "gc.scheduler"}),
        ("1+scheduler", {"metadata.bolt", "gc.scheduler"}),
        ("+bolt+", {"content.store", "metadata.bolt", "gc.scheduler"}),
    ],
)
def test_terms(query: str, expected: set[str]) -> None:
    """Words, fields, operators, reach, either, both, not."""
    assert found(query) == expected


def test_disabled_and_victims_are_statuses() -> None:
    """What is lost with a disabled plugin is found by one word."""
    assert found("status:disabled", "content.store") == {"content.store"}
    assert found("status:victim", "content.store") == {"metadata.bolt", "gc.scheduler"}


@pytest.mark.parametrize("query", ["uri~=(", "+", "a++b"])
def test_what_cannot_be_understood_is_said(query: str) -> None:
    """With the words that are wrong."""
    with pytest.raises(QueryError):
        found(query)


def named(*types: str) -> Recording:
    """A boot of one plugin a type."""
    return predict(make_plan(Catalog([Entry(Registration(name, "x"), (), Init()) for name in types])))


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=4, unique=True))
def test_every_name_can_be_asked_for(types: list[str]) -> None:
    """With spaces, commas, pluses, quotes or line ends in it: what the legend does."""
    recording = named(*types)
    positions = {
        entry.registration.type: location for location, entry in enumerate(recording.plan.catalog.entries)
    }
    for name in types:
        assert select(f"type=={quoted(name)}", recording) == {positions[name]}


@given(st.text())
def test_any_text_is_a_query_or_is_refused(query: str) -> None:
    """It never ends otherwise."""
    recording = predicted(TEXT)
    try:
        assert select(query, recording) <= set(range(5))
    except QueryError as error:
        assert str(error)

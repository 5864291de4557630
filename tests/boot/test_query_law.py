"""Queries made at random, compared with filtering plugin by plugin."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boot.sample import IDS, TYPES, catalog_of, manifests, predicted

from plugscope.boot import (
    Catalog,
    Entry,
    Neighbours,
    Outcome,
    Recording,
    make_plan,
    predict,
    quoted,
    select,
)
from plugscope.boot.query import status_words
from plugscope.plugin import Registration


class Query(NamedTuple):
    """A query and the positions that it should find."""

    text: str
    finds: Callable[[Recording], set[int]]


def entries(recording: Recording) -> list[Entry]:
    """The entries that positions count."""
    return recording.plan.catalog.entries


def closure(start: set[int], step: Callable[[int], list[int]], depth: int | None) -> set[int]:
    """All within so many steps, themselves among them."""
    found = set(start)
    while depth is None or depth > 0:
        more = {other for one in found for other in step(one)} | found
        if more == found:
            break
        found, depth = more, None if depth is None else depth - 1
    return found


def _field(name: str, entry: Entry) -> str:
    return {"type": entry.registration.type, "id": entry.registration.id, "uri": entry.uri}[name]


def _compare(op: str, value: str) -> Callable[[str], bool]:
    return {
        "==": lambda text: text == value,
        "!=": lambda text: text != value,
        ":": lambda text: value.lower() in text.lower(),
        "~=": lambda text: re.search(value, text) is not None,
    }[op]


_values = st.sampled_from([*TYPES, *IDS, "a.x", "absent"])


@st.composite
def _fields(draw: st.DrawFn) -> Query:
    name, op = draw(st.sampled_from(["type", "id", "uri"])), draw(st.sampled_from([":", "==", "!=", "~="]))
    value = draw(_values)
    test = _compare(op, value)
    return Query(
        f"{name}{op}{value}",
        lambda recording: {n for n, entry in enumerate(entries(recording)) if test(_field(name, entry))},
    )


_words = _values.map(
    lambda word: Query(word, lambda r: {n for n, entry in enumerate(entries(r)) if word in entry.uri})
)
_statuses = st.sampled_from([str(outcome) for outcome in Outcome if " " not in outcome]).map(
    lambda word: Query(
        f"status=={word}",
        lambda r: {n for n in range(len(entries(r))) if str(r.outcome_of(n)) == word},
    )
)


@st.composite
def _reaching(draw: st.DrawFn) -> Query:
    core = draw(st.one_of(_words, _fields(), _statuses))
    up, down = draw(st.sampled_from(["", "+", "1+", "2+"])), draw(st.sampled_from(["", "+", "+1", "+0"]))

    def finds(recording: Recording) -> set[int]:
        neighbours, start = Neighbours(recording.plan), core.finds(recording)
        found = set(start)
        if up:
            found |= closure(start, neighbours.requires_of, int(up[:-1]) if up[:-1] else None)
        if down:
            found |= closure(start, neighbours.requirers_of, int(down[1:]) if down[1:] else None)
        return found

    return Query(f"{up}{core.text}{down}", finds)


@st.composite
def _terms(draw: st.DrawFn) -> Query:
    term = draw(_reaching())
    if draw(st.booleans()):
        return term
    return Query(
        f"-{term.text}", lambda recording: set(range(len(entries(recording)))) - term.finds(recording)
    )


def _either(terms: list[Query]) -> Query:
    return Query(",".join(t.text for t in terms), lambda r: set().union(*(t.finds(r) for t in terms)))


def _all_of(groups: list[Query]) -> Query:
    def finds(recording: Recording) -> set[int]:
        found = set(range(len(entries(recording))))
        for group in groups:
            found &= group.finds(recording)
        return found

    return Query("  ".join(group.text for group in groups), finds)


queries = st.lists(st.lists(_terms(), min_size=1, max_size=2).map(_either), max_size=3).map(_all_of)


@settings(max_examples=150)
@given(queries, manifests(), st.data())
def test_a_query_finds_what_a_look_at_each_plugin_finds(
    query: Query, shape: dict[str, object], data: st.DataObject
) -> None:
    """Words, fields, operators and reach, negated, joined by commas and by spaces, whatever is disabled."""
    it = catalog_of(shape)
    toggled = data.draw(st.sets(st.integers(0, len(it.entries) - 1), max_size=2))
    recording = predict(make_plan(it, toggled=toggled))
    assert select(query.text, recording) == query.finds(recording)


@settings(max_examples=60)
@given(manifests(), st.data())
def test_neighbours_are_those_of_the_requires(shape: dict[str, object], data: st.DataObject) -> None:
    """Both ways, to any depth, without where one began; nobody requires itself."""
    it = catalog_of(shape)
    neighbours = Neighbours(make_plan(it))
    size = len(it.entries)
    for one in range(size):
        wanted = it.entries[one].registration.requires
        required = [n for n in range(size) if it.entries[n].registration.type in wanted and n != one]
        assert sorted(neighbours.requires_of(one)) == required
        assert all(one in neighbours.requirers_of(other) for other in required)
    start = data.draw(st.sets(st.integers(0, size - 1)))
    depth = data.draw(st.none() | st.integers(0, 3))
    assert neighbours.upstream(start, depth) == closure(start, neighbours.requires_of, depth) - start
    assert neighbours.downstream(start, depth) == closure(start, neighbours.requirers_of, depth) - start


def test_whoever_requires_all_is_a_neighbour_of_all() -> None:
    """And still not of itself."""
    neighbours = Neighbours(predicted("a.x\n all.y *\n b.z a").plan)
    assert sorted(neighbours.requires_of(1)) == [0, 2]
    assert sorted(neighbours.requirers_of(0)) == [1, 2]
    assert neighbours.requirers_of(1) == []
    assert neighbours.upstream([1]) == {0, 2}


@given(st.text(min_size=1))
def test_quoting_is_undone_by_asking(value: str) -> None:
    """A word without signs of its own stays bare, so that what the window writes can be read."""
    text = quoted(value)
    assert (text == value) == (re.fullmatch(r'[^\s",+]+', value) is not None)
    it = Catalog([Entry(Registration("a", value)), Entry(Registration("a", f"{value}!"))])
    assert select(f"id=={text}", predict(make_plan(it))) == {0}


@pytest.mark.parametrize(
    ("query", "uris"),
    [
        ("type:grpc", ["io.containerd.grpc.v1.cri"]),
        ("type:containerd", []),
        ("type==io.containerd.grpc.v1", ["io.containerd.grpc.v1.cri"]),
        ("type==grpc", []),
        ("type~=containerd", ["io.containerd.grpc.v1.cri"]),
        ("type:mine", ["mine.grpcish.v1.x"]),
        ("type:.v1", ["mine.grpcish.v1.x"]),
        ("uri:CRI", ["io.containerd.grpc.v1.cri"]),
        ("id:CRI", ["io.containerd.grpc.v1.cri"]),
        ("id==CRI", []),
    ],
)
def test_a_type_is_searched_by_the_name_people_say(query: str, uris: list[str]) -> None:
    """So that ``containerd`` does not find all; exact operators see the whole name."""
    recording = predicted("io.containerd.grpc.v1.cri:\n mine.grpcish.v1.x:")
    found = [entries(recording)[position].uri for position in select(query, recording)]
    assert (found == uris) if query != "type:grpc" else set(uris) <= set(found)


def test_words_of_status_say_outcome_victim_and_doubt() -> None:
    """A plugin that may fail for want of another has all three."""
    recording = predicted("b.y:\n a.x: single b ??\n c.z:\n d.w: = skip", ["b.y"])
    assert [status_words(recording, position) for position in range(4)] == [
        ("disabled",),
        ("error", "victim", "may"),
        ("ok",),
        ("skip",),
    ]
    assert select("status:victim status:may", recording) == {1}


def test_two_of_a_type_may_require_different_things() -> None:
    """Those that require the same lead to the same places; those that only share a type do not."""
    neighbours = Neighbours(predicted("a.x\n b.y\n c.one a\n c.two b").plan)
    assert neighbours.upstream([2, 3]) == {0, 1}
    assert neighbours.downstream([0, 1]) == {2, 3}

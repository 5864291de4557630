"""Places in TOML documents written at random: what stands there is what was parsed."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plugscope.sources.toml import Walk, positions

Path = tuple[str | int, ...]
bare = st.text("abcXYZ019_-", min_size=1, max_size=5)
quoted = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=6)
comments = st.sampled_from(["", " # why", "\t# [x] = 1", " #"])
breaks = st.sampled_from(["\n", "\r\n", "\n\n", "\n  # a line\n"])


@st.composite
def names(draw: st.DrawFn) -> tuple[str, str]:
    """A key, and how it is written."""
    if draw(st.booleans()):
        key = draw(bare)
        return key, key
    key = draw(quoted)
    if draw(st.booleans()) and "'" not in key:
        return key, f"'{key}'"
    return key, json.dumps(key, ensure_ascii=False).replace("\x7f", "\\u007f")


@st.composite
def values(draw: st.DrawFn, depth: int = 0) -> str:
    """A value, as somebody writes it."""
    scalars = [
        st.integers(-999, 999).map(str),
        st.sampled_from(
            ["true", "1.5", "-inf", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00", "07:32:00", "0xfF"]
        ),
        quoted.map(lambda text: json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")),
        quoted.filter(lambda text: "'" not in text).map(lambda text: f"'{text}'"),
        st.sampled_from(
            ['"""a\n"b" ""c\\"""d"""', "'''a\n'b' # no comment'''", '""""quoted""""', '"[]{}=,#"']
        ),
    ]
    kind = draw(st.integers(0, len(scalars) + (1 if depth < 2 else -1)))
    if kind < len(scalars):
        return draw(scalars[kind])
    inner = draw(st.lists(values(depth + 1), max_size=3))
    if kind == len(scalars):
        gap = draw(st.sampled_from(["", " ", "\n  ", "\n # c, ]\n"]))
        return (
            "["
            + gap
            + f",{gap}".join(inner)
            + (draw(st.sampled_from(["", ","])) if inner else "")
            + gap
            + "]"
        )
    keys = draw(st.lists(names(), min_size=len(inner), max_size=len(inner), unique_by=lambda name: name[0]))
    pairs = (f"{key} = {value}" for (_, key), value in zip(keys, inner, strict=True))
    return "{ " + ", ".join(pairs) + " }"


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A valid document: pairs, headers, lists of tables, comments and either line end."""
    text = draw(st.sampled_from(["", "# first\n", "\n\n"]))
    for number in range(draw(st.integers(0, 5))):
        if draw(st.booleans()):
            _, key = draw(names())
            header = f"t{number}.{key}" if draw(st.booleans()) else f"t{number}"
            text += f"[[{header}]]" if draw(st.booleans()) else f"[ {header} ]"
            text += draw(comments) + draw(breaks)
        for place, (_, key) in enumerate(draw(st.lists(names(), max_size=3, unique_by=lambda name: name[0]))):
            dotted = f"k{number}{place} . {key}" if draw(st.booleans()) else f"k{number}{place}"
            text += f"{draw(st.sampled_from(['', '  ']))}{dotted} = {draw(values())}{draw(comments)}{draw(breaks)}"
    return text


def everything(value: Any, path: Path = ()) -> dict[Path, Any]:
    """All values of a document by their paths, tables and items among them."""
    found = {path: value} if path else {}
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        found.update(everything(item, (*path, key)))
    return found


@settings(max_examples=200)
@given(documents())
def test_every_value_has_a_place_and_its_own_text_there(text: str) -> None:
    """The text between the start and the end of a value parses to that value; its key stands on its line."""
    wanted = everything(tomllib.loads(text))
    walk = Walk(text, "f")
    walk.document()
    assert set(wanted) <= set(walk.spots)
    lines = text.split("\n")
    for path, (start, end) in walk.spans.items():
        assert repr(tomllib.loads(f"x = {text[start:end]}")["x"]) == repr(wanted[path])
        spot = walk.spots[path]
        before = text[:start]
        assert spot.value_line == before.count("\n") + 1
        assert spot.value_column == start - before.rfind("\n")
        assert 1 <= spot.column <= len(lines[spot.line - 1]) + 1
    for path, spot in walk.spots.items():
        if path in walk.spans and isinstance(path[-1], int):
            assert (spot.line, spot.column) == (spot.value_line, spot.value_column)
    assert positions(text, "f") == walk.spots


@settings(max_examples=100)
@given(documents(), st.integers(0, 400))
def test_a_document_that_ends_too_early_has_places_up_to_there(text: str, at: int) -> None:
    """It does not parse any more: what was noted before stays, nothing raises, and nothing is beyond the end."""
    cut = text[:at]
    found = positions(cut, "f")
    assert all(spot.line <= cut.count("\n") + 1 for spot in found.values())
    whole = positions(text, "f")
    early = {path: spot for path, spot in found.items() if spot.line < cut.count("\n")}
    assert all(whole[path] == spot for path, spot in early.items() if path in whole)


@settings(max_examples=100)
@given(documents())
def test_the_top_level_ends_before_the_first_header(text: str) -> None:
    """There a new setting may be put that belongs to no table."""
    walk = Walk(text)
    walk.document()
    behind = text[: walk.top].count("\n")
    line_end = text.find("\n", walk.top)
    at = len(text) if line_end < 0 else line_end + 1
    changed = text[:at] + ("" if at == 0 or text[at - 1] == "\n" else "\n") + "inserted = 1\n" + text[at:]
    assert behind <= text.count("\n")
    if walk.top:
        assert tomllib.loads(changed)["inserted"] == 1

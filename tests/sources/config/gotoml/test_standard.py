"""What is plain TOML both libraries take; what they refuse they place within the text."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.toml.test_position_law import documents

from plugscope.sources.config.gotoml import TomlError, v1_error, v2_error

bare = st.text("abcXYZ019_-", min_size=1, max_size=6)
scalars = st.one_of(
    st.integers(-999, 999).map(str),
    st.sampled_from(["true", "false", "1.5", "-0.25", "1979-05-27T07:32:00Z"]),
    st.text("abc #=[]{}.,", max_size=8).map(lambda text: f'"{text}"'),
    st.text('abc #=[]{}.,"', max_size=8).map(lambda text: f"'{text}'"),
    st.lists(st.integers(0, 9).map(str), max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    st.lists(st.text("ab", max_size=3).map(lambda text: f'"{text}"'), max_size=3).map(
        lambda items: "[\n  " + ",\n  ".join(items) + "\n]" if items else "[]"
    ),
)


@st.composite
def plain(draw: st.DrawFn) -> str:
    """A configuration as people write it: pairs, tables, lists of tables, comments."""
    lines = []
    for key in draw(st.lists(bare, max_size=3, unique=True)):
        lines.append(f"{key} = {draw(scalars)}{draw(st.sampled_from(['', ' # why']))}")
    for number in range(draw(st.integers(0, 3))):
        header = f"[t{number}]" if draw(st.booleans()) else f'[t{number}."io.containerd.x.v1"]'
        lines.append(draw(st.sampled_from(["", "# a table"])))
        lines.append(header)
        for key in draw(st.lists(bare, max_size=2, unique=True)):
            lines.append(f"  {key} = {draw(scalars)}")
    return "\n".join(lines) + "\n"


def second(text: str, minor: int, *, wanted: bool = True) -> TomlError | None:
    """What go-toml 2 refuses; ``wanted``: whether somebody decodes the values."""
    return v2_error(text.encode(), minor, lambda _path: wanted)


@settings(max_examples=150)
@given(plain())
def test_what_people_write_every_library_takes(text: str) -> None:
    """Both patches of the one, and all three minors of the other."""
    tomllib.loads(text)
    assert v1_error(text, 5) is None
    assert v1_error(text, 4) is None
    assert [second(text, minor) for minor in (2, 3, 4)] == [None, None, None]


@settings(max_examples=150)
@given(documents(), st.integers(2, 4))
def test_the_second_library_takes_all_that_is_standard(text: str, minor: int) -> None:
    """It follows the standard, in every layout."""
    assert second(text, minor) is None


@settings(max_examples=150)
@given(plain(), st.data())
def test_a_refusal_stands_within_the_text(text: str, data: st.DataObject) -> None:
    """A document with one sign too many or too few: wherever it is found, the place is one of its lines."""
    at = data.draw(st.integers(0, len(text)))
    broken = (
        text[:at] + data.draw(st.sampled_from(["[", "]", '"', "=", "\n", "'", "{", ",", "."])) + text[at:]
    )
    lines = broken.count("\n") + 1
    for found in (
        v1_error(broken, 5),
        v1_error(broken, 4),
        *(second(broken, n) for n in (2, 3, 4)),
    ):
        if found is not None and found.placed:
            assert 1 <= found.line <= lines
            assert found.column >= 0
            assert found.words


@pytest.mark.parametrize(
    "text",
    [
        "x = \n",
        "x = 1 2\n",
        "x = [1\n",
        'x = "a\n',
        "[a\n",
        "= 1\n",
        "x = 1\nx = 2\n",
        "[a]\n[a]\n",
        "a.b = 1\na = 2\n",
        "x = 0x\n",
        "x = tru\n",
        "x = {a = 1\n",
    ],
)
def test_what_is_no_toml_neither_takes(text: str) -> None:
    """Each in words of its own."""
    with pytest.raises(ValueError):
        tomllib.loads(text)
    assert v1_error(text, 5) is not None
    found = second(text, 3)
    assert found is not None and found.words


def test_a_fault_comes_after_what_was_read_before_it() -> None:
    """So many bytes were decoded by then: what does not fit in them comes first."""
    text = "a = 1\nb = 2\nc = \n"
    found = second(text, 2)
    assert found is not None
    assert 0 < found.done <= text.index("c =") + 1
    assert found.line == 3


def test_a_number_that_nobody_reads_is_not_looked_at() -> None:
    """The second library decodes what somebody wants, and takes the rest as it stands."""
    text = "a = 99999999999999999999\n"
    assert second(text, 2, wanted=True) is not None
    assert second(text, 2, wanted=False) is None

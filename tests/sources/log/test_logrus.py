"""What a line of logrus says, written by a formatter of our own and read back."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.sources.log.written import go_quoted, text_line

from plugscope.sources.log.envelope import CUT, Message, strip_envelope
from plugscope.sources.log.logrus import fields_of, unescape

TIME = "2026-11-24T03:13:06.462857543Z"
# No line ends: those are the log's own. No colours or entities: those are taken off before.
values = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Cs")), max_size=30
).filter(lambda text: not set(text) & set("\u201c\u201d\u201e&…[{\u00a0\u0085") and text == text.strip())
keys = st.sampled_from(["error", "id", "type", "version", "revision", "path", "a.b-c"])


def said(text: str) -> dict[str, str]:
    """The fields of a line of logrus."""
    return fields_of(Message(text, is_logrus=True))


@given(values.filter(bool), st.dictionaries(keys, values, max_size=4))
def test_a_line_of_text_is_read_back(msg: str, more: dict[str, str]) -> None:
    """Quotes, backslashes and empty values: each field has what was logged."""
    fields = {"time": TIME, "level": "info", "msg": msg, **more}
    assert said(text_line(fields)) == fields


@given(st.text(st.characters(codec="ascii"), max_size=30))
def test_go_s_quoting_is_undone(text: str) -> None:
    """Every sign that it escapes, and every one that it does not."""
    assert unescape(go_quoted(text)[1:-1]) == text


@given(values.filter(bool), st.dictionaries(keys, values, max_size=4))
def test_a_line_of_json_is_read_back(msg: str, more: dict[str, str]) -> None:
    """In an envelope of text as well."""
    fields = {"time": TIME, "level": "info", "msg": msg, **more}
    for before in ("", "Nov 24 03:13:06 node1 containerd[7]: "):
        message = strip_envelope(f"{before}{json.dumps(fields)}".encode())
        assert message.is_logrus
        assert fields_of(message) == fields


@given(st.text('abc "\\', min_size=1, max_size=20), st.integers(0, 30))
def test_a_value_that_lost_its_end_says_so(value: str, lost: int) -> None:
    """What is left is the beginning of what was logged, with a mark behind it."""
    line = text_line({"time": TIME, "level": "info", "error": f"why {value}"})
    cut = line[: max(len(line) - 1 - lost, line.index("error=") + 8)]
    assume(not cut.rstrip().endswith('"'))  # 1.0 to 1.2 escape nothing: that may be an end
    error = said(cut)["error"]
    assert error.endswith(CUT)
    assert f"why {value}".startswith(error.removesuffix(CUT))


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (
            f'time="{TIME}" level=info msg="loading plugin "io.containerd.content.v1.content"..." type=io',
            {
                "time": TIME,
                "level": "info",
                "msg": 'loading plugin "io.containerd.content.v1.content"...',
                "type": "io",
            },
        ),
        (
            'WARN[0003] failed to load plugin x error="no such device"',
            {"msg": "failed to load plugin x", "error": "no such device", "level": "warning", "time": "0003"},
        ),
        (
            "INFO[2026-11-24T03:13:06.1Z] loading plugin   id=a.v1.x type=a.v1",
            {
                "msg": "loading plugin",
                "id": "a.v1.x",
                "type": "a.v1",
                "level": "info",
                "time": "2026-11-24T03:13:06.1Z",
            },
        ),
        ("FATA[0001] it is over", {"msg": "it is over", "level": "fatal", "time": "0001"}),
        ("failed to load plugin x error=y", {"msg": "failed to load plugin x", "error": "y"}),
        ("level=info msg=bare", {"level": "info", "msg": "bare"}),
        ("level=info msg=", {"level": "info", "msg": ""}),
        ('level=info msg="twice" msg="no"', {"level": "info", "msg": "twice"}),
        ('level=info msg="ends with a pager…>', {"level": "info", "msg": f"ends with a pager{CUT}"}),
        ("level=info msg=quoted`", {"level": "info", "msg": "quoted"}),
    ],
)
def test_lines_of_three_eras(line: str, fields: dict[str, str]) -> None:
    """1.0 to 1.2 did not escape quotes; a terminal puts the level first; of two fields of a name the first counts."""
    assert said(line) == fields


def test_a_line_has_as_many_fields_as_a_person_reads() -> None:
    """A megabyte of them is not kept."""
    many = " ".join(f"k{n}=v" for n in range(10_000))
    assert len(said(f"level=info msg=x {many}")) == 64

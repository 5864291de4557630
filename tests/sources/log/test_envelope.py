"""What stands around one line, taken off: text, and the process that wrote it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.log import CUT, MAX_LINE, plain
from plugscope.sources.log.envelope import Message, strip_envelope

LOGRUS = 'time="2026-11-24T03:13:06.462857543Z" level=info msg="starting containerd"'
ABORT = "containerd: failed to load TOML: no such file"


@pytest.mark.parametrize(
    ("line", "ident", "pid"),
    [
        ("{}", "", ""),
        ("Nov 24 03:13:06 node1 containerd[1817]: {}", "containerd", "1817"),
        ("Nov 24 03:13:06 node1 containerd: {}", "containerd", ""),
        ("<30>Nov 24 03:13:06 node1 containerd[7]: {}", "containerd", "7"),
        ("<30>1 2026-11-24T03:13:06.4Z node1 containerd 1817 - - {}", "containerd", "1817"),
        ("<30>1 2026-11-24T03:13:06.4Z node1 containerd - - - {}", "containerd", ""),
        ("[ 2459.356079] vm containerd[15310]: {}", "containerd", "15310"),
        ("2026-11-24T03:23:02+0000 vm dockerd[1]: {}", "dockerd", "1"),
        ("    MESSAGE={}", "", ""),
        ("node-server-1  | {}", "", ""),
        ("> > {}", "", ""),
        ("\ufeff{}", "", ""),
        ("{}\r", "", ""),
    ],
)
def test_a_message_and_who_said_it(line: str, ident: str, pid: str) -> None:
    """Whatever was put before it."""
    message = strip_envelope(line.format(LOGRUS).encode())
    assert (message.text.rstrip(), message.ident, message.pid) == (LOGRUS, ident, pid)
    assert message.is_logrus
    assert message.speaker == (f"{ident}[{pid}]" if pid else "")


@pytest.mark.parametrize(
    "line",
    [
        ABORT,
        f"Nov 24 03:13:06 node1 containerd[7]: {ABORT}",
        f"> {ABORT}",
        f"# {ABORT}",
        f"10.5.0.2: {ABORT}",
        f"[pod/node/containerd] {ABORT}",
        f"2026-11-24T03:13:06.4Z stderr F {ABORT}",
        f"17\t{ABORT}",
        f"/var/log/boot.log:17:{ABORT}",
        f"`{ABORT}`",
        json.dumps({"log": ABORT, "stream": "stderr"}),
        json.dumps({"MESSAGE": list(ABORT.encode()), "_PID": "7"}),
        f"containerd: {ABORT}",
    ],
)
def test_what_goes_past_the_log_is_found_as_well(line: str) -> None:
    """An abort has no time and no level: only known things may stand before it."""
    message = strip_envelope(line.encode())
    text = message.text if message.ident == "" else f"{message.ident}: {message.text}"
    assert text.removeprefix("containerd: containerd: ") in (ABORT, ABORT.removeprefix("containerd: "))
    assert not message.is_logrus


@pytest.mark.parametrize("key", ["MESSAGE", "log", "message", "msg", "textPayload"])
def test_a_message_in_json_in_json(key: str) -> None:
    """A shipper may ship what a shipper shipped; four deep is enough."""
    line = LOGRUS
    for _ in range(3):
        line = json.dumps({"host": "node1", key: line})
    assert strip_envelope(line.encode()).text == LOGRUS


@pytest.mark.parametrize(
    ("value", "ident", "pid"),
    [
        ({"SYSLOG_IDENTIFIER": "containerd", "_PID": "9", "MESSAGE": LOGRUS}, "containerd", "9"),
        ({"SYSLOG_PID": "8", "MESSAGE": LOGRUS}, "", "8"),
        ({"_PID": "12345678901234", "MESSAGE": LOGRUS}, "", "1234567890"),
        ({"SYSLOG_IDENTIFIER": "x" * 200, "MESSAGE": LOGRUS}, "x" * 80, ""),
    ],
)
def test_json_of_the_journal_names_the_process(value: dict[str, str], ident: str, pid: str) -> None:
    """In bounds: a log is not to be trusted."""
    message = strip_envelope(json.dumps(value).encode())
    assert (message.ident, message.pid, message.text) == (ident, pid, LOGRUS)


@given(st.binary(max_size=200))
def test_any_line_has_a_message(line: bytes) -> None:
    """Whatever bytes are in it; it never raises and makes nothing longer than it was."""
    message = strip_envelope(line)
    assert isinstance(message, Message)
    assert len(message.text) <= len(line) + 1


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_plain_text_stays_as_it_is_the_second_time(text: str) -> None:
    """Colours come off once; what is left has none."""
    once = plain(text)
    if "&" not in once and "[" not in once:
        assert plain(once) == once
    assert "\x1b[" not in plain(f"\x1b[31m{text}\x1b[0m")[:2]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("\x1b[33mWARN\x1b[0m[0001] x", "WARN[0001] x"),
        ("#033[31mred#033[0m", "red"),
        ("^[[31mred^[[0m", "red"),
        ("\\u001b[31mred\\u001b[0m", "red"),
        ("[31mred[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("msg=&quot;a&quot; b=&#34;c&#34;", 'msg="a" b="c"'),
        ("msg=\u201ca\u201d", 'msg="a"'),
        ("said \u201ca\u201d", "said \u201ca\u201d"),
        ("a & b &amp; c", "a & b &amp; c"),
        ("\ufefftext\r\n", "text"),
        ("an array[0] stays", "an array[0] stays"),
    ],
)
def test_colours_entities_and_curly_quotes_come_off(text: str, clean: str) -> None:
    """Of the ways in which programs spell them; what is only like one stays."""
    assert plain(text) == clean


def test_a_line_without_end_is_cut() -> None:
    """And says that it was."""
    message = strip_envelope(b"x" * (MAX_LINE + 10))
    assert message.text == "x" * MAX_LINE + CUT

"""What stands around a log's lines changes nothing of what it tells."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import re
import textwrap
from collections.abc import Callable
from io import BytesIO

import pytest
from tests.sources.log.capture import log_of

from plugscope.boot import Diagnosis, diagnose
from plugscope.sources.log import read_log

SHIM = (
    'time="2026-11-24T03:13:06.462857543Z" level=info msg="loading plugin \\"io.containerd.event.v1.publisher\\"..." '
    "runtime=io.containerd.runc.v2 type=io.containerd.event.v1"
)
NOISE = (
    "Nov 24 03:13:06 node1 kubelet[9]: E1124 failed to get containerd: not found, failed to load plugin x\n"
    "Nov 24 03:13:06 node1 systemd[1]: Started something else.\n"
)

Wrap = Callable[[str], str | bytes]


def _each(before: str, after: str = "") -> Callable[[str], str]:
    return lambda text: "".join(f"{before}{line}{after}\n" for line in text.splitlines())


def _json(key: str, **more: object) -> Wrap:
    return lambda text: "".join(json.dumps({**more, key: line}) + "\n" for line in text.splitlines())


def _numbered(text: str) -> str:
    return "".join(f"{number}:{line}\n" for number, line in enumerate(text.splitlines(), 1))


def _byte_arrays(text: str) -> str:
    return "".join(
        json.dumps({"_PID": "7", "MESSAGE": list(line.encode())}) + "\n" for line in text.splitlines()
    )


def _pretty(text: str) -> str:
    return "".join(
        f'{{\n\t"__CURSOR" : "s=1",\n\t"MESSAGE" : {json.dumps(line)},\n\t"_PID" : "12"\n}}\n'
        for line in text.splitlines()
    )


def _between(text: str) -> str:
    return "".join(f"Nov 24 03:13:06 node1 containerd[7]: {line}\n{NOISE}" for line in text.splitlines())


JOURNAL = "Nov 24 03:13:06 node1 containerd[1817]: "
WRAPPINGS: dict[str, Wrap] = {
    "journalctl": _each(JOURNAL),
    "journalctl without a process id": _each("Nov 24 03:13:06 node1 containerd: "),
    "journalctl short-monotonic": _each("[ 2459.356079] vm containerd[15310]: "),
    "journalctl short-unix": _each("1795490582.134582 vm containerd[15310]: "),
    "journalctl short-iso-precise": _each("2026-11-24T03:23:02.129506+0000 vm containerd[15310]: "),
    "journalctl with a date in Chinese": _each("7月 02 10:30:59 localhost.localdomain containerd[2617]: "),
    "journalctl json": _json("MESSAGE", SYSLOG_IDENTIFIER="containerd", _PID="7"),
    "journalctl json with byte values": _byte_arrays,
    "journalctl json-pretty": _pretty,
    "journalctl verbose": _each("    MESSAGE="),
    "syslog, RFC 5424": _each("<30>1 2026-11-24T03:13:06.462857+00:00 node1 containerd 1817 - - "),
    "syslog, RFC 3164": _each("<30>Nov 24 03:13:06 node1 containerd[1817]: "),
    "docker json-file": _json("log", stream="stderr", time="2026-11-24T03:13:06.1Z"),
    "a log shipper's JSON": _json("message", host="node1"),
    "docker compose": _each("node-server-1  | "),
    "kubectl logs --prefix": _each("[pod/node-1/containerd] "),
    "talosctl": _each("10.5.0.2: "),
    "a quotation": _each("> "),
    "a comment": _each("# "),
    "an indented block": _each("    "),
    "a Markdown fence": lambda text: f"My log:\n\n```console\n{text}```\nThanks\n",
    "grep -n": _numbered,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "UTF-16": lambda text: text.encode("utf-16"),
    "gzip": lambda text: gzip.compress(text.encode()),
    "xz": lambda text: lzma.compress(text.encode()),
    "bzip2": lambda text: bz2.compress(text.encode()),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "syslog, RFC 5424, framed and with data": lambda text: "".join(
        f'{len(line)} <30>1 2026-11-24T03:13:06Z node1 containerd 1817 ID1 [a@1 x="1"][b y="]"] {line}\n'
        for line in text.splitlines()
    ),
    "docker logs -t": _each("2026-11-24T03:13:06.462857543Z "),
    "a CRI log": _each("2026-11-24T03:13:06.462857543Z stderr F "),
    "a CI's time stamps": _each("2026-11-24T03:13:06.4628575Z ##[error]"),
    "cat -n": lambda text: "".join(f"{n:6d}\t{line}\n" for n, line in enumerate(text.splitlines(), 1)),
    "grep -Hn": lambda text: "".join(
        f"/var/log/boot.log:{n}:{line}\n" for n, line in enumerate(text.splitlines(), 1)
    ),
    "a diff": _each("+"),
    "Ansible's lines": lambda text: "".join(f"    {json.dumps(line)},\n" for line in text.splitlines()),
    "CSV": lambda text: "".join('"node1","' + line.replace('"', '""') + '"\n' for line in text.splitlines()),
    "pretty JSON of a cloud": lambda text: json.dumps(
        [{"textPayload": line} for line in text.splitlines()], indent=2
    ),
    "HTML with numbers": lambda text: "<pre>" + text.replace('"', "&#34;") + "</pre>",
    "a space that does not break": lambda text: text.replace(" ", "\u00a0"),
    "two gzip files in one": lambda text: (
        gzip.compress(text[:5000].encode()) + gzip.compress(text[5000:].encode())
    ),
    "HTML": lambda text: text.replace('"', "&quot;"),
    "each line twice": lambda text: "".join(f"{JOURNAL}{line}\n" * 2 for line in text.splitlines()),
    "other units' lines between": _between,
    "a shim's plugins between": lambda text: "".join(f"{line}\n{SHIM}\n" for line in text.splitlines()),
    "newest first": lambda text: "".join(f"{JOURNAL}{line}\n" for line in reversed(text.splitlines())),
    "two boots": lambda text: text + text.replace("2026-11-24", "2026-11-25"),
}
CASES = (
    "1.2.14/v1-config",
    "1.3.10/clean-default",
    "1.6.20/two-root-causes",
    "1.6.20/bad-toml",
    "1.6.20/metadb-locked",
    "1.6.20/proxy-duplicate-id",
    "1.6.20/dockerd-metadb-is-directory",
    "1.6.20/loglevel-warn-failures",
    "1.7.34/clean-default",
    "2.0.11/disabled-and-failing",
    "2.0.11/cri-uses-skipped-snapshotter",
    "2.0.11/plugin-config-type-error",
    "2.0.11/nri-socket-unwritable",
    "2.0.11/required-disabled",
    "2.3.4/clean-default",
)


def _told(data: bytes) -> tuple[object, ...]:
    diagnosis: Diagnosis = diagnose(read_log(BytesIO(data), "x.log").recording)
    causes = sorted((cause.uri, str(cause.reason), cause.victims) for cause in diagnosis.root_causes)
    return causes, diagnosis.skipped, diagnosis.disabled, diagnosis.boot.stage, diagnosis.boot.uri


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_wrapped_log_tells_the_same(wrapping: str, case: str) -> None:
    """The same boot, out of whatever it was copied from."""
    plain = log_of(case)
    wrapped = WRAPPINGS[wrapping](plain.decode())
    assert _told(wrapped if isinstance(wrapped, bytes) else wrapped.encode()) == _told(plain)


@pytest.mark.parametrize("width", [200, 260])
def test_lines_cut_by_a_pager_keep_their_causes(width: int) -> None:
    """``…>`` and ``>`` at the end: what is left of the words is enough to tell the cause."""
    for case in ("1.6.20/disabled-content", "2.0.11/metadb-is-directory", "2.0.11/disabled-metadata"):
        plain = log_of(case)
        for mark in ("…>", ">", "…"):
            lines = plain.decode().splitlines()
            cut = "\n".join(line if len(line) <= width else line[:width] + mark for line in lines)
            assert _told(cut.encode())[0] == _told(plain)[0]


def test_a_status_page_that_leaves_out_the_middle_keeps_the_causes() -> None:
    """systemctl status leaves out the middle of a long line: the id behind it still counts."""
    plain = log_of("2.0.11/metadb-is-directory")
    lines = plain.decode().splitlines()
    cut = "\n".join(line if len(line) < 240 else f"{line[:210]}…{line[-24:]}" for line in lines)
    assert _told(cut.encode())[0] == _told(plain)[0]


def _broken_between_words(text: str, width: int, before: str = "") -> str:
    def broken(line: str) -> list[str]:
        return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]

    return "".join(f"{before}{part}\n" for line in text.splitlines() for part in broken(line))


def _broken_at(text: str, width: int) -> str:
    return "".join(
        f"{line[at : at + width]}\n"
        for line in text.splitlines()
        for at in range(0, max(len(line), 1), width)
    )


BROKEN: dict[str, Wrap] = {
    "a mail": lambda text: _broken_between_words(text, 76, "> "),
    "a forum": lambda text: _broken_between_words(text, 100, "    "),
    "a terminal": lambda text: _broken_at(text, 80),
    "a wide terminal": lambda text: _broken_at(text, 200),
    "journalctl on a terminal": lambda text: _broken_at(_each(JOURNAL)(text), 80),
}


@pytest.mark.parametrize("wrapping", BROKEN)
@pytest.mark.parametrize(
    "case",
    ["1.2.14/v1-config", "1.6.20/two-root-causes", "2.0.11/disabled-and-failing", "2.0.11/required-disabled"],
)
def test_broken_lines_are_joined(wrapping: str, case: str) -> None:
    """As a mail, a forum or a terminal breaks them; and every line keeps its number."""
    plain = log_of(case)
    data = BROKEN[wrapping](plain.decode())
    assert isinstance(data, str)
    assert _told(data.encode()) == _told(plain)
    read = read_log(BytesIO(data.encode()), "x.log")
    lines = data.splitlines()
    for reference in read.boot_log.references[:3]:
        assert re.search("time=|INFO|WARN|ERRO|containerd: ", lines[reference.line - 1])


def test_a_failure_is_understood_as_people_quote_it() -> None:
    """Broken over four lines; without time and level; the other words of the same log are not joined."""
    broken = (
        'time="2023-09-24T21:43:20.958509027Z" level=warning msg="failed to load\n'
        'plugin io.containerd.grpc.v1.cri" error="failed to create CRI service:\n'
        "failed to create cni conf monitor for default: mkdir /etc/cni: read-only\n"
        'file system"\n'
    )
    bare = 'failed to load plugin io.containerd.grpc.v1.cri error="failed to create CRI service: x"\n'
    for text in (broken, bare):
        (step,) = read_log(BytesIO(text.encode()), "x.log").recording.failures()
        assert step.uri == "io.containerd.grpc.v1.cri"
        assert step.error.startswith("failed to create CRI service: ")


def test_an_abort_of_two_lines_is_one() -> None:
    """TOML's complaint stands behind the place."""
    text = "```\ncontainerd: failed to load TOML: config.toml: (27, 47):\nwas expecting token [[\n```\n"
    boot = read_log(BytesIO(text.encode()), "x.log").recording.boot
    assert boot.error == "failed to load TOML: config.toml: (27, 47): was expecting token [["


def test_many_messages_in_one_line_are_each_read() -> None:
    """A whole log as one JSON text, or with carriage returns only."""
    plain = log_of("1.6.20/two-root-causes")
    for data in (json.dumps({"stdout": plain.decode()}).encode(), plain.replace(b"\n", b"\r")):
        assert _told(data) == _told(plain)


@pytest.mark.parametrize(
    ("line", "oldest", "newest"),
    [
        (
            r'msg="loading plugin \"io.containerd.grpc.v1.content\"..." type=io.containerd.grpc.v1',
            (1, 3),
            (1, 7),
        ),
        (
            r'msg="loading plugin "io.containerd.grpc.v1.content"..." type=io.containerd.grpc.v1 ',
            (1, 0),
            (1, 2),
        ),
    ],
)
def test_how_quotes_are_written_tells_the_release(
    line: str, oldest: tuple[int, int], newest: tuple[int, int]
) -> None:
    """Up to 1.2 they are not escaped."""
    text = f'time="2026-11-24T03:13:06.462857543Z" level=info {line}\n'
    catalog = read_log(BytesIO(text.encode()), "x.log").recording.plan.catalog
    found = re.search(r"nearest to containerd (\d+)\.(\d+)", catalog.diagnostics[0].message)
    assert found is not None
    assert oldest <= (int(found[1]), int(found[2])) <= newest


@pytest.mark.parametrize(
    "wrapping",
    ["a log shipper's JSON", "docker json-file", "Ansible's lines", "CSV", "a diff", "journalctl json"],
)
@pytest.mark.parametrize("case", ["1.6.20/tty-format-failures", "1.6.20/json-format-failures"])
def test_colours_and_json_come_through_another_programs_text(wrapping: str, case: str) -> None:
    """An escape sequence is spelled out in JSON, and JSON in JSON has its quotes escaped."""
    plain = log_of(case)
    wrapped = WRAPPINGS[wrapping](plain.decode())
    assert _told(wrapped if isinstance(wrapped, bytes) else wrapped.encode()) == _told(plain)

"""What stands around a log's lines changes nothing of what it tells."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from io import BytesIO

import pytest
from tests.sources.log.capture import log_of

from plugscope.boot.diagnosis import Diagnosis, diagnose
from plugscope.sources.log.source import read_log

SHIM = (
    'time="2026-11-24T03:13:06.462857543Z" level=info msg="loading plugin \\"io.containerd.event.v1.publisher\\"..." '
    "runtime=io.containerd.runc.v2 type=io.containerd.event.v1"
)
NOISE = (
    "Nov 24 03:13:06 node1 kubelet[9]: E1124 failed to get containerd: not found, failed to load plugin x\n"
    "Nov 24 03:13:06 node1 systemd[1]: Started something else.\n"
)

Wrap = Callable[[str], str | bytes]


def _each(before: str, after: str = "") -> Wrap:
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

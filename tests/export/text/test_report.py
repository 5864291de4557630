"""The causes of a boot as a report, as they are and masked."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.log.capture import log_of

from plugscope.boot import Recording
from plugscope.export.text import report_of
from plugscope.export.text.report import mask_text
from plugscope.sources import open_source, recognise


def recording_of(tmp_path: Path, case: str) -> Recording:
    path = tmp_path / "node7.acme.corp" / "boot-a.log"
    path.parent.mkdir()
    path.write_bytes(log_of(case))
    recording = open_source(recognise(str(path))).observed
    assert recording is not None
    return recording


def test_a_masked_report_names_no_path(tmp_path: Path) -> None:
    """Not in its heading either, nor where causes stand; lines, plugins and the release stay."""
    recording = recording_of(tmp_path, "2.0.11/three-independent-roots")
    plain, masked = report_of(recording), report_of(recording, masked=True)
    assert plain.startswith("# boot\\-a.log: causes")
    assert f"- at: `{tmp_path}/node7.acme.corp/boot-a.log:47`" in plain
    assert "mkdir /opt/containerd: read-only" in plain
    for secret in (str(tmp_path), "node7", "/opt"):
        assert secret not in masked
    assert "- at: `<path>:47`" in masked
    assert "mkdir <path>: read-only" in masked
    assert "`io.containerd.cri.v1.runtime`" in masked
    assert "Release: `containerd v2.0.11, as it says itself" in masked


def test_a_boot_whose_end_is_not_told_is_not_said_to_have_aborted(tmp_path: Path) -> None:
    """The log was cut."""
    report = report_of(recording_of(tmp_path, "1.6.20/derived-truncated-tail"))
    assert "Boot (observed): how it ended is not known: " in report


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("lookup reg.acme.example on 10.1.2.3:53: no such host", "lookup <host> on <address>: no such host"),
        ('Get "https://bob:pw@reg.acme.example:5000/v2": EOF', 'Get "https://<host><path>": EOF'),
        ("dial tcp [fe80::1%eth0]:443: refused", "dial tcp <host>: refused"),
        ("node7.acme.example:2379 refused", "<host> refused"),
        ("open /home/u~1/key: denied", "open <path>: denied"),
        ("config.toml:3", "config.toml:3"),
        ("failed at row 3 column 1: toml: bad", "failed at row 3 column 1: toml: bad"),
        ("io.containerd.grpc.v1.cri: plugin: not found", "io.containerd.grpc.v1.cri: plugin: not found"),
    ],
)
def test_hosts_are_masked_wherever_they_are_named(text: str, hidden: str) -> None:
    """With those who log in; what only looks like one stays."""
    assert mask_text(text) == hidden

"""Which release a daemon may be that does not say so, by the calls that it has."""

from __future__ import annotations

from pathlib import Path

import grpc
import pytest
from tests.sources.daemon.fake import INFO, SERVER, Reply, server_reply, serving

from plugscope.sources.daemon.client import DaemonClient
from plugscope.sources.daemon.observation import span_of
from plugscope.sources.daemon.wire import message
from plugscope.sources.release import Span

PLUGIN = message("Plugin")(type="a.v1", id="x")
KNOWS_INFO = bytes(message("PluginInfoResponse")(plugin=PLUGIN).SerializeToString())
NOT_IMPLEMENTED = (grpc.StatusCode.UNIMPLEMENTED, "not implemented: not implemented")
UNKNOWN_METHOD = (grpc.StatusCode.UNIMPLEMENTED, "unknown method PluginInfo for service")
BROKEN = (grpc.StatusCode.INTERNAL, "it burns")


@pytest.mark.parametrize(
    ("replies", "pid", "span"),
    [
        ({}, 0, ((1, 0), (1, 2))),
        ({SERVER: server_reply("u")}, 0, ((1, 3), (1, 7))),
        ({SERVER: server_reply("u", 7)}, 7, ((1, 7), (1, 7))),
        ({SERVER: server_reply("u"), INFO: UNKNOWN_METHOD}, 0, ((1, 3), (1, 7))),
        ({SERVER: server_reply("u"), INFO: NOT_IMPLEMENTED}, 0, ((1, 7), (1, 7))),
        ({SERVER: server_reply("u", 7), INFO: KNOWS_INFO}, 7, ((2, 0), (2, 99))),
        ({SERVER: server_reply("u", 7), INFO: BROKEN}, 7, ((1, 7), (2, 99))),
        ({SERVER: BROKEN, INFO: KNOWS_INFO}, 0, ((2, 0), (2, 99))),
        ({SERVER: BROKEN, INFO: BROKEN}, 0, ((1, 0), (2, 99))),
    ],
    ids=[
        "neither",
        "server",
        "with a pid",
        "no info",
        "info of 1.7",
        "info",
        "info fails",
        "server fails",
        "both fail",
    ],
)
def test_a_daemon_is_placed_by_what_it_answers(
    replies: dict[str, Reply], pid: int, span: Span, tmp_path: Path
) -> None:
    """``Server`` came with 1.3, its process id with 1.7, ``PluginInfo`` with 2.0; a failure tells nothing."""
    with (
        serving(tmp_path / "c.sock", replies) as address,
        DaemonClient(address.removeprefix("unix://")) as client,
    ):
        assert span_of(client, pid, "a.v1", "x") == span

"""What captured daemons answered (tests/data/containerd/introspection.json.xz), by ``version/case``."""

from __future__ import annotations

import json
import lzma
from functools import cache
from pathlib import Path
from typing import Any

import grpc
from tests.sources.daemon.fake import INFO, PLUGINS, SERVER, VERSION, Reply, plugins_reply, server_reply
from tests.sources.log.capture import Truth, captures

from plugscope.sources.daemon import Answer
from plugscope.sources.daemon.fact import facts_of

_FILE = Path(__file__).resolve().parents[2] / "data" / "containerd" / "introspection.json.xz"


@cache
def answers() -> dict[str, dict[str, Any]]:
    """All answers; of a case with two boots that of the first is named ``version/case boot1``."""
    found: dict[str, dict[str, Any]] = json.loads(lzma.decompress(_FILE.read_bytes()))
    return found


def reference() -> list[str]:
    """The daemons that told of their plugins: where introspection is the victim nobody can."""
    return [name for name, answer in answers().items() if answer.get("plugins")]


def truth_of(name: str) -> Truth:
    """The truth of the boot that answered."""
    case, _, first = name.partition(" ")
    return captures()[case].truths[0 if first else -1]


def answer_of(name: str, version: str | None = None) -> Answer:
    """What it answered, through the bytes of the wire. ``version``: what it says of that, else the truth."""
    said = name.partition("/")[0] if version is None else version
    return Answer(facts_of(plugins_reply(*answers()[name]["plugins"])), said)


def replies_of(name: str) -> dict[str, Reply]:
    """The replies of a server that is like it, but does not say its version."""
    answer = answers()[name]
    replies: dict[str, Reply] = {VERSION: (grpc.StatusCode.UNIMPLEMENTED, "unknown service")}
    replies[PLUGINS] = (
        plugins_reply(*answer["plugins"]) if "plugins" in answer else _refusal(answer["plugins_error"])
    )
    server = answer.get("Server")
    replies[SERVER] = (
        _refusal(answer["Server_error"])
        if server is None
        else server_reply(server["uuid"], int(server.get("pid", 0)), int(server.get("pidns", 0)))
    )
    replies[INFO] = _refusal(answer["PluginInfo_error"]) if "PluginInfo_error" in answer else b""
    return replies


def _refusal(error: dict[str, str]) -> tuple[grpc.StatusCode, str]:
    return grpc.StatusCode[error["code"]], error["details"]

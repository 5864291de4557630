"""What a daemon answers, as an observed boot: the plugins in the order they started, and what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plugscope.boot.catalog import Diagnostic, Known, Outcome, Severity
from plugscope.boot.recording import Recording
from plugscope.plugin import Meta, Platform
from plugscope.sources.error import SourceError
from plugscope.sources.log.account import Account
from plugscope.sources.log.expectation import expect
from plugscope.sources.log.fact import Fact
from plugscope.sources.log.observation import record

from .client import DaemonClient, DaemonError

# Whoever answered is there; up to 1.5 its list lacks itself.
_ANSWERED = ("io.containerd.grpc.v1.introspection",)


@dataclass(frozen=True, slots=True)
class Answer:
    """A daemon at one moment. ``plugins`` are the messages of the API, in init order."""

    plugins: Sequence[Any]
    version: str = ""
    uuid: str = ""
    pid: int = 0
    deprecations: tuple[str, ...] = ()


def ask_daemon(address: str) -> Answer:
    """Ask the daemon at ``unix:///path``. Raises ``SourceError``."""
    path = address.removeprefix("unix:")
    path = path[2:] if path.startswith("//") else path
    try:
        with DaemonClient(path) as client:
            plugins = client.plugins()
            version, server = client.version(), client.server()
    except DaemonError as error:
        raise SourceError.at(address, str(error)) from None
    return Answer(
        plugins,
        version.removeprefix("v"),
        "" if server is None else server.uuid,
        0 if server is None else int(server.pid),
        () if server is None else tuple(one.message for one in server.deprecations),
    )


def observe_daemon(address: str) -> Recording:
    """The boot of the daemon at ``unix:///path``: what it has is told by itself, what it lacks is disabled.

    Raises ``SourceError``.
    """
    return recording_of(ask_daemon(address), address)


def recording_of(answer: Answer, address: str) -> Recording:
    """The observed boot that an answer tells of."""
    if not answer.plugins:
        raise SourceError.at(address, "the daemon answers, and says that it has no plugin")
    facts = {fact.uri: fact for fact in map(_fact, answer.plugins)}
    account = Account(facts, present=_ANSWERED, is_log=False)
    recording = record(account, expect(answer.version, set(facts)), address, Known.LIVE)
    catalog = recording.plan.catalog
    catalog.name = f"containerd {answer.version}".strip()
    catalog.version = answer.version or catalog.version
    catalog.address = address.removeprefix("unix://")
    catalog.diagnostics = (*catalog.diagnostics, *_remarks(answer))
    return recording


def _remarks(answer: Answer) -> list[Diagnostic]:
    return [Diagnostic("deprecation", Severity.WARNING, message) for message in answer.deprecations]


def _fact(plugin: Any) -> Fact:
    failed = plugin.HasField("init_err")
    message = plugin.init_err.message if failed else ""
    outcome = Outcome.OK
    if failed:
        outcome = Outcome.SKIP if "skip plugin" in message else Outcome.ERROR
    return Fact(
        f"{plugin.type}.{plugin.id}",
        plugin.type,
        outcome,
        message,
        loading=True,
        meta=_meta(plugin),
        requires=tuple(plugin.requires),
    )


def _meta(plugin: Any) -> Meta:
    return Meta(
        [
            Platform(one.os, one.architecture, one.variant, one.os_version, tuple(one.os_features))
            for one in plugin.platforms
        ],
        {pair.key: pair.value for pair in sorted(plugin.exports, key=lambda pair: str(pair.key))},
        list(plugin.capabilities),
    )

"""What a daemon answers, as an observed boot: the plugins in the order they started, and what came of each.

Which release one may be that does not say so is told by the calls that it has: ``Server`` came with 1.3, the process id
in its answer with 1.7; 1.7 then answered ``PluginInfo`` with "not implemented", and 2.0 has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugscope.boot import Diagnostic, DiagnosticCode, Known, Recording, Severity
from plugscope.plugin import Semantics
from plugscope.sources.error import SourceError
from plugscope.sources.observed import (
    BootObservation,
    Expectation,
    PluginObservation,
    expect,
    record,
)
from plugscope.sources.release import ERAS, Release, Span

from .client import TIMEOUT_S, DaemonClient
from .error import DaemonError, NoSuchCall
from .wire import message

# Whoever answered is there; up to 1.5 its list lacks itself.
_ANSWERED = ("io.containerd.grpc.v1.introspection",)
_MOST_DEPRECATIONS = 100
_CLASSIC, _V1, _NEWEST = ERAS[Semantics.CLASSIC], ERAS[Semantics.V1], ERAS[Semantics.V2]


@dataclass(frozen=True, slots=True)
class Answer:
    """A daemon at one moment. ``plugins`` stand in init order.

    ``span`` is what it can be where it does not say its version. ``pid`` is its process id in the pid namespace
    ``pidns``; both are 0 before 1.7.
    """

    plugins: Sequence[PluginObservation]
    version: str = ""
    uuid: str = ""
    pid: int = 0
    pidns: int = 0
    deprecations: tuple[str, ...] = ()
    span: Span | None = None


def ask_daemon(address: str, timeout: float = TIMEOUT_S) -> Answer:
    """Ask the daemon at ``unix:///path``. Each question may take ``timeout`` seconds. Raises ``SourceError``."""
    try:
        with DaemonClient(_path_of(address), timeout) as client:
            return _asked(client)
    except DaemonError as error:
        raise SourceError.at(address, str(error)) from None


def _path_of(address: str) -> str:
    path = address.removeprefix("unix:")
    return path[2:] if path.startswith("//") else path


def _asked(client: DaemonClient) -> Answer:
    plugins = client.plugins()
    version = client.version().removeprefix("v")
    try:
        server = client.server()
    except DaemonError:
        server = message("ServerResponse")()
    span = None
    if plugins and not Release(version).is_known:
        some = next((one for one in plugins if one.type and one.id), plugins[0])
        span = span_of(client, server.pid, some.type, some.id)
    return Answer(plugins, version, server.uuid, server.pid, server.pidns, tuple(_deprecations(server)), span)


def _deprecations(server: Any) -> Iterator[str]:
    for raw in server.deprecations[:_MOST_DEPRECATIONS]:
        yield message("Deprecation").FromString(raw).message


def observe_daemon(address: str) -> Recording:
    """The boot of the daemon at ``unix:///path``: what it has is told by itself, what it lacks is disabled.

    Raises ``SourceError``.
    """
    return recording_of(ask_daemon(address), address)


def recording_of(answer: Answer, address: str) -> Recording:
    """The observed boot that an answer tells of. Raises ``SourceError`` if it tells of no plugin."""
    if not answer.plugins:
        raise SourceError.at(address, "the daemon answers, and says that it has no plugin")
    facts = {fact.uri: fact for fact in answer.plugins}
    account = BootObservation(facts, present=_ANSWERED, is_log=False)
    expectation = expect(answer.version, set(facts), span=answer.span)
    recording = record(account, expectation, address, Known.LIVE)
    catalog = recording.plan.catalog
    catalog.name = f"containerd {answer.version}".strip()
    catalog.version = answer.version or catalog.version
    catalog.address = _path_of(address)
    catalog.diagnostics = (*catalog.diagnostics, *_remarks(answer, expectation, recording))
    return recording


def _remarks(answer: Answer, expectation: Expectation, recording: Recording) -> Iterator[Diagnostic]:
    yield Diagnostic(DiagnosticCode.DAEMON_VERSION, Severity.INFO, _version(answer, expectation))
    if answer.uuid or answer.pid:
        yield Diagnostic(DiagnosticCode.DAEMON_PROCESS, Severity.INFO, _process(answer))
    disabled = recording.plan.disabled_uris
    if disabled:
        which = (
            "1 plugin of this version is"
            if len(disabled) == 1
            else f"{len(disabled)} plugins of this version are"
        )
        text = f"{which} not there: disabled, or left out of the build"
        yield Diagnostic(DiagnosticCode.DAEMON_DISABLED, Severity.INFO, text)
    for words in answer.deprecations:
        yield Diagnostic(DiagnosticCode.DEPRECATION, Severity.WARNING, words)


def _version(answer: Answer, expectation: Expectation) -> str:
    name = expectation.nearest.name
    if expectation.is_told:
        return f"containerd {answer.version}, as it says itself; what it does not tell (lookups) is taken from {name}"
    said = (
        f'does not say a version that is known ("{answer.version}")'
        if answer.version
        else "does not say its version"
    )
    return f"the daemon {said}; by its {len(answer.plugins)} plugins and the calls it has it is nearest to {name}"


def _process(answer: Answer) -> str:
    if not answer.pid:
        return f"the daemon's id (kept under its root) is {answer.uuid}"
    here = _own_namespace()
    if here and answer.pidns and here != answer.pidns:
        return (
            f"it is process {answer.pid} of another pid namespace, as in a container: the paths that it names are its "
            f"own, and need not be there on this machine (id {answer.uuid})"
        )
    return f"it is process {answer.pid} (id {answer.uuid})"


def _own_namespace() -> int:
    """The inode of this process's pid namespace; 0 where there is none to see."""
    try:
        return Path("/proc/self/ns/pid").stat().st_ino
    except OSError:
        return 0


def span_of(client: DaemonClient, pid: int, type_: str, id_: str) -> Span:
    """The oldest and the newest minor release that answers so. ``type_`` and ``id_`` are those of any of its plugins,
    ``pid`` is what ``Server`` answered, or 0."""
    least, most = _CLASSIC[0], _NEWEST[1]
    try:
        client.server()
        least = (1, 7) if pid else _V1[0]
    except NoSuchCall:
        return _CLASSIC
    except DaemonError:
        pass
    with suppress(DaemonError):
        try:
            client.plugin_info(type_, id_)
            least = ERAS[Semantics.V2_0][0]
        except NoSuchCall as error:
            most = _V1[1]
            least = (1, 7) if error.words.startswith("not implemented") else least
    return least, most

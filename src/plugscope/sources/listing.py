"""``ctr plugins ls`` and ``ctr plugins ls -d``, of every version, pasted or piped: what a running daemon said it has.

The listing is in the order in which the plugins started. It has every one of them, failed and skipped ones too, so that
one that its version has and it does not list is disabled. Which version it is has to be found from what it lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plugscope.boot import Diagnostic, DiagnosticCode, Known, Outcome, Recording, Severity
from plugscope.plugin import Meta, Platform, Semantics

from .error import SourceError
from .log import MAX_LINE, plain
from .observed import BootObservation, Expectation, PluginObservation, expect, record

MAX_PLUGINS = 20_000
"""So many are read; a daemon has not a hundredth of them."""

_HEADER = re.compile(rb"(?m)^[\s>#|`]*TYPE\s+ID\s+PLATFORMS\s+STATUS")
_BLOCK = re.compile(rb"(?m)^[\s>#|`]*Type:[ \t]+\S+[ \t\r]*\n[\s>#|`]*ID:[ \t]+\S+")
_ROW = re.compile(
    r"[\s>#|`]*(?P<type>[\w./-]{1,120}\.v\d+[\w.-]{0,60})\s+(?P<id>\S{1,120})\s+(?P<platforms>\S{1,400})\s+"
    r"(?P<status>ok|error|skip)\b"
)
_ALONE = re.compile(
    rb"(?m)^[\s>#|`]*io\.containerd\.[\w.-]{1,100}\.v\d+[ \t]+[\w.-]{1,120}[ \t]+\S{1,400}"
    rb"[ \t]+(?:ok|error|skip)[ \t\r]*$"
)
_FIELD = re.compile(
    r"[\s>#|`]*(?P<key>Type|ID|Requires|Platforms|Exports|Capabilities|Error|Code|Message):(?:\s+(?P<value>.*\S))?\s*$"
)
_EXPORT = re.compile(r"[\s>#|`]*(?P<key>\S{1,200})\s+(?P<value>.*\S)\s*$")
_OUTCOMES = {"ok": Outcome.OK, "error": Outcome.ERROR, "skip": Outcome.SKIP}
# Whoever answered is there; up to 1.5 its list lacks itself.
_ANSWERED = ("io.containerd.grpc.v1.introspection",)
_ANSWERING = (*_ANSWERED, "io.containerd.service.v1.introspection-service")
_INDENTED = re.compile(r"[\s>#|`]*(?:[A-Z][a-z]{1,20}:|$)|[>#|`]* {4,}|[>#|`]*\t")


def looks_like_listing(head: bytes) -> bool:
    """Whether the first bytes of a file are a listing's."""
    return any(pattern.search(head) is not None for pattern in (_HEADER, _BLOCK, _ALONE))


def read_listing(data: bytes, name: str) -> Recording:
    """The observed boot that a listing tells of. Raises ``SourceError`` if it lists nothing."""
    lines = [plain(line[:MAX_LINE].decode("utf-8", "replace")) for line in data.split(b"\n")]
    told = _blocks(_joined(lines)) if _BLOCK.search(data) else _rows(lines)
    facts = {fact.uri: fact for fact in told}
    if not facts:
        raise SourceError.at(
            name, "a listing without a plugin: ctr prints none when the daemon refuses to answer"
        )
    expectation = expect("", set(facts))
    _tell_skips(facts, expectation)
    is_part = _is_part(facts, expectation)
    account = BootObservation(facts, present=_ANSWERED, is_log=False, is_part=is_part, each_start=not is_part)
    recording = record(account, expectation, name, Known.LIVE)
    recording.plan.catalog.diagnostics = tuple(_remarks(facts, expectation, recording, is_part))
    return recording


def _is_part(facts: dict[str, PluginObservation], expectation: Expectation) -> bool:
    """Whether it is what grep or a paste has left of a listing: whoever answered is not in it, or, up to 1.2, where it
    never is, not half of the rest."""
    if any(uri in facts for uri in _ANSWERING):
        return False
    nearest = expectation.nearest
    return nearest.semantics is not Semantics.CLASSIC or len(facts) * 2 < len(nearest.entries)


def _joined(lines: list[str]) -> list[str]:
    """Lines that a terminal has broken at its width, joined; empty ones stand in place of their ends."""
    width = max(map(len, lines))
    joined: list[str] = []
    start, last = 0, 0
    for line in lines:
        if joined and last >= width and line and not _INDENTED.match(line):
            joined[start] += line
            joined.append("")
        else:
            start = len(joined)
            joined.append(line)
        last = len(line)
    return joined


def _rows(lines: Iterable[str]) -> Iterator[PluginObservation]:
    """The table of ``ctr plugins ls``. Warnings that ctr prints between are passed over."""
    for number, line in enumerate(lines, 1):
        row = _ROW.match(line)
        if row is not None and number <= MAX_PLUGINS * 2:
            fact = _fact(row["type"], row["id"], number)
            fact.outcome = _OUTCOMES[row["status"]]
            fact.meta = Meta(list(_platforms(row["platforms"])))
            yield fact


def _fact(type_: str, id_: str, line: int) -> PluginObservation:
    return PluginObservation(f"{type_}.{id_}", type_, Outcome.OK, line=line, loading=True)


def _platforms(text: str) -> Iterator[Platform]:
    for part in text.split(","):
        if part not in ("", "-"):
            try:
                yield Platform.parse(part)
            except ValueError:
                yield Platform(os=part)


def _blocks(lines: Iterable[str]) -> Iterator[PluginObservation]:
    """The blocks of ``ctr plugins ls -d``, each begun by its type."""
    type_, section = "", ""
    fact: PluginObservation | None = None
    for number, line in enumerate(lines, 1):
        field = _FIELD.match(line)
        key, value = (field["key"], field["value"] or "") if field is not None else ("", "")
        if key == "Type":
            type_, section = value, ""
            if fact is not None:
                yield fact
            fact = None
        elif key == "ID" and type_ and number <= MAX_PLUGINS * 100:
            fact = _fact(type_, value, number - 1)
            fact.meta, fact.requires = Meta(), ()
        elif fact is not None:
            section = key if key in ("Requires", "Exports", "Error") else section
            _detail(fact, key, value, section, line)
    if fact is not None:
        yield fact


def _detail(fact: PluginObservation, key: str, value: str, section: str, line: str) -> None:
    meta = fact.meta or Meta()
    if key == "Platforms":
        meta.platforms.extend(_platforms(value))
    elif key == "Capabilities":
        meta.capabilities.extend(part for part in value.split(",") if part)
    elif key == "Error":
        fact.outcome = Outcome.ERROR
    elif key == "Message" and section == "Error":
        fact.error = value
        fact.outcome = Outcome.SKIP if "skip plugin" in value else Outcome.ERROR
    elif not key and section == "Requires" and line.strip():
        fact.requires = (*(fact.requires or ()), line.split()[0])
    elif not key and section == "Exports":
        export = _EXPORT.match(line)
        if export is not None:
            meta.exports[export["key"]] = export["value"]


def _tell_skips(facts: dict[str, PluginObservation], expectation: Expectation) -> None:
    """ctr up to 1.4 says "error" for a skip too: where no plugin is said to have skipped and no words tell, those that
    do so everywhere have."""
    if any(fact.outcome is Outcome.SKIP for fact in facts.values()):
        return
    for fact in facts.values():
        entry = expectation.find(fact.uri)
        usual = None if entry is None or entry.init is None else entry.init.outcome
        if fact.outcome is Outcome.ERROR and not fact.error and usual is Outcome.SKIP:
            fact.outcome = Outcome.SKIP


def _remarks(
    facts: dict[str, PluginObservation], expectation: Expectation, recording: Recording, is_part: bool
) -> Iterator[Diagnostic]:
    name = expectation.nearest.name
    plugins = "one plugin" if len(facts) == 1 else f"{len(facts)} plugins"
    text = f"a listing does not name its version; by its {plugins} it is nearest to {name}"
    yield Diagnostic(DiagnosticCode.LISTING_VERSION, Severity.INFO, text)
    if is_part:
        text = (
            "this is a part of a listing (whoever answered ctr is not in it): nothing is said of the others"
        )
        yield Diagnostic(DiagnosticCode.LISTING_PART, Severity.WARNING, text)
    failed = [fact for fact in facts.values() if fact.outcome is Outcome.ERROR]
    if failed and not any(fact.error for fact in failed):
        text = "the listing has no error texts: its causes follow from the rules; `ctr plugins ls -d` has the words"
        yield Diagnostic(DiagnosticCode.LISTING_WORDS, Severity.WARNING, text)
    disabled = recording.plan.disabled_uris
    if disabled:
        which = (
            "1 plugin of that version is"
            if len(disabled) == 1
            else f"{len(disabled)} plugins of that version are"
        )
        text = f"{which} not listed: disabled, or left out of the build"
        yield Diagnostic(DiagnosticCode.LISTING_DISABLED, Severity.INFO, text)

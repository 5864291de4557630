"""Causes as a report in Markdown, to be pasted into a bug report. Foreign text stays text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from plugscope.boot import Certainty, Diagnosis, DiagnosticCode, Recording, RootCause, diagnose, short_name

_URL = re.compile(r"\b([a-z][a-z0-9+.-]*)://(?!/)[^\s\"'`/?#]+", re.IGNORECASE)
"""With who logs in, host and port: what is behind them is a path."""
_NAMED = re.compile(r"(?i)\b(lookup|host|hostname|node) ([a-z0-9][a-z0-9.-]*)(?=[\s,:;]|$)")
_WITH_PORT = re.compile(
    r"\b(?:[a-z0-9_-]+\.)*[a-z][a-z0-9_-]*:\d{2,5}\b|\[[0-9a-f:]+(?:%\w+)?\](?::\d+)?", re.IGNORECASE
)
_IP = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b")
_PATH = re.compile(r"(?<![\w.])/(?:[\w.@+~%=-]+/)*[\w.@+~%=-]+")
_SECRET = re.compile(r"(?i)\b(token|secret|password|passwd|api[_-]?key|auth)(\s*[=:]\s*)(\"[^\"]*\"|\S+)")
_HOST = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|local|lan|internal|corp|cloud)\b(?!\.v\d)", re.IGNORECASE
)

_OF_THE_RELEASE = (
    DiagnosticCode.LOG_VERSION,
    DiagnosticCode.LISTING_VERSION,
    DiagnosticCode.DAEMON_VERSION,
    DiagnosticCode.CONFIG_RELEASE,
)


def report_of(recording: Recording, *, masked: bool = False) -> str:
    """The report: how the boot came out, each cause with its words and its victims, what skipped, what is off.

    ``masked`` hides secrets, addresses, hosts and paths in names, places and error texts; plugin URIs stay.
    """
    mask = mask_text if masked else (lambda text: text)
    diagnosis = diagnose(recording)
    plan = recording.plan
    name = PurePath(plan.catalog.name).name or "Plugin system"
    lines = [f"# {_plain(mask(name))}: causes", ""]
    how = {"predicted": "predicted", "run": "really run", "observed": "observed"}[recording.kind]
    lines.append(f"Boot ({how}): {_end(recording, mask)}")
    lines.extend(
        f"Release: {_code(mask(found.message))}"
        for found in plan.catalog.diagnostics
        if found.code in _OF_THE_RELEASE
    )
    lines.append("")
    for cause in diagnosis.root_causes:
        lines.extend(_cause(recording, cause, mask))
    if not diagnosis.root_causes:
        lines.extend(["Nothing failed.", ""])
    lines.extend(_quiet(diagnosis))
    return "\n".join(lines).rstrip() + "\n"


def _end(recording: Recording, mask: Callable[[str], str]) -> str:
    boot = recording.boot
    if boot.certainty is Certainty.UNKNOWN:
        return f"how it ended is not known: {_code(mask(boot.error))}"
    return "came up" if boot.ok else f"aborted: {_code(mask(boot.error))}"


def _cause(recording: Recording, cause: RootCause, mask: Callable[[str], str]) -> list[str]:
    name = short_name(cause.uri, recording.plan) if cause.uri else "the boot"
    lines = [f"## {_plain(name)}: {str(cause.reason).replace('-', ' ')}", ""]
    if cause.uri:
        lines.append(f"- plugin: {_code(cause.uri)}")
    if cause.error:
        own = cause.uri in recording.by_uri
        lines.append(f"- {'error' if own else 'its victims say'}: {_code(mask(cause.error))}")
    if cause.location:
        lines.append(f"- at: {_code(mask(cause.location))}")
    if cause.certainty is not Certainty.WILL:
        lines.append("- suspected, not certain")
    if cause.victims:
        lines.append(f"- takes {len(cause.victims)} along:")
        lines.extend(f"  - {_code(victim)}" for victim in cause.victims)
    if cause.skipped:
        lines.append("- makes skip: " + ", ".join(map(_code, cause.skipped)))
    return [*lines, ""]


def _quiet(diagnosis: Diagnosis) -> list[str]:
    lines = []
    for word, uris in (("Skipped", diagnosis.skipped), ("Disabled", diagnosis.disabled)):
        if uris:
            lines.append(f"{word}: " + ", ".join(map(_code, uris)))
            lines.append("")
    if diagnosis.unfinished:
        lines.append(f"Did not finish: {_code(diagnosis.unfinished)}")
    return lines


def mask_text(text: str) -> str:
    """The text without secrets, addresses, host names and paths, each replaced by a word for what it was."""
    text = _SECRET.sub(r"\1\2<secret>", text)
    text = _URL.sub(r"\1://<host>", text)
    text = _NAMED.sub(r"\1 <host>", text)
    text = _IP.sub("<address>", text)
    text = _PATH.sub("<path>", text)
    text = _WITH_PORT.sub(_hidden, text)
    return _HOST.sub(lambda found: found[0] if found[0].startswith("io.containerd.") else "<host>", text)


def _hidden(found: re.Match[str]) -> str:
    """A host and its port; not a place in a file, which has a suffix and a line."""
    return found[0] if re.search(r"\.(?:toml|log|txt|json|yaml|yml|gz|conf|py):\d+$", found[0]) else "<host>"


def _code(text: str) -> str:
    """A code span that no backtick in the text can end."""
    flat = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    longest = max((len(run) for run in re.findall(r"`+", flat)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") or not flat else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def _plain(text: str) -> str:
    """Text in a heading: what Markdown or HTML could read as more than text is escaped."""
    flat = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return re.sub(r"([\\`*_{}\[\]()#+!|<>&~-])", r"\\\1", flat)

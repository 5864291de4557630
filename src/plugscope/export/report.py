"""Causes as a report in Markdown, to be pasted into a bug report. Foreign text stays text."""

from __future__ import annotations

import re
from collections.abc import Callable

from plugscope.boot import Recording
from plugscope.boot.diagnosis import Diagnosis, RootCause, diagnose
from plugscope.boot.narration import short_name

_IP = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b")
_PATH = re.compile(r"(?<![\w.])/(?:[\w.@+-]+/)*[\w.@+-]+")
_SECRET = re.compile(r"(?i)\b(token|secret|password|passwd|api[_-]?key|auth)(\s*[=:]\s*)(\"[^\"]*\"|\S+)")
_HOST = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|local|lan|internal|corp|cloud)\b(?!\.v\d)", re.IGNORECASE
)


def report_of(recording: Recording, *, masked: bool = False) -> str:
    """The report: how the boot came out, each cause with its words and its victims, what skipped, what is off.

    ``masked`` hides secrets, addresses, hosts and paths in the error texts; plugin URIs stay.
    """
    mask = mask_text if masked else (lambda text: text)
    diagnosis = diagnose(recording)
    plan = recording.plan
    lines = [f"# {_plain(plan.catalog.name or 'Plugin system')}: causes", ""]
    how = {"predicted": "predicted", "run": "really run", "observed": "observed"}[recording.kind]
    lines.append(
        f"Boot ({how}): "
        + ("came up" if recording.boot.ok else f"aborted: {_code(mask(recording.boot.error))}")
    )
    lines.append("")
    for cause in diagnosis.root_causes:
        lines.extend(_cause(recording, cause, mask))
    if not diagnosis.root_causes:
        lines.extend(["Nothing failed.", ""])
    lines.extend(_quiet(diagnosis))
    return "\n".join(lines).rstrip() + "\n"


def _cause(recording: Recording, cause: RootCause, mask: Callable[[str], str]) -> list[str]:
    name = short_name(cause.uri, recording.plan) if cause.uri else "the boot"
    lines = [f"## {_plain(name)}: {str(cause.reason).replace('-', ' ')}", ""]
    if cause.uri:
        lines.append(f"- plugin: {_code(cause.uri)}")
    if cause.error:
        own = cause.uri in recording.by_uri
        lines.append(f"- {'error' if own else 'its victims say'}: {_code(mask(cause.error))}")
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
    text = _IP.sub("<address>", text)
    text = _PATH.sub("<path>", text)
    return _HOST.sub(lambda found: found[0] if found[0].startswith("io.containerd.") else "<host>", text)


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

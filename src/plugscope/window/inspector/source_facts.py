"""What the inspector says of the source as a whole: which release it is of, how that is known, what it leaves out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from plugscope.boot import Severity
from plugscope.session import Document

_TOLD = ("log", "listing", "daemon")
"""What codes of diagnostics about such a source begin with."""


def release_of(document: Document) -> str:
    """The release that a log or a daemon says it is of; "" for other sources, and where it is inferred, which the
    remarks tell."""
    if not document.can_change:  # two sources have two releases
        return ""
    version = document.catalog.version.removeprefix("v")
    said = any(
        found.code.endswith("-version") and found.message.startswith("containerd ")
        for found in document.catalog.diagnostics
    )
    return f"containerd {version}" if version and said else ""


def remarks_on(document: Document) -> tuple[str, list[str]]:
    """What kind of source it is, and what there is to know of it, in sentences; none of a catalog or a manifest, nor
    of two that are compared: what is true of one need not be of the other."""
    if not document.can_change:
        return "", []
    found = [
        (kind, diagnostic.message)
        for diagnostic in document.catalog.diagnostics
        if diagnostic.severity is Severity.INFO and (kind := diagnostic.code.partition("-")[0]) in _TOLD
    ]
    titles = {"log": _tr("Log"), "listing": _tr("Listing"), "daemon": _tr("Daemon")}
    return titles[found[0][0]] if found else "", [_sentence(text) for _, text in found]


def _sentence(text: str) -> str:
    """A remark as a sentence; the daemon's name is spelled as it spells itself."""
    return f"{text if text.startswith('containerd') else text[:1].upper() + text[1:]}."


def _tr(text: str) -> str:
    return QCoreApplication.translate("SourceFacts", text)

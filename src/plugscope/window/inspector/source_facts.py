"""What the inspector says of the source as a whole: which release it is of, how that is known, what it leaves out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from plugscope.boot import Known, Severity, Topic
from plugscope.session import Document

_OBSERVED = (Topic.LOG, Topic.LISTING, Topic.DAEMON)


def release_of(document: Document) -> str:
    """The release that a log or a daemon says it is of; "" for other sources, and where it is inferred, which the
    remarks tell."""
    if not document.can_change:  # two sources have two releases
        return ""
    catalog = document.catalog
    is_told = catalog.version_known in (Known.LOG, Known.LIVE)
    return f"containerd {catalog.version.removeprefix('v')}" if catalog.version and is_told else ""


def remarks_on(document: Document) -> tuple[str, list[str]]:
    """What kind of source it is, and what there is to know of it, in sentences; none of a catalog or a manifest, nor
    of two that are compared: what is true of one need not be of the other."""
    if not document.can_change:
        return "", []
    found = [
        diagnostic
        for diagnostic in document.catalog.diagnostics
        if diagnostic.severity is Severity.INFO and diagnostic.code.topic in _OBSERVED
    ]
    titles = {Topic.LOG: _tr("Log"), Topic.LISTING: _tr("Listing"), Topic.DAEMON: _tr("Daemon")}
    return titles[found[0].code.topic] if found else "", [_sentence(one.message) for one in found]


def _sentence(text: str) -> str:
    """A remark as a sentence; the daemon's name is spelled as it spells itself."""
    return f"{text if text.startswith('containerd') else text[:1].upper() + text[1:]}."


def _tr(text: str) -> str:
    return QCoreApplication.translate("SourceFacts", text)

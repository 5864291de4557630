"""Documents to test with."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot
from tests.boot.sample import catalog

from plugscope.boot import Catalog
from plugscope.session import Opener, SourceDocument
from plugscope.sources import Kind, Opened, Source

SMALL = """
content.store : = ok
snapshot.native : = ok
snapshot.zfs : = skip no zfs here: skip plugin
meta.bolt content snapshot : single content
gc.scheduler meta : single meta
tasks.tasks meta : single meta ?
own.broken : = error no such device
"""
"""Two that skip or fail by themselves, one that takes others along, and one that does not mind."""


def document(text: str = SMALL, **settings: Any) -> SourceDocument:
    """An open document from the lines of ``tests.boot.sample``."""
    return document_of(catalog(text, **settings))


def read_now(opener: Opener, text: str) -> SourceDocument:
    """The document of a catalog or file, without an event loop."""
    loaded = opener.read_now(text)
    assert loaded is not None, text
    return opener.document(loaded)


def opened(
    qtbot: QtBot,
    opener: Opener,
    text: str,
    *,
    boot: int = -1,
    release: str | None = None,
    pasted: bool = False,
) -> SourceDocument:
    """The document that opening comes to; ``pasted``: of a text itself, and not of what it names."""
    with qtbot.waitSignal(opener.opened, timeout=20_000) as signal:
        opener.open_text(text) if pasted else opener.open(text, boot, release)
    assert signal.args is not None
    document = signal.args[0]
    assert isinstance(document, SourceDocument)
    return document


def document_of(opened: Catalog) -> SourceDocument:
    """An open document of a catalog."""
    return SourceDocument(Opened(Source(Kind.MANIFEST, "sample.toml"), opened))

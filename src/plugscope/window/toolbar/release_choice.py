"""The choice of the release that a configuration is for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox

from plugscope.boot import DiagnosticCode
from plugscope.session import Document
from plugscope.sources import catalog_names
from plugscope.window.widget import tip

NEWEST, ASK = "", "ask"


class ReleaseChoice(QComboBox):
    """The releases that can be chosen, the newest first. ``release_requested`` names one as ``Loaded.release`` does;
    until the configuration is open for it, and if it cannot be, the one that it is open for stands there."""

    release_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._document: Document | None = None
        self.setAccessibleName(self.tr("containerd release of the configuration"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(self._choose)

    def show_document(self, document: Document) -> bool:
        """Offer releases for a configuration; says whether the document is one."""
        self._document = document
        if document.release is None or document.source.file is None:
            return False
        blocker = QSignalBlocker(self)
        self.clear()
        newest = self.tr("newest that takes it")
        if document.release == NEWEST:
            newest = f"containerd {document.catalog.version} ({self.tr('newest')})"
        self.addItem(newest, NEWEST)
        for name in reversed(catalog_names()):
            self.addItem(name.replace("-", " ", 1), name)
        self.addItem(self.tr("ask the one on PATH"), ASK)
        self.setToolTip(tip(why(document)))
        self._show_open()
        blocker.unblock()
        return True

    @Slot(int)
    def _choose(self, index: int) -> None:
        chosen = self.itemData(index)
        self._show_open()
        if chosen != self._open() or chosen == ASK:
            self.release_requested.emit(chosen)

    def _open(self) -> str:
        document = self._document
        assert document is not None, "there is a choice where a document is open"
        return f"containerd-{document.catalog.version}" if document.release else NEWEST

    def _show_open(self) -> None:
        self.setCurrentIndex(self.findData(self._open()))


def shown_title(document: Document) -> str:
    """What to call a document where the choice of its release stands beside it."""
    file = document.source.file
    if document.release is None or file is None:
        return document.title
    return _tr("{0} for").format(document.source.name or file.name)


def why(document: Document) -> str:
    """In a sentence for which release a configuration is read, and why for that one; "" if it is none."""
    if document.release is None:
        return ""
    said = next(
        (found.text for found in document.catalog.diagnostics if found.code is DiagnosticCode.CONFIG_RELEASE),
        "",
    )
    name = f"containerd {document.catalog.version}"
    if document.over:
        return _tr("Read as a configuration of {0}, beside what happened.").format(name)
    if document.release not in (NEWEST, ASK):
        return _tr("Read as a configuration of {0}, which you chose.").format(name)
    if document.release == ASK:
        return _tr("Read as a configuration of {0}: {1}.").format(name, said)
    return f"{said[:1].upper()}{said[1:]}."


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReleaseChoice", text)

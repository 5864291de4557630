"""What is toggled, as a change of a containerd configuration: copied, or written when the user says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from plugscope.boot import DiagnosticCode, Severity, split_location
from plugscope.session import Document, Job, SourceDocument
from plugscope.sources import SourceError
from plugscope.sources.config import ChangeRefused, Proposal, propose
from plugscope.sources.config.edit import obstacle, save, take_back
from plugscope.window.canvas import headline
from plugscope.window.context import WindowContext
from plugscope.window.dialog import ConfigDialog

_HOME = Path("/etc/containerd")
"""Where containerd looks for its configuration."""


def own_file(document: Document) -> Path | None:
    """The configuration that is open, if it is one and a file."""
    return None if document.release is None or document.source.name else document.source.file


def proposal_of(document: SourceDocument, file: Path | None) -> Proposal:
    """What the toggles come to in a file, or as a setting. Raises ``SourceError`` and ``ChangeRefused``."""
    overrides = document.overrides()
    disable = [uri for uri, off in overrides.items() if off]
    enable = [uri for uri, off in overrides.items() if not off]
    return propose(document.catalog, disable, enable, file, disabled=document.baseline.plan.disabled_uris)


def copy_setting(context: WindowContext, document: SourceDocument) -> None:
    """Copy ``disabled_plugins`` as it is to stand in the configuration."""
    file = own_file(document)
    try:
        setting = proposal_of(document, file).setting
    except (SourceError, ChangeRefused) as error:
        context.notice.say(_told(error, file), "error")
        return
    QGuiApplication.clipboard().setText(setting)
    words = _tr("Copied disabled_plugins") if file is None else _tr("Copied disabled_plugins for {0}")
    context.as_window().statusBar().showMessage(words.format("" if file is None else file.name), 3000)


def ask_to_write(context: WindowContext, document: SourceDocument) -> None:
    """Show what would be written to the configuration that is open, or to one that the user chooses."""
    file = own_file(document)
    if file is None:
        ask_for_file(context, document)
    else:
        show_change(context, document, file)


def ask_for_file(context: WindowContext, document: SourceDocument) -> None:
    """Have the user choose a configuration."""
    own = own_file(document)
    folder = own.absolute().parent if own is not None else _HOME
    if not folder.is_dir():
        folder = Path(str(context.settings.get("folder", "")))
    name, _ = QFileDialog.getOpenFileName(
        context.as_window(),
        _tr("Which configuration to change"),
        str(folder),
        _tr("Configurations (*.toml);;All files (*)"),
    )
    if name:
        show_change(context, document, Path(name))


def show_change(context: WindowContext, document: SourceDocument, file: Path) -> None:
    """Show what would be written to a file; it is written when the user says so."""
    try:
        proposal = proposal_of(document, file)
    except (SourceError, ChangeRefused) as error:
        context.notice.say(_told(error, file), "error")
        return
    target = file.resolve() if file.is_symlink() else file.absolute()
    remarks = [*_link(file), *_end(document), *proposal.warnings, *_without_effect(document, file)]
    dialog = ConfigDialog(proposal, target, context.theme, context.as_window())
    dialog.tell(headline(document) if document.toggled else "", remarks, _obstacle(target))
    dialog.write_requested.connect(partial(_write, context, document, proposal, target))
    dialog.other_requested.connect(partial(ask_for_file, context, document))
    dialog.open()


def _write(context: WindowContext, document: SourceDocument, proposal: Proposal, target: Path) -> None:
    text, overrides = document.source.text, document.overrides()

    def written(backup: Path) -> None:
        _reopen(context, text, overrides)
        words = _tr("Written to {0}: containerd reads it when it starts again. What it was before is in {1}.")
        undo = partial(_undo, context, text, overrides, proposal, target, backup)
        context.notice.say(words.format(target, backup.name), "info", [(_tr("Undo"), undo)])

    _beside(context, lambda _: save(target, proposal.before, proposal.after), written)


def _undo(
    context: WindowContext,
    text: str,
    overrides: dict[str, bool],
    proposal: Proposal,
    target: Path,
    backup: Path,
) -> None:
    def taken_back(_: object) -> None:
        _reopen(context, text, overrides)
        context.notice.say(_tr("{0} is again what it was.").format(target))

    _beside(context, lambda _: take_back(target, backup, proposal.after), taken_back)


def _beside(context: WindowContext, work: Callable[[Job], Any], done: Callable[[Any], None]) -> None:
    """Change a file beside the event loop, since a disk may take its time; say what prevented it."""
    job = Job(work, context.as_window())
    job.returned.connect(done)
    job.errored.connect(lambda error: context.notice.say(str(error), "error"))
    job.finished.connect(job.deleteLater)
    job.start()


def _reopen(context: WindowContext, text: str, overrides: dict[str, bool]) -> None:
    """Read a configuration that is open anew: what it says by now is no change any more."""
    document = context.document
    is_open = isinstance(document, SourceDocument) and document.source.text == text
    if is_open and isinstance(document, SourceDocument) and document.release is not None:
        context.opener.reopen(document, overrides=overrides)


def _link(file: Path) -> list[str]:
    """A link stays one: what it leads to is written."""
    return [_tr("{0} is a link to this file").format(file)] if file.is_symlink() else []


def _end(document: Document) -> list[str]:
    """A daemon that does not come up has no use for the change alone."""
    boot = document.predicted.boot
    return [] if boot.ok else [_tr("containerd would not come up with it: {0}").format(boot.error)]


def _without_effect(document: Document, file: Path) -> list[str]:
    """What the list has already, and what does not mean what it seems to."""
    if file != own_file(document):
        return []
    return [
        _tr("line {0}: {1}").format(split_location(found.location)[1], found.message)
        for found in document.catalog.diagnostics
        if found.code in (DiagnosticCode.DISABLED_UNKNOWN, DiagnosticCode.DISABLED_SEVERAL)
        and found.severity is not Severity.INFO
        and found.location.startswith(f"{file}:")
    ]


def _obstacle(target: Path) -> str:
    why = obstacle(target)
    what = _tr("Start Plugscope as a user who may, or copy the change and make it by hand.")
    return f"{why}. {what}" if why else ""


def _told(error: Exception, file: Path | None) -> str:
    return str(error) if isinstance(error, SourceError) else f"{file}: {error}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConfigChange", text)

"""Asking where to save something, so that nothing is written over that nobody spoke of."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from plugscope.session import Document
from plugscope.window.context import WindowContext


def ask_where(context: WindowContext, title: str, kind: str, suffixes: Collection[str]) -> Path | None:
    """A path that ends in one of the suffixes, the first of which is given to a name without any."""
    suffix = next(iter(suffixes))
    patterns = " ".join(f"*{each}" for each in suffixes)
    dialog = QFileDialog(context.as_window(), title, _folder(context), f"{kind} ({patterns})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    if context.document is not None:
        dialog.selectFile(f"{_file_name(context.document)}{suffix}")
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    if not chosen:
        return None
    path = Path(chosen[0])
    context.settings.put("save_folder", str(path.parent))
    return path


def refusal(path: Path, suffixes: Collection[str], document: Document) -> str:
    """Why not to write there, or ""."""
    if path.suffix.lower() not in suffixes:
        text = _tr("{0}: expected a name that ends in {1}")
        return text.format(path, _tr(" or ").join(suffixes))
    source = document.source.file
    if source is not None and path.exists() and source.exists() and path.samefile(source):
        return _tr("{0}: is what is open itself; writing would overwrite it").format(path)
    return ""


def _folder(context: WindowContext) -> str:
    folder = context.settings.get("save_folder", "")
    return folder if isinstance(folder, str) and Path(folder).is_dir() else ""


def _file_name(document: Document) -> str:
    """The title as a name that any system takes."""
    name = re.sub(r"\.(toml|json|ya?ml|py|log|txt)$", "", document.title)
    return re.sub(r"[^\w.-]+", "-", name).strip("-.")[:60] or "plugins"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Saving", text)

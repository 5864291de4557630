"""A plugin's configuration in force: what is set and where, what is ignored, and the defaults."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from plugscope.boot import Diagnostic, DiagnosticCode, Entry, Setting, split_location

from .page import Page

_LAST = re.compile(r'(?:^|\.)("(?:[^"\\]|\\.)*"|[^."]+)$')
"""The last part of a dotted key; a part with a point in it is quoted."""
_UNREAD = (DiagnosticCode.CONFIG_UNKNOWN_KEY, DiagnosticCode.CONFIG_UNUSED_TABLE)


def tell_settings(page: Page, entry: Entry, diagnostics: Iterable[Diagnostic]) -> None:
    """Write the settings of a plugin on a page. ``diagnostics`` are those of its catalog."""
    if entry.abort is not None:
        page.section(_tr("The boot ends at its configuration"))
        page.code(entry.abort.message)
        page.text(entry.abort.location, "quiet")
    remarks = {one.location: one for one in diagnostics if one.uri == entry.uri and one.code in _UNREAD}
    unread = [one for one in entry.settings if one.location and (one.ignored or one.location in remarks)]
    written = [one for one in entry.settings if one.location and one not in unread]
    defaults = [one for one in entry.settings if not one.location]
    page.section(_tr("Set ({0})").format(len(written)) if written else _tr("Set"))
    if written:
        page.settings(*_lines(written))
    else:
        page.text(_tr("nothing: its defaults hold"))
    _tell_unread(page, unread, remarks)
    if defaults:
        page.section(_tr("Defaults ({0})").format(len(defaults)))
        page.settings(*_lines(defaults), quiet=True)


def _tell_unread(page: Page, unread: list[Setting], remarks: dict[str, Diagnostic]) -> None:
    """What is set and not looked at, or, where the release is not described, perhaps not."""
    sure = [one for one in unread if one.ignored]
    perhaps = [one for one in unread if not one.ignored]
    if sure:
        page.section(_tr("Set, and ignored ({0})").format(len(sure)))
        page.settings(*_lines(sure, _tr("ignored")))
        page.text(_tr("This release has no such settings."), "quiet")
    if perhaps:
        page.section(_tr("Perhaps ignored ({0})").format(len(perhaps)))
        page.settings(*_lines(perhaps, _tr("perhaps ignored")))
        page.text(_tr("The nearest release that is described has no such settings."), "quiet")
    for location, remark in remarks.items():
        if all(one.location != location for one in unread):
            page.text(remark.message)


def _lines(settings: list[Setting], mark: str = "") -> tuple[list[str], list[str]]:
    """Lines as they would stand in a configuration, and behind each one where it comes from."""
    names = _short_files(settings)
    lines: list[str] = []
    locations: list[str] = []
    ordered = sorted(settings, key=lambda one: _parts(one.key))
    for table, group in groupby(ordered, lambda one: _parts(one.key)[0]):
        if table:
            lines.append(f"[{table}]")
            locations.append("")
        for one in group:
            lines.append(f"{_parts(one.key)[1]} = {_value(one.value)}")
            file, line = split_location(one.location)
            locations.append(", ".join(word for word in (file and f"{names[file]}:{line}", mark) if word))
    return lines, locations


def _parts(key: str) -> tuple[str, str]:
    """The table and the name of a dotted key."""
    found = _LAST.search(key)
    return ("", key) if found is None else (key[: found.start()], found[1])


def _value(value: object) -> str:
    """A value in TOML's words; a table in a list comes in JSON's."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _short_files(settings: list[Setting]) -> dict[str, str]:
    """Files by their names, as long as no two are called the same."""
    files = dict.fromkeys(split_location(one.location)[0] for one in settings)
    names = [Path(file).name for file in files]
    return {file: name if names.count(name) == 1 else file for file, name in zip(files, names, strict=True)}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Facts", text)

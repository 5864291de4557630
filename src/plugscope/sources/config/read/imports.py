"""Which files a configuration imports, and how each is laid over what was read before it.

Facts: ``resolveImports`` and ``mergeConfig`` of ``config.go``, tried on daemons of 1.6.20, 1.7.24 and 2.1.9. A path
with a ``*`` is a pattern; another that does not exist is an error.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from plugscope.plugin import Stage
from plugscope.sources.release import Release
from plugscope.sources.toml import NOWHERE, Leaf, Location, Table

from .abort import ConfigAborted

MOST_FILES = 500
"""More files than this are not read."""

_MAGIC = re.compile(r"[*?\[]")
_LISTS = ("disabled_plugins", "required_plugins", "imports")
_SECTIONS = ("grpc", "ttrpc", "debug", "metrics", "cgroup")
_WHOLE = ("proxy_plugins", "timeouts", "stream_processors")


def resolve(
    text: str, parent: str, release: Release, base: Path | None = None, location: Location = NOWHERE
) -> list[str]:
    """The files that one import names, as the daemon calls them. ``parent`` is the file that has it.

    ``base`` stands for the root of the file system that the configuration belongs to. Relative patterns of 1.3 to 1.6
    start from the daemon's working directory, which is ``/`` for one that systemd starts. Raises ``ConfigAborted`` for
    a pattern that cannot be read.
    """
    path = absolute(text, parent, release)
    if "*" not in text:
        return [path]
    if not _is_pattern(path):
        raise ConfigAborted(Stage.CONFIG_LOAD, "syntax error in pattern", location)
    return matches(path, base)


def absolute(text: str, parent: str, release: Release) -> str:
    """The path or pattern that an import of the file ``parent`` stands for, from the root or from where that is."""
    path = posixpath.normpath(text) if text else "."
    if path.startswith("/"):
        return path
    start = posixpath.dirname(parent) if release.globs_follow_the_file or "*" not in text else "/"
    return posixpath.normpath(posixpath.join(start, path))


def _is_pattern(path: str) -> bool:
    """Whether Go can read the pattern: its sets are closed, not empty, and in order."""
    try:
        return all(re.compile(_as_regex(part), re.S) for part in path.split("/"))
    except re.error:
        return False


def real_path(name: str, base: Path | None) -> Path:
    """Where a file lies that the daemon calls ``name``."""
    return Path(name) if base is None or not name.startswith("/") else base / name.lstrip("/")


def matches(pattern: str, base: Path | None = None) -> list[str]:
    """What Go's ``filepath.Glob`` finds: sorted, a ``*`` stays within one name, and it takes dot files too."""
    *_, here = _levels(pattern, base)
    return [name for name in here if os.path.lexists(real_path(name, base))]


def files_of(imports: Iterable[str]) -> list[str]:
    """The files that paths and patterns (``Catalog.imports``) mean by now; a path's need not be there."""
    return [name for text in imports for name in (matches(text) if _has_matches(text) else [text])]


def folders_of(imports: Iterable[str]) -> list[str]:
    """The folders in which such a file may appear, or go; they need not be there."""
    return [
        folder
        for text in imports
        for folder in (_searched(text) if _has_matches(text) else [posixpath.dirname(text) or "."])
    ]


def _has_matches(text: str) -> bool:
    return "*" in text and _is_pattern(text)


def _searched(pattern: str) -> list[str]:
    parts = pattern.split("/")
    levels = list(_levels(pattern, None))
    return [
        folder or "."
        for number, here in enumerate(levels[:-1])
        if number == len(levels) - 2 or _MAGIC.search(parts[number + 1])
        for folder in here
    ]


def _levels(pattern: str, base: Path | None) -> Iterator[list[str]]:
    """What each further part of a pattern leads to."""
    first, *rest = pattern.split("/")
    here = [first or "/"] if not _MAGIC.search(first) else _within("", first, base)
    yield here
    for part in rest:
        if not _MAGIC.search(part):
            here = [posixpath.join(folder, part) for folder in here]
        else:
            here = [name for folder in here for name in _within(folder, part, base)]
        here = here[:MOST_FILES]
        yield here


def _within(folder: str, pattern: str, base: Path | None) -> list[str]:
    try:
        names = sorted(path.name for path in real_path(folder or ".", base).iterdir())
    except OSError:
        return []
    matching = re.compile(_as_regex(pattern), re.S)
    return [posixpath.join(folder, name) if folder else name for name in names if matching.fullmatch(name)]


def _as_regex(pattern: str) -> str:
    """A part of a pattern as ``filepath.Match`` of Go reads it. Raises ``re.error`` where Go finds it malformed."""
    found, at = "", 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "[":
            part, at = _as_set(pattern, at + 1)
        elif sign == "\\":
            part, at = re.escape(_literal(pattern, at + 1)), at + 2
        else:
            part, at = {"*": "[^/]*", "?": "[^/]"}.get(sign, re.escape(sign)), at + 1
        found += part
    return found


def _as_set(pattern: str, at: int) -> tuple[str, int]:
    """A set of characters and ranges, and where it ends. A range that runs backwards holds nothing."""
    inverted = pattern.startswith("^", at)
    at += inverted
    ranges: list[str] = []
    while not (ranges and pattern.startswith("]", at)):
        first, at = _member(pattern, at)
        last = first
        if pattern.startswith("-", at):
            last, at = _member(pattern, at + 1)
        ranges.append(f"{re.escape(first)}-{re.escape(last)}" if first <= last else "")
    inside = "".join(ranges)
    if not inside:
        return ("." if inverted else "(?!)"), at + 1
    return f"[{'^' if inverted else ''}{inside}]", at + 1


def _member(pattern: str, at: int) -> tuple[str, int]:
    if _literal(pattern, at) in "-]":
        raise re.error("a set with a range that has no end")
    if pattern[at] == "\\":
        at += 1
    return _literal(pattern, at), at + 1


def _literal(pattern: str, at: int) -> str:
    if at >= len(pattern):
        raise re.error("a set or an escape is not closed")
    return pattern[at]


def merge(into: Table, new: Table, release: Release) -> None:
    """Merge a file's top level.

    Scalars override unless they are zero, lists are joined (2.x leaves out what is there already), entries of
    proxy_plugins and the like replace whole. A plugin's table replaces the earlier one in 1.x; in 2.x its keys replace
    one by one, zero or not.
    """
    for key, entry in new.entries.items():
        known = into.entries.get(key)
        if isinstance(entry, Leaf):
            if key in _LISTS and isinstance(entry.value, list):
                empty = Leaf([], entry.location)
                into.entries[key] = (known if isinstance(known, Leaf) else empty).joined(entry, release.is_v2)
            elif entry.value or known is None:
                into.entries[key] = entry
        elif not isinstance(known, Table):
            into.entries[key] = entry.copy()
        elif key in _SECTIONS:
            _over(known, entry)
        elif key in _WHOLE or (key == "plugins" and not release.is_v2):
            known.entries.update(entry.copy().entries)
        elif key == "plugins":
            _deep(known, entry)


def _over(into: Table, new: Table) -> None:
    """Take over what is not zero."""
    for key, entry in new.entries.items():
        if _is_set(entry) or key not in into:
            into.entries[key] = entry


def _is_set(entry: Leaf | Table) -> Any:
    return entry.entries if isinstance(entry, Table) else entry.value


def _deep(into: Table, new: Table) -> None:
    """Merge tables key by key, and let everything else replace."""
    for key, entry in new.entries.items():
        known = into.entries.get(key)
        if isinstance(entry, Table) and isinstance(known, Table):
            _deep(known, entry)
        else:
            into.entries[key] = entry.copy() if isinstance(entry, Table) else entry

"""Changing which plugins a configuration file disables, and not one byte besides.

The list is edited in the text itself: a library that writes the document anew keeps comments and order, but not every
line ending, byte order mark and habit of laying out lists. What comes out is parsed and held against what was meant.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct

from plugscope.sources.config.read import full_name
from plugscope.sources.release import Release
from plugscope.sources.toml import NOWHERE, Location, Stuck, Walk

_KEY = "disabled_plugins"


class Naming(StrEnum):
    """How a file names plugins: by URI; by id (version 1 in 1.x, every file of 1.1 and 1.2); or, in a version-1 file
    that 2.x reads, by an id that is migrated to a URI, or by the URI itself."""

    URI = "uri"
    ID = "id"
    MIGRATED = "migrated"


def naming_of(release: Release, version: int) -> Naming:
    """How a file of that version names plugins for a release."""
    if not release.max_version or (not release.is_v2 and version in (0, 1)):
        return Naming.ID
    return Naming.MIGRATED if version in (0, 1) else Naming.URI


class ChangeRefused(ValueError):
    """A file that cannot be changed: it does not parse, or its list is no list of texts."""


class _Edit(Struct, frozen=True):
    """Put ``new`` in place of the text from ``start`` to ``end``."""

    start: int
    end: int
    new: str


def change_disabled(
    text: str, disable: Iterable[str] = (), enable: Iterable[str] = (), naming: Naming = Naming.URI
) -> str:
    """The text of a configuration file with plugins (given as URIs) disabled and enabled.

    What is disabled already stays as it is written, what is enabled is taken out wherever the list has it. Raises
    ``ChangeRefused``.
    """
    before = _parsed(text)
    known = before.get(_KEY, [])
    if not isinstance(known, list) or not all(isinstance(name, str) for name in known):
        raise ChangeRefused(f"{_KEY} is no list of texts")
    out = set(enable)
    kept = [name for name in known if _meaning(name, naming, out) not in out]
    there = {_meaning(name, naming, ()) for name in kept}
    new = [uri for uri in dict.fromkeys(disable) if uri not in out and not _is_there(uri, there, naming)]
    names = [written(uri, naming) for uri in new]
    wanted = [*kept, *dict.fromkeys(names)]
    if wanted == known:
        return text
    after = _edited(text, known, kept, list(dict.fromkeys(names)))
    if _parsed(after) != {**before, _KEY: wanted}:
        raise ChangeRefused(f"{_KEY} is written in a way that cannot be changed safely")
    return after


def written(uri: str, naming: Naming) -> str:
    """How a plugin is named in such a file."""
    return uri.rpartition(".")[2] if naming is Naming.ID else uri


def snippet(names: Sequence[str]) -> str:
    """The line (or lines, for more than two) to put into a configuration."""
    quoted = [_quoted(name) for name in names]
    if len(quoted) <= 2:
        return f"{_KEY} = [{', '.join(quoted)}]\n"
    return f"{_KEY} = [\n" + "".join(f"  {name},\n" for name in quoted) + "]\n"


def _meaning(name: str, naming: Naming, wanted: Iterable[str]) -> str:
    """The URI that a name in the file stands for; by id, the one of those wanted that has it."""
    if naming is Naming.MIGRATED:
        return full_name(name, NOWHERE, _nobody)
    if naming is Naming.ID:
        return next((uri for uri in wanted if uri.rpartition(".")[2] == name or uri == name), name)
    return name


def _is_there(uri: str, there: set[str], naming: Naming) -> bool:
    return uri in there or (naming is Naming.ID and uri.rpartition(".")[2] in there)


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except ValueError as error:
        raise ChangeRefused(f"not TOML: {error}") from None
    except RecursionError:
        raise ChangeRefused("nested too deeply to be followed") from None


def _edited(text: str, known: list[str], kept: list[str], new: list[str]) -> str:
    walk = _walk(text)
    if (_KEY,) not in walk.spans:
        return _inserted(text, walk, new)
    rest = list(kept)
    gone = []
    for number, name in enumerate(known):
        if rest and rest[0] == name:
            rest.pop(0)
        else:
            gone.append(number)
    for number in reversed(gone):
        text = _applied(text, _removal(text, _walk(text), number))
    return _applied(text, _additions(text, _walk(text), len(kept), new)) if new else text


def _walk(text: str) -> Walk:
    walk = Walk(text)
    walk.at = 1 if text.startswith("\ufeff") else 0
    try:
        walk.document()
    except (Stuck, RecursionError):
        raise ChangeRefused("the file is written in a way that cannot be followed") from None
    return walk


def _applied(text: str, edits: list[_Edit]) -> str:
    """The text with edits made, the last one first so that the others keep their places."""
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def _inserted(text: str, walk: Walk, new: list[str]) -> str:
    """A file without the list gets one: behind its version, its other settings, or at its beginning."""
    start = 1 if text.startswith("\ufeff") else 0
    ending = "\r\n" if "\r\n" in text else "\n"
    line = snippet(new).replace("\n", ending)
    after = walk.spans.get(("version",), (0, walk.top))[1] if walk.top else 0
    if not after:
        gap = ending if text[start:].strip() else ""
        return text[:start] + line + gap + text[start:]
    end = text.find("\n", after)
    if end < 0:
        return text + ending + line
    return text[: end + 1] + line + text[end + 1 :]


def _removal(text: str, walk: Walk, number: int) -> list[_Edit]:
    """Take out an item, its comma, and the line if nothing else is on it."""
    start, end = walk.spans[(_KEY, number)]
    comma = _comma_behind(text, end, walk.spans[(_KEY,)][1])
    if comma is not None and "#" in text[end:comma]:
        return [_Edit(start, end, ""), _Edit(comma, comma + 1, "")]
    if comma is not None:
        end = comma + 1
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    if stop >= 0 and not text[begin:start].strip() and not text[end:stop].strip():
        return [_Edit(begin, stop + 1, "")]
    while end < len(text) and text[end] in " \t" and comma is not None:
        end += 1
    if comma is None:
        before = text[:start].rstrip(" \t")
        if before.endswith(",") and number:
            return [_Edit(len(before) - 1, end, "")]
    return [_Edit(start, end, "")]


def _comma_behind(text: str, at: int, end: int) -> int | None:
    """Where the comma behind an item stands; comments and blanks may come between."""
    while at < end:
        if text[at] == ",":
            return at
        if text[at] == "#":
            at = text.find("\n", at)
        elif not text[at].isspace():
            return None
        at += 1
    return None


def _additions(text: str, walk: Walk, count: int, new: list[str]) -> list[_Edit]:
    """Put names behind the last item, laid out as that one is."""
    start, end = walk.spans[(_KEY,)]
    quoted = [_quoted(name) for name in new]
    if not count:
        return [_first_items(text, start, end, quoted)]
    item, behind = walk.spans[(_KEY, count - 1)]
    comma = _comma_behind(text, behind, end)
    line = text.rfind("\n", 0, item) + 1
    stop = text.find("\n", behind if comma is None else comma)
    if (
        text[line:item].strip()
        or line <= start
        or not 0 <= stop < end
        or not _rest_is_blank(text, behind, stop)
    ):
        return [_Edit(behind, behind, "".join(f", {name}" for name in quoted))]
    indent, ending = text[line:item], "\r\n" if text[stop - 1] == "\r" else "\n"
    trailing = "," if comma is not None else ""
    lines = f",{ending}".join(f"{indent}{name}" for name in quoted) + trailing + ending
    edits = [_Edit(stop + 1, stop + 1, lines)]
    if comma is None:
        edits.append(_Edit(behind, behind, ","))
    return edits


def _rest_is_blank(text: str, behind: int, stop: int) -> bool:
    """Whether nothing but a comma and a comment stands between an item and the end of the line."""
    lines = text[behind:stop].split("\n")
    return not "".join(line.partition("#")[0] for line in lines).replace(",", "").strip()


def _first_items(text: str, start: int, end: int, quoted: list[str]) -> _Edit:
    """Items for an empty list: between its brackets, or on lines of their own behind its comments."""
    inside = text[start + 1 : end - 1]
    if not inside.strip():
        return _Edit(start + 1, end - 1, ", ".join(quoted))
    ending = "\r\n" if "\r\n" in inside else "\n"
    lines = "".join(f"  {name},{ending}" for name in quoted)
    begin = text.rfind("\n", 0, end - 1) + 1
    return _Edit(begin, begin, lines)


def _quoted(name: str) -> str:
    """A TOML text. JSON's escapes are among TOML's."""
    return json.dumps(name, ensure_ascii=False).replace("\x7f", "\\u007f")


def _nobody(name: str, uri: str, location: Location) -> None:
    """Nobody wants to hear of an ambiguous id here."""

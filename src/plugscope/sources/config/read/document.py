"""One configuration file, read."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plugscope.plugin import Stage
from plugscope.sources.error import SourceError
from plugscope.sources.nesting import is_too_deep
from plugscope.sources.release import Release
from plugscope.sources.toml import Location, Table, located, positions

from .abort import ConfigAborted
from .decode import is_read
from .shape import shape_of
from .wording import OTHER_WORDS, LoadError, load_error_of, standard_error_of

MOST_BYTES = 16 << 20
"""A file larger than this is not read: containerd's own default configuration has about 8 kB."""

_INT64 = 1 << 63
Fit = Callable[[Table], None]


def read_document(path: Path, name: str, release: Release, fit: Fit) -> Table:
    """Read and parse a file. ``name`` is what the daemon calls it, ``fit`` raises
    for a value of the wrong type. Raises ``ConfigAborted`` with the daemon's words."""
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise ConfigAborted(Stage.CONFIG_LOAD, f"{name}: not a regular file", Location(name, 1))
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        words = f"open {name}: {_system_words(error)}"
        if isinstance(error, IsADirectoryError):
            words = f"read {name}: is a directory"
        message = words if release.is_v2 else f"failed to load TOML: {name}: {words}"
        raise ConfigAborted(Stage.CONFIG_LOAD, message, Location(name, 1)) from None
    except ValueError as error:
        raise ConfigAborted(Stage.CONFIG_LOAD, f"open {name}: {error}", Location(name, 1)) from None
    if len(data) > MOST_BYTES:
        raise ConfigAborted(
            Stage.CONFIG_LOAD, f"{name} is larger than {MOST_BYTES >> 20} MiB: not read", Location(name, 1)
        )
    return parse_document(data, name, release, fit)


def _system_words(error: OSError) -> str:
    """An error of the system as Go words it."""
    return os.strerror(error.errno).lower() if error.errno else str(error)


def parse_document(data: bytes, name: str, release: Release, fit: Fit) -> Table:
    """Parse a file's bytes. Raises ``ConfigAborted`` with the daemon's words, and ``SourceError`` for a file that the
    daemon takes and the standard does not: what it makes of it is not known."""
    shape = shape_of(release)
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    try:
        refused = load_error_of(
            data,
            name,
            release,
            lambda path: is_read(path, shape),
            lambda done: _mismatch(data[:done], name, fit),
        )
        values, error = _standard(text)
    except RecursionError:
        told = f"nested too deeply to be followed; what containerd {release.version} makes of it is not known"
        raise SourceError.at(name, told) from None
    if error and release.toml == "burntsushi":
        refused = standard_error_of(error, text.replace("\r\n", "\n"), name)
    if refused is not None:
        raise ConfigAborted(
            Stage.CONFIG_LOAD,
            refused.message,
            Location(name, refused.line, refused.column),
            note=refused.note,
        )
    if error:
        told = f"containerd {release.version} takes this, but it is not standard TOML, which alone is read: {error}"
        raise SourceError.at(name, told)
    table = located(values, positions(text, name))
    if release.toml == "burntsushi":
        _hold_numbers(table, name)
    fit(table)
    return table


def _standard(text: str) -> tuple[dict[str, Any], str]:
    """The values of a document, and what the standard parser has against it."""
    try:
        return _parsed(text), ""
    except ValueError as error:
        return {}, str(error)


def _parsed(text: str) -> dict[str, Any]:
    """Plain values. Raises ``RecursionError`` also where it is those who read them that would nest too many calls:
    a key with thousands of dots costs the parser none."""
    values = tomllib.loads(text)
    if is_too_deep(values):
        raise RecursionError
    return values


def _mismatch(data: bytes, name: str, fit: Fit) -> LoadError | None:
    """The first value of the wrong type."""
    text = data.decode("utf-8", "replace")
    try:
        fit(located(_parsed(text), positions(text, name)))
    except ConfigAborted as aborted:
        return LoadError(aborted.abort.message, aborted.location.line, aborted.location.column)
    except ValueError:
        pass
    return None


def _hold_numbers(table: Table, name: str) -> None:
    """Integers have 64 bits in Go."""
    for _, leaf in table.leaves():
        numbers: list[Any] = leaf.value if isinstance(leaf.value, list) else [leaf.value]
        for number in numbers:
            if isinstance(number, int) and not -_INT64 <= number < _INT64:
                words = f"the number {number} has no place in 64 bits ({OTHER_WORDS})"
                raise ConfigAborted(
                    Stage.CONFIG_LOAD, f"{name}: line {leaf.location.value_line}: {words}", leaf.location
                )

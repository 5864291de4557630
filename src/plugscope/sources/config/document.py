"""One configuration file, read."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plugscope.sources.depth import is_too_deep

from .abort import LOAD, ConfigAborted
from .place import Place, Table, placed
from .position import positions
from .release import Release
from .wording import Fault, fault_of, syntax_error

MOST_BYTES = 16 << 20
"""A file larger than this is not read: containerd's own default configuration has about 8 kB."""

_MOST_LINES_OF_A_STATEMENT = 30
_INT64 = 1 << 63
Fit = Callable[[Table], None]


def read_document(path: Path, name: str, release: Release, fit: Fit) -> Table:
    """Read and parse a file. ``name`` is what the daemon calls it, ``fit`` raises
    for a value of the wrong type. Raises ``ConfigAborted`` with the daemon's words."""
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise ConfigAborted(LOAD, f"{name}: not a regular file", Place(name, 1))
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        words = f"open {name}: {_system_words(error)}"
        if isinstance(error, IsADirectoryError):
            words = f"read {name}: is a directory"
        message = words if release.is_v2 else f"failed to load TOML: {name}: {words}"
        raise ConfigAborted(LOAD, message, Place(name, 1)) from None
    except ValueError as error:
        raise ConfigAborted(LOAD, f"open {name}: {error}", Place(name, 1)) from None
    if len(data) > MOST_BYTES:
        raise ConfigAborted(LOAD, f"{name} is larger than {MOST_BYTES >> 20} MiB: not read", Place(name, 1))
    return parse_document(data, name, release, fit)


def _system_words(error: OSError) -> str:
    """An error of the system as Go words it."""
    return os.strerror(error.errno).lower() if error.errno else str(error)


def parse_document(data: bytes, name: str, release: Release, fit: Fit) -> Table:
    """Parse a file's bytes. Raises ``ConfigAborted`` with the daemon's words."""
    text = _decoded(data, name, release)
    try:
        values = _parsed(text)
    except tomllib.TOMLDecodeError as error:
        fault = fault_of(str(error), text.replace("\r\n", "\n"))
        if release.toml == "v2":
            _fit_before(fault, name, fit)
        message, line = syntax_error(fault, name, release)
        raise ConfigAborted(LOAD, message, Place(name, line, fault.column)) from None
    except (RecursionError, ValueError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise ConfigAborted(LOAD, f"failed to load TOML: {name}: {reason}", Place(name, 1)) from None
    table = placed(values, positions(text, name))
    _hold_numbers(table, name, release)
    fit(table)
    return table


def _parsed(text: str) -> dict[str, Any]:
    """Plain values. Raises ``RecursionError`` also where it is those who read them that would nest too many calls:
    a key with thousands of dots costs the parser none."""
    values = tomllib.loads(text)
    if is_too_deep(values):
        raise RecursionError
    return values


def _fit_before(fault: Fault, name: str, fit: Fit) -> None:
    """go-toml 2 decodes as it parses: a value of the wrong type that stands before the fault comes first."""
    lines = fault.text.split("\n")[: fault.line - 1]
    for _ in range(_MOST_LINES_OF_A_STATEMENT):
        text = "\n".join(lines)
        try:
            values = _parsed(text)
        except (ValueError, RecursionError):
            lines = lines[:-1]
            continue
        fit(placed(values, positions(text, name)))
        return


def _decoded(data: bytes, name: str, release: Release) -> str:
    """The text: 1.x takes a byte order mark and any bytes, 2.x neither."""
    if data.startswith(b"\xef\xbb\xbf"):
        if release.is_v2:
            words = "invalid character at start of key: U+00EF 'ï'"
            raise ConfigAborted(
                LOAD, f"failed to unmarshal TOML at row 1 column 1: toml: {words}", Place(name, 1)
            )
        data = data[3:]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not release.is_v2:
            return data.decode("utf-8", "replace")
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        words = f"failed to unmarshal TOML at row {line} column {column}: toml: invalid UTF-8 character in basic string"
        raise ConfigAborted(LOAD, words, Place(name, line, column)) from None


def _hold_numbers(table: Table, name: str, release: Release) -> None:
    """Integers have 64 bits in Go."""
    for _, leaf in table.leaves():
        numbers: list[Any] = leaf.value if isinstance(leaf.value, list) else [leaf.value]
        for number in numbers:
            if isinstance(number, int) and not -_INT64 <= number < _INT64:
                row, column = leaf.place.value_line, leaf.place.value_column
                if release.is_v2:
                    words = "toml: decimal number is too large to fit in a 64-bit signed integer"
                    message = f"failed to unmarshal TOML at row {row} column {column}: {words}"
                else:
                    words = f'strconv.ParseInt: parsing "{number}": value out of range'
                    message = f"failed to load TOML: {name}: ({row}, {column}): {words}"
                raise ConfigAborted(LOAD, message, leaf.place)

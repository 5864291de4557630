"""Writing a changed configuration: after a backup, in one step, and never into another file."""

from __future__ import annotations

import difflib
import os
import tempfile
from contextlib import suppress
from datetime import datetime
from io import StringIO
from pathlib import Path

from plugscope.sources.config.read import MOST_BYTES
from plugscope.sources.error import SourceError


def read_text(path: Path) -> str:
    """The text of a file, every byte of it kept. Raises ``SourceError``."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise SourceError.at(str(path), f"larger than {MOST_BYTES >> 20} MiB")
        return data.decode("utf-8")
    except OSError as error:
        raise SourceError.at(str(path), error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise SourceError.at(str(path), "not UTF-8 text: it is not changed") from None


def difference(before: str, after: str, name: str) -> str:
    """What changes, as a unified diff; "" if nothing does."""
    lines = difflib.unified_diff(_lines(before), _lines(after), name, f"{name} (changed)")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    """Lines as TOML has them: Python ends one at a dozen more characters."""
    return StringIO(text, newline="\n").readlines()


def obstacle(path: Path) -> str:
    """Why a file cannot be written, as far as can be told before it is tried; "" if it can."""
    if path.exists() and not os.access(path, os.W_OK):
        return f"You may not write to {path}"
    if not os.access(path.parent, os.W_OK):
        return f"You may not write in {path.parent}, where the copy and the changed file go"
    return ""


def save(path: Path, before: str, after: str) -> Path:
    """Write a changed file; returns the backup that was made of it.

    The file keeps its owner and mode. Raises ``SourceError`` if it is a link (its target has a name of its own), is no
    longer what it was when the change was made, or cannot be written.
    """
    if path.is_symlink():
        raise SourceError.at(str(path), f"a link: name the file itself, {path.resolve()}")
    if read_text(path) != before:
        raise SourceError.at(str(path), "has changed since it was read: nothing was written")
    try:
        backup = _back_up(path, before)
        _replace(path, after)
    except OSError as error:
        raise SourceError.at(str(path), f"not written: {error.strerror or error}") from None
    return backup


def take_back(path: Path, backup: Path, written: str) -> None:
    """Put a backup in the place of the file it was made of; what was ``written`` is gone then, and the backup too.

    Raises ``SourceError`` if the file is no longer what was written, or cannot be replaced.
    """
    if read_text(path) != written:
        raise SourceError.at(
            str(path), f"has changed since it was written: what it was before is in {backup}"
        )
    try:
        backup.replace(path)
    except OSError as error:
        raise SourceError.at(str(path), f"not taken back: {error.strerror or error}") from None


def write_new(path: Path, text: str) -> None:
    """Write the changed text to another file. Raises ``SourceError``."""
    try:
        path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise SourceError.at(str(path), error.strerror or str(error)) from None


def _back_up(path: Path, text: str) -> Path:
    """A copy beside the file, under a name that is not taken."""
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    status = path.stat()
    for number in range(100):
        backup = path.with_name(f"{path.name}.bak-{stamp}{f'-{number}' if number else ''}")
        try:
            made = os.open(backup, os.O_WRONLY | os.O_CREAT | os.O_EXCL, status.st_mode & 0o777)
        except FileExistsError:
            continue
        with os.fdopen(made, "wb") as file:
            file.write(text.encode("utf-8"))
            _like(made, status)
        return backup
    raise OSError("too many backups of this second")


def _replace(path: Path, text: str) -> None:
    status = path.stat()
    made, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(made, "wb") as file:
            file.write(text.encode("utf-8"))
            _like(made, status)
            file.flush()
            os.fsync(made)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _like(file: int, status: os.stat_result) -> None:
    """Owner and mode as the original has them, as far as that is allowed."""
    if hasattr(os, "fchmod"):
        os.fchmod(file, status.st_mode & 0o7777)
    with suppress(OSError, AttributeError):
        os.fchown(file, status.st_uid, status.st_gid)

"""What came through a pipe or the clipboard, kept as a file for as long as the program runs.

What comes so can be read only once; its lines, another of its boots and another release are read later.
"""

from __future__ import annotations

import weakref
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from plugscope.sources import Kind, Source, standard_input

STDIN = "-"
CLIPBOARD = "clipboard:"
NAMES = {STDIN: "standard input", CLIPBOARD: "clipboard"}
MOST_KEPT = 1 << 28
"""Bytes of a pipe that are kept; of a longer one nothing is, and it can be read once."""


class Spool:
    """A folder of its own, for this user's eyes alone; it goes with the program."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._numbers = count(1)
        self._files: dict[str, Path] = {}

    def source(self, text: str) -> Source | None:
        """What was kept under ``STDIN`` or ``CLIPBOARD``, as a source; ``None`` if nothing was."""
        file = self._files.get(text)
        return None if file is None else Source(Kind.TEXT, text, file, name=NAMES[text])

    def new(self, text: str) -> Path:
        """Where to write what comes now; what came before stays as it is for whoever still reads it."""
        if self._folder is None:
            from shutil import rmtree  # a start has no use for all that these bring
            from tempfile import mkdtemp

            self._folder = Path(mkdtemp(prefix="plugscope-"))
            weakref.finalize(self, rmtree, self._folder, ignore_errors=True)
        return Path(self._folder, f"{NAMES[text].replace(' ', '-')}-{next(self._numbers)}")

    def keep(self, text: str, file: Path) -> None:
        """That file is what came."""
        self._files[text] = file


class SpooledInput:
    """Standard input, written to a file as it is read: ``file``, once all of it is there."""

    def __init__(self, spool: Spool) -> None:
        self._from = standard_input(NAMES[STDIN])
        self._to: BinaryIO | None = None
        self.file: Path | None = None
        self._size = 0
        with suppress(OSError):  # no folder for temporary files: then it can be read once
            self._path = spool.new(STDIN)
            self._to = self._path.open("wb", buffering=0)

    def read(self, size: int = -1, /) -> bytes:
        """Up to so many bytes of standard input, kept in the file as they pass."""
        data = self._from.read(size)
        self._size += len(data)
        if self._to is None or self.file is not None:
            return data
        try:
            if self._size > MOST_KEPT:
                raise OSError
            self._to.write(data)
        except OSError:
            self._give_up()
            return data
        if size < 0 or len(data) < size:  # it waits for as many as are asked for
            self._to.close()
            self.file = self._path
        return data

    def _give_up(self) -> None:
        assert self._to is not None, "there is something to give up"
        with suppress(OSError):
            self._to.close()
            self._path.unlink(missing_ok=True)
        self._to = None

"""What containerd prints for a file that is no TOML, and where that stands.

The words are foretold by reading as the release's library reads (``gotoml``). Builds of one release may
have different libraries: a note says what the other one says. What is as rare as a wrong date was not proven word for
word: the message says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from plugscope.sources.config.gotoml import Reads, TomlError, v1_error, v2_error
from plugscope.sources.release import Release

OTHER_WORDS = "in words that are not the daemon's own"

_AT = re.compile(
    r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$", re.S
)


_DEBIAN = {(1, 6, 20), (2, 1, 9)}
"""Releases that Debian builds with another library than containerd does: with go-toml 1.9.4, and with 2.4."""


class LoadError(Struct, frozen=True):
    """A file that is refused: the daemon's message, and the line and column of the fault (from 1).

    ``note``: what a build of the same release with another library says.
    """

    message: str
    line: int
    column: int
    note: str = ""


Earlier = Callable[[int], LoadError | None]


def load_error_of(
    data: bytes, file: str, release: Release, reads: Reads, earlier: Earlier
) -> LoadError | None:
    """What the release's library refuses in a file; ``None`` if it takes it all, or if it is not known how it reads.

    ``reads``: whether the value at a path of keys is decoded; ``earlier``: what does not fit in so many bytes from the
    start, for go-toml 2 decodes as it reads.
    """
    if release.toml == "v1":
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
        builds = {"1.9.5": partial(_first, text, file, 5), "1.9.4": partial(_first, text, file, 4)}
    elif release.toml == "v2":
        minor = 3 if release.number >= (2, 3) else 2
        builds = {f"2.{n}": partial(_second, data, n, reads, earlier) for n in (minor, 4)}
    else:
        return None
    own, other = reversed(builds) if release.number in _DEBIAN else builds
    refused = builds[own]()
    if refused is None:
        return None
    told = builds[other]()
    if told is not None and told.message == refused.message:
        return refused
    says = f"says: {told.message}" if told else "takes the file"
    return replace(refused, note=f"built with go-toml {other} and not {own}, this release {says}")


def _first(text: str, file: str, patch: int) -> LoadError | None:
    """What a daemon says that has go-toml 1.9.5, or 1.9.4."""
    found = v1_error(text, patch)
    if found is None:
        return None
    where = f"({found.line}, {found.column}): " if found.placed else ""
    message = f"failed to load TOML: {file}: {where}{_words(found)}"
    if patch == 4 and found.words.startswith("unhandled token"):
        message = f"panic: {found.words}"
    return LoadError(message, found.line, found.column)


def _second(data: bytes, minor: int, reads: Reads, earlier: Earlier) -> LoadError | None:
    """What a daemon says that has go-toml 2. It does not name the file."""
    found = v2_error(data, minor, reads)
    if found is None:
        return None
    where = f" at row {found.line} column {found.column}" if found.placed else ""
    message = f"failed to unmarshal TOML{where}: toml: {_words(found)}"
    return earlier(found.done) or LoadError(message, found.line, found.column)


def _words(error: TomlError) -> str:
    return error.words if error.sure else f"{error.words} ({OTHER_WORDS})"


def standard_error_of(message: str, text: str, file: str) -> LoadError:
    """What the standard parser refuses, from its message, for a release whose library is not read here."""
    found = _AT.match(message)
    what = found["what"] if found else message
    what = what[:1].lower() + what[1:]
    line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    if found and found["line"]:
        line, column = int(found["line"]), int(found["column"])
    return LoadError(f"{file}: line {line}, column {column}: {what} ({OTHER_WORDS})", line, column)

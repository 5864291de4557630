"""Opening a source: finding out by its content what it is, and reading it. Nothing of the user's is run here.

What reads one kind of source is loaded by whoever opens such a one, and not before the first paint.
"""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from msgspec import Struct
from msgspec.structs import replace

from plugscope.boot import Catalog, Recording, refusals

from .boot_log import BootLog
from .error import NothingTold, SourceError
from .source import Kind, Source

_MAX_BYTES = 1 << 30
_HEAD = 1 << 16
"""So many bytes are looked at to find out what a source is."""
_LONGEST_LISTING = 1 << 24


class Opened(Struct, frozen=True):
    """A source that has been read, from whoever reads it to whoever shows it.

    ``source`` has the kind that its content turned out to be. ``observed`` is the boot that happened, where the source
    tells of one, and ``log`` which line of a log told of what. ``release``: which one a containerd configuration was
    applied to, as it was asked for ("", a catalog's name, or ``ask``); ``None`` if it is no configuration. ``over`` is
    the text of the source that tells what happened, where that is another one, and ``under`` the catalog below it, if
    that one is a daemon, which can be asked again.
    """

    source: Source
    catalog: Catalog
    observed: Recording | None = None
    log: BootLog | None = None
    release: str | None = None
    over: str = ""
    under: Catalog | None = None


class Stream(Protocol):
    """What bytes can be read from: up to so many, or all."""

    def read(self, size: int = ..., /) -> bytes:
        """Up to so many bytes; none at the end."""


Stdin = Callable[[], bytes | Stream]
"""What stands for standard input."""

Progress = Callable[[int], bool]
"""Called with the number of bytes read so far; reading ends when it says no."""


class Reading(Struct, frozen=True):
    """How a source is to be read.

    ``boot``: which boot of a log, from 1, or from the end with -1 for the last. ``progress`` hears how much of a log
    has been read. ``release``: the catalog that a containerd configuration is for, such as ``containerd-2.1``, or
    ``ask``. ``stdin`` stands for standard input.
    """

    boot: int = -1
    progress: Progress | None = None
    release: str = ""
    stdin: Stdin | None = None


_AS_USUAL = Reading()


def open_source(source: Source, how: Reading = _AS_USUAL) -> Opened:
    """Open anything but Python. Raises ``SourceError``."""
    if source.kind is Kind.CATALOG:
        from .shipped import open_catalog

        return Opened(source, open_catalog(source.text.removeprefix("catalog:")))
    if source.kind is Kind.DAEMON:
        return _open_daemon(source, how)
    location = _location_of(source)
    try:
        with _stream(source, location, how.stdin) as stream:
            return _open_stream(source, stream, location, how)
    except OSError as error:
        raise SourceError.at(location, error.strerror or str(error)) from None


def open_over(
    expected: Callable[[str], Opened], observed: Callable[[], Opened], other: Source, usual: str = ""
) -> Opened:
    """What one source lets expect, with what ``other`` tells of a boot that happened laid over it.

    ``observed`` opens that other one. ``expected`` opens the first, as a configuration for the release that is named:
    the one it happened in, or the ``usual`` one if nothing tells which that was. Raises ``SourceError``.
    """
    from .observed import over, release_of, unheard

    happened, silence, log = None, "", None
    try:
        told = observed()
    except NothingTold as error:
        silence = str(error)
    else:
        happened, log = told.observed, told.log
        if happened is None:
            raise SourceError.at(
                other.text, "tells of no boot that happened, as a log, a listing or a daemon does"
            )
    opened = expected(usual if happened is None else release_of(happened))
    catalog = opened.catalog
    recording = unheard(catalog, silence) if happened is None else over(catalog, happened)
    under = catalog if other.kind is Kind.DAEMON else None
    return replace(
        opened, catalog=recording.plan.catalog, observed=recording, log=log, over=other.text, under=under
    )


def _open_daemon(source: Source, how: Reading) -> Opened:
    from .daemon import observe_daemon

    if how.boot != -1:
        raise SourceError.at(source.text, "a running daemon tells of one boot, its own; --boot is for logs")
    answered = observe_daemon(source.text)
    return Opened(source, answered.plan.catalog, answered)


def _location_of(source: Source) -> str:
    """What a source is called where something is wrong with it."""
    if source.name or source.file is None:
        return source.name or "standard input"
    return source.text if source.shipped else str(source.file)


def _open_stream(source: Source, stream: Stream, location: str, how: Reading) -> Opened:
    from .recognition import kind_of

    head = stream.read(_HEAD)
    source = replace(source, kind=kind_of(head, location))
    whole = _Chained(head, stream)
    if source.kind is Kind.CONFIG:
        return Opened(source, _config(source, whole, location, how.release), release=how.release)
    if source.kind is Kind.LISTING:
        from .listing import read_listing

        listed = read_listing(whole.read_most(_LONGEST_LISTING), location)
        return Opened(source, listed.plan.catalog, listed)
    if source.kind is Kind.LOG:
        from .log import read_log

        log = read_log(whole, location, how.boot, how.progress)
        recording = log.recording
        return Opened(source, recording.plan.catalog, recording, log.boot_log.in_file(_again(source)))
    if how.boot != -1:
        raise SourceError.at(location, "no log: only a log tells of several boots")
    if source.file is not None and source.file.stat().st_size > _MAX_BYTES:
        raise SourceError.at(location, "larger than 1 GiB: no manifest is")
    return Opened(source, open_bytes(whole.read(), location))


class _Chained:
    """A stream of which the beginning has been read already."""

    def __init__(self, head: bytes, stream: Stream) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, fewer than asked for where the beginning ends."""
        if size < 0:
            head, self._head = self._head, b""
            return head + self._stream.read()
        if self._head:
            head, self._head = self._head[:size], self._head[size:]
            return head
        return self._stream.read(size)

    def read_most(self, size: int) -> bytes:
        """The beginning, and so many bytes behind it."""
        head, self._head = self._head, b""
        return head + self._stream.read(size)


def _again(source: Source) -> Path | None:
    """Where the same bytes can be read once more: not out of a pipe."""
    return source.file if source.file is not None and source.file.is_file() else None


def _config(source: Source, stream: _Chained, location: str, release: str) -> Catalog:
    from .config import MOST_BYTES, config_catalog, read_config

    if source.file is None or source.name or not source.file.is_file():
        return read_config(stream.read_most(MOST_BYTES), location, release or None)
    return config_catalog(source.file, release or None)


@contextmanager
def _stream(source: Source, location: str, stdin: Stdin | None) -> Iterator[Stream]:
    if source.file is None:
        found = standard_input(location) if stdin is None else stdin()
        yield BytesIO(found) if isinstance(found, bytes) else found
        return
    _refuse_endless(source.file, location)
    with source.file.open("rb") as stream:
        yield stream


def standard_input(location: str) -> BinaryIO:
    """The bytes that come through the pipe. Raises ``SourceError`` if there is none."""
    # Python has None for a stream that was closed when it started.
    if sys.stdin is None or sys.stdin.closed:
        raise SourceError.at(location, "it is closed")
    return sys.stdin.buffer


def _refuse_endless(path: Path, location: str) -> None:
    """A device, a pipe that nobody writes to, a socket: reading them would not end."""
    status = path.stat()
    if stat.S_ISFIFO(status.st_mode) and str(path).startswith(("/dev/fd/", "/dev/stdin", "/proc/self/fd/")):
        return
    if stat.S_ISSOCK(status.st_mode):
        raise SourceError.at(location, f"a socket; a daemon's address reads unix://{path.resolve()}")
    if not stat.S_ISREG(status.st_mode):
        raise SourceError.at(location, "not a regular file; a pipe can be read as -, standard input")


def open_bytes(data: bytes, location: str) -> Catalog:
    """Open a manifest of any format. Raises ``SourceError``."""
    from .manifest import read_manifest

    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise SourceError.at(location, "UTF-16 text; a manifest is UTF-8")
    start = _start_of(data)
    if not start:
        raise NothingTold.at(location, "the file is empty")
    if b"\0" in data[:4096]:
        raise SourceError.at(location, "a binary file, not a manifest")
    form, value = ("json", None) if start == b"{" else _text_form(data, location)
    catalog = read_manifest(data, form, location, value)
    if not catalog.name:
        catalog.name = Path(location).name
    return catalog


def locate_refused(catalog: Catalog, file: Path) -> None:
    """Tell where in a manifest those plugins stand that a daemon would refuse, as far as the file still tells."""
    from .manifest import locate

    refused = [position for position, _ in refusals(catalog.registrations, catalog.semantics)]
    unlocated = [position for position in refused if not catalog.entries[position].location]
    if not unlocated:
        return
    try:
        data = file.read_bytes()
        form = "json" if _start_of(data) == b"{" else _text_form(data, str(file))[0]
    except (OSError, SourceError):
        return
    locate(catalog, unlocated, data, form, str(file))


def _start_of(data: bytes) -> bytes:
    """The first byte that says something."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]


def _text_form(data: bytes, location: str) -> tuple[str, Any]:
    """TOML or YAML, what parses and looks like a manifest, and its plain values; else what it most resembles."""
    from .manifest import as_text, looks_like_manifest, plain

    text = as_text(data, location)
    failure: SourceError | None = None
    for form in ("toml", "yaml") if _resembles_toml(text) else ("yaml", "toml"):
        try:
            value = plain(data, form, location)
        except SourceError as error:
            failure = failure or error
            continue
        if looks_like_manifest(value):
            return form, value
    if failure is not None and ("plugscope" in text or "plugin" in text):
        raise failure
    what = "not a manifest: it has neither 'plugscope = 1' nor plugins"
    raise SourceError.at(location, what)


def _resembles_toml(text: str) -> bool:
    lines = [line.strip() for line in text.splitlines()[:200]]
    return any(line.startswith("[") or ("=" in line and ":" not in line.split("=")[0]) for line in lines)

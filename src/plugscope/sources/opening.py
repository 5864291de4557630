"""Finding out what a source is, and opening it. Nothing of the user's is run here.

A source is of one kind: what reads the others is loaded by whoever opens one of them, and not before the first paint.
"""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from msgspec import Struct

from plugscope.boot import Catalog, Recording
from plugscope.worker import Target

from .boot_log import BootLog
from .error import NothingTold, SourceError
from .target import target_of

_MAX_BYTES = 1 << 30
_HEAD = 1 << 16
"""So many bytes are looked at to find out what a source is."""
_FILE_SUFFIXES = (".toml", ".json", ".yaml", ".yml", ".py", ".log", ".txt", ".conf", ".cfg")


class Kind(StrEnum):
    """The kinds of source."""

    CATALOG = "catalog"
    MANIFEST = "manifest"
    PYTHON = "python"
    DAEMON = "daemon"


class Source(Struct, frozen=True):
    """A source that has been recognised. ``file`` is what to watch for changes, if it is a file.

    ``name`` is what to call it if its file only keeps what came another way: through a pipe, or the clipboard.
    """

    kind: Kind
    text: str
    file: Path | None = None
    target: Target | None = None
    shipped: bool = False
    name: str = ""


def recognise(text: str) -> Source:
    """What kind of source a text names. Raises ``SourceError`` if it names nothing there is."""
    if text.startswith("catalog:"):
        return Source(Kind.CATALOG, text, shipped=True)
    if text.startswith("example:"):
        return _example(text)
    if text == "-":
        return Source(Kind.MANIFEST, text)
    if text.startswith("unix:"):
        return Source(Kind.DAEMON, text)
    if not text.strip():
        raise SourceError.at("source", "expected a name, found an empty text")
    try:
        return _python(text) or _file(text)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError.at(_shown(text), f"not a usable path: {why}") from None


def _python(text: str) -> Source | None:
    target = target_of(text)
    if target is None:
        return None
    if target.kind == "file":
        return Source(Kind.PYTHON, text, Path(target.name), target)
    if _means_a_file(text) and not Path(target.search, target.name).is_dir():
        return None
    return Source(Kind.PYTHON, text, None, target)


def _means_a_file(text: str) -> bool:
    return text.endswith(_FILE_SUFFIXES) or "/" in text or "\\" in text


def _example(text: str) -> Source:
    from .shipped import example_file

    file = example_file(text.removeprefix("example:"))
    if file.suffix == ".py" or file.is_dir():
        return Source(Kind.PYTHON, text, file, target_of(str(file)), shipped=True)
    return Source(Kind.MANIFEST, text, file, shipped=True)


def _file(text: str) -> Source:
    path = Path(text)
    if path.is_dir():
        raise SourceError.at(_shown(text), _strange_directory(path))
    if not path.exists():
        raise SourceError.at(_shown(text), "no such file, module, catalog or example")
    if path.is_socket():
        return Source(Kind.DAEMON, f"unix://{path.absolute()}")
    return Source(Kind.MANIFEST, text, path)


def _shown(text: str) -> str:
    return text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text


def _strange_directory(path: Path) -> str:
    if (path / "go.mod").is_file():
        return "a Go module; reading plugins from Go source is not part of this release"
    return "a directory without __init__.py is no Python package; name a file or a package in it"


class Stream(Protocol):
    """What bytes can be read from: up to so many, or all."""

    def read(self, size: int = ..., /) -> bytes: ...


Stdin = Callable[[], bytes | Stream]
"""What stands for standard input."""


class Content(Struct, frozen=True):
    """What a source holds: a catalog, and the boot that happened where the source tells of one.

    ``is_config``: it is a containerd configuration, applied to a release's catalog. ``log``: where the boot is that of
    a log, which line tells of what, and which other boots there are.
    """

    catalog: Catalog
    recording: Recording | None = None
    is_config: bool = False
    log: BootLog | None = None


def read(source: Source, stdin: Stdin | None = None) -> Catalog:
    """The catalog of anything but Python. Raises ``SourceError``."""
    return read_content(source, stdin).catalog


def read_content(
    source: Source,
    stdin: Stdin | None = None,
    *,
    boot: int = -1,
    progress: Callable[[int], bool] | None = None,
    release: str = "",
) -> Content:
    """Open anything but Python. Raises ``SourceError``.

    ``boot``: which boot of a log, from 1, or from the end with -1 for the last. ``progress`` is called with the number
    of bytes that were read of a log, and ends the reading when it says no. ``release``: the catalog that a containerd
    configuration is for, such as ``containerd-2.1``, or ``ask``.
    """
    if source.kind is Kind.CATALOG:
        from .shipped import open_catalog

        return Content(open_catalog(source.text.removeprefix("catalog:")))
    if source.kind is Kind.DAEMON:
        from .daemon import observe_daemon

        if boot != -1:
            raise SourceError.at(
                source.text, "a running daemon tells of one boot, its own; --boot is for logs"
            )
        answered = observe_daemon(source.text)
        return Content(answered.plan.catalog, answered)
    return _read_file(source, stdin, boot, progress, release)


def _read_file(
    source: Source,
    stdin: Stdin | None,
    boot: int,
    progress: Callable[[int], bool] | None,
    release: str,
) -> Content:
    from .recognition import says_manifest

    named = source.text if source.shipped else str(source.file)
    location = source.name or ("standard input" if source.file is None else named)
    try:
        with _stream(source, location, stdin) as stream:
            head = stream.read(_HEAD)
            if not says_manifest(head):
                other = _read_other(source, head, stream, location, boot, progress, release)
                if other is not None:
                    return other
            if source.file is not None and source.file.stat().st_size > _MAX_BYTES:
                raise SourceError.at(location, "larger than 1 GiB: no manifest is")
            return Content(read_bytes(head + stream.read(), location))
    except OSError as error:
        raise SourceError.at(location, error.strerror or str(error)) from None


def _again(source: Source) -> Path | None:
    """Where the same bytes can be read once more: not out of a pipe."""
    return source.file if source.file is not None and source.file.is_file() else None


def _read_other(
    source: Source,
    head: bytes,
    stream: Stream,
    location: str,
    boot: int,
    progress: Callable[[int], bool] | None,
    release: str,
) -> Content | None:
    """A containerd configuration, a log or a listing; ``None`` if it is none of them."""
    from .recognition import looks_like_config, looks_like_template
    from .told import read_told

    if looks_like_template(head, location):
        raise SourceError.at(
            location,
            "a template of a containerd configuration, which k3s or rke2 fills in when it starts: open the config.toml "
            "that it made of it (beside the template, unless it is told otherwise)",
        )
    if looks_like_config(head, location):
        return Content(_config(source, head, stream, location, release), is_config=True)
    told = read_told(head, stream, location, boot, progress)
    if told is None:
        return None
    recording, log = told
    return Content(recording.plan.catalog, recording, log=log and log.in_file(_again(source)))


def _config(source: Source, head: bytes, stream: Stream, location: str, release: str) -> Catalog:
    from .config import config_catalog, read_config
    from .config.read import MOST_BYTES

    if source.file is None or source.name or not source.file.is_file():
        return read_config(head + stream.read(MOST_BYTES), location, release or None)
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


def read_bytes(data: bytes, location: str) -> Catalog:
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
    from plugscope.boot import refusals

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


def functions_target(catalog: Catalog, source: Source) -> Target:
    """What the worker needs to run a manifest: its plugins, with the functions that they name."""
    import msgspec

    from .manifest import to_shape

    plugins = msgspec.to_builtins(to_shape(catalog).plugin)
    for plugin, entry in zip(plugins, catalog.entries, strict=True):
        plugin.setdefault("requires", [])
        plugin.setdefault("init_fn", "")
        plugin["config"] = entry.config
    folder = source.file.resolve().parent if source.file is not None else Path.cwd()
    return Target("functions", source.text, "", str(folder), str(catalog.semantics), list(plugins))


def is_runnable(catalog: Catalog) -> bool:
    """Whether some plugin names a Python function."""
    return any(entry.init_fn for entry in catalog.entries)

"""What a source is: named by the user, recognised by its name, and, where that does not tell, by its content."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from plugscope.worker import Target

from .error import SourceError
from .target import target_of

_FILE_SUFFIXES = (".toml", ".json", ".yaml", ".yml", ".py", ".log", ".txt", ".conf", ".cfg")


class Kind(StrEnum):
    """The kinds of source. ``TEXT`` is a file or a stream that has not been read: its content tells which it is."""

    CATALOG = "catalog"
    MANIFEST = "manifest"
    CONFIG = "config"
    LOG = "log"
    LISTING = "listing"
    PYTHON = "python"
    DAEMON = "daemon"
    TEXT = "text"
    COMPARISON = "comparison"


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
        return Source(Kind.TEXT, text)
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
    return Source(Kind.TEXT, text, file, shipped=True)


def _file(text: str) -> Source:
    path = Path(text)
    if path.is_dir():
        raise SourceError.at(_shown(text), _strange_directory(path))
    if not path.exists():
        raise SourceError.at(_shown(text), "no such file, module, catalog or example")
    if path.is_socket():
        return Source(Kind.DAEMON, f"unix://{path.absolute()}")
    return Source(Kind.TEXT, text, path)


def _shown(text: str) -> str:
    return text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text


def _strange_directory(path: Path) -> str:
    if (path / "go.mod").is_file():
        return "a Go module; reading plugins from Go source is not part of this release"
    return "a directory without __init__.py is no Python package; name a file or a package in it"

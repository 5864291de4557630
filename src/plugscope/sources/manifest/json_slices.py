"""A large JSON manifest, read some plugins at a time: decoding all of it at once holds up every other thread."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import msgspec

from plugscope.sources.nesting import json_is_too_deep

from .duplicate import look_for_duplicates
from .shape import ManifestShape, PluginShape

_SIZE = 128 << 10
"""So many bytes are decoded within a millisecond."""
_LONGEST = 8 * _SIZE

_PLUGINS_OPEN = re.compile(rb'"plugin"\s*:\s*\[')
_BETWEEN = re.compile(rb"\}\s*,\s*\{")
_DECODER = msgspec.json.Decoder(list[PluginShape])
_ENCODER = msgspec.json.Encoder()


def in_slices(data: bytes, size: int = _SIZE) -> tuple[ManifestShape, Iterator[PluginShape]] | None:
    """The manifest without its plugins, and the plugins one by one; ``None`` if the text cannot be cut into slices.

    Cutting guesses: it looks for the key ``plugin`` and for braces between two plugins, and texts in the manifest may
    look like either. But what is cut is sound if all its pieces are: lists that are joined with commas are one list.

    Raises ``ValueError``, ``RecursionError`` or ``DuplicateKey``, also while the plugins come, if something is wrong
    with the manifest, or the guess was: it is for the one who reads it as a whole to say which.
    """
    opened = _PLUGINS_OPEN.search(data)
    if opened is None:
        return None
    ends = list(_ends(data, opened.end(), size))
    start = ends[-1][1] if ends else opened.end()
    if len(data) - start > max(_LONGEST, 8 * size):
        return None
    last, rest = _last(data[start:])
    outline = data[: opened.end()] + b"]" + rest
    _bound(outline)
    shape = msgspec.json.decode(outline, type=ManifestShape)
    json.loads(outline, object_pairs_hook=look_for_duplicates)
    return shape, _plugins(data, opened.end(), ends, last)


def _ends(data: bytes, start: int, size: int) -> Iterator[tuple[int, int]]:
    """Where slices end, and where the ones after them start: between two plugins."""
    counted, depth = start, 0
    while True:
        for found in _BETWEEN.finditer(data, start + size):
            end = found.start() + 1
            depth += _opened(data, counted, end)
            counted = end
            if depth == 0:
                start = counted = found.end() - 1
                yield end, start
                break
            if end - start > max(_LONGEST, 8 * size):
                return
        else:
            return


def _opened(data: bytes, start: int, end: int) -> int:
    """How many more braces are opened than closed; those in texts count too, where a guess may go wrong."""
    return data.count(b"{", start, end) - data.count(b"}", start, end)


def _last(data: bytes) -> tuple[bytes, bytes]:
    """The last slice, and what follows the list of plugins."""
    text = data.decode()
    _, end = json.JSONDecoder().raw_decode("[" + text)
    return text[: end - 2].encode(), text[end - 1 :].encode()


def _plugins(data: bytes, start: int, ends: list[tuple[int, int]], last: bytes) -> Iterator[PluginShape]:
    for end, following in ends:
        yield from _decoded(data[start:end])
        start = following
    yield from _decoded(last)


def _decoded(text: bytes) -> list[PluginShape]:
    _bound(text)
    plugins = _DECODER.decode(b"[" + text + b"]")
    if _may_repeat(text, plugins):
        json.loads(b"[" + text + b"]", object_pairs_hook=look_for_duplicates)
    return plugins


def _bound(text: bytes) -> None:
    if json_is_too_deep(text):
        raise ValueError("nested too deeply")


def _may_repeat(text: bytes, plugins: list[PluginShape]) -> bool:
    """Whether a key may stand twice in a table: the text has more colons than its values need.

    It errs on the careful side: a default that is written out is not needed either.
    """
    return b"\\u" in text or text.count(b":") != _ENCODER.encode(plugins).count(b":")

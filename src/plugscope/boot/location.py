"""Where something stands, as people and editors write it: ``file:line``."""

from __future__ import annotations


def split_location(location: str) -> tuple[str, str]:
    """The file and the line of a location; two empty texts for one that has no line, such as a name or a field."""
    file, colon, line = location.rpartition(":")
    return (file, line) if colon and line.isdecimal() else ("", "")

"""Where a parser stops, and in which words."""

from __future__ import annotations


class Stop(Exception):
    """A parser refuses what stands at the offset ``at`` of its text.

    ``sure``: the words were proven to be the library's own, letter by letter; else they only say what is wrong.
    ``placed``: the library tells the place. ``done``: all before this offset was read and decoded.
    """

    done = 0

    def __init__(self, at: int, words: str, *, sure: bool = True, placed: bool = True) -> None:
        super().__init__(words)
        self.at = at
        self.words = words
        self.sure = sure
        self.placed = placed


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """Both from 1. Go-toml ends a line at a line feed alone."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)

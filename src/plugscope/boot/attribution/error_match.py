"""Comparing the words of errors, of which a log may have lost a part: ``…`` stands where."""

from __future__ import annotations

CUT = "…"
_LEAST = 12
"""So many characters of an error must agree before a cut text proves anything."""

_TRIES = 64
"""So many places are tried at which one text may go on as another; words that repeat themselves more often are none."""


def matches(observed: str, expected: str) -> bool:
    """Whether an observed text is the expected one, as far as it was kept."""
    if CUT not in observed and CUT not in expected:
        return observed == expected
    if CUT in expected:
        # What is expected repeats another error, of which no more is known than its line kept.
        ours, theirs = observed.partition(CUT)[0], expected.partition(CUT)[0]
        both = CUT in observed
        alike = ours.startswith(theirs) or (both and theirs.startswith(ours))
        return alike and min(len(ours), len(theirs)) >= _LEAST
    head, _, tail = observed.partition(CUT)
    tail = tail.rpartition(CUT)[2] if CUT in tail else tail
    long_enough = len(head) + len(tail) >= min(_LEAST, len(expected))
    return long_enough and expected.startswith(head) and expected.endswith(tail)


def repeats(observed: str, part: str) -> bool:
    """Whether an observed text repeats another error, or begins to where it was cut. A word or two prove nothing."""
    if CUT in part:
        part = max(part.split(CUT), key=len)
    if len(part) < 8:
        return False
    if part in observed:
        return True
    if CUT not in observed:
        return False
    return any(_overlaps(piece, part) for piece in observed.split(CUT)[:-1])


def _overlaps(piece: str, part: str) -> bool:
    """Whether a piece ends with the beginning of a part."""
    at = piece.find(part[:_LEAST], max(len(piece) - len(part), 0)) if len(part) >= _LEAST else -1
    for _ in range(_TRIES):
        if at < 0:
            return False
        if part.startswith(piece[at:]):
            return True
        at = piece.find(part[:_LEAST], at + 1)
    return False

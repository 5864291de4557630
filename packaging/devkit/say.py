"""What the developer commands print of their own."""

import sys


class DevError(Exception):
    """A command cannot go on; its text is a sentence that says what to do."""


def say(sentence: str) -> None:
    """Tell the person at the terminal what is going on, on standard error."""
    print(sentence, file=sys.stderr, flush=True)

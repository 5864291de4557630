"""Why a daemon cannot be asked."""


class DaemonError(Exception):
    """A daemon that cannot be asked; the text says why and what to do."""


class NoSuchCall(DaemonError):
    """It answers, and does not have what was asked for. ``words`` are its own."""

    def __init__(self, words: str) -> None:
        super().__init__(f"it has no such call: {words}")
        self.words = words

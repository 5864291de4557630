"""A thread that hears events."""

from __future__ import annotations

import threading
from collections.abc import Callable

from plugscope.plugin import Envelope, Exchange


class Listener:
    """Hands each event of some topics to a function, in a thread of its own, until it is closed."""

    def __init__(
        self, name: str, events: Exchange, topics: tuple[str, ...], hear: Callable[[Envelope], None]
    ) -> None:
        self._subscription = events.subscribe(*topics)
        self._hear = hear
        self._thread = threading.Thread(target=self._listen, name=name, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        for envelope in self._subscription:
            self._hear(envelope)

    def close(self) -> None:
        """Hear what was published until now, then stop."""
        self._subscription.close()
        self._thread.join()

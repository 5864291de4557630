"""``journal.audit``: writes down what happened."""

from __future__ import annotations

import json
import threading

from plugscope.plugin import Envelope, Exchange, InitContext

from .listener import Listener
from .store import Store
from .system import JOURNAL, SCHEMA, registry


class Journal:
    """Every event of the shop as a row of the database."""

    def __init__(self, store: Store, events: Exchange) -> None:
        self._store = store
        self._written = threading.Condition()
        self._topics: list[str] = []
        self._listener = Listener("journal", events, ("/shop",), self._write)

    def _write(self, envelope: Envelope) -> None:
        self._store.query(
            "INSERT INTO journal (topic, event) VALUES (?, ?)", envelope.topic, json.dumps(envelope.event)
        )
        with self._written:
            self._topics.append(envelope.topic)
            self._written.notify_all()

    def wait_for(self, topic: str, timeout: float = 1.0) -> list[str]:
        """The topics written since the start, once this one is among them or ``timeout`` seconds are over."""
        with self._written:
            self._written.wait_for(lambda: topic in self._topics, timeout)
            return list(self._topics)

    def close(self) -> None:
        """Write what is still waiting, and stop."""
        self._listener.close()


@registry.plugin(JOURNAL, "audit", requires=[SCHEMA])
def audit(ic: InitContext) -> Journal:
    """Listen from now on.

    Plugins that publish while they start require this type without looking it up: so the journal hears them.
    """
    ic.meta.capabilities.append("events")
    return Journal(ic.get_single(SCHEMA), ic.events)

"""The event exchange: what ``InitContext.events`` is (containerd ``events/exchange``)."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .error import PluginError


class EventError(PluginError):
    """A topic or namespace that the exchange does not take."""

    text = "invalid event"


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event on its way: ``topic`` such as ``/tasks/start``, when (seconds since 1970), and what."""

    topic: str
    event: Any
    namespace: str = "default"
    timestamp: float = field(default_factory=time.time)


class Subscription:
    """A receiver's end: iterate it, or ``get`` the next envelope. Close it when done."""

    def __init__(self, exchange: Exchange, topics: tuple[str, ...]) -> None:
        self._exchange = exchange
        self._topics = topics
        self._waiting: queue.SimpleQueue[Envelope | None] = queue.SimpleQueue()

    def wants(self, envelope: Envelope) -> bool:
        """Whether a topic was asked for: all without a filter, else the topic itself or one below it."""
        return not self._topics or any(
            envelope.topic == topic or envelope.topic.startswith(topic.rstrip("/") + "/")
            for topic in self._topics
        )

    def deliver(self, envelope: Envelope | None) -> None:
        """Queue an envelope; ``None`` ends the iteration."""
        self._waiting.put(envelope)

    def get(self, timeout: float | None = None) -> Envelope | None:
        """The next envelope; ``None`` once closed. Raises ``TimeoutError`` after ``timeout`` seconds."""
        try:
            return self._waiting.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError(f"no event within {timeout} s") from None

    def __iter__(self) -> Iterator[Envelope]:
        while (envelope := self.get()) is not None:
            yield envelope

    def close(self) -> None:
        """End the subscription: no more events are received."""
        self._exchange.unsubscribe(self)


class Exchange:
    """Publishers and subscribers in one process. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscriptions: list[Subscription] = []

    def publish(self, topic: str, event: Any, namespace: str = "default") -> None:
        """Send an event to all who want its topic. Raises ``EventError`` for a malformed topic."""
        self.forward(Envelope(topic, event, namespace))

    def forward(self, envelope: Envelope) -> None:
        """Pass an envelope on as it is, timestamp included. Raises ``EventError`` if it is malformed."""
        if not envelope.topic.startswith("/") or envelope.topic.endswith("/") or "//" in envelope.topic:
            raise EventError(f"topic {envelope.topic!r} must read /part/part: invalid argument")
        if not envelope.namespace:
            raise EventError("an event needs a namespace: invalid argument")
        with self._lock:
            receivers = list(self._subscriptions)
        for subscription in receivers:
            if subscription.wants(envelope):
                subscription.deliver(envelope)

    def subscribe(self, *topics: str) -> Subscription:
        """Receive what is published from now on, of these topics and those below them, or of all."""
        subscription = Subscription(self, topics)
        with self._lock:
            self._subscriptions.append(subscription)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """End a subscription; one that has ended already is no error."""
        with self._lock:
            if subscription in self._subscriptions:
                self._subscriptions.remove(subscription)
        subscription.deliver(None)

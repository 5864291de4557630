"""Events: who subscribed gets what is published, from then on."""

from __future__ import annotations

import threading

import pytest

from plugscope.plugin import Envelope, EventError, Exchange


def test_an_event_reaches_all_who_want_its_topic() -> None:
    """All without a filter; a topic; what lies below it, by whole parts."""
    exchange = Exchange()
    everything = exchange.subscribe()
    tasks, starts, task = (exchange.subscribe(topic) for topic in ("/tasks", "/tasks/start", "/task"))
    exchange.publish("/tasks/start", 1)
    for subscription in (everything, tasks, starts):
        heard = subscription.get(timeout=1)
        assert heard is not None
        assert (heard.topic, heard.event, heard.namespace) == ("/tasks/start", 1, "default")
        assert heard.timestamp > 0
    with pytest.raises(TimeoutError, match=r"no event within 0\.01 s"):
        task.get(timeout=0.01)


def test_nothing_published_before_is_received() -> None:
    """A subscription begins when it is made and ends when it is closed, twice if need be."""
    exchange = Exchange()
    exchange.publish("/a", 1)
    subscription = exchange.subscribe()
    exchange.publish("/a", 2)
    subscription.close()
    exchange.publish("/a", 3)
    subscription.close()
    assert [envelope.event for envelope in subscription] == [2]


def test_forwarding_keeps_the_envelope() -> None:
    """With its own namespace and time."""
    exchange = Exchange()
    subscription = exchange.subscribe()
    envelope = Envelope("/a/b", "x", "k8s.io", 12.5)
    exchange.forward(envelope)
    assert subscription.get(timeout=1) is envelope


@pytest.mark.parametrize("topic", ["", "tasks", "/", "/tasks/", "/a//b"])
def test_a_malformed_topic_is_refused(topic: str) -> None:
    """A topic reads /part/part."""
    with pytest.raises(EventError, match="invalid argument"):
        Exchange().publish(topic, 1)


def test_an_event_needs_a_namespace() -> None:
    """containerd refuses one without."""
    with pytest.raises(EventError, match="namespace"):
        Exchange().publish("/a", 1, namespace="")


def test_threads_may_publish_at_once() -> None:
    """Nothing is lost between several publishers."""
    exchange = Exchange()
    subscription = exchange.subscribe()

    def publish() -> None:
        for number in range(200):
            exchange.publish("/a", number)

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    subscription.close()
    assert len(list(subscription)) == 800

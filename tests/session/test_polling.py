"""A daemon that is asked again and again: what changed is told, one question at a time, and silence is borne."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot
from tests.sources.daemon.captured import answer_of, replies_of
from tests.sources.daemon.fake import PLUGINS, VERSION, serving, version_reply

from plugscope.boot import diagnose
from plugscope.session import News, Polling
from plugscope.session.polling import LONGEST_MS, differences, over_same
from plugscope.sources import SourceError
from plugscope.sources.config import config_catalog
from plugscope.sources.daemon import Answer, observe_daemon, recording_of
from plugscope.sources.observed import over

pytestmark = pytest.mark.usefixtures("qapp")

ADDRESS = "unix:///c.sock"
CLEAN = answer_of("1.6.20/clean-default")
NATIVE = "io.containerd.snapshotter.v1.native"
BOLT = "io.containerd.metadata.v1.bolt"
BROKEN = answer_of("1.6.20/file-at-native-root")
WITHOUT_BOLT = answer_of("1.6.20/disabled-metadata")
WITH_PROXY = answer_of("1.6.20/proxy-snapshotter-dead-socket")


class Daemon:
    """Answers what it is told to, or raises it; counts how many questions there are at a time."""

    def __init__(self, answer: Answer | Exception) -> None:
        self.answer = answer
        self.asked = 0
        self.at_once = 0
        self.most_at_once = 0
        self.slowness = 0.0

    def __call__(self, _address: str) -> Answer:
        self.asked += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            time.sleep(self.slowness)
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer
        finally:
            self.at_once -= 1


class Heard:
    """All that a polling said."""

    def __init__(self, polling: Polling) -> None:
        self.news: list[News] = []
        self.lost: list[str] = []
        self.found = 0
        polling.told.connect(self.news.append)
        polling.lost.connect(self.lost.append)
        polling.found.connect(self._count)

    def _count(self) -> None:
        self.found += 1


@contextmanager
def polled(daemon: Callable[[str], Answer], known: Answer = CLEAN) -> Iterator[tuple[Polling, Heard]]:
    polling = Polling(ADDRESS, recording_of(known, ADDRESS), ask=daemon, interval=10)
    heard = Heard(polling)
    polling.start()
    yield polling, heard
    polling.stop()


def told(news: News) -> dict[str, str]:
    return {one.uri: one.what for one in news.differences}


def test_what_stays_as_it_is_is_not_told(qtbot: QtBot) -> None:
    """However often it is asked."""
    daemon = Daemon(CLEAN)
    with polled(daemon) as (_, heard):
        qtbot.waitUntil(lambda: daemon.asked > 5)
    assert not heard.news
    assert not heard.lost


def test_a_plugin_that_fails_by_now_is_told_once(qtbot: QtBot) -> None:
    """With the recording over the same positions; and then that it is well again."""
    daemon = Daemon(CLEAN)
    with polled(daemon) as (polling, heard):
        before = polling.known
        qtbot.waitUntil(lambda: daemon.asked > 1)
        daemon.answer = BROKEN
        qtbot.waitUntil(lambda: len(heard.news) == 1)
        asked = daemon.asked
        qtbot.waitUntil(lambda: daemon.asked > asked + 2)
        daemon.answer = CLEAN
        qtbot.waitUntil(lambda: len(heard.news) == 2)
    broken, well = heard.news
    assert told(broken) == told(well) == {NATIVE: "status"}
    assert broken.recording is not None
    assert [entry.uri for entry in broken.recording.plan.catalog.entries] == [
        entry.uri for entry in before.plan.catalog.entries
    ]
    assert NATIVE in {cause.uri for cause in diagnose(broken.recording).root_causes}


def test_a_plugin_that_is_disabled_by_now_takes_its_victims_along(qtbot: QtBot) -> None:
    """The daemon was started with other settings: its plugins stay where they were, whatever order it says them in."""
    daemon = Daemon(WITHOUT_BOLT)
    with polled(daemon) as (polling, heard):
        before = polling.known.plan
        qtbot.waitUntil(lambda: bool(heard.news))
    (news,) = heard.news
    assert told(news)[BOLT] == "status"
    assert len(news.differences) == 23
    assert news.recording is not None
    after = news.recording
    assert after.plan.position == before.position
    assert after.plan.disabled_uris == [BOLT]
    for step in after.steps:
        assert after.plan.catalog.entries[step.position].uri == step.uri
    causes = {cause.uri: len(cause.victims) for cause in diagnose(after).root_causes}
    assert causes[BOLT] == 22


def test_other_plugins_do_not_fit_into_the_picture(qtbot: QtBot) -> None:
    """A proxy plugin that was not there: it is told, and nothing is laid over what does not have it."""
    with polled(Daemon(WITH_PROXY)) as (_, heard):
        qtbot.waitUntil(lambda: bool(heard.news))
    (news,) = heard.news
    assert "new" in told(news).values()
    assert news.recording is None


def test_meta_and_words_are_compared(qtbot: QtBot) -> None:
    """An export, and an error in other words, are differences of their own kind."""
    daemon = Daemon(with_changes(BROKEN))
    with polled(daemon, BROKEN) as (_, heard):
        qtbot.waitUntil(lambda: bool(heard.news))
    assert told(heard.news[0]) == {NATIVE: "error", "io.containerd.snapshotter.v1.overlayfs": "meta"}


def with_changes(answer: Answer) -> Answer:
    facts = list(answer_of("1.6.20/file-at-native-root").plugins)
    for fact in facts:
        if fact.uri == NATIVE:
            fact.error = "something else"
        if fact.uri.endswith("overlayfs") and fact.meta is not None:
            fact.meta.exports["root"] = "/elsewhere"
    return Answer(facts, answer.version)


def test_questions_do_not_overlap(qtbot: QtBot) -> None:
    """A daemon that takes longer than the pause is not asked twice at once, whoever says so."""
    daemon = Daemon(CLEAN)
    daemon.slowness = 0.05
    with polled(daemon) as (polling, _):
        for _ in range(5):
            polling.start()
            polling._question()
        qtbot.waitUntil(lambda: daemon.asked >= 4)
    assert daemon.most_at_once == 1


def test_a_daemon_that_is_gone_is_asked_less_and_less(qtbot: QtBot) -> None:
    """It is said once, in a sentence; the pauses double; and when it is back, that is said, with what changed."""
    daemon = Daemon(SourceError.at(ADDRESS, "nothing listens on it: the daemon has ended"))
    with polled(daemon) as (polling, heard):
        qtbot.waitUntil(lambda: daemon.asked >= 4)
        assert polling.is_lost
        assert polling.pause >= 80
        daemon.answer = BROKEN
        qtbot.waitUntil(lambda: bool(heard.news))
        assert polling.pause == 10
        assert not polling.is_lost
    assert heard.lost == ["nothing listens on it: the daemon has ended"]
    assert heard.found == 1
    assert told(heard.news[0]) == {NATIVE: "status"}


def test_the_pause_has_an_end() -> None:
    """At least once a minute it is asked."""
    polling = Polling(ADDRESS, recording_of(CLEAN, ADDRESS), ask=Daemon(CLEAN), interval=3_000)
    polling.running = True
    for _ in range(20):
        polling._miss(OSError("gone"))
    assert polling.pause == LONGEST_MS
    polling.stop()


def test_a_fault_of_ours_is_no_end_of_the_watch(qtbot: QtBot) -> None:
    """Whatever the question raises is told as the reason."""
    daemon = Daemon(ValueError("odd"))
    with polled(daemon) as (_, heard):
        qtbot.waitUntil(lambda: daemon.asked >= 2)
    assert heard.lost == ["ValueError: odd"]


def test_after_stop_nothing_is_asked_or_told(qtbot: QtBot) -> None:
    """Not even what was under way."""
    daemon = Daemon(BROKEN)
    daemon.slowness = 0.1
    with polled(daemon) as (polling, heard):
        qtbot.waitUntil(lambda: daemon.asked == 1)
        polling.stop()
        qtbot.wait(250)
    assert daemon.asked == 1
    assert not heard.news


def test_it_ends_with_its_document(qtbot: QtBot) -> None:
    """A parent that is deleted takes it along while a question is under way."""
    parent = QObject()
    daemon = Daemon(BROKEN)
    daemon.slowness = 0.1
    polling = Polling(ADDRESS, recording_of(CLEAN, ADDRESS), parent, ask=daemon, interval=10)
    heard = Heard(polling)
    polling.start()
    qtbot.waitUntil(lambda: daemon.asked == 1)
    parent.deleteLater()
    QCoreApplication.sendPostedEvents(parent, QEvent.Type.DeferredDelete.value)
    qtbot.wait(250)
    assert daemon.asked == 1
    assert not heard.news


def test_a_real_socket_that_comes_and_goes(qtbot: QtBot) -> None:
    """Over gRPC: known, changed, gone, and there again."""
    replies = {**replies_of("1.6.20/clean-default"), VERSION: version_reply("1.6.20")}
    broken = {**replies, PLUGINS: replies_of("1.6.20/file-at-native-root")[PLUGINS]}
    with TemporaryDirectory(prefix="ps-") as folder:
        path = Path(folder, "s")
        with serving(path, replies) as address:
            polling = Polling(address, observe_daemon(address), interval=20)
            heard = Heard(polling)
            polling.start()
            qtbot.wait(150)
            assert not heard.news
        qtbot.waitUntil(lambda: bool(heard.lost))
        path.unlink(missing_ok=True)
        with serving(path, broken):
            qtbot.waitUntil(lambda: bool(heard.news))
            polling.stop()
        assert heard.found == 1
        assert told(heard.news[0]) == {NATIVE: "status"}


def test_what_lies_under_a_daemon_stays_there(qtbot: QtBot, tmp_path: Path) -> None:
    """A configuration is laid under each answer: its lines and settings are told with what changed, and no more is."""
    config = tmp_path / "config.toml"
    config.write_text(f'version = 2\ndisabled_plugins = ["{BOLT}"]\n', "utf-8")
    under = config_catalog(config, "containerd-1.6.20")
    daemon = Daemon(CLEAN)
    known = over(under, recording_of(CLEAN, ADDRESS))
    polling = Polling(ADDRESS, known, ask=daemon, interval=10, under=under)
    heard = Heard(polling)
    polling.start()
    qtbot.waitUntil(lambda: daemon.asked > 2)
    assert not heard.news
    daemon.answer = WITHOUT_BOLT
    qtbot.waitUntil(lambda: bool(heard.news))
    polling.stop()
    (news,) = heard.news
    assert told(news)[BOLT] == "status"
    after = news.recording
    assert after is not None
    assert after.plan.position == known.plan.position
    assert after.plan.catalog.locations[BOLT] == f"{config}:2"
    assert {cause.uri: cause.location for cause in diagnose(after).root_causes}[BOLT] == f"{config}:2"


def test_the_same_boot_does_not_differ_from_itself() -> None:
    """Nor does it move over its own positions."""
    recording = recording_of(CLEAN, ADDRESS)
    assert not list(differences(recording, recording))
    again = over_same(recording, recording_of(CLEAN, ADDRESS))
    assert again is not None
    assert again.plan.position == recording.plan.position
    assert [step.uri for step in again.steps] == [step.uri for step in recording.steps]


def test_other_requires_do_not_fit() -> None:
    """Edges are drawn from what a plugin requires: if that is another, the picture is."""
    known = recording_of(CLEAN, ADDRESS)
    other = recording_of(answer_of("1.6.20/clean-default"), ADDRESS)
    entries = other.plan.catalog.entries
    position = other.plan.position[BOLT]
    registration = entries[position].registration
    changed = type(registration)(registration.type, registration.id, ())
    entries[position] = replace(entries[position], registration=changed)
    assert over_same(known, other) is None

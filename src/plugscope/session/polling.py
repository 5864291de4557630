"""Asking a daemon again and again, and telling what became different."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from plugscope.boot import Catalog, Outcome, Recording, rebased
from plugscope.sources import SourceError

from .job import Job

LONGEST_MS = 60_000
"""A daemon that does not answer is asked half as often each time, and at least once a minute."""

Ask = Callable[[str], Any]
"""Gives the ``Answer`` of the daemon at an address. What reads one is loaded by the first question."""


class Difference(Struct, frozen=True):
    """A plugin that is not as it was: ``what`` is its status, its error or its meta; or it is new, or gone."""

    uri: str
    what: str


class News(Struct, frozen=True):
    """What a daemon says that it did not say before.

    ``recording`` stands over the positions of the one that was known; ``None`` if other plugins are registered now, or
    with other requires: then nothing that is drawn fits any more.
    """

    differences: tuple[Difference, ...]
    recording: Recording | None


class Polling(QObject):
    """Asks the daemon at an address every few seconds, one question at a time, while it is ``running``.

    ``told`` hands over ``News``. ``lost`` says in a sentence that the daemon does not answer any more, and ``found``
    that it does again. ``known`` is what is compared with: what was observed last. ``under``: what the daemon's answers
    are laid over, if they are. ``interval``: milliseconds from one answer to the next question.
    """

    told = Signal(object)
    lost = Signal(str)
    found = Signal()

    def __init__(
        self,
        address: str,
        known: Recording,
        parent: QObject | None = None,
        *,
        interval: int,
        under: Catalog | None = None,
        ask: Ask | None = None,
    ) -> None:
        super().__init__(parent)
        self.address = address
        self.known = known
        self.running = False
        self.is_lost = False
        self._ask = ask
        self._under = under
        self._interval = self._pause = interval
        self._last: Any = None
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._question)

    @Slot()
    def start(self) -> None:
        """Ask now, and from now on."""
        if not self.running:
            self.running = True
            self._pause = self._interval
            self._question()

    @Slot()
    def stop(self) -> None:
        """Ask no more; what is still answered is dropped."""
        self.running = self.is_lost = False
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @property
    def pause(self) -> int:
        """Milliseconds until the next question after an answer or a failure."""
        return self._pause

    @Slot()
    def _question(self) -> None:
        if self._job is not None:
            return
        job = Job(partial(_asked, self._ask, self.address, self._last, self.known, self._under))
        job.returned.connect(self._take)
        job.errored.connect(self._miss)
        self._job = job.start()

    @Slot(object)
    def _take(self, answered: tuple[Any, News | None]) -> None:
        if not self.running:
            return
        self._job = None
        self._last, news = answered
        self._pause = self._interval
        self._timer.start(self._pause)
        if self.is_lost:
            self.is_lost = False
            self.found.emit()
        if news is not None:
            if news.recording is not None:
                self.known = news.recording
            self.told.emit(news)

    @Slot(object)
    def _miss(self, error: object) -> None:
        if not self.running:
            return
        self._job = None
        self._pause = min(self._pause * 2, LONGEST_MS)
        self._timer.start(self._pause)
        if not self.is_lost:
            self.is_lost = True
            self.lost.emit(_why(error))


def _why(error: object) -> str:
    if isinstance(error, SourceError):
        return "; ".join(found.message for found in error.diagnostics)
    return f"{type(error).__name__}: {error}"


def _asked(
    ask: Ask | None, address: str, last: Any, known: Recording, under: Catalog | None, _job: Job
) -> tuple[Any, News | None]:
    """The answer, and what is new in it; an answer that is as the last one costs no more than asking."""
    from plugscope.sources.daemon import ask_daemon, recording_of

    answer = (ask or ask_daemon)(address)
    if last is not None and answer.plugins == last.plugins:
        return answer, None
    now = recording_of(answer, address)
    if under is not None:
        from plugscope.sources.observed import over

        now = over(under, now)
    found = tuple(differences(known, now))
    if not found:
        return answer, None
    return answer, News(found, over_same(known, now))


def differences(before: Recording, after: Recording) -> Iterator[Difference]:
    """The plugins that are not as they were, in the order of the boot."""
    uris = dict.fromkeys([*(step.uri for step in after.steps), *before.plan.position, *after.plan.position])
    for uri in uris:
        was, is_ = _state(before, uri), _state(after, uri)
        what = next((word for word, a, b in zip(_WORDS, was, is_, strict=True) if a != b), "")
        if was[0] is None and is_[0] is not None:
            what = "new"
        elif was[0] is not None and is_[0] is None:
            what = "gone"
        if what:
            yield Difference(uri, what)


_WORDS = ("status", "error", "meta")


def _state(recording: Recording, uri: str) -> tuple[Outcome | None, str, object]:
    position = recording.plan.position.get(uri)
    if position is None:
        return None, "", None
    step = recording.by_uri.get(uri)
    if step is None:
        return recording.outcome_of(position), "", None
    return step.outcome, step.error, step.meta


def over_same(known: Recording, now: Recording) -> Recording | None:
    """The new recording over the positions of the known one; ``None`` where the registrations are not the same."""
    entries, old = now.plan.catalog.entries, known.plan.catalog.entries
    position_of = {
        position: known.plan.position[entry.uri]
        for position, entry in enumerate(entries)
        if entry.uri in known.plan.position
    }
    if len(entries) != len(old) or len(set(position_of.values())) != len(old):
        return None
    placed = sorted(position_of, key=position_of.__getitem__)
    if any(
        list(entries[position].registration.requires)
        != list(old[position_of[position]].registration.requires)
        for position in placed
    ):
        return None
    catalog = replace(now.plan.catalog, entries=[entries[position] for position in placed])
    return rebased(now, catalog, position_of)

"""Two boots as one document: both over the plugins of both, so that what is in both stays where it is."""

from __future__ import annotations

from enum import Enum
from pathlib import PurePath

from msgspec import Struct
from PySide6.QtCore import QObject

from plugscope.boot import MergedBoots, Recording, make_plan, merge_boots, predict
from plugscope.layout import Graph, Picture, lane_picture
from plugscope.sources import Kind, Opened, Source
from plugscope.sources.boot_log import BootLog

from .document import NO_IMPACT, Document
from .job import Job
from .loading import load


class Side(Enum):
    """Which of the two boots is looked at."""

    BEFORE = "before"
    AFTER = "after"


class Compared(Struct, frozen=True):
    """Two boots laid over each other, what to call them, and the picture of both."""

    source: Source
    names: tuple[str, str]
    merged: MergedBoots
    picture: Picture


def compare_job(before: Recording, name: str, mine: str, other: Source, boot: int = -1) -> Job:
    """A job that reads the other source and lays its boot, or the prediction of it, over the one that is given.

    ``name`` and ``mine``: what to call the given one, and the text of its source. ``boot``: which one of a log, from
    1, or -1 for the last.
    A Python one must have been trusted. It returns ``Compared``, or errs with ``SourceError``.
    """

    def work(job: Job) -> Compared:
        opened = load(other, job, boot)
        after = opened.observed or predict(make_plan(opened.catalog))
        merged = merge_boots(before, after)
        names = _told_apart((name, name_of(opened)), (mine, other.text))
        source = Source(Kind.COMPARISON, " ⇄ ".join(names))
        return Compared(source, names, merged, lane_picture(Graph(merged.catalog)))

    return Job(work)


def name_of(opened: Opened) -> str:
    """What to call a boot: a log by its file, with the number where it tells of several."""
    log = opened.log
    if log is None:
        return opened.catalog.name or opened.source.text
    return log_name(log)


def _told_apart(names: tuple[str, str], texts: tuple[str, str]) -> tuple[str, str]:
    """Two of one name by the folders that they are in; by number where nothing else tells them apart."""
    if names[0] != names[1]:
        return names
    folders = [PurePath(text).parent.name for text in texts]
    if folders[0] != folders[1] and all(folders):
        return f"{folders[0]}/{names[0]}", f"{folders[1]}/{names[1]}"
    return f"{names[0]} (1)", f"{names[1]} (2)"


def log_name(log: BootLog) -> str:
    """The file of a log, and which of its boots."""
    file = PurePath(log.name).name
    return file if log.count < 2 else f"{file}, boot {log.number}"


class Comparison(Document):
    """Shows the boot of one side at a time. It can be walked through like any; nothing can be toggled in it."""

    def __init__(self, compared: Compared, parent: QObject | None = None) -> None:
        merged = compared.merged
        opened = Opened(compared.source, merged.catalog, merged.after)
        super().__init__(opened, parent, picture=compared.picture)
        self.merged = merged
        self.names = compared.names
        self.side = Side.AFTER
        self._show(merged.after)

    @property
    def title(self) -> str:
        return self.source.text

    @property
    def absent(self) -> frozenset[int]:
        return self.merged.only_after if self.side is Side.BEFORE else self.merged.only_before

    @property
    def marked(self) -> frozenset[int]:
        impact, position = self.merged.impact, self.plan.position
        named = {*impact.requires_changed, *(change.uri for change in impact.changes)}
        named.update(change.uri for change in impact.meta_changed)
        return self.merged.only_before | self.merged.only_after | {position[uri] for uri in named}

    def show_side(self, side: Side) -> None:
        """Look at the boot of one side: every card stays where it is."""
        if side is not self.side:
            self.side = side
            self._show(self.merged.before if side is Side.BEFORE else self.merged.after)

    def _show(self, recording: Recording) -> None:
        self.observed, self.plan = recording, recording.plan
        self.baseline = self.predicted = recording
        self.impact = NO_IMPACT
        self.replay.show(recording)

"""Two boots as one document: both over the plugins of both, so that what is in both stays where it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import PurePath

from msgspec import Struct
from PySide6.QtCore import QObject

from plugscope.boot import MergedBoots, Recording, make_plan, merge_boots, predict
from plugscope.layout import Graph, Picture, lane_picture
from plugscope.plugin import Semantics
from plugscope.sources import Kind, Source
from plugscope.sources.boot_log import BootLog

from .document import NO_IMPACT, Document
from .job import Job
from .loading import Loaded, load


class Side(Enum):
    """Which of the two boots is looked at."""

    BEFORE = "before"
    AFTER = "after"


class Compared(Struct, frozen=True):
    """Two boots laid over each other, what to call them, and the picture of both."""

    source: Source
    names: tuple[str, str]
    union: MergedBoots
    picture: Picture


def compare_job(before: Recording, name: str, mine: str, other: Source, boot: int = -1) -> Job:
    """A job that reads the other source and lays its boot, or the prediction of it, over the one that is given.

    ``name`` and ``mine``: what to call the given one, and the text of its source. ``boot``: which one of a log, from
    1, or -1 for the last.
    A Python one must have been trusted. It returns ``Compared``, or errs with ``SourceError``.
    """

    def work(job: Job) -> Compared:
        loaded = load(other, job, boot)
        after = loaded.observed or predict(make_plan(loaded.catalog))
        union = merge_boots(before, after)
        names = _told_apart((name, name_of(loaded)), (mine, other.text))
        source = Source(Kind.MANIFEST, " ⇄ ".join(names))
        return Compared(source, names, union, lane_picture(Graph(union.catalog)))

    return Job(work)


def name_of(loaded: Loaded) -> str:
    """What to call a boot: a log by its file, with the number where it tells of several."""
    log = loaded.log
    if log is None:
        return loaded.catalog.name or loaded.source.text
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
        self.union = compared.union
        self.names = compared.names
        self.side = Side.AFTER
        super().__init__(
            compared.source,
            compared.union.catalog,
            parent,
            observed=compared.union.after,
            picture=compared.picture,
        )

    @property
    def title(self) -> str:
        return self.source.text

    @property
    def can_change(self) -> bool:
        return False

    @property
    def can_run(self) -> bool:
        return False

    @property
    def absent(self) -> frozenset[int]:
        return self.union.only_after if self.side is Side.BEFORE else self.union.only_before

    @property
    def marked(self) -> frozenset[int]:
        impact, position = self.union.impact, self.plan.position
        named = {*impact.requires_changed, *(change.uri for change in impact.changes)}
        named.update(change.uri for change in impact.meta_changed)
        return self.union.only_before | self.union.only_after | {position[uri] for uri in named}

    def show_side(self, side: Side) -> None:
        """Look at the boot of one side: every card stays where it is."""
        if side is not self.side:
            self.side = side
            self.observed = self.union.before if side is Side.BEFORE else self.union.after
            self._compute()
            self.plan_changed.emit()
            self.replay.show(self.predicted)

    def _toggle(self, change: frozenset[int], word: str) -> None:
        """Which of the two boots should it be done in?"""

    def toggle_type(self, name: str) -> None:
        pass

    def set_semantics(self, semantics: Semantics) -> None:
        pass

    def restore(self, overrides: Mapping[str, bool]) -> None:
        pass

    def _predict(self) -> None:
        assert self.observed is not None
        self.baseline = self.predicted = self.observed
        self.impact = NO_IMPACT

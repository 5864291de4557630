"""What a predicted boot knows of the plugins of one type, and why a lookup among them failed."""

from __future__ import annotations

from plugscope.boot.catalog import Outcome
from plugscope.boot.recording import Cause, CauseReason, Certainty, Step


class Failure:
    """Why a lookup failed: its error text, the nature of it, and where it began.

    ``nature_varies``: whether it is a not-found differs from boot to boot (Go's map order).
    """

    __slots__ = ("causes", "is_not_found", "is_skip", "nature_varies", "sure", "text")

    def __init__(
        self,
        text: str,
        causes: tuple[Cause, ...] = (),
        *,
        is_skip: bool = False,
        is_not_found: bool = False,
        sure: bool = True,
        nature_varies: bool = False,
    ) -> None:
        self.text = text
        self.causes = causes
        self.is_skip = is_skip
        self.is_not_found = is_not_found
        self.sure = sure
        self.nature_varies = nature_varies


class TypeState:
    """The plugins of one type initialised so far, with what lookups by type want to know of them.

    ``present`` are those that did not skip; ``usable`` and ``skipped`` are counts. ``settled_by`` is what
    GetSingle meets first, in order: a failed one, or a second usable one. ``natures_vary``: some failed ones are
    not-founds and some are not. ``causes`` are those of all members by URI, in the order they came: it only grows.
    ``trouble`` is where it began with those that failed or skipped. What thousands of askers want to know is found
    once and handed to all of them.
    """

    __slots__ = (
        "_merged",
        "_trouble",
        "by_id",
        "causes",
        "first_failed",
        "members",
        "natures_vary",
        "present",
        "settled_by",
        "single",
        "skipped",
        "sure",
        "usable",
    )

    def __init__(self) -> None:
        self.members: list[Step] = []
        self.present: list[Step] = []
        self.by_id: dict[str, Step] = {}
        self.usable = 0
        self.skipped = 0
        self.sure = True
        self.natures_vary = False
        self.first_failed: Step | None = None
        self.single: Step | None = None
        self.settled_by: Step | None = None
        self.causes: dict[str, Cause] = {}
        self._merged: dict[int, tuple[Cause, ...]] = {}
        self._trouble: tuple[Cause, ...] | None = None

    def add(self, step: Step) -> bool:
        """Take in a plugin that was just initialised. Says whether it brought a cause that was not known yet."""
        self.members.append(step)
        self.by_id[step.entry.registration.id] = step
        if step.certainty is not Certainty.WILL:
            self.sure = False
        grew = bool(step.causes) and self._merge(step.causes)
        if step.outcome is not Outcome.OK:
            self._trouble = None
        if step.outcome is Outcome.SKIP:
            self.skipped += 1
            return grew
        self.present.append(step)
        if step.outcome is Outcome.OK:
            self.usable += 1
        elif self.first_failed is None:
            self.first_failed = step
        elif step.is_not_found is not self.first_failed.is_not_found:
            self.natures_vary = True
        if self.settled_by is None:
            if step.outcome is Outcome.ERROR or self.single is not None:
                self.settled_by = step
            else:
                self.single = step
        return grew

    def _merge(self, causes: tuple[Cause, ...]) -> bool:
        """Thousands of victims share one tuple of causes: each is looked at once."""
        if id(causes) in self._merged:
            return False
        self._merged[id(causes)] = causes
        count = len(self.causes)
        for cause in causes:
            self.causes.setdefault(cause.uri, cause)
        return len(self.causes) > count

    @property
    def trouble(self) -> tuple[Cause, ...]:
        """The causes in all members that failed or skipped, each URI once."""
        if self._trouble is None:
            troubled = [member for member in self.members if member.outcome is not Outcome.OK]
            self._trouble = tuple({cause.uri: cause for m in troubled for cause in causes_of(m)}.values())
        return self._trouble

    @property
    def all_alike(self) -> bool:
        """Whether it makes no difference which one is taken: all came up, all failed, or all skipped."""
        return len(self.members) in (self.usable, self.skipped, len(self.present) - self.usable)


def causes_of(member: Step) -> tuple[Cause, ...]:
    """Where the trouble with a member that failed or skipped began; a skip of its own begins with itself."""
    return member.causes or (Cause(member.uri, CauseReason.SKIPPED_PROVIDER),)


NO_PROVIDERS = TypeState()

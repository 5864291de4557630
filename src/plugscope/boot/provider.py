"""What a predicted boot knows of the plugins of one type, and why a lookup among them failed."""

from __future__ import annotations

from .catalog import Outcome
from .recording import Cause, Certainty, Step


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


class Providers:
    """The plugins of one type initialised so far, with what lookups by type want to know of them."""

    __slots__ = ("by_id", "first_failed", "members", "settled_by", "single", "sure", "usable")

    def __init__(self) -> None:
        self.members: list[Step] = []
        self.by_id: dict[str, Step] = {}
        self.usable = 0
        self.sure = True
        self.first_failed: Step | None = None
        self.single: Step | None = None
        self.settled_by: Step | None = None

    def add(self, step: Step) -> None:
        self.members.append(step)
        self.by_id[step.entry.registration.id] = step
        if step.certainty is not Certainty.WILL:
            self.sure = False
        if step.outcome is Outcome.OK:
            self.usable += 1
        elif step.outcome is Outcome.ERROR and self.first_failed is None:
            self.first_failed = step
        # What GetSingle meets first, in order: a failed one, or a second usable one.
        if self.settled_by is None and step.outcome is not Outcome.SKIP:
            if step.outcome is Outcome.ERROR or self.single is not None:
                self.settled_by = step
            else:
                self.single = step

    def handed_out(self) -> list[Step]:
        """What 2.x GetByType meets: the first failed one alone, else those that did not skip."""
        if self.first_failed is not None:
            return [self.first_failed]
        if self.usable == len(self.members):
            return self.members
        return [member for member in self.members if member.outcome is Outcome.OK]

    def met_by_single(self) -> list[Step]:
        """What GetSingle meets: a failed one alone, two usable ones, the one there is, or nothing."""
        if self.settled_by is None or self.settled_by.outcome is Outcome.ERROR:
            met = self.settled_by or self.single
            return [] if met is None else [met]
        return [step for step in (self.single, self.settled_by) if step is not None]


NOBODY = Providers()

"""What the differences panel says of each plugin that differs: words for it, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from plugscope.boot import Recording, diagnose, short_name
from plugscope.plugin import short_type
from plugscope.session import Comparison


class Row(Struct, frozen=True):
    """One plugin in one group: how it was, and how it is."""

    uri: str
    before: str
    after: str


class Group(Struct, frozen=True):
    """All that differ in one way. ``quiet`` ones are looked at last."""

    title: str
    rows: tuple[Row, ...]
    quiet: bool = False


def groups_of(document: Comparison) -> list[Group]:
    """The groups that have a row, what matters most first: of what comes out otherwise, what others follow from."""
    merged, impact = document.merged, document.merged.impact
    before, after = merged.before, merged.after
    old, new = _places(before), _places(after)
    causes = {cause.uri for recording in (before, after) for cause in diagnose(recording).root_causes}
    found = [
        Group(
            "Comes out otherwise",
            tuple(
                Row(change.uri, _outcome(before, change.uri), _outcome(after, change.uri))
                for change in sorted(impact.changes, key=lambda change: change.uri not in causes)
            ),
        ),
        Group("New", tuple(Row(uri, "", _outcome(after, uri)) for uri in impact.added)),
        Group("Gone", tuple(Row(uri, _outcome(before, uri), "") for uri in impact.removed)),
        Group("Requires otherwise", tuple(_requires(document))),
        Group(
            "Says otherwise about itself",
            tuple(Row(change.uri, "", "; ".join(change.words())) for change in impact.meta_changed),
        ),
        Group(
            "Starts elsewhere",
            tuple(Row(uri, old.get(uri, ""), new.get(uri, "")) for uri in impact.moved),
            quiet=True,
        ),
    ]
    return [group for group in found if group.rows]


def differences(document: Comparison) -> Iterator[tuple[str, Row]]:
    """Each row with the title of its group."""
    for group in groups_of(document):
        for row in group.rows:
            yield group.title, row


def _outcome(recording: Recording, uri: str) -> str:
    position = recording.plan.position.get(uri)
    if position is None:
        return ""
    step = recording.by_position.get(position)
    error = f": {step.error}" if step is not None and step.error else ""
    return f"{str(recording.outcome_of(position)).replace('-', ' ')}{error}"


def _requires(document: Comparison) -> Iterator[Row]:
    for uri, (old, new) in document.merged.requires.items():
        less, more = _without(old, new), _without(new, old)
        if less or more:
            yield Row(uri, f"− {less}" if less else "", f"+ {more}" if more else "")
        else:
            yield Row(uri, _named(old), f"{_named(new)} (another order)")


def _without(these: Sequence[str], those: Sequence[str]) -> str:
    return _named([name for name in these if name not in those])


def _named(types: Sequence[str]) -> str:
    return ", ".join(map(short_type, types))


def _places(recording: Recording) -> dict[str, str]:
    """Where each starts, and behind whom: its number alone may be the same in both."""
    found = {}
    behind = ""
    for number, step in enumerate(recording.steps, 1):
        found[step.uri] = f"{number} of {len(recording.steps)}{behind}"
        behind = f", after {short_name(step.uri, recording.plan)}"
    return found

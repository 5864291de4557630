"""Naming a part of the graph in a line of text (the window's filter, ``--select``).

Terms between spaces must all hold; a comma between terms means either. A term is

- ``word``: the URI contains it
- ``type:cri`` / ``id:bolt`` / ``status:error``: that field contains it (status: ok, skip, error, victim, disabled, may)
- ``id==bolt``, ``type!=…``, ``id~=regex``: containerd's own filter operators
- ``+word``, ``word+``, ``+word+``: with all it requires, with all that requires it, with both; ``2+word``, ``word+1``
  to that depth
- ``-word``: not

What has a space, a comma or a plus in it stands in quotes: ``type=="a type, of mine"``; a quote in it is doubled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from plugscope.plugin import short_type

from .catalog import Entry, Outcome
from .plan import Plan
from .recording import Certainty, Recording

_QUOTED = r'"(?:[^"]|"")*"'
_GROUP = re.compile(rf'(?:{_QUOTED}|[^\s"]|")+')
_TERM = re.compile(rf'(?:{_QUOTED}|[^,"]|")+')
_REACH = re.compile(rf"(?:(?P<up>\d*)\+)?(?P<core>(?:{_QUOTED}|[^+])+?)(?:\+(?P<down>\d*))?")
_OPERATOR = re.compile(r"(?P<field>type|id|uri|status)(?P<op>==|!=|~=|:)(?P<value>.*)", re.DOTALL)


class QueryError(ValueError):
    """A query that cannot be understood."""


class Neighbours:
    """Who requires whom, by position, in a catalog: disabled plugins count, so that looking does not depend on them."""

    def __init__(self, plan: Plan) -> None:
        self._entries = plan.catalog.entries
        self._by_type: dict[str, list[int]] = {}
        self._requirers: dict[str, list[int]] = {}
        for position, entry in enumerate(self._entries):
            self._by_type.setdefault(entry.registration.type, []).append(position)
            for name in dict.fromkeys(entry.registration.requires):
                self._requirers.setdefault(name, []).append(position)

    def requires_of(self, position: int) -> list[int]:
        """What a plugin requires, resolved."""
        found: list[int] = []
        for name in dict.fromkeys(self._entries[position].registration.requires):
            members = range(len(self._entries)) if name == "*" else self._by_type.get(name, ())
            found.extend(other for other in members if other != position)
        return found

    def requirers_of(self, position: int) -> list[int]:
        """Who requires a plugin, resolved."""
        name = self._entries[position].registration.type
        found = [*self._requirers.get(name, ()), *self._requirers.get("*", ())]
        return [other for other in dict.fromkeys(found) if other != position]

    def upstream(self, start: Iterable[int], depth: int | None = None) -> set[int]:
        """All that these require, directly or through others, to a depth. Without themselves."""
        return self._reach(start, depth, self.requires_of)

    def downstream(self, start: Iterable[int], depth: int | None = None) -> set[int]:
        """All that require these, directly or through others, to a depth. Without themselves."""
        return self._reach(start, depth, self.requirers_of)

    def _reach(self, start: Iterable[int], depth: int | None, step: Callable[[int], list[int]]) -> set[int]:
        origin = set(start)
        seen = set(origin)
        front = list(origin)
        expanded: set[tuple[str, ...] | str] = set()
        while front and (depth is None or depth > 0):
            following: list[int] = []
            for position in front:
                registration = self._entries[position].registration
                # Plugins that require the same, or have the same type, lead to the same places.
                key: tuple[str, ...] | str = (
                    registration.requires if step == self.requires_of else str(registration.type)
                )
                if key in expanded:
                    continue
                expanded.add(key)
                candidates = step(position)
                following.extend(other for other in candidates if other not in seen)
                seen.update(candidates)
                seen.add(position)
            front = list(dict.fromkeys(following))
            depth = None if depth is None else depth - 1
        return seen - origin


def select(text: str, recording: Recording) -> set[int]:
    """The positions that a query names; all for an empty one. Raises ``QueryError``."""
    plan = recording.plan
    everything = set(range(len(plan.catalog.entries)))
    chosen: set[int] | None = None
    for group in _GROUP.findall(text):
        found: set[int] = set()
        for term in _TERM.findall(group):
            found |= _term(term, recording, everything)
        chosen = found if chosen is None else chosen & found
    return everything if chosen is None else chosen


def _term(term: str, recording: Recording, everything: set[int]) -> set[int]:
    if term.startswith("-") and len(term) > 1:
        return everything - _term(term[1:], recording, everything)
    reach = _REACH.fullmatch(term)
    if reach is None:
        raise QueryError(f"cannot understand {term!r}")
    found = _matching(reach["core"], recording)
    result = set(found)
    neighbours = Neighbours(recording.plan) if reach["up"] is not None or reach["down"] is not None else None
    if neighbours is not None and reach["up"] is not None:
        result |= neighbours.upstream(found, int(reach["up"]) if reach["up"] else None)
    if neighbours is not None and reach["down"] is not None:
        result |= neighbours.downstream(found, int(reach["down"]) if reach["down"] else None)
    return result


def _matching(core: str, recording: Recording) -> set[int]:
    entries = recording.plan.catalog.entries
    operator = _OPERATOR.fullmatch(core)
    if operator is None:
        word = _unquoted(core).casefold()
        return {position for position, entry in enumerate(entries) if word in entry.uri.casefold()}
    field, op, value = operator["field"], operator["op"], _unquoted(operator["value"])
    test = _test(op, value)
    if field == "status":
        return {
            position for position in range(len(entries)) if any(map(test, status_words(recording, position)))
        }
    return {position for position, entry in enumerate(entries) if test(_field(entry, field, op))}


def quoted(value: str) -> str:
    """A value as it is written in a query."""
    if re.fullmatch(r'[^\s",+]+', value):
        return value
    return '"' + value.replace('"', '""') + '"'


def _unquoted(value: str) -> str:
    if re.fullmatch(_QUOTED, value):
        return value[1:-1].replace('""', '"')
    return value


def _field(entry: Entry, field: str, op: str) -> str:
    if field == "type":
        name = str(entry.registration.type)
        return short_type(name) if op == ":" and name.startswith("io.containerd.") else name
    return entry.registration.id if field == "id" else entry.uri


def _test(op: str, value: str) -> Callable[[str], bool]:
    if op == "==":
        return lambda text: text == value
    if op == "!=":
        return lambda text: text != value
    if op == "~=":
        try:
            return lambda text, pattern=re.compile(value): pattern.search(text) is not None  # type: ignore[misc]
        except re.error as error:
            raise QueryError(f"{value!r} is no regular expression: {error}") from None
    folded = value.casefold()
    return lambda text: folded in text.casefold()


def status_words(recording: Recording, position: int) -> tuple[str, ...]:
    """The words that ``status:`` finds a plugin by."""
    outcome = recording.outcome_of(position)
    step = recording.by_position.get(position)
    words = [str(outcome)]
    if step is not None and outcome is Outcome.ERROR and step.is_victim:
        words.append("victim")
    if step is not None and step.certainty is not Certainty.WILL:
        words.append(str(step.certainty))
    return tuple(words)

"""Whose words an error is, when the plugin that said them first is not seen to have failed.

A log may have lost the line of a failure. Its words are still in the errors of those that passed them on: what a
plugin says only because of another one (the words of its lookups) leads to that other one, lookup by lookup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec import Struct

from plugscope.boot.lookup import Get, Lookup, LookupsOf, OnError
from plugscope.boot.plan import Plan
from plugscope.plugin import ErrorText

from .error_match import matches

_ERROR = "{error}"


class Link(Struct, frozen=True):
    """A plugin that must have failed, and the part of the words that was its error ("" if they do not tell)."""

    uri: str
    error: str


class ErrorOrigins:
    """Follows the words of errors through the lookups of a plan's plugins."""

    def __init__(self, plan: Plan, lookups_of: LookupsOf) -> None:
        self._catalog = plan.catalog
        self._see_failed = plan.semantics.rules.lookups_see_failed
        self._lookups_of = lookups_of
        self._providers: dict[str, frozenset[str]] = {}
        self._reach: dict[tuple[str, frozenset[str]], frozenset[str]] = {}

    def chain(self, uri: str, error: str, may_have_failed: Callable[[str], bool]) -> list[Link]:
        """From whom a plugin has the words of its error, to the plugin that said them first. Empty where no words
        of a lookup prove that it has them from anyone."""
        return self._chain(uri, error, may_have_failed, {uri})

    def _chain(
        self, uri: str, error: str, may_have_failed: Callable[[str], bool], seen: set[str]
    ) -> list[Link]:
        repeating: list[str] = []
        for lookup in self._fatal(uri):
            inner = passed_on(error, lookup)
            if inner is None:
                if lookup.error == _ERROR:
                    repeating += [u for u in self.members(lookup) if u not in seen and may_have_failed(u)]
                continue
            for provider in self.members(lookup, named_in(error, lookup)):
                if provider not in seen and may_have_failed(provider):
                    seen.add(provider)
                    return [Link(provider, inner), *self._chain(provider, inner, may_have_failed, seen)]
        for provider in dict.fromkeys(repeating):
            seen.add(provider)
            further = self._chain(provider, error, may_have_failed, seen)
            if further or self.is_by_lookup(provider, error):
                return [Link(provider, error), *further]
        return []

    def is_by_lookup(self, uri: str, error: str) -> bool:
        """Whether these are words that a plugin has when it looks for another."""
        return any(
            error.startswith((_nothing_for(lookup), _several_for(lookup)))
            or passed_on(error, lookup) is not None
            for lookup in self._fatal(uri)
        )

    def is_about_other(self, uri: str, error: str) -> bool:
        """Whether a plugin says this only because another one failed or was absent. Several of a type are no trouble of
        theirs; and that it asks for one by name that nobody registered is the plugin's own mistake."""
        return any(
            error.startswith(_nothing_for(lookup))
            or (passed_on(error, lookup) is not None and not self._is_nobody(lookup, named_in(error, lookup)))
            for lookup in self._fatal(uri)
        )

    def _is_nobody(self, lookup: Lookup, id_: str) -> bool:
        return bool(id_) and not self.members(lookup, id_)

    def providers_of(self, uri: str) -> frozenset[str]:
        """The plugins whose failure it may pass on."""
        known = self._providers.get(uri)
        if known is None:
            passing = (lookup for lookup in self._fatal(uri) if not self._takes_failed(lookup))
            found = (member for lookup in passing for member in self.members(lookup))
            known = self._providers[uri] = frozenset(found) - {uri}
        return known

    def reach_of(self, uri: str, without: frozenset[str] = frozenset()) -> frozenset[str]:
        """The plugins whose failure can become its own, over any number of others, none of them in ``without``."""
        known = self._reach.get((uri, without))
        if known is None:
            found: set[str] = set()
            fresh = {uri}
            while fresh:
                fresh = {provider for one in fresh for provider in self.providers_of(one)} - found - without
                found |= fresh
            known = self._reach[uri, without] = frozenset(found - {uri})
        return known

    def _fatal(self, uri: str) -> Iterator[Lookup]:
        for lookups in self._lookups_of(uri):
            for lookup in lookups:
                if lookup.on_error is not OnError.TOLERATE or lookup.any_of:
                    yield lookup

    def _takes_failed(self, lookup: Lookup) -> bool:
        """Whether the lookup hands out failed plugins beside the others, and that is all the same to who asked."""
        is_any = lookup.get is Get.BY_TYPE and not lookup.id and not lookup.min
        return self._see_failed and is_any and lookup.members == "tolerate"

    def members(self, lookup: Lookup, id_: str = "") -> list[str]:
        """The plugins that a lookup can find; ``id_`` takes the place of its own."""
        wanted = id_ or lookup.id
        return [uri for uri, its in self._by_type.get(lookup.type, ()) if not wanted or its == wanted]

    @cached_property
    def _by_type(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for entry in self._catalog.entries:
            registration = entry.registration
            found.setdefault(registration.type, []).append((registration.uri, registration.id))
        return found


def _nothing_for(lookup: Lookup) -> str:
    return f"{ErrorText.NO_PLUGINS_FOR.format(lookup.type)}: "


def _several_for(lookup: Lookup) -> str:
    return f"{ErrorText.SEVERAL_PLUGINS_FOR.format(lookup.type)}: "


def passed_on(error: str, lookup: Lookup) -> str | None:
    """The error that a lookup had, by what the plugin says of it; "" where that does not repeat it, and ``None``
    where the words are not this lookup's, or only repeat."""
    before, has_error, after = lookup.error.partition(_ERROR)
    if has_error and (before or after):
        long_enough = len(error) > len(before) + len(after)
        if long_enough and error.startswith(before) and error.endswith(after):
            return error[len(before) : len(error) - len(after)]
    for words in (lookup.absent, "" if has_error else lookup.error):
        if words and (matches(error, words) or named_in(error, lookup)):
            return ""
    return None


def named_in(error: str, lookup: Lookup) -> str:
    """The id in a lookup's own words where they name one: which plugin it takes may be configured. "" if none."""
    words = lookup.absent or lookup.error
    before, quoted, after = words.partition(f'"{lookup.id}"')
    if not lookup.id or not quoted or _ERROR in words:
        return ""
    head, tail = f'{before}"', f'"{after}'
    if error.startswith(head) and error.endswith(tail) and len(error) > len(head) + len(tail):
        return error[len(head) : len(error) - len(tail)]
    return ""

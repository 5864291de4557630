"""What an error says was not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plugscope.boot.lookup import Lookup, OnError
from plugscope.boot.prediction import LookupResolver
from plugscope.plugin import SERVICE_PLUGIN, ErrorText

from .error_match import matches

_BY_TYPE = re.compile(
    ErrorText.NO_PLUGINS_FOR.pattern(r"(?P<type>[\w.-]+?)") + r'(?: "(?P<id>[\w.-]+)")?(?=:|$|…|\s|")'
)
_BY_ID = re.compile(ErrorText.NO_PLUGINS_WITH_ID.pattern(r"(?P<type>[\w.-]+\.v\d+)", r"(?P<id>[\w.-]+)"))
_SERVICE = re.compile(r'service "(?P<id>[\w.-]+)" not found')
_MEMBER = re.compile(r"(?P<type>.+\.v\d+)\.(?P<id>[^.].*)")

MissingName = tuple[str, str]
"""A type, and the id in it that was looked for, or "" for any."""


def missing_names(
    error: str, choices: Sequence[Sequence[Lookup]], nothing: LookupResolver
) -> Iterator[MissingName]:
    """What an error says was absent: by the words that the plugin's own lookups leave when they find nothing, and by
    those that every containerd uses. ``nothing`` is a finder in which there is no plugin."""
    for lookups in choices:
        for lookup in lookups:
            if lookup.on_error is OnError.TOLERATE and not lookup.any_of:
                continue
            failure, template, _ = nothing.find(lookup)
            if failure is not None and matches(error, template.replace("{error}", failure.text)):
                yield lookup.type, lookup.id
    yield from _in_words(error)


def _in_words(error: str) -> Iterator[MissingName]:
    for pattern in (_BY_TYPE, _BY_ID):
        for found in pattern.finditer(error):
            type_, id_ = found["type"], found["id"] or ""
            member = None if id_ else _MEMBER.fullmatch(type_)
            yield (member["type"], member["id"]) if member else (type_, id_)
    for found in _SERVICE.finditer(error):
        yield SERVICE_PLUGIN, found["id"]

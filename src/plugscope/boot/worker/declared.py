"""In the child: an init function made from what a manifest declares, for plugins without code.

It does what prediction says it does (``plugscope.boot.predict``), with the real context: both read the same lookups.
"""

from __future__ import annotations

import time
from typing import Any, NoReturn

from plugscope.boot.lookup import too_few
from plugscope.plugin import InitContext, InitFn, Platform, Plugin, SkipPlugin, is_not_found

Declared = dict[str, Any]


def init_function(plugin: Declared) -> InitFn:
    """An init function that makes the declared lookups and comes out as declared."""
    lookups, init = plugin.get("lookups") or [], plugin.get("init") or {}

    def run(ic: InitContext) -> str:
        _make_all(ic, lookups)
        time.sleep(min(float(init.get("duration_ms") or 0), 10_000) / 1000)
        ic.meta.exports.update(init.get("exports") or {})
        ic.meta.capabilities.extend(init.get("capabilities") or [])
        ic.meta.platforms.extend(map(Platform.parse, init.get("platforms") or []))
        if init.get("outcome") == "skip":
            raise SkipPlugin(init.get("message") or None)
        if init.get("outcome") == "error":
            raise RuntimeError(init.get("message") or "declared to fail")
        return f"{plugin['type']}.{plugin['id']}"

    return run


def _make_all(ic: InitContext, lookups: list[Declared]) -> None:
    """One after the other; raises at the first fatal failure. Of an ``any_of`` group one has to find something."""
    last = {lookup["any_of"]: lookup for lookup in lookups if lookup.get("any_of")}
    for lookup in lookups:
        try:
            _get(ic, lookup)
        except Exception as error:
            if not _goes_on(lookup, error, last):
                _fail(lookup, error)
        else:
            last.pop(lookup.get("any_of", ""), None)


def _goes_on(lookup: Declared, error: Exception, last: dict[str, Declared]) -> bool:
    policy, group = lookup.get("on_error", "fatal"), lookup.get("any_of", "")
    if policy == "tolerate-not-found" and not is_not_found(error):
        return False
    return last.get(group) is not lookup if group else policy in ("tolerate", "tolerate-not-found")


def _fail(lookup: Declared, error: Exception) -> NoReturn:
    """Raise what the init function makes of a lookup's error: it as it is, other words, or a skip."""
    template, wraps = lookup.get("error", "{error}"), lookup.get("wraps", True)
    passes_on = (
        lookup.get("any_of") and lookup.get("on_error") == "tolerate-not-found" and not is_not_found(error)
    )
    keeps_words = passes_on or isinstance(error, _Unmet)
    text = str(error) if keeps_words else template.replace("{error}", str(error))
    if lookup.get("outcome") == "skip":
        raise SkipPlugin(text) from (error if wraps else None)
    if text == str(error) and wraps:
        raise error
    raise RuntimeError(text) from (error if wraps else None)


class _Unmet(RuntimeError):
    """The lookup went well and did not bring what the init function needs. The text is already its own."""


def _get(ic: InitContext, lookup: Declared) -> None:
    kind, type_ = lookup["get"], lookup.get("type", "*")
    if kind == "by_id":
        ic.get_by_id(type_, lookup.get("id", ""))
    elif kind == "by_type":
        _take(ic.get_by_type(type_), lookup)
    elif kind == "all":
        ic.get_all()
    elif kind == "first":
        ic.get(type_)
    else:
        ic.get_single(type_)


def _take(found: dict[str, Any], lookup: Declared) -> None:
    """What the init function does with the members: picks one, or counts those that it can use.

    1.x hands failed members out too, as ``Plugin`` objects; their ``instance`` raises their error.
    """
    id_ = lookup.get("id", "")
    if id_:
        if id_ not in found:
            raise _Unmet(lookup.get("absent") or f"no plugin {lookup['type']}.{id_}")
        _instance(found[id_])
        return
    if lookup.get("members") == "fatal":
        for member in found.values():
            _instance(member)
    usable = sum(not isinstance(member, Plugin) or member.err is None for member in found.values())
    if usable < lookup.get("min", 0):
        raise _Unmet(
            too_few(lookup["type"], lookup["min"], lookup.get("absent", ""), lookup.get("error", "{error}"))
        )


def _instance(member: Any) -> Any:
    return member.instance() if isinstance(member, Plugin) else member

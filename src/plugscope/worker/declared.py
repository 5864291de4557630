"""In the child: an init function made from what a manifest declares, for plugins without code.

It makes the declared lookups on a real context. ``plugscope.boot.prediction.engine`` computes the same without running
anything; a property test holds the two together.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NoReturn

from plugscope.plugin import InitContext, InitFn, Platform, Plugin, SkipPlugin, is_not_found


class DeclaredError(Exception):
    """An init function fails as its manifest says."""


def init_function(plugin: dict[str, Any]) -> InitFn:
    """An init function that makes the declared lookups and comes out as declared."""
    lookups, init = plugin.get("lookups") or [], plugin.get("init") or {}

    def run(ic: InitContext) -> str:
        _make_all(ic, lookups)
        time.sleep(min(float(init.get("duration_ms") or 0), 10_000) / 1000)
        ic.meta.exports.update(init.get("exports") or {})
        ic.meta.capabilities.extend(init.get("capabilities") or [])
        ic.meta.platforms.extend(map(Platform.parse, init.get("platforms") or []))
        if init.get("outcome") == "skip":
            raise _skip(init.get("message") or SkipPlugin.text)
        if init.get("outcome") == "error":
            raise DeclaredError(init.get("message") or "failed")
        return f"{plugin['type']}.{plugin['id']}"

    return run


def _make_all(ic: InitContext, lookups: list[dict[str, Any]]) -> None:
    last = {lookup["any_of"]: lookup for lookup in lookups if lookup.get("any_of")}
    for lookup in lookups:
        group, policy = lookup.get("any_of", ""), lookup.get("on_error", "fatal")
        template = lookup.get("error", "{error}")
        try:
            absent = _get(ic, lookup)
            if absent:
                template = "{error}" if lookup.get("absent") else template
                raise DeclaredError(absent)
        except Exception as error:
            if policy == "tolerate-not-found" and not is_not_found(error):
                _fail(lookup, "{error}" if group else template, error)
            if group:
                if last.get(group) is lookup:
                    _fail(lookup, template, error)
            elif policy in ("fatal", "unknown"):
                _fail(lookup, template, error)
        else:
            last.pop(group, None)


def _fail(lookup: dict[str, Any], template: str, error: Exception) -> NoReturn:
    """What the init function makes of a failed lookup: the error itself, or one of its own around it."""
    keeps, skips = lookup.get("wraps", True), lookup.get("outcome") == "skip"
    if template == "{error}" and keeps and not skips:
        raise error
    text = template.replace("{error}", str(error))
    # Without "wraps" the lookup's nature is lost, as where Go formats with %v instead of %w.
    raise (_skip(text) if skips else DeclaredError(text)) from (error if keeps else None)


def _skip(text: str) -> SkipPlugin:
    """A skip with exactly this text."""
    skip = SkipPlugin()
    skip.args = (text,)
    return skip


def _get(ic: InitContext, lookup: dict[str, Any]) -> str:
    """Make one lookup; the text of what the init function misses in its result, or ""."""
    kind, type_, id_ = lookup["get"], lookup.get("type", ""), lookup.get("id", "")
    if kind == "by_type":
        return _judge(ic.get_by_type(type_), lookup)
    calls: dict[str, Callable[[], object]] = {
        "by_id": lambda: ic.get_by_id(type_, id_),
        "all": ic.get_all,
        "first": lambda: ic.get(type_),
        "single": lambda: ic.get_single(type_),
    }
    calls[kind]()
    return ""


def _judge(found: dict[str, Any], lookup: dict[str, Any]) -> str:
    """What the init function does with what ``by_type`` gave it: in 1.x plugins, in 2.x instances."""
    type_, id_, need = lookup.get("type", ""), lookup.get("id", ""), int(lookup.get("min", 0))
    members = {name: member for name, member in found.items() if isinstance(member, Plugin)}
    if id_:
        if id_ in members:
            members[id_].instance()
        return "" if id_ in found else lookup.get("absent") or f"no plugin {type_}.{id_}"
    usable = len(found) - sum(member.err is not None for member in members.values())
    if lookup.get("members") == "fatal":
        for member in members.values():
            member.instance()
    if usable < need:
        return lookup.get("absent") or f"{usable} usable of {type_}, {need} needed"
    return ""

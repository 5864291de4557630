"""In the child: an init function made from what a manifest declares, for plugins without code."""

from __future__ import annotations

import time
from typing import Any

from plugscope.plugin import InitContext, InitFn, Platform, SkipPlugin, is_not_found


def init_function(plugin: dict[str, Any]) -> InitFn:
    """An init function that makes the declared lookups and comes out as declared."""
    lookups, init = plugin.get("lookups") or [], plugin.get("init") or {}

    def run(ic: InitContext) -> str:
        for lookup in lookups:
            _make(ic, lookup)
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


def _make(ic: InitContext, lookup: dict[str, Any]) -> None:
    policy = lookup.get("on_error", "fatal")
    try:
        _get(ic, lookup)
    except Exception as error:
        if policy == "tolerate" or (policy == "tolerate-not-found" and is_not_found(error)):
            return
        template = lookup.get("error", "{error}")
        if template == "{error}":
            raise
        raise RuntimeError(template.replace("{error}", str(error))) from error


def _get(ic: InitContext, lookup: dict[str, Any]) -> None:
    kind, type_, id_ = lookup["get"], lookup.get("type", ""), lookup.get("id", "")
    if kind == "by_id":
        ic.get_by_id(type_, id_)
    elif kind == "by_type":
        found = ic.get_by_type(type_)
        if id_ and id_ not in found:
            raise RuntimeError(lookup.get("absent") or f"no plugin {type_}.{id_}")
    elif kind == "all":
        ic.get_all()
    elif kind == "first":
        ic.get(type_)
    else:
        ic.get_single(type_)

"""Manifests to test with: random ones as plain values, and the texts of the three formats."""

from __future__ import annotations

import json
from typing import Any

import yaml
from hypothesis import strategies as st

from plugscope.sources.manifest.toml_writer import dumps

FORMS = ("json", "toml", "yaml")
# Anything that UTF-8 can hold.
texts = st.text(st.characters(codec="utf-8"), max_size=12)
names = st.one_of(
    st.sampled_from(["a", "io.containerd.metadata.v1", "x y", "<b>", "&amp;", "عربي", "\x1b[31m"]), texts
)

plain_values = st.recursive(
    st.one_of(
        texts,
        st.booleans(),
        st.integers(-(2**62), 2**62),
        st.floats(allow_nan=False, allow_infinity=False),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)

_lookup_words = {
    "on_error": st.sampled_from(["fatal", "tolerate", "tolerate-not-found", "unknown"]),
    "error": texts,
    "absent": texts,
    "wraps": st.booleans(),
    "members": st.sampled_from(["tolerate", "fatal"]),
    "min": st.integers(0, 9),
    "any_of": names,
    "outcome": st.sampled_from(["error", "skip"]),
    "unordered": names,
    "evidence": st.lists(texts, max_size=2),
}
lookups = st.one_of(
    st.fixed_dictionaries({"get": st.just("all")}, optional={"type": names, "id": names, **_lookup_words}),
    st.fixed_dictionaries(
        {"get": st.sampled_from(["first", "single", "by_type"]), "type": names},
        optional={"id": names, **_lookup_words},
    ),
    st.fixed_dictionaries({"get": st.just("by_id"), "type": names, "id": names}, optional=_lookup_words),
)
inits = st.fixed_dictionaries(
    {},
    optional={
        "outcome": st.sampled_from(["ok", "skip", "error"]),
        "message": texts,
        "duration_ms": st.floats(0, 1e6),
        "exports": st.dictionaries(texts, texts, max_size=2),
        "capabilities": st.lists(texts, max_size=2),
        "platforms": st.lists(st.sampled_from(["linux/amd64", "linux/arm/v7"]), max_size=2),
    },
)
plugins = st.fixed_dictionaries(
    {"type": names, "id": names},
    optional={
        "requires": st.lists(names, max_size=3),
        "config": st.dictionaries(texts, plain_values, max_size=3),
        "lookups": st.lists(lookups, max_size=2),
        "init": inits,
        "init_fn": st.sampled_from(["", "shop.plugins:start", "m:f:\n"]),
        "source": names,
        "known": st.sampled_from(["declared", "source", "log", "live", "inferred"]),
    },
)
manifests = st.fixed_dictionaries(
    {"plugscope": st.just(1)},
    optional={
        "semantics": st.sampled_from(["classic", "v1", "v2.0", "v2"]),
        "name": names,
        "version": names,
        "note": texts,
        "root": names,
        "state": names,
        "address": names,
        "disabled": st.lists(names, max_size=2),
        "required": st.lists(names, max_size=2),
        "plugin": st.lists(plugins, max_size=3),
        "absent": st.lists(st.fixed_dictionaries({"why": texts, "uri": names.filter(bool)}), max_size=2),
    },
)


def text_of(value: dict[str, Any], form: str) -> bytes:
    """A manifest's plain values in one of the formats."""
    if form == "json":
        return json.dumps(value).encode()
    if form == "yaml":
        return yaml.safe_dump(value).encode()
    return dumps(value).encode()

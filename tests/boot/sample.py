"""Catalogs to test with: random ones with every kind of lookup, and small ones written by hand."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from hypothesis import strategies as st

from plugscope.boot import Catalog, Recording, make_plan, predict
from plugscope.plugin import Boot, Plugin, PluginSet, Registration, Registry, Semantics
from plugscope.sources.manifest.convert import to_catalog
from plugscope.sources.manifest.shape import ManifestShape
from plugscope.worker.declared import init_function

TYPES = ("a", "b", "c", "d")
IDS = ("x", "y")


def catalog(text: str, **settings: Any) -> Catalog:
    """A catalog from lines ``type.id [requires …] [: lookups] [= outcome message]``.

    A lookup is ``get type[.id]``, followed by ``?`` if it is tolerated, ``~`` if a not-found is, ``??`` if unknown;
    several are parted by ``;``. Without a ``:`` the lookups are not known; with nothing behind it there are none.
    """
    plugins = [_plugin(line.strip()) for line in text.strip().splitlines()]
    return catalog_of({"plugscope": 1, "plugin": plugins, **settings})


def _plugin(line: str) -> dict[str, Any]:
    declared, _, init = line.partition(" = ")
    head, colon, lookups = declared.partition(":")
    name, *requires = head.split()
    kind, _, id_ = name.rpartition(".")
    plugin: dict[str, Any] = {"type": kind, "id": id_, "requires": requires}
    if colon:
        plugin["lookups"] = [_lookup(part.split()) for part in lookups.split(";") if part.strip()]
    if init:
        outcome, _, message = init.partition(" ")
        plugin["init"] = {"outcome": outcome, "message": message}
    return plugin


def _lookup(words: Sequence[str]) -> dict[str, Any]:
    get, target = words[0], (words[1] if len(words) > 1 else "*")
    policy = {"?": "tolerate", "~": "tolerate-not-found", "??": "unknown"}
    lookup: dict[str, Any] = {"get": get, "type": target}
    if "." in target:
        lookup["type"], _, lookup["id"] = target.rpartition(".")
    if len(words) > 2:
        lookup["on_error"] = policy[words[2]]
    return lookup


def catalog_of(shape: dict[str, Any]) -> Catalog:
    """The catalog of a manifest given as plain values."""
    return to_catalog(msgspec.convert(shape, ManifestShape))


def predicted(text: str, disable: Sequence[str] = (), **settings: Any) -> Recording:
    """What would come of a catalog written as lines."""
    return predict(make_plan(catalog(text, **settings), disable))


def outcomes(recording: Recording) -> dict[str, str]:
    """URI and outcome of each step, with its certainty where that is not "will"."""
    return {
        step.uri: str(step.outcome) + ("" if step.certainty == "will" else f" {step.certainty}")
        for step in recording.steps
    }


# Random ones

_lookups: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "get": st.sampled_from(["first", "single", "by_type", "by_type", "by_id", "all"]),
        "type": st.sampled_from((*TYPES, "absent")),
    },
    optional={
        "id": st.sampled_from((*IDS, "z")),
        "on_error": st.sampled_from(["fatal", "tolerate", "tolerate-not-found"]),
        "error": st.sampled_from(["{error}", "no luck: {error}", "no luck"]),
        "absent": st.just("not among them"),
        "wraps": st.booleans(),
        "members": st.sampled_from(["tolerate", "fatal"]),
        "min": st.integers(0, 2),
        "any_of": st.sampled_from(["", "group"]),
        "outcome": st.sampled_from(["error", "error", "skip"]),
    },
)
_inits = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {"outcome": st.sampled_from(["ok", "ok", "ok", "skip", "error"])},
        optional={"message": st.sampled_from(["", "disk", "no zfs here: skip plugin"])},
    ),
)


def _without_nonsense(lookup: dict[str, Any]) -> dict[str, Any]:
    """``by_id`` needs an id, and only it and ``by_type`` have a use for one."""
    if lookup["get"] == "by_id":
        lookup.setdefault("id", "x")
    elif lookup["get"] != "by_type":
        lookup.pop("id", None)
    return lookup


@st.composite
def manifests(draw: st.DrawFn) -> dict[str, Any]:
    """Whole manifests without rings; each plugin's lookups are known."""
    plugins: list[dict[str, Any]] = []
    size = draw(st.integers(1, 7))
    for _ in range(size):
        level = draw(st.integers(0, len(TYPES) - 1))
        key = (TYPES[level], draw(st.sampled_from(IDS)))
        if any((plugin["type"], plugin["id"]) == key for plugin in plugins):
            continue
        requires = draw(st.lists(st.sampled_from(TYPES[:level]), max_size=2)) if level else []
        plugin: dict[str, Any] = {"type": key[0], "id": key[1], "requires": requires}
        plugin["lookups"] = list(map(_without_nonsense, draw(st.lists(_lookups, max_size=3))))
        if (init := draw(_inits)) is not None:
            plugin["init"] = init
        plugins.append(plugin)
    names = [f"{plugin['type']}.{plugin['id']}" for plugin in plugins]
    required = draw(st.lists(st.sampled_from([*names, "absent.x"]), max_size=1))
    era = draw(st.sampled_from([str(era) for era in Semantics]))
    return {"plugscope": 1, "semantics": era, "required": required, "plugin": plugins}


# The real thing


class ShuffledSet(PluginSet):
    """A set that hands the plugins of a type out in random order, as Go's maps do."""

    def __init__(self, semantics: Semantics, rng: random.Random) -> None:
        super().__init__(semantics)
        self._rng = rng

    def of_type(self, type_: str) -> list[Plugin]:
        found = super().of_type(type_)
        self._rng.shuffle(found)
        return found


def real_boot(
    shape: dict[str, Any], disabled: Collection[int] = (), rng: random.Random | None = None
) -> Boot:
    """A boot of the model itself, with init functions that make the declared lookups."""
    registrations = [
        Registration(plugin["type"], plugin["id"], plugin["requires"], init_fn=init_function(plugin))
        for plugin in shape["plugin"]
    ]
    off = {id(registrations[position]) for position in disabled}
    registry = Registry(registrations, shape["semantics"])
    boot = Boot(registry, required=shape["required"], disable=lambda r: id(r) in off)
    if rng is not None:
        boot.plugins = ShuffledSet(registry.semantics, rng)
    return boot

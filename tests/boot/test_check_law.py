"""Lints of any catalog, compared with a look at each plugin by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boot.sample import catalog, catalog_of, manifests

from plugscope.boot import (
    BootAbort,
    Catalog,
    Diagnostic,
    DiagnosticCode,
    Entry,
    Get,
    Init,
    Lints,
    Lookup,
    OnError,
    Outcome,
    Severity,
    lint,
    make_plan,
)
from plugscope.plugin import Registration, Stage


def undeclared(it: Catalog, entry: Entry) -> list[str]:
    """The types that a plugin looks up without any way of requires from it to them."""
    reached: set[str] = set()
    waiting = list(entry.registration.requires)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [r for e in it.entries if e.registration.type == name for r in e.registration.requires]
    if "*" in reached:
        return []
    looked_up = [lookup.type for lookup in entry.lookups or () if lookup.get is not Get.ALL]
    return [name for name in dict.fromkeys(looked_up) if name not in reached]


@settings(max_examples=80)
@given(manifests(), st.data())
def test_every_lint_is_true_and_none_is_missing(shape: dict[str, object], data: st.DataObject) -> None:
    """Whoever is disabled: what depends on it is found anew, what does not is found once."""
    it = catalog_of(shape)
    lints = Lints(it)
    assert not lints.are_known
    for _ in range(2):
        toggled = data.draw(st.sets(st.integers(0, len(it.entries) - 1), max_size=2))
        plan = make_plan(it, toggled=toggled)
        found = lints.all(plan)
        assert lints.are_known
        assert found == lint(plan)
        told: dict[str, list[str]] = {}
        for diagnostic in found:
            told.setdefault(diagnostic.code, []).append(diagnostic.uri)
        assert told.get("undeclared-lookup", []) == [
            entry.uri for entry in it.entries for _ in undeclared(it, entry)
        ]
        assert told.get("required-missing", []) == [
            uri for uri in it.required if uri not in {it.entries[p].uri for p in plan.sequence}
        ]
        usable: dict[str, int] = {}
        for position, entry in enumerate(it.entries):
            if position not in toggled and (entry.init is None or entry.init.outcome is not Outcome.SKIP):
                usable[entry.registration.type] = usable.get(entry.registration.type, 0) + 1
        crowded = [
            entry.uri
            for position, entry in enumerate(it.entries)
            for lookup in entry.lookups or ()
            if lookup.get in (Get.SINGLE, Get.FIRST)
            and usable.get(lookup.type, 0) > 1
            and position not in toggled
        ]
        assert told.get("single-of-many", []) == (crowded if it.semantics.is_v2 else [])


@given(st.lists(st.sampled_from(["a", "b", "gone", "*"]), max_size=5))
def test_requires_are_looked_at_one_by_one(requires: list[str]) -> None:
    """Each repeat is one too many; a type without a plugin is told where it stands."""
    it = Catalog(
        [
            Entry(Registration("a", "x")),
            Entry(Registration("b", "y")),
            Entry(Registration("c", "z", requires)),
        ]
    )
    lasting = Lints(it).lasting
    assert [d.message.split()[2].rstrip(",") for d in lasting if d.code == "requires-twice"] == [
        name for place, name in enumerate(requires) if name in requires[:place]
    ]
    assert len([d for d in lasting if d.code == "type-without-plugin"]) == requires.count("gone")
    assert {d.uri for d in lasting} <= {"c.z"}


@pytest.mark.parametrize(
    ("policy", "severity"),
    [
        (OnError.FATAL, Severity.WARNING),
        (OnError.UNKNOWN, Severity.WARNING),
        (OnError.TOLERATE_NOT_FOUND, Severity.WARNING),
        (OnError.TOLERATE, Severity.INFO),
    ],
)
def test_an_undeclared_lookup_is_as_bad_as_its_failure(policy: OnError, severity: Severity) -> None:
    """With the line where the plugin stands, and the lookup as it is written."""
    lookup = Lookup(Get.BY_ID, "io.containerd.content.v1", "content", policy)
    entries = [Entry(Registration("a", "x"), (lookup, lookup), location="plugins.toml:7")]
    (found,) = [d for d in Lints(Catalog(entries)).lasting if d.code == "undeclared-lookup"]
    assert (found.severity, found.uri, found.location) == (severity, "a.x", "plugins.toml:7")
    assert "content (by_id io.containerd.content.v1.content)" in found.message


def test_a_missing_required_plugin_has_the_line_that_requires_it() -> None:
    """And says which of the two ways of missing it is."""
    it = catalog("a.x\n b.y", required=["a.x", "c.z"])
    it.locations = {"a.x": "config.toml:3"}
    found = [d for d in lint(make_plan(it, ["a.x"])) if d.code == "required-missing"]
    assert [(d.uri, d.location) for d in found] == [("a.x", "config.toml:3"), ("c.z", "")]
    assert "a.x is disabled" in found[0].message
    assert "c.z is not registered" in found[1].message
    assert "required plugin [c.z] not included" in found[1].message


def test_the_source_speaks_first() -> None:
    """Then the order, then what is required, then the lints."""
    it = catalog("a.x gone\n a.x", required=["c.z"])
    it.diagnostics = (Diagnostic(DiagnosticCode.CONFIG_MIGRATED, Severity.INFO, "as it says"),)
    codes = [d.code for d in lint(make_plan(it, ["nobody"]))]
    assert codes == [
        DiagnosticCode.CONFIG_MIGRATED,
        DiagnosticCode.DISABLED_UNKNOWN,
        DiagnosticCode.DUPLICATE,
        DiagnosticCode.REQUIRED_MISSING,
        DiagnosticCode.TYPE_WITHOUT_PLUGIN,
    ]


def test_a_plugin_that_may_skip_counts_among_several_unless_it_says_so() -> None:
    """Nothing known is no skip; an abort of the boot changes no lint."""
    it = catalog("b.y:\n b.z:\n a.x b: single b")
    it.abort = BootAbort(Stage.CONFIG_LOAD, "line 1")
    it.entries[1].init = None
    assert [d.code for d in lint(make_plan(it))] == ["single-of-many"]
    it.entries[1].init = Init(Outcome.SKIP)
    assert [d.code for d in lint(make_plan(it))] == []

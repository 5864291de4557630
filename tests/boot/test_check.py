"""What can be said against a catalog before anything runs."""

from __future__ import annotations

import pytest
from tests.boot.sample import catalog

from plugscope.boot import (
    Catalog,
    Diagnostic,
    DiagnosticCode,
    Entry,
    Get,
    Lints,
    Lookup,
    Severity,
    lint,
    make_plan,
)
from plugscope.plugin import Registration
from plugscope.sources import catalog_names
from plugscope.sources.shipped import open_catalog


def found(text: str, disable: tuple[str, ...] = (), **settings: object) -> list[tuple[str, str, str]]:
    return [(d.code, str(d.severity), d.uri) for d in lint(make_plan(catalog(text, **settings), disable))]


def test_a_sound_registry_has_nothing_against_it() -> None:
    """Requires cover the lookups, each type has a plugin, single ones are single."""
    assert found("a.x:\n b.y a: single a\n c.z *: all; by_type b\n d.w b: single a") == []


def test_errors_of_the_order_are_errors() -> None:
    """Rings, duplicates and what Register panics at."""
    assert found("a.x b:\n b.y a:") == [("cycle", "error", "a.x")]
    assert found("a.x:\n a.x:")[0] == ("duplicate", "error", "a.x")
    assert found("a.x a:")[0] == ("invalid-requires", "error", "a.x")


def test_a_required_plugin_that_will_be_missing_is_an_error() -> None:
    """With the words of the abort to come."""
    assert found("a.x:\n b.y:", ("a.x",), required=["a.x", "c.z", "b.y"]) == [
        ("required-missing", "error", "a.x"),
        ("required-missing", "error", "c.z"),
    ]


def test_lints_on_requires() -> None:
    """A type that nobody has is worth a word; one named twice is a slip."""
    assert found("a.x b:\n") == [("type-without-plugin", "info", "a.x")]
    assert found("b.y:\n a.x b b:") == [("requires-twice", "warning", "a.x")]


def test_a_lookup_that_requires_does_not_cover_is_luck() -> None:
    """A warning; for a tolerated one information. Each type is told once."""
    assert found("b.y:\n a.x: single b; by_id b.y") == [("undeclared-lookup", "warning", "a.x")]
    assert found("b.y:\n a.x: single b ?") == [("undeclared-lookup", "info", "a.x")]


def test_the_single_one_of_several_is_a_warning_in_2_x() -> None:
    """Unless all but one skip or are disabled; 1.x takes any of them."""
    several = "b.y:\n b.z:\n a.x b: single b"
    assert found(several) == [("single-of-many", "warning", "a.x")]
    assert found(several, ("b.z",)) == []
    assert found(several, semantics="v1") == []
    assert found("b.y:\n b.z: = skip\n a.x b: single b") == []


def test_what_disabling_does_not_do_is_told() -> None:
    """An entry without effect."""
    assert found("a.x:", ("x",)) == [("disabled-unknown", "warning", "")]


@pytest.mark.parametrize("name", catalog_names())
def test_shipped_catalogs_have_no_errors(name: str) -> None:
    """Only remarks, each with a code, a sentence and a plugin."""
    diagnostics: list[Diagnostic] = lint(make_plan(open_catalog(name)))
    assert not [d for d in diagnostics if d.severity is Severity.ERROR]
    assert all(d.code and d.message and d.uri for d in diagnostics)


def test_a_hundred_thousand_types_in_a_row_are_looked_at_in_a_moment() -> None:
    """Each list of requires is one of its own: looked at for itself, not beside all names. The time limit of the
    tests holds it: a quadratic look takes ten minutes."""
    size = 100_000
    entries = [
        Entry(Registration(f"t{n}.v1", "p", (f"t{n + 1}.v1",)), (Lookup(Get.SINGLE, f"t{n + 2}.v1"),))
        for n in range(size)
    ]
    found = Lints(Catalog(entries)).lasting
    assert [(d.code, d.uri) for d in found if d.code is DiagnosticCode.TYPE_WITHOUT_PLUGIN] == [
        ("type-without-plugin", f"t{size - 1}.v1.p")
    ]

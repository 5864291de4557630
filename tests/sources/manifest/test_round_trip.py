"""What is written opens to the same catalog."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from tests.boot.sample import catalog
from tests.sources.sample import FORMS, manifests, text_of

from plugscope.boot import Catalog, Entry
from plugscope.plugin import SNAPSHOT_PLUGIN, Registration
from plugscope.sources import SourceError, catalog_names
from plugscope.sources.manifest import read_manifest, to_shape, write_manifest
from plugscope.sources.shipped import open_catalog

forms = pytest.mark.parametrize("form", FORMS)


def same(one: Catalog, other: Catalog) -> bool:
    """Whether two catalogs hold the same; registrations have no equality of their own."""
    return to_shape(one) == to_shape(other) and [
        (e.registration.type, e.registration.id, e.registration.requires, e.lookups, e.init, e.config)
        for e in one.entries
    ] == [
        (e.registration.type, e.registration.id, e.registration.requires, e.lookups, e.init, e.config)
        for e in other.entries
    ]


@forms
@pytest.mark.parametrize("name", catalog_names())
def test_shipped_catalogs_survive(name: str, form: str) -> None:
    """Each, through each format."""
    it = open_catalog(name)
    assert same(it, read_manifest(write_manifest(it, form).encode(), form, "written"))


@pytest.mark.parametrize(("form", "examples"), [("json", 100), ("toml", 150), ("yaml", 100)])
def test_any_catalog_survives(form: str, examples: int) -> None:
    """With newlines, right-to-left text, markup and control characters in names, and any configuration."""

    @settings(max_examples=examples)
    @given(manifests)
    def check(value: dict[str, Any]) -> None:
        it = read_manifest(text_of(value, "json"), "json", "source")
        written = write_manifest(it, form)
        assert same(it, read_manifest(written.encode(), form, "written"))

    check()


@pytest.mark.parametrize("form", FORMS)
def test_the_three_formats_hold_the_same(form: str) -> None:
    """The same plain values, in any of them, are the same catalog."""

    @settings(max_examples=60)
    @given(manifests)
    def check(value: dict[str, Any]) -> None:
        one = read_manifest(text_of(value, "json"), "json", "one")
        assert same(one, read_manifest(text_of(value, form), form, "other"))

    check()


def test_a_written_manifest_reads_as_a_person_writes_it() -> None:
    """A table a plugin, a line a lookup, defaults left out."""
    it = catalog("a.x b: single b ?; by_id b.y\n b.y: = skip no zfs", name="shop", disabled=["b.y"])
    assert write_manifest(it, "toml") == (
        "plugscope = 1\n"
        'name = "shop"\n'
        'disabled = ["b.y"]\n'
        "\n"
        "[[plugin]]\n"
        'type = "a"\n'
        'id = "x"\n'
        'requires = ["b"]\n'
        "lookups = [\n"
        '  { get = "single", type = "b", on_error = "tolerate" },\n'
        '  { get = "by_id", type = "b", id = "y" },\n'
        "]\n"
        "\n"
        "[[plugin]]\n"
        'type = "b"\n'
        'id = "y"\n'
        "lookups = []\n"
        'init = { outcome = "skip", message = "no zfs" }\n'
    )


def test_a_null_has_no_place_in_toml() -> None:
    """It is refused with its place; the other formats have a word for it."""
    it = catalog("a.x:")
    it.entries[0].config = {"deep": [{"limit": None}]}
    with pytest.raises(SourceError) as raised:
        write_manifest(it, "toml")
    assert str(raised.value) == "plugin[0].config.deep[0].limit: TOML has no null"
    for form in ("json", "yaml"):
        assert same(it, read_manifest(write_manifest(it, form).encode(), form, "written"))


def test_dates_stay_dates_where_there_are_dates() -> None:
    """TOML and YAML know them; JSON has their text."""
    config = "{ since = 2024-05-01, at = 2024-05-01T10:00:00 }"
    text = f'plugscope = 1\n[[plugin]]\ntype = "a"\nid = "x"\nconfig = {config}\n'.encode()
    it = read_manifest(text, "toml", "dates")
    for form in ("toml", "yaml"):
        assert same(it, read_manifest(write_manifest(it, form).encode(), form, "written"))
    assert '"since": "2024-05-01"' in write_manifest(it, "json")


@forms
def test_what_was_found_in_code_is_written_with_its_defaults(form: str) -> None:
    """A type of the model's own is plain text in a file; a dict of defaults is the configuration."""
    it = Catalog([Entry(Registration(SNAPSHOT_PLUGIN, "native", [SNAPSHOT_PLUGIN], config={"size": 1}))])
    back = read_manifest(write_manifest(it, form).encode(), form, "written")
    assert back.entries[0].uri == "io.containerd.snapshotter.v1.native"
    assert back.entries[0].config == {"size": 1}

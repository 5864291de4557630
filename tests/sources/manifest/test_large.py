"""A manifest of megabytes is read some plugins at a time, and nothing of it is told otherwise."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from plugscope.plugin import Platform
from plugscope.sources import SourceError
from plugscope.sources.manifest import read_manifest, to_shape
from plugscope.sources.manifest.convert import to_catalog
from plugscope.sources.manifest.reader import _LARGE
from plugscope.sources.manifest.shape import ManifestShape

SIZE = 5_000
LAST = SIZE - 1


def manifest() -> dict[str, Any]:
    """Large, for what its plugins say of themselves."""
    words = "x" * (_LARGE // SIZE)
    plugins: list[dict[str, Any]] = [
        {"type": "a.v1", "id": f"p{n}", "requires": ["b.v1"], "source": words, "config": {"n": n}}
        for n in range(SIZE)
    ]
    plugins[LAST]["lookups"] = [{"get": "single", "type": "b.v1"}]
    plugins[LAST]["init"] = {"outcome": "ok", "platforms": ["linux/amd64"]}
    return {
        "plugscope": 1,
        "name": "large",
        "plugin": plugins,
        "absent": [{"uri": "c.v1.z", "why": "not built"}],
    }


def written(value: dict[str, Any]) -> bytes:
    data = json.dumps(value).encode()
    assert len(data) > _LARGE
    return data


def test_it_is_the_catalog_that_it_describes() -> None:
    """With a byte order mark too."""
    value = manifest()
    expected = to_catalog(msgspec.convert(value, ManifestShape))
    for data in (written(value), b"\xef\xbb\xbf" + written(value)):
        catalog = read_manifest(data, "json", "m")
        assert to_shape(catalog) == to_shape(expected)
        init = catalog.entries[LAST].init
        assert init is not None
        assert init.meta.platforms == [Platform("linux", "amd64")]


def test_what_is_alike_is_kept_once() -> None:
    """Types, and what plugins require."""
    entries = read_manifest(written(manifest()), "json", "m").entries
    assert len({id(entry.registration.type) for entry in entries}) == 1
    assert len({id(entry.registration.requires) for entry in entries}) == 1


def told(data: bytes) -> list[str]:
    with pytest.raises(SourceError) as raised:
        read_manifest(data, "json", "m")
    return [str(problem) for problem in raised.value.diagnostics]


def test_what_does_not_fit_is_told_with_its_place() -> None:
    """In the first plugins, in the last, and beside them: all of it, as in a small one."""
    value = manifest()
    value["plugin"][1]["ids"] = "p"
    value["plugin"][LAST]["lookups"][0]["get"] = "singel"
    value["disabled"] = "zfs"
    small = {**value, "plugin": [{**plugin, "source": ""} for plugin in value["plugin"][:2]]}
    problems = told(written(value))
    assert any(f"plugin[{LAST}].lookups[0].get" in problem for problem in problems)
    assert [p for p in told(json.dumps(small).encode()) if "plugin[0]" not in p] == [
        p for p in problems if f"plugin[{LAST}]" not in p
    ]


def test_what_makes_no_sense_is_told_once() -> None:
    """A platform of the last plugin."""
    value = manifest()
    value["plugin"][LAST]["init"]["platforms"] = ["linux"]
    assert told(written(value)) == [
        f'm:1: plugin[{LAST}].init.platforms[0]: expected os/architecture[/variant], found "linux"'
    ]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (b'"p4999"', b'"p4999', "not valid JSON"),
        (b'"p4999"', b"NaN", "not valid JSON"),
        (b'"p4999"', b'"p4999", "id": "p"', "plugin[4999]: the key 'id' stands twice"),
        (b'"absent": ', b'"plugin": [], "absent": ', "m:1: the key 'plugin' stands twice"),
        (b'"p4999"', b'"\\ud800"', "not valid JSON"),
        (b'"p4999"', b'"\xff"', "is not UTF-8 text"),
        (b'"n": 4999', b'"n": ' + b"[" * 5_000, "nested too deeply"),
        (b'"n": 4999', b'"n": ' + b"[" * 900 + b"]" * 900, "nested too deeply"),
        (b'"n": 2000', b'"n": ' + b"[" * 900 + b"]" * 900, "nested too deeply"),
    ],
)
def test_what_is_no_json_is_told_as_such(before: bytes, after: bytes, says: str) -> None:
    """Also where it is in a plugin, which is decoded last."""
    (problem,) = told(written(manifest()).replace(before, after))
    assert says in problem

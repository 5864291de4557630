"""All that is wrong with a manifest, at once: place, what was found, what was expected."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from tests.sources.sample import FORMS, text_of

from plugscope.sources import SourceError
from plugscope.sources.manifest import read_manifest

forms = pytest.mark.parametrize("form", FORMS)


def errors(text: str | bytes, form: str) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(SourceError) as raised:
        read_manifest(data, form, "m")
    return [str(problem) for problem in raised.value.diagnostics]


TEXTS = {
    "toml": """plugscope = 1
semantic = "v2"
disabled = "zfs"

[[plugin]]
type = "a"
requires = ["b", 3]

[[plugin]]
type = "b"
id = "y"
lookups = [{ get = "singel", type = "c" }]
init = { outcome = "skipped" }
""",
    "yaml": """plugscope: 1
semantic: v2
disabled: zfs
plugin:
  - type: a
    requires: [b, 3]
  - type: b
    id: y
    lookups:
      - {get: singel, type: c}
    init: {outcome: skipped}
""",
    "json": """{
 "plugscope": 1,
 "semantic": "v2",
 "disabled": "zfs",
 "plugin": [
  {"type": "a",
   "requires": ["b", 3]},
  {"type": "b", "id": "y",
   "lookups": [{"get": "singel", "type": "c"}],
   "init": {"outcome": "skipped"}}
 ]
}
""",
}
LINES = {
    "toml": ("m:3: disabled", "m:5: plugin[0]", "m:7: plugin[0].requires[1]", "m:13", "m:12"),
    "yaml": ("m:3: disabled", "m:5: plugin[0]", "m:6: plugin[0].requires[1]", "m:11", "m:10"),
    "json": ("m:4: disabled", "m:6: plugin[0]", "m:7: plugin[0].requires[1]", "m:10", "m:9"),
}


@forms
def test_every_error_of_a_file_is_told(form: str) -> None:
    """In the order of the file's fields, each with its line and path, in all three formats alike."""
    disabled, plugin, requires, outcome, get = LINES[form]
    found = errors(TEXTS[form], form)
    assert len(found) == 6
    assert found[0].endswith("unknown key 'semantic'; did you mean 'semantics'?")
    assert sorted(found[1:]) == sorted(
        [
            f'{disabled}: expected a list, found "zfs"',
            f"{plugin}: the key 'id' is missing",
            f"{requires}: expected a text, found 3",
            f'{outcome}: plugin[1].init.outcome: expected "ok" or "skip" or "error", found "skipped"',
            f'{get}: plugin[1].lookups[0].get: expected "first" or "single" or "by_type" or "by_id" or "all", '
            'found "singel"',
        ]
    )


@forms
@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({}, "the key 'plugscope' is missing"),
        ({"plugscope": 2}, "plugscope: expected 1, found 2"),
        ({"plugscope": "1"}, 'plugscope: expected 1, found "1"'),
        ({"plugscope": 1, "plugin": {}}, "plugin: expected a list, found a table"),
        ({"plugscope": 1, "plugin": ["a"]}, 'plugin[0]: expected a table, found "a"'),
        ({"plugscope": 1, "plugin": [{"type": 1, "id": True}]}, "plugin[0].type: expected a text, found 1"),
        (
            {"plugscope": 1, "plugin": [{"type": "a", "id": "x", "init": {"exports": {"n": 3}}}]},
            "plugin[0].init.exports.n: expected a text, found 3",
        ),
        (
            {"plugscope": 1, "plugin": [{"type": "a", "id": "x", "init": {"platforms": ["linux"]}}]},
            'plugin[0].init.platforms[0]: expected os/architecture[/variant], found "linux"',
        ),
        (
            {"plugscope": 1, "plugin": [{"type": "a", "id": "x", "init_fn": "start"}]},
            'plugin[0].init_fn: expected package.module:function, found "start"',
        ),
        (
            {"plugscope": 1, "plugin": [{"type": "a", "id": "x", "lookups": [{"get": "single"}]}]},
            "plugin[0].lookups[0]: the key 'type' is missing",
        ),
        (
            {
                "plugscope": 1,
                "plugin": [{"type": "a", "id": "x", "lookups": [{"get": "by_id", "type": "a"}]}],
            },
            "plugin[0].lookups[0]: the key 'id' is missing",
        ),
        (
            {"plugscope": 1, "plugin": [{"type": "a", "id": "x", "lookups": [{"get": "all", "min": "1"}]}]},
            'plugin[0].lookups[0].min: expected a whole number, found "1"',
        ),
        (
            {"plugscope": 1, "absent": [{"uri": "a.x"}]},
            "absent[0]: the key 'why' is missing",
        ),
        ({"plugscope": 1, "zzz": 1}, "unknown key 'zzz'; expected one of absent, address, disabled"),
    ],
    ids=lambda value: None if isinstance(value, dict) else value[:40],
)
def test_each_kind_of_error_has_its_words(form: str, value: dict[str, Any], words: str) -> None:
    """What was found and what was expected, in people's words, not the schema's."""
    found = errors(text_of(value, form) or b"\n", form)
    assert any(words in each for each in found), found


@pytest.mark.parametrize("value", [[], "text", 3, None, True])
def test_a_document_of_another_kind_is_told(value: object) -> None:
    """A list, a text, a number."""
    (error,) = errors(json.dumps(value), "json")
    assert error.startswith("m:1: expected a table, found")


@pytest.mark.parametrize(
    ("form", "text", "words"),
    [
        ("json", '{"plugscope": 1,\n "plugin": [}', "m:2:13: not valid JSON: Expecting value"),
        ("json", '{"plugscope": 1', "m:1:16: not valid JSON: Expecting ',' delimiter"),
        ("json", '{"plugscope": NaN}', "m: not valid JSON: "),
        ("json", '{"plugscope": 1, "name": "\\ud800"}', "m: not valid JSON: "),
        ("json", '{"plugscope": 1, "name": "a\nb"}', "m:1:28: not valid JSON: Invalid control character"),
        ("json", '{"plugscope": ' + "1" * 5000 + "}", "m: not valid JSON: Exceeds the limit"),
        ("json", '{"plugscope": 1.0}', "m:1: plugscope: Expected `int`, got `float`"),
        ("json", "[" * 100_000, "m: nested too deeply to be a manifest"),
        ("json", '{"plugscope": 1, "name": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
        (
            "json",
            '{"plugscope": 1, "plugin": [{"type": "a", "id": "x", "config": {"n": 1,\n"m": [1e999]}}]}',
            "m:2: plugin[0].config.m[0]: the number is out of range",
        ),
        ("json", '{"name": "a",\n"plugscope": 1, "name": "b"}', "m:1: the key 'name' stands twice"),
        (
            "json",
            '{"plugscope": 1, "plugin": [{"type": "a",\n"id": "x", "id": "x"}]}',
            "m:2: plugin[0]: the key 'id' stands twice; one of them has to go",
        ),
        ("yaml", "plugscope: 1\nname: a\n'name': b\n", "m:3:1: not valid YAML: the key 'name' stands twice"),
        ("toml", "plugscope = 1\nname = \n", "m:2:8: not valid TOML: invalid value"),
        ("toml", "plugscope = 1\nplugscope = 1\n", "m:2:14: not valid TOML: cannot overwrite a value"),
        ("toml", "plugscope = " + "1" * 5000, "m: not valid TOML: exceeds the limit"),
        ("json", '{"plugscope": 1, "name": ' + "[" * 5_000, "m: nested too deeply to be a manifest"),
        ("json", '{"plugscope": 1, "name": "]]", "x": ' + '["]",' * 201, "m: nested too deeply to be a"),
        ("toml", "name = " + "[" * 100_000, "m: nested too deeply to be a manifest"),
        ("toml", "plugscope = 1\n[" + ".".join("a" * 5_000) + "]\n", "m: nested too deeply to be a"),
        ("yaml", "plugscope: 1\nplugin: [a\n", "m:3:1: not valid YAML: did not find expected ',' or ']'"),
        (
            "yaml",
            "plugscope: 1\n\tname: x\n",
            "m:2:1: not valid YAML: found a tab character that violates indentation",
        ),
        (
            "yaml",
            "plugscope: !!python/object/apply:os.system [ls]",
            "m:1:12: not valid YAML: could not determine",
        ),
        ("yaml", "plugscope: 1\n1: x\n", "m: the key 1 is no text; put it in quotes"),
        ("yaml", "plugscope: 1\nname: &a [*a]\n", "m: an alias refers to what it stands in"),
        ("yaml", "plugscope: 1\nname: *nobody\n", "m:2:7: not valid YAML: found undefined alias"),
        ("yaml", "plugscope: 1\nname: " + "[" * 100_000, "m:2: nested too deeply to be a manifest"),
        ("yaml", "name: \n" + "- " * 100_000 + "x", "m:2: nested too deeply to be a manifest"),
        ("yaml", "".join(f"{' ' * n}a:\n" for n in range(1_000)), "nested too deeply to be a manifest"),
        ("yaml", "plugscope: 1\n---\nplugscope: 1\n", "m:2:1: not valid YAML: but found another document"),
        ("yaml", "plugscope: 1\nname: \x01\n", "m: not valid YAML: "),
    ],
    ids=lambda value: value[:50].encode("unicode_escape").decode() if isinstance(value, str) else None,
)
def test_what_is_not_even_the_format_is_told_with_its_line(form: str, text: str, words: str) -> None:
    """The parser's complaint where it gave up; nothing ends the process, nothing takes long."""
    began = time.monotonic()
    (error,) = errors(text, form)
    assert words in error
    assert time.monotonic() - began < 20


@forms
def test_text_that_is_not_utf_8_is_told_with_its_line(form: str) -> None:
    """And the byte."""
    (error,) = errors(text_of({"plugscope": 1, "name": "caf"}, form) + b"\n\xe9", form)
    assert error.endswith("byte 0xe9 is not UTF-8 text")
    assert error.startswith("m:")


@forms
def test_a_byte_order_mark_is_no_matter(form: str) -> None:
    """Editors on Windows put one in front."""
    data = b"\xef\xbb\xbf" + text_of({"plugscope": 1, "plugin": [{"type": "a", "id": "x"}]}, form)
    assert [entry.uri for entry in read_manifest(data, form, "m").entries] == ["a.x"]
    broken = b"\xef\xbb\xbf" + text_of({"plugscope": 1, "zzz": 1}, form)
    assert "unknown key 'zzz'" in errors(broken, form)[0]


@forms
def test_a_thousand_errors_are_told_as_a_hundred_and_a_number(form: str) -> None:
    """In moderate time."""
    value = {"plugscope": 1, "plugin": [{"type": "a", "id": n} for n in range(1_000)]}
    began = time.monotonic()
    found = errors(text_of(value, form), form)
    assert len(found) == 101
    assert found[-1] == "m: and 900 more problems"
    assert time.monotonic() - began < 30


REFUSED = """plugscope = 1
[[plugin]]
type = ""
id = ""
[[plugin]]
type = "a"
id = "x"
requires = ["*", "b"]
[[plugin]]
type = "a"
id = "x"
requires = ["a"]
[[plugin]]
type = "b"
id = "y"
[[plugin]]
type = "b"
id = "y"
"""


def test_what_a_daemon_would_refuse_is_told_along_with_what_cannot_be_read() -> None:
    """Alone it is a boot that aborts, which can be opened and looked at; the errors come all at once."""
    assert len(read_manifest(REFUSED.encode(), "toml", "m").entries) == 5
    assert errors(REFUSED + "init = { platforms = ['linux'] }\n", "toml") == [
        "m:3: plugin[0].type: plugin: no type",
        "m:4: plugin[0].id: plugin: no id",
        "m:8: plugin[1].requires: *, b: invalid requires",
        "m:12: plugin[2].requires: a: invalid requires",
        "m:16: plugin[4]: b.y: plugin: id already registered",
        'm:19: plugin[4].init.platforms[0]: expected os/architecture[/variant], found "linux"',
    ]


def test_a_plugin_without_keys_is_told_of_each_once() -> None:
    """And an unknown key has its own line."""
    text = '{"plugscope": 1, "plugin": [\n{\n"typ": "x"}]}'
    assert errors(text, "json") == [
        "m:2: plugin[0]: the key 'type' is missing",
        "m:2: plugin[0]: the key 'id' is missing",
        "m:3: plugin[0]: unknown key 'typ'; did you mean 'type'?",
    ]


def test_a_key_is_found_however_it_is_spelled() -> None:
    """With an escape, too; a key that is missing is not looked for in the next table."""
    text = 'plugscope = 1\n[[plugin]]\ntype = "a"\n"i\\u0064" = 3\n[[plugin]]\ntype = "a"\nid = "x"\n'
    assert errors(text, "toml") == ["m:4: plugin[0].id: expected a text, found 3"]
    text = 'plugscope = 1\n[[plugin]]\ntype = "a"\n[[plugin]]\ntype = "a"\nid = "x"\n'
    assert errors(text, "toml") == ["m:2: plugin[0]: the key 'id' is missing"]


def test_toml_tables_are_found_by_line_however_they_are_written() -> None:
    """Sub-tables, dotted keys and quoted keys."""
    text = """plugscope = 1
[[plugin]]
type = "a"
id = "x"
[plugin.init]
outcome = "later"
[[plugin]]
type = "a"
"id" = 3
init.outcome = "never"
"""
    assert [error.split(": ")[0] for error in errors(text, "toml")] == ["m:6", "m:9", "m:10"]

"""An error of a manifest is told at its line, whatever stands before it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.error import SourceError
from plugscope.sources.manifest import read_manifest
from plugscope.sources.manifest.position import line_finder

WRONG = "singel"


def told(text: str, form: str) -> list[str]:
    """The locations of what is wrong: file, line and path."""
    with pytest.raises(SourceError) as raised:
        read_manifest(text.encode(), form, "m")
    return [problem.location for problem in raised.value.diagnostics]


def test_an_error_in_the_second_lookup_is_told_there() -> None:
    """Lookups that each have a header of their own."""
    text = """plugscope = 1
[[plugin]]
type = "a"
id = "x"
[[plugin.lookups]]
get = "single"
type = "b"
[[plugin.lookups]]
get = "singel"
type = "c"
[[plugin]]
type = "a"
id = "y"
[[plugin.lookups]]
get = "all"
[[plugin.lookups]]
min = 1
"""
    assert told(text, "toml") == ["m:9: plugin[0].lookups[1].get", "m:16: plugin[1].lookups[1]"]


def test_a_header_within_a_text_is_no_header() -> None:
    """Nor is one in a comment, nor a key in either."""
    text = '''plugscope = 1
note = """
[[plugin]]
id = 3
"""
# [[plugin]]
[[plugin]]
type = "a"
config = { text = \'\'\'
id = 4
[[plugin]]\'\'\', more = [
  "[[plugin]]",
] }
id = 5
'''
    assert told(text, "toml") == ["m:14: plugin[0].id"]


def test_lines_are_found_of_items_and_inline_tables() -> None:
    """Lists over several lines, tables in braces, dotted and quoted keys, and a mark at the start of the file."""
    text = """\ufeffplugscope = 1
[[plugin]]
requires = [
  "a", # one
  "b",
]
lookups = [
  { get = "all" },
  { get = "single", type = "t" },
]
init.exports."x.y" = "z"
[[plugin]]
[plugin.init]
outcome = "ok"
"""
    line = line_finder(text.encode(), "toml")
    assert [line(("plugin", 0, "requires", number)) for number in (0, 1)] == [4, 5]
    assert [line(("plugin", 0, "lookups", number, "type")) for number in (0, 1)] == [8, 9]
    assert line(("plugin", 0, "init", "exports", "x.y")) == 11
    assert [line(("plugin", 1)), line(("plugin", 1, "init", "outcome")), line(("plugin", 1, "id"))] == [
        12,
        14,
        12,
    ]
    assert [line(()), line(("nothing",)), line(("plugin", 2))] == [None, None, 2]


_DECOYS = [
    "[[plugin]]",
    "[[plugin.lookups]]",
    "get = 3",
    "plugin:",
    "- get: 1",
    '"get": 1',
    "}, {",
    "# no",
    "a: |",
    "",
]
_notes = st.lists(st.sampled_from(_DECOYS), max_size=4)
_plugins = st.lists(
    st.tuples(_notes, st.lists(_notes, max_size=3), st.booleans()),
    min_size=1,
    max_size=4,
)


class Page:
    """A manifest that is written line by line, and the line of each lookup's ``get``."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.gets: dict[tuple[int, int], int] = {}

    def add(self, text: str) -> None:
        self.lines += text.split("\n")

    def get(self, plugin: int, lookup: int, text: str) -> None:
        self.add(text)
        self.gets[plugin, lookup] = len(self.lines)


Plugins = list[tuple[list[str], list[list[str]], bool]]


def in_toml(plugins: Plugins, wrong: tuple[int, int]) -> Page:
    page = Page()
    page.add("plugscope = 1")
    for number, (note, lookups, inline) in enumerate(plugins):
        text = "\n".join(note)
        page.add(
            f'[[plugin]]\ntype = "a"\nconfig.note = """\n{text}\n"""\n# {" ".join(note)}\nid = "x{number}"'
        )
        if inline and lookups:
            page.add("lookups = [")
        for place, inner in enumerate(lookups):
            get = WRONG if (number, place) == wrong else "single"
            if inline:
                error = json.dumps("".join(inner))
                page.get(number, place, f'  {{ get = "{get}", type = "b", error = {error} }},')
            else:
                page.add("[[plugin.lookups]]\nerror = '''\n" + "\n".join(inner) + "'''")
                page.get(number, place, f'get = "{get}"')
                page.add('type = "b"')
        if inline and lookups:
            page.add("]")
    return page


def in_yaml(plugins: Plugins, wrong: tuple[int, int]) -> Page:
    page = Page()
    page.add("plugscope: 1\nplugin:")
    for number, (note, lookups, inline) in enumerate(plugins):
        text = "".join(f"\n        {line}" for line in note)
        page.add(f"  - type: a\n    config:\n      note: |{text}\n    # {' '.join(note)}\n    id: x{number}")
        if lookups:
            page.add("    lookups:")
        for place, inner in enumerate(lookups):
            get = WRONG if (number, place) == wrong else "single"
            if inline:
                page.get(
                    number, place, f"      - {{get: {get}, type: b, error: {json.dumps(' '.join(inner))}}}"
                )
            else:
                page.add(
                    "      - type: b\n        error: >" + "".join(f"\n          {line}" for line in inner)
                )
                page.get(number, place, f"        get: {get}")
    return page


def in_json(plugins: Plugins, wrong: tuple[int, int]) -> Page:
    page = Page()
    page.add('{"plugscope": 1, "plugin": [')
    for number, (note, lookups, inline) in enumerate(plugins):
        page.add(f'{{"type": "a", "config": {{"note": {json.dumps(note)}}}, "id": "x{number}", "lookups": [')
        for place, inner in enumerate(lookups):
            get = WRONG if (number, place) == wrong else "single"
            end = "}" if place == len(lookups) - 1 else "},"
            gap = " " if inline else "\n"
            page.add(f'{{"error": {json.dumps(chr(10).join(inner))}, "type": "b",')
            page.get(number, place, f'{gap}"get": "{get}"{end}')
        page.add("]}" if number == len(plugins) - 1 else "]},")
    page.add("]}")
    return page


WRITERS = {"toml": in_toml, "yaml": in_yaml, "json": in_json}


@pytest.mark.parametrize("form", WRITERS)
@given(plugins=_plugins, chosen=st.integers(0, 99))
def test_an_error_in_any_lookup_is_told_at_its_line(form: str, plugins: Plugins, chosen: int) -> None:
    """Texts over several lines and comments that look like headers and keys do not move it."""
    places = [(number, place) for number, plugin in enumerate(plugins) for place in range(len(plugin[1]))]
    if not places:
        return
    wrong = places[chosen % len(places)]
    page = WRITERS[form](plugins, wrong)
    path = f"plugin[{wrong[0]}].lookups[{wrong[1]}].get"
    assert told("\n".join(page.lines) + "\n", form) == [f"m:{page.gets[wrong]}: {path}"]

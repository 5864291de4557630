"""Whatever a verb is given, it answers in a line that says where and what, and harms nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.cli.command import Command, write_shop

from plugscope.cli.main import VERBS


def every_verb(source: str, folder: Path) -> list[list[str]]:
    """Each verb on a source."""
    more = {
        "convert": ["-o", str(folder / "o.toml")],
        "render": ["-o", str(folder / "o.svg")],
        "diff": [source],
    }
    return [[verb, source, *more.get(verb, [])] for verb in sorted(VERBS)]


BAD: dict[str, bytes | None] = {
    "missing": None,
    "empty": b"",
    "binary": b"\x7fELF\x00\x00",
    "truncated": b'{"plugscope": 1, "plugin": [',
    "wrong types": b'plugscope = 1\nplugin = "none"\n',
    "unknown keys": b"plugscope: 1\npluginz: []\n",
    "latin-1": b"plugscope: 1\nname: caf\xe9\n",
    "deep": b'{"plugscope": ' + b"[" * 50_000,
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_an_unusable_source_is_one_line_for_every_verb(
    plugscope: Command, tmp_path: Path, data: bytes | None
) -> None:
    """Exit 2, nothing on standard output, ``error: PLACE: what is wrong``, never a traceback."""
    path = tmp_path / "source.any"
    if data is not None:
        path.write_bytes(data)
    for arguments in every_verb(str(path), tmp_path):
        result = plugscope(*arguments)
        assert (result.code, result.out) == (2, ""), arguments
        assert re.fullmatch(rf"error: {re.escape(str(path))}(:\d+)*: .+\n", result.err), result.err


def test_several_errors_are_several_lines(plugscope: Command, tmp_path: Path) -> None:
    """All that is wrong with a manifest."""
    path = tmp_path / "m.toml"
    path.write_text('plugscope = 2\nnane = "x"\n', "utf-8")
    result = plugscope("order", str(path))
    assert result.code == 2
    assert [line.split(": ")[0] for line in result.err.splitlines()] == ["error", "error"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["order"], "error: plugscope order: Missing argument 'SOURCE'."),
        (["order", "a", "b"], "error: plugscope order: Got unexpected extra argument (b)"),
        (["order", "a", "--no-such"], "error: plugscope order: No such option"),
        (["order", "a", "--semantics", "v9"], "error: plugscope order: Invalid value for '--semantics'"),
        (["replay", "a", "--timeout", "0"], "error: plugscope replay: Invalid value for '--timeout'"),
        (["replay", "a", "--timeout", "nan"], "error: plugscope replay: Invalid value for '--timeout'"),
        (["replay", "a", "--timeout", "1e300"], "error: plugscope replay: Invalid value for '--timeout'"),
        (["replay", "a", "--memory", "-1"], "error: plugscope replay: Invalid value for '--memory'"),
        (
            ["replay", "a", "--memory", "63"],
            "error: plugscope replay: Invalid value for '--memory': 63 is not in the range 64<=x",
        ),
        (["explain", "a", "--timeout", "soon"], "error: plugscope explain: Invalid value for '--timeout'"),
        (["--no-such"], "error: plugscope: No such option"),
        (["convert", "a"], "error: plugscope convert: Missing option '-o' / '--output'."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_unusable_arguments_are_one_line(plugscope: Command, arguments: list[str], words: str) -> None:
    """Exit 2, with the verb's name as the place."""
    result = plugscope(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(words)
    assert result.err.count("\n") == 1


def test_what_names_nothing_is_not_taken_for_python(plugscope: Command) -> None:
    """A slip in a name is told as one, not as code that wants trust; with trust it is looked for."""
    result = plugscope("order", "plugns")
    assert result.err == "error: plugns: no such file, module, catalog or example\n"
    trusted = plugscope("order", "plugns", "--trust")
    assert trusted.err == "error: plugns: ModuleNotFoundError: No module named 'plugns'\n"
    assert "is Python code" in plugscope("order", "json.decoder").err


def test_an_interpreter_that_is_not_there_is_one_line(plugscope: Command, tmp_path: Path) -> None:
    """--python, for a file and for a manifest's functions."""
    result = plugscope("order", write_shop(tmp_path), "--trust", "--python", "/no/python")
    assert (result.code, result.out) == (2, "")
    assert result.err == "error: /no/python: No such file or directory\n"


def test_errors_in_the_user_s_code_name_its_line(plugscope: Command, tmp_path: Path) -> None:
    """File and line of what failed while it was imported."""
    path = tmp_path / "broken.py"
    path.write_text("x = 1\n1 / 0\n", "utf-8")
    result = plugscope("check", str(path), "--trust")
    assert (result.code, result.out) == (2, "")
    assert result.err == f"error: {path}:2: ZeroDivisionError: division by zero\n"


STRANGE = [
    "\x1b[31mred\x1b]0;title\x07",
    "two\nlines",
    "\u202egnp.exe",
    "\x9b2J",
    "<b>&amp;",
    "שלום",
    "nul\0",
    "\x7f",
]


def test_no_id_drives_the_terminal(plugscope: Command, tmp_path: Path) -> None:
    """Escapes, line ends and direction marks are spelled out for people, and escaped in JSON, for every verb."""
    path = tmp_path / "m.json"
    plugins: list[dict[str, Any]] = [
        {"type": "t", "id": id_, "requires": [id_], "lookups": [{"get": "single", "type": id_}]}
        for id_ in STRANGE
    ]
    path.write_text(json.dumps({"plugscope": 1, "plugin": plugins}), "utf-8")
    forbidden = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
    for arguments in every_verb(str(path), tmp_path):
        for form in ([], ["--json"]):
            result = plugscope(*arguments, *form)
            assert result.code in (0, 1), result.err
            assert not forbidden.search(result.out + result.err), arguments
    rows = plugscope("order", str(path), "--json").json["order"]
    assert [row["id"] for row in rows] == STRANGE
    lines = plugscope("order", str(path)).lines
    assert len(lines) == len(STRANGE)
    assert lines[0] == "t.\\x1b[31mred\\x1b]0;title\\x07"
    assert lines[5] == "t.שלום"


def test_strange_arguments_are_spelled_out(plugscope: Command) -> None:
    """They are echoed in errors."""
    for arguments in (
        ["order", "\x1b[31m"],
        ["order", "a", "\x1b[31m"],
        ["order", "a", "--\x1b[31m"],
        ["explain", "example:\x1b[2J"],
    ):
        result = plugscope(*arguments)
        assert result.code == 2
        assert "\x1b" not in result.err and "\\x1b" in result.err


def test_a_plugin_without_a_name_is_called_by_its_place(plugscope: Command, tmp_path: Path) -> None:
    """It has neither type nor id."""
    path = tmp_path / "m.toml"
    path.write_text(
        'plugscope = 1\n[[plugin]]\ntype = "a"\nid = "x"\n[[plugin]]\ntype = ""\nid = ""\n', "utf-8"
    )
    assert f"{path}:5: error: plugin[1]: plugin: no type [no-type]" in plugscope("check", str(path)).lines
    assert plugscope("explain", str(path)).lines[-1] == "plugin[1]: aborted: plugin: no type"


def test_a_python_file_that_cannot_be_decoded_has_no_line_0(plugscope: Command, tmp_path: Path) -> None:
    """Python finds the error before it counts lines."""
    path = tmp_path / "latin.py"
    path.write_text('# -*- coding: ascii -*-\nname = "é"\n', "utf-8")
    assert plugscope("order", str(path), "--trust").err.startswith(f"error: {path}: SyntaxError: ")

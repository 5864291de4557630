"""The pages about examples and authoring say what is so: their code runs, and so do their commands."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sys
from pathlib import Path
from types import ModuleType

import pytest

from plugscope.cli import run
from plugscope.plugin import default_registry
from plugscope.sources.shipped import examples

DOCS = Path(__file__).resolve().parents[2] / "docs"
AUTHORING = (DOCS / "authoring.md").read_text("utf-8")
EXAMPLES = (DOCS / "examples.md").read_text("utf-8")


def blocks(text: str, form: str) -> list[str]:
    """The code blocks of one kind."""
    return re.findall(rf"```{form}\n(.*?)```", text, re.DOTALL)


def commands(text: str) -> list[str]:
    """What the shell blocks start, without their comments."""
    lines = "".join(blocks(text, "sh")).splitlines()
    return [line.partition(" #")[0].strip() for line in lines]


def test_the_tutorial_prints_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its blocks are run one after the other, as a reader would."""
    pairs = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", AUTHORING, re.DOTALL)
    assert len(pairs) == len(blocks(AUTHORING, "python"))
    notes = ModuleType("notes")
    monkeypatch.setitem(sys.modules, "notes", notes)  # dataclasses look their module up
    for code, expected in pairs:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(
                compile(code, "notes.py", "exec", dont_inherit=True), vars(notes)
            )  # it is this repository's own
        assert printed.getvalue() == expected, code
    assert not len(default_registry), "the tutorial keeps to a registry of its own"


@pytest.mark.parametrize("command", [line for line in commands(AUTHORING) if "--trust" in line])
def test_the_tutorial_opens_in_plugscope(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """All of it in one file is a source like any other."""
    (tmp_path / "notes.py").write_text("\n".join(blocks(AUTHORING, "python")), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(shlex.split(command)[1:]) == (1 if "--disable" in command else 0)
    assert "notes" in capfd.readouterr().out


@pytest.mark.parametrize("command", commands(EXAMPLES))
def test_every_command_about_the_examples_works(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """It may find something (1), but it is understood (2 is not)."""
    monkeypatch.chdir(tmp_path)
    assert run(shlex.split(command)[1:]) in (0, 1)
    out, _ = capfd.readouterr()
    assert out or list(tmp_path.iterdir()) or command.endswith("--semantics v1")


def test_the_page_has_a_section_on_every_example() -> None:
    """And each is in its table, in the order of the index."""
    assert re.findall(r"^\| `(\w+)` \|", EXAMPLES, re.MULTILINE) == [example.name for example in examples()]
    for example in examples():
        assert f"example:{example.name}" in "".join(blocks(EXAMPLES, "sh"))

"""What a stranger can learn from ``--help``."""

from __future__ import annotations

import re

import pytest
from tests.cli.command import Command

from plugscope import __main__, __version__
from plugscope.cli.main import VERBS


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_help_can_be_learnt_from(plugscope: Command, verb: str) -> None:
    """What it does in a sentence, its options each explained, and an example to type."""
    result = plugscope(verb, "--help")
    assert (result.code, result.err) == (0, "")
    assert f"plugscope {verb}" in result.out
    assert "Examples" in result.out and "Options:" in result.out
    for option in re.findall(r"^  (?:-\w, )?(--[\w-]+)", result.out, re.MULTILINE):
        after = result.out.split(option, 1)[1]
        assert re.match(r"[^\n]*?\s{2,}\S|[^\n]*\n\s{10,}\S", after), option
    assert plugscope(verb, "-h").out == result.out


def test_the_group_s_help_says_what_a_source_is(plugscope: Command) -> None:
    """And the exit codes, and all verbs."""
    result = plugscope("--help")
    assert result.code == 0
    for word in ("SOURCE", "catalog:containerd-2.3", "Exit codes", *VERBS):
        assert word in result.out


def test_the_version_is_told(plugscope: Command) -> None:
    """--version."""
    assert plugscope("--version").out == f"plugscope, version {__version__}\n"


def test_every_verb_is_told_from_a_source_that_the_window_opens() -> None:
    """``plugscope VERB`` starts no window; both lists are one."""
    assert __main__.VERBS == VERBS

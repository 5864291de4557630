"""Python code is run once it is trusted, and not before."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.command import Command, write_shop

from plugscope.cli.main import VERBS


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_python_is_not_run_without_trust(plugscope: Command, tmp_path: Path, verb: str) -> None:
    """Exit 2 and a sentence that says why, for every verb; nothing was imported."""
    source = write_shop(tmp_path)
    more = {"convert": ["-o", "out.toml"], "render": ["-o", "out.svg"], "diff": [source]}.get(verb, [])
    result = plugscope(verb, source, *more)
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        f"error: {source}: is Python code, and opening it would run it; add --trust if you trust what it does\n"
    )
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("verb", ["order", "predict", "check", "explain"])
def test_with_trust_python_is_opened(plugscope: Command, tmp_path: Path, verb: str) -> None:
    """In the worker; the plugins are found."""
    result = plugscope(verb, write_shop(tmp_path), "--trust", "--json")
    assert result.code in (0, 1)
    assert "api.v1.http" in result.out or verb == "check"
    assert (tmp_path / "ran").exists()


def test_a_manifest_s_functions_are_run_with_trust_alone(plugscope: Command, tmp_path: Path) -> None:
    """Without it they are predicted, and it says so."""
    (tmp_path / "wiring.py").write_text("def start(ic):\n    print('really run')\n", "utf-8")
    path = tmp_path / "m.toml"
    path.write_text('plugscope = 1\n[[plugin]]\ntype = "a"\nid = "x"\ninit_fn = "wiring:start"\n', "utf-8")
    predicted = plugscope("replay", str(path), "--json")
    assert predicted.json["kind"] == "predicted"
    assert predicted.err == (
        f"note: {path} names Python functions; with --trust they are run, now it is predicted\n"
    )
    ran = plugscope("replay", str(path), "--trust", "--json")
    assert (ran.json["kind"], ran.json["steps"][0]["output"]) == ("run", "really run")
    path.write_text(path.read_text("utf-8").replace("wiring:start", "wiring:stop"), "utf-8")
    assert plugscope("replay", str(path), "--trust").err == (
        f"error: {path}: init_fn 'wiring:stop': wiring has no 'stop'\n"
    )

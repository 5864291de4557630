"""Manifests that nest deeply or unfold to too much."""

from __future__ import annotations

import time

import pytest

from plugscope.sources import SourceError
from plugscope.sources.manifest import read_manifest


def errors(text: str | bytes, form: str) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(SourceError) as raised:
        read_manifest(data, form, "m")
    return [str(problem) for problem in raised.value.diagnostics]


def nested(form: str, depth: int) -> str:
    """A manifest that nests so deeply, in the ``config`` of its one plugin, which is the fourth level."""
    inner, last = ['"a"'] * (depth - 4), '"a"'
    if form == "toml":
        path = ".".join(["config", *inner, last])
        return f'plugscope = 1\n[[plugin]]\ntype = "a"\nid = "x"\n{path} = 1\n'
    config = "".join(f"{{{key}: " for key in [*inner, last]) + "1" + "}" * (depth - 3)
    return f'{{"plugscope": 1, "plugin": [{{"type": "a", "id": "x", "config": {config}}}]}}'


@pytest.mark.parametrize("form", ["json", "toml", "yaml"])
def test_how_deeply_a_manifest_may_nest_is_the_same_everywhere(form: str) -> None:
    """200 levels in each format, whatever the Python and its parsers let through."""
    catalog = read_manifest(nested(form, 200).encode(), form, "m")
    value: object = catalog.entries[0].config
    for _ in range(197):
        assert isinstance(value, dict)
        (value,) = value.values()
    assert value == 1
    for deeper in (201, 900, 3_000):
        (error,) = errors(nested(form, deeper), form)
        assert error.endswith("nested too deeply to be a manifest")


def test_an_alias_bomb_is_refused_in_bounded_time() -> None:
    """A few lines that would unfold to billions of values."""
    lines = [
        "plugscope: 1",
        "plugin:",
        "- type: a",
        "  id: x",
        "  config:",
        "    a0: &a0 [x, x, x, x, x, x, x, x, x, x]",
    ]
    lines += [f"    a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    began = time.monotonic()
    (error,) = errors("\n".join(lines), "yaml")
    assert error == "m: its aliases unfold to more than 20,000,000 values"
    assert time.monotonic() - began < 5


def test_honest_aliases_are_fine() -> None:
    """What people use them for."""
    text = "plugscope: 1\nplugin:\n- {type: a, id: x, config: &c {n: 1}}\n- {type: a, id: y, config: *c}\n"
    it = read_manifest(text.encode(), "yaml", "m")
    assert [entry.config for entry in it.entries] == [{"n": 1}, {"n": 1}]

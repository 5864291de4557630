"""A configuration is known by its content."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.recognition import looks_like_config, looks_like_template

FACTS = Path(__file__).parents[1] / "data" / "containerd" / "captures-config"
EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"


def test_every_captured_configuration_is_one() -> None:
    """Those with mistakes, too."""
    for file in FACTS.glob("*.json"):
        for case in json.loads(file.read_text("utf-8")):
            for name, text in case["files"].items():
                assert looks_like_config(text.encode(), name), (file.stem, case["case"])


def test_no_manifest_is_one() -> None:
    """Not even one that calls a table plugins."""
    for file in EXAMPLES.rglob("*.toml"):
        assert not looks_like_config(file.read_bytes(), "config.toml"), file
    assert not looks_like_config(b'plugscope = 1\nroot = "/x"\n[plugins]\n')
    assert not looks_like_config(b'[[plugin]]\ntype = "a"\n')


@pytest.mark.parametrize(
    ("text", "name", "is_one"),
    [
        ("version = 2\n", "x.toml", True),
        ('root = "/x"\n', "x.toml", True),
        ("[debug]\nlevel = 'info'\n", "x.toml", True),
        ('[plugins."io.containerd.grpc.v1.cri"]\n', "x", True),
        ("\ufeffversion = 2\n", "x", True),
        ('[grpc]\naddress = "unclosed\n', "x", True),
        ("version = 2\nroot = /var/lib\n", "x", True),
        ("root = /var/lib\n", "/etc/containerd/config.toml", True),
        (
            '# cat x.toml\ndisabled_plugins=["cri"]\n\n# containerd -c x.toml\ncontainerd: failed to load',
            "x",
            False,
        ),
        ("", "/etc/containerd/config.toml", True),
        ("# nothing yet\n", "/etc/containerd/config.toml", True),
        ("", "other.toml", False),
        ('version = 2\n[package]\nname = "x"\n', "x.toml", False),
        ("[tool.ruff]\nline-length = 110\n", "pyproject.toml", False),
        ('{"version": 2}', "x.json", False),
        ('time="2026-11-24T02:59:41Z" level=info msg="starting containerd"\n', "x.log", False),
        ("plugins:\n  - a\n", "x.yaml", False),
    ],
)
def test_what_is_one_and_what_is_not(text: str, name: str, is_one: bool) -> None:
    """By the keys at its top level; by its name only where it says nothing."""
    assert looks_like_config(text.encode(), name) == is_one


@pytest.mark.parametrize(
    ("text", "name", "is_one"),
    [
        ('{{ template "base" . }}\n\n[plugins."io.containerd.cri.v1.runtime"]\n', "x", True),
        ('{{ template "base" . }}\n', "config.toml.tmpl", True),
        ("version = 2\n{{- if .NodeConfig }}\nroot = 1\n{{ end }}\n", "x", True),
        ('version = 2\n[plugins."x"]\na = "{{ .Name }}"\n', "x", False),
        ('# {{ template "base" . }}\nversion = 2\n', "x", False),
        ("version = 2\n", "config.toml.tmpl", False),
        ("{{ template }} of something else\n", "x.txt", False),
    ],
)
def test_a_template_of_one_is_told_from_it(text: str, name: str, is_one: bool) -> None:
    """k3s and rke2 have them beside their configuration; what is TOML as it stands is none."""
    assert looks_like_template(text.encode(), name) == is_one


@given(st.binary(max_size=200))
def test_any_bytes_are_one_or_not(data: bytes) -> None:
    """Never an error."""
    looks_like_template(data)
    looks_like_config(data)

"""``diff``, ``convert`` and ``render``: JSON keys, exit codes, what is written and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.command import Command, write_store

from plugscope.sources.manifest import read_manifest
from plugscope.sources.shipped import open_catalog


def test_diff_tells_what_differs(plugscope: Command, tmp_path: Path) -> None:
    """The keys of the contract; exit 1 if anything does."""
    other = tmp_path / "other.toml"
    text = Path(write_store(tmp_path)).read_text("utf-8")
    text = text.replace('id = "zfs"', 'id = "btrfs"').replace("exports =", 'outcome = "error", exports =', 1)
    other.write_text(text, "utf-8")
    result = plugscope("diff", write_store(tmp_path), str(other), "--json")
    assert result.code == 1
    told = result.json
    assert {"added", "removed", "moved", "requires_changed", "outcome_changed", "meta_changed"} <= told.keys()
    assert (told["added"], told["removed"]) == (["snapshotter.v1.btrfs"], ["snapshotter.v1.zfs"])
    assert [(c["uri"], c["before"], c["after"]) for c in told["outcome_changed"]] == [
        ("content.v1.disk", "ok", "error"),
        ("metadata.v1.bolt", "ok", "error"),
        ("gc.v1.scheduler", "ok", "error"),
    ]
    assert (
        "outcome changed   content.v1.disk: ok to error"
        in plugscope("diff", write_store(tmp_path), str(other)).lines
    )


def test_diff_of_the_same_is_nothing(plugscope: Command, tmp_path: Path) -> None:
    """Exit 0 and silence."""
    result = plugscope("diff", write_store(tmp_path), write_store(tmp_path))
    assert (result.code, result.out, result.err) == (0, "", "")


def test_diff_of_two_releases(plugscope: Command) -> None:
    """Another era, other plugins."""
    told = plugscope("diff", "catalog:containerd-1.7", "catalog:containerd-2.3", "--json").json
    assert told["added"] and told["removed"]


@pytest.mark.parametrize("suffix", [".toml", ".json", ".yaml", ".yml"])
def test_convert_writes_what_opens_to_the_same(plugscope: Command, tmp_path: Path, suffix: str) -> None:
    """In the format of the suffix; silence, or the file's name for programs."""
    file = tmp_path / f"out{suffix}"
    result = plugscope("convert", "catalog:containerd-2.3.4", "-o", str(file))
    assert (result.code, result.out, result.err) == (0, "", "")
    form = {".yml": "yaml"}.get(suffix, suffix[1:])
    it, back = open_catalog("containerd-2.3.4"), read_manifest(file.read_bytes(), form, "out")
    assert [(e.uri, e.lookups, e.init) for e in back.entries] == [
        (e.uri, e.lookups, e.init) for e in it.entries
    ]
    told = plugscope("convert", "catalog:containerd-2.3.4", "-o", str(file), "--json").json
    assert told == {"file": str(file), "plugins": len(it.entries)}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", "{}/out.txt"], "{}/out.txt: expected a name that ends in .json, .toml, .yaml, .yml"),
        (["-o", "{}/no/where.toml"], "{}/no/where.toml: No such file or directory"),
    ],
)
def test_convert_refuses_what_it_cannot_write(
    plugscope: Command, tmp_path: Path, arguments: list[str], words: str
) -> None:
    """Another suffix, a folder that is not there."""
    result = plugscope("convert", write_store(tmp_path), *(a.format(tmp_path) for a in arguments))
    assert (result.code, result.out) == (2, "")
    assert result.err == f"error: {words.format(tmp_path)}\n"


def test_convert_says_what_toml_cannot_hold(plugscope: Command, tmp_path: Path) -> None:
    """A null, with its field; nothing is written."""
    path = tmp_path / "m.json"
    path.write_text('{"plugscope":1,"plugin":[{"type":"a","id":"x","config":{"n":null}}]}', "utf-8")
    result = plugscope("convert", str(path), "-o", str(tmp_path / "out.toml"))
    assert (result.code, result.err) == (2, f"error: {path}: plugin[0].config.n: TOML has no null\n")
    assert not (tmp_path / "out.toml").exists()


@pytest.mark.parametrize("suffix", [".svg", ".dot", ".json", ".mmd", ".graphml", ".html"])
def test_render_draws_by_suffix(plugscope: Command, tmp_path: Path, suffix: str) -> None:
    """The file is there and holds the plugins."""
    file = tmp_path / f"out{suffix}"
    result = plugscope("render", write_store(tmp_path), "-o", str(file), "--json")
    assert result.code == 0, result.err
    assert result.json == {"file": str(file), "bytes": file.stat().st_size}
    assert "bolt" in file.read_text("utf-8")


def test_render_refuses_another_suffix(plugscope: Command, tmp_path: Path) -> None:
    """And a scale that makes no picture."""
    result = plugscope("render", write_store(tmp_path), "-o", "out.bmp")
    assert result.code == 2
    assert result.err.startswith("error: out.bmp: expected a name that ends in .svg")
    assert plugscope("render", write_store(tmp_path), "-o", "a.png", "--scale", "0").code == 2


@pytest.mark.parametrize("verb", ["render", "convert"])
def test_a_source_is_not_overwritten(plugscope: Command, tmp_path: Path, verb: str) -> None:
    """By whatever name it is called."""
    source = tmp_path / "m.json"
    source.write_text('{"plugscope": 1, "plugin": [{"type": "a", "id": "x"}]}', "utf-8")
    before = source.read_bytes()
    other = tmp_path / "other.json"
    other.symlink_to(source)
    for output in (source, other):
        result = plugscope(verb, str(source), "-o", str(output))
        words = f"error: {output}: is the source {source} itself; writing would overwrite it\n"
        assert (result.code, result.out, result.err) == (2, "", words)
    assert source.read_bytes() == before
    assert plugscope(verb, str(source), "-o", str(tmp_path / "new.json")).code == 0

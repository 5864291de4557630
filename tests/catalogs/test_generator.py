"""The generator joins facts and lookups, and refuses what does not fit together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import make_catalogs
from catalog_lookups import CatalogError, Experiment, Kept, spell_out

HEAD = 'version = "9.9"\nprefix = "io."\n'


def _kept(folder: Path, text: str) -> Kept:
    (folder / "containerd-9.9.toml").write_text(HEAD + text, "utf-8")
    return Kept.read(folder, "9.9")


def _plugin(uri: str, *requires: str) -> dict[str, Any]:
    type_, _, id_ = uri.rpartition(".")
    return {"uri": uri, "type": type_, "id": id_, "requires": list(requires)}


def test_a_call_stands_for_the_lookups_of_its_helper(tmp_path: Path) -> None:
    """Each error of the helper takes the place of {error} in the caller's words; types get the prefix."""
    kept = _kept(
        tmp_path,
        """
        [helper.client]
        lookups = [
          { get = "single", type = "event.v1", error = "no events: {error}" },
          { get = "by_type", type = "service.v1", id = "tasks", absent = "no tasks" },
        ]
        [plugin."grpc.v1.cri"]
        source = "cri.go"
        lookups = [{ call = "client", error = "no client: {error}" }]
        """,
    )
    first, second = spell_out(kept, None, (), (), "not found")["io.grpc.v1.cri"]
    assert first == {
        "get": "single",
        "type": "io.event.v1",
        "error": "no client: no events: {error}",
        "evidence": ["source: cri.go"],
    }
    assert second["absent"] == "no client: no tasks"
    assert second["error"] == "no client: {error}"
    assert second["members"] == "fatal"


def test_an_experiment_is_evidence_if_its_error_has_the_words_of_the_lookup(tmp_path: Path) -> None:
    """One that disables the provider and one that only looks like it are told apart."""
    kept = _kept(
        tmp_path,
        '[plugin."gc.v1.scheduler"]\nsource = "gc.go"\nlookups = [{ get = "first", type = "metadata.v1" }]',
    )
    told = {"io.gc.v1.scheduler": "no plugins registered for io.metadata.v1: not found"}
    boots = (
        Experiment("sweep: -io.metadata.v1.bolt", frozenset({"io.metadata.v1.bolt"}), told),
        Experiment("sweep: -io.content.v1.content", frozenset({"io.content.v1.content"}), told),
        Experiment("two", frozenset({"io.metadata.v1.bolt", "io.event.v1.exchange"}), told),
        Experiment("two more", frozenset({"io.opt.v1.opt", "io.event.v1.exchange"}), {}),
    )
    (lookup,) = spell_out(kept, None, (), boots, "not found")["io.gc.v1.scheduler"]
    assert lookup["evidence"] == [
        "source: gc.go",
        "sweep: -io.metadata.v1.bolt",
        "1 of 2 boots with several plugins disabled",
    ]


def test_lookups_are_taken_over_for_the_same_plugins_alone(tmp_path: Path) -> None:
    """And with the helpers of the release that takes them over."""
    theirs = _kept(
        tmp_path,
        """
        [helper.client]
        lookups = [{ get = "single", type = "transfer.v1" }]
        [plugin."a.v1.same"]
        source = "a.go"
        lookups = [{ call = "client" }]
        [plugin."a.v1.changed"]
        source = "b.go"
        lookups = [{ get = "single", type = "event.v1" }]
        """,
    )
    ours = _kept(
        tmp_path, 'plugin = {}\n[helper.client]\nlookups = [{ get = "single", type = "lease.v1" }]\n'
    )
    found = spell_out(ours, theirs, ["io.a.v1.same"], (), "not found")
    assert found.keys() == {"io.a.v1.same"}
    assert found["io.a.v1.same"][0]["type"] == "io.lease.v1"
    assert found["io.a.v1.same"][0]["evidence"][-1] == "taken from 9.9: same type, id and requires"


@pytest.mark.parametrize(
    ("lookup", "complaint"),
    [
        ('{ call = "nobody" }', "no helper 'nobody'"),
        ('{ get = "single", type = "a.v1", wrap = false }', "unknown key wrap"),
    ],
)
def test_a_slip_of_the_hand_is_refused(tmp_path: Path, lookup: str, complaint: str) -> None:
    """A helper that is not there, a key that does not exist."""
    kept = _kept(tmp_path, f'[plugin."a.v1.b"]\nsource = "a.go"\nlookups = [{lookup}]')
    with pytest.raises(CatalogError, match=complaint):
        spell_out(kept, None, (), (), "not found")


def test_a_registration_that_nothing_describes_is_refused(tmp_path: Path) -> None:
    """Nothing is guessed of a plugin that is registered but not listed."""
    with pytest.raises(CatalogError, match=r"io\.a\.v1\.b is registered"):
        _kept(tmp_path, "plugin = {}").requires_of("io.a.v1.b")


def test_the_start_order_follows_requires_in_registration_order() -> None:
    """Depth first, the required types as they are listed, everything for a star."""
    plugins = [
        _plugin("grpc.v1.introspection", "*"),
        _plugin("gc.v1.scheduler", "metadata.v1"),
        _plugin("metadata.v1.bolt", "snapshotter.v1"),
        _plugin("snapshotter.v1.native"),
    ]
    assert make_catalogs.start_order(plugins, classic=False) == [
        "snapshotter.v1.native",
        "metadata.v1.bolt",
        "gc.v1.scheduler",
        "grpc.v1.introspection",
    ]


def test_in_the_classic_era_a_plugin_of_the_same_id_is_not_pulled_forward() -> None:
    """containerd 1.0 to 1.2 compare ids where they mean the plugin itself."""
    plugins = [_plugin("grpc.v1.content", "content.v1"), _plugin("content.v1.content")]
    assert make_catalogs.start_order(plugins, classic=True) == ["grpc.v1.content", "content.v1.content"]
    assert make_catalogs.start_order(plugins, classic=False) == ["content.v1.content", "grpc.v1.content"]


def test_the_check_names_what_is_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written with --check."""
    monkeypatch.setattr(make_catalogs, "TARGET", tmp_path)
    assert make_catalogs.main([]) == 0
    assert make_catalogs.main(["--check"]) == 0
    (tmp_path / "containerd-1.6.20.json").write_text("{}", "utf-8")
    assert make_catalogs.main(["--check"]) == 1
    assert "containerd-1.6.20.json" in capsys.readouterr().err
    assert (tmp_path / "containerd-1.6.20.json").read_text("utf-8") == "{}"

"""What a run teaches: the lookups and outcomes of plugins that declare none."""

from __future__ import annotations

from pathlib import Path

from tests.boot.sample import catalog, outcomes, predicted
from tests.worker.sample import target, write

from plugscope.boot import Catalog, Outcome, learn, make_plan, predict
from plugscope.boot.run import Run, Worker
from plugscope.sources.python import load_catalog

SOURCE = """
@plugin("a.v1", "x")
def x(ic):
    ic.meta.exports["port"] = "80"

@plugin("b.v1", "y", requires=["a.v1"])
def y(ic):
    try:
        ic.get_single("absent.v1")
    except PluginNotFoundError:
        pass
    return ic.get_single("a.v1")

@plugin("c.v1", "z", requires=["b.v1"])
def z(ic):
    ic.get_by_id("b.v1", "other")

@plugin("d.v1", "own")
def own(ic):
    raise SkipPlugin("not today")
"""


def learnt(folder: Path) -> Catalog:
    with Worker() as worker:
        found = load_catalog(worker, target(write(folder, SOURCE)), "plugins.py")
        run = Run(make_plan(found), worker)
        for _ in run.steps():
            pass
        return learn(found, run.recording())


def test_a_run_teaches_lookups_and_what_their_failure_does(tmp_path: Path) -> None:
    """Tolerated if it failed and the plugin went on, fatal if the plugin failed with it, else not known."""
    it = learnt(tmp_path)
    assert all(entry.lookups is not None for entry in it.entries)
    seen = {
        entry.uri: [(str(lookup), str(lookup.on_error)) for lookup in entry.lookups or ()]
        for entry in it.entries
    }
    assert seen == {
        "a.v1.x": [],
        "b.v1.y": [("single absent.v1", "tolerate"), ("single a.v1", "unknown")],
        "c.v1.z": [("by_id b.v1.other", "fatal")],
        "d.v1.own": [],
    }
    assert {lookup.evidence for entry in it.entries for lookup in entry.lookups or ()} == {("seen in a run",)}


def test_what_was_learnt_predicts_the_run_itself_for_sure(tmp_path: Path) -> None:
    """And says "may" of what depends on a lookup that was only seen to succeed."""
    it = learnt(tmp_path)
    assert outcomes(predict(make_plan(it))) == {
        "a.v1.x": "ok",
        "b.v1.y": "ok",
        "c.v1.z": "error",
        "d.v1.own": "skip",
    }
    assert outcomes(predict(make_plan(it, ["a.v1.x"])))["b.v1.y"] == "error may"
    meta = predict(make_plan(it)).by_uri["a.v1.x"].meta
    assert meta is not None
    assert meta.exports == {"port": "80"}


def test_a_victim_s_failure_is_not_taken_for_its_own(tmp_path: Path) -> None:
    """Once its provider is there it may come up."""
    it = catalog("a.x = ok\n b.y")
    run = predicted("a.x:\n b.y: single a", ["a.x"])
    taught = learn(it, run)
    assert taught.entries[1].init is None
    assert outcomes(predict(make_plan(taught)))["b.y"] == "ok"
    assert outcomes(predict(make_plan(taught, ["a.x"])))["b.y"] == "error"


def test_what_is_declared_is_kept() -> None:
    """A run adds to what is not known, and changes nothing that is."""
    it = catalog("a.x: = ok\n b.y: single a ?")
    taught = learn(it, predicted("a.x: = error disk\n b.y: single a"))
    assert taught.entries == it.entries
    assert it.entries[0].init is not None
    assert it.entries[0].init.outcome is Outcome.OK


def test_what_was_not_reached_teaches_nothing() -> None:
    """Its lookups stay unknown."""
    run = predicted("a.x: = error disk\n b.y:", required=["a.x"])
    assert learn(catalog("a.x\n b.y"), run).entries[1].lookups is None

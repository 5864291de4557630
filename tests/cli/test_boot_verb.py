"""``predict``, ``replay`` and ``explain``: JSON keys, exit codes, words."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import Command, write_shop, write_store

BOLT = "io.containerd.metadata.v1.bolt"


def test_predict_tells_each_plugin_in_init_order(plugscope: Command, tmp_path: Path) -> None:
    """Outcome, error, cause and certainty; the disabled last; exit 1 because plugins would fail."""
    result = plugscope("predict", write_store(tmp_path), "--disable", "content.v1.disk", "--json")
    assert result.code == 1
    rows = result.json["plugins"]
    assert all({"uri", "outcome", "error", "cause", "certainty"} <= row.keys() for row in rows)
    assert [(row["uri"], row["outcome"], row["cause"], row["certainty"]) for row in rows] == [
        ("metadata.v1.bolt", "error", "content.v1.disk", "will"),
        ("gc.v1.scheduler", "error", "content.v1.disk", "will"),
        ("snapshotter.v1.zfs", "skip", None, "will"),
        ("content.v1.disk", "disabled", None, "will"),
    ]
    assert rows[0]["error"] == "no plugins registered for content.v1: plugin: not found"
    assert {"ok", "error"} <= result.json["boot"].keys()
    assert result.json["boot"]["ok"] is True


def test_predict_reads_well(plugscope: Command, tmp_path: Path) -> None:
    """Outcome first, then who, then why."""
    result = plugscope("predict", write_store(tmp_path), "--disable", "content.v1.disk")
    assert result.lines == [
        "error        metadata.v1.bolt: no plugins registered for content.v1: plugin: not found"
        "  [because of content.v1.disk]",
        "error        gc.v1.scheduler: no plugins registered for content.v1: plugin: not found"
        "  [because of content.v1.disk]",
        "skip         snapshotter.v1.zfs: no zfs here: skip plugin",
        "disabled     content.v1.disk",
    ]
    assert plugscope("predict", write_store(tmp_path)).code == 0


def test_predict_tells_an_abort(plugscope: Command, tmp_path: Path) -> None:
    """A required plugin that is missing: the boot is not ok, and that is a finding."""
    path = tmp_path / "m.toml"
    path.write_text('plugscope = 1\nrequired = ["a.x"]\n', "utf-8")
    result = plugscope("predict", str(path), "--json")
    assert result.code == 1
    assert result.json["boot"]["ok"] is False
    assert result.json["boot"]["error"] == "required plugin [a.x] not included"
    assert "the boot would abort: required plugin [a.x] not included" in plugscope("predict", str(path)).out


STEP_KEYS = {"index", "uri", "outcome", "error", "meta", "root", "state", "lookups", "output", "duration_ms"}


def test_replay_of_a_manifest_is_predicted(plugscope: Command, tmp_path: Path) -> None:
    """Steps with all keys, Meta as declared."""
    result = plugscope("replay", write_store(tmp_path), "--json")
    assert result.code == 0
    assert result.json["kind"] == "predicted"
    steps = result.json["steps"]
    assert all(step.keys() >= STEP_KEYS for step in steps)
    assert [step["index"] for step in steps] == [0, 1, 2, 3]
    assert steps[0]["meta"] == {
        "platforms": ["linux/amd64"],
        "exports": {"root": "/srv"},
        "capabilities": ["fast"],
    }
    assert steps[0]["duration_ms"] == 1.5
    assert steps[1]["lookups"][0]["found"] == ["content.v1.disk"]
    assert result.json["boot"] == {"ok": True, "error": None, "stage": None, "uri": None}


def test_replay_of_python_is_run(plugscope: Command, tmp_path: Path) -> None:
    """Output, traceback, error; exit 1 because one failed."""
    result = plugscope("replay", write_shop(tmp_path), "--trust", "--json")
    assert result.code == 1
    assert result.json["kind"] == "run"
    store, http = result.json["steps"]
    assert (store["outcome"], store["output"]) == ("ok", "opening the store")
    assert store["meta"]["exports"] == {"file": "shop.db"}
    assert (http["outcome"], http["error"]) == ("error", "port in use")
    assert "RuntimeError: port in use" in http["traceback"]


def test_replay_reads_as_a_story(plugscope: Command, tmp_path: Path) -> None:
    """A sentence a step, with what was printed and exported below it."""
    result = plugscope("replay", write_shop(tmp_path), "--trust")
    assert result.lines == [
        "Step 1: store.main starts.",
        "    | opening the store",
        "    exports file = shop.db",
        "Step 2: api.http fails. Its error: port in use.",
    ]


def test_replay_gives_a_plugin_its_time(plugscope: Command, tmp_path: Path) -> None:
    """--timeout, in seconds; the boot ends there."""
    path = tmp_path / "slow.py"
    path.write_text(
        "import time\nfrom plugscope.plugin import plugin\nplugin('a.v1', 'x')(lambda ic: time.sleep(60))\n",
        "utf-8",
    )
    result = plugscope("replay", str(path), "--trust", "--timeout", "0.3", "--json")
    assert result.code == 1
    assert result.json["boot"]["ok"] is False
    assert result.json["steps"][0]["error"] == "did not end within 0.3 s"


def test_explain_names_causes_and_victims(plugscope: Command) -> None:
    """The keys of the contract; the disabled plugin is the one cause."""
    result = plugscope("explain", "catalog:containerd-2.3", "--disable", BOLT, "--json")
    assert result.code == 1
    told = result.json
    assert {"boot", "root_causes", "skipped", "disabled", "unfinished"} <= told.keys()
    by_uri = {cause["uri"]: cause for cause in told["root_causes"]}
    assert all({"uri", "reason", "error", "victims"} <= cause.keys() for cause in told["root_causes"])
    assert by_uri[BOLT]["reason"] == "disabled"
    assert "io.containerd.gc.v1.scheduler" in by_uri[BOLT]["victims"]
    assert told["disabled"] == [BOLT]
    assert told["unfinished"] is None
    assert all(
        cause["reason"]
        in ("disabled", "not-registered", "config", "own-error", "skipped-provider", "aborted")
        for cause in told["root_causes"]
    )


def test_explain_with_nothing_to_explain(plugscope: Command, tmp_path: Path) -> None:
    """Exit 0, and says so; skips are expected."""
    result = plugscope("explain", write_store(tmp_path))
    assert (result.code, result.lines) == (0, ["nothing failed", "3 ok, 1 skip"])


def test_explain_a_plugin(plugscope: Command, tmp_path: Path) -> None:
    """Why it stands where it stands, and why it came out as it did."""
    result = plugscope("explain", write_store(tmp_path), "metadata.v1.bolt", "--disable", "content.v1.disk")
    assert result.code == 0
    assert result.lines == [
        "metadata.bolt starts as number 1, pulled forward: gc.scheduler requires metadata, "
        "so all of that type start before it.",
        "Step 1: metadata.bolt fails. It came now because gc.scheduler requires its type. "
        "It asked for the single content plugin and got an error: "
        "no plugins registered for content.v1: plugin: not found. content.disk is disabled.",
        "  it asked for the single content plugin and got an error: "
        "no plugins registered for content.v1: plugin: not found",
    ]
    told = plugscope("explain", write_store(tmp_path), "content.v1.disk", "--json").json
    assert told["trail"] == [
        {"uri": "metadata.v1.bolt", "via": "content.v1"},
        {"uri": "gc.v1.scheduler", "via": "metadata.v1"},
    ]
    assert told["step"]["outcome"] == "ok"


def test_explain_an_unknown_plugin_helps(plugscope: Command, tmp_path: Path) -> None:
    """With the URI that was meant."""
    result = plugscope("explain", write_store(tmp_path), "bolt")
    assert (result.code, result.out) == (2, "")
    assert result.err == "error: bolt: no plugin has that URI; did you mean metadata.v1.bolt?\n"


def test_predict_can_learn_from_a_run(plugscope: Command, tmp_path: Path) -> None:
    """--record runs the plugins once; then what they look up is known."""
    source = write_shop(tmp_path)
    vague = plugscope("predict", source, "--trust", "--json").json["plugins"]
    assert {row["certainty"] for row in vague} == {"unknown"}
    sure = plugscope("predict", source, "--trust", "--record", "--json").json["plugins"]
    assert [(row["uri"], row["outcome"], row["certainty"]) for row in sure] == [
        ("store.v1.main", "ok", "will"),
        ("api.v1.http", "error", "will"),
    ]

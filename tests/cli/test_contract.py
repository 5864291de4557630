"""What other programs rely on, verb by verb: JSON keys, exit codes, what goes to which stream."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.cli.command import Command, write_shop, write_store

from plugscope import __version__
from plugscope.cli.main import VERBS
from plugscope.sources.manifest import read_manifest
from plugscope.sources.shipped import open_catalog

BOLT = "io.containerd.metadata.v1.bolt"


# order


def test_order_prints_a_uri_a_line(plugscope: Command, tmp_path: Path) -> None:
    """In the order they start; nothing on standard error."""
    result = plugscope("order", write_store(tmp_path))
    assert (result.code, result.err) == (0, "")
    assert result.lines == ["content.v1.disk", "metadata.v1.bolt", "gc.v1.scheduler", "snapshotter.v1.zfs"]


def test_order_tells_programs_who_pulled_whom(plugscope: Command, tmp_path: Path) -> None:
    """The keys of the contract, with nulls where nobody pulled."""
    result = plugscope("order", write_store(tmp_path), "--json", "--disable", "gc.v1.scheduler")
    assert result.code == 0
    assert {"semantics", "order", "disabled", "diagnostics"} <= result.json.keys()
    assert result.json["semantics"] == "v2"
    assert result.json["disabled"] == ["gc.v1.scheduler"]
    assert result.json["order"][:2] == [
        {
            "uri": "content.v1.disk",
            "type": "content.v1",
            "id": "disk",
            "requires": [],
            "pulled_in_by": "metadata.v1.bolt",
            "via": "content.v1",
        },
        {
            "uri": "metadata.v1.bolt",
            "type": "metadata.v1",
            "id": "bolt",
            "requires": ["content.v1"],
            "pulled_in_by": None,
            "via": None,
        },
    ]


def test_order_says_what_disabling_does_not_do(plugscope: Command, tmp_path: Path) -> None:
    """A warning on standard error and among the diagnostics; the order is there all the same."""
    result = plugscope("order", write_store(tmp_path), "--disable", "bolt", "--json")
    assert result.code == 0
    assert result.err == (
        "warning: disabling 'bolt' has no effect: no plugin has that URI; did you mean metadata.v1.bolt?\n"
    )
    (diagnostic,) = result.json["diagnostics"]
    assert diagnostic["code"] == "disabled-unknown"


def test_order_without_an_order_is_a_finding(plugscope: Command, tmp_path: Path) -> None:
    """A ring: exit 1, no lines, the ring on standard error; in JSON an empty order and the error."""
    path = tmp_path / "ring.json"
    plugins = [{"type": "a", "id": "x", "requires": ["b"]}, {"type": "b", "id": "y", "requires": ["a"]}]
    path.write_text(json.dumps({"plugscope": 1, "plugin": plugins}), "utf-8")
    result = plugscope("order", str(path))
    assert (result.code, result.out) == (1, "")
    assert "error: circular plugin dependency at a.x: plugin: dependency loop detected" in result.err
    told = plugscope("order", str(path), "--json").json
    assert told["order"] == []
    assert told["error"].startswith("circular plugin dependency at a.x")
    assert told["diagnostics"][0]["code"] == "cycle"


def test_another_era_can_be_chosen(plugscope: Command, tmp_path: Path) -> None:
    """An id disables under classic rules, and nothing else."""
    result = plugscope("order", write_store(tmp_path), "--semantics", "classic", "--disable", "bolt")
    assert result.lines == ["gc.v1.scheduler", "content.v1.disk", "snapshotter.v1.zfs"]


# predict


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


# replay

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


# explain


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


# check


def test_check_prints_a_problem_a_line(plugscope: Command, tmp_path: Path) -> None:
    """Severity, plugin, sentence and code; exit 1 on an error."""
    path = tmp_path / "m.toml"
    path.write_text(
        'plugscope = 1\nrequired = ["a.y"]\n[[plugin]]\ntype = "a"\nid = "x"\nrequires = ["b"]\nsource = "a.go:7"\n',
        "utf-8",
    )
    result = plugscope("check", str(path))
    assert result.code == 1
    assert result.lines == [
        "error: a.y: required plugin a.y is not registered: the boot aborts with "
        "'required plugin [a.y] not included' [required-missing]",
        "a.go:7: info: a.x: requires type b, which no plugin has; that only matters if it looks one up "
        "[type-without-plugin]",
    ]
    rows = plugscope("check", str(path), "--json").json["diagnostics"]
    assert all({"code", "severity", "uri", "place", "message"} == row.keys() for row in rows)
    assert [(row["code"], row["severity"], row["uri"], row["place"]) for row in rows] == [
        ("required-missing", "error", "a.y", None),
        ("type-without-plugin", "info", "a.x", "a.go:7"),
    ]


def test_check_of_a_sound_source(plugscope: Command, tmp_path: Path) -> None:
    """Exit 0, and says so."""
    result = plugscope("check", write_store(tmp_path))
    assert (result.code, result.out) == (0, "no problems found\n")


def test_check_speaks_sarif(plugscope: Command, tmp_path: Path) -> None:
    """A log with rules, results and places, for code scanners."""
    path = tmp_path / "m.toml"
    path.write_text(
        'plugscope = 1\n[[plugin]]\ntype = "a"\nid = "x"\nrequires = ["b"]\nsource = "a.go:7"\n', "utf-8"
    )
    log = plugscope("check", str(path), "--sarif").json
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    (result,) = run["results"]
    assert (
        run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "type-without-plugin"
    )
    assert result["level"] == "note"
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("a.go", 7)


# diff


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


# convert and render


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


# what holds for all


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

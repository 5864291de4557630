"""``order`` and ``check``: JSON keys, exit codes, words."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command import Command, write_store


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
    location = result["locations"][0]["physicalLocation"]
    assert (location["artifactLocation"]["uri"], location["region"]["startLine"]) == ("a.go", 7)

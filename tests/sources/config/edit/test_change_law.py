"""Laws of changing the list of disabled plugins, in files of any layout."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.toml.test_position_law import documents

from plugscope.boot import make_plan
from plugscope.sources.config.edit import (
    ChangeRefused,
    Naming,
    change_disabled,
    listed_in,
    naming_of,
    propose,
    release_of,
    snippet,
    written,
)
from plugscope.sources.release import Release
from plugscope.sources.shipped import open_catalog

URIS = tuple(
    f"io.containerd.{kind}.v1.{id_}"
    for kind, id_ in (("grpc", "cri"), ("gc", "scheduler"), ("content", "content"), ("snapshotter", "zfs"))
)
uris = st.sampled_from(URIS)
quotes = st.sampled_from(['"', "'"])


@st.composite
def lists(draw: st.DrawFn) -> str:
    """The setting, laid out in one of the ways in which people lay it out."""
    names = draw(st.lists(uris, max_size=4))
    quoted = [f"{quote}{name}{quote}" for name in names for quote in [draw(quotes)]]
    comment = st.sampled_from(["", " # why", " # a, b ]"])
    if draw(st.booleans()):
        gap, trailing = draw(st.sampled_from(["", " "])), draw(st.sampled_from(["", ","])) if names else ""
        return f"disabled_plugins = [{gap}{', '.join(quoted)}{trailing}{gap}]{draw(comment)}"
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    text = f"disabled_plugins = [{draw(comment)}{ending}"
    for number, name in enumerate(quoted):
        last = number == len(quoted) - 1
        comma = draw(st.sampled_from(["", ","])) if last else ","
        text += f"{draw(st.sampled_from(['', '  ', chr(9)]))}{name}{comma}{draw(comment)}{ending}"
    return text + draw(st.sampled_from(["", f"  # the end{ending}"])) + "]"


@st.composite
def files(draw: st.DrawFn) -> str:
    """A document with the list, or without, in front of everything else it has."""
    rest = draw(documents())
    head = draw(st.sampled_from(["", "version = 2\n", "version = 2 # x\r\n", "\n# a node\n"]))
    listed = (
        f"{draw(lists())}{draw(st.sampled_from([chr(10), chr(13) + chr(10)]))}" if draw(st.booleans()) else ""
    )
    text = draw(st.sampled_from(["", "\ufeff"])) + head + listed + rest
    try:
        tomllib.loads(text.removeprefix("\ufeff"))
    except ValueError:
        return head + listed
    return text


def parsed(text: str) -> dict[str, object]:
    """The values of a file, in one line for comparing."""
    return tomllib.loads(text.removeprefix("\ufeff"))


def listed(text: str) -> list[str]:
    """The list that a file has."""
    found = parsed(text).get("disabled_plugins", [])
    assert isinstance(found, list)
    return found


def others(text: str) -> str:
    """Everything but the list."""
    return repr({key: value for key, value in parsed(text).items() if key != "disabled_plugins"})


changes = st.lists(uris, max_size=3)


@settings(max_examples=200)
@given(files(), changes, changes)
def test_the_list_is_what_was_asked_for_and_all_else_stays(
    text: str, disable: list[str], enable: list[str]
) -> None:
    """What is enabled is out, what is disabled is in once, what was there before keeps its order."""
    after = change_disabled(text, disable, enable)
    before, now = listed(text), listed(after)
    kept = [name for name in before if name not in enable]
    assert now[: len(kept)] == kept
    assert now[len(kept) :] == [n for n in dict.fromkeys(disable) if n not in enable and n not in kept]
    assert others(after) == others(text)
    assert after.startswith("\ufeff") == text.startswith("\ufeff")


@settings(max_examples=100)
@given(files(), changes, changes)
def test_a_change_made_twice_is_made_once(text: str, disable: list[str], enable: list[str]) -> None:
    """The second time there is nothing to do, and not a byte is touched."""
    once = change_disabled(text, disable, enable)
    assert change_disabled(once, disable, enable) == once
    assert change_disabled(text) == text


@settings(max_examples=100)
@given(files(), uris)
def test_disabling_and_enabling_again_leaves_the_list_as_it_was(text: str, uri: str) -> None:
    """Whatever layout it comes back in, the names are the same."""
    if uri in listed(text):
        return
    back = change_disabled(change_disabled(text, [uri]), (), [uri])
    assert listed(back) == listed(text)
    assert others(back) == others(text)


@settings(max_examples=100)
@given(files(), changes)
def test_lines_that_hold_no_name_stay_byte_for_byte(text: str, disable: list[str]) -> None:
    """Comments above all: they say why."""
    after = change_disabled(text, disable)
    kept = [
        line for line in text.removeprefix("\ufeff").splitlines(keepends=True) if "io.containerd" not in line
    ]
    lines = iter(after.removeprefix("\ufeff").splitlines(keepends=True))
    for line in kept:
        # The brackets of an empty list may come to stand on one line.
        if "disabled_plugins" in line or not line.endswith("\n") or line.strip() in ("", "]"):
            continue
        assert any(line == other for other in lines), line


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4])
def test_a_snippet_is_the_setting(number: int) -> None:
    """On one line up to two names, on lines of their own from three on."""
    text = snippet(URIS[:number])
    assert listed(text) == list(URIS[:number])
    assert text.count("\n") == (1 if number < 3 else number + 2)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])), max_size=4))
def test_any_name_can_be_written(names: list[str]) -> None:
    """A catalog of one's own may have plugins with quotes, controls or line ends in them."""
    assert listed(snippet(names)) == names
    assert listed(change_disabled("version = 2\n", names)) == list(dict.fromkeys(names))


@pytest.mark.parametrize(
    ("release", "version", "naming"),
    [
        ("1.2.14", 0, Naming.ID),
        ("1.2.14", 2, Naming.ID),
        ("1.6.20", 0, Naming.ID),
        ("1.6.20", 1, Naming.ID),
        ("1.6.20", 2, Naming.URI),
        ("2.1.9", 0, Naming.MIGRATED),
        ("2.1.9", 1, Naming.MIGRATED),
        ("2.1.9", 3, Naming.URI),
    ],
)
def test_a_file_names_plugins_as_its_release_reads_them(release: str, version: int, naming: Naming) -> None:
    """And a name is written so."""
    assert naming_of(Release(release), version) is naming
    assert written(URIS[0], naming) == ("cri" if naming is Naming.ID else URIS[0])


@pytest.mark.parametrize(
    ("naming", "name"),
    [(Naming.ID, "cri"), (Naming.MIGRATED, "cri"), (Naming.MIGRATED, URIS[0]), (Naming.URI, URIS[0])],
)
def test_what_is_there_under_its_other_name_is_there(naming: Naming, name: str) -> None:
    """Disabling it again changes nothing; enabling it takes it out."""
    text = f'disabled_plugins = ["{name}"]\n'
    assert change_disabled(text, [URIS[0]], naming=naming) == text
    assert listed(change_disabled(text, (), [URIS[0]], naming)) == []


@pytest.mark.parametrize(
    "text",
    [
        "disabled_plugins = 3\n",
        'disabled_plugins = "cri"\n',
        "disabled_plugins = [1]\n",
        "x = \n",
        "[a" * 900,
    ],
)
def test_what_cannot_be_changed_is_refused(text: str) -> None:
    """Before a byte is written."""
    with pytest.raises(ChangeRefused):
        change_disabled(text, [URIS[0]])


@settings(max_examples=20)
@given(st.sampled_from(["1.2.14", "1.6.20", "2.1.9", "2.3.4"]), st.data())
def test_a_proposal_disables_what_it_was_asked_to(release: str, data: st.DataObject) -> None:
    """As a setting by itself, in the terms of the release; and what else an id takes out it says."""
    catalog = open_catalog(f"containerd-{release}")
    every = [entry.uri for entry in catalog.entries]
    disable = data.draw(st.lists(st.sampled_from(every), max_size=2, unique=True))
    proposal = propose(catalog, disable)
    assert not proposal.changes and proposal.diff == ""
    assert release_of(catalog).minor == Release(release).minor
    assert list(proposal.names) == list(dict.fromkeys(written(uri, proposal.naming) for uri in disable))
    found = make_plan(catalog, proposal.names).disabled_uris
    if proposal.naming is Naming.URI:
        assert set(found) == set(disable)
    else:
        assert len(found) == len(proposal.names)
        assert bool(proposal.warnings) == any(
            other.rpartition(".")[2] == uri.rpartition(".")[2]
            for uri in disable
            for other in every
            if other != uri
        )


def test_a_proposal_for_a_file_says_what_it_becomes(tmp_path: Path) -> None:
    """The whole list afterwards, the difference, and the setting as it will stand there."""
    file = tmp_path / "config.toml"
    file.write_text(f'version = 2\ndisabled_plugins = ["{URIS[3]}"]\n', "utf-8")
    catalog = open_catalog("containerd-1.6.20")
    proposal = propose(catalog, [URIS[0]], file=file)
    assert proposal.changes and listed(proposal.after) == [URIS[3], URIS[0]]
    assert f'-disabled_plugins = ["{URIS[3]}"]' in proposal.diff
    assert proposal.setting == snippet([URIS[3], URIS[0]])
    assert listed_in(file) == [URIS[3]]
    assert file.read_text("utf-8") == proposal.before
    newer = propose(open_catalog("containerd-1.6.20"), file=_version(tmp_path, 3))
    assert "another release reads it" in newer.warnings[0]


def _version(folder: Path, version: int) -> Path:
    path = folder / f"v{version}.toml"
    path.write_text(f"version = {version}\n", "utf-8")
    return path


@pytest.mark.parametrize("text", ["", "x = ", "disabled_plugins = 3", "disabled_plugins = [1, 2]"])
def test_a_file_without_a_list_of_names_lists_nothing(text: str, tmp_path: Path) -> None:
    """It is only looked at."""
    file = tmp_path / "config.toml"
    file.write_text(text, "utf-8")
    assert listed_in(file) == []

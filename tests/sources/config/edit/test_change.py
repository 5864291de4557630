"""Changing the list of disabled plugins changes nothing else."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.config.edit import ChangeRefused, Naming, change_disabled, naming_of, snippet, written
from plugscope.sources.release import Release

CRI = "io.containerd.grpc.v1.cri"
ZFS = "io.containerd.snapshotter.v1.zfs"
BTRFS = "io.containerd.snapshotter.v1.btrfs"


def listed(text: str) -> list[str]:
    found = tomllib.loads(text.removeprefix("\ufeff")).get("disabled_plugins", [])
    assert isinstance(found, list)
    return found


def test_a_file_without_the_list_gets_it_behind_its_version() -> None:
    """At the top level, where alone it counts, and not inside the last table."""
    text = "# my node\nversion = 2 # never change\n\n[grpc]\n  uid = 5\n"
    assert change_disabled(text, [CRI]) == (
        f'# my node\nversion = 2 # never change\ndisabled_plugins = ["{CRI}"]\n\n[grpc]\n  uid = 5\n'
    )


def test_a_file_of_tables_alone_gets_it_at_its_beginning() -> None:
    """Below a header it would belong to that table."""
    text = "# sockets\n[grpc]\n  uid = 5\n"
    assert change_disabled(text, [CRI]) == f'disabled_plugins = ["{CRI}"]\n\n{text}'


def test_an_empty_file_becomes_a_file_with_the_list() -> None:
    """Nothing to keep."""
    assert change_disabled("", [CRI]) == f'disabled_plugins = ["{CRI}"]\n'


def test_a_line_without_an_end_is_ended_first() -> None:
    """The new line stands on a line of its own."""
    assert listed(change_disabled("version = 2", [CRI])) == [CRI]


def test_more_are_added_on_the_same_line_where_the_list_has_one() -> None:
    """The comma and the comment behind stay what they are."""
    text = f'disabled_plugins = ["{ZFS}"] # no zfs here\n'
    assert change_disabled(text, [CRI]) == f'disabled_plugins = ["{ZFS}", "{CRI}"] # no zfs here\n'


def test_more_are_added_on_lines_of_their_own_where_the_list_has_those() -> None:
    """Indented like the last one, with a comma behind if that one has it."""
    text = f'disabled_plugins = [\n    "{ZFS}", # no zfs here\n    # the end\n]\n'
    assert change_disabled(text, [CRI, BTRFS]) == (
        f'disabled_plugins = [\n    "{ZFS}", # no zfs here\n    "{CRI}",\n    "{BTRFS}",\n    # the end\n]\n'
    )


def test_a_last_line_without_a_comma_gets_one() -> None:
    """Before its comment, not behind."""
    text = f'disabled_plugins = [\n\t"{ZFS}" # no zfs here\n]\n'
    assert change_disabled(text, [CRI]) == (f'disabled_plugins = [\n\t"{ZFS}", # no zfs here\n\t"{CRI}"\n]\n')


def test_what_is_enabled_goes_with_its_line_and_leaves_its_comment() -> None:
    """A comment says why; whoever wrote it may take it away."""
    text = f'disabled_plugins = [\n  "{ZFS}",\n  "{CRI}", # docker\n]\nversion = 2\n'
    assert (
        change_disabled(text, enable=[ZFS]) == f'disabled_plugins = [\n  "{CRI}", # docker\n]\nversion = 2\n'
    )
    assert "# docker" in change_disabled(text, enable=[CRI])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'["{CRI}"]', "[]"),
        (f'["{CRI}", "{ZFS}"]', f'["{ZFS}"]'),
        (f'["{ZFS}", "{CRI}"]', f'["{ZFS}"]'),
        (f'["{ZFS}", "{CRI}", ]', f'["{ZFS}", ]'),
        (f"['{CRI}','{ZFS}']", f"['{ZFS}']"),
    ],
)
def test_what_is_enabled_goes_with_its_comma(before: str, after: str) -> None:
    """What is left is a list as people write it."""
    assert change_disabled(f"disabled_plugins = {before}\n", enable=[CRI]) == f"disabled_plugins = {after}\n"


def test_one_goes_and_another_comes_at_once() -> None:
    """Also where the one that goes was the only one."""
    assert listed(change_disabled(f'disabled_plugins = ["{ZFS}"]\n', [CRI], [ZFS])) == [CRI]
    both = f'disabled_plugins = [\n  "{ZFS}",\n  "{BTRFS}",\n]\n'
    assert listed(change_disabled(both, [CRI], [ZFS])) == [BTRFS, CRI]


def test_what_is_so_already_is_not_touched() -> None:
    """Not even the layout."""
    text = f'disabled_plugins=[ "{CRI}" ,]'
    assert change_disabled(text, [CRI], [ZFS]) == text


def test_a_version_1_file_of_1_x_names_ids() -> None:
    """A URI would not match there."""
    naming = naming_of(Release("1.6.20"), 0)
    assert naming is Naming.ID
    assert (
        change_disabled('disabled_plugins = ["cri"]\n', [ZFS], naming=naming)
        == 'disabled_plugins = ["cri", "zfs"]\n'
    )
    assert listed(change_disabled('disabled_plugins = ["cri", "zfs"]\n', enable=[CRI], naming=naming)) == [
        "zfs"
    ]


def test_a_version_1_file_read_by_2_x_may_name_either() -> None:
    """An id is taken out that migrates to the URI; what is added is the URI, which is never ambiguous."""
    naming = naming_of(Release("2.1.9"), 1)
    assert naming is Naming.MIGRATED
    text = 'disabled_plugins = ["cri", "zfs"]\n'
    assert listed(change_disabled(text, [BTRFS], [CRI], naming)) == ["zfs", BTRFS]
    assert change_disabled(text, [CRI], naming=naming) == text


@pytest.mark.parametrize(
    "text", ["disabled_plugins = 3\n", "disabled_plugins = [1]\n", "version = \n", "[[["]
)
def test_a_file_that_cannot_be_understood_is_not_changed(text: str) -> None:
    """It says why instead."""
    with pytest.raises(ChangeRefused):
        change_disabled(text, [CRI])


def test_a_snippet_is_a_line_that_means_the_names() -> None:
    """Many names stand on lines of their own."""
    for names in ([], [CRI], [CRI, ZFS, BTRFS]):
        assert listed(snippet(names)) == names
    assert written(CRI, Naming.ID) == "cri"


names = st.sampled_from([CRI, ZFS, BTRFS, "cri", "a.b", 'qu"ote', "ünïcode", "back\\slash"])
blanks = st.sampled_from(["", " ", "\n", "\n  ", ' # a comment, with "signs" ]\n', "\t"])


@st.composite
def lists(draw: st.DrawFn) -> str:
    """A list of names in any layout that TOML allows."""
    parts = ["["]
    items = draw(st.lists(names, max_size=4))
    for number, item in enumerate(items):
        quoted = (
            f"'{item}'" if draw(st.booleans()) else '"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"'
        )
        parts += [draw(blanks), quoted, draw(blanks)]
        if number < len(items) - 1 or draw(st.booleans()):
            parts.append(",")
    return "".join([*parts, draw(blanks), "]"])


@st.composite
def files(draw: st.DrawFn) -> str:
    """A configuration with the list somewhere among other things, or without it."""
    before = draw(
        st.sampled_from(["", "version = 2\n", "# first\nroot = '/r' # why\n\n", "\ufeff", 'a.b = "]"\n'])
    )
    middle = (
        f"disabled_plugins = {draw(lists())}{draw(st.sampled_from(['', ' ', ' # end']))}\n"
        if draw(st.booleans())
        else ""
    )
    after = draw(
        st.sampled_from(
            [
                "",
                "state = '/s'\n",
                "[grpc]\nuid = 1\n",
                "\n\n# last",
                '[plugins."x.y"]\ndisabled_plugins = ["z"]\n',
            ]
        )
    )
    text = before + middle + after
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


@given(files(), st.lists(names, max_size=3, unique=True), st.lists(names, max_size=3, unique=True))
def test_every_other_byte_stays(text: str, disable: list[str], enable: list[str]) -> None:
    """Taking the list's own names and punctuation away from before and after leaves the same text."""
    changed = change_disabled(text, disable, enable)
    before, after = tomllib.loads(text.removeprefix("\ufeff")), tomllib.loads(changed.removeprefix("\ufeff"))
    known = before.pop("disabled_plugins", [])
    found = after.pop("disabled_plugins", [])
    assert before == after
    kept = [name for name in known if name not in enable]
    assert found == [*kept, *(name for name in disable if name not in enable and name not in kept)]
    for line in text.splitlines():
        comment = line.partition("#")[2]
        assert comment in changed
    if found == known:
        assert changed == text
    elif "disabled_plugins = [" not in text.partition("[plugins")[0]:
        assert all(
            line in changed
            for line in text.removeprefix("\ufeff").splitlines(keepends=True)
            if line.endswith("\n")
        )


@given(files(), st.lists(names, max_size=3, unique=True))
def test_there_and_back_is_the_same_list(text: str, disable: list[str]) -> None:
    """Enabling what was disabled gives the list that was there."""
    known = listed(text)
    new = [name for name in disable if name not in known]
    assert listed(change_disabled(change_disabled(text, new), enable=new)) == known


def test_what_nests_too_deeply_is_not_changed() -> None:
    """One sentence says so, and none that is the parser's."""
    with pytest.raises(ChangeRefused, match=r"^nested too deeply to be followed$"):
        change_disabled("a = " + "[" * 5_000, [ZFS], [], Naming.URI)

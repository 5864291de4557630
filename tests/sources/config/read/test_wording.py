"""What a daemon says to a file that is no TOML: held against what real ones said to 445 files."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.config.refused import DAEMONS, LIBRARIES, ROWS

from plugscope.boot import DiagnosticCode
from plugscope.sources.config.gotoml import v1_error, v2_error
from plugscope.sources.config.read.abort import ConfigAborted
from plugscope.sources.config.read.document import parse_document
from plugscope.sources.config.read.loading import load
from plugscope.sources.config.read.wording import OTHER_WORDS
from plugscope.sources.error import SourceError
from plugscope.sources.release import Release

_OF_TOML = re.compile(
    r"c\.toml: |failed to load TOML: c\.toml: |failed to unmarshal TOML.*toml: |panic: ", re.S
)
# How many of the files have a message whose words are said to be no daemon's: dates, and numbers as rare.
UNPROVEN = {"1.6.20": 6, "1.7.24": 6, "2.1.9": 7}


def foretold(toml: str, release: str) -> tuple[str, str]:
    """The message of the end of the boot, "" if the file is taken; and what is said of another build."""
    try:
        loaded = load(Path("c.toml"), Release(release), "c.toml", None, toml.encode())
    except SourceError:
        return "", ""
    notes = [each.message for each in loaded.diagnostics if each.code is DiagnosticCode.CONFIG_BUILD]
    return loaded.abort.message if loaded.abort else "", "".join(notes)


def verdict(told: str, real: str) -> str:
    """How what was foretold stands to what a daemon said."""
    if told == real or not (real or _OF_TOML.match(told)):
        return "right"
    return "said to be other words" if OTHER_WORDS in told else "wrong"


@pytest.mark.parametrize("release", DAEMONS)
def test_the_words_of_a_daemon_are_foretold(release: str) -> None:
    """Letter by letter, or with the word that they are not its own."""
    found = {row["toml"]: verdict(foretold(row["toml"], release)[0], row[release]) for row in ROWS}
    assert [toml for toml, how in found.items() if how == "wrong"] == []
    assert Counter(found.values())["said to be other words"] <= UNPROVEN[release]


@pytest.mark.parametrize("minor", LIBRARIES)
def test_the_words_of_containerds_own_builds_are_foretold(minor: int) -> None:
    """Their libraries are older than Debian's, and word nearly everything differently."""
    unproven = 0
    for row in ROWS:
        error = v2_error(row["toml"].encode(), minor, lambda _path: True)
        told = ""
        if error is not None:
            where = f" at row {error.line} column {error.column}" if error.placed else ""
            told = f"failed to unmarshal TOML{where}: toml: {error.words}"
        if error is None or error.sure:
            assert told == row[LIBRARIES[minor]], row["toml"]
        else:
            unproven += 1
    assert unproven < 0.1 * len(ROWS)


@pytest.mark.parametrize("release", DAEMONS)
def test_other_words_have_the_right_line(release: str) -> None:
    """Where they are not the daemon's own, what is said of the place still is."""
    for row in ROWS:
        told, _ = foretold(row["toml"], release)
        if OTHER_WORDS in told and row[release].startswith("failed"):
            assert line_in(told) == line_in(row[release]), row["toml"]


def line_in(message: str) -> str:
    found = re.search(r"at row (\d+)|: \((\d+), \d+\)", message)
    assert found, message
    return found[1] or found[2]


OLDER = "failed to unmarshal TOML at row 2 column 10: toml: incomplete number"
NEWER = "failed to unmarshal TOML at row 2 column 10: toml: unexpected character U+000A at start of value"


@pytest.mark.parametrize(
    ("release", "message", "note"),
    [
        ("1.7.34", "failed to load TOML: c.toml: (3, 1): expecting a value", ""),
        ("2.0.11", OLDER, f"built with go-toml 2.4 and not 2.2, this release says: {NEWER}"),
        ("2.1.9", NEWER, f"built with go-toml 2.2 and not 2.4, this release says: {OLDER}"),
        ("2.3.4", OLDER, f"built with go-toml 2.4 and not 2.3, this release says: {NEWER}"),
        ("1.4.13", f"c.toml: line 2, column 10: invalid value ({OTHER_WORDS})", ""),
        ("1.2.14", f"c.toml: line 2, column 10: invalid value ({OTHER_WORDS})", ""),
    ],
)
def test_a_missing_value_is_no_unterminated_array(release: str, message: str, note: str) -> None:
    """What each release says to it, and what builds say that have another library; 1.4 and older have one whose
    words are not known here."""
    assert foretold("[grpc]\naddress =\n", release) == (message, note)


def test_what_another_build_takes_is_told() -> None:
    """A table in braces over several lines is TOML 1.1, which Debian's builds read."""
    message, note = foretold("x = {\na = 1 }\n", "2.2.0")
    assert (
        message == "failed to unmarshal TOML at row 1 column 6: toml: invalid character at start of key: \n"
    )
    assert note == "built with go-toml 2.4 and not 2.2, this release takes the file"


def test_what_only_the_daemon_takes_is_not_said_to_end_it() -> None:
    """Go-toml 1 lets a text in single quotes go over lines. What it makes of such a file is not known: that is said."""
    text = b"version = 2\nroot = '/a\n/b'\n"
    with pytest.raises(SourceError, match=r"containerd 1\.7\.24 takes this"):
        parse_document(text, "c.toml", Release("1.7.24"), lambda _table: None)
    with pytest.raises(ConfigAborted, match="literal strings cannot have new lines"):
        parse_document(text, "c.toml", Release("2.1.9"), lambda _table: None)


def test_a_value_of_the_wrong_type_before_the_fault_comes_first() -> None:
    """Go-toml 2 decodes as it reads; go-toml 1 reads all first."""
    text = 'oom_score = "x"\n[grpc\n'
    assert "cannot decode TOML string" in foretold(text, "2.1.9")[0]
    assert foretold(text, "1.7.24")[0].startswith("failed to load TOML: c.toml: (2, 2): unexpected token")


@pytest.mark.parametrize("release", ["1.3.10", "1.7.24", "2.1.9"])
def test_a_number_beyond_64_bits_is_refused(release: str) -> None:
    """By every library, also by the one that is not read here."""
    assert foretold("oom_score = 9223372036854775807\n", release) == ("", "")
    assert foretold("oom_score = 18446744073709551616\n", release)[0]


@pytest.mark.parametrize("release", ["1.7.24", "2.1.9"])
def test_a_long_file_is_read_in_time_that_grows_with_it(release: str) -> None:
    """20,000 headers, some hundred times what anybody has."""
    text = "".join(f"[a.t{number}]\nx = 1\n" for number in range(20_000))
    began = time.monotonic()
    parse_document(text.encode(), "c.toml", Release(release), lambda _table: None)
    assert time.monotonic() - began < 12


_PIECES = [
    *(
        "a",
        "b",
        "=",
        ".",
        ",",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        "\\u00",
        "1",
        "0x",
    ),
    *(
        "-",
        "_",
        "e",
        "inf",
        "true",
        "1979-05-27",
        "T07:32:00",
        "Z",
        ":",
        "#",
        " ",
        "\t",
        "\n",
        "\r",
        "é",
        "\x01",
    ),
]
_texts = st.lists(st.sampled_from(_PIECES), max_size=20).map("".join)


@given(_texts)
def test_any_text_is_read_to_an_end(text: str) -> None:
    """By every library, and what it refuses stands within the text."""
    refusals = [v1_error(text, patch) for patch in (4, 5)]
    refusals += [v2_error(text.encode(), minor, lambda _path: True) for minor in (2, 3, 4)]
    for error in refusals:
        if error is not None:
            assert error.words
            assert 1 <= error.line <= text.count("\n") + 1
            assert error.column >= 1


@given(_texts, st.sampled_from([2, 3, 4]))
def test_what_was_decoded_before_a_fault_is_taken_by_itself(text: str, minor: int) -> None:
    """It is made of whole statements."""
    data = text.encode()
    error = v2_error(data, minor, lambda _path: True)
    if error is not None:
        assert v2_error(data[: error.done], minor, lambda _path: True) is None

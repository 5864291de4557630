"""What plugins print, told apart step by step however the pipe cuts it up."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.boot.run.output import OutputCollector
from plugscope.worker import MARKER

TOKEN = "0123456789abcdef"
MARK = f"\n{MARKER} {TOKEN} "

# What can look like the beginning of a mark, and what cannot.
pieces = st.lists(
    st.sampled_from(["\n", MARKER, f"{MARKER} {TOKEN}", MARK[:5], "line", "é", "\x1e", "\n\n"]), max_size=5
).map("".join)


def marked(texts: list[str]) -> bytes:
    return "".join(f"{text}{MARK}{index}\n" for index, text in enumerate(texts)).encode()


@given(st.lists(pieces, min_size=1, max_size=5), st.lists(st.integers(1, 9), min_size=1))
def test_each_step_s_output_is_its_own(texts: list[str], sizes: list[int]) -> None:
    """In chunks of any size, with marks and half marks cut anywhere."""
    texts = [text for text in texts if MARK not in f"{text}{MARK}"[: len(text) + len(MARK) - 1]]
    data = marked(texts) + b"the rest"
    output = OutputCollector(TOKEN)
    location = turn = 0
    while location < len(data):
        size = sizes[turn % len(sizes)]
        output.feed(data[location : location + size])
        location, turn = location + size, turn + 1
    output.finish()
    assert [output.of_mark(index) for index in range(len(texts))] == [text.strip("\n") for text in texts]
    assert output.rest() == "the rest"


@given(st.binary(max_size=60))
def test_any_bytes_are_text_in_the_end(data: bytes) -> None:
    """What is no UTF-8 is shown as what it is not."""
    output = OutputCollector(TOKEN)
    output.feed(data)
    assert isinstance(output.rest(), str)


def test_what_lies_between_is_counted() -> None:
    """The first and the last 32 KiB are kept."""
    output = OutputCollector(TOKEN)
    for _ in range(100):
        output.feed(b"x" * 10_000)
    text = output.rest()
    assert "… 934464 bytes of output left out …" in text
    assert text.count("x") == 2 * 32_768


def test_the_interpreter_s_last_words_are_told_from_output() -> None:
    """A hang and a crash are written into the same pipe."""
    output = OutputCollector(TOKEN)
    output.feed(
        b'hello\nFatal Python error: Segmentation fault\n\nCurrent thread 0x1:\n  File "a.py", line 3 in x\n'
    )
    traceback, printed = output.split_traceback()
    assert printed == "hello"
    assert traceback.startswith("Fatal Python error: Segmentation fault")
    assert traceback.endswith('File "a.py", line 3 in x')
    quiet = OutputCollector(TOKEN)
    quiet.feed(b"only output\n")
    assert quiet.split_traceback() == ("", "only output")


@pytest.mark.skipif(os.name != "posix", reason="C's library by its POSIX name")
def test_what_c_still_holds_is_sent_on_before_the_mark() -> None:
    """Where C buffers what it prints to a pipe, as it does in the frozen program."""
    program = (
        "import ctypes, os; from plugscope.worker.printed import Printed; printed = Printed(os.dup(1), 't'); "
        "ctypes.CDLL(None).printf(b'held'); printed.mark(0); os._exit(0)"
    )
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=variables, check=True)
    assert done.stdout == f"held\n{MARKER} t 0\n".encode()

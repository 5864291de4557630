"""Listings of boots that the model predicts, printed as ctr prints them and read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.log.written import Boot, boots

from plugscope.boot import Outcome, diagnose
from plugscope.plugin import Meta
from plugscope.sources import SourceError
from plugscope.sources.listing import looks_like_listing, read_listing

listed = boots().filter(lambda boot: not any("introspection" in uri for uri in boot.disabled))
"""Boots whose daemon answers: without the plugin that does there is no listing."""

SHOWN = {Outcome.OK: "ok", Outcome.SKIP: "skip", Outcome.ERROR: "error"}


def table(boot: Boot) -> str:
    """``ctr plugins ls``."""
    rows = [("TYPE", "ID", "PLATFORMS", "STATUS")]
    for step in boot.predicted.steps:
        registration = step.entry.registration
        platforms = ",".join(map(str, (step.meta or Meta()).platforms)) or "-"
        rows.append((str(registration.type), registration.id, platforms, SHOWN[step.outcome]))
    widths = [max(len(row[column]) for row in rows) + 4 for column in range(4)]
    return "".join(
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + "\n" for row in rows
    )


def _details(boot: Boot) -> Iterator[str]:
    for step in boot.predicted.steps:
        registration, meta = step.entry.registration, step.meta or Meta()
        yield f"Type:             {registration.type}"
        yield f"ID:               {registration.id}"
        if registration.requires:
            yield "Requires:         "
            yield from (f"                  {name}" for name in registration.requires)
        if meta.platforms:
            yield f"Platforms:        {','.join(map(str, meta.platforms))}"
        if meta.exports:
            yield "Exports:          "
            yield from (f"                  {key}      {value}" for key, value in meta.exports.items())
        if meta.capabilities:
            yield f"Capabilities:     {','.join(meta.capabilities)}"
        if step.outcome is not Outcome.OK:
            yield "Error:            "
            yield "                  Code:        Unknown"
            yield f"                  Message:     {step.error}"
        yield "                  "


def details(boot: Boot) -> str:
    """``ctr plugins ls -d``."""
    return "\n".join(_details(boot)) + "\n"


@settings(max_examples=25)
@given(listed)
def test_a_table_is_read_back(boot: Boot) -> None:
    """Which plugins there were and what came of each; what is not listed is disabled."""
    text = table(boot)
    assert looks_like_listing(text.encode())
    recording = read_listing(text.encode(), "ls")
    told = {step.uri: step.outcome for step in recording.steps}
    assert told == {step.uri: step.outcome for step in boot.predicted.steps}
    assert set(recording.plan.disabled_uris) == set(boot.predicted.plan.disabled_uris)


@settings(max_examples=25)
@given(listed)
def test_details_are_read_back_with_words_and_meta(boot: Boot) -> None:
    """Errors, exports and platforms; and the causes are those that made them."""
    text = details(boot)
    assert looks_like_listing(text.encode())
    recording = read_listing(text.encode(), "ls -d")
    for step in boot.predicted.steps:
        found = recording.by_uri[step.uri]
        assert (found.outcome, found.error) == (step.outcome, step.error)
        if step.outcome is Outcome.OK and step.meta is not None:
            assert found.meta is not None
            assert found.meta.exports == step.meta.exports
            assert list(map(str, found.meta.platforms)) == list(map(str, step.meta.platforms))
    wanted = {cause.uri for cause in diagnose(boot.predicted).root_causes}
    assert {cause.uri for cause in diagnose(recording).root_causes} == wanted


PASTES: dict[str, Callable[[str], str]] = {
    "a quotation": lambda text: "".join(f"> {line}\n" for line in text.splitlines()),
    "a fence": lambda text: f"```\n{text}```\n",
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "colours": lambda text: f"\x1b[1m{text}\x1b[0m",
    "a warning between": lambda text: text.replace("\n", "\nWARN[0000] DEPRECATION: something\n", 1),
    "trailing blanks": lambda text: text.replace("\n", "   \n"),
}


@settings(max_examples=20)
@given(listed, st.sampled_from(sorted(PASTES)), st.booleans())
def test_a_pasted_listing_tells_the_same(boot: Boot, paste: str, in_detail: bool) -> None:
    """Whatever stands around its lines."""
    text = details(boot) if in_detail else table(boot)
    one, other = (read_listing(data.encode(), "x") for data in (text, PASTES[paste](text)))
    assert {s.uri: (s.outcome, s.error) for s in one.steps} == {
        s.uri: (s.outcome, s.error) for s in other.steps
    }
    assert one.plan.disabled_uris == other.plan.disabled_uris


@settings(max_examples=15)
@given(listed, st.data())
def test_a_part_of_a_table_disables_nobody(boot: Boot, data: st.DataObject) -> None:
    """What grep leaves out is not told of; a warning says that it is a part."""
    lines = [line for line in table(boot).splitlines() if "introspection" not in line]
    kept = data.draw(st.lists(st.sampled_from(lines[1:]), min_size=1, max_size=12, unique=True))
    text = "\n".join([lines[0], *kept]) + "\n"
    recording = read_listing(text.encode(), "ls")
    assert recording.plan.disabled_uris == []
    assert "listing-part" in {diagnostic.code for diagnostic in recording.plan.catalog.diagnostics}
    assert {step.uri for step in recording.steps} >= {".".join(line.split()[:2]) for line in kept}


@pytest.mark.parametrize("text", ["", "TYPE ID PLATFORMS STATUS\n", "nothing at all\n"])
def test_a_listing_without_a_plugin_is_refused(text: str) -> None:
    """ctr prints a header alone when the daemon refuses to answer."""
    with pytest.raises(SourceError, match="without a plugin"):
        read_listing(text.encode(), "ls")


@given(st.binary(max_size=120))
def test_any_bytes_are_a_listing_or_refused(data: bytes) -> None:
    """It never ends otherwise."""
    try:
        assert read_listing(data, "ls").steps is not None
    except SourceError as error:
        assert error.diagnostics

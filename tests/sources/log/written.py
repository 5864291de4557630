"""Logs of boots that never were, in the daemon's words: written from a predicted recording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from hypothesis import strategies as st

from plugscope.boot import Catalog, Outcome, Recording, make_plan, predict
from plugscope.sources.shipped import open_catalog

BEGINS = 462_857_543
"""Nanoseconds of the first line within its second; each line comes a tenth of a millisecond later."""


def stamp(number: int, day: int = 24) -> str:
    """The time of a line."""
    nanoseconds = BEGINS + number * 100_000
    return f"2026-11-{day:02}T03:13:{6 + nanoseconds // 10**9:02}.{nanoseconds % 10**9:09}Z"


def go_quoted(text: str) -> str:
    """A text as Go's %q writes it."""
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\a": "\\a", "\b": "\\b"}
    shown = (
        escapes.get(sign) or (sign if sign.isprintable() or ord(sign) > 127 else f"\\x{ord(sign):02x}")
        for sign in text
    )
    return f'"{"".join(shown)}"'


def text_line(fields: Mapping[str, str]) -> str:
    """A line as logrus's text formatter writes it: what is not plain stands in quotes."""
    plain = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/@^+")
    return " ".join(
        f"{key}={value if set(value) <= plain else go_quoted(value)}" for key, value in fields.items()
    )


def fields_of_boot(recording: Recording, release: str) -> Iterator[dict[str, str]]:
    """The fields of each line of a boot, without their time."""
    yield {"level": "info", "msg": "starting containerd", "revision": "", "version": f"v{release}"}
    is_v2 = release.startswith("2.")
    for step in recording.steps:
        if step.outcome is Outcome.NOT_REACHED:
            return
        type_ = str(step.entry.registration.type)
        named = {"id": step.uri, "type": type_} if is_v2 else {"type": type_}
        words = "loading plugin" if is_v2 else f'loading plugin "{step.uri}"...'
        yield {"level": "info", "msg": words, **named}
        if step.outcome is Outcome.SKIP:
            yield {"level": "info", "msg": f"skip {words}", "error": step.error, **named}
        if step.outcome is Outcome.ERROR:
            words = "failed to load plugin" if is_v2 else f"failed to load plugin {step.uri}"
            yield {"level": "warning", "msg": words, "error": step.error, **(named if is_v2 else {})}
    if recording.boot.ok:
        yield {"level": "info", "msg": "containerd successfully booted in 0.123456s"}


def lines_of_boot(recording: Recording, release: str, day: int = 24) -> Sequence[str]:
    """The log of a boot, line by line; an abort stands behind it, past the log."""
    lines = [
        text_line({"time": stamp(number, day), **fields})
        for number, fields in enumerate(fields_of_boot(recording, release))
    ]
    return lines if recording.boot.ok else [*lines, f"containerd: {recording.boot.error}"]


RELEASES = ("1.6.20", "1.7.34", "2.0.11", "2.1.9")


@cache
def catalog(release: str) -> Catalog:
    """The shipped catalog of a release."""
    return open_catalog(f"containerd-{release}")


@dataclass(frozen=True)
class Boot:
    """The boot of a release with some plugins disabled."""

    release: str
    disabled: tuple[str, ...]

    @cached_property
    def predicted(self) -> Recording:
        """What comes of it."""
        return predict(make_plan(catalog(self.release), self.disabled))

    def lines(self, day: int = 24) -> Sequence[str]:
        """What the daemon would log."""
        return lines_of_boot(self.predicted, self.release, day)


@st.composite
def boots(draw: st.DrawFn) -> Boot:
    """A release, with up to three plugins disabled."""
    release = draw(st.sampled_from(RELEASES))
    uris = st.sampled_from([entry.uri for entry in catalog(release).entries])
    return Boot(release, tuple(draw(st.lists(uris, max_size=3))))

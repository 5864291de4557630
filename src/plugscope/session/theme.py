"""Light, dark and high contrast: colours as data, and what each outcome looks like."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from PySide6.QtGui import QColor

from plugscope.installation import resource
from plugscope.plugin import short_type

from .colour import free_hues, hue_of_name, oklch, spread_hues
from .look import Look

THEME_NAMES = ("light", "dark", "high-contrast")
_MOST_APART = 24
"""So many hues can still be told from their neighbours."""

_KEYS = {
    Look.UNKNOWN: "unknown",
    Look.OK: "ok",
    Look.SKIP: "skip",
    Look.ERROR: "error",
    Look.VICTIM: "victim",
    Look.DISABLED: "disabled",
    Look.NOT_REACHED: "not-reached",
    Look.ABSENT: "absent",
    Look.MAY: "may",
    Look.PENDING: "pending",
}


class OutcomeLook(Struct, frozen=True):
    """An outcome as shape, colour and word, never colour alone.

    ``colour`` fills the mark; ``ink`` is the same hue with the contrast that a text needs.
    """

    look: Look
    shape: str
    word: str
    colour: QColor
    ink: QColor


class Theme(Struct, frozen=True, dict=True):
    """The colours of the window. ``canvas``, ``surface`` and ``panel`` are what texts stand on."""

    name: str
    dark: bool
    canvas: QColor
    surface: QColor
    panel: QColor
    line: QColor
    line2: QColor
    text: QColor
    text2: QColor
    text3: QColor
    accent: QColor
    accent_soft: QColor
    edge: QColor
    up: QColor
    down: QColor
    outcomes: Mapping[Look, OutcomeLook]
    families: Mapping[str, tuple[str, ...]]
    _types: Mapping[str, QColor]
    _unknown: tuple[float, float, tuple[float, ...]]
    _cache: dict[str, QColor] = field(default_factory=dict)

    def outcome(self, look: Look) -> OutcomeLook:
        """How an outcome is shown."""
        return self.outcomes[look]

    def type_colour(self, name: str) -> QColor:
        """The colour of a type. A type that no family knows gets a hue from its name, the same every day."""
        found = self._cache.get(name)
        if found is None:
            found = self._cache[name] = self._find_type_colour(name)
        return found

    def telling_apart(self, names: Collection[str]) -> Theme:
        """This theme for a graph of these types: those that no family knows keep out of each other's hues.

        One has the hue of its name unless another of them, whose name comes first, has it or one near it. Where there
        are too many to be told apart, all have those of their names.
        """
        if len(names) > len(self._types) + _MOST_APART:
            return self
        unknown = sorted({name for name in names if self._family_colour(name) is None})
        if not 1 < len(unknown) <= _MOST_APART:
            return self
        lightness, chroma, free = self._unknown
        hues = spread_hues(unknown, free)
        return replace(self, _cache={name: oklch(lightness, chroma, hue) for name, hue in hues.items()})

    def _find_type_colour(self, name: str) -> QColor:
        lightness, chroma, free = self._unknown
        return self._family_colour(name) or oklch(lightness, chroma, hue_of_name(name, free))

    def _family_colour(self, name: str) -> QColor | None:
        short = short_type(name)
        return self._types.get(short) or self._types.get(_without_version(short))

    def family(self, name: str) -> str:
        """The family of a type: api, service, storage, runtime, signals, internal, or "" for an unknown one."""
        short = short_type(name)
        for family, members in self.families.items():
            if short in members or _without_version(short) in members:
                return family
        return ""


def _without_version(name: str) -> str:
    head, dot, tail = name.rpartition(".")
    return head if dot and tail[:1] == "v" and tail[1:].isdigit() else name


@cache
def load_theme(name: str) -> Theme:
    """The theme of that name (``THEME_NAMES``)."""
    data: dict[str, Any] = json.loads(resource("themes", f"{name}.json").read_text("utf-8"))
    outcomes = {
        look: OutcomeLook(
            look,
            data["outcomes"][key]["shape"],
            data["outcomes"][key]["word"],
            QColor(data["outcomes"][key]["colour"]),
            QColor(data["outcomes"][key]["ink"]),
        )
        for look, key in _KEYS.items()
    }
    unknown = data["unknown_types"]
    roles = {role: QColor(colour) for role, colour in data["ui"].items()}
    return Theme(
        name=data["name"],
        dark=data["dark"],
        canvas=roles["canvas"],
        surface=roles["surface"],
        panel=roles["panel"],
        line=roles["line"],
        line2=roles["line2"],
        text=roles["text"],
        text2=roles["text2"],
        text3=roles["text3"],
        accent=roles["accent"],
        accent_soft=roles["accent_soft"],
        edge=roles["edge"],
        up=roles["up"],
        down=roles["down"],
        outcomes=outcomes,
        families={family: tuple(members) for family, members in data["families"].items()},
        _types={key: QColor(colour) for key, colour in data["types"].items()},
        _unknown=(unknown["lightness"], unknown["chroma"], tuple(free_hues(unknown["taken"]))),
    )

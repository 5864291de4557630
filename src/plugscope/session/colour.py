"""A little colour arithmetic: what the theme computes at run time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from PySide6.QtGui import QColor


@lru_cache(maxsize=1024)
def oklch(lightness: float, chroma: float, hue: float) -> QColor:
    """The sRGB colour of an OKLCH triple (hue in degrees); chroma is reduced until it can be shown."""
    while True:
        red, green, blue = _linear(lightness, chroma, hue)
        if chroma <= 0 or all(-1e-4 <= channel <= 1.0001 for channel in (red, green, blue)):
            return QColor.fromRgbF(*(_gamma(min(max(c, 0.0), 1.0)) for c in (red, green, blue)))
        chroma -= 0.005


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """OKLab by Björn Ottosson, 2020."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _gamma(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two opaque colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """``share`` of the first over the second, both opaque."""
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * (1 - share),
        one.greenF() * share + other.greenF() * (1 - share),
        one.blueF() * share + other.blueF() * (1 - share),
    )


def free_hues(taken: Iterable[float]) -> list[float]:
    """Hues some degrees away from those in use; all of them if that leaves none."""
    in_use = [hue % 360 for hue in taken]
    every = [float(hue) for hue in range(0, 360, 3)]
    return [hue for hue in every if all(_apart(hue, used) >= 4 for used in in_use)] or every


def hue_of_name(name: str, free: Sequence[float]) -> float:
    """One of the hues for a name, the same on every machine and day.

    FNV-1a, because Python's own hash of a string changes from process to process.
    """
    value = 0x811C9DC5
    for byte in name.encode("utf-8", "surrogatepass"):
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return free[value % len(free)]


def _apart(one: float, other: float) -> float:
    distance = abs(one - other) % 360
    return min(distance, 360 - distance)


def spread_hues(names: Sequence[str], free: Sequence[float]) -> dict[str, float]:
    """A hue for each name: its own where that is far enough from those before it, else the one farthest from them."""
    near = 180 / len(names)
    given: dict[str, float] = {}
    for name in names:
        own = hue_of_name(name, free)
        if all(_apart(own, other) >= near for other in given.values()):
            given[name] = own
        else:
            given[name] = max(free, key=lambda hue: min(_apart(hue, other) for other in given.values()))
    return given

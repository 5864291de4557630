"""Colour arithmetic."""

import pytest
from PySide6.QtGui import QColor

from plugscope.session import contrast, mixed
from plugscope.session.colour import free_hues, hue_of_name, oklch


@pytest.mark.parametrize(
    ("triple", "hexadecimal"),
    [((1.0, 0.0, 0.0), "#ffffff"), ((0.0, 0.0, 0.0), "#000000"), ((0.5, 0.0, 0.0), "#636363")],
)
def test_oklch_gives_the_known_colours(triple: tuple[float, float, float], hexadecimal: str) -> None:
    """White, black, and the grey that is half as light to the eye."""
    assert oklch(*triple).name() == hexadecimal


def test_a_colour_that_no_screen_shows_loses_chroma_and_keeps_its_lightness() -> None:
    """Texts on it stay as readable as they were reckoned."""
    assert contrast(oklch(0.6, 0.4, 150), oklch(0.6, 0.0, 150)) < 1.2


def test_contrast_is_that_of_wcag() -> None:
    """21 to 1 at the most, and the well-known grey that just fails."""
    white, black = QColor("#ffffff"), QColor("#000000")
    assert contrast(white, black) == contrast(black, white) == pytest.approx(21)
    assert contrast(white, QColor("#777777")) == pytest.approx(4.48, abs=0.01)


def test_mixing_goes_from_one_to_the_other() -> None:
    """The share is the first one's."""
    one, other = QColor("#204060"), QColor("#a0c0e0")
    assert mixed(one, other, 1).name() == one.name()
    assert mixed(one, other, 0).name() == other.name()


def test_hues_keep_off_those_in_use() -> None:
    """A type of one's own must not look like a known family; any name has a hue, even a broken one."""
    taken = [0, 40, 80]
    free = free_hues(taken)
    for name in ("a", "b", "c", "d", "e", "f", "\udc80"):
        hue = hue_of_name(name, free)
        assert all(min(abs(hue - used), 360 - abs(hue - used)) >= 4 for used in taken)


def test_when_all_hues_are_taken_there_is_still_one() -> None:
    """A picture is drawn whatever the theme."""
    assert 0 <= hue_of_name("a", free_hues(range(360))) < 360

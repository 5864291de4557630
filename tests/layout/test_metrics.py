"""Text widths without a font."""

import pytest

from plugscope.layout import text_width
from plugscope.layout.card import CARD_HEIGHT, card_width


def test_a_longer_text_is_wider() -> None:
    """Width grows with the text and with the size."""
    assert text_width("containerd", 13) > text_width("content", 13) > 0
    assert text_width("content", 26) == pytest.approx(2 * text_width("content", 13))


def test_bold_is_wider() -> None:
    """DejaVu Sans Bold has wider letters."""
    assert text_width("snapshotter", 13, bold=True) > text_width("snapshotter", 13)


@pytest.mark.parametrize("text", ["日本語", "عربي", "a\nb", "\x00", "naïve", "🙂"])
def test_signs_outside_the_table_have_a_width(text: str) -> None:
    """An id may hold anything: nothing raises, nothing is free."""
    assert text_width(text, 10) > 0


def test_wide_signs_are_wider_than_narrow_ones() -> None:
    """Ideographs take twice the room of letters."""
    assert text_width("日", 10) > text_width("é", 10)


def test_a_very_long_id_does_not_make_a_very_wide_card() -> None:
    """It is elided instead."""
    assert card_width(["x" * 500], "type") == card_width(["x" * 600], "type") < 8 * CARD_HEIGHT


def test_a_card_fits_its_id() -> None:
    """With room for the mark and the margins."""
    ids = ["containers-service", "content-service"]
    assert card_width(ids, "service") > text_width(ids[0], 13, bold=True) + 30

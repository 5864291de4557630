"""How large cards are: equal within a type, never too narrow or too wide for what is on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.layout.sample import any_catalog, graph

from plugscope.boot import Catalog
from plugscope.layout import BAND_WIDTH, ID_SIZE, MARK_SIZE, PADDING, TYPE_SIZE, Graph, text_width
from plugscope.layout.card import card_width, hub_width, widths

ids = st.lists(st.text("abcil-W日", max_size=30), max_size=4)


@given(ids, st.text("abi", max_size=10))
def test_a_card_is_between_the_narrowest_and_the_widest(some: list[str], label: str) -> None:
    """In steps of four, so that almost equal types are equal."""
    width = card_width(some, label)
    assert 112 <= width <= 248
    assert width % 4 == 0


@given(st.text("abcil-W", max_size=16), st.text("abi", max_size=10))
def test_what_is_on_a_card_fits_unless_it_is_the_widest(some: str, label: str) -> None:
    """The id beside its mark, the type beside the word of its status."""
    width = card_width([some], label)
    first = BAND_WIDTH + 2 * PADDING + text_width(some, ID_SIZE, bold=True) + MARK_SIZE + PADDING
    second = BAND_WIDTH + 2 * PADDING + text_width(label, TYPE_SIZE) + text_width("disabled", TYPE_SIZE)
    assert width == 248 or width >= max(first, second)


@given(ids, st.text("ab", max_size=10))
def test_the_order_of_ids_of_different_length_does_not_matter(some: list[str], label: str) -> None:
    """The longest decides."""
    by_length = list({len(one): one for one in some}.values())
    assert card_width(by_length, label) == card_width(reversed(by_length), label)


@given(any_catalog)
def test_each_type_has_a_width_of_its_own(catalog: Catalog) -> None:
    """Ghosts count: they have a card as well."""
    drawn = Graph(catalog)
    for type_, width in enumerate(widths(drawn)):
        labels = [
            ghost.label if (ghost := drawn.ghost(node)) else catalog.entries[node].registration.id
            for node in drawn.members[type_]
        ]
        assert width == card_width(labels, drawn.type_label(type_))


@pytest.mark.parametrize(("members", "more"), [(1, 10), (2, 200)])
def test_a_pill_grows_with_its_number(members: int, more: int) -> None:
    """The number of providers is written on it."""
    few, many = (
        graph(tuple(("io.containerd.snapshotter.v1", f"s{n}", ()) for n in range(count)))
        for count in (members, more)
    )
    assert hub_width(few, 0) < hub_width(many, 0)
    assert hub_width(graph((("x", "a", ()),)), 0) == 56

"""What a row of ticks shows where thousands of steps share a few hundred columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugscope.session import Look
from plugscope.window.timeline.tick_bar import most_urgent
from plugscope.window.timeline.tick_look import urgency


@given(st.lists(st.sampled_from(Look), min_size=1, max_size=60), st.integers(1, 40))
def test_a_column_shows_the_most_urgent_of_its_steps(looks: list[Look], width: int) -> None:
    """No failure is lost between two columns; of equals, the first."""
    total = len(looks)
    parts = [looks[n * total // width : (n + 1) * total // width + 1] for n in range(width)]
    assert most_urgent(looks, width) == [max(part, key=urgency) for part in parts]

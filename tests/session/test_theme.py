"""Colours that everyone can tell apart and read."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.layout.sample import catalog
from tests.session.colour_vision import (
    DEUTERANOPIA,
    NORMAL,
    PROTANOPIA,
    TRITANOPIA,
    delta_e,
    lab,
    linear_rgb,
    seen,
)

from plugscope.boot import Outcome, make_plan, predict
from plugscope.session import Flag, Look, Theme, contrast, load_theme, look_of
from plugscope.session.colour import free_hues, spread_hues
from plugscope.session.theme import THEME_NAMES

VISIONS = {"normal": NORMAL, "protanopia": PROTANOPIA, "deuteranopia": DEUTERANOPIA, "tritanopia": TRITANOPIA}


@pytest.fixture(params=THEME_NAMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    """Each theme."""
    return load_theme(request.param)


def test_texts_have_contrast_on_every_surface(theme: Theme) -> None:
    """WCAG AA: 4.5 to 1."""
    for surface in (theme.canvas, theme.surface, theme.panel):
        for ink in (theme.text, theme.text2, theme.text3, theme.accent, theme.up, theme.down):
            assert contrast(ink, surface) >= 4.5
        for outcome in theme.outcomes.values():
            assert contrast(outcome.ink, surface) >= 4.5, outcome.word


def test_the_main_text_has_contrast_on_a_selected_card(theme: Theme) -> None:
    """Selecting a card must not make it harder to read."""
    for ink in (theme.text, theme.text2):
        assert contrast(ink, theme.accent_soft) >= 4.5


def test_high_contrast_has_more() -> None:
    """WCAG AAA: 7 to 1."""
    theme = load_theme("high-contrast")
    for ink in (theme.text, theme.text2, theme.text3, *(outcome.ink for outcome in theme.outcomes.values())):
        assert contrast(ink, theme.canvas) >= 7


def test_marks_stand_out_from_what_they_are_on(theme: Theme) -> None:
    """3 to 1 is what a graphic needs; the one grey of the light theme that has 2.9 is a ring with a word."""
    for outcome in theme.outcomes.values():
        assert contrast(outcome.colour, theme.surface) >= 2.9, outcome.word


@pytest.mark.parametrize("vision", VISIONS)
def test_outcomes_are_told_apart_by_colour_alone(theme: Theme, vision: str) -> None:
    """ΔE2000 of at least 10 between every pair, under each colour-vision deficiency too."""
    colours = {
        look: lab(seen(linear_rgb(outcome.colour.name()), VISIONS[vision]))
        for look, outcome in theme.outcomes.items()
    }
    for one, other in combinations(colours, 2):
        assert delta_e(colours[one], colours[other]) >= 10, (one, other)


def test_outcomes_are_told_apart_without_colour(theme: Theme) -> None:
    """Each look has a shape and a word of its own."""
    assert set(theme.outcomes) == set(Look)
    assert len({outcome.shape for outcome in theme.outcomes.values()}) == len(Look)
    assert len({outcome.word for outcome in theme.outcomes.values()}) == len(Look)


def test_known_types_have_the_colours_of_their_family(theme: Theme) -> None:
    """The version of a type does not change it; a stranger has no family."""
    assert theme.family("io.containerd.snapshotter.v1") == "storage"
    assert theme.family("io.containerd.runtime.v2") == "runtime"
    assert theme.family("io.containerd.monitor.v1") == "runtime"
    assert theme.family("com.example.thing.v1") == ""
    assert theme.type_colour("io.containerd.runtime.v2") == theme.type_colour("io.containerd.runtime.v1")


def test_every_type_in_a_family_has_a_colour(theme: Theme) -> None:
    """Nearly all of their own, in every theme."""
    colours = {
        theme.type_colour(f"io.containerd.{name}.v1").name()
        for members in theme.families.values()
        for name in members
    }
    assert len(colours) >= 29


def test_an_unknown_type_has_the_same_colour_every_day() -> None:
    """Not Python's hash, which changes from one process to the next."""
    assert load_theme("light").type_colour("org.example.db.v1").name() == "#76822d"


def test_unknown_types_differ_from_each_other(theme: Theme) -> None:
    """One pair may be alike: hues are few."""
    names = [f"org.example.{name}.v1" for name in ("db", "http", "queue", "cache", "auth", "mail")]
    assert len({theme.type_colour(name).name() for name in names}) >= 5


@pytest.mark.parametrize("type_", ["", ".", "v1", "a.v1", "日本", "x" * 1000])
def test_any_string_is_a_type_with_a_colour(theme: Theme, type_: str) -> None:
    """A manifest may hold any: none may be painted in no colour."""
    assert theme.type_colour(type_).isValid()


def test_the_reference_values_of_delta_e() -> None:
    """Pairs from the paper's own test data."""
    assert delta_e((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert delta_e((50, -1, 2), (50, 0, 0)) == pytest.approx(2.3669, abs=1e-4)
    assert delta_e((90.8027, -2.0831, 1.441), (91.1528, -1.6435, 0.0447)) == pytest.approx(1.4441, abs=1e-4)


def test_looks_and_flags_share_a_byte() -> None:
    """The canvas keeps one byte a card."""
    assert max(Look) < 16
    assert max(Flag) | max(Look) < 256


def test_the_look_follows_the_recording() -> None:
    """Disabled is the plan's, the rest the step's."""
    some = catalog()
    recording = predict(make_plan(some, ["x.content.v1.content"]))
    assert look_of(recording, 0) is Look.DISABLED
    step = recording.by_position[5]
    for outcome, look in (
        (Outcome.OK, Look.OK),
        (Outcome.SKIP, Look.SKIP),
        (Outcome.ERROR, Look.ERROR),
    ):
        step.outcome = outcome
        step.certainty = type(step.certainty).WILL
        assert look_of(recording, 5) is look


@given(st.sets(st.text("abcxyz.", min_size=1, max_size=8), min_size=2, max_size=24))
def test_types_of_one_graph_are_told_apart(names: set[str]) -> None:
    """Unknown ones keep half of an even share of the circle between them, in whatever order they come."""
    theme = load_theme("light")
    hues = spread_hues(sorted(names), free_hues([]))
    gaps = [abs(a - b) % 360 for a, b in combinations(hues.values(), 2)]
    assert all(min(gap, 360 - gap) >= 360 / len(names) / 2 - 3 for gap in gaps)
    apart = theme.telling_apart(sorted(names))
    assert [apart.type_colour(n) for n in names] == [theme.telling_apart(names).type_colour(n) for n in names]


def test_a_type_alone_has_the_colour_of_its_name() -> None:
    """And so have known ones, and all where there are too many; nothing of the theme itself changes."""
    theme = load_theme("light")
    own = theme.type_colour("x.v1")
    assert theme.telling_apart(["x.v1"]).type_colour("x.v1") == own
    for number in range(40):
        theme.telling_apart([f"t{number}.v1", "x.v1"])
    assert theme.type_colour("x.v1") == own
    content = "io.containerd.content.v1"
    assert theme.telling_apart(["x.v1", "y.v1", content]).type_colour(content) == theme.type_colour(content)
    assert theme.telling_apart([f"t{number}" for number in range(30)]) is theme

"""Which part of the picture is seen."""

import pytest

from plugscope.canvas.view import View
from plugscope.canvas.view.camera import Camera
from plugscope.canvas.view.view import MAX_SCALE, fitting
from plugscope.layout import Rect

BOUNDS = Rect(-100, 50, 2000, 900)


def test_a_point_goes_to_the_widget_and_back() -> None:
    """Clicks are the one way, painting is the other: they must not drift apart."""
    view = View(0.4, 12, -7)
    seen = view.to_widget(Rect(30, 40, 10, 10))
    assert view.to_picture(seen.x, seen.y) == pytest.approx((30, 40))
    assert view.area(seen) == pytest.approx((30, 40, 10, 10))


def test_fit_shows_all_of_it_in_the_middle() -> None:
    """Wherever the picture's own corner is."""
    seen = fitting(BOUNDS, 1000, 700).to_widget(BOUNDS)
    assert seen.x >= 0 and seen.y >= 0 and seen.right <= 1000 and seen.bottom <= 700
    assert seen.middle == pytest.approx((500, 350))


def test_fit_makes_nothing_larger_than_life() -> None:
    """One card does not fill the screen."""
    assert fitting(Rect(0, 0, 10, 10), 1000, 700).scale == 1.0


def test_zoom_keeps_the_point_under_the_cursor() -> None:
    """Or one would lose what one wants to see closer."""
    view = View(0.5, 40, 30)
    before = view.to_picture(200, 100)
    assert view.zoomed(1.7, 200, 100, 0.01).to_picture(200, 100) == pytest.approx(before)


def test_zoom_has_ends() -> None:
    """Beyond them there is nothing to see, or numbers overflow."""
    assert View().zoomed(1e9, 0, 0, 0.1).scale == MAX_SCALE
    assert View().zoomed(1e-9, 0, 0, 0.1).scale == 0.1


def test_the_picture_cannot_be_lost() -> None:
    """Some of it stays in sight however far one pans."""
    for dx, dy in ((1e6, 0), (-1e6, 0), (0, 1e6), (1e6, -1e6)):
        seen = View().panned(dx, dy).kept_near(BOUNDS, 1000, 700).to_widget(BOUNDS)
        assert seen.touches(Rect(40, 40, 920, 620))


def test_half_way_is_between_and_the_end_is_the_end() -> None:
    """A motion that ended almost there would leave blurred texts."""
    one, other = View(0.2, 10, 10), View(1.0, -300, -200)
    assert 0.2 < one.between(other, 0.5, 1000, 700).scale < 1.0
    assert one.between(other, 1.0, 1000, 700) == other


def camera() -> Camera:
    made = Camera()
    made.animated = False
    made.resize(1000, 700)
    made.set_bounds(BOUNDS)
    return made


def test_a_fitted_view_stays_fitted_until_someone_moves_it() -> None:
    """A window that is made larger shows all of it larger; a view of one's own stays."""
    made = camera()
    made.resize(500, 350)
    assert made.view.scale == pytest.approx(fitting(BOUNDS, 500, 350).scale)
    made.pan_by(10, 0)
    scale = made.view.scale
    made.resize(1000, 700)
    assert made.view.scale == scale


def test_ensure_visible_moves_no_more_than_it_must() -> None:
    """What is in sight already moves nothing."""
    made = camera()
    made.zoom_at(8, 500, 350)
    inside = made.view.area(Rect(400, 300, 50, 20))
    before = made.view
    made.ensure_visible(inside)
    assert made.view == before
    made.ensure_visible(Rect(1800, 900, 100, 40))
    seen = made.view.to_widget(Rect(1800, 900, 100, 40))
    assert seen.right <= 1000 and seen.bottom <= 700


def test_a_thing_that_moves_in_the_picture_is_held_on_the_screen() -> None:
    """Another layout puts it elsewhere; the eye stays on it."""
    made = camera()
    made.zoom_at(4, 500, 350)
    old, new = Rect(500, 400, 100, 40), Rect(700, 300, 100, 40)
    before = made.view.to_widget(old)
    made.hold(old, new)
    after = made.view.to_widget(new)
    assert (after.x, after.y) == pytest.approx((before.x, before.y), abs=1)


def test_views_stand_on_whole_pixels() -> None:
    """Or texts would change their shape while one pans."""
    made = camera()
    made.zoom_at(1.37, 333, 222)
    assert made.view.x == int(made.view.x) and made.view.y == int(made.view.y)

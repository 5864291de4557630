"""Twice as many plugins take twice the work, whatever is asked of them: counted in lines run, not in time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from plugscope.boot import Catalog, Entry, Get, Init, Lookup, Outcome, compare, make_plan, predict
from plugscope.plugin import Registration

SIZE = 150
ASKS: dict[str, tuple[Lookup, ...] | None] = {
    "unknown": None,
    "by type": (Lookup(Get.BY_TYPE, "store.v1"),),
    "enough": (Lookup(Get.BY_TYPE, "store.v1", min=10_000),),
    "single": (Lookup(Get.SINGLE, "store.v1"),),
    "by id": (Lookup(Get.BY_ID, "store.v1", "store-1"),),
}


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python the work takes."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def catalog(size: int, lookups: tuple[Lookup, ...] | None, init: Init | None = None) -> Catalog:
    """So many stores, and as many who ask for them."""
    stores = [Entry(Registration("store.v1", f"store-{n}"), (), init) for n in range(size)]
    users = [Entry(Registration("user.v1", f"user-{n}", ("store.v1",)), lookups) for n in range(size)]
    return Catalog([*stores, *users])


@pytest.mark.parametrize("lookups", ASKS.values(), ids=ASKS)
def test_a_toggle_is_linear_in_the_plugins(lookups: tuple[Lookup, ...] | None) -> None:
    """One store disabled, its users' lookups known or not."""

    def toggle(size: int) -> int:
        it = catalog(size, lookups)
        before = predict(make_plan(it))
        return lines_run(lambda: compare(before, predict(make_plan(it, toggled=[1]))))

    assert toggle(2 * SIZE) < 2.3 * toggle(SIZE)


@pytest.mark.parametrize("lookups", ASKS.values(), ids=ASKS)
def test_a_toggled_type_is_predicted_in_linear_work(lookups: tuple[Lookup, ...] | None) -> None:
    """All stores disabled: each user has all of them as its causes, and none looks for them anew."""

    def toggle(size: int) -> int:
        it = catalog(size, lookups)
        return lines_run(lambda: predict(make_plan(it, toggled=range(size))))

    assert toggle(2 * SIZE) < 2.3 * toggle(SIZE)


@pytest.mark.parametrize("lookups", ASKS.values(), ids=ASKS)
def test_thousands_of_skips_are_predicted_in_linear_work(lookups: tuple[Lookup, ...] | None) -> None:
    """Every store skips, so that none is usable."""

    def boot(size: int) -> int:
        it = catalog(size, lookups, Init(Outcome.SKIP, "not here"))
        return lines_run(lambda: predict(make_plan(it)))

    assert boot(2 * SIZE) < 2.3 * boot(SIZE)

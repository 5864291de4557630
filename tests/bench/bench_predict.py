"""How long a toggle takes to compute: re-order, prediction and impact. Painting it comes on top (bench_canvas)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.synthetic import catalog_of
from tests.bench.table import Row, best_ms, show

from plugscope.boot import Catalog, Get, Lookup, compare, diagnose, make_plan, predict
from plugscope.sources.shipped import open_catalog


def with_lookups(catalog: Catalog) -> Catalog:
    """Each plugin looks up every type that it requires."""
    for entry in catalog.entries:
        entry.lookups = tuple(Lookup(Get.BY_TYPE, name) for name in entry.registration.requires)
    return catalog


def rows_of(catalog: Catalog, name: str, passes: int, hold: float, predict_hold: float = 0) -> list[Row]:
    """Prediction alone, and the whole toggle of the plugin that most depend on."""
    plan = make_plan(catalog)
    before = predict(plan)
    wanted = {type_ for entry in catalog.entries for type_ in entry.registration.requires}
    victim = next(p for p, entry in enumerate(catalog.entries) if entry.registration.type in wanted)

    def toggle() -> object:
        after = predict(make_plan(catalog, toggled=[victim]))
        return compare(before, after), diagnose(after)

    return [
        Row(f"predict, {name}", best_ms(lambda: predict(plan), passes), hold=predict_hold),
        Row(f"toggle: order, predict, impact, causes, {name}", best_ms(toggle, passes), hold=hold),
    ]


def main() -> int:
    """Print the table; 1 if a number is over what the design holds it to."""
    rows = rows_of(open_catalog("containerd-2.3"), "containerd 2.3.4", 7, 16.7)
    rows += rows_of(with_lookups(catalog_of(1_000)), "1,000", 7, 16.7)
    rows += rows_of(with_lookups(catalog_of(10_000)), "10,000", 5, 120, 100)
    return 0 if show("Prediction", rows) else 1


if __name__ == "__main__":
    sys.exit(main())

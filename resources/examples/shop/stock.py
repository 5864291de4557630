"""``goods.stock``: how much of everything there is."""

from __future__ import annotations

from collections.abc import Mapping

from plugscope.plugin import Exchange, InitContext

from .store import Store
from .system import GOODS, JOURNAL, SCHEMA, registry
from .web import Answer


class Stock:
    """The levels in the store."""

    def __init__(self, store: Store, events: Exchange) -> None:
        self._store = store
        self._events = events

    def level(self, sku: str) -> int:
        """How many there are; 0 of what is not known."""
        rows = self._store.query("SELECT level FROM stock WHERE sku = ?", sku)
        return int(rows[0][0]) if rows else 0

    def take(self, sku: str, count: int) -> None:
        """Take some away. Raises ``ValueError`` if there are fewer."""
        if self.level(sku) < count:
            raise ValueError(f"there are not {count} of {sku}")
        self._store.query("UPDATE stock SET level = level - ? WHERE sku = ?", count, sku)
        if self.level(sku) == 0:
            self._events.publish("/shop/goods/out", {"sku": sku})

    def routes(self) -> Mapping[str, Answer]:
        """What the web server may answer with it."""
        return {"/stock": lambda: dict(self._store.query("SELECT sku, level FROM stock ORDER BY sku"))}


@registry.plugin(GOODS, "stock", requires=[SCHEMA, JOURNAL])
def stock(ic: InitContext) -> Stock:
    """Count, and tell what has run out."""
    made = Stock(ic.get_single(SCHEMA), ic.events)
    out = [sku for sku, level in made.routes()["/stock"]().items() if level == 0]
    for sku in out:
        ic.events.publish("/shop/goods/out", {"sku": sku})
    print(f"out of stock: {', '.join(out) or 'nothing'}")
    return made

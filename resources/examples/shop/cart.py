"""``cart.shelf``: what customers have put aside and not yet bought."""

from __future__ import annotations

from collections.abc import Mapping

from plugscope.plugin import InitContext

from .store import Store
from .system import CART, GOODS, SCHEMA, registry
from .web import Answer


class Carts:
    """Carts by their name."""

    def __init__(self, store: Store, prices: Mapping[str, int]) -> None:
        self._store = store
        self._prices = prices

    def put(self, cart: str, sku: str, count: int) -> None:
        """Put something into a cart. Raises ``KeyError`` for what the shop does not sell."""
        if sku not in self._prices:
            raise KeyError(sku)
        self._store.query("INSERT INTO cart_line VALUES (?, ?, ?)", cart, sku, count)

    def lines(self, cart: str) -> list[tuple[str, int]]:
        """What is in a cart: (SKU, count) pairs."""
        rows = self._store.query("SELECT sku, count FROM cart_line WHERE cart = ? ORDER BY sku", cart)
        return [(sku, count) for sku, count in rows]

    def total_cents(self, cart: str) -> int:
        """What it costs."""
        return sum(self._prices[sku] * count for sku, count in self.lines(cart))

    def routes(self) -> Mapping[str, Answer]:
        """What the web server may answer with it."""
        return {
            "/carts": lambda: [row[0] for row in self._store.query("SELECT DISTINCT cart FROM cart_line")]
        }


@registry.plugin(CART, "shelf", requires=[SCHEMA, GOODS])
def shelf(ic: InitContext) -> Carts:
    """The carts, with the prices of the catalogue. Only the catalogue is wanted of the goods: a lookup by id."""
    catalogue = ic.get_by_id(GOODS, "catalogue")
    prices = {product.sku: product.price_cents for product in catalogue.products()}
    return Carts(ic.get_single(SCHEMA), prices)

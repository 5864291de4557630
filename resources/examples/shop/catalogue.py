"""``goods.catalogue``: what the shop sells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plugscope.plugin import InitContext

from .cache import Cache
from .store import Store
from .system import CACHE, GOODS, JOURNAL, SCHEMA, registry
from .web import Answer


@dataclass
class CatalogueConfig:
    """The currency that prices are in."""

    currency: str = "EUR"


@dataclass(frozen=True)
class Product:
    """One thing to buy; the price is in hundredths of the currency."""

    sku: str
    name: str
    price_cents: int


class Catalogue:
    """The products of the store, read once and then kept."""

    def __init__(self, store: Store, cache: Cache, currency: str) -> None:
        self._store = store
        self._cache = cache
        self.currency = currency

    def products(self) -> list[Product]:
        """All products, by their SKU."""
        return self._cache.get("products", self._read)

    def _read(self) -> list[Product]:
        return [Product(*row) for row in self._store.query("SELECT * FROM product ORDER BY sku")]

    def routes(self) -> Mapping[str, Answer]:
        """What the web server may answer with it."""
        return {"/products": lambda: [vars(product) for product in self.products()]}


@registry.plugin(GOODS, "catalogue", requires=[SCHEMA, CACHE, JOURNAL], config=CatalogueConfig())
def catalogue(ic: InitContext) -> Catalogue:
    """Read the products, and tell who listens."""
    config: CatalogueConfig = ic.config
    made = Catalogue(ic.get_single(SCHEMA), ic.get_single(CACHE), config.currency)
    count = len(made.products())
    ic.events.publish("/shop/goods/loaded", {"products": count})
    print(f"{count} products, prices in {config.currency}")
    ic.meta.exports.update(products=str(count), currency=config.currency)
    return made

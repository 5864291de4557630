"""``sale.checkout`` and ``sale.refunds``: carts into money, and back. Both fail with the payment gateway."""

from __future__ import annotations

from collections.abc import Mapping

from plugscope.plugin import Exchange, InitContext

from .cart import Carts
from .payment import CardGateway
from .stock import Stock
from .store import Store
from .system import CART, GOODS, JOURNAL, PAYMENT, SALE, SCHEMA, registry
from .web import Answer


class Checkout:
    """Sells carts."""

    def __init__(
        self, store: Store, carts: Carts, stock: Stock, gateway: CardGateway, events: Exchange
    ) -> None:
        self._store = store
        self._carts = carts
        self._stock = stock
        self._gateway = gateway
        self._events = events

    def pay(self, cart: str) -> str:
        """Sell a cart; returns the bank's code. Raises ``ValueError`` if something has run out."""
        cents = self._carts.total_cents(cart)
        with self._store.transaction():
            for sku, count in self._carts.lines(cart):
                self._stock.take(sku, count)
            code = self._gateway.charge(cart, cents)
            self._store.query("INSERT INTO sale (cart, cents, code) VALUES (?, ?, ?)", cart, cents, code)
            self._store.query("DELETE FROM cart_line WHERE cart = ?", cart)
        self._events.publish("/shop/sale/paid", {"cart": cart, "cents": cents, "code": code})
        return code

    def routes(self) -> Mapping[str, Answer]:
        """What the web server may answer with it."""
        return {"/sales": lambda: self._store.query("SELECT cart, cents, code FROM sale ORDER BY number")}


class Refunds:
    """Takes sales back."""

    def __init__(self, store: Store, gateway: CardGateway, events: Exchange) -> None:
        self._store = store
        self._gateway = gateway
        self._events = events

    def give_back(self, code: str) -> str:
        """Refund a sale; returns the bank's code. Raises ``KeyError`` if there is no such sale."""
        if not self._store.query("SELECT 1 FROM sale WHERE code = ?", code):
            raise KeyError(code)
        self._store.query("DELETE FROM sale WHERE code = ?", code)
        self._events.publish("/shop/sale/refunded", {"code": code})
        return self._gateway.refund(code)


@registry.plugin(SALE, "checkout", requires=[SCHEMA, GOODS, CART, PAYMENT, JOURNAL])
def checkout(ic: InitContext) -> Checkout:
    """All that a sale needs. A lookup that fails raises the provider's own error: this plugin then fails with it."""
    carts = ic.get_single(CART)
    stock = ic.get_by_id(GOODS, "stock")
    gateway = ic.get_single(PAYMENT)
    return Checkout(ic.get_single(SCHEMA), carts, stock, gateway, ic.events)


@registry.plugin(SALE, "refunds", requires=[SCHEMA, PAYMENT, JOURNAL])
def refunds(ic: InitContext) -> Refunds:
    """What a refund needs; the error says who wanted the gateway, and keeps its cause."""
    store = ic.get_single(SCHEMA)
    try:
        gateway = ic.get_by_id(PAYMENT, "card")
    except Exception as error:
        raise RuntimeError(f"no money can be given back: {error}") from error
    return Refunds(store, gateway, ic.events)

"""The shop's plugin system: the types of its plugins, and the registry that they are declared in.

A registry of one's own keeps the shop apart from whatever else is imported; ``plugscope.plugin.register`` and its
default registry would do as well. Each type is named ``shop.KIND.v1``: change what lookups of a type return, and it
becomes ``v2``.
"""

from plugscope.plugin import Registry, Type

STORE = Type("shop.store.v1")
SCHEMA = Type("shop.schema.v1")
CACHE = Type("shop.cache.v1")
JOURNAL = Type("shop.journal.v1")
PAYMENT = Type("shop.payment.v1")
MAIL = Type("shop.mail.v1")
GOODS = Type("shop.goods.v1")
CART = Type("shop.cart.v1")
SALE = Type("shop.sale.v1")
NOTICE = Type("shop.notice.v1")
RPC = Type("shop.rpc.v1")
SERVER = Type("shop.server.v1")
MONITOR = Type("shop.monitor.v1")

registry = Registry()

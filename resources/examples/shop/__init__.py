"""A small web shop, made of plugins: an example of an application that ``plugscope.plugin`` starts.

Importing the package registers the plugins, one module after the other in alphabetical order: nobody arranges
the modules, because each plugin says which types it requires, and the boot puts them in order.

What to look for when it starts:

- ``payment.card`` fails, since its client certificate is missing. ``sale.checkout`` and ``sale.refunds`` look it up
  and fail with it; ``server.http`` and ``monitor.health`` look at everything and go on with what came up.
- ``mail.smtp`` skips, since no SMTP host is configured. ``notice.receipts`` can do without and writes to a folder.
- ``server.grpc`` starts if grpcio is installed, and skips if not.

Run it alone with ``python -m shop`` in the folder above; ``python -m shop --sandbox`` takes the cards of a test bank,
and then everything starts.
"""

from . import (  # noqa: F401 - importing a module registers its plugins
    cache,
    cart,
    catalogue,
    health,
    journal,
    mail,
    notice,
    payment,
    rpc,
    sale,
    schema,
    stock,
    store,
    web,
)
from .system import registry

__all__ = ["registry"]

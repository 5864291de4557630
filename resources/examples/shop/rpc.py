"""``rpc.stock-query`` and ``server.grpc``: what other programs ask, by gRPC.

The service knows nothing of servers but how to add itself to one (``plugscope.plugin.Service``). The server knows
nothing of services: it takes all there are.
"""

from __future__ import annotations

import importlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from plugscope.plugin import InitContext, Service, SkipPlugin

from .stock import Stock
from .system import GOODS, RPC, SERVER, registry


@dataclass
class GrpcConfig:
    """Where to listen (port 0 is any free one), and how many calls are answered at once."""

    host: str = "127.0.0.1"
    port: int = 0
    workers: int = 2


class StockQuery:
    """The service ``shop.Stock``. Its messages are JSON, so that the example needs no generated code."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock

    def level(self, request: bytes, _context: Any) -> bytes:
        """``{"sku": …}`` to ``{"level": …}``."""
        return json.dumps({"level": self._stock.level(json.loads(request)["sku"])}).encode()

    def register(self, server: Any) -> None:
        """Add the service to a gRPC server."""
        grpc = importlib.import_module("grpc")
        methods = {"Level": grpc.unary_unary_rpc_method_handler(self.level)}
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("shop.Stock", methods),))


class GrpcServer:
    """Listens from the start until it is closed."""

    def __init__(self, grpc: Any, config: GrpcConfig, services: list[Service]) -> None:
        self._grpc = grpc
        self._pool = ThreadPoolExecutor(config.workers, "grpc")
        self._server = grpc.server(self._pool)
        for service in services:
            service.register(self._server)
        self.host = config.host
        self.port = self._server.add_insecure_port(f"{config.host}:{config.port}")
        self._server.start()

    def ask(self, method: str, request: object) -> Any:
        """Call a method, as another program would."""
        no_proxy = (("grpc.enable_http_proxy", 0),)
        with self._grpc.insecure_channel(f"{self.host}:{self.port}", options=no_proxy) as channel:
            answer = channel.unary_unary(method)(json.dumps(request).encode(), timeout=2)
        return json.loads(answer)

    def probe(self) -> str:
        """Whether it answers, in words."""
        return f"shop.Stock/Level of tea: {self.ask('/shop.Stock/Level', {'sku': 'tea'})['level']}"

    def close(self) -> None:
        """Stop listening, and give the port back."""
        self._server.stop(None).wait()
        self._pool.shutdown()


@registry.plugin(RPC, "stock-query", requires=[GOODS])
def stock_query(ic: InitContext) -> StockQuery:
    """The service, for whichever server there is."""
    return StockQuery(ic.get_by_id(GOODS, "stock"))


@registry.plugin(SERVER, "grpc", requires=[RPC], config=GrpcConfig())
def serve_grpc(ic: InitContext) -> GrpcServer:
    """Serve all services. Skips where grpcio is not installed: the shop can do without."""
    try:
        grpc = importlib.import_module("grpc")
    except ImportError:
        raise SkipPlugin("grpcio is not installed") from None
    services = [service for service in ic.get_by_type(RPC).values() if isinstance(service, Service)]
    server = GrpcServer(grpc, ic.config, services)
    ic.meta.exports["address"] = f"{server.host}:{server.port}"
    ic.meta.exports["services"] = str(len(services))
    return server

"""``server.http``: answers browsers, with what the plugins that came up have to say."""

from __future__ import annotations

import http.client
import json
import socketserver
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol, runtime_checkable

from plugscope.plugin import InitContext

from .system import CART, GOODS, SALE, SERVER, registry

Answer = Callable[[], Any]
"""Gives what a path answers: anything that JSON can say."""


@runtime_checkable
class Routed(Protocol):
    """An instance that has something to answer."""

    def routes(self) -> Mapping[str, Answer]:
        """The paths, and what gives their answers."""


@dataclass
class HttpConfig:
    """Where to listen. Port 0 is any free one."""

    host: str = "127.0.0.1"
    port: int = 0


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, config: HttpConfig, routes: Mapping[str, Answer]) -> None:
        self.routes = routes
        super().__init__((config.host, config.port), _Handler)

    def server_bind(self) -> None:
        """Without asking the resolver for the name of this machine, as the base class does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, _Server)
        answer = server.routes.get(self.path)
        body = json.dumps("no such page" if answer is None else answer()).encode()
        self.send_response(404 if answer is None else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Requests are not printed."""


class HttpServer:
    """Listens from the start, in a thread, until it is closed."""

    def __init__(self, config: HttpConfig, routes: Mapping[str, Answer]) -> None:
        self._server = _Server(config, routes)
        self.host, self.port = config.host, self._server.server_port
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="http", daemon=True
        )
        self._thread.start()

    def get(self, path: str) -> tuple[int, Any]:
        """Ask it something, as a browser would; returns the status and the answer."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=2)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def probe(self) -> str:
        """Whether it answers, in words."""
        status, products = self.get("/products")
        return f"GET /products: {status}, {len(products)} products"

    def close(self) -> None:
        """Stop listening, and give the port back."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@registry.plugin(SERVER, "http", requires=[GOODS, CART, SALE], config=HttpConfig())
def serve_http(ic: InitContext) -> HttpServer:
    """Serve what there is: of all plugins so far, those that came up and have something to answer.

    ``get_by_type`` would raise the error of a failed one. ``get_all`` hands failed ones out too, to be looked at.
    """
    routes: dict[str, Answer] = {}
    for plugin in ic.get_all():
        instance = None if plugin.err is not None else plugin.instance()
        if isinstance(instance, Routed):
            routes.update(instance.routes())
    server = HttpServer(ic.config, routes)
    print(f"serving {', '.join(sorted(routes))}")
    ic.meta.exports["address"] = f"{server.host}:{server.port}"
    ic.meta.capabilities.extend(sorted(routes))
    return server

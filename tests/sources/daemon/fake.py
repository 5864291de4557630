"""A gRPC server on a socket that answers whatever a test gives it, as containerd would or as nobody should."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc

from plugscope.sources.daemon.wire import message

INTROSPECTION = "/containerd.services.introspection.v1.Introspection/"
PLUGINS, SERVER, INFO = (INTROSPECTION + name for name in ("Plugins", "Server", "PluginInfo"))
VERSION = "/containerd.services.version.v1.Version/Version"

Reply = bytes | tuple[grpc.StatusCode, str] | Callable[[], bytes]
"""The bytes of an answer, the code and words of a refusal, or what makes the bytes when it is asked."""


class _Handler(grpc.GenericRpcHandler):
    def __init__(self, replies: Mapping[str, Reply]) -> None:
        self._replies = replies

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Any:
        method = str(handler_call_details.method)
        if method not in self._replies:
            return None
        reply = self._replies[method]

        def answer(_request: bytes, context: grpc.ServicerContext) -> bytes:
            if isinstance(reply, tuple):
                context.abort(*reply)
            return reply() if callable(reply) else reply

        return grpc.unary_unary_rpc_method_handler(answer)


@contextmanager
def serving(path: Path, replies: Mapping[str, Reply]) -> Iterator[str]:
    """Serve on a socket; gives its address. What is not in ``replies`` is not implemented."""
    with ThreadPoolExecutor(2) as pool:
        server = grpc.server(pool, handlers=[_Handler(replies)])
        server.add_insecure_port(f"unix:{path}")
        server.start()
        try:
            yield f"unix://{path}"
        finally:
            server.stop(0).wait()


def plugins_reply(*plugins: Mapping[str, Any]) -> bytes:
    """A ``PluginsResponse``. Of each plugin: ``type``, ``id``, and what else there is of it, named as in captures."""
    return bytes(message("PluginsResponse")(plugins=[_plugin(one) for one in plugins]).SerializeToString())


def _plugin(one: Mapping[str, Any]) -> bytes:
    plugin = message("Plugin")(
        type=one["type"],
        id=one["id"],
        requires=one.get("requires", ()),
        platforms=[
            message("Platform")(**platform).SerializeToString() for platform in one.get("platforms", ())
        ],
        exports=[
            message("Export")(key=key, value=value).SerializeToString()
            for key, value in one.get("exports", {}).items()
        ],
        capabilities=one.get("capabilities", ()),
    )
    if "init_err" in one:
        plugin.init_err.code, plugin.init_err.message = one["init_err"]["code"], one["init_err"]["message"]
    return bytes(plugin.SerializeToString())


def server_reply(uuid: str = "", pid: int = 0, pidns: int = 0, deprecations: tuple[str, ...] = ()) -> bytes:
    """A ``ServerResponse``."""
    told = [message("Deprecation")(message=words).SerializeToString() for words in deprecations]
    reply = message("ServerResponse")(uuid=uuid, pid=pid, pidns=pidns, deprecations=told)
    return bytes(reply.SerializeToString())


def version_reply(version: str) -> bytes:
    """A ``VersionResponse``."""
    return bytes(message("VersionResponse")(version=version).SerializeToString())

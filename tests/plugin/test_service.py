"""Services are registered on a real gRPC server, which then answers."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent import futures
from pathlib import Path
from typing import Any

import pytest

from plugscope.plugin import Boot, BootAborted, InitContext, Registration, Registry, Service

grpc = pytest.importorskip("grpc")


class Echo:
    """A gRPC service without generated code: it gives back what it is sent, marked."""

    def __init__(self, mark: bytes) -> None:
        self.mark = mark
        self.closed = False

    def register(self, server: Any) -> None:
        handler = grpc.unary_unary_rpc_method_handler(lambda request, _: self.mark + request)
        server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler("plugscope.test.Echo", {"Say": handler}),)
        )

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def server() -> Iterator[Any]:
    """A server that has not been started; stopped for good afterwards."""
    pool = futures.ThreadPoolExecutor(2)
    made = grpc.server(pool)
    yield made
    made.stop(None).wait()
    pool.shutdown()


def boot_of(*inits: Any) -> Boot:
    return Boot(Registry(Registration("svc", f"n{n}", init_fn=init) for n, init in enumerate(inits)))


def test_a_service_that_a_plugin_returned_answers_a_call(server: Any, tmp_path: Path) -> None:
    """Init function, set, server, client: the whole way."""
    boot = boot_of(lambda ic: Echo(b"heard: "))
    boot.run(server)
    address = f"unix:{tmp_path / 'echo.sock'}"
    server.add_insecure_port(address)
    server.start()
    with grpc.insecure_channel(address) as channel:
        say = channel.unary_unary("/plugscope.test.Echo/Say")
        assert say(b"hello", timeout=10) == b"heard: hello"
    assert boot.close() == {}


def test_only_services_of_plugins_that_came_up_are_registered() -> None:
    """Failed plugins have no instance; other instances have no ``register``."""

    def broken(ic: InitContext) -> Any:
        raise RuntimeError("disk")

    taken: list[Any] = []

    class Noting:
        def register(self, server: Any) -> None:
            taken.append(server)

    boot = boot_of(broken, lambda ic: object(), lambda ic: Noting(), lambda ic: None)
    boot.run()
    marker = object()
    assert boot.register_services(marker) == ["svc.n2"]
    assert taken == [marker]
    assert isinstance(Noting(), Service)
    assert not isinstance(object(), Service)


def test_a_service_that_cannot_be_registered_aborts() -> None:
    """containerd ends there; the error keeps the cause."""

    class Broken:
        def register(self, server: Any) -> None:
            raise ValueError("port in use")

    with pytest.raises(BootAborted, match="port in use") as raised:
        boot_of(lambda ic: Broken()).run(object())
    assert (raised.value.stage, raised.value.uri) == ("service-register", "svc.n0")
    assert isinstance(raised.value.__cause__, ValueError)

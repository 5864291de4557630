"""Servers on a socket that are no daemon: what they do with a connection is up to the test."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Treat = Callable[[socket.socket], None]


@contextmanager
def listening(path: Path, treat: Treat) -> Iterator[str]:
    """Treat each connection so; gives the address. Connections end with the block."""
    taken: list[socket.socket] = []
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    taken.append(connection)
                    with suppress(OSError):
                        treat(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"unix://{path}"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            for connection in taken:
                connection.close()


def close(connection: socket.socket) -> None:
    """Hang up at once."""
    connection.close()


def keep_mute(_connection: socket.socket) -> None:
    """Take the connection and never say anything."""


def speak_http(connection: socket.socket) -> None:
    """Answer as a web server does that knows nothing but HTTP/1."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    connection.close()


def saying(data: bytes) -> Treat:
    """Say this, whatever was asked, and hang up."""

    def treat(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(data)
        connection.close()

    return treat

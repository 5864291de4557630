"""``store.sqlite``: the database that everything lasting is kept in."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugscope.plugin import InitContext

from .platform import this_platform
from .system import STORE, registry


@dataclass
class StoreConfig:
    """The file's name in the plugin's root, and how long a writer waits for another, in milliseconds."""

    file: str = "shop.db"
    busy_timeout_ms: int = 2000


class Store:
    """One SQLite connection that threads take turns with."""

    def __init__(self, file: Path, busy_timeout_ms: int) -> None:
        self._turn = threading.RLock()
        self._connection = sqlite3.connect(
            file, timeout=busy_timeout_ms / 1000, isolation_level=None, check_same_thread=False
        )

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows that a statement gives."""
        with self._turn:
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Statements that count together, or not at all."""
        with self._turn:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Let the file go. It is no error to do so twice: the schema's plugin hands out the same store."""
        with self._turn:
            self._connection.close()


@registry.plugin(STORE, "sqlite", config=StoreConfig())
def sqlite(ic: InitContext) -> Store:
    """Open the database, and make it where there is none yet."""
    config: StoreConfig = ic.config
    folder = Path(ic.root)
    folder.mkdir(parents=True, exist_ok=True)
    is_new = not (folder / config.file).exists()
    store = Store(folder / config.file, config.busy_timeout_ms)
    print(f"{'created' if is_new else 'opened'} {config.file}")
    ic.meta.platforms.append(this_platform())
    ic.meta.exports["file"] = config.file
    ic.meta.exports["sqlite"] = sqlite3.sqlite_version
    ic.meta.capabilities.append("transactions")
    return store

"""``schema.migrations``: brings the database to the tables that this release works with."""

from __future__ import annotations

from plugscope.plugin import InitContext

from .store import Store
from .system import SCHEMA, STORE, registry

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE product (sku TEXT PRIMARY KEY, name TEXT NOT NULL, price_cents INTEGER NOT NULL)",
        "CREATE TABLE journal (number INTEGER PRIMARY KEY, topic TEXT NOT NULL, event TEXT NOT NULL)",
    ),
    ("CREATE TABLE stock (sku TEXT PRIMARY KEY REFERENCES product, level INTEGER NOT NULL)",),
    (
        "CREATE TABLE cart_line (cart TEXT NOT NULL, sku TEXT NOT NULL REFERENCES product, count INTEGER NOT NULL)",
        "CREATE TABLE sale (number INTEGER PRIMARY KEY, cart TEXT, cents INTEGER NOT NULL, code TEXT NOT NULL)",
        "INSERT INTO product VALUES ('tea', 'Green tea', 690), ('cup', 'Cup', 1250), ('pot', 'Teapot', 3900)",
        "INSERT INTO stock VALUES ('tea', 12), ('cup', 40), ('pot', 0)",
    ),
)
"""Each entry leads from one version to the next; an entry that was released is never changed."""


def migrate(store: Store) -> tuple[int, int]:
    """Apply what is missing, each version in a transaction. Returns the version before and after.

    Raises ``RuntimeError`` for a database of a later release.
    """
    before = int(store.query("PRAGMA user_version")[0][0])
    if before > len(MIGRATIONS):
        raise RuntimeError(f"the database has schema {before}, and this release knows {len(MIGRATIONS)}")
    for version, statements in enumerate(MIGRATIONS[before:], before + 1):
        with store.transaction():
            for statement in statements:
                store.query(statement)
            store.query(f"PRAGMA user_version = {version}")
    return before, len(MIGRATIONS)


@registry.plugin(SCHEMA, "migrations", requires=[STORE])
def migrations(ic: InitContext) -> Store:
    """The store once its tables are in place: who needs tables looks this plugin up instead of the store."""
    store: Store = ic.get_single(STORE)
    before, after = migrate(store)
    print(f"migrated the schema from {before} to {after}" if before < after else f"the schema is at {after}")
    ic.meta.exports["version"] = str(after)
    return store

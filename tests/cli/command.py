"""Running a verb in this process, as a person or a program would see it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Result:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """Standard output's lines."""
        return self.out.splitlines()


Command = Callable[..., Result]

STORE = """plugscope = 1
name = "store"

[[plugin]]
type = "gc.v1"
id = "scheduler"
requires = ["metadata.v1"]
lookups = [{ get = "single", type = "metadata.v1" }]

[[plugin]]
type = "metadata.v1"
id = "bolt"
requires = ["content.v1"]
lookups = [{ get = "single", type = "content.v1" }]

[[plugin]]
type = "content.v1"
id = "disk"
lookups = []
init = { exports = { root = "/srv" }, capabilities = ["fast"], platforms = ["linux/amd64"], duration_ms = 1.5 }

[[plugin]]
type = "snapshotter.v1"
id = "zfs"
lookups = []
init = { outcome = "skip", message = "no zfs here: skip plugin" }
"""

SHOP = """from plugscope.plugin import plugin

@plugin("store.v1", "main", config={"size": 1})
def store(ic):
    print("opening the store")
    ic.meta.exports["file"] = "shop.db"
    return {}

@plugin("api.v1", "http", requires=["store.v1"])
def http(ic):
    ic.get_single("store.v1")
    raise RuntimeError("port in use")
"""


def write_store(folder: Path) -> str:
    """A manifest in which all is well."""
    path = folder / "store.toml"
    path.write_text(STORE, "utf-8")
    return str(path)


def write_shop(folder: Path) -> str:
    """A Python file with a plugin that fails; it notes beside itself that it was run."""
    path = folder / "shop.py"
    path.write_text(SHOP + f"open({str(folder / 'ran')!r}, 'w').close()\n", "utf-8")
    return str(path)

"""``cache.memory``: the answers that were asked for lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar, cast

from plugscope.plugin import InitContext

from .system import CACHE, registry

T = TypeVar("T")


@dataclass
class CacheConfig:
    """How many answers are kept."""

    entries: int = 256


class Cache:
    """Keeps the answers used last. Safe to use from several threads."""

    def __init__(self, entries: int) -> None:
        self._entries = entries
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The kept answer, or the one made now."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
            self._kept.move_to_end(key)
            while len(self._kept) > self._entries:
                self._kept.popitem(last=False)
            return cast(T, self._kept[key])

    def forget(self) -> None:
        """Make all answers anew."""
        with self._lock:
            self._kept.clear()


@registry.plugin(CACHE, "memory", config=CacheConfig())
def memory(ic: InitContext) -> Cache:
    """A cache in this process. Raises ``ValueError`` for a size that holds nothing."""
    config: CacheConfig = ic.config
    if config.entries < 1:
        raise ValueError(f"a cache of {config.entries} entries keeps nothing")
    ic.meta.exports["entries"] = str(config.entries)
    return Cache(config.entries)

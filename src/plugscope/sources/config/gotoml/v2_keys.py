"""Which keys of a document go-toml 2.x lets stand beside each other."""

from __future__ import annotations

from collections.abc import Sequence

VALUE, TABLE, DOTTED, ARRAY = "value", "table", "dotted", "array table"


class Clash(Exception):
    """A key stands where it may not, in the library's words."""


class _Node:
    def __init__(self, kind: str, *, explicit: bool = False) -> None:
        self.kind = kind
        self.explicit = explicit
        self.children: dict[str, _Node] = {}

    def settle(self) -> None:
        """The next header ends a table: the tables that its dotted keys made are as good as written out."""
        for child in self.children.values():
            if child.kind == DOTTED:
                child.kind, child.explicit = TABLE, True
            child.settle()


class Keys:
    """All keys so far. ``newer``: as 2.4 sees them, else as 2.2 and 2.3 do."""

    def __init__(self, newer: bool) -> None:
        self._newer = newer
        self._root = _Node(TABLE, explicit=True)
        self._current = self._root

    def header(self, parts: Sequence[str], is_array: bool) -> None:
        """Open a table or the next one of a list. Raises ``Clash``."""
        if not self._newer:
            self._current.settle()
        here = self._root
        for part in parts[:-1]:
            child = here.children.setdefault(part, _Node(TABLE))
            if child.kind == VALUE:
                newer, older = (
                    f"key {part} already exists as a value",
                    f"expected {part} to be a table, not a value",
                )
                raise Clash(newer if self._newer else older)
            here = child
        last = parts[-1]
        node = here.children.get(last)
        if node is None:
            node = here.children[last] = _Node(ARRAY if is_array else TABLE, explicit=True)
        elif is_array:
            self._again(node, last)
        elif node.kind == TABLE and not node.explicit:
            node.explicit = True
        else:
            raise Clash(self._twice(node, last))
        self._current = node

    def _again(self, node: _Node, name: str) -> None:
        if node.kind != ARRAY:
            kind = node.kind
            if self._newer:
                kind = "kv-table" if kind == DOTTED else kind
                raise Clash(f"key {name} already exists as a {kind}, but should be an array table")
            # It has its words in the wrong order.
            kind = TABLE if kind == DOTTED else kind
            raise Clash(f"key {kind} already exists as a {name},  but should be an array table")
        node.children.clear()

    def _twice(self, node: _Node, name: str) -> str:
        if node.kind == TABLE:
            return f"table {name} already exists"
        if self._newer and node.kind in (DOTTED, ARRAY):
            how = "defined by a dotted key" if node.kind == DOTTED else "an array of tables"
            return f"table {name} already exists as {how}"
        return f"key {name} should be a table, not a {node.kind}"

    def pair(self, parts: Sequence[str]) -> None:
        """Set a key of the current table. Raises ``Clash``."""
        here = self._current
        for part in parts[:-1]:
            child = here.children.get(part)
            if child is None:
                child = here.children[part] = _Node(DOTTED)
            elif self._newer:
                if child.kind != DOTTED:
                    raise Clash(f"key {part} is already defined")
            elif child.kind in (VALUE, ARRAY):
                raise Clash(f"expected {part} to be a table, not a {child.kind}")
            elif child.explicit:
                raise Clash(f"cannot redefine table {part} that has already been explicitly defined")
            here = child
        if parts[-1] in here.children:
            raise Clash(f"key {parts[-1]} is already defined")
        here.children[parts[-1]] = _Node(VALUE)

"""What go-toml 1.x refuses: containerd 1.5 to 1.7. It takes more than the standard in places, and less in others.

Facts: its 1.9.4 in a daemon of 1.6.20, and its 1.9.5 in one of 1.7.24.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any

from . import v1_tokens
from .stop import Stop, line_and_column
from .v1_scalars import number_of, parts_of
from .v1_tokens import Lexer, Token


class _Tree(dict[str, Any]):
    """A table: its values are tables, lists of tables and ``_Value``s."""

    inline = False


class _Trees(list[_Tree]):
    """A list of tables."""


class _Value:
    def __init__(self, value: Any, at: int) -> None:
        self.value = value
        self.at = at

    def in_go(self, text: str) -> str | None:
        """As Go's ``%#v`` prints it, in a document; ``None`` where that is not known."""
        value = _in_go(self.value)
        if value is None:
            return None
        settings = 'comment:"", commented:false, multiline:false, literal:false'
        line, column = line_and_column(text, self.at)
        position = f"toml.Position{{Line:{line}, Col:{column}}}"
        return f"&toml.tomlValue{{value:{value}, {settings}, position:{position}}}"


def _in_go(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _quoted(value) if _is_plain(value) else None
    if isinstance(value, list):
        items = [_in_go(item) for item in value]
        return None if None in items else f"[]interface {{}}{{{', '.join(filter(None, items))}}}"
    return None


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _quoted(text: str) -> str:
    """As Go's ``%q`` prints it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def check(text: str, patch: int) -> None:
    """Raises ``Stop`` for a document that the library refuses: its 1.9.5, or its 1.9.4 for a ``patch`` of 4."""
    _Parser(text, patch).document()


class _Parser:
    """A walk over the tokens that builds the tables, as far as it takes to tell what stands twice."""

    def __init__(self, text: str, patch: int) -> None:
        self._text = text
        self._patch = patch
        self._tokens: Iterator[Token] = iter(Lexer(text))
        self._ahead: Token | None = next(self._tokens, None)
        self._tree = _Tree()
        self._table: list[str] = []
        self._headers: set[str] = set()

    def _next(self) -> Token:
        token = self._ahead
        if token is None:
            raise AssertionError("behind the end or an error nothing is asked for")
        self._ahead = next(self._tokens, None)
        return token

    def _peek(self) -> Token:
        if self._ahead is None:
            raise AssertionError("behind the end or an error nothing is asked for")
        return self._ahead

    def _assume(self, kind: str) -> None:
        token = self._next()
        if token.kind != kind:
            raise Stop(token.at, f"was expecting token {kind}, but got {_told(token)} instead")

    def document(self) -> None:
        """Go through all statements."""
        statements = {
            v1_tokens.OPEN_DOUBLE: self._array_header,
            v1_tokens.OPEN: self._header,
            v1_tokens.KEY: self._assignment,
        }
        while (token := self._peek()).kind != v1_tokens.EOF:
            if token.kind == v1_tokens.ERROR:
                raise Stop(token.at, f"parsing error: {token.text}")
            if token.kind not in statements:
                raise Stop(token.at, f"unexpected token {token.kind}")
            statements[token.kind]()

    def _array_header(self) -> None:
        self._next()
        key = self._next()
        if key.kind != v1_tokens.HEADER_OF_ARRAY:
            raise Stop(key.at, f"unexpected token {_told(key)}, was expecting a table array key")
        parts = parts_of(key, "invalid table array key")
        self._make(parts[:-1])
        found = self._get(parts)
        if found is None:
            found = _Trees()
        elif not isinstance(found, _Trees):
            raise Stop(key.at, f"key {_told(key)} is already assigned and not of type table array")
        found.append(_Tree())
        _put(self._tree, parts, found)
        self._table = parts
        self._headers = {name for name in self._headers if not name.startswith(f"{key.text}.")} | {key.text}
        self._assume(v1_tokens.CLOSE_DOUBLE)

    def _header(self) -> None:
        self._next()
        key = self._next()
        if key.kind != v1_tokens.HEADER:
            raise Stop(key.at, f"unexpected token {_told(key)}, was expecting a table key")
        if key.text in self._headers:
            raise Stop(key.at, "duplicated tables")
        self._headers.add(key.text)
        parts = parts_of(key, "invalid table array key")
        self._demand(parts, key, "")
        found = self._get(parts)
        if isinstance(found, _Tree) and found.inline:
            words = "could not re-define exist inline table or its sub-table"
            raise Stop(key.at, f"{words} : {'.'.join(parts)}")
        self._assume(v1_tokens.CLOSE)
        self._table = parts

    def _assignment(self) -> None:
        key = self._next()
        self._assume(v1_tokens.EQUAL)
        parts = parts_of(key, "invalid key")
        value = self._value()
        above = [*self._table, *parts[:-1]]
        found = self._get(above)
        if found is None:
            self._demand(above, key, "could not create intermediate group: ")
            found = self._get(above)
        target = found[-1] if isinstance(found, _Trees) else found
        if not isinstance(target, _Tree):
            raise Stop(key.at, f"Unknown table type for path: {'.'.join(above)}")
        if target.inline:
            words = "could not add key or sub-table to exist inline table or its sub-table"
            raise Stop(key.at, f"{words} : {'.'.join(above)}")
        if parts[-1] in target:
            raise Stop(key.at, f"The following key was defined twice: {'.'.join([*above, parts[-1]])}")
        is_tables = isinstance(value, _Tree | _Trees)
        target[parts[-1]] = value if is_tables else _Value(value, key.at)

    def _get(self, parts: list[str]) -> Any:
        """What stands at a path, in the last table of lists; ``None`` if nothing does."""
        here: Any = self._tree
        for number, part in enumerate(parts):
            here = here[-1] if isinstance(here, _Trees) and number else here
            here = here.get(part) if isinstance(here, _Tree) else None
        return here.value if isinstance(here, _Value) else here

    def _make(self, parts: list[str]) -> str:
        """Make the tables of a path. Returns the part that is no table; "" if all are."""
        here = self._tree
        for part in parts:
            if part not in here:
                here[part] = _Tree()
                here[part].inline = here.inline
            following = here[part]
            if isinstance(following, _Value):
                return part
            here = following[-1] if isinstance(following, _Trees) else following
        return ""

    def _demand(self, parts: list[str], key: Token, before: str) -> None:
        """Make the tables of a path. Raises ``Stop`` where a value stands in the way."""
        part = self._make(parts)
        if not part:
            return
        here: Any = self._tree
        for step in parts[: parts.index(part) + 1]:
            here = (here[-1] if isinstance(here, _Trees) else here)[step]
        value = here.in_go(self._text)
        words = f"{before}unknown type for path {'.'.join(parts)} ({part})"
        told = f"{words}: *toml.tomlValue ({value})" if value else words
        raise Stop(key.at, told, sure=value is not None)

    def _value(self) -> Any:
        token = self._next()
        if token.kind == v1_tokens.EOF:
            raise Stop(token.at, "expecting a value")
        if token.kind == v1_tokens.EQUAL:
            raise Stop(token.at, "cannot have multiple equals for the same key")
        if token.kind == v1_tokens.ERROR:
            raise Stop(token.at, token.text)
        if token.kind in (v1_tokens.STRING, v1_tokens.TRUE, v1_tokens.FALSE, v1_tokens.INF, v1_tokens.NAN):
            return token.text if token.kind == v1_tokens.STRING else token.kind == v1_tokens.TRUE
        if token.kind in (v1_tokens.INTEGER, v1_tokens.FLOAT):
            return number_of(token, self._patch)
        if token.kind in (v1_tokens.DATE, v1_tokens.TIME):
            return self._date(token)
        if token.kind == v1_tokens.OPEN:
            return self._array()
        if token.kind == v1_tokens.OPEN_CURLY:
            return self._inline_table()
        raise Stop(token.at, f"unhandled token: {_told(token)}", placed=False)

    def _date(self, token: Token) -> str:
        text = token.text
        for kind in (v1_tokens.TIME, v1_tokens.OFFSET) if token.kind == v1_tokens.DATE else ():
            if self._peek().kind == kind:
                text += ("T" if kind == v1_tokens.TIME else "") + self._next().text
            else:
                break
        try:
            kinds = datetime.time if token.kind == v1_tokens.TIME else datetime.datetime
            kinds.fromisoformat(re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", text))
        except ValueError:
            raise Stop(token.at, f"{text} is no date or time that there is", sure=False) from None
        return text

    def _array(self) -> list[Any]:
        items: list[Any] = []
        while self._inside("array").kind != v1_tokens.CLOSE:
            items.append(self._value())
            following = self._inside("array")
            if following.kind not in (v1_tokens.CLOSE, v1_tokens.COMMA):
                raise Stop(following.at, "missing comma")
            if following.kind == v1_tokens.COMMA:
                self._next()
        self._next()
        return _Trees(items) if items and all(isinstance(item, _Tree) for item in items) else items

    def _inside(self, what: str) -> Token:
        token = self._peek()
        if token.kind == v1_tokens.EOF:
            raise Stop(token.at, f"unterminated {what}")
        return token

    def _inline_table(self) -> _Tree:
        table = _Tree()
        previous: Token | None = None
        while (token := self._inside("inline table")).kind != v1_tokens.CLOSE_CURLY:
            behind_comma = previous is not None and previous.kind == v1_tokens.COMMA
            if token.kind == v1_tokens.COMMA:
                if behind_comma:
                    raise Stop(token.at, "need field between two commas in inline table")
                self._next()
            elif token.kind in (v1_tokens.KEY, v1_tokens.INTEGER, v1_tokens.STRING):
                if previous is not None and not behind_comma:
                    raise Stop(token.at, "comma expected between fields in inline table")
                key = self._next()
                self._assume(v1_tokens.EQUAL)
                _put(table, parts_of(key, "invalid key"), self._value())
            else:
                raise Stop(token.at, f"unexpected token type in inline table: {_told(token)}")
            previous = token
        self._next()
        if previous is not None and previous.kind == v1_tokens.COMMA:
            raise Stop(previous.at, "trailing comma at the end of inline table")
        table.inline = True
        return table


def _told(token: Token) -> str:
    """A token as it is printed."""
    if token.kind in (v1_tokens.EOF, v1_tokens.ERROR):
        return "EOF" if token.kind == v1_tokens.EOF else token.text
    return _quoted(token.text)


def _put(tree: _Tree, parts: list[str], value: Any) -> None:
    """Set what stands at a path, whatever stood there."""
    for part in parts[:-1]:
        following = tree.setdefault(part, _Tree())
        if isinstance(following, _Trees):
            tree = following[-1]
        elif isinstance(following, _Tree):
            tree = following
    tree[parts[-1]] = value if isinstance(value, _Tree | _Trees) else _Value(value, 0)

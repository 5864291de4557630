"""What containerd prints for a file that is no TOML.

The standard parser and go-toml (1.x of it in containerd 1.4 to 1.7, 2.x of it since) find the same faults at nearly
the same places and word them differently. The commonest are worded here as the daemon words them; for others its own
words are not known, and the parser's stand in.
"""

from __future__ import annotations

import re

from msgspec import Struct

from plugscope.sources.release import Release

_AT = re.compile(
    r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$", re.S
)


class Fault(Struct, frozen=True):
    """What the standard parser found: its words, and the line and column (from 1)."""

    what: str
    line: int
    column: int
    text: str

    @property
    def character(self) -> str:
        """The character it stopped at; "" at the end."""
        lines = self.text.split("\n")
        line = lines[self.line - 1] if self.line <= len(lines) else ""
        if self.column <= len(line):
            return line[self.column - 1]
        return "\n" if self.line < len(lines) else ""


def fault_of(message: str, text: str) -> Fault:
    """Take the standard parser's message apart."""
    found = _AT.match(message)
    lines = text.split("\n")
    if found is None or found["line"] is None:
        return Fault(found["what"] if found else message, len(lines), len(lines[-1]) + 1, text)
    return Fault(found["what"], int(found["line"]), int(found["column"]), text)


def syntax_error(fault: Fault, file: str, release: Release) -> tuple[str, int]:
    """The daemon's message for a file that does not parse, and the line that it means."""
    if release.toml == "v2":
        row, column, words = _second(fault)
        return f"failed to unmarshal TOML at row {row} column {column}: toml: {words}", row
    if release.toml == "v1":
        row, column, words = _first(fault)
        if words.startswith("unhandled token"):
            return f"failed to load TOML: {file}: {words}", row
        return f"failed to load TOML: {file}: ({row}, {column}): {words}", row
    return f"failed to load TOML: {file}: Near line {fault.line}: {fault.what}", fault.line


def _first(fault: Fault) -> tuple[int, int, str]:
    """go-toml 1.x: row, column and words."""
    line, column, what, character = fault.line, fault.column, fault.what, fault.character
    before = fault.text.split("\n")[line - 1][: column - 1].rstrip() if fault.text else ""
    if what == "Unclosed array":
        return line, column, "missing comma"
    if what == "Invalid value" and not character and before.endswith(("[", ",", "")) and "[" in fault.text:
        return line, column, "unterminated array"
    if what == "Invalid value" and character in ("\n", "\r", ""):
        return line + 1, 1, "expecting a value"
    if what == "Invalid value" and character == ",":
        return line, column, 'unhandled token: ","'
    if what == "Invalid value" and character == "=":
        return line, column, "cannot have multiple equals for the same key"
    if what.startswith("Illegal character '\\n'"):
        return line, _string_start(fault), "unescaped control character U+000A"
    if what == "Invalid value":
        return line, column, f"no value can start with {character}"
    if what.startswith("Expected '=' after a key"):
        start = fault.text.split("\n")[line - 1]
        begin = len(start) - len(start.lstrip()) + 1
        if character in ("\n", ""):
            return line, begin, "parsing error: keys cannot contain new lines"
        return line, begin, f"parsing error: keys cannot contain {character} character"
    if what.startswith("Expected newline or end of document"):
        return line, column, f"parsing error: no value can start with {character}"
    if what.startswith("Cannot declare"):
        start = fault.text.split("\n")[line - 1]
        return line, len(start) - len(start.lstrip()) + 2, "duplicated tables"
    if what == "Cannot overwrite a value":
        key = fault.text.split("\n")[line - 1].partition("=")[0].strip()
        return line, 1, f"The following key was defined twice: {key}"
    return line, column, what[:1].lower() + what[1:]


def _string_start(fault: Fault) -> int:
    """The column behind the quote that opens the string the fault is in."""
    line = fault.text.split("\n")[fault.line - 1]
    at = line.rfind('"')
    return at + 2


def _second(fault: Fault) -> tuple[int, int, str]:
    """go-toml 2.x: row, column and words."""
    line, column, what, character = fault.line, fault.column, fault.what, fault.character
    if what == "Unclosed array":
        return line, column, "array elements must be separated by commas"
    if what == "Invalid value" and not character:
        return line, column, "array is incomplete"
    if what == "Invalid value":
        return line, column, f"unexpected character {_named(character)} at start of value"
    if what.startswith("Expected '=' after a key"):
        return line, column, "expected '=' after key"
    if what.startswith("Expected newline or end of document"):
        return line, column, f"expected newline but got {_named(character)}"
    if what in ("Invalid initial character for a key part", "Invalid statement"):
        return line, column, f"invalid character at start of key: {_named(character)}"
    if what.startswith("Illegal character '\\n'"):
        return line, column, "basic strings cannot have new lines"
    if what.startswith("Cannot declare"):
        start = fault.text.split("\n")[line - 1]
        table = start.strip().strip("[]").strip()
        return line, len(start) - len(start.lstrip()) + 2, f"table {table} already exists"
    if what == "Cannot overwrite a value":
        key = fault.text.split("\n")[line - 1].partition("=")[0].strip()
        return line, 1, f"key {key} is already defined"
    if what.startswith("Expected ']' at the end of a table"):
        return line, column, "expected ']' to close table name"
    return line, column, what[:1].lower() + what[1:]


def _named(character: str) -> str:
    """A character as go-toml prints it."""
    code = f"U+{ord(character):04X}" if character else "EOF"
    return f"{code} {character!r}" if character.isprintable() and character else code

"""Why a source could not be read."""

from __future__ import annotations

from typing import Self

from plugscope.boot import Diagnostic, DiagnosticCode, Severity


def unreadable(location: str, message: str) -> Diagnostic:
    """What keeps a source from being read, and where: a file and line, a field, a name."""
    return Diagnostic(DiagnosticCode.SOURCE, Severity.ERROR, message, location=location)


class SourceError(Exception):
    """A source that cannot be used. Holds every diagnostic, not the first alone."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics

    @classmethod
    def at(cls, location: str, message: str) -> Self:
        """An error with one diagnostic."""
        return cls(unreadable(location, message))


class NothingTold(SourceError):
    """A log that tells of no boot: read as it should be, and silent."""

"""What came of reading a configuration."""

from __future__ import annotations

from msgspec import Struct, field

from plugscope.boot import BootAbort, Diagnostic, DiagnosticCode, Severity
from plugscope.sources.release import Release
from plugscope.sources.toml import Leaf, Location, Table


class Loaded(Struct, dict=True):
    """What came of reading: ``top`` is the merged file, ``version`` its version, ``files`` what was read, in order.
    ``imports`` are the paths and patterns that other files are named by, as they lie on this machine."""

    release: Release
    top: Table = field(default_factory=Table)
    version: int = 0
    files: list[str] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    abort: BootAbort | None = None

    def warn(
        self,
        code: DiagnosticCode,
        message: str,
        location: Location,
        severity: Severity = Severity.WARNING,
        uri: str = "",
    ) -> None:
        """Add a diagnostic."""
        self.diagnostics.append(
            Diagnostic(code, severity, message, uri, str(location) if location.file else "")
        )

    def ambiguous(self, name: str, uri: str, location: Location) -> None:
        """2.x had to guess what an id of a version-1 file means."""
        text = f"the id {name!r} of a version-1 configuration is ambiguous: this release takes it for {uri}"
        self.warn(DiagnosticCode.CONFIG_AMBIGUOUS_ID, text, location, uri=uri)

    @property
    def by_id(self) -> bool:
        """Whether plugins are named by their ids: files of version 1 in 1.x."""
        return not self.release.is_v2 and self.version in (0, 1)

    def items(self, key: str) -> list[tuple[str, Location]]:
        """The texts of a list at the top level, each with its place."""
        leaf = self.top.get(key)
        return [(str(item), location) for item, location in leaf.items] if isinstance(leaf, Leaf) else []

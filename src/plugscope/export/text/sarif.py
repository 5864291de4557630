"""Diagnostics as SARIF 2.1.0, the format that code scanners exchange."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from plugscope import __version__
from plugscope.boot import Diagnostic, Severity

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif_of(diagnostics: Sequence[Diagnostic], source: str) -> dict[str, Any]:
    """A SARIF log with one run."""
    rules = sorted({diagnostic.code for diagnostic in diagnostics})
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Plugscope",
                        "version": __version__,
                        "rules": [{"id": rule} for rule in rules],
                    }
                },
                "results": [_result(diagnostic, rules, source) for diagnostic in diagnostics],
            }
        ],
    }


def _result(diagnostic: Diagnostic, rules: Sequence[str], source: str) -> dict[str, Any]:
    file, line = source, None
    found = re.fullmatch(r"(.+?):(\d+)(?::\d+)?", diagnostic.location)
    if found:
        file, line = found[1], int(found[2])
    physical: dict[str, Any] = {"artifactLocation": {"uri": file}}
    if line:
        physical["region"] = {"startLine": line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if diagnostic.uri:
        location["logicalLocations"] = [{"fullyQualifiedName": diagnostic.uri}]
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": rules.index(diagnostic.code),
        "level": _LEVEL[diagnostic.severity],
        "message": {"text": diagnostic.message},
        "locations": [location],
    }

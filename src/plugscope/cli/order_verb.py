"""``order`` and ``lint``: what can be said before anything starts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click

from plugscope.boot import Diagnostic, DiagnosticCode, Plan, Severity
from plugscope.boot import lint as check_plan
from plugscope.export.text import diagnostic_shape, order_shape, sarif_of
from plugscope.sources import Kind, locate_refused

from .opened import opened, selected
from .option import BOOT, DISABLE, OBSERVED, SELECT, Asked, shared
from .terminal import called, diagnostic_line, note, safe, say, say_json


@click.command("order", short_help="The order in which the plugins start.")
@shared
@DISABLE
@SELECT
@BOOT
@OBSERVED
def order(
    asked: Asked,
) -> None:
    """Print the order in which the plugins start, one URI a line.

    With --json also who pulled each one forward, through which required type. Exit code 1 if there is no order: a
    ring, or a registration that is refused.

    \b
    Examples
      plugscope order catalog:containerd-2.3 --disable io.containerd.metadata.v1.bolt
      plugscope order plugins.toml --semantics classic
      plugscope order shop.plugins --trust --json
    """
    with opened(asked) as it:
        plan = it.plan(asked.disable)
        shape = order_shape(plan)
        if asked.query:
            part = set(selected(it.recording(asked.disable), asked.query).plan.position)
            shape["order"] = [row for row in shape["order"] if row["uri"] in part]
        if asked.as_json:
            say_json(shape)
        else:
            for row in shape["order"]:
                say(safe(row["uri"]))
        for diagnostic in (*plan.catalog.diagnostics, *plan.diagnostics):
            note(diagnostic_line(diagnostic))
        if plan.error is not None or plan.catalog.abort is not None:
            sys.exit(1)


@click.command("check", short_help="Problems that show before anything starts.")
@shared
@DISABLE
@BOOT
@OBSERVED
@click.option("--sarif", "as_sarif", is_flag=True, help="Print SARIF 2.1.0 for code scanners.")
def lint(
    asked: Asked,
    as_sarif: bool,
) -> None:
    """Look for problems: rings, duplicates, what is required and missing, lookups that Requires does not cover.

    Exit code 1 if one of them is an error.

    \b
    Examples
      plugscope check plugins.toml
      plugscope check plugins.toml --sarif > plugscope.sarif
    """
    with opened(asked) as it:
        if it.source.kind is Kind.MANIFEST and it.source.file is not None:
            locate_refused(it.catalog, it.source.file)
        plan = it.plan(asked.disable)
        found = [*_disabled(plan), *check_plan(plan)]
        shapes: list[dict[str, Any]] = [diagnostic_shape(diagnostic) for diagnostic in found]
        if as_sarif:
            say_json(sarif_of(found, asked.source))
        elif asked.as_json:
            say_json({"diagnostics": shapes})
        else:
            for diagnostic in found:
                where = f"{safe(diagnostic.location)}: " if diagnostic.location else ""
                who = f"{called(diagnostic.uri, it.catalog)}: " if diagnostic.uri else ""
                say(f"{where}{diagnostic.severity}: {who}{safe(diagnostic.message)} [{diagnostic.code}]")
            if not found:
                say("no problems found")
        if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
            sys.exit(1)


def _disabled(plan: Plan) -> Iterator[Diagnostic]:
    """What does not start because a line says so: no fault, and the first thing to look at where it is missed."""
    locations = plan.catalog.locations
    for uri in plan.disabled_uris:
        if locations.get(uri):
            yield Diagnostic(
                DiagnosticCode.DISABLED,
                Severity.INFO,
                "does not start: this line disables it",
                uri,
                locations[uri],
            )


COMMANDS = (order, lint)

"""``render``, ``convert`` and ``diff``: pictures, manifests and differences."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from msgspec.structs import replace

from plugscope.boot import Recording, RecordingKind, Severity, compare
from plugscope.export import RENDER_SUFFIXES, render_file
from plugscope.export.text import impact_shape
from plugscope.sources import SourceError
from plugscope.sources.manifest import write_manifest

from .opened import opened, refuse_twice, selected, spare_sources
from .option import BOOT, CATALOG, DISABLE, OBSERVED, SELECT, SEMANTICS, TRUST, Asked, shared
from .terminal import note, refuse, safe, say, say_json

_MANIFEST_SUFFIXES = {".json": "json", ".toml": "toml", ".yaml": "yaml", ".yml": "yaml"}


@click.command("render", short_help="The graph as a picture.")
@shared
@DISABLE
@SELECT
@BOOT
@OBSERVED
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help=f"Where to: {', '.join(RENDER_SUFFIXES[:-1])} or {RENDER_SUFFIXES[-1]}.",
)
@click.option(
    "--theme", type=click.Choice(["light", "dark", "high-contrast"]), default="light", show_default=True
)
@click.option("--resolved", is_flag=True, help="Draw plugin to plugin, without the types between.")
@click.option("--scale", default=2.0, show_default=True, help="PNG: pixels for each unit of the drawing.")
def render(
    asked: Asked,
    output: str,
    theme: str,
    resolved: bool,
    scale: float,
) -> None:
    """Draw the Requires graph, coloured by type, with what came of each plugin, or would.

    The suffix of FILE decides the format.

    \b
    Examples
      plugscope render catalog:containerd-2.3 -o containerd.svg
      plugscope render plugins.toml -o plugins.png --theme dark --scale 3
    """
    path = Path(output)
    if path.suffix.lower() not in RENDER_SUFFIXES:
        refuse((output, f"expected a name that ends in {', '.join(RENDER_SUFFIXES)}"))
    if not 0.1 <= scale <= 20:
        refuse(("--scale", "expected a number from 0.1 to 20"))
    spare_sources(output, asked.source, asked.observed)
    with opened(asked) as it:
        recording = selected(it.recording(asked.disable), asked.query)
        try:
            render_file(recording, path, theme=theme, resolved=resolved, scale=scale)
        except OSError as error:
            refuse((output, error.strerror or str(error)))
        if asked.as_json:
            say_json({"file": str(path), "bytes": path.stat().st_size})


@click.command("convert", short_help="A manifest that opens to the same catalog.")
@shared
@click.option("-o", "--output", required=True, metavar="FILE", help="Where to: .toml, .json or .yaml.")
def convert(
    asked: Asked,
    output: str,
) -> None:
    """Write the source as a manifest, in the format that the suffix of FILE names.

    \b
    Examples
      plugscope convert catalog:containerd-2.3 -o containerd.toml
      plugscope convert shop.plugins --trust -o shop.yaml
    """
    path = Path(output)
    form = _MANIFEST_SUFFIXES.get(path.suffix.lower())
    if form is None:
        refuse((output, f"expected a name that ends in {', '.join(_MANIFEST_SUFFIXES)}"))
    spare_sources(output, asked.source)
    with opened(asked) as it:
        try:
            path.write_text(write_manifest(it.catalog, form), "utf-8")
        except SourceError as error:
            refuse((asked.source, str(error)))
        except OSError as error:
            refuse((output, error.strerror or str(error)))
        if asked.as_json:
            say_json({"file": str(path), "plugins": len(it.catalog.entries)})


@click.command("diff", short_help="What differs between two sources.")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@SEMANTICS
@TRUST
@CATALOG
@click.option(
    "--boot",
    "boots",
    type=int,
    multiple=True,
    metavar="N",
    help="Which boot of a log: the first given is for A, the second for B. From 1, or from the end with -1, the last.",
)
def diff(
    first: str,
    second: str,
    as_json: bool,
    semantics: str | None,
    trust: bool,
    catalog: str,
    boots: tuple[int, ...],
) -> None:
    """Compare two sources: plugins added, removed, moved, what they require, what they say about themselves, and how
    they come out, or would.

    Exit code 1 if anything differs.

    \b
    Examples
      plugscope diff catalog:containerd-1.7 catalog:containerd-2.3
      plugscope diff before.toml after.toml --json
      plugscope diff journal.log journal.log --boot 1 --boot 2
    """
    if len(boots) > 2:
        raise click.UsageError("--boot is given at most twice: for A and for B")
    refuse_twice("B", first, second)
    before, after = (*boots, -1, -1)[:2]
    asked = Asked(first, semantics=semantics, trust=trust, catalog=catalog, boot=before)
    with opened(asked) as a, opened(replace(asked, source=second, boot=after)) as b:
        recordings = a.recording(), b.recording()
        impact = compare(*recordings)
        for name, recording in zip((first, second), recordings, strict=True):
            _warn(name, recording)
        if as_json:
            say_json(impact_shape(impact))
        else:
            for word, names in (
                ("added", impact.added),
                ("removed", impact.removed),
                ("moved", impact.moved),
                ("requires changed", impact.requires_changed),
            ):
                for uri in names:
                    say(f"{word:<17} {safe(uri)}")
            for change in impact.changes:
                say(f"{'outcome changed':<17} {safe(change.uri)}: {change.before} to {change.after}")
            for meta in impact.meta_changed:
                say(f"{'meta changed':<17} {safe(meta.uri)}: {safe('; '.join(meta.words()))}")
        if impact:
            sys.exit(1)


def _warn(name: str, recording: Recording) -> None:
    """What limits the comparison: what a log or a listing does not tell, and what is wrong with a source."""
    for diagnostic in recording.plan.catalog.diagnostics:
        if recording.kind is RecordingKind.OBSERVED or diagnostic.severity is not Severity.INFO:
            note(f"{safe(name)}: {diagnostic.severity}: {safe(diagnostic.message)}")


COMMANDS = (render, convert, diff)

"""``monitor.health``: starts last, and sees whether what started works."""

from __future__ import annotations

from typing import Protocol

from plugscope.plugin import InitContext, PluginNotFoundError, SkipPlugin, is_skip_plugin

from .system import JOURNAL, MONITOR, SERVER, registry


class Probed(Protocol):
    """A server that can ask itself something."""

    def probe(self) -> str:
        """What came of it, in words. Raises what the asking raised."""


@registry.plugin(MONITOR, "health", requires=["*"])
def health(ic: InitContext) -> dict[str, int]:
    """Count how the plugins came out, and ask each server something. ``"*"``: after everything else."""
    plugins = ic.get_all()
    skipped = sum(is_skip_plugin(plugin.err) for plugin in plugins)
    failed = sum(plugin.err is not None for plugin in plugins) - skipped
    counts = {"ok": len(plugins) - failed - skipped, "skipped": skipped, "failed": failed}
    ic.meta.exports.update({name: str(count) for name, count in counts.items()})
    for name in ("http", "grpc"):
        server = _server(ic, name)
        if server is not None:
            print(server.probe())
            ic.meta.capabilities.append(name)
    ic.events.publish("/shop/health/checked", counts)
    _print_journal(ic)
    return counts


def _server(ic: InitContext, name: str) -> Probed | None:
    """A server that is there. One that failed raises its error: then the shop is not healthy."""
    try:
        server: Probed = ic.get_by_id(SERVER, name)
    except (PluginNotFoundError, SkipPlugin):
        return None
    return server


def _print_journal(ic: InitContext) -> None:
    try:
        journal = ic.get_single(JOURNAL)
    except PluginNotFoundError:
        return
    print(f"journal: {', '.join(journal.wait_for('/shop/health/checked'))}")

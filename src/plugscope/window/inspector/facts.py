"""What the inspector's pages say about one plugin."""

from __future__ import annotations

import json
from functools import partial

from PySide6.QtCore import QObject

from plugscope.boot import Entry, Outcome, Step, short_name, tell_lookup, why_here
from plugscope.plugin import Meta, short_type
from plugscope.session import Comparison, Document, Look
from plugscope.sources.boot_log import EventKind
from plugscope.window.comparison import differences
from plugscope.window.widget import one_line

from .config_facts import tell_settings
from .page import Page

_MOST_LINKS = 20
"""Of a list of plugins that may be as long as the boot."""

_TOLD = {
    EventKind.LOADING: "it starts",
    EventKind.SKIPPED: "it skips",
    EventKind.FAILED: "it fails",
    EventKind.WAITING: "it waits",
    EventKind.UNUSABLE: "metadata cannot use it",
    EventKind.ABORTED: "the boot ends",
    EventKind.PANICKED: "the daemon panics",
    EventKind.FATAL: "the boot ends",
    EventKind.EXITED: "the process ends",
}
"""What a line of a log tells of a plugin."""

PAGES = ("Why", "Lookups", "Meta", "Config", "Output", "About")


class Facts(QObject):
    """Fills pages with what a document knows of a plugin at the replay's cursor."""

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document

    def fill(self, name: str, page: Page, position: int, step: Step | None, look: Look) -> None:
        """Fill the page of that name (``PAGES``). ``step`` is ``None`` while its turn is still to come."""
        entry = self._document.catalog.entries[position]
        write = {
            "Why": partial(self._why, page, position, step, look),
            "Lookups": partial(self._lookups, page, entry, step),
            "Meta": partial(self._meta, page, step),
            "Config": partial(self._config, page, entry, step),
            "Output": partial(self._output, page, step),
            "About": partial(self._about, page, position, entry),
        }[name]
        with page.rewritten():
            write()

    def _why(self, page: Page, position: int, step: Step | None, look: Look) -> None:
        plan = self._document.plan
        self._compared(page, plan.catalog.entries[position].uri)
        if position in self._document.absent:
            return
        if step is not None and step.error and step.outcome is not Outcome.OK:
            page.section(self.tr("Error") if step.failed else self.tr("Why it skips"))
            page.code(step.error)
        if step is not None:
            self._log_lines(page, step.uri)
        if step is not None and any(cause.uri != step.uri for cause in step.causes):
            page.section(self.tr("It began with"))
            for cause in step.causes[:_MOST_LINKS]:
                page.link(short_name(cause.uri, plan), cause.uri, str(cause.reason).replace("-", " "))
            self._more(page, len(step.causes))
        if step is not None and len(step.chain) > 1:
            page.section(self.tr("Error chain"))
            for kind, text in step.chain:
                page.text(f"{kind}: {text}")
        if look is Look.PENDING:
            page.section(self.tr("Outcome"))
            page.text(self.tr("Its turn is still to come. Can you tell what will happen?"))
        if position in plan.disabled:
            self._disabled(page, position)
            return
        page.section(self.tr("Starts here because"))
        page.text(one_line(why_here(plan, position), 1_000))
        trail = plan.trail(position)
        for puller, via in trail[:_MOST_LINKS]:
            page.link(short_name(puller, plan), puller, self.tr("requires {0}").format(short_type(via)))
        self._more(page, len(trail))
        if step is not None and step.notes:
            page.section(self.tr("Worth knowing"))
            for note in step.notes:
                page.text(f"It {note}.")

    def _compared(self, page: Page, uri: str) -> None:
        """In what it differs between two boots."""
        document = self._document
        if not isinstance(document, Comparison):
            return
        page.section(self.tr("Between the two boots"))
        found = [(title, row) for title, row in differences(document) if row.uri == uri]
        for title, row in found:
            words = " → ".join(one_line(word, 300) for word in (row.before, row.after) if word)
            page.text(f"{self.tr(title)}: {words}")
        if not found:
            page.text(self.tr("Nothing differs."))

    def _log_lines(self, page: Page, uri: str) -> None:
        """The lines of the log that tell of it."""
        log = self._document.log
        references = () if log is None else log.references_of(uri)
        if log is None or not references:
            return
        page.section(self.tr("In the log"))
        for reference in references[:_MOST_LINKS]:
            text = self.tr("line {0}").format(reference.line)
            page.location(text, log.location_of(reference.line), self.tr(_TOLD.get(reference.kind, "")))
        self._more(page, len(references))

    def _disabled(self, page: Page, position: int) -> None:
        """Who disabled it, and who fails for want of it."""
        document = self._document
        page.section(self.tr("Disabled"))
        by_user = position in document.toggled
        page.text(self.tr("By you, here.") if by_user else self._by_whom(position))
        uri = document.catalog.entries[position].uri
        victims = next((c.victims for c in document.diagnosis().root_causes if c.uri == uri), [])
        page.section(self.tr("Fail for want of it ({0})").format(len(victims)))
        for victim in victims[:_MOST_LINKS]:
            page.link(short_name(victim, document.plan), victim, "")
        self._more(page, len(victims))
        if not victims:
            page.text(self.tr("nobody"))

    def _by_whom(self, position: int) -> str:
        document = self._document
        location = document.catalog.locations.get(document.catalog.entries[position].uri, "")
        return self.tr("By {0}.").format(location) if location else self.tr("By the source.")

    def _more(self, page: Page, count: int) -> None:
        if count > _MOST_LINKS:
            page.text(self.tr("and {0} more").format(count - _MOST_LINKS))

    def _lookups(self, page: Page, entry: Entry, step: Step | None) -> None:
        plan = self._document.plan
        made = [] if step is None else step.lookups
        for number, lookup in enumerate(made, 1):
            page.section(
                f"{number}. {short_type(lookup.lookup.type)}{'.' + lookup.lookup.id if lookup.lookup.id else ''}"
            )
            page.text(f"It {tell_lookup(lookup, plan)}.")
            found = lookup.found
            for uri in found[:12]:
                page.link(short_name(uri, plan), uri, "")
            if len(found) > 12:
                page.text(self.tr("and {0} more").format(len(found) - 12))
            for evidence in lookup.lookup.evidence[:4]:
                page.text(self.tr("known from: {0}").format(evidence), "faint")
        if not made and step is not None:
            page.text(self._no_lookups(entry))
        if step is None:
            page.text(self.tr("Not initialised yet."))
            for declared in entry.lookups or ():
                page.text(f"· {declared}", "quiet")

    def _no_lookups(self, entry: Entry) -> str:
        if self._document.run is not None:
            return self.tr("It made no lookups.")
        known = entry.lookups is not None
        return self.tr("It makes no lookups.") if known else self.tr("Its lookups are not known.")

    def _meta(self, page: Page, step: Step | None) -> None:
        if step is None or step.meta is None:
            page.text(self.tr("No Meta yet: it is filled in by the init function."))
            return
        before, after = step.meta_before or Meta(), step.meta
        self._tell_meta(page, after)
        page.section(self.tr("Before its init"))
        if before.exports or before.capabilities or before.platforms:
            self._tell_meta(page, before)
        else:
            page.text(self.tr("all of it empty"))

    def _tell_meta(self, page: Page, meta: Meta) -> None:
        page.section(self.tr("Exports"))
        page.pairs(meta.exports.items() or [(self.tr("none"), "")])
        page.section(self.tr("Capabilities"))
        page.text(", ".join(meta.capabilities) or self.tr("none"))
        page.section(self.tr("Platforms"))
        page.text(", ".join(map(str, meta.platforms)) or self.tr("none"))

    def _config(self, page: Page, entry: Entry, step: Step | None) -> None:
        if entry.settings or entry.abort is not None:
            tell_settings(page, entry, self._document.catalog.diagnostics)
        else:
            self._plain_config(page, entry, step)
        recording = self._document.replay.recording
        if step is not None and recording is not None:
            page.section(self.tr("Context"))
            address = step.address or recording.plan.catalog.address
            page.pairs(
                (name, value)
                for name, value in (
                    ("root", recording.root_of(step)),
                    ("state", recording.state_of(step)),
                    ("address", address),
                )
                if value
            )

    def _plain_config(self, page: Page, entry: Entry, step: Step | None) -> None:
        """The configuration as values alone: nobody knows where they come from."""
        config = entry.config if step is None else step.config
        if config is None:
            config = entry.registration.config
        page.section(self.tr("Config"))
        if config:
            page.code(json.dumps(config, indent=2, ensure_ascii=False, default=str))
        else:
            page.text(self.tr("none"))

    def _output(self, page: Page, step: Step | None) -> None:
        if step is None:
            page.text(self.tr("Nothing yet."))
            return
        if step.duration_ms is not None:
            page.text(self.tr("Took {0} ms.").format(f"{step.duration_ms:.3g}"))
        if step.returned:
            page.text(self.tr("Returned {0}.").format(step.returned))
        page.section(self.tr("Output"))
        if step.output:
            page.code(step.output)
        else:
            page.text(
                self.tr("none") if self._document.run is not None else self.tr("none: it was not really run")
            )
        if step.traceback:
            page.section(self.tr("Traceback"))
            page.code(step.traceback)

    def _about(self, page: Page, position: int, entry: Entry) -> None:
        registration = entry.registration
        page.section(self.tr("Registration"))
        page.pairs(
            (name, value)
            for name, value in (
                ("type", str(registration.type)),
                ("id", registration.id),
                (self.tr("registered as number"), str(position + 1)),
                (self.tr("declared at"), entry.location),
                (self.tr("init function"), entry.init_fn),
                (self.tr("known from"), str(entry.known)),
            )
            if value
        )
        neighbours = self._document.neighbours
        page.section(self.tr("Requires"))
        for name in registration.requires:
            page.text(short_type(name) if name != "*" else self.tr("everything else"))
        if not registration.requires:
            page.text(self.tr("nothing"))
        self._neighbours(page, self.tr("Which are"), neighbours.requires_of(position))
        self._neighbours(page, self.tr("Required by"), neighbours.requirers_of(position))

    def _neighbours(self, page: Page, title: str, positions: list[int]) -> None:
        if not positions:
            return
        page.section(f"{title} ({len(positions)})")
        for position in positions[:40]:
            uri = self._document.catalog.entries[position].uri
            page.link(self._document.name_of(position), uri, "")
        if len(positions) > 40:
            page.text(self.tr("and {0} more").format(len(positions) - 40))

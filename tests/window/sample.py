"""What window tests share: an open window with its panels by their types, and texts that mean ill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plugscope.session import SourceDocument
from plugscope.window import MainWindow
from plugscope.window.action import ActionId
from plugscope.window.canvas import CanvasPane
from plugscope.window.inspector import Inspector
from plugscope.window.log import LogPanel
from plugscope.window.problems import Problems
from plugscope.window.table import Legend, PluginTable
from plugscope.window.timeline import Timeline

HOSTILE = (
    "new\nline",
    "<b>bold</b>",
    "a&amp;b & c",
    "שלום עולם",
    "\u202eturned",
    "nul\0here",
    "x" * 5000,
    "many words " * 200,
    "tab\there",
    "<img src='http://example.com/x.png'>",
)


def manifest(*plugins: dict[str, Any], **settings: Any) -> dict[str, Any]:
    """A manifest as plain values."""
    return {"plugscope": 1, "plugin": list(plugins), **settings}


def hostile() -> dict[str, Any]:
    """Every hostile text as an id, a type, a required type, an error, an export, and a piece of config."""
    plugins = []
    for number, text in enumerate(HOSTILE):
        outcome = "error" if number % 3 == 0 else "ok"
        plugins.append(
            {
                "type": f"{text}.v1" if number % 2 else "kind.v1",
                "id": text,
                "requires": ["kind.v1", f"absent {text}"] if number % 2 else [],
                "lookups": [],
                "config": {text[:200]: text},
                "source": text[:300],
                "init": {"outcome": outcome, "message": text, "exports": {text[:300]: text}},
            }
        )
    return manifest(*plugins, name=HOSTILE[1] + HOSTILE[0])


def source_document(window: MainWindow) -> SourceDocument:
    """The document of the window, in which plugins can be toggled."""
    document = window.document
    assert isinstance(document, SourceDocument)
    return document


@dataclass
class Shown:
    """A window that shows a document."""

    window: MainWindow
    document: SourceDocument

    @property
    def pane(self) -> CanvasPane:
        assert self.window.pane is not None
        return self.window.pane

    def act(self, *names: str) -> None:
        """Do what menu entries do."""
        for name in names:
            action = self.window.actions_by_id[ActionId(name)]
            assert action.isEnabled(), f"{name} is disabled"
            action.trigger()

    def at(self, uri: str) -> int:
        """The position of a plugin."""
        return self.document.plan.position[uri]

    @property
    def table(self) -> PluginTable:
        widget = self.window.docks["plugins"].widget()
        assert isinstance(widget, PluginTable)
        return widget

    @property
    def legend(self) -> Legend:
        widget = self.window.docks["legend"].widget()
        assert isinstance(widget, Legend)
        return widget

    @property
    def inspector(self) -> Inspector:
        widget = self.window.docks["inspector"].widget()
        assert isinstance(widget, Inspector)
        return widget

    @property
    def timeline(self) -> Timeline:
        widget = self.window.docks["timeline"].widget()
        assert isinstance(widget, Timeline)
        return widget

    @property
    def problems(self) -> Problems:
        widget = self.window.docks["problems"].widget()
        assert isinstance(widget, Problems)
        return widget

    @property
    def log(self) -> LogPanel:
        widget = self.window.docks["log"].widget()
        assert isinstance(widget, LogPanel)
        return widget

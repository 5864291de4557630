"""The one table of everything a user can do, and the builder that makes actions of it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from plugscope.session import Theme
from plugscope.window.widget import icon

_CONTEXT = "Action"


class Deed(Struct, frozen=True):
    """One thing a user can do: stable id, menu text, keys, icon, tip, and the menu it is in.

    ``needs``: what must be there for it to be enabled: "" nothing, ``document`` an open one, ``source`` one that is
    not two laid over each other (as ``comparison`` is), ``expectation`` one that says what to expect, ``selection``,
    ``steps``, ``run`` (plugins that can really be run).
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    menu: str = ""
    needs: str = "document"
    checkable: bool = False


DEEDS = (
    Deed(
        "open",
        "Open…",
        ("Ctrl+O",),
        "open",
        "Open a log, a configuration, a manifest or a Python module",
        "File",
        "",
    ),
    Deed(
        "open_folder",
        "Open Python package…",
        (),
        "open",
        "Open a folder that is a Python package",
        "File",
        "",
    ),
    Deed(
        "open_daemon",
        "Look at the running containerd",
        (),
        "open",
        "Ask the daemon at its usual socket what it has and what became of it; nothing is changed in it",
        "File",
        "",
    ),
    Deed(
        "welcome",
        "Start page",
        ("Ctrl+Shift+H",),
        "",
        "Examples, catalogs and what was open last",
        "File",
        "",
    ),
    Deed(
        "watch_daemon",
        "Watch the daemon",
        (),
        "",
        "Ask it every few seconds, and mark what changed",
        "File",
        "daemon",
        True,
    ),
    Deed("reload", "Reload", ("Ctrl+R",), "reload", "Read the source again", "File", "source"),
    Deed(
        "compare",
        "Compare with…",
        ("Ctrl+D",),
        "",
        "Lay the boot of another release, log, config or daemon over this one",
        "File",
        "source",
    ),
    Deed(
        "observe",
        "What happened…",
        (),
        "",
        "Lay what a log or a daemon tells over what this catalog or configuration lets expect",
        "File",
        "expectation",
    ),
    Deed(
        "export", "Export picture…", ("Ctrl+E",), "export", "Save the graph as SVG, PNG, PDF or DOT", "File"
    ),
    Deed(
        "save_manifest",
        "Save as manifest…",
        ("Ctrl+S",),
        "",
        "Write what is open as TOML, JSON or YAML",
        "File",
        "source",
    ),
    Deed("trusted", "Trusted code…", (), "trust", "See and revoke which Python paths may be run", "File", ""),
    Deed("quit", "Quit", ("Ctrl+Q",), "", "Close Plugscope", "File", ""),
    Deed("undo", "Undo", ("Ctrl+Z",), "undo", "Take the last change back", "Edit"),
    Deed("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", "Make the change again", "Edit"),
    Deed(
        "toggle",
        "Disable or enable",
        ("D",),
        "disable",
        "Leave the selected plugins out, or take them in",
        "Edit",
        "source selection",
    ),
    Deed("enable_all", "Reset changes", (), "enable", "Take back all you disabled or enabled", "Edit"),
    Deed(
        "paste",
        "Paste",
        ("Ctrl+V",),
        "",
        "Open what is on the clipboard: a log, a listing, a configuration, a manifest, or the path of one",
        "Edit",
        "",
    ),
    Deed("copy_uri", "Copy URI", ("Ctrl+C",), "copy", "Copy the selected plugins' URIs", "Edit", "selection"),
    Deed(
        "copy_toml",
        "Copy disabled_plugins",
        ("Ctrl+Shift+C",),
        "copy",
        "Copy the containerd config line for what is disabled",
        "Edit",
        "source",
    ),
    Deed(
        "write_config",
        "Write to config…",
        ("Ctrl+Shift+S",),
        "",
        "Change disabled_plugins in a containerd configuration; you see the change before it is written",
        "Edit",
        "source",
    ),
    Deed(
        "copy_report",
        "Copy causes as report",
        (),
        "copy",
        "Copy the causes in Markdown, word for word",
        "Edit",
    ),
    Deed(
        "copy_masked_report",
        "Copy causes as report, masked",
        (),
        "copy",
        "Copy the causes in Markdown, with secrets, hosts and paths hidden",
        "Edit",
    ),
    Deed("select_all", "Select all", ("Ctrl+A",), "", "", "Edit"),
    Deed("select_upstream", "Select what it requires", ("Ctrl+Left",), "", "", "Edit", "selection"),
    Deed("select_downstream", "Select what requires it", ("Ctrl+Right",), "", "", "Edit", "selection"),
    Deed("find", "Find…", ("Ctrl+F",), "search", "Filter plugins: a word, type:…, status:…, +word", "View"),
    Deed(
        "palette",
        "Command palette…",
        ("Ctrl+Shift+P", "Ctrl+P"),
        "command",
        "Go to a plugin or do anything, by name",
        "View",
        "",
    ),
    Deed("fit", "Fit all", ("Ctrl+0",), "fit", "Show the whole graph", "View"),
    Deed(
        "fit_selection",
        "Fit selection",
        ("Ctrl+9",),
        "focus",
        "Show the selected plugins as large as possible",
        "View",
        "selection",
    ),
    Deed("zoom_in", "Zoom in", ("Ctrl++", "Ctrl+="), "zoom-in", "", "View"),
    Deed("zoom_out", "Zoom out", ("Ctrl+-",), "zoom-out", "", "View"),
    Deed("minimap", "Minimap", ("Ctrl+B",), "minimap", "Show or hide the overview", "View", "document", True),
    Deed(
        "resolved",
        "Plugin to plugin",
        ("Ctrl+L",),
        "",
        "Draw who requires whom without the types between",
        "View",
        "document",
        True,
    ),
    Deed(
        "other_side",
        "Show the other boot",
        ("X",),
        "",
        "Of the two that are compared: every card stays where it is",
        "View",
        "comparison",
    ),
    Deed("theme", "Theme", ("Ctrl+T",), "theme", "Follow the system, light, dark, high contrast", "View", ""),
    Deed("restart", "To the start", ("Alt+Home",), "restart", "Before the first step", "Replay", "steps"),
    Deed("step_back", "Step back", (",", "Shift+F11"), "step-back", "One step back", "Replay", "steps"),
    Deed("step", "Step", (".", "F10"), "step", "One step on", "Replay", "steps"),
    Deed("play", "Play or pause", ("F5",), "play", "Go on by itself", "Replay", "steps"),
    Deed(
        "run_to_breakpoint",
        "To breakpoint",
        ("F8",),
        "run-to-breakpoint",
        "On to the next breakpoint",
        "Replay",
        "steps",
    ),
    Deed(
        "run_to_cursor",
        "Run to selected",
        ("F7",),
        "",
        "Replay up to the selected plugin",
        "Replay",
        "selection",
    ),
    Deed("run_to_end", "To the end", ("Alt+End",), "run-to-end", "After the last step", "Replay", "steps"),
    Deed(
        "breakpoint",
        "Set or clear breakpoint",
        ("F9",),
        "breakpoint",
        "Stop at the selected plugins",
        "Replay",
        "selection",
    ),
    Deed("break_error", "Stop at first error", (), "", "", "Replay", "document", True),
    Deed("break_skip", "Stop at first skip", (), "", "", "Replay", "document", True),
    Deed("run", "Run", ("Ctrl+F5",), "play", "Really run the plugins, in a worker process", "Replay", "run"),
    Deed(
        "show_prediction",
        "Show the prediction",
        (),
        "",
        "Replay what would happen instead of what happened",
        "Replay",
    ),
    Deed("shortcuts", "Keyboard shortcuts", ("F1", "?"), "info", "All keys on one page", "Help", ""),
    Deed("about", "About Plugscope", (), "info", "", "Help", ""),
)

MENUS = ("File", "Edit", "View", "Replay", "Help")


class Actions(dict[str, QAction]):
    """Every deed as a ``QAction``, by id."""

    def __init__(self, parent: QObject) -> None:
        super().__init__()
        self._there: frozenset[str] | None = None
        for deed in DEEDS:
            action = QAction(_translated(deed.text), parent)
            action.setObjectName(deed.id)
            action.setShortcuts([QKeySequence(key) for key in deed.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setCheckable(deed.checkable)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            tip = _translated(deed.tip) if deed.tip else action.text().rstrip("…")
            action.setToolTip(f"{tip} ({keys})" if keys else tip)
            self[deed.id] = action

    def recolour(self, theme: Theme) -> None:
        """Draw the icons in the theme's text colour."""
        for deed in DEEDS:
            if deed.icon:
                self[deed.id].setIcon(icon(deed.icon, theme.text))

    def enable(self, present: Iterable[str]) -> None:
        """Enable what has all it needs."""
        there = frozenset(present)
        if there == self._there:
            return
        self._there = there
        for deed in DEEDS:
            self[deed.id].setEnabled(there.issuperset(deed.needs.split()))


def name_of(deed: Deed) -> str:
    """What it is called, whatever it would do now."""
    return _translated(deed.text).rstrip("…")


def _translated(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)

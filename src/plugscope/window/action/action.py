"""The one table of everything a user can do, and the builder that makes actions of it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from plugscope.session import Theme
from plugscope.window.widget import ui_icon

_CONTEXT = "Action"


class ActionSpec(Struct, frozen=True):
    """One thing a user can do: stable id, menu text, keys, icon, tip, and the menu it is in.

    ``needs``: what must be there for it to be enabled: "" nothing, ``document`` an open one, ``source`` one that is
    not two laid over each other (as ``comparison`` is), ``expectation`` one that says what to expect, ``selection``,
    ``steps``, ``run`` (plugins that can really be run).
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    ui_icon: str = ""
    tip: str = ""
    menu: str = ""
    needs: str = "document"
    checkable: bool = False


ACTIONS = (
    ActionSpec(
        "open",
        "Open…",
        ("Ctrl+O",),
        "open",
        "Open a log, a configuration, a manifest or a Python module",
        "File",
        "",
    ),
    ActionSpec(
        "open_folder",
        "Open Python package…",
        (),
        "open",
        "Open a folder that is a Python package",
        "File",
        "",
    ),
    ActionSpec(
        "open_daemon",
        "Look at the running containerd",
        (),
        "open",
        "Ask the daemon at its usual socket what it has and what became of it; nothing is changed in it",
        "File",
        "",
    ),
    ActionSpec(
        "welcome",
        "Start page",
        ("Ctrl+Shift+H",),
        "",
        "Examples, catalogs and what was open last",
        "File",
        "",
    ),
    ActionSpec(
        "watch_daemon",
        "Watch the daemon",
        (),
        "",
        "Ask it every few seconds, and mark what changed",
        "File",
        "daemon",
        True,
    ),
    ActionSpec("reload", "Reload", ("Ctrl+R",), "reload", "Read the source again", "File", "source"),
    ActionSpec(
        "compare",
        "Compare with…",
        ("Ctrl+D",),
        "",
        "Lay the boot of another release, log, config or daemon over this one",
        "File",
        "source",
    ),
    ActionSpec(
        "observe",
        "What happened…",
        (),
        "",
        "Lay what a log or a daemon tells over what this catalog or configuration lets expect",
        "File",
        "expectation",
    ),
    ActionSpec(
        "export", "Export picture…", ("Ctrl+E",), "export", "Save the graph as SVG, PNG, PDF or DOT", "File"
    ),
    ActionSpec(
        "save_manifest",
        "Save as manifest…",
        ("Ctrl+S",),
        "",
        "Write what is open as TOML, JSON or YAML",
        "File",
        "source",
    ),
    ActionSpec(
        "trusted", "Trusted code…", (), "trust", "See and revoke which Python paths may be run", "File", ""
    ),
    ActionSpec("quit", "Quit", ("Ctrl+Q",), "", "Close Plugscope", "File", ""),
    ActionSpec("undo", "Undo", ("Ctrl+Z",), "undo", "Take the last change back", "Edit"),
    ActionSpec("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", "Make the change again", "Edit"),
    ActionSpec(
        "toggle",
        "Disable or enable",
        ("D",),
        "disable",
        "Leave the selected plugins out, or take them in",
        "Edit",
        "source selection",
    ),
    ActionSpec("enable_all", "Reset changes", (), "enable", "Take back all you disabled or enabled", "Edit"),
    ActionSpec(
        "paste",
        "Paste",
        ("Ctrl+V",),
        "",
        "Open what is on the clipboard: a log, a listing, a configuration, a manifest, or the path of one",
        "Edit",
        "",
    ),
    ActionSpec(
        "copy_uri", "Copy URI", ("Ctrl+C",), "copy", "Copy the selected plugins' URIs", "Edit", "selection"
    ),
    ActionSpec(
        "copy_toml",
        "Copy disabled_plugins",
        ("Ctrl+Shift+C",),
        "copy",
        "Copy the containerd config line for what is disabled",
        "Edit",
        "source",
    ),
    ActionSpec(
        "write_config",
        "Write to config…",
        ("Ctrl+Shift+S",),
        "",
        "Change disabled_plugins in a containerd configuration; you see the change before it is written",
        "Edit",
        "source",
    ),
    ActionSpec(
        "copy_report",
        "Copy causes as report",
        (),
        "copy",
        "Copy the causes in Markdown, word for word",
        "Edit",
    ),
    ActionSpec(
        "copy_masked_report",
        "Copy causes as report, masked",
        (),
        "copy",
        "Copy the causes in Markdown, with secrets, hosts and paths hidden",
        "Edit",
    ),
    ActionSpec("select_all", "Select all", ("Ctrl+A",), "", "", "Edit"),
    ActionSpec("select_upstream", "Select what it requires", ("Ctrl+Left",), "", "", "Edit", "selection"),
    ActionSpec("select_downstream", "Select what requires it", ("Ctrl+Right",), "", "", "Edit", "selection"),
    ActionSpec(
        "find", "Find…", ("Ctrl+F",), "search", "Filter plugins: a word, type:…, status:…, +word", "View"
    ),
    ActionSpec(
        "palette",
        "Command palette…",
        ("Ctrl+Shift+P", "Ctrl+P"),
        "command",
        "Go to a plugin or do anything, by name",
        "View",
        "",
    ),
    ActionSpec("fit", "Fit all", ("Ctrl+0",), "fit", "Show the whole graph", "View"),
    ActionSpec(
        "fit_selection",
        "Fit selection",
        ("Ctrl+9",),
        "focus",
        "Show the selected plugins as large as possible",
        "View",
        "selection",
    ),
    ActionSpec("zoom_in", "Zoom in", ("Ctrl++", "Ctrl+="), "zoom-in", "", "View"),
    ActionSpec("zoom_out", "Zoom out", ("Ctrl+-",), "zoom-out", "", "View"),
    ActionSpec(
        "minimap", "Minimap", ("Ctrl+B",), "minimap", "Show or hide the overview", "View", "document", True
    ),
    ActionSpec(
        "resolved",
        "Plugin to plugin",
        ("Ctrl+L",),
        "",
        "Draw who requires whom without the types between",
        "View",
        "document",
        True,
    ),
    ActionSpec(
        "other_side",
        "Show the other boot",
        ("X",),
        "",
        "Of the two that are compared: every card stays where it is",
        "View",
        "comparison",
    ),
    ActionSpec(
        "theme", "Theme", ("Ctrl+T",), "theme", "Follow the system, light, dark, high contrast", "View", ""
    ),
    ActionSpec(
        "restart", "To the start", ("Alt+Home",), "restart", "Before the first step", "Replay", "steps"
    ),
    ActionSpec("step_back", "Step back", (",", "Shift+F11"), "step-back", "One step back", "Replay", "steps"),
    ActionSpec("step", "Step", (".", "F10"), "step", "One step on", "Replay", "steps"),
    ActionSpec("play", "Play or pause", ("F5",), "play", "Go on by itself", "Replay", "steps"),
    ActionSpec(
        "run_to_breakpoint",
        "To breakpoint",
        ("F8",),
        "run-to-breakpoint",
        "On to the next breakpoint",
        "Replay",
        "steps",
    ),
    ActionSpec(
        "run_to_cursor",
        "Run to selected",
        ("F7",),
        "",
        "Replay up to the selected plugin",
        "Replay",
        "selection",
    ),
    ActionSpec(
        "run_to_end", "To the end", ("Alt+End",), "run-to-end", "After the last step", "Replay", "steps"
    ),
    ActionSpec(
        "breakpoint",
        "Set or clear breakpoint",
        ("F9",),
        "breakpoint",
        "Stop at the selected plugins",
        "Replay",
        "selection",
    ),
    ActionSpec("break_error", "Stop at first error", (), "", "", "Replay", "document", True),
    ActionSpec("break_skip", "Stop at first skip", (), "", "", "Replay", "document", True),
    ActionSpec(
        "run", "Run", ("Ctrl+F5",), "play", "Really run the plugins, in a worker process", "Replay", "run"
    ),
    ActionSpec(
        "show_prediction",
        "Show the prediction",
        (),
        "",
        "Replay what would happen instead of what happened",
        "Replay",
    ),
    ActionSpec("shortcuts", "Keyboard shortcuts", ("F1", "?"), "info", "All keys on one page", "Help", ""),
    ActionSpec("about", "About Plugscope", (), "info", "", "Help", ""),
)

MENUS = ("File", "Edit", "View", "Replay", "Help")


class Actions(dict[str, QAction]):
    """Every deed as a ``QAction``, by id."""

    def __init__(self, parent: QObject) -> None:
        super().__init__()
        self._there: frozenset[str] | None = None
        for spec in ACTIONS:
            action = QAction(_translated(spec.text), parent)
            action.setObjectName(spec.id)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setCheckable(spec.checkable)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            tip = _translated(spec.tip) if spec.tip else action.text().rstrip("…")
            action.setToolTip(f"{tip} ({keys})" if keys else tip)
            self[spec.id] = action

    def recolour(self, theme: Theme) -> None:
        """Draw the icons in the theme's text colour."""
        for spec in ACTIONS:
            if spec.ui_icon:
                self[spec.id].setIcon(ui_icon(spec.ui_icon, theme.text))

    def enable(self, present: Iterable[str]) -> None:
        """Enable what has all it needs."""
        there = frozenset(present)
        if there == self._there:
            return
        self._there = there
        for spec in ACTIONS:
            self[spec.id].setEnabled(there.issuperset(spec.needs.split()))


def name_of(spec: ActionSpec) -> str:
    """What it is called, whatever it would do now."""
    return _translated(spec.text).rstrip("…")


def _translated(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)

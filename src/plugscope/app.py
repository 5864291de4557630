"""The one place where the window's objects are made and wired."""

from __future__ import annotations

import gc
import signal
import sys

from .display import has_display


def start(arguments: list[str]) -> int:
    """Open the window on the source that the arguments name, if any; returns the exit code."""
    over = ""
    if len(arguments) == 3 and "--observed" in arguments[:2]:
        over = arguments.pop(arguments.index("--observed") + 1)
        arguments.remove("--observed")
    if len(arguments) > 1:
        print(f"error: {arguments[1]}: one source at a time (see plugscope --help)", file=sys.stderr)  # noqa: T201
        return 2
    source = arguments[0] if arguments else ""
    if not has_display():
        from plugscope.cli import show

        return show(source or "catalog:containerd-2.3", over)
    gc.disable()  # nothing of a start is garbage: not before the first paint
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        print(f"error: Qt: {error}; install the library it names", file=sys.stderr)  # noqa: T201
        return 2
    _leave_sources_unread()
    return _run(QApplication(sys.argv[:1]), source, over)


def _leave_sources_unread() -> None:
    """Spare the start a fifth of its time: PySide reads the source of every module that is imported, and keeps it.

    It looks for its own name, to know whether ``from __feature__ import …`` is to work there. Nothing here does that,
    and -1 is its word for a module to be left alone (shibokensupport/feature.py).
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", lambda _module: False)  # noqa: B010 - no type knows of it


def _run(app: object, source: str, over: str) -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    from plugscope.session import Settings, load_theme, share_lock
    from plugscope.window import FirstPaint, MainWindow, theme_name

    assert isinstance(app, QApplication)
    share_lock()
    QGuiApplication.setDesktopFileName("org.plugscope.Plugscope")
    app.setApplicationName("Plugscope")
    app.setStyle("Fusion")
    settings = Settings.of_user()
    window = MainWindow(settings, load_theme(theme_name(settings.get("theme"))))

    def follow_system() -> None:
        if settings.get("theme", "system") == "system":
            window.set_theme(load_theme(theme_name("system")))

    QGuiApplication.styleHints().colorSchemeChanged.connect(follow_system)
    if over:
        QTimer.singleShot(0, window, lambda: window.opener.open(source, over=over))
    loaded = window.opener.read_now(source) if source and not over else None
    if loaded is not None:
        window.show_first(loaded)
    else:
        window.show_welcome()
    FirstPaint(window, _collect_from_now)
    window.show()
    # Ctrl+C in the terminal ends the program: Python sees the signal when Qt gives it a turn.
    signal.signal(signal.SIGINT, lambda *_: window.close())
    turn = QTimer()
    turn.start(500)
    turn.timeout.connect(lambda: None)
    return int(app.exec())


def _collect_from_now() -> None:
    gc.freeze()  # what has been made so far stays for as long as the program
    gc.enable()

"""Take the pictures of the README: the real window, driven through its own actions, on the display at hand.

`packaging/dev.py screenshots` gives it a virtual one. The pictures go to docs/images, or to the folder named.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from plugscope.session import Document, Settings, load_theme
from plugscope.window import MainWindow
from plugscope.window.action import ActionId

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
SIZE = (1440, 900)
# What a picture of containerd is centred on, so that ids can be read in it.
CENTRE = (
    "io.containerd.metadata.v1.bolt",
    "io.containerd.grpc.v1.cri",
    "io.containerd.sandbox.controller.v1.shim",
)
# Time for layout, fonts and the last repaint.
SETTLE_S = 2.5
OPEN_TIMEOUT_S = 30.0


faults: list[BaseException] = []


def note_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Qt goes on after an exception in a slot; a picture of what is left must not be taken for the window."""
    faults.append(fault)
    sys.__excepthook__(kind, fault, trace)


def settle(seconds: float = SETTLE_S) -> None:
    """Let the window do what it has to do. Raises what one of its slots raised."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)
        if faults:
            raise faults[0]


def wait_for(ready: Callable[[], bool], what: str) -> None:
    """Let the window work until something is so. Raises `TimeoutError`."""
    end = time.monotonic() + OPEN_TIMEOUT_S
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not in {OPEN_TIMEOUT_S:.0f} s")
        settle(0.05)


class Stage:
    """The window, and the folder its pictures go to."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.folder = folder
        self.window = MainWindow(settings, load_theme("light"))
        self.window.resize(*SIZE)
        self.window.show()

    def open(self, source: str) -> Document:
        """Open a source as the start page would."""
        self.window.opener.open(source)
        wait_for(
            lambda: getattr(getattr(self.window.document, "source", None), "text", None) == source, source
        )
        document = self.window.document
        assert document is not None
        settle()
        self.act("fit")
        return document

    def act(self, *actions: str) -> None:
        """Do what a menu entry does."""
        for action in actions:
            self.window.actions_by_id[ActionId(action)].trigger()
            settle(0.2)

    def select(self, document: Document, *uris: str) -> None:
        """Select plugins by URI."""
        document.select(document.plan.position[uri] for uri in uris)

    def take(self, name: str, theme: str) -> None:
        """Save what the window shows."""
        self.window.set_theme(load_theme(theme))
        settle()
        path = self.folder / f"{name}-{theme}.png"
        if not self.window.grab().save(str(path)):
            raise OSError(f"{path} could not be written")
        print(path)


def containerd(stage: Stage) -> None:
    """containerd as it starts, and what one disabled plugin does to it."""
    document = stage.open("catalog:containerd-2.3")
    stage.select(document, *CENTRE)
    stage.act("fit_selection")
    stage.select(document, "io.containerd.grpc.v1.cri")
    stage.take("window", "light")
    stage.select(document, "io.containerd.metadata.v1.bolt")
    stage.act("toggle")
    stage.select(document, "io.containerd.grpc.v1.cri")
    stage.take("impact", "light")
    stage.act("undo")


def shop(stage: Stage) -> None:
    """A Python application that is really run, at its first error."""
    document = stage.open("example:shop")
    stage.act("run")
    wait_for(lambda: document.run is not None, "the run")
    stage.act("restart", "break_error", "run_to_breakpoint")
    current = document.replay.current
    assert current is not None
    stage.select(document, current.uri)
    stage.take("replay", "dark")


def main(arguments: list[str]) -> int:
    """Take them all."""
    folder = Path(arguments[0]) if arguments else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    sys.excepthook = note_fault
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    QGuiApplication.setDesktopFileName("org.plugscope.Plugscope")
    with tempfile.TemporaryDirectory() as home:
        stage = Stage(Settings(Path(home) / "settings.json"), folder)
        for scene in (containerd, shop):
            scene(stage)
        stage.window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

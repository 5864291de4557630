"""What the actions of the Replay menu do, and running plugins for real."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from plugscope.session import Breakpoints, Document, Job, run_job
from plugscope.sources import Kind
from plugscope.window.context import WindowContext
from plugscope.window.widget import plugins


class ReplayController(QObject):
    """One method an action, named after it. ``running_changed`` tells when a run begins and ends."""

    running_changed = Signal()

    def __init__(self, context: WindowContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None

    @property
    def is_running(self) -> bool:
        """Whether plugins are being run."""
        return self._job is not None

    @property
    def _document(self) -> Document:
        document = self._context.document
        assert document is not None, "the action is disabled without a document"
        return document

    def cancel(self) -> None:
        """Another document is shown: what still runs is of no use any more."""
        if self._job is not None:
            self._job.cancel()

    def stop(self) -> None:
        """The window closes: end the run."""
        self.cancel()
        if self._job is not None:
            self._job.wait()

    def do_restart(self) -> None:
        self._document.replay.restart()

    def do_step_back(self) -> None:
        self._document.replay.step_back()

    def do_step(self) -> None:
        self._document.replay.step()

    def do_play(self) -> None:
        self._document.replay.toggle_play()

    def do_run_to_breakpoint(self) -> None:
        self._document.replay.run_to_breakpoint()

    def do_run_to_end(self) -> None:
        self._document.replay.run_to_end()

    def do_run_to_cursor(self) -> None:
        step = self._document.step_of(min(self._document.selection))
        if step is not None:
            self._document.replay.pause()
            self._document.replay.go(step.index + 1)

    def do_breakpoint(self) -> None:
        self._document.toggle_breakpoints(self._document.selection)

    def do_break_error(self) -> None:
        points = self._document.replay.breakpoints
        self._change_breakpoints(points, first_error=not points.first_error)

    def do_break_skip(self) -> None:
        points = self._document.replay.breakpoints
        self._change_breakpoints(points, first_skip=not points.first_skip)

    def _change_breakpoints(self, points: Breakpoints, **change: bool) -> None:
        self._document.change_breakpoints(replace(points, **change))

    def do_show_prediction(self) -> None:
        self._document.show_prediction()

    def do_run(self) -> None:
        """Run the plugins: those of a manifest in files of the user's only if the user trusts it."""
        document = self._document
        source, settings = document.source, self._context.settings
        key = "" if source.kind is Kind.PYTHON or source.shipped else source.text
        if not key or settings.trusts(key):
            self._run(document)
            return

        def allow() -> None:
            settings.trust(key)
            if self._context.document is document:
                self._run(document)

        text = self.tr(
            "{0} names Python functions. To run it, Plugscope must import them, in a worker process with your "
            "rights (no security sandbox). Do you trust it?"
        ).format(key)
        trust = (self.tr("Trust and run"), allow)
        self._context.notice.say(text, "trust", [trust, (self.tr("Not now"), lambda: None)])

    def _run(self, document: Document) -> None:
        self._job = run_job(document.source, document.plan)
        total = len(document.plan.sequence)
        self._context.busy(self.tr("Running {0}…").format(plugins(total)))
        self._job.reported.connect(self._tell_step)
        self._job.returned.connect(document.take_run)
        self._job.errored.connect(self._run_failed)
        self._job.finished.connect(self._run_finished)
        cancel = (self.tr("Cancel"), self._job.cancel)
        self._context.notice.say(self.tr("Running the plugins in a worker process…"), "play", [cancel])
        self.running_changed.emit()
        self._job.start()

    @Slot(object)
    def _tell_step(self, step: object) -> None:
        self._context.busy(self.tr("Running: {0}").format(getattr(step, "uri", "")))

    @Slot(object)
    def _run_failed(self, error: object) -> None:
        self._context.notice.say("\n".join(str(error).splitlines()[:6]), "error")

    @Slot()
    def _run_finished(self) -> None:
        self._job = None
        self._context.busy("")
        if self._context.notice.is_progress:
            self._context.notice.hide()
        self.running_changed.emit()

"""What the actions of the Replay menu do, and running plugins for real."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from plugscope.session import Breakpoints, Job, Replay, SourceDocument, run_job
from plugscope.sources import Kind
from plugscope.window.action import ActionId
from plugscope.window.context import WindowContext
from plugscope.window.widget import plugins

from .controller import Controller, Handlers


class ReplayController(Controller):
    """Steps and runs. ``running_changed`` tells when a run begins and ends."""

    running_changed = Signal()

    def __init__(self, context: WindowContext, parent: QObject) -> None:
        super().__init__(context, parent)
        self._job: Job | None = None

    @property
    def is_running(self) -> bool:
        """Whether plugins are being run."""
        return self._job is not None

    @property
    def handlers(self) -> Handlers:
        return {
            ActionId.RESTART: self._verb(Replay.restart),
            ActionId.STEP_BACK: self._verb(Replay.step_back),
            ActionId.STEP: self._verb(Replay.step),
            ActionId.PLAY: self._verb(Replay.toggle_play),
            ActionId.RUN_TO_BREAKPOINT: self._verb(Replay.run_to_breakpoint),
            ActionId.RUN_TO_END: self._verb(Replay.run_to_end),
            ActionId.RUN_TO_CURSOR: self._run_to_selected,
            ActionId.BREAKPOINT: self._toggle_breakpoints,
            ActionId.BREAK_ERROR: self._break_at_error,
            ActionId.BREAK_SKIP: self._break_at_skip,
            ActionId.SHOW_PREDICTION: self._show_prediction,
            ActionId.RUN: self._ask_to_run,
        }

    def _verb(self, verb: Callable[[Replay], object]) -> Callable[[], object]:
        """What does something with the replay of the document that is open by then."""
        return lambda: verb(self._document.replay)

    def _toggle_breakpoints(self) -> None:
        self._document.toggle_breakpoints(self._document.selection)

    def _show_prediction(self) -> None:
        self._source_document.show_prediction()

    def cancel(self) -> None:
        """Another document is shown: what still runs is of no use any more."""
        if self._job is not None:
            self._job.cancel()

    def stop(self) -> None:
        """The window closes: end the run."""
        self.cancel()
        if self._job is not None:
            self._job.wait()

    def _run_to_selected(self) -> None:
        step = self._document.step_of(min(self._document.selection))
        if step is not None:
            self._document.replay.pause()
            self._document.replay.go(step.index + 1)

    def _break_at_error(self) -> None:
        points = self._document.replay.breakpoints
        self._change_breakpoints(points, first_error=not points.first_error)

    def _break_at_skip(self) -> None:
        points = self._document.replay.breakpoints
        self._change_breakpoints(points, first_skip=not points.first_skip)

    def _change_breakpoints(self, points: Breakpoints, **change: bool) -> None:
        self._document.change_breakpoints(replace(points, **change))

    def _ask_to_run(self) -> None:
        """Run the plugins: those of a manifest in files of the user's only if the user trusts it."""
        document = self._source_document
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

    def _run(self, document: SourceDocument) -> None:
        self._job = run_job(document.source, document.plan)
        total = len(document.plan.sequence)
        self._context.busy(self.tr("Running {0}…").format(plugins(total)))
        self._job.reported.connect(self._tell_step)
        self._job.returned.connect(document.take_run)
        self._job.errored.connect(self._run_failed)
        self._job.finished.connect(self._run_finished)
        cancel = (self.tr("Cancel"), self._job.cancel)
        self._context.notice.say(self.tr("Running the plugins in a worker process…"), "progress", [cancel])
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

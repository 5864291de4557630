"""What every controller has: the window, and the document that is open in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from plugscope.session import Document, SourceDocument
from plugscope.window.action import ActionId
from plugscope.window.context import WindowContext

Handlers = Mapping[ActionId, Callable[[], object]]
"""What to do when an action is triggered."""


class Controller(QObject):
    """Does what some of the actions are for. ``handlers`` says which, and what each does."""

    def __init__(self, context: WindowContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    @property
    def handlers(self) -> Handlers:
        """The actions that are this controller's."""
        raise NotImplementedError

    @property
    def _document(self) -> Document:
        document = self._context.document
        assert document is not None, "the action is disabled without a document"
        return document

    @property
    def _source_document(self) -> SourceDocument:
        document = self._document
        assert isinstance(document, SourceDocument), "the action is disabled for two boots that are compared"
        return document

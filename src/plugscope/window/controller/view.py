"""What the actions of the View and Help menus do, and going to what the panels name."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot

from plugscope.session import SourceDocument
from plugscope.window.action import ActionId

from .controller import Controller, Handlers

_MOST_TO_GO_TO, _MOST_TO_TOGGLE = 20_000, 2_000
"""Plugins that the palette offers to go to, and to disable or enable."""


class ViewController(Controller):
    """Looks at things: the canvas, the palette, the theme, the pages of help."""

    @property
    def handlers(self) -> Handlers:
        return {
            ActionId.FIND: self._find,
            ActionId.PALETTE: self._show_palette,
            ActionId.FIT: self._fit,
            ActionId.FIT_SELECTION: self._fit_selection,
            ActionId.ZOOM_IN: self._zoom_in,
            ActionId.ZOOM_OUT: self._zoom_out,
            ActionId.MINIMAP: self._show_minimap,
            ActionId.RESOLVED: self.show_resolved,
            ActionId.THEME: self._choose_theme,
            ActionId.SHORTCUTS: self._show_shortcuts,
            ActionId.ABOUT: self._show_about,
        }

    def _find(self) -> None:
        if self._context.panels is not None:
            self._context.show_dock("plugins")
            self._context.panels.find()

    def _show_palette(self) -> None:
        from plugscope.window.dialog import Offer, Palette

        offers = [
            Offer(action.text().replace("&&", "&").rstrip("…"), action.shortcut().toString(), action.trigger)
            for key, action in self._context.actions_by_id.items()
            if action.isEnabled() and key is not ActionId.PALETTE
        ]
        document = self._context.document
        if document is not None:
            size = len(document.catalog.entries)
            offers[:0] = [
                Offer(document.name_of(position), self.tr("plugin"), partial(self._go, position))
                for position in range(min(size, _MOST_TO_GO_TO))
            ]
        if isinstance(document, SourceDocument):
            verbs = {True: self.tr("Enable"), False: self.tr("Disable")}
            offers += [
                Offer(
                    f"{verbs[position in document.disabled]} {document.name_of(position)}",
                    "",
                    partial(document.toggle, [position]),
                )
                for position in range(min(size, _MOST_TO_TOGGLE))
            ]
        Palette(offers, self._context.as_window()).show()

    def _fit(self) -> None:
        if self._context.pane is not None:
            self._context.pane.canvas.fit()

    def _fit_selection(self) -> None:
        if self._context.pane is not None:
            self._context.pane.canvas.fit_selection()

    def _zoom_in(self) -> None:
        if self._context.pane is not None:
            self._context.pane.canvas.zoom_in()

    def _zoom_out(self) -> None:
        if self._context.pane is not None:
            self._context.pane.canvas.zoom_out()

    def _show_minimap(self) -> None:
        if self._context.pane is not None:
            checked = self._context.actions_by_id[ActionId.MINIMAP].isChecked()
            self._context.pane.canvas.set_minimap_visible(checked)

    def show_resolved(self) -> None:
        """Draw plugin to plugin, or through the types, as the action says."""
        action, pane = self._context.actions_by_id[ActionId.RESOLVED], self._context.pane
        if pane is None or action.isChecked() == pane.is_resolved:
            return
        if not pane.set_resolved(action.isChecked()):
            action.setChecked(False)
            self._context.notice.say(
                self.tr("Plugin to plugin is for up to 100 plugins: above, it is a thicket.")
            )

    def _choose_theme(self) -> None:
        from plugscope.window.dialog import choose_theme

        choose_theme(self._context)

    def _show_shortcuts(self) -> None:
        from plugscope.window.dialog import show_shortcuts

        show_shortcuts(self._context)

    def _show_about(self) -> None:
        from plugscope.window.dialog import show_about

        show_about(self._context)

    # What the panels ask for

    @Slot(str)
    def go_to(self, uri: str) -> None:
        """Select a plugin by URI, and bring it into view; a bare type selects all of it."""
        document = self._document
        position = document.plan.position.get(uri)
        if position is not None:
            self._go(position)
            return
        members = document.members_of(uri)
        if members:
            document.select(members)
        else:
            self._context.as_window().statusBar().showMessage(
                self.tr("{0} is not registered").format(uri), 4000
            )

    @Slot(str)
    def show_location(self, location: str) -> None:
        """Go to the line of the log that a location (``FILE:line``) names."""
        log, panels = self._document.log, self._context.panels
        line = 0 if log is None else log.line_of(location)
        if line and panels is not None:
            self._context.show_dock("log")
            panels.show_line(line)

    def _go(self, position: int) -> None:
        self._document.select([position])
        if self._context.pane is not None:
            self._context.pane.canvas.ensure_visible(position)

"""Context menus: they say what they do to what has been chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from tests.window.sample import Shown, manifest

Show = Callable[[Any], Shown]

THREE = manifest(
    {"type": "a.v1", "id": "one", "lookups": []},
    {"type": "a.v1", "id": "two", "lookups": []},
    {"type": "b.v1", "id": "three", "requires": ["a.v1", "gone.v1"], "lookups": []},
)


@contextmanager
def menu_at(shown: Shown, node: int) -> Iterator[dict[str, Any]]:
    """The entries of the menu of a node, by their texts."""
    shown.window.controllers.menus.show_menu(node, QPoint(10, 10))
    (menu,) = (menu for menu in shown.window.findChildren(QMenu) if menu.isVisible())
    yield {action.text(): action for action in menu.actions()}
    menu.close()
    menu.deleteLater()


def test_the_first_entry_says_what_d_does_to_all_that_is_selected(qtbot: QtBot, show: Show) -> None:
    """Of a selection in which some are disabled, these are enabled: then it must not say Disable."""
    shown = show(THREE)
    shown.document.select([0, 1, 2])
    with menu_at(shown, 2) as entries:
        assert "Disable 3 plugins" in entries
        assert entries["Disable 3 plugins"].shortcut().toString() == "D"
    shown.document.toggle([0])
    with menu_at(shown, 2) as entries:
        entries["Enable"].trigger()
    assert not shown.document.disabled


def test_a_types_pill_has_the_menu_of_its_type(qtbot: QtBot, show: Show) -> None:
    """As the legend has it; its members are counted, and of a type that nobody registers there are none."""
    shown = show(THREE)
    graph = shown.document.picture.graph
    with menu_at(shown, graph.type_node(graph.type_index["a.v1"])) as entries:
        assert "Stop replay at this type" in entries
        entries["Disable all 2 of a"].trigger()
    assert shown.document.disabled == {0, 1}
    with menu_at(shown, graph.type_node(graph.type_index["a.v1"])) as entries:
        assert "Enable all 2 of a" in entries
    with menu_at(shown, graph.type_node(graph.type_index["gone.v1"])) as entries:
        assert not entries["Disable all 0 of gone"].isEnabled()


def test_the_ground_and_ghosts_have_the_menu_of_the_canvas(qtbot: QtBot, show: Show) -> None:
    """There is nothing to disable."""
    shown = show(THREE)
    for node in (-1, shown.document.picture.graph.size):
        with menu_at(shown, node) as entries:
            assert "Fit all" in entries

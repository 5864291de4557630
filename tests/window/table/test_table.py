"""The table of plugins: the model's law, filter, sort, and ten thousand rows."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.session.sample import document, document_of
from tests.window.sample import Shown

from plugscope.boot import Catalog, Entry
from plugscope.plugin import Registration
from plugscope.session import Appearance, Document, Look, load_theme
from plugscope.window.table.model import Column, PluginModel

Show = Callable[[Any], Shown]
DESCENDING = Qt.SortOrder.DescendingOrder


def model_of(opened: Document) -> PluginModel:
    model = PluginModel(opened, Appearance(opened, opened), opened)
    model.set_words({look: load_theme("light").outcome(look).word for look in Look})
    return model


def column(model: PluginModel, number: Column) -> list[str]:
    return [model.index(row, number).data() for row in range(model.rowCount())]


def test_the_model_keeps_the_law_through_everything(qapp: QApplication) -> None:
    """Qt's own tester watches while rows are filtered, sorted, toggled and stepped."""
    opened = document()
    model = model_of(opened)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for number in Column:
        model.sort(number, DESCENDING)
        model.set_visible(frozenset([1, 3, 5]))
        opened.toggle([1, 2])
        model.rearrange()
        opened.replay.restart()
        model.update_looks([0, 1, 2])
        model.set_visible(frozenset())
        model.set_visible(None)
        opened.undo_stack.undo()
        model.rearrange()
    assert tester.model() is model


def test_sorted_by_number_it_is_the_order_of_the_boot_and_what_is_off_comes_last(qapp: QApplication) -> None:
    """Disabled plugins have no number."""
    opened = document()
    model = model_of(opened)
    opened.toggle([0])
    model.rearrange()
    order = [opened.catalog.entries[p].registration.id for p in opened.plan.sequence]
    assert column(model, Column.ID) == [*order, "store"]
    assert column(model, Column.NUMBER) == [*map(str, range(1, 7)), "–"]


@pytest.mark.parametrize("number", [Column.ID, Column.TYPE, Column.STATUS])
def test_each_column_sorts_both_ways(qapp: QApplication, number: Column) -> None:
    """By the text that it shows."""
    model = model_of(document())
    model.sort(number)
    texts = column(model, number)
    assert texts == sorted(texts)
    model.sort(number, DESCENDING)
    assert column(model, number) == sorted(texts, reverse=True)


def test_the_header_says_which_column_is_in_order(qapp: QApplication) -> None:
    """And which way; the boot's own order goes without saying."""
    model = model_of(document())

    def headers() -> list[str]:
        return [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(len(Column))]

    plain = headers()
    model.sort(Column.TYPE)
    assert headers()[Column.TYPE] == f"{plain[Column.TYPE]} ↑"
    model.sort(Column.TYPE, DESCENDING)
    assert headers()[Column.TYPE] == f"{plain[Column.TYPE]} ↓"
    model.sort(Column.NUMBER)
    assert headers() == plain


@pytest.mark.parametrize(
    ("kind", "width"), [("a", 317), ("a.type.that.is.rather.long", 317), ("snapshotter", 348)]
)
def test_the_type_has_the_room_it_needs_and_never_more_than_the_id(show: Show, kind: str, width: int) -> None:
    """Short types leave it to the ids; a usual one is written out."""
    plugin = {"type": f"{kind}.v1", "id": "an-id-of-some-length", "lookups": []}
    table = show({"plugscope": 1, "plugin": [plugin]}).table
    table.resize(width, 600)
    view = table.view
    given = view.columnWidth(Column.TYPE)
    needed = view.fontMetrics().horizontalAdvance(kind) + 23
    assert given >= needed or abs(given - view.columnWidth(Column.ID)) <= 12
    assert given <= max(view.columnWidth(Column.ID) + 12, 60)


def test_rows_that_are_held_on_to_move_along(qapp: QApplication) -> None:
    """Selections survive sorting: Qt keeps them as such indexes."""
    model = model_of(document())
    held = QPersistentModelIndex(model.index(2, Column.ID))
    before = held.data()
    model.sort(Column.ID, DESCENDING)
    assert held.data() == before


def test_the_filter_holds_rows_back_and_knows_where_the_others_are(qapp: QApplication) -> None:
    """Each position has the row that its data is in, or none."""
    model = model_of(document())
    model.set_visible(frozenset([1, 4]))
    assert [model.position_at(row) for row in range(2)] == [1, 4]
    assert [model.row_of(position) for position in (0, 1, 4)] == [-1, 0, 1]


def test_sorted_by_status_a_step_sorts_again(qapp: QApplication) -> None:
    """What comes out stands where its word belongs."""
    opened = document()
    model = model_of(opened)
    opened.replay.restart()
    model.sort(Column.STATUS)
    opened.replay.step()
    model.update_looks([opened.replay.steps[0].position])
    assert column(model, Column.STATUS) == ["ok", *["pending"] * 6]


def test_looks_are_data_for_the_painter(qapp: QApplication) -> None:
    """At the cursor, not at the end."""
    opened = document()
    model = model_of(opened)
    opened.replay.restart()
    assert model.look_of(model.position_at(0)) is Look.PENDING


def test_a_screen_reader_hears_a_whole_row(qapp: QApplication) -> None:
    """Id, type and status in one breath."""
    model = model_of(document())
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "store, content, ok"


def test_ten_thousand_rows_are_sorted_filtered_and_toggled_without_a_wait(qapp: QApplication) -> None:
    """Each in well under a second, where a proxy model takes ten."""
    entries = [Entry(Registration(f"t{n % 30}.v1", f"plugin-{n}"), lookups=()) for n in range(10_000)]
    model = model_of(document_of(Catalog(entries)))
    acts: tuple[Callable[[], object], ...] = (
        lambda: model.sort(Column.ID, DESCENDING),
        lambda: model.sort(Column.NUMBER),
        lambda: model.set_visible(frozenset(range(0, 10_000, 2))),
        lambda: model.update_looks(range(10_000)),
    )
    for act in acts:
        began = time.perf_counter()
        act()
        assert time.perf_counter() - began < 1.0
    assert model.rowCount(QModelIndex()) == 5_000


# In the window


def test_typing_filters_and_an_unknown_word_is_said(qtbot: QtBot, show: Show) -> None:
    """What cannot be understood is explained where it was typed, and filters nothing."""
    shown = show("example:teaching")
    line, summary = shown.table.filter_line, shown.table.summary
    total = shown.table.model.rowCount()
    qtbot.keyClicks(line, "zzz")
    assert shown.table.model.rowCount() == 0
    assert summary.text().startswith("nothing found")
    line.setText("id~=(")
    assert "regular expression" in summary.text()
    assert shown.table.model.rowCount() == total
    line.clear()
    assert summary.text().startswith(f"{total} plugins")


def test_return_selects_what_the_filter_found(qtbot: QtBot, show: Show) -> None:
    """From the word to the cards without the mouse; Select all means what can be seen."""
    shown = show("catalog:containerd-2.3")
    shown.table.filter_line.setText("type:snapshotter")
    qtbot.keyClick(shown.table.filter_line, Qt.Key.Key_Return)
    chosen = {shown.document.name_of(position) for position in shown.document.selection}
    assert "snapshotter.overlayfs" in chosen
    assert all(name.startswith("snapshotter.") for name in chosen)
    shown.document.select([])
    shown.act("select_all")
    assert {shown.document.name_of(position) for position in shown.document.selection} == chosen


def test_a_row_chosen_with_keys_is_selected_everywhere(qtbot: QtBot, show: Show) -> None:
    """The table is the graph's text twin."""
    shown = show("example:teaching")
    view = shown.table.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    position = shown.table.model.position_at(view.currentIndex().row())
    assert shown.document.selection == {position}
    assert shown.inspector.title.text() == shown.document.catalog.entries[position].registration.id


def test_a_selection_from_elsewhere_is_shown_and_survives_the_filter(show: Show) -> None:
    """Filtering and clearing brings the chosen row back."""
    shown = show("example:teaching")
    shown.document.select([3])
    chosen = shown.table.view.selectionModel().selectedRows()
    assert [shown.table.model.position_at(index.row()) for index in chosen] == [3]
    shown.table.filter_line.setText("zzz")
    assert shown.document.selection == {3}
    shown.table.filter_line.clear()
    chosen = shown.table.view.selectionModel().selectedRows()
    assert [shown.table.model.position_at(index.row()) for index in chosen] == [3]


def test_toggling_keeps_the_selection(show: Show) -> None:
    """The row moves to the end of the table, and is still the chosen one."""
    shown = show("example:teaching")
    shown.document.select([1])
    shown.act("toggle")
    assert shown.document.selection == {1}
    chosen = shown.table.view.selectionModel().selectedRows()
    assert [shown.table.model.position_at(index.row()) for index in chosen] == [1]

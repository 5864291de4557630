"""The panels around the graph: legend, timeline, problems, impact card, notice, palette, start page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.session.sample import document, document_of

from plugscope.boot import Catalog, Entry, make_plan, predict
from plugscope.plugin import Registration
from plugscope.session import Replay, load_theme
from plugscope.window.canvas import headline
from plugscope.window.canvas.impact_card import details
from plugscope.window.dialog import Offer, Palette
from plugscope.window.problems.model import URI_ROLE, ProblemModel
from plugscope.window.problems.row import short_location
from plugscope.window.table import Legend
from plugscope.window.table.model import Column
from plugscope.window.timeline.tick_bar import TickBar
from plugscope.window.welcome import Welcome
from plugscope.window.widget import Notice
from plugscope.window.widget.text import breakable

from .sample import Shown

Show = Callable[[Any], Shown]
LIGHT = load_theme("light")


def painted(widget: QWidget) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    widget.render(painter, QPoint())
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    wide, high = range(0, image.width(), 2), range(0, image.height(), 2)
    return {image.pixelColor(x, y).name() for x in wide for y in high}


# Legend


def test_the_legend_is_worked_with_keys(qtbot: QtBot, show: Show) -> None:
    """Down, space to show a type alone, space again to show all; the menu key asks for the menu."""
    shown = show("catalog:containerd-2.3")
    shown.legend.setFocus()
    rows = shown.legend.focusProxy()
    assert rows is not None
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert shown.table.filter_line.text() == "type==io.containerd.service.v1"
    assert 0 < shown.table.model.rowCount() < 20
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert shown.table.filter_line.text() == ""
    with qtbot.waitSignal(shown.legend.menu_requested) as asked:
        qtbot.keyClick(rows, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert asked.args is not None
    assert asked.args[0] == "io.containerd.service.v1"
    for menu in QApplication.topLevelWidgets():
        if menu.inherits("QMenu"):
            menu.close()


def test_the_legend_marks_types_that_the_replay_stops_at(qtbot: QtBot, show: Show) -> None:
    """A stop that cannot be seen cannot be taken away."""
    shown = show("catalog:containerd-2.3")
    shown.document.select([])
    before = painted(shown.legend)
    shown.document.change_breakpoints(shown.document.replay.breakpoints.type_toggled("io.containerd.grpc.v1"))
    assert painted(shown.legend) != before
    shown.act("undo")
    assert painted(shown.legend) == before


def test_keys_lead_everywhere_in_the_legend(qtbot: QtBot, show: Show) -> None:
    """Across its columns as well, and to its ends."""
    shown = show("catalog:containerd-2.3")
    rows = shown.legend._rows
    assert shown.legend.focusProxy() is rows
    names = rows._names

    def at(*keys: Qt.Key) -> str:
        for key in keys:
            qtbot.keyClick(rows, key)
        return names[rows._current]

    assert at(Qt.Key.Key_End) == names[-1]
    assert at(Qt.Key.Key_Home) == names[0]
    below = at(Qt.Key.Key_Down)
    assert at(Qt.Key.Key_Right) not in (below, names[0])
    assert at(Qt.Key.Key_Left) == below
    assert at(Qt.Key.Key_Left) == below


def test_typing_another_filter_takes_the_mark_off_the_legend(qtbot: QtBot, show: Show) -> None:
    """It must not say that a type is shown alone when it is not."""
    shown = show("example:teaching")
    shown.legend.setFocus()
    rows = shown.legend._rows
    assert shown.legend.focusProxy() is rows
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert rows.active
    shown.table.filter_line.setText("oven")
    assert not rows.active


def test_a_row_is_found_under_the_mouse_in_every_column(qtbot: QtBot) -> None:
    """Where a row is painted, there it is clicked; beside the rows there is none."""
    entries = [Entry(Registration(f"t{n}.v1", "x")) for n in range(11)]
    opened = document_of(Catalog(entries))
    legend = Legend(opened, LIGHT)
    qtbot.addWidget(legend)
    legend.resize(340, 200)
    legend.show()
    rows: Any = legend.focusProxy()
    for number in range(11):
        assert rows._at(rows._rect(number).center()) == number
    assert rows._at(QPoint(rows._rect(10).left() + 5, rows._rect(10).bottom() + 5)) == -1
    assert rows._at(QPoint(-5, 5)) == -1


def test_a_hundred_thousand_types_are_painted_where_they_are_seen(qtbot: QtBot) -> None:
    """The others cost nothing."""
    entries = [Entry(Registration(f"t{n}.v1", "x"), lookups=()) for n in range(20_000)]
    legend = Legend(document_of(Catalog(entries)), LIGHT)
    qtbot.addWidget(legend)
    legend.resize(340, 200)
    legend.show()
    rows: Any = legend.focusProxy()
    assert len(list(rows._seen(rows.visibleRegion().boundingRect()))) < 40


# Ticks


@pytest.mark.parametrize("size", [0, 1, 70, 20_000])
def test_ticks_are_painted_and_clicked_at_every_size(qtbot: QtBot, size: int) -> None:
    """The first click goes to the first step, the last to the last, and nothing is painted where nothing is."""
    entries = [Entry(Registration(f"t{n % 9}.v1", f"p{n}"), lookups=()) for n in range(size)]
    replay = Replay()
    replay.show(predict(make_plan(Catalog(entries))))
    bar = TickBar(replay, LIGHT)
    qtbot.addWidget(bar)
    bar.resize(608, 40)
    bar.show()
    bar.go_requested.connect(replay.go)
    image = painted(bar)
    if not size:
        return
    assert len(colours(image)) > 2
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(5, 30))
    assert replay.cursor <= max(size // 600 + 1, 1), "a pixel may stand for many steps"
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(606, 30))
    assert replay.cursor == size
    for key, cursor in (
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_End, size),
    ):
        qtbot.keyClick(bar, key)
        assert replay.cursor == cursor


def test_moving_the_cursor_repaints_what_lies_between(qtbot: QtBot) -> None:
    """And what was partly painted is the same picture as all of it painted anew."""
    entries = [Entry(Registration(f"t{n % 9}.v1", f"p{n}"), lookups=()) for n in range(3_000)]
    replay = Replay()
    replay.show(predict(make_plan(Catalog(entries))))
    bar = TickBar(replay, LIGHT)
    qtbot.addWidget(bar)
    bar.resize(608, 40)
    bar.show()
    qtbot.waitExposed(bar)
    for cursor in (1500, 1490, 10, 2900):
        replay.go(cursor)
        QApplication.processEvents()
        partly = bar.grab().toImage()
        bar.update()
        QApplication.processEvents()
        assert partly == bar.grab().toImage()


# Problems


def test_the_problem_tree_keeps_the_models_law(qapp: QApplication) -> None:
    """While causes come and go."""
    opened = document()
    model = ProblemModel(LIGHT)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    acts: tuple[Callable[[], object], ...] = (
        lambda: None,
        lambda: opened.toggle([3]),
        opened.undo_stack.undo,
        lambda: opened.toggle(range(7)),
    )
    for act in acts:
        act()
        model.show(opened.diagnosis().root_causes, opened.problems(), opened)
        for row in range(model.rowCount()):
            parent = model.index(row, 0)
            for child in range(model.rowCount(parent)):
                assert model.index(child, 0, parent).parent() == parent
    assert tester.model() is model


def test_victims_stand_below_their_cause(qtbot: QtBot, show: Show) -> None:
    """And each row goes to its plugin."""
    shown = show("example:outage")
    shown.window.show_dock("problems")
    model = shown.problems.model
    qtbot.waitUntil(lambda: model.rowCount() > 0)
    cause = model.index(0, 0)
    assert model.rowCount(cause) >= 5
    victim = model.index(0, 0, cause)
    shown.problems.view.activated.emit(victim)
    assert [shown.document.catalog.entries[p].uri for p in shown.document.selection] == [
        victim.data(URI_ROLE)
    ]


# Impact


CARD = """
base.one :
base.two :
user.a base : single base.one
user.b base : by_id base.one
user.c base : by_id base.one ?
"""


def test_one_and_several_failures_are_counted_in_grammar(qapp: QApplication) -> None:
    """ "1 plugin", "2 plugins", and nobody."""
    opened = document("base.one :\nuser.a base : by_id base.one\nuser.b base : by_id base.one")
    opened.toggle([0])
    assert headline(opened) == "2 plugins would fail without base.one"
    opened.undo_stack.undo()
    opened = document("base.one :\nuser.a base : by_id base.one")
    opened.toggle([0])
    assert headline(opened) == "1 plugin would fail without base.one"
    opened.undo_stack.undo()
    opened.toggle([1])
    assert headline(opened) == "Nothing else fails without user.a"
    assert details(opened) == "The order of the others stays as it is."


def test_two_names_are_joined_and_more_are_counted(qapp: QApplication) -> None:
    """The sentence stays a sentence."""
    opened = document("a.One :\nb.two :\nc.three :")
    opened.toggle([0, 1])
    assert headline(opened).endswith("without a.One and b.two")
    opened.undo_stack.undo()
    opened.toggle([0, 1, 2])
    assert headline(opened).endswith("without a.One and 2 more")


def test_an_aborted_boot_is_said_first_and_so_is_its_recovery(qapp: QApplication) -> None:
    """A required plugin that goes ends the boot; one that failed and goes lets it come up."""
    opened = document("a.one :\nb.two :", required=["a.one"])
    opened.toggle([0])
    assert headline(opened).startswith("The boot would abort without a.one: ")
    opened = document("r.one q :\nq.two r :")
    assert not opened.predicted.boot.ok
    opened.toggle([0])
    assert headline(opened) == "The boot would come up without r.one"


def test_who_starts_again_is_told_when_something_is_enabled(qapp: QApplication) -> None:
    """With, not without."""
    opened = document("base.one :\nuser.a base : by_id base.one", disabled=["base.one"])
    opened.toggle([0])
    assert headline(opened) == "1 plugin would start after all with base.one"
    assert details(opened) == "The order of the others stays as it is."


def test_a_changed_order_names_who_moves_as_they_are_called(qapp: QApplication) -> None:
    """The case of ids is kept."""
    opened = document("p.Puller late :\nx.other :\ny.more :\nlate.MyId :")
    opened.toggle([0])
    assert details(opened) == "The order changes: late.MyId moves."


def test_unknown_lookups_make_it_a_may(qapp: QApplication) -> None:
    """Never a guess dressed as a fact."""
    opened = document("base.one\nuser.a base")
    opened.toggle([0])
    assert headline(opened) == "1 plugin may fail without base.one"


def test_the_card_fits_a_narrow_pane_and_goes_with_the_change(show: Show) -> None:
    """Its buttons select, copy and take back."""
    shown = show("catalog:containerd-2.3")
    shown.window.resize(1024, 700)
    QApplication.processEvents()
    shown.document.toggle([shown.at("io.containerd.metadata.v1.bolt")])
    card = shown.pane.card
    assert card.isVisible()
    assert shown.pane.rect().contains(card.geometry())
    card.show_button.click()
    assert len(shown.document.selection) > 30
    card.copy_button.click()
    assert 'disabled_plugins = ["io.containerd.metadata.v1.bolt"' in QApplication.clipboard().text()
    card.undo_button.click()
    assert not card.isVisible()


# Notice


def test_a_notice_offers_choices_and_goes_with_the_answer(qtbot: QtBot) -> None:
    """The act is done once, after the bar is gone, so that it may say something itself."""
    notice = Notice(LIGHT)
    qtbot.addWidget(notice)
    said: list[str] = []
    notice.say("Really?", "trust", [("Yes", lambda: notice.say("Done")), ("No", lambda: said.append("no"))])
    assert [button.text() for button in notice.findChildren(QPushButton)] == ["Yes", "No"]
    notice.findChildren(QPushButton)[0].click()
    assert notice.text.text() == "Done"
    assert not notice.isHidden()
    QApplication.processEvents()
    notice.close_button.click()
    assert notice.isHidden()
    assert not said


def test_tab_goes_from_a_question_to_its_answers(qtbot: QtBot, show: Show) -> None:
    """And to no other part of the window before."""
    shown = show("catalog:containerd-2.3")
    notice = shown.window.notice
    notice.say("Really?", "trust", [("Yes", lambda: None), ("No", lambda: None)])
    met: list[str] = []
    stop: QWidget = notice.text
    while len(met) < 3:
        following = stop.nextInFocusChain()
        assert following is not None
        stop = following
        if stop.isVisible() and stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
            met.append(stop.property("text") or stop.accessibleName())
    assert met == ["Yes", "No", "Dismiss"]


# Palette


def test_the_palette_ranks_and_is_worked_with_keys(qtbot: QtBot) -> None:
    """Whole names first, then beginnings, then parts; arrows choose, return does, and once."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(800, 600)
    done: list[str] = []
    names = ("grpc.cri", "cri", "a cri", "cricket", "micrite", "other")
    offers = [Offer(name, "", lambda name=name: done.append(name)) for name in names]  # type: ignore[misc]
    palette = Palette(offers, parent)
    palette.show()
    qtbot.keyClicks(palette.line, "CRI")
    shown = [palette.list.item(row).text() for row in range(palette.list.count())]
    assert shown == ["cri", "cricket", "grpc.cri", "a cri", "micrite"]
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert done == ["cricket"]


def test_what_is_typed_anywhere_in_the_palette_is_typed_into_its_line(qtbot: QtBot, show: Show) -> None:
    """Keys come to the popup, which is no active window: it has to pass them on by itself."""
    shown = show("catalog:containerd-2.3")
    shown.act("palette")
    palette = next(p for p in shown.window.findChildren(Palette) if p.isVisible())
    handle = palette.windowHandle()
    for key in (Qt.Key.Key_B, Qt.Key.Key_O, Qt.Key.Key_L):
        QTest.keyClick(handle, key)
    assert palette.line.text() == "bol"
    QTest.keyClick(handle, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 1
    QTest.keyClick(handle, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown.window.findChildren(Palette), timeout=2_000)


@pytest.mark.parametrize(("typed", "found"), [("brkpt", ["To breakpoint"]), ("zzz", [])])
def test_the_palette_takes_letters_for_words_and_says_when_there_is_nothing(
    qtbot: QtBot, typed: str, found: list[str]
) -> None:
    """Where nothing has the words, the letters in their order will do; Return on nothing does nothing."""
    parent = QWidget()
    qtbot.addWidget(parent)
    done: list[str] = []
    offers = [Offer(name, "F8", partial(done.append, name)) for name in ("To breakpoint", "Step")]
    palette = Palette(offers, parent)
    palette.show()
    qtbot.keyClicks(palette.line, typed)
    if not found:
        assert palette.list.item(0).text() == "Nothing is called that"
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert done == found
    palette.close()


def test_the_palette_goes_to_a_plugin_and_leaves_nothing(qtbot: QtBot, show: Show) -> None:
    """By name; closed palettes do not pile up behind the window."""
    shown = show("catalog:containerd-2.3")
    for _ in range(3):
        shown.act("palette")
        palette = next(p for p in shown.window.findChildren(Palette) if p.isVisible())
        qtbot.keyClicks(palette.line, "metadata.bolt")
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert shown.document.selection == {shown.at("io.containerd.metadata.v1.bolt")}
    qtbot.waitUntil(lambda: not shown.window.findChildren(Palette), timeout=2_000)


# Start page


def test_the_start_page_offers_what_is_shipped_and_what_was_open(qtbot: QtBot) -> None:
    """Each is one click."""
    page = Welcome()
    qtbot.addWidget(page)
    page.show_recent(["/home/me/a & b.toml", "/" + "deep/" * 30 + "c.toml"])
    asked: list[str] = []
    page.open_requested.connect(asked.append)
    buttons = {button.text(): button for button in page.findChildren(QPushButton)}
    buttons["containerd 2.3.4"].click()
    buttons["A web shop in Python"].click()
    buttons["/home/me/a && b.toml"].click()
    assert asked == ["catalog:containerd-2.3.4", "example:shop", "/home/me/a & b.toml"]
    page.show_recent([])
    QApplication.processEvents()
    assert not any(
        "a && b" in button.text() for button in page.findChildren(QPushButton) if button.isVisibleTo(page)
    )


def test_what_ends_a_boot_stands_there_once(show: Show) -> None:
    """A ring is the cause of the boot's end, and no second problem beside it."""
    shown = show("example:cycle")
    problems = shown.problems
    shown.window.show_dock("problems")
    problems._refresh_now()
    rows = [problems.model.index(row, 0).data() for row in range(problems.model.rowCount())]
    assert [row for row in rows if "dependency loop" in row] == rows


def test_an_id_of_spaces_can_be_seen(show: Show) -> None:
    """On its card, in the table and in words."""
    shown = show({"plugscope": 1, "plugin": [{"type": "a.v1", "id": "   "}]})
    table = shown.table
    pane = shown.window.pane
    assert pane is not None
    assert pane.canvas.picture.graph.label(0) == "␣␣␣"
    assert table.model.text_of(0, Column.ID) == "␣␣␣"


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("/etc/containerd/config.toml:12", "config.toml:12"),
        ("/var/log/a-node-with-a-long-name.log:1234", "a-node-w…name.log:1234"),
        ("plugin[0]", "plugin[0]"),
        ("", ""),
    ],
)
def test_a_place_is_short_and_keeps_its_line(location: str, shown: str) -> None:
    """Of a long name its ends are seen."""
    assert short_location(location) == shown


# Causes and problems


@pytest.mark.parametrize(
    ("lookups", "said"),
    [
        ({"lookups": []}, "No problems: everything that can start, starts."),
        ({}, "No problems are known; but what becomes of 1 of the plugins is not."),
    ],
)
def test_without_problems_it_claims_no_more_than_is_known(
    qtbot: QtBot, show: Show, lookups: dict[str, Any], said: str
) -> None:
    """Of Python code that was never run nothing is known to fail, and nothing to start."""
    shown = show({"plugscope": 1, "plugin": [{"type": "a.v1", "id": "one", **lookups}]})
    shown.window.show_dock("problems")
    qtbot.waitUntil(lambda: shown.problems.empty.isVisible() and bool(shown.problems.empty.text()))
    assert shown.problems.empty.text() == said


def test_a_version_stays_on_its_line() -> None:
    """A name may end one behind a dot, a number may not."""
    assert breakable("containerd 1.6.20, v2.0.11") == "containerd 1.6.20, v2.0.11"
    assert breakable("a.v1.b") == "a.\u200bv1.\u200bb"
    assert "\u200b" in breakable("1." * 20), "what never ends is broken all the same"


def test_the_mark_of_a_notice_stands_beside_its_first_line(qtbot: QtBot, show: Show) -> None:
    """At the height of the words, as the button is."""
    notice = show("example:teaching").window.notice
    notice.say("one line")
    qtbot.waitUntil(notice.isVisible)
    QApplication.processEvents()
    centres = [one.geometry().center().y() for one in (notice.mark, notice.text, notice.close_button)]
    assert max(centres) - min(centres) <= 1

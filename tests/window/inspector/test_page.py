"""A page of the inspector says what was written last, with the widgets that it has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.window.room import cramped

from plugscope.window.inspector.page import Page

Part = tuple[str, str]
LONG = "/var/lib/containerd/io.containerd.image-verifier.v1.bindir and further words " * 3


def write(page: Page, parts: list[Part]) -> None:
    """Write these parts: what kind each is, and what it says."""
    ways: dict[str, Callable[[str], None]] = {
        "section": lambda text: page.section(text[:20]),
        "text": page.text,
        "faint": lambda text: page.text(text, "faint"),
        "code": page.code,
        "pair": lambda text: page.pairs([("name", text)]),
        "pairs": lambda text: page.pairs([("name", text), ("another name", text)]),
        "link": lambda text: page.link(f"to {text}", text, f"because of {text}"),
    }
    with page.rewritten():
        for kind, text in parts:
            ways[kind](text)


def said(page: Page) -> list[tuple[str, str]]:
    """What is seen of it, from top to bottom."""
    found: list[tuple[tuple[int, int], str, str]] = []
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QLabel | QPushButton | QPlainTextEdit) and widget.isVisibleTo(page):
            at = widget.mapTo(page, widget.rect().topLeft())
            text = widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()
            found.append(((at.y(), at.x()), text, str(widget.property("role"))))
    return [(text, role) for _, text, role in sorted(found)]


def shown(qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    page.resize(340, 4_000)
    page.show()
    return page


kinds = st.sampled_from(["section", "text", "faint", "code", "pair", "pairs", "link"])
pages = st.lists(st.tuples(kinds, st.sampled_from(["one", "two", LONG])), max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(pages, min_size=2, max_size=4))
def test_a_page_written_anew_shows_what_a_new_one_shows(qtbot: QtBot, turns: list[list[Part]]) -> None:
    """Whatever stood there before; and all of it has the room it needs."""
    page, fresh = shown(qtbot), shown(qtbot)
    for parts in turns:
        write(page, parts)
        qtbot.wait(1)
    write(fresh, turns[-1])
    qtbot.wait(5)
    assert said(page) == said(fresh)
    assert cramped(page) == []


@pytest.mark.parametrize("width", [250, 290, 340])
def test_pairs_have_the_room_that_they_need_now(qtbot: QtBot, width: int) -> None:
    """Not what they needed for what they said before, longer or shorter."""
    page = shown(qtbot)
    page.resize(width, 2_000)
    for location in (
        "/srv/examples/payment.py:42",
        "x.py:1",
        f"/{'long-name/' * 12}f.py:1",
        "/srv/shop/catalogue.py:17",
    ):
        with page.rewritten():
            page.pairs([("registered as number", "10"), ("declared at", location), ("init function", "a:b")])
            page.section("Requires")
        qtbot.wait(5)
        assert cramped(page) == [], location


def test_what_stays_the_same_keeps_its_widgets(qtbot: QtBot) -> None:
    """A list that grows and shrinks in the middle makes new ones once, and none the second time."""
    page = shown(qtbot)
    before: list[Part] = [("section", "Causes"), ("link", "one"), ("section", "Try"), ("text", "this")]
    after = [*before[:2], ("link", "two"), ("link", "three"), *before[2:]]
    write(page, before)
    write(page, after)
    known = set(page.findChildren(QWidget))
    for parts in (before, after, before):
        write(page, parts)
        qtbot.wait(1)
        assert set(page.findChildren(QWidget)) == known


@pytest.mark.parametrize("uri", ["one", "two"])
def test_a_link_that_was_another_goes_where_it_says(qtbot: QtBot, uri: str) -> None:
    """Once, and not to where it went before."""
    page = shown(qtbot)
    write(page, [("link", "before")])
    write(page, [("link", uri)])
    (button,) = page.findChildren(QPushButton)
    went: list[str] = []
    page.link_activated.connect(went.append)
    button.click()
    assert went == [uri]

"""Notices: what they offer, and where they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.window.sample import Shown

from plugscope.session import load_theme
from plugscope.window.widget import Notice

LIGHT = load_theme("light")
Show = Callable[[Any], Shown]


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

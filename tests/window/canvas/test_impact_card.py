"""The card over the canvas: what a change does, in grammar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication
from tests.session.sample import document
from tests.window.sample import Shown

from plugscope.window.canvas import headline
from plugscope.window.canvas.impact_card import details

Show = Callable[[Any], Shown]


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

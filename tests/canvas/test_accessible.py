"""The canvas for assistive technology."""

from PySide6.QtGui import QAccessible
from tests.layout.sample import BOLT, GONE

from plugscope.canvas import GraphCanvas
from plugscope.session import Look


def test_every_card_and_ghost_is_a_child_with_name_and_state(canvas: GraphCanvas) -> None:
    """A screen reader hears id, type and outcome; a number that is nobody's has no child."""
    interface = QAccessible.queryAccessibleInterface(canvas)
    assert interface.childCount() == 7
    canvas.update_looks({BOLT: Look.DISABLED})
    canvas.set_selection(frozenset([BOLT]))
    card = interface.child(BOLT)
    assert card.text(QAccessible.Text.Name) == "bolt, x.metadata, disabled"
    assert "requires x.content" in card.text(QAccessible.Text.Description)
    assert card.state().disabled and card.state().selected
    assert interface.child(GONE).text(QAccessible.Text.Name) == "x.gone, x.gone, absent"
    assert interface.child(99) is None


def test_a_card_is_where_it_is_painted(canvas: GraphCanvas) -> None:
    """A magnifier follows the rectangle, and finds the card again from it."""
    interface = QAccessible.queryAccessibleInterface(canvas)
    rect = interface.child(BOLT).rect()
    assert canvas.mapFromGlobal(rect.topLeft()) == canvas.rect_of(BOLT).topLeft()
    found = interface.childAt(rect.center().x(), rect.center().y())
    assert interface.indexOfChild(found) == BOLT


def test_the_keyboards_card_has_the_focus(canvas: GraphCanvas) -> None:
    """What an arrow moves from is what is read out."""
    canvas.set_selection(frozenset([BOLT]))
    focused = QAccessible.queryAccessibleInterface(canvas).focusChild()
    assert focused.text(QAccessible.Text.Name).startswith("bolt")

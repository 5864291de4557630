"""What keys and mouse do on the canvas. What is an action of the window has its keys in the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier

_KEYS: dict[tuple[Qt.Key, Qt.KeyboardModifier], str] = {
    (Qt.Key.Key_Left, _NONE): "left",
    (Qt.Key.Key_Right, _NONE): "right",
    (Qt.Key.Key_Up, _NONE): "up",
    (Qt.Key.Key_Down, _NONE): "down",
    (Qt.Key.Key_Left, _SHIFT): "add left",
    (Qt.Key.Key_Right, _SHIFT): "add right",
    (Qt.Key.Key_Up, _SHIFT): "add up",
    (Qt.Key.Key_Down, _SHIFT): "add down",
    (Qt.Key.Key_PageUp, _NONE): "page up",
    (Qt.Key.Key_PageDown, _NONE): "page down",
    (Qt.Key.Key_PageUp, _SHIFT): "page left",
    (Qt.Key.Key_PageDown, _SHIFT): "page right",
    (Qt.Key.Key_W, _NONE): "fit",
    (Qt.Key.Key_Plus, _NONE): "zoom in",
    (Qt.Key.Key_Equal, _NONE): "zoom in",
    (Qt.Key.Key_Minus, _NONE): "zoom out",
    (Qt.Key.Key_1, _CTRL): "full size",
    (Qt.Key.Key_F, _NONE): "focus",
    (Qt.Key.Key_Menu, _NONE): "menu",
    (Qt.Key.Key_F10, _SHIFT): "menu",
    (Qt.Key.Key_Escape, _NONE): "clear",
    (Qt.Key.Key_Return, _NONE): "activate",
    (Qt.Key.Key_Enter, _NONE): "activate",
}

CANVAS_KEYS = (
    ("Arrow keys", "Travel along what is required and who requires it"),
    ("Wheel, + and -", "Zoom at the mouse"),
    ("Drag, Space and drag", "Move the graph"),
    ("Shift and drag", "Select with a rectangle"),
    ("Ctrl and click", "Add to the selection"),
    ("Shift and arrow keys", "Add what lies that way to the selection"),
    ("Page Up, Page Down", "Move the graph a page; with Shift to the side"),
    ("F", "Fit the selection"),
    ("W", "Fit all"),
    ("Ctrl+1", "Full size"),
    ("Return", "Fit the plugin"),
    ("Esc", "Select nothing"),
    ("Menu, Shift+F10", "Context menu"),
)
"""All of it in words, for people: what to press or do, and what comes of it."""


def act_of(event: QKeyEvent) -> str:
    """The name of what a key asks for, or "". A "+" is one with and without the Shift it needs on the keyboard."""
    key = Qt.Key(event.key())
    modifiers = event.modifiers() & ~_KEYPAD
    if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
        modifiers &= ~_SHIFT
    return _KEYS.get((key, modifiers), "")

"""The theme as a palette and a style sheet."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from plugscope.session.theme import Theme


def palette_of(theme: Theme) -> QPalette:
    """The palette that widgets without a rule of their own follow."""
    palette = QPalette()
    group = QPalette.ColorGroup.All
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, theme.panel),
        (role.WindowText, theme.text),
        (role.Base, theme.panel),
        (role.AlternateBase, theme.surface),
        (role.Text, theme.text),
        (role.Button, theme.surface),
        (role.ButtonText, theme.text),
        (role.ToolTipBase, theme.surface),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.text3),
        (role.Highlight, theme.accent_soft),
        (role.HighlightedText, theme.text),
        (role.Link, theme.accent),
        (role.Mid, theme.line),
        (role.Midlight, theme.line2),
    ):
        palette.setColor(group, name, colour)
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, theme.text3)
    return palette


def fixed_font(size: float) -> QFont:
    """The monospaced face, for URIs, code and output."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(size)
    return font


def style_of(theme: Theme) -> str:
    """The style sheet: hairlines, two greys, one accent."""
    c = {name: _css(getattr(theme, name)) for name in _ROLES}
    c["accent_text"] = "#ffffff" if not theme.dark else "#10141a"
    return _SHEET.format(**c)


_ROLES = (
    "canvas",
    "surface",
    "panel",
    "line",
    "line2",
    "text",
    "text2",
    "text3",
    "accent",
    "accent_soft",
)


def _css(colour: QColor) -> str:
    return colour.name()


_SHEET = """
QMainWindow, QDialog {{ background: {panel}; }}
QMainWindow::separator {{ background: {line}; width: 1px; height: 1px; }}
QMainWindow::separator:hover {{ background: {accent}; }}
QToolBar {{ background: {panel}; border: 0; border-bottom: 1px solid {line}; padding: 3px 8px; spacing: 2px; }}
QToolBar::separator {{ background: {line}; width: 1px; margin: 6px 6px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 4px 6px; color: {text}; background: transparent; }}
QToolButton:hover {{ background: {surface}; border-color: {line}; }}
QToolButton:pressed, QToolButton:checked {{ background: {accent_soft}; border-color: {line2}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton:disabled {{ color: {text3}; }}
QToolButton::menu-indicator {{ image: none; }}
QPushButton {{ border: 1px solid {line2}; border-radius: 6px; padding: 5px 12px; background: {surface}; color: {text}; }}
QPushButton:hover {{ border-color: {text3}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:default {{ background: {accent}; border-color: {accent}; color: {accent_text}; }}
QPushButton:disabled {{ color: {text3}; }}
QPushButton[flat="true"] {{ border: 0; background: transparent; color: {accent}; padding: 3px 4px; text-align: left; }}
QPushButton[flat="true"]:hover {{ text-decoration: underline; }}
QPushButton[flat="true"]:focus {{ border: 1px solid {accent}; padding: 2px 3px; }}
QLineEdit {{ border: 1px solid {line2}; border-radius: 6px; padding: 4px 8px; background: {surface}; color: {text};
  selection-background-color: {accent}; selection-color: {accent_text}; }}
QLineEdit:focus {{ border-color: {accent}; }}
QComboBox {{ border: 1px solid {line}; border-radius: 6px; padding: 3px 8px; background: {surface}; color: {text}; }}
QComboBox::drop-down {{ border: 0; width: 18px; }}
QComboBox:focus {{ border-color: {accent}; }}
QComboBox QAbstractItemView {{ background: {surface}; color: {text}; border: 1px solid {line2}; selection-background-color: {accent_soft};
  selection-color: {text}; }}
QMenu {{ background: {surface}; border: 1px solid {line2}; padding: 4px; color: {text}; }}
QMenu::item {{ padding: 5px 24px 5px 10px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent_soft}; }}
QMenu::item:disabled {{ color: {text3}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 6px; }}
QMenuBar {{ background: {panel}; color: {text2}; border-bottom: 1px solid {line}; padding: 1px 6px; }}
QMenuBar::item {{ padding: 4px 8px; background: transparent; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {accent_soft}; color: {text}; }}
QDockWidget {{ color: {text2}; titlebar-close-icon: none; titlebar-normal-icon: none; }}
QDockWidget::title {{ background: {panel}; padding: 7px 10px 3px 12px; text-align: left; }}
QTabBar {{ background: {panel}; border: 0; qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; color: {text2}; padding: 6px 9px 5px 9px; border: 0; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {line}; }}
QTableView, QTreeView, QListView {{ background: {panel}; alternate-background-color: {panel}; border: 0; outline: 0; gridline-color: {line};
  color: {text}; selection-background-color: {accent_soft}; selection-color: {text}; }}
QTableView:focus, QTreeView:focus, QListView:focus {{ border: 1px solid {accent}; }}
QTableView::item, QTreeView::item, QListView::item {{ padding: 0 6px; border: 0; }}
QHeaderView::section {{ background: {panel}; color: {text3}; border: 0; border-bottom: 1px solid {line}; padding: 4px 6px; }}
QHeaderView::up-arrow, QHeaderView::down-arrow {{ width: 0; height: 0; }}
QPlainTextEdit {{ background: {surface}; border: 1px solid {line}; border-radius: 6px; color: {text}; padding: 4px; }}
QPlainTextEdit:focus {{ border-color: {accent}; }}
QScrollArea {{ border: 0; background: {panel}; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {line2}; border-radius: 4px; min-height: 24px; min-width: 24px; margin: 1px; }}
QScrollBar::handle:hover {{ background: {text3}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none; border: 0; width: 0; height: 0; }}
QStatusBar {{ background: {panel}; color: {text2}; border-top: 1px solid {line}; }}
QStatusBar::item {{ border: 0; }}
QSlider::groove:horizontal {{ height: 4px; background: {line2}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 14px; margin: -5px 0; border-radius: 7px; background: {accent}; }}
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {line2}; padding: 4px 6px; }}
QProgressBar {{ border: 0; background: {line}; border-radius: 2px; max-height: 4px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 2px; }}
QLabel[role="heading"] {{ color: {text}; font-weight: 600; }}
QLabel[role="title"] {{ color: {text}; font-weight: 600; font-size: 15pt; }}
QLabel[role="big"] {{ color: {text}; font-weight: 600; font-size: 22pt; }}
QLabel[role="section"] {{ color: {text2}; font-weight: 600; padding-top: 6px; }}
QLabel[role="quiet"] {{ color: {text2}; }}
QLabel[role="faint"] {{ color: {text3}; }}
QFrame[role="card"] {{ background: {surface}; border: 1px solid {line2}; border-radius: 8px; }}
QFrame[role="bar"] {{ background: {accent_soft}; border: 0; border-bottom: 1px solid {line}; }}
QFrame[role="hairline"] {{ background: {line}; border: 0; max-height: 1px; min-height: 1px; }}
"""

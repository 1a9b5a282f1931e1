"""Neutral greys, one accent: the palette, the style sheet, and the system's light or dark."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

Role = QPalette.ColorRole
Group = QPalette.ColorGroup
CAPTION_RATIO = 11 / 13
TITLE_RATIO = 17 / 13


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours with a meaning; everything else is a QPalette role."""

    window: QColor
    panel: QColor
    gallery_ground: QColor
    text: QColor
    secondary: QColor
    disabled: QColor
    border: QColor
    accent: QColor
    on_accent: QColor
    good: QColor
    warning: QColor
    bad: QColor


def _colors(*hex_codes: str) -> Colors:
    return Colors(*(QColor(code) for code in hex_codes))


LIGHT = _colors(
    "#F4F4F5", "#FFFFFF", "#ECECEE", "#1B1B1D", "#5E5E64", "#9A9AA0",
    "#D7D7DB", "#2563EB", "#FFFFFF", "#15803D", "#B45309", "#B91C1C",
)  # fmt: skip
DARK = _colors(
    "#1F1F21", "#28282B", "#161617", "#ECECEE", "#A5A5AC", "#6C6C72",
    "#3A3A3E", "#6C9DFF", "#0B1220", "#4ADE80", "#FBBF24", "#F87171",
)  # fmt: skip


def colors(palette: QPalette) -> Colors:
    """The colours that go with a palette: a widget asks with its own, so it needs no other news of the theme."""
    # By the text, because a style sheet makes the ground of some widgets transparent; never by a disabled one.
    return DARK if palette.color(Group.Active, Role.WindowText).lightness() > 128 else LIGHT


def palette(of: Colors) -> QPalette:
    """The colours as Qt's roles."""
    made = QPalette()
    for role, color in {
        Role.Window: of.window, Role.WindowText: of.text, Role.Base: of.panel, Role.AlternateBase: of.window,
        Role.Text: of.text, Role.Button: of.panel, Role.ButtonText: of.text, Role.BrightText: of.bad,
        Role.ToolTipBase: of.panel, Role.ToolTipText: of.text, Role.PlaceholderText: of.secondary,
        Role.Highlight: of.accent, Role.HighlightedText: of.on_accent, Role.Accent: of.accent,
        Role.Link: of.accent, Role.LinkVisited: of.accent, Role.Mid: of.border, Role.Midlight: of.border,
        Role.Dark: of.border, Role.Light: of.panel, Role.Shadow: of.border,
    }.items():  # fmt: skip
        made.setColor(role, color)
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        made.setColor(Group.Disabled, role, of.disabled)
    made.setColor(Group.Disabled, Role.Highlight, of.border)
    return made


def font(base: QFont, ratio: float, *, bold: bool = False, tabular: bool = False) -> QFont:
    """A size and weight of the system font; `tabular` asks for figures of equal width."""
    made = QFont(base)
    made.setPointSizeF(base.pointSizeF() * ratio) if base.pointSizeF() > 0 else made.setPixelSize(
        round(base.pixelSize() * ratio)
    )
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


class Theme(QObject):
    """Keeps the application in the system's light or dark, from the first frame on."""

    def __init__(self, application: QApplication, scheme: Qt.ColorScheme = Qt.ColorScheme.Unknown) -> None:
        """Dress the application; a `scheme` other than Unknown holds whatever the system says."""
        super().__init__(application)
        self._application = application
        self._fixed = scheme
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._dress)
        self._dress()

    def use(self, scheme: Qt.ColorScheme) -> None:
        """Light, dark, or Unknown for what the system says."""
        self._fixed = scheme
        self._dress()

    def _dress(self) -> None:
        unset = self._fixed == Qt.ColorScheme.Unknown
        scheme = self._application.styleHints().colorScheme() if unset else self._fixed
        chosen = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        self._application.setPalette(palette(chosen))
        self._application.setStyleSheet(style_sheet(chosen))


def style_sheet(of: Colors) -> str:
    """What Fusion cannot say with a palette: radii, hairlines, and a focus that is always seen."""
    text = SHEET
    for name in Colors.__dataclass_fields__:
        text = text.replace(f"@{name};", f"{getattr(of, name).name()};")
    return text


SHEET = """
QToolTip { background: @panel; color: @text; border: 1px solid @border; padding: 4px 6px; }
QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QPushButton { background: @panel; color: @text; border: 1px solid @border; border-radius: 6px;
    min-height: 26px; padding: 0 12px; }
QPushButton:hover { border-color: @secondary; }
QPushButton:pressed { background: @window; }
QPushButton:disabled { color: @disabled; }
QPushButton:focus { border: 2px solid @accent; padding: 0 11px; min-height: 24px; }
QPushButton[kind="primary"] { background: @accent; color: @on_accent; border-color: @accent; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; }
QPushButton[kind="plain"] { background: transparent; border-color: transparent; color: @accent; padding: 0 6px; }
QPushButton[kind="plain"]:hover { border-color: @border; }
QPushButton[kind="plain"]:focus { border: 2px solid @accent; padding: 0 5px; }

QToolButton { background: transparent; color: @text; border: 1px solid transparent; border-radius: 6px;
    padding: 4px; }
QToolButton:hover { background: @window; border-color: @border; }
QToolButton:pressed, QToolButton:checked { background: @gallery_ground; border-color: @border; }
QToolButton:focus { border: 2px solid @accent; padding: 3px; }
QToolButton:disabled { color: @disabled; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit { background: @panel; color: @text; border: 1px solid @border; border-radius: 6px; min-height: 26px;
    padding: 0 6px; selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit:focus { border: 2px solid @accent; padding: 0 5px; min-height: 24px; }

QMenu { background: @panel; color: @text; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 8px; border-radius: 4px; }
QMenu::icon { padding-left: 6px; }
QMenu::item:selected { background: @accent; color: @on_accent; }
QMenu::item:disabled { color: @disabled; background: transparent; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }

QScrollBar { background: transparent; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: @disabled; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: @border; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }

QListView, QTreeView, QScrollArea { background: transparent; border: none; }
QHeaderView::section { background: @window; color: @secondary; border: none; padding: 4px 8px; }

#chip, #folder { background: @window; border: 1px solid @border; border-radius: 6px; }
#folder { background: transparent; border-color: transparent; }
#folder:hover { background: @window; }
#chip:focus, #folder:focus { border: 2px solid @accent; }

QLabel[kind="secondary"] { color: @secondary; }
QLabel[kind="bad"] { color: @bad; }
QLabel[kind="accent"] { color: @accent; }
*[surface="panel"] { background: @panel; }
*[surface="ground"] { background: @gallery_ground; }
*[line="below"] { border-bottom: 1px solid @border; }
*[line="above"] { border-top: 1px solid @border; }
*[line="around"] { border: 1px solid @border; border-radius: 8px; }
"""

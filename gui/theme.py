"""Neutral greys, one accent: the palette, the style sheet, and the system's light or dark."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from engine.settings import Look, Motion
from gui.measures import control_height, grown, line_height

Role = QPalette.ColorRole
Group = QPalette.ColorGroup
CAPTION_RATIO = 11 / 13
TITLE_RATIO = 17 / 13
LIGHT_SCHEME = Qt.ColorScheme.Light
DARK_SCHEME = Qt.ColorScheme.Dark
BORDERS = 2
BY_ITS_LETTERS = Qt.LayoutDirection.LayoutDirectionAuto
"""For painters: a path or a number is read from the left wherever it stands; what stands left or right stays there."""
AROUND_THE_EDIT = 5
STYLE_IMAGES = Path(__file__).resolve().parent.parent / "resources" / "icons" / "style"


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
    control: QColor
    accent: QColor
    on_accent: QColor
    good: QColor
    warning: QColor
    bad: QColor


def _colors(*hex_codes: str) -> Colors:
    return Colors(*(QColor(code) for code in hex_codes))


LIGHT = _colors(
    "#F4F4F5", "#FFFFFF", "#ECECEE", "#1B1B1D", "#5E5E64", "#9A9AA0", "#D7D7DB", "#7F7F86",
    "#1F5FE8", "#FFFFFF", "#147A3A", "#AC4F08", "#B91C1C",
)  # fmt: skip
DARK = _colors(
    "#1F1F21", "#28282B", "#161617", "#ECECEE", "#A5A5AC", "#6C6C72", "#3A3A3E", "#7C7C84",
    "#6C9DFF", "#0B1220", "#4ADE80", "#FBBF24", "#F87171",
)  # fmt: skip
STARK_LIGHT = _colors(
    "#FFFFFF", "#FFFFFF", "#FFFFFF", "#000000", "#000000", "#595959", "#000000", "#000000",
    "#0037B3", "#FFFFFF", "#005A1E", "#7A3500", "#9B0000",
)  # fmt: skip
STARK_DARK = _colors(
    "#000000", "#000000", "#000000", "#FFFFFF", "#FFFFFF", "#B4B4B4", "#FFFFFF", "#FFFFFF",
    "#FFD800", "#000000", "#5CFF7A", "#FFC14D", "#FF9A9A",
)  # fmt: skip
LOOKS = {
    Look.LIGHT: LIGHT,
    Look.DARK: DARK,
    Look.HIGH_CONTRAST_LIGHT: STARK_LIGHT,
    Look.HIGH_CONTRAST_DARK: STARK_DARK,
}


def colors(palette: QPalette) -> Colors:
    """The colours that go with a palette: a widget asks with its own, so it needs no other news of the theme."""
    # By the accent, because a style sheet changes text and ground of some widgets; never by a disabled one.
    accent = palette.color(Group.Active, Role.Highlight)
    for of in LOOKS.values():
        if accent == of.accent:
            return of
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
    """Keeps the application in the look that is chosen or that the system has, from the first frame on."""

    def __init__(self, application: QApplication, look: str = Look.SYSTEM, motion: str = Motion.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self._worn: tuple[Colors, bool] | None = None
        self._effects = [effect for effect in Qt.UIEffect if application.isEffectEnabled(effect)]
        self._hints = application.styleHints()
        application.setStyle("Fusion")
        self._hints.colorSchemeChanged.connect(self._dress)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._dress)
        if (changed := getattr(self._hints.accessibility(), "motionPreferenceChanged", None)) is not None:
            changed.connect(self._dress)
        self.use(look, motion)

    def use(self, look: str, motion: str = Motion.SYSTEM) -> None:
        """Change at once; `SYSTEM` follows its light or dark, and its wishes for more contrast or less motion."""
        self._look, self._motion = Look(look), Motion(motion)
        if self._look is Look.SYSTEM:
            self._hints.unsetColorScheme()
        else:  # for what Qt and the system draw themselves: title bars, file dialogs
            self._hints.setColorScheme(DARK_SCHEME if LOOKS[self._look] in (DARK, STARK_DARK) else LIGHT_SCHEME)
        self._dress()

    def _dress(self) -> None:
        chosen = LOOKS[self._of_the_system() if self._look is Look.SYSTEM else self._look]
        still = self._motion is Motion.REDUCED or (self._motion is Motion.SYSTEM and self._is_calm())
        if (chosen, still) == self._worn:
            return  # the system says more than once that something has changed
        self._worn = (chosen, still)
        self._application.setPalette(palette(chosen))
        self._application.setStyleSheet(style_sheet(chosen) + (STILL if still else ""))
        for effect in self._effects:  # menus and tooltips that slide or fade in, where the system has that
            self._application.setEffectEnabled(effect, not still)

    def _is_calm(self) -> bool:
        """Whether the system wants less motion; Qt tells it from 6.12 on."""
        told = getattr(self._hints.accessibility(), "motionPreference", None)
        return told is not None and told().name == "ReducedMotion"

    def _of_the_system(self) -> Look:
        dark = self._hints.colorScheme() == DARK_SCHEME
        if self._hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return Look.HIGH_CONTRAST_DARK if dark else Look.HIGH_CONTRAST_LIGHT
        return Look.DARK if dark else Look.LIGHT


def style_sheet(of: Colors) -> str:
    """What Fusion cannot say with a palette: radii, hairlines, and a focus that is always seen."""
    text = SHEET.replace("@images", STYLE_IMAGES.as_posix())
    text = text.replace("@end", "left" if QGuiApplication.isRightToLeft() else "right")
    arrow = "-black" if of is STARK_LIGHT else "-white" if of is STARK_DARK else ""
    text = text.replace("@arrow.svg", f"{arrow}.svg")
    shade = "light" if of.on_accent.lightness() > 128 else "dark"
    text = text.replace("@check", f"check-{shade}").replace("@partial", f"partial-{shade}")
    for name, pixels in _measures().items():
        text = text.replace(f"@{name};", f"{pixels}px;")
    for name in Colors.__dataclass_fields__:
        text = text.replace(f"@{name};", f"{getattr(of, name).name()};")
    return text


STILL = "QProgressBar { widget-animation-duration: 0; }"


def _measures() -> dict[str, int]:
    """What the style sheet needs to know of the text: a height given there is all that a layout leaves to a control."""
    inside = control_height() - BORDERS
    spin = inside - line_height() - AROUND_THE_EDIT  # padding, because of a least height the style keeps a part
    return {
        "inside": inside,
        "inside-focused": inside - BORDERS,
        "above": spin // 2,
        "below": spin - spin // 2,
        "above-focused": spin // 2 - 1,
        "below-focused": spin - spin // 2 - 1,
        "tick": grown(14),
        "dot": grown(14) - 8,
        "round": grown(14) // 2 + 1,
        "knob": grown(10),
        "knob-round": grown(10) // 2 + BORDERS,
        "rise": -(grown(10) // 2),
        "icon": grown(16),
        "arrow": grown(12),
        "drop": grown(20),
        "beside-drop": grown(20) + 2,
        "beside-drop-focused": grown(20) + 1,
    }


SHEET = """
QToolTip { background: @panel; color: @text; border: 1px solid @border; padding: 4px 6px; }
QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QPushButton { background: @panel; color: @text; border: 1px solid @border; border-radius: 6px;
    min-height: @inside; padding: 0 12px; }
QPushButton:hover { border-color: @secondary; }
QPushButton:pressed { background: @window; }
QPushButton:disabled { color: @disabled; }
QPushButton:focus { border: 2px solid @accent; padding: 0 11px; min-height: @inside-focused; }
QPushButton[kind="primary"] { background: @accent; color: @on_accent; border-color: @accent; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; }
QPushButton[kind="plain"] { background: transparent; border-color: transparent; color: @accent; padding: 0 6px; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: @secondary; padding: 0 7px; }
QPushButton[kind="quiet"]:hover { border-color: @border; }
QPushButton[kind="quiet"]:focus { border: 2px solid @accent; padding: 0 6px; }
QPushButton[kind="plain"]:hover { border-color: @border; }
QPushButton[kind="plain"]:focus { border: 2px solid @accent; padding: 0 5px; }

QToolButton { background: transparent; color: @text; border: 1px solid transparent; border-radius: 6px;
    padding: 4px; }
QToolButton:hover { background: @window; border-color: @border; }
QToolButton:pressed, QToolButton:checked { background: @gallery_ground; border-color: @border; }
QToolButton:focus { border: 2px solid @accent; padding: 3px; }
QToolButton:disabled { color: @disabled; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QComboBox, QAbstractSpinBox { background: @panel; color: @text; border: 1px solid @control;
    border-radius: 6px; padding: 0 6px; placeholder-text-color: @secondary;
    selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit, QComboBox { min-height: @inside; }
QAbstractSpinBox { padding-top: @above; padding-bottom: @below; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid @accent; padding: 0 5px; }
QLineEdit:focus, QComboBox:focus { min-height: @inside-focused; }
QAbstractSpinBox:focus { padding-top: @above-focused; padding-bottom: @below-focused; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: @disabled; border-color: @border; }
QComboBox { padding-@end: @beside-drop; }
QComboBox:focus { padding-@end: @beside-drop-focused; }
QComboBox::drop-down, QDateEdit::drop-down { subcontrol-origin: padding; subcontrol-position: center right;
    border: none; width: @drop; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("@images/down@arrow.svg"); width: @icon; height: @icon; }
QComboBox QAbstractItemView { background: @panel; color: @text; border: 1px solid @control;
    selection-background-color: @accent; selection-color: @on_accent; }
QSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right;
    border: none; width: @drop; }
QSpinBox::down-button { subcontrol-origin: border;
    subcontrol-position: bottom right; border: none; width: @drop; }
QSpinBox::up-arrow { image: url("@images/up@arrow.svg"); width: @arrow; height: @arrow; }
QSpinBox::down-arrow { image: url("@images/down@arrow.svg"); width: @arrow; height: @arrow; }
QPlainTextEdit, QTextEdit { background: @panel; color: @text; border: 1px solid @control; border-radius: 6px;
    placeholder-text-color: @secondary;
    selection-background-color: @accent; selection-color: @on_accent; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @accent; }
QTextEdit[kind="quiet"] { background: transparent; border: 2px solid transparent; }
QTextEdit[kind="quiet"]:focus { border-color: @accent; }

QCheckBox, QRadioButton { color: @text; spacing: 8px; padding: 3px; border: 1px solid transparent; border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid @accent; padding: 2px; }
QCheckBox:disabled, QRadioButton:disabled { color: @disabled; }
QCheckBox::indicator, QRadioButton::indicator, QTreeView::indicator, QListView::indicator {
    width: @tick; height: @tick; border: 1px solid @control; background: @panel; }
QCheckBox::indicator, QTreeView::indicator, QListView::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: @round; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked {
    background: @accent; border-color: @accent; image: url("@images/@check.svg"); }
QCheckBox::indicator:indeterminate, QTreeView::indicator:indeterminate, QListView::indicator:indeterminate {
    background: @accent; border-color: @accent; image: url("@images/@partial.svg"); }
QRadioButton::indicator:checked { border: 5px solid @accent; width: @dot; height: @dot; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: @border; }

QMenu { background: @panel; color: @text; border: 1px solid @border; padding: 4px; icon-size: @icon; }
QMenu::item { padding: 5px 24px 5px 8px; border-radius: 4px; }
QMenu::icon { padding-left: 6px; }
QMenu::item:selected { background: @accent; color: @on_accent; }
QMenu::item:disabled { color: @disabled; background: transparent; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }

QScrollBar { background: transparent; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: @control; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @control; }
QSlider::sub-page:horizontal { border-radius: 2px; background: @accent; }
QSlider::handle:horizontal { width: @knob; height: @knob; margin-top: @rise; margin-bottom: @rise;
    border: 2px solid @accent; border-radius: @knob-round; background: @panel; }
QSlider::handle:horizontal:focus { border-color: @text; }
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled { border-color: @border; }

QProgressBar { background: @border; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }

QListView, QTreeView, QScrollArea { background: transparent; border: none; }
QListView, QTreeView { icon-size: @icon; }
QTreeView, QTableView { alternate-background-color: @window; selection-background-color: @accent;
    selection-color: @on_accent; }
QTreeView::item, QTableView::item { padding: 3px 4px; }
QTreeView:focus, QTableView:focus { border: 2px solid @accent; }
QListView[kind="pages"] { outline: none; selection-background-color: @accent; selection-color: @on_accent; }
QListView[kind="pages"]::item { padding: 0 8px; border: 2px solid transparent; border-radius: 6px; color: @text; }
QListView[kind="pages"]::item:selected { background: @accent; color: @on_accent; }
QListView[kind="pages"]::item:focus { border-color: @text; }
QHeaderView::section { background: @window; color: @secondary; border: none; padding: 4px 8px; }

#chip, #folder { background: @window; border: 1px solid @border; border-radius: 6px; }
#folder { background: transparent; border-color: transparent; }
#folder:hover { background: @window; }
#chip:focus, #folder:focus { border: 2px solid @accent; }

#weights { background: @panel; border: 1px solid @border; }
#weight { padding: 0; border-radius: 4px; }
#weight[kind="bad"] { color: @bad; }
#weight[kind="secondary"] { color: @secondary; }
#weight:hover { background: @panel; }
#weight:focus { border: 1px solid @accent; padding: 0; }

QLabel[kind="secondary"] { color: @secondary; }
QLabel[kind="bad"] { color: @bad; }
QLabel[kind="accent"] { color: @accent; }
*[surface="panel"] { background: @panel; }
*[surface="ground"] { background: @gallery_ground; }
*[line="below"] { border-bottom: 1px solid @border; }
*[line="above"] { border-top: 1px solid @border; }
*[line="around"] { border: 1px solid @border; border-radius: 8px; }
"""

"""Settings of the look: colours, motion, the size of thumbnails, the language."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QRadioButton, QSlider, QWidget

from engine.settings import Look, Motion, Settings
from gui.controls import label, slider
from gui.dialogs.page import Page
from gui.translation import languages, later, tr
from gui.words import number

LOOKS = {
    Look.SYSTEM: later("As the system"),
    Look.LIGHT: later("Light"),
    Look.DARK: later("Dark"),
    Look.HIGH_CONTRAST_LIGHT: later("High contrast, light"),
    Look.HIGH_CONTRAST_DARK: later("High contrast, dark"),
}
MOTIONS = {
    Motion.SYSTEM: later("As the system"),
    Motion.REDUCED: later("Reduced"),
    Motion.FULL: later("Full"),
}
SLIDER_WIDTH = 200


class LookPage(Page):
    """What is chosen holds at once, the language from the next start."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = {look: QRadioButton(tr(text)) for look, text in LOOKS.items()}
        self.motions = {motion: QRadioButton(tr(text)) for motion, text in MOTIONS.items()}
        self.thumbnails = slider(tr("Thumbnail size"), SLIDER_WIDTH)
        self.language = QComboBox()
        self._build_looks()
        self._build_motions()
        self._size_place = self.reserve()
        self._build_language()
        self.column.addStretch()

    def show_settings(self, settings: Settings) -> None:
        """Show what holds."""
        self.looks[Look(settings.look)].setChecked(True)
        self.motions[Motion(settings.motion)].setChecked(True)
        self.language.setCurrentIndex(max(self.language.findData(settings.language), 0))

    def show_size(self, thumbnails: QSlider) -> None:
        """A library is open: show the size of its thumbnails, in step with the slider above the gallery."""
        with self.filling(self._size_place):
            self._build_size(thumbnails)
        QWidget.setTabOrder(self.motions[Motion.FULL], self.thumbnails)

    def _build_looks(self) -> None:
        self.add_heading(tr("Colours"))
        group = QButtonGroup(self)
        for look, choice in self.looks.items():
            group.addButton(choice)
            self.column.addWidget(choice)
            choice.clicked.connect(lambda _=False, look=look: self.want(look=look))
        self.add_hint(tr("“As the system” follows its light and dark, and its wish for more contrast."))

    def _build_motions(self) -> None:
        self.add_heading(tr("Motion"))
        group = QButtonGroup(self)
        for motion, choice in self.motions.items():
            choice.setAccessibleName(tr("Motion: {choice}", choice=choice.text()))
            group.addButton(choice)
            self.column.addWidget(choice)
            choice.clicked.connect(lambda _=False, motion=motion: self.want(motion=motion))
        self.add_hint(tr("“Reduced”: nothing moves or fades by itself, but what you start, such as pictures in turn."))

    def _build_size(self, thumbnails: QSlider) -> None:
        self.add_heading(tr("Thumbnails"))
        self.thumbnails.setRange(thumbnails.minimum(), thumbnails.maximum())
        said = label("")
        self.thumbnails.valueChanged.connect(lambda pixels: said.setText(tr("{n} pixels", n=number(pixels))))
        self.thumbnails.setValue(thumbnails.value())
        self.thumbnails.valueChanged.connect(thumbnails.setValue)
        thumbnails.valueChanged.connect(self.thumbnails.setValue)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.thumbnails)
        row.addWidget(said)
        row.addStretch()
        self.column.addLayout(row)
        self.add_hint(tr("Ctrl and the mouse wheel do the same in the gallery."))

    def _build_language(self) -> None:
        self.add_heading(tr("Language"))
        self.language.setAccessibleName(tr("Language"))
        self.language.addItem(tr("As the system"), "")
        for code in languages():
            self.language.addItem(_own_name(code), code)
        self.language.activated.connect(lambda place: self.want(language=self.language.itemData(place)))
        self.column.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_hint(tr("Another language holds from the next start of Lookalike."))


def _own_name(code: str) -> str:
    """A language as its speakers call it."""
    if code == "en":
        return "English"
    name = QLocale(code).nativeLanguageName()
    return name[:1].upper() + name[1:]

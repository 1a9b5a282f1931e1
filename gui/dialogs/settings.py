"""The settings: a list of pages, and the page that is chosen. What is changed holds at once and is saved behind it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QSlider, QStackedWidget, QVBoxLayout, QWidget

from engine.errors import BadRequestError, EngineError
from engine.settings import Settings
from gui.controls import button, caption, label
from gui.dialogs.indexing_page import IndexingPage
from gui.dialogs.keys import KeysPage
from gui.dialogs.look_page import LookPage
from gui.dialogs.privacy_page import PrivacyPage
from gui.measures import open_with_size
from gui.preferences import Preferences
from gui.translation import tr

if TYPE_CHECKING:
    from engine.library import Library

ROOM = 56
TALLER = 14
SettingsPage = LookPage | IndexingPage | PrivacyPage


class SettingsDialog(QDialog):
    """Follows the preferences, whoever changes them."""

    def __init__(
        self,
        preferences: Preferences,
        look: LookPage,
        indexing: IndexingPage,
        privacy: PrivacyPage,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_with_size(self, 760, 620)
        self._preferences = preferences
        self.look, self.indexing, self.privacy, self.keys = look, indexing, privacy, KeysPage()
        self.list = QListWidget()
        self.stack = QStackedWidget()
        self.problem = label("", "bad", wrap=True)
        for name, page in (
            (tr("Look"), look),
            (tr("Indexing"), indexing),
            (tr("Keys"), self.keys),
            (tr("Privacy"), privacy),
        ):
            self.list.addItem(name)
            self.stack.addWidget(page)
        self._lay_out()
        for page in (look, indexing, privacy):
            page.change_wanted.connect(self._change)
        preferences.changed.connect(self._show)
        preferences.failed.connect(self.show_error)
        privacy.failed.connect(self.show_error)
        self._show(preferences.settings)
        self.show_error(preferences.problem)
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.list.setCurrentRow(0)

    def show_library(self, library: "Library", thumbnails: QSlider, clear_history: Callable[[], None]) -> None:
        """A library is open, now or since before: show what concerns it.

        Args:
            thumbnails: the slider above the gallery.
            clear_history: forgets the history, and offers the undo.
        """
        self.look.show_size(thumbnails)
        self.indexing.show_library(library)
        self.privacy.show_history(clear_history)
        self._show(self._preferences.settings)

    def show_error(self, error: Exception | None) -> None:
        """Say what is wrong, and what to do."""
        said = f"{error.message} {error.hint}".strip() if isinstance(error, EngineError) else ""
        self.problem.setText(said)
        self.problem.setVisible(bool(said))

    def done(self, result: int) -> None:
        """What was typed last counts too."""
        self.indexing.excludes.finish()
        super().done(result)

    def _change(self, values: dict[str, Any]) -> None:
        try:
            self._preferences.change(**values)
        except BadRequestError as error:
            self.show_error(error)
            self._show(self._preferences.settings)

    def _show(self, settings: Settings) -> None:
        for page in (self.look, self.indexing, self.privacy):
            page.show_settings(settings)

    def _lay_out(self) -> None:
        self.list.setProperty("kind", "pages")
        self.list.setAccessibleName(tr("Pages of the settings"))
        metrics = QFontMetrics(self.list.font())
        items = [self.list.item(place) for place in range(self.list.count())]
        for item in items:
            item.setSizeHint(QSize(0, metrics.height() + TALLER))
        widest = max(metrics.horizontalAdvance(item.text()) for item in items)
        self.list.setFixedWidth(widest + ROOM)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 20, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.problem)
        column.addLayout(row, 1)
        bottom = QHBoxLayout()
        file = caption(
            tr("What you change holds at once. It can also be changed in {file}.", file=self._file()), wrap=True
        )
        file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        bottom.addWidget(file, 1)
        close = button(tr("Close"), self.close)
        close.setAutoDefault(False)
        bottom.addWidget(close)
        column.addLayout(bottom)

    def _file(self) -> str:
        return str(self._preferences.file.path)

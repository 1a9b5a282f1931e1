"""Any program of the desktop, to be found by typing part of its name."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.controls import button, title
from gui.icons import icon
from gui.measures import open_with_size
from gui.panels.search_field import let_clear
from gui.programs import Program
from gui.translation import tr

ROLE = Qt.ItemDataRole.UserRole
STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ProgramsDialog(QDialog):
    """Lets the user choose one of the programs, or an executable from the disk.

    Signals:
        chosen(Program): this one.
        file_chosen(Path): this executable.
    """

    chosen = Signal(object)
    file_chosen = Signal(object)

    def __init__(self, programs: Sequence[Program], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Open with"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_with_size(self, 420, 460)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Part of the name"))
        self.filter.setAccessibleName(tr("Part of the program’s name"))
        let_clear(self.filter)
        self.filter.textChanged.connect(self._show_matching)
        self.filter.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Programs"))
        self.list.itemActivated.connect(lambda item: self._choose())
        self.list.currentItemChanged.connect(lambda *_: self._update())
        self.open_button = button(tr("Open"), self._choose, "primary")
        self.open_button.setDefault(True)
        for program in programs:
            item = QListWidgetItem(QIcon.fromTheme(program.icon, icon("open")), program.name, self.list)
            item.setData(ROLE, program)
        self._build()
        self._show_matching("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move through the list while the name is being typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in STEPS:
            self.list.keyPressEvent(event)
            return True
        return False

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(title(tr("Open with")))
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(button(tr("From the disk…"), self._ask_for_file))
        row.addStretch()
        row.addWidget(button(tr("Cancel"), self.reject))
        row.addWidget(self.open_button)
        column.addLayout(row)

    def _show_matching(self, text: str) -> None:
        wanted = text.strip().casefold()
        items = [self.list.item(row) for row in range(self.list.count())]
        for item in items:
            item.setHidden(wanted not in item.text().casefold())
        first = next((item for item in items if not item.isHidden()), None)
        self.list.setCurrentItem(first)  # type: ignore[arg-type]  # None is nothing
        self._update()

    def _update(self) -> None:
        item = self.list.currentItem()
        self.open_button.setEnabled(item is not None and not item.isHidden())

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None and not item.isHidden():
            self.chosen.emit(item.data(ROLE))
            self.accept()

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, tr("Choose a program"), "/usr/bin")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_file(self, name: str) -> None:
        self.file_chosen.emit(Path(name))
        self.accept()

"""What this program is, and what it is made of."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui import parts
from gui.controls import button, caption, label, title
from gui.icons import app_icon
from gui.measures import open_with_size
from gui.parts import Part
from gui.tasks import Lane, TaskRunner
from gui.translation import tr

ICON = 64


class AboutDialog(QDialog):
    """Shows itself at once; the list of parts is read from the disk behind it."""

    def __init__(self, parent: QWidget, tasks: TaskRunner) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About Lookalike"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_with_size(self, 560, 520)
        self.version = label("", "secondary")
        self.list = QTreeWidget()
        self.copy = button(tr("Copy all of it"), self._copy)
        self.copy.setEnabled(False)
        self._text = ""
        self._lay_out()
        tasks.submit(
            lambda job: (parts.program(), parts.parts(), parts.as_text()),
            lane=Lane.READING,
            owner=self,
            on_success=lambda found: self._show_parts(*found),
        )

    def _show_parts(self, program: Part, found: list[Part], text: str) -> None:
        self._text = text
        self.version.setText(tr("Version {version}", version=program.version))
        items = [QTreeWidgetItem([part.name, part.version, part.licence]) for part in found]
        self.list.addTopLevelItems(items)
        self.list.setCurrentItem(items[0])
        self.copy.setEnabled(True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(label(tr("Finds lookalikes in your own photos. Nothing leaves this computer."), wrap=True))
        column.addWidget(
            caption(tr("Free software under the Apache License 2.0. It is made of these parts:"), wrap=True)
        )
        self.list.setAccessibleName(tr("Parts and their licences"))
        self.list.setHeaderLabels([tr("Part"), tr("Version"), tr("Licence")])
        self.list.setRootIsDecorated(False)
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addStretch()
        close = button(tr("Close"), self.close, "primary")
        close.setDefault(True)
        row.addWidget(close)
        column.addLayout(row)

    def _head(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(ICON, ICON))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title("Lookalike"))
        words.addWidget(self.version)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(picture)
        row.addLayout(words, 1)
        return row

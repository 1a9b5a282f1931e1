"""What the program has noted of itself: by level, searched, copied, saved, and followed while it is written."""

import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHeaderView, QPlainTextEdit, QWidget

from engine.errors import EngineError
from engine.new_file import new_file
from gui.controls import label
from gui.desktop import open_with_system
from gui.dialogs.choosing import choose_text
from gui.dialogs.list_dialog import ListDialog, RowsView
from gui.dialogs.log_model import MESSAGE, LogModel, LogRole
from gui.folding import APART, Folding, beside
from gui.log_tail import LogEntry, LogTail
from gui.measures import grown, open_with_size
from gui.panels.search_field import SearchField
from gui.tasks import Lane, TaskRunner
from gui.translation import counted, tr

LOOK_EVERY_MS = 1000
DETAIL_HEIGHT = 110


class LogDialog(ListDialog):
    """Reads on a worker, again and again while it is open; shows itself when there is something to show."""

    def __init__(self, parent: QWidget, tasks: TaskRunner, folder: Path) -> None:
        self.model = LogModel()
        field = SearchField(tr("Words in the log"), tr("Search the log"))
        super().__init__(tr("Log"), RowsView(self.model, tr("Log")), field, self.model.seek, parent)
        self.model.setParent(self)
        self._tasks = tasks
        self._folder = folder
        self._tail = LogTail(folder)
        self.chooser: QFileDialog | None = None
        self.level = QComboBox()
        self.follow = QCheckBox(tr("Follow what is added"))
        self.detail = QPlainTextEdit()
        open_with_size(self, 860, 600)
        self._build()
        self._pause = QTimer(self, singleShot=True, interval=LOOK_EVERY_MS)
        self._pause.timeout.connect(self.read)
        self.model.rowsInserted.connect(lambda *_: self._on_rows())
        self.model.modelReset.connect(self._on_rows)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.selectionModel().currentRowChanged.connect(self._show_detail)
        self._on_rows()
        self.read()

    def read(self) -> None:
        """Take in what was logged since."""
        self._tasks.submit(
            lambda job: self._tail.read(),
            lane=Lane.READING,
            owner=self,
            on_success=self._on_read,
            on_failure=self._on_not_read,
        )

    def _build(self) -> None:
        self.title.setText(tr("Log"))
        self.hint.setText(tr("What the program has noted of itself. It is sent to nobody."))
        self._copy = self.add_tool("copy", tr("Copy the selected entries"), "Ctrl+C", self._copy_entries)
        self._save = self.add_tool("export", tr("Save what is shown as a text…"), "Ctrl+S", self._ask_where)
        self.add_tool("folder", tr("Open the folder of the log"), "Ctrl+Return", self._open_folder)
        for name, least in (
            (tr("Everything"), logging.DEBUG),
            (tr("Warnings and errors"), logging.WARNING),
            (tr("Errors"), logging.ERROR),
        ):
            self.level.addItem(name, least)
        self.level.setAccessibleName(tr("Level"))
        self.level.currentIndexChanged.connect(lambda _: self.model.show_from(self.level.currentData()))
        self.follow.setChecked(True)
        self.follow.toggled.connect(lambda _: self._keep_up())
        told = label(tr("Show:"))
        told.setBuddy(self.level)
        self.column.insertWidget(3, Folding(beside(told, self.level), self.follow, shares=APART))
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(50)  # rows that are measured: there may be many
        header.setSectionResizeMode(MESSAGE, QHeaderView.ResizeMode.Stretch)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.detail.setReadOnly(True)
        self.detail.setAccessibleName(tr("The whole entry"))
        self.detail.setTabChangesFocus(True)
        self.detail.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.detail.setFixedHeight(grown(DETAIL_HEIGHT))
        self.column.insertWidget(self.column.count() - 1, self.detail)

    def _on_read(self, entries: list[LogEntry]) -> None:
        if entries:
            self.model.add(entries)
        self._pause.start()
        if not self.isVisible():
            self.show()

    def _on_not_read(self, error: Exception) -> None:
        self.note.setText(tr("The log cannot be read: {why}", why=error))
        self._pause.start()
        self.show()

    def _on_rows(self) -> None:
        if not self.model.entries:
            self.show_nothing(tr("Nothing was noted yet."))
        else:
            self.show_nothing("" if self.model.rows else tr("No entry is like that."))
        self._save.setEnabled(bool(self.model.rows))
        self._on_selection()
        self._keep_up()

    def _keep_up(self) -> None:
        if self.follow.isChecked():
            self.view.scrollToBottom()

    def _on_selection(self) -> None:
        self._copy.setEnabled(self.view.selectionModel().hasSelection())

    def _show_detail(self) -> None:
        entry = self.view.currentIndex().data(LogRole.ENTRY)
        self.detail.setPlainText(entry.line if entry is not None else "")

    def _copy_entries(self) -> None:
        lines = [self.model.rows[row].line for row in self.view.selected_rows()]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.note.setText(counted("{n} entry was copied.", "{n} entries were copied.", len(lines)))

    def _ask_where(self) -> None:
        self.chooser = choose_text(self, tr("Save the log"), "lookalike-log", self._save_to)

    def _save_to(self, file: Path) -> None:
        rows = list(self.model.rows)
        self._tasks.submit(
            lambda job: _save(rows, file),
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda _: self.note.setText(tr("“{name}” was saved.", name=file.name)),
            on_failure=lambda error: self.note.setText(str(error)),
        )

    def _open_folder(self) -> None:
        try:
            open_with_system(self._folder)
        except EngineError as error:
            self.note.setText(str(error))


def _save(entries: Sequence[LogEntry], file: Path) -> None:
    with new_file(file) as part:
        part.write_text("".join(f"{entry.line}\n" for entry in entries), encoding="utf-8", errors="replace")

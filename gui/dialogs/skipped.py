"""Every file that is not searchable, by the kind of reason, and what can be done about it."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from engine.reason_kinds import RETRIED, ReasonKind
from engine.records import Skipped
from gui.controls import button, caption
from gui.desktop import copy_paths, reveal
from gui.dialogs.list_dialog import ListDialog, RowsView
from gui.dialogs.skipped_model import (
    COLUMNS,
    FOLDER,
    KINDS,
    Heading,
    SkippedModel,
    SkippedRow,
    heading_text,
    key_of,
)
from gui.icons import icon
from gui.measures import open_with_size
from gui.panels.search_field import SearchField
from gui.translation import counted, tr

AGAIN = {*RETRIED, ReasonKind.WAITING, ReasonKind.EMBEDDING}
"""What another look for changes may bring into the search."""
MOST_REVEALED = 20


class SkippedView(RowsView):
    """The rows of a SkippedModel. A heading stands for its files; what is selected stays so while the list changes."""

    def __init__(self, model: SkippedModel) -> None:
        super().__init__(model, tr("Files that are not searchable"))
        self._model = model
        self._kept: tuple[set[str], str, int] = (set(), "", 0)
        self.setColumnWidth(0, 220)
        self.setColumnWidth(1, 340)
        self.horizontalHeader().setSectionResizeMode(FOLDER, QHeaderView.ResizeMode.Stretch)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        self.entered.connect(lambda: self._toggle(self.currentIndex()))

    def row(self, index: QModelIndex) -> Heading | SkippedRow | None:
        """What stands there."""
        return self._model.rows[index.row()] if index.isValid() else None

    def selected(self) -> list[Skipped]:
        """The selected files, and those of selected headings, each once."""
        found: dict[str, Skipped] = {}
        for place in self.selected_rows():
            row = self._model.rows[place]
            for one in row.rows if isinstance(row, Heading) else (row,):
                found[one.file.id] = one.file
        return list(found.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.row(self.currentIndex())
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        opens, closes = (Qt.Key.Key_Right, Qt.Key.Key_Left)[:: -1 if mirrored else 1]
        if isinstance(row, Heading) and event.key() == (closes if row.open else opens):
            self._toggle(self.currentIndex())
        elif isinstance(row, SkippedRow) and event.key() == closes:
            self.selectRow(self._model.row_of(row.file.kind))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            self._toggle(self.indexAt(event.position().toPoint()))

    def _toggle(self, index: QModelIndex) -> None:
        row = self.row(index)
        if isinstance(row, Heading):
            self._model.toggle(row.kind)

    def _keep(self) -> None:
        selected = {key_of(self._model.rows[place]) for place in self.selected_rows()}
        current = self.row(self.currentIndex())
        self._kept = selected, key_of(current) if current else "", self.verticalScrollBar().value()

    def _restore(self) -> None:
        self.clearSpans()
        selected, current, scrolled = self._kept
        rows = self._model.rows
        for place, row in enumerate(rows):
            if isinstance(row, Heading):
                self.setSpan(place, 0, 1, len(COLUMNS))
        if (place := self._model.row_of(current)) >= 0:
            index = self._model.index(place, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if selected:
            self.select_rows([place for place, row in enumerate(rows) if key_of(row) in selected])
        self.verticalScrollBar().setValue(scrolled)


class SkippedDialog(ListDialog):
    """Stays open while its files are tried again, and follows.

    Signals:
        retry_wanted: ids of the photos to read again although they have not changed.
        save_wanted: the list of Skipped to save as a table.
    """

    retry_wanted = Signal(list)
    save_wanted = Signal(list)

    def __init__(self, parent: QWidget) -> None:
        self.model = SkippedModel()
        self.list = SkippedView(self.model)
        field = SearchField(tr("Name, folder or reason"), tr("Search these files by name, folder or reason"))
        super().__init__(tr("Files that are not searchable"), self.list, field, self.model.seek, parent)
        self.model.setParent(self)
        open_with_size(self, 860, 560)
        self.detail = caption("", wrap=True)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setMinimumHeight(3 * self.detail.fontMetrics().height())
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.insertWidget(self.column.count() - 1, self.detail)
        self._copy = self.add_tool("link", tr("Copy paths"), "Ctrl+C", self._copy_paths)
        self._reveal = self.add_tool("reveal", tr("Show in file manager"), "Ctrl+Return", self._reveal_files)
        self._save = self.add_tool("export", tr("Save the list as a table…"), "Ctrl+S", self._save_list)
        self.again = button("", self._retry, "", "update")
        self.add_button(self.again, tr("Read them again although they have not changed"), "F5")
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.selectionModel().currentRowChanged.connect(self._show_detail)
        self.model.modelReset.connect(self._on_rows)
        self.show_files([])  # until they are read

    def show_files(self, files: list[SkippedRow]) -> None:
        """Show these, and keep what is selected, folded and sought."""
        self.model.show(files)
        photos = sum(row.file.kind is not ReasonKind.IGNORED for row in files)
        others = len(files) - photos
        self.title.setText(
            counted("{n} photo is not searchable", "{n} photos are not searchable", photos)
            if photos
            else tr("Every photo is searchable")
        )
        self.hint.setText(
            counted("{n} other file is no photo.", "{n} other files are no photos.", others)
            if others
            else tr("Every file in your folders is accounted for here.")
        )

    def _on_rows(self) -> None:
        if not self.model.files:
            self.show_nothing(tr("There is nothing that could not be read."))
        elif not self.model.rows:
            self.show_nothing(tr("No file has “{text}” in its name, folder or reason.", text=self.model.sought))
        else:
            self.show_nothing("")
        self.search.setEnabled(bool(self.model.files))
        self._save.setEnabled(bool(self.model.rows))
        self._on_selection()
        self._show_detail()

    def _meant(self) -> list[Skipped]:
        """What the buttons act on: the selected files, or all that were found."""
        return self.list.selected() or [row.file for row in self.model.found]

    def _on_selection(self) -> None:
        some = self.view.selectionModel().hasSelection()
        self._copy.setEnabled(some)
        self._reveal.setEnabled(some)
        again = sum(file.kind in AGAIN for file in self._meant())
        self.again.setText(
            counted("Try {n} file again", "Try {n} files again", again) if some else tr("Try all of them again")
        )
        self.again.setEnabled(again > 0)

    def _show_detail(self) -> None:
        row = self.list.row(self.view.currentIndex())
        if isinstance(row, SkippedRow):
            cure = tr(KINDS[row.file.kind].cure)
            self.detail.setText(f"{row.folder}/{row.name}\n{row.file.reason}\n{cure}")
        elif isinstance(row, Heading):
            self.detail.setText(f"{heading_text(row)}\n{tr(KINDS[row.kind].cure)}")
        else:
            self.detail.setText("")

    def _retry(self) -> None:
        files = [file for file in self._meant() if file.kind in AGAIN]
        self.note.setText(counted("{n} file is tried again…", "{n} files are tried again…", len(files)))
        self.retry_wanted.emit([file.id for file in files])

    def _copy_paths(self) -> None:
        files = self.list.selected()
        copy_paths([file.path for file in files])
        self.note.setText(counted("{n} path was copied.", "{n} paths were copied.", len(files)))

    def _reveal_files(self) -> None:
        reveal([file.path for file in self.list.selected()[:MOST_REVEALED]])

    def _save_list(self) -> None:
        self.save_wanted.emit(self._meant())

    def _show_menu(self, position: QPoint) -> None:
        if not self.view.selectionModel().hasSelection():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.again.icon(), self.again.text(), self._retry).setEnabled(self.again.isEnabled())
        menu.addAction(icon("link"), tr("Copy paths"), self._copy_paths)
        menu.addAction(icon("reveal"), tr("Show in file manager"), self._reveal_files)
        menu.addAction(icon("export"), tr("Save the list as a table…"), self._save_list)
        menu.popup(self.view.viewport().mapToGlobal(position))

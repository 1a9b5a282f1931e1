"""The list of the files of a check: any number of them, with the pictures of those in sight."""

from collections.abc import Callable, Iterable
from itertools import groupby

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from gui.gallery.thumbnails import ThumbnailLoader
from gui.having.delegate import PICTURE, HavingDelegate
from gui.having.model import HavingModel
from gui.having.rows import Row
from gui.translation import tr

SETTLE_MS = 30
"""What is flown over is not loaded."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Modifier = Qt.KeyboardModifier
Flag = QItemSelectionModel.SelectionFlag


class HavingList(QListView):
    """Rows of a HavingModel.

    Signals:
        opened(Row): Enter or a double click.
        preview_wanted(Row), lookalikes_wanted(Row): Space, L.
        reveal_wanted(list[Row]), paths_wanted(list[Row]), copy_wanted(list[Row]): of those that are selected, by
            Ctrl+Enter, Ctrl+C, Ctrl+Shift+C.
        menu_wanted(Row, QPoint): at a global position.
        selected_changed: others are selected.
    """

    opened = Signal(object)
    preview_wanted = Signal(object)
    lookalikes_wanted = Signal(object)
    reveal_wanted = Signal(list)
    paths_wanted = Signal(list)
    copy_wanted = Signal(list)
    menu_wanted = Signal(object, QPoint)
    selected_changed = Signal()

    def __init__(self, model: HavingModel, files: ThumbnailLoader, photos: ThumbnailLoader) -> None:
        super().__init__()
        self._model = model
        self._files = files
        self._photos = photos
        self._kept: tuple[str, frozenset[str]] = ("", frozenset())
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._want)
        self.setModel(model)
        self.setItemDelegate(HavingDelegate(files, photos, self))
        self.setAccessibleName(tr("Checked files"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._settle.start)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._row(index)))
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        model.changed.connect(self._settle.start)
        for loader in (files, photos):
            loader.loaded.connect(self._on_loaded)

    @property
    def current(self) -> Row | None:
        """The row that keys act on."""
        return self._row(self.currentIndex())

    @property
    def selected(self) -> list[Row]:
        """The rows that are selected, from top to bottom."""
        parts = sorted((part.top(), part.bottom() + 1) for part in self.selectionModel().selection().toList())
        return [row for first, end in parts for row in self._model.rows[first:end]]

    def go_to(self, file_id: str) -> None:
        """Make the row of a file the current one."""
        row = self._model.row_of(file_id)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current
        key, modifiers = event.key(), event.modifiers() & ~_Modifier.KeypadModifier
        of_one, of_several = self._meant(key, modifiers), self._meant_of_several(key, modifiers)
        if row is not None and of_one is not None:
            of_one(row)
        elif row is not None and of_several is not None:
            of_several(self.selected)
        else:
            super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selected_changed.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A row that is selected stands for all that are."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = self._row(index)
        if row is not None:
            if not self.selectionModel().isSelected(index):
                self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)
            at = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(row, self.viewport().mapToGlobal(at))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle.start()

    def _meant(self, key: int, modifiers: Qt.KeyboardModifier) -> Callable[[Row], object] | None:
        if modifiers != _Modifier.NoModifier:
            return None
        meant: dict[int, Callable[[Row], object]] = {
            **dict.fromkeys(ENTER, self.opened.emit),
            Qt.Key.Key_Space: self.preview_wanted.emit,
            Qt.Key.Key_L: self.lookalikes_wanted.emit,
        }
        return meant.get(key)

    def _meant_of_several(self, key: int, modifiers: Qt.KeyboardModifier) -> Callable[[list[Row]], object] | None:
        control = _Modifier.ControlModifier
        if key in ENTER:
            return self.reveal_wanted.emit if modifiers == control else None
        if key == Qt.Key.Key_C:
            return {control: self.paths_wanted.emit, control | _Modifier.ShiftModifier: self.copy_wanted.emit}.get(
                modifiers
            )
        return None

    def _row(self, index: QModelIndex) -> Row | None:
        return self._model.rows[index.row()] if index.isValid() else None

    def _keep(self) -> None:
        row = self.current
        self._kept = "" if row is None else row.file.id, frozenset(row.file.id for row in self.selected)

    def _restore(self) -> None:
        """What was current or selected stays so, if it is shown; else the first is current."""
        current, selected = self._kept
        row = max(self._model.row_of(current), 0) if current else -1
        if not 0 <= row < len(self._model.rows):
            return
        again = self._selection_of(at for at, one in enumerate(self._model.rows) if one.file.id in selected)
        if again.isEmpty():
            self.setCurrentIndex(self._model.index(row))
        else:
            self.selectionModel().setCurrentIndex(self._model.index(row), Flag.NoUpdate)
            self.selectionModel().select(again, Flag.ClearAndSelect)

    def _selection_of(self, rows: Iterable[int]) -> QItemSelection:
        """In whole ranges, since there may be thousands; given from top to bottom."""
        selection = QItemSelection()
        for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
            together = [row for _, row in run]
            selection.select(self._model.index(together[0]), self._model.index(together[-1]))
        return selection

    def _want(self) -> None:
        """Load the pictures in sight; nothing else is wanted any more."""
        if not self.isVisible() or not self._model.rows:
            return
        height = self.viewport().height()
        first, last = self.indexAt(QPoint(2, 1)), self.indexAt(QPoint(2, height - 1))
        end = last.row() + 1 if last.isValid() else len(self._model.rows)
        rows = self._model.rows[max(first.row(), 0) : end]
        side = round(PICTURE * self.devicePixelRatioF())
        self._files.want([row.file for row in rows if row.readable], side)
        self._photos.want([row.match for row in rows if row.match is not None], side)

    def _on_loaded(self) -> None:
        """Wanted again, because what else is loaded may have taken the place of what is missing here."""
        if self.isVisible():
            self.viewport().update()
            self._settle.start()

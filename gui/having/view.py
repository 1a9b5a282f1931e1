"""The list of the files of a check: any number of them, with the pictures of those in sight."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
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


class HavingList(QListView):
    """Rows of a HavingModel.

    Signals:
        opened(Row): Enter or a double click.
        preview_wanted(Row), lookalikes_wanted(Row), reveal_wanted(Row), copy_wanted(Row): Space, L, Ctrl+Enter, Ctrl+C.
        menu_wanted(Row, QPoint): at a global position.
    """

    opened = Signal(object)
    preview_wanted = Signal(object)
    lookalikes_wanted = Signal(object)
    reveal_wanted = Signal(object)
    copy_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)

    def __init__(self, model: HavingModel, files: ThumbnailLoader, photos: ThumbnailLoader) -> None:
        super().__init__()
        self._model = model
        self._files = files
        self._photos = photos
        self._kept = ""
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._want)
        self.setModel(model)
        self.setItemDelegate(HavingDelegate(files, photos, self))
        self.setAccessibleName(tr("Checked files"))
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

    def go_to(self, file_id: str) -> None:
        """Make the row of a file the current one."""
        row = self._model.row_of(file_id)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current
        tell = self._meant(event.key(), event.modifiers() & ~_Modifier.KeypadModifier)
        if row is None or tell is None:
            super().keyPressEvent(event)
        else:
            tell(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = self._row(index)
        if row is not None:
            self.setCurrentIndex(index)
            at = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(row, self.viewport().mapToGlobal(at))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle.start()

    def _meant(self, key: int, modifiers: Qt.KeyboardModifier) -> Callable[[Row], object] | None:
        plain, control = _Modifier.NoModifier, _Modifier.ControlModifier
        if key in ENTER:
            return {plain: self.opened.emit, control: self.reveal_wanted.emit}.get(modifiers)
        return {
            (Qt.Key.Key_Space, plain): self.preview_wanted.emit,
            (Qt.Key.Key_L, plain): self.lookalikes_wanted.emit,
            (Qt.Key.Key_C, control): self.copy_wanted.emit,
        }.get((Qt.Key(key), modifiers))

    def _row(self, index: QModelIndex) -> Row | None:
        return self._model.rows[index.row()] if index.isValid() else None

    def _keep(self) -> None:
        row = self.current
        self._kept = "" if row is None else row.file.id

    def _restore(self) -> None:
        """What was current stays so, if it is shown; else the first is."""
        row = max(self._model.row_of(self._kept), 0) if self._kept else -1
        if 0 <= row < len(self._model.rows):
            self.setCurrentIndex(self._model.index(row))

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

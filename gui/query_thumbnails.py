"""Small pictures of what counts of a query's pictures, fetched off this thread."""

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from engine.records import QueryPicture
from gui.tasks import Lane, TaskRunner

if TYPE_CHECKING:
    from engine.library import Library

KEPT = 256


class QueryThumbnails(QObject):
    """Photos of the library have one at once, other pictures once they have been searched with.

    Signals:
        ready: a QueryPicture whose thumbnail can be had now.
    """

    ready = Signal(object)

    def __init__(self, library: "Library", tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._kept: OrderedDict[QueryPicture, QPixmap] = OrderedDict()
        self._asked: set[QueryPicture] = set()

    def get(self, picture: QueryPicture) -> QPixmap | None:
        """The thumbnail; or None, then it is asked for and `ready` may tell."""
        key = replace(picture, weight=1.0)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._asked:
            self._ask(key)
        return None

    def _ask(self, key: QueryPicture) -> None:
        self._asked.add(key)
        self._tasks.submit(
            lambda job: QImage.fromData(self._library.query_thumbnail(key)),
            lane=Lane.READING,
            owner=self,
            on_success=lambda image: self._keep(key, image),
            # Not searched with yet, or not readable: the placeholder stays, and the search says what is wrong.
            on_failure=lambda error: self._asked.discard(key),
            on_cancel=lambda: self._asked.discard(key),
        )

    def _keep(self, key: QueryPicture, image: QImage) -> None:
        self._asked.discard(key)
        self._kept[key] = QPixmap.fromImage(image)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(key)

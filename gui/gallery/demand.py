"""Asks for the photos and thumbnails that a gallery shows, those on the screen first."""

from PySide6.QtCore import QObject, QTimer, Slot

from gui.gallery.grid import GridView
from gui.gallery.model import GalleryModel
from gui.gallery.thumbnails import ThumbnailLoader

ASK_AFTER_MS = 15
"""While somebody scrolls, what flies past is not asked for."""


class Demand(QObject):
    """What a view needs of a loader, renewed as the view moves on: what scrolled away is waited for no more."""

    def __init__(self, view: GridView, model: GalleryModel, loader: ThumbnailLoader) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._loader = loader
        self._soon = QTimer(self, singleShot=True, interval=ASK_AFTER_MS)
        self._soon.timeout.connect(self._ask)
        loader.loaded.connect(self._on_loaded)

    @Slot()
    def ask_soon(self) -> None:
        """Other cells are on the screen than before, or photos have been read."""
        self._soon.start()

    def _ask(self) -> None:
        """What is on the screen first, then a screen below and one above."""
        view = self._view
        if not view.isVisible():
            return
        top, height = view.verticalOffset(), view.viewport().height()
        visible = view.visible_rows()
        below = view.grid.rows_between(top + height, top + 2 * height)
        above = view.grid.rows_between(top - height, top)
        self._model.listing.want([visible, below, above])
        photos = (self._model.photo_at(row) for row in dict.fromkeys([*visible, *below, *reversed(above)]))
        side = round(view.grid.picture_side * view.devicePixelRatioF())
        self._loader.want([photo for photo in photos if photo is not None], side)

    @Slot(list)
    def _on_loaded(self, photo_ids: list[str]) -> None:
        """Repaint those of them that can be seen; no row of a million others is looked at."""
        arrived = set(photo_ids)
        for row in self._view.visible_rows():
            if self._model.listing.photo_id(row) in arrived:
                self._view.update(self._model.index(row))

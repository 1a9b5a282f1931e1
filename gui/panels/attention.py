"""Which photos somebody is looking at, so that the details are about them."""

from PySide6.QtCore import QObject, QTimer

from engine.records import Photo
from gui.gallery.model import GalleryModel
from gui.gallery.view import GalleryView
from gui.panels.details import DetailsPanel
from gui.viewers.photo import PhotoViewer

SUMMED_UP_AT_MOST = 5_000
_SETTLED_AFTER_MS = 60
"""While a rubber band is drawn the selection changes with every pixel."""


class Attention(QObject):
    """Tells the details panel about the photo in the viewer, or else about the selection of the gallery."""

    def __init__(self, gallery: GalleryView, model: GalleryModel, viewer: PhotoViewer, details: DetailsPanel) -> None:
        super().__init__(details)
        self._gallery = gallery
        self._model = model
        self._looks = 0
        self._viewer = viewer
        self._details = details
        self._settle = QTimer(self, singleShot=True, interval=_SETTLED_AFTER_MS)
        self._settle.timeout.connect(self._look)
        gallery.selection_changed.connect(lambda _: self._settle.start())
        model.dataChanged.connect(lambda *_: self._settle.start())
        viewer.photo_changed.connect(lambda _: self._settle.start())

    def _look(self) -> None:
        self._looks += 1
        viewed = self._viewer.photo
        if viewed is not None:
            self._details.show_photo(viewed, self._viewer.match, self._viewer.noise_score)
            return
        rows = self._gallery.selected_rows()
        count = sum(len(run) for run in rows)
        if count == 0:
            self._details.show_nothing()
        elif count > SUMMED_UP_AT_MOST:
            self._details.show_several([], count)
        else:
            look = self._looks
            self._gallery.gather_selected(lambda photos: self._on_gathered(photos, count, look))

    def _on_gathered(self, photos: list[Photo], count: int, look: int) -> None:
        if look != self._looks:
            return  # another selection has been made meanwhile
        if count == 1 and photos:
            listing = self._model.listing
            row = listing.row_of(photos[0].id)
            self._details.show_photo(photos[0], listing.match(row) if row >= 0 else None, listing.noise_score)
        else:
            self._details.show_several(photos, count)

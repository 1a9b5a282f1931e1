"""Choosing the region of a picture that counts: of one in the query, or of a photo to begin a query with."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap

from engine.records import Photo, QueryPicture, Region
from gui.panels.chips import picture_name
from gui.panels.stage import Stage
from gui.query_thumbnails import QueryThumbnails
from gui.searching import Searching
from gui.viewers.region import RegionPicker


class Cutting(QObject):
    """Shows the picture on the stage, and asks again with the region that is taken: one change, to be undone."""

    def __init__(
        self,
        searching: Searching,
        stage: Stage,
        picker: RegionPicker,
        thumbnails: QueryThumbnails,
        preview: Callable[[str], QPixmap | None],
    ) -> None:
        """`preview` knows small pictures of photos by their ids."""
        super().__init__(picker)
        self._searching = searching
        self._stage = stage
        self._picker = picker
        self._thumbnails = thumbnails
        self._preview = preview
        self._use: Callable[[Region | None], None] = lambda region: None
        picker.taken.connect(self._on_taken)

    def change(self, position: int) -> None:
        """Choose another region of a picture of the query."""
        if self._searching.query is None:
            return
        picture = self._searching.query.pictures[position]
        preview = self._thumbnails.get(replace(picture, region=None))
        self._show(picture, preview, lambda region: self._replace(position, region))

    def begin(self, photo: Photo) -> None:
        """Choose the region of a photo to search with."""
        picture = QueryPicture(path=photo.path)
        self._show(
            picture,
            self._preview(photo.id),
            lambda region: self._searching.ask_for([replace(picture, region=region)]),
        )

    def _show(self, picture: QueryPicture, preview: QPixmap | None, use: Callable[[Region | None], None]) -> None:
        self._use = use
        self._stage.choose_region()
        self._picker.show_picture(picture, picture_name(picture), preview)

    def _replace(self, position: int, region: Region | None) -> None:
        query = self._searching.query  # its pictures may have been filled in from the history meanwhile
        if query is not None:
            self._searching.replace(position, replace(query.pictures[position], region=region))

    def _on_taken(self, region: Region | None) -> None:
        self._stage.close_region()
        self._use(region)

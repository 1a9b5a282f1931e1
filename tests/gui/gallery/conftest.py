"""Answers made of records, real thumbnails, and a gallery on the screen."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from paged import Paged
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QCursor, QImage
from pytestqt.qtbot import QtBot

from engine.errors import UnreadablePhotoError
from engine.records import Match, Photo, PhotoState, Query, QueryPicture, SearchResult, Timing
from gui.gallery.model import GalleryModel
from gui.gallery.thumbnails import ThumbnailLoader
from gui.gallery.view import GalleryView

MakeAnswer = Callable[..., SearchResult]


def photo(photo_id: str, **facts: object) -> Photo:
    known = {"width": 320, "height": 240, "size": 2_000_000, "modified": datetime(2024, 5, 3, 12, 0), **facts}
    return Photo(id=photo_id, path=Path(f"/photos/{photo_id}.jpg"), root_id="root", state=PhotoState.INDEXED, **known)


@pytest.fixture
def make_photo() -> Callable[..., Photo]:
    return photo


@pytest.fixture
def paged(qapp: object) -> Callable[..., Paged]:
    """paged(1000): a listing whose photos arrive when they are told to."""
    return lambda count, **facts: Paged(count, photo, **facts)


@pytest.fixture
def make_answer() -> MakeAnswer:
    """make_answer("abc") or make_answer(["a", "b"], scores=[...], noise=0.5): matches in this order."""

    def make(ids: Sequence[str], scores: Sequence[float] = (), noise: float = 0.0, **facts: object) -> SearchResult:
        marks = scores or [1 - rank / 1000 for rank in range(1, len(ids) + 1)]
        matches = tuple(
            Match(photo(photo_id, **facts), distance=1 - score, score=score, rank=rank)
            for rank, (photo_id, score) in enumerate(zip(ids, marks, strict=True), 1)
        )
        query = Query((QueryPicture(path=Path("/query.jpg")),))
        return SearchResult(query, matches, "tiny", Timing(), searchable=len(matches), noise_score=noise)

    return make


@pytest.fixture(scope="session")
def jpeg() -> bytes:
    """A thumbnail as the engine keeps it: 320 x 240, every edge another colour."""
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    for y in range(240):
        for x in range(0, 320, 8):
            image.setPixelColor(x, y, QColor(x % 256, y % 256, 128))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "JPEG")
    return bytes(buffer.data().data())


@pytest.fixture
def loader(qapp: object, jpeg: bytes) -> Iterator[ThumbnailLoader]:
    def fetch(photo_id: str) -> bytes:
        if photo_id == "unreadable":
            raise UnreadablePhotoError("The file is cut short.", "Copy it again.")
        return jpeg

    made = ThumbnailLoader(fetch)
    yield made
    made.shutdown()


@pytest.fixture
def model(loader: ThumbnailLoader) -> GalleryModel:
    return GalleryModel(loader)


@pytest.fixture
def view(qtbot: QtBot, model: GalleryModel, loader: ThumbnailLoader) -> GalleryView:
    """Four columns of cells, shown and active."""
    QCursor.setPos(-5000, -5000)  # or it would hover over some photo
    made = GalleryView(model, loader)
    qtbot.addWidget(made)
    made.resize(620, 500)
    made.set_thumbnail_size(140)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made

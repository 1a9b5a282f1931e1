from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QFont, QPixmap

from engine.records import Photo
from gui.gallery.drag import PHOTO_IDS_MIME, dragged_photo_ids, mime_of, stack_of
from gui.theme import LIGHT


def test_a_drag_carries_files_text_and_ids(make_photo: Callable[..., Photo]) -> None:
    mime = mime_of([make_photo("a"), make_photo("b")])
    assert [url.toLocalFile() for url in mime.urls()] == ["/photos/a.jpg", "/photos/b.jpg"]
    assert mime.text() == "/photos/a.jpg\n/photos/b.jpg"
    assert mime.hasFormat(PHOTO_IDS_MIME)
    assert dragged_photo_ids(mime) == ["a", "b"]


def test_a_drag_from_elsewhere_carries_no_ids(qapp: object) -> None:
    assert dragged_photo_ids(QMimeData()) == []


def test_names_with_spaces_percents_and_foreign_bytes_survive(make_photo: Callable[..., Photo]) -> None:
    odd = [replace(make_photo("a"), path=Path(f"/photos/{name}")) for name in ("a b%41#?.jpg", "caf\udce9.jpg")]
    urls = mime_of(odd).urls()
    assert urls[0].toLocalFile() == "/photos/a b%41#?.jpg"
    assert bytes(urls[1].toEncoded().data()) == b"file:///photos/caf%E9.jpg"


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 1500])
def test_the_drag_picture_is_a_stack_with_a_count(qapp: object, count: int, ratio: float) -> None:
    card = QPixmap(320, 240)
    card.fill(QColor("teal"))
    stack = stack_of([card] * min(count, 5), count, LIGHT, QFont(), ratio)
    assert stack.devicePixelRatio() == ratio
    assert stack.deviceIndependentSize().width() < 150
    shown = stack.toImage()
    colors = {shown.pixelColor(x, y).name() for x in range(shown.width()) for y in range(shown.height())}
    assert (QColor("teal").name() in colors) == (count > 0)
    assert (LIGHT.accent.name() in colors) == (count > 1)

import pytest
from gestures import qt_picture
from PySide6.QtCore import QBuffer, QIODevice

from gui.jpeg import jpeg_image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'


def encoded(kind: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert qt_picture(side=48).save(buffer, kind)
    return bytes(buffer.data().data())


@pytest.mark.parametrize(("side", "expected"), [(0, 48), (20, 20), (48, 48), (500, 48)])
def test_a_jpeg_is_read_and_fitted(qapp, side, expected):
    image = jpeg_image(encoded("JPEG"), side)
    assert (image.width(), image.height()) == (expected, expected)


def test_nothing_else_is_tried(qapp):
    """To try means to ask every plugin, which can end in two threads that wait for each other."""
    for data in (SVG, encoded("PNG"), b"", b"rubbish"):
        assert jpeg_image(data).isNull()

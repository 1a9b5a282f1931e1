"""Decoding the engine's small pictures, which are JPEG always, on any thread."""

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

_START = b"\xff\xd8"


def jpeg_image(data: bytes, side: int = 0) -> QImage:
    """The picture, fitted into a square if it is larger than that; a null image if it is damaged.

    By a QImageReader that is told the format. One that has to find out asks Qt's SVG plugin, which connects a signal,
    which takes a lock inside of Qt, all of it while this thread keeps the other Python threads waiting. The GUI thread
    may hold that very lock, because it destroys an object, and wait for this thread: then both wait for ever.
    `QImage.fromData` would ask too, and keep the GUI thread waiting until the picture is read.
    """
    if not data.startswith(_START):
        return QImage()
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    reader.setAutoDetectImageFormat(False)
    full = reader.size()
    if 0 < side < max(full.width(), full.height()):
        reader.setScaledSize(_fitted(full, side))
    return reader.read()


def _fitted(size: QSize, side: int) -> QSize:
    return size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))

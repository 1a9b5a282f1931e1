"""What a drop or a paste means. Looks at names only: the disk is asked later, off this thread."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from engine.imaging.formats import PHOTO_EXTENSIONS
from gui.gallery.drag import PHOTO_IDS_MIME

ENCODED_PICTURES = ("image/png", "image/jpeg", "image/webp")
MODEL_EXTENSIONS = (".onnx", ".zip")
WEB_SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class OwnPhotos:
    """Results dragged within the window."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Files:
    """Files and folders of this machine; which is which is found out when they are used."""

    paths: tuple[Path, ...]

    @property
    def look_like_folders(self) -> bool:
        """Whether the names are those of folders; a guess, good enough for a caption."""
        return all(
            path.suffix.lower() not in PHOTO_EXTENSIONS and len(path.suffix) not in (4, 5) for path in self.paths
        )

    @property
    def look_like_models(self) -> bool:
        """Whether the names are those of embedding models."""
        return all(path.suffix.lower() in MODEL_EXTENSIONS for path in self.paths)


@dataclass(frozen=True, slots=True)
class PictureData:
    """A picture without a file: already encoded, or still to be."""

    picture: bytes | QImage


@dataclass(frozen=True, slots=True)
class WebLink:
    """Where a picture may be had from the web; nothing is fetched without asking."""

    url: str

    @property
    def host(self) -> str:
        """The site as people know it."""
        return urlsplit(self.url).hostname or self.url


Drop = OwnPhotos | Files | PictureData | WebLink


def promise(mime: QMimeData) -> Drop | None:
    """What a drag that hovers would mean. Fetches no pixels: another program would have to send them each time."""
    if mime.hasUrls() or not (mime.hasImage() or any(map(mime.hasFormat, ENCODED_PICTURES))):
        return meaning(mime) if mime.hasUrls() else meaning_of_text(mime.text())
    return PictureData(b"")


def meaning(mime: QMimeData) -> Drop | None:
    """What was dropped or pasted, in this order: own photos, local files, picture data, a web link, text."""
    files = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if files:
        return OwnPhotos(files) if mime.hasFormat(PHOTO_IDS_MIME) else Files(files)
    return _picture_data(mime) or _web_link(mime.urls()) or (meaning_of_text(mime.text()) if mime.hasText() else None)


def meaning_of_text(text: str) -> Drop | None:
    """Paths or one address, as they are copied from a terminal, a file manager or a browser."""
    lines = [line.strip().strip("\"'") for line in text.strip().splitlines() if line.strip()]
    if not lines:
        return None
    if link := _web_link([QUrl(lines[0])]):
        return link
    paths = tuple(_path(line) for line in lines)
    return Files(paths) if all(path.is_absolute() for path in paths) else None


def _path(line: str) -> Path:
    url = QUrl(line)
    return Path(url.toLocalFile()) if url.isLocalFile() else Path(line).expanduser()


def _picture_data(mime: QMimeData) -> PictureData | None:
    for kind in ENCODED_PICTURES:
        if mime.hasFormat(kind):
            return PictureData(bytes(mime.data(kind).data()))
    if not mime.hasImage():
        return None
    image = mime.imageData()
    return PictureData(image) if isinstance(image, QImage) and not image.isNull() else None


def _web_link(urls: list[QUrl]) -> WebLink | None:
    for url in urls:
        if url.scheme().lower() in WEB_SCHEMES and url.host():
            return WebLink(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
    return None

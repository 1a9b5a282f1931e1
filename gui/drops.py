"""What a drop or a paste means. Looks at names only: the disk is asked later, off this thread."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from engine.imaging.formats import HEADER_BYTES, PHOTO_EXTENSIONS, sniff
from gui import addresses
from gui.gallery.drag import PHOTO_IDS_MIME

ENCODED_PICTURES = ("image/png", "image/jpeg", "image/webp")
MODEL_EXTENSIONS = (".onnx", ".zip")
TEXT = "text/plain"


class Aim(StrEnum):
    """What is wanted of what is handed over, by the place or the way it comes."""

    ASK = "ask"
    """A new question; folders are indexed."""
    ADD = "add"
    """Pictures join the query; folders are indexed."""
    BAR = "bar"
    """On the query bar, where pictures join the query. Folders are none of it: it is asked whether to index them."""
    NAMED = "named"
    """On the command line. As for `ASK`, but a folder may be a slip of the hand, so it is asked about."""

    CHECK = "check"
    """Below the middle of the window, for folders and for several files: does the library have these?"""

    @property
    def adds(self) -> bool:
        """Whether pictures join the query on screen."""
        return self in (Aim.ADD, Aim.BAR)

    @property
    def asks_about_folders(self) -> bool:
        """Whether folders are not simply indexed."""
        return self in (Aim.BAR, Aim.NAMED)


@dataclass(frozen=True, slots=True)
class OwnPhotos:
    """Results dragged within the window."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Files:
    """Files and folders of this machine; which is which is found out when they are used.

    Attributes:
        elsewhere: addresses of files that came with them and cannot be opened, such as smb://nas/beach.jpg.
    """

    paths: tuple[Path, ...]
    elsewhere: tuple[str, ...] = ()

    @property
    def look_like_folders(self) -> bool:
        """Whether the names are those of folders; a guess, good enough for a caption."""
        return bool(self.paths) and all(
            path.suffix.lower() not in PHOTO_EXTENSIONS and len(path.suffix) not in (4, 5) for path in self.paths
        )

    @property
    def may_be_checked(self) -> bool:
        """Whether somebody may want to know what the library has of them, by their names."""
        return (self.look_like_folders or len(self.paths) > 1) and not self.look_like_models

    @property
    def look_like_models(self) -> bool:
        """Whether the names are those of embedding models."""
        return bool(self.paths) and all(path.suffix.lower() in MODEL_EXTENSIONS for path in self.paths)


@dataclass(frozen=True, slots=True)
class PictureData:
    """A picture without a file: already encoded, or still to be."""

    picture: bytes | QImage


@dataclass(frozen=True, slots=True)
class Addressed:
    """Pictures that are known by their addresses.

    Attributes:
        links: where they may be had from the web; nothing is fetched without asking.
        held: addresses that hold their picture (data:), as web pages have them; decoded when they are used.
        partial: addresses that lead nowhere without that of their page, which did not come along.
    """

    links: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many pictures there are to be had."""
        return len(self.links) + len(self.held)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The sites that would be asked, as people know them."""
        return tuple(dict.fromkeys(urlsplit(link).hostname or link for link in self.links))


Drop = OwnPhotos | Files | PictureData | Addressed


def promise(mime: QMimeData) -> Drop | None:
    """What a drag that hovers would mean. Fetches no pixels: another program would have to send them each time."""
    has_picture = mime.hasImage() or any(map(mime.hasFormat, ENCODED_PICTURES))
    return _files(mime) or (PictureData(b"") if has_picture else _by_address(mime))


def meaning(mime: QMimeData) -> Drop | None:
    """What was dropped or pasted, in this order: own photos, local files, picture data, addresses, text."""
    return _files(mime) or _picture_data(mime) or _by_address(mime)


def meaning_of_text(text: str) -> Drop | None:
    """Paths or addresses, as they are copied from a terminal, a file manager or a browser."""
    lines = addresses.without_file_manager_words([line.strip().strip("\"'") for line in text.splitlines()])
    if not lines:
        return None
    if drop := _addressed(lines):
        return drop
    paths = tuple(_path(line) for line in lines)
    return Files(paths) if all(path.is_absolute() for path in paths) else None


def _files(mime: QMimeData) -> OwnPhotos | Files | None:
    urls = addresses.urls(mime)
    paths = tuple(path for path in map(addresses.local_path, urls) if path is not None)
    if paths and mime.hasFormat(PHOTO_IDS_MIME):
        return OwnPhotos(paths)
    elsewhere = tuple(url.toDisplayString() for url in urls if addresses.is_elsewhere(url))
    return Files(paths, elsewhere) if paths or elsewhere else None


def _by_address(mime: QMimeData) -> Drop | None:
    """The pictures that a web page shows, or else what addresses lead to: of a picture that is a link, the picture."""
    shown = addresses.pictures_in_page(mime)
    partial = tuple(filter(addresses.is_partial, shown))
    for found in (shown, addresses.lines(mime)):
        if drop := _addressed(found):
            return replace(drop, partial=partial)
    in_words = meaning_of_text(mime.text()) if mime.hasFormat(TEXT) else None
    return in_words or (Addressed(partial=partial) if partial else None)


def _addressed(found: Iterable[str]) -> Addressed | None:
    """Those that lead to a picture, or hold one."""
    held, links = [], []
    for address in found:
        url = QUrl() if address.startswith(addresses.DATA) else QUrl(address)
        if addresses.holds_picture(address):
            held.append(address)
        elif addresses.is_web(url):
            links.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
    return Addressed(tuple(dict.fromkeys(links)), tuple(dict.fromkeys(held))) if held or links else None


def _path(line: str) -> Path:
    return addresses.local_path(QUrl(line)) or Path(line).expanduser()


def _picture_data(mime: QMimeData) -> PictureData | None:
    """A picture that comes along; what only says it is one is passed over, for there may be an address too."""
    for kind in ENCODED_PICTURES:
        data = bytes(mime.data(kind).data()) if mime.hasFormat(kind) else b""
        if sniff(data[:HEADER_BYTES]) is not None:
            return PictureData(data)
    image = mime.imageData() if mime.hasImage() else None
    return PictureData(image) if isinstance(image, QImage) and not image.isNull() else None

"""The addresses in what other programs hand over, each of which writes them in its own way."""

import base64
import binascii
import os
import socket
from collections.abc import Iterator, Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QUrl

URI_LIST = "text/uri-list"
PAGE = "text/html"
MOZILLA = "text/x-moz-url"
PAGE_ADDRESSES = ("chromium/x-source-url", "text/x-moz-url-priv")
"""Where browsers say which page a piece of a page is from."""
WINDOWS_PAGE = 'application/x-qt-windows-mime;value="HTML Format"'
"""Where Windows does: in a line of its own before the piece."""
COPIED_FILES = ("x-special/gnome-copied-files", "x-special/mate-copied-files")
FILE_MANAGER_WORDS = ("x-special/nautilus-clipboard", "copy", "cut")
"""What file managers write before the addresses of files that are copied or cut."""
WEB_SCHEMES = ("http", "https")
DATA = "data:"
PICTURE_DATA = "data:image/"
_ELSEWHERE = (
    "admin afc afp burn computer dav davs fish ftp ftps gdrive google-drive gphoto2 ipod mtp network nfs onedrive "
    "recent recentlyused sftp smb tags trash"
)
ELSEWHERE_SCHEMES = frozenset(_ELSEWHERE.split())
"""Where file managers look at files without a path of their own."""
UNSEEN = frozenset({"0", "1", "0px", "1px"})
"""Sides of pictures that are on a page only to count who reads it."""
MOST_READ = 4 * 1024 * 1024
"""Of a page that comes with a drop. Its pictures may lie within it, and the first one is meant."""


def lines(mime: QMimeData) -> list[str]:
    """Every address in its own words; those of data: are as long as their pictures."""
    if mime.hasFormat(URI_LIST):
        found = _decoded(mime, URI_LIST).splitlines()
    elif mime.hasFormat(MOZILLA):
        found = _decoded(mime, MOZILLA).splitlines()[::2]  # the address, then its title
    else:
        copied = next((one for one in COPIED_FILES if mime.hasFormat(one)), "")
        found = without_file_manager_words(_decoded(mime, copied).splitlines()) if copied else []
    return [line.strip() for line in found if line.strip() and not line.startswith("#")]


def urls(mime: QMimeData) -> list[QUrl]:
    """The same, taken apart, without those that hold what they lead to."""
    return [QUrl(line) for line in lines(mime) if not line.startswith(DATA)]


def local_paths(mime: QMimeData) -> list[Path]:
    """The files of this machine among them."""
    return [path for path in map(local_path, urls(mime)) if path is not None]


def pictures_in_page(mime: QMimeData) -> list[str]:
    """Where the pictures come from that a piece of a web page shows.

    A page may name them by where they are from its own address. Those stay as they are (`is_partial`) if nothing that
    comes along tells of that address.
    """
    if not mime.hasFormat(PAGE):
        return []
    page = _Pictures()
    page.feed(_decoded(mime, PAGE)[:MOST_READ])
    links = [url for url in urls(mime) if is_web(url)]
    bases = [url for url in map(QUrl, (page.base, *_page_addresses(mime))) if is_web(url)] + links
    return [_whole(source, bases, links) if is_partial(source) else source for source in page.sources]


def is_partial(address: str) -> bool:
    """Whether it leads somewhere only from the address of the page that it stands on."""
    return not address.startswith(DATA) and QUrl(address).isRelative()


def local_path(url: QUrl) -> Path | None:
    """The file of this machine that an address names; None if it is none.

    The bytes of the name arrive unharmed: Qt's own way loses those that are not UTF-8.
    """
    if not url.isLocalFile() or url.host().lower() not in _own_names():
        return None
    if os.name == "nt":
        return Path(url.toLocalFile())
    name = unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded))
    return None if b"\0" in name or not name else Path(os.fsdecode(name))


def is_web(url: QUrl) -> bool:
    """Whether it leads into the web."""
    return url.scheme().lower() in WEB_SCHEMES and bool(url.host())


def is_elsewhere(url: QUrl) -> bool:
    """Whether it names a file that this program cannot open by a path."""
    return url.scheme().lower() in ELSEWHERE_SCHEMES or (url.isLocalFile() and url.host().lower() not in _own_names())


def holds_picture(address: str) -> bool:
    """Whether the address is the picture."""
    return address[: len(PICTURE_DATA)].lower() == PICTURE_DATA


def held_picture(address: str) -> bytes:
    """The bytes that such an address holds; those that make no sense are empty. For a worker: they may be many."""
    kind, _, held = address.partition(",")
    if not kind.lower().endswith(";base64"):
        return unquote_to_bytes(held)
    try:
        return base64.b64decode(unquote_to_bytes(held), altchars=b"-_" if {"-", "_"} & set(held) else None)
    except binascii.Error:
        return b""


def without_file_manager_words(found: Sequence[str]) -> list[str]:
    """Without empty lines and what a file manager writes before the files."""
    kept = [line for line in found if line]
    while kept and kept[0] in FILE_MANAGER_WORDS:
        del kept[0]
    return kept


class _Pictures(HTMLParser):
    """Collects where the pictures of a page come from, and the base that it gives to their addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str] = []
        self.base = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        source = (given.get("src") or "").strip() if tag == "img" else ""
        seen = not {given.get("width"), given.get("height")} & UNSEEN
        if source and seen and source not in self.sources:
            self.sources.append(source)
        if tag == "base":
            self.base = self.base or (given.get("href") or "").strip()


def _page_addresses(mime: QMimeData) -> Iterator[str]:
    yield from (_decoded(mime, kind).strip("\0 \r\n") for kind in PAGE_ADDRESSES if mime.hasFormat(kind))
    if mime.hasFormat(WINDOWS_PAGE):
        head = _decoded(mime, WINDOWS_PAGE)[:MOST_READ].partition("<")[0]
        yield from (line.partition(":")[2].strip() for line in head.splitlines() if line.startswith("SourceURL:"))


def _whole(source: str, bases: Sequence[QUrl], links: Sequence[QUrl]) -> str:
    """The whole address of a picture: a link that ends like it, else from the page."""
    name = QUrl(source).path().removeprefix("./").removeprefix("/")
    for link in links:
        if name and link.path().endswith(f"/{name}"):
            return link.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    if bases:
        return bases[0].resolved(QUrl(source)).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    return f"https:{source}" if source.startswith("//") else source


def _decoded(mime: QMimeData, kind: str) -> str:
    """Text as it comes: Mozilla's is UTF-16 on some systems, the rest UTF-8."""
    data = bytes(mime.data(kind).data())
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:64]:
        return data.decode("utf-16-le", "replace")
    return data.decode("utf-8", "replace")


@cache
def _own_names() -> frozenset[str]:
    """What a file manager calls this machine in an address."""
    return frozenset(_names())


def _names() -> Iterator[str]:
    yield from ("", "localhost")
    yield socket.gethostname().lower()

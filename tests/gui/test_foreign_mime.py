"""Drops and pastes as file managers and browsers really send them."""

import base64
import os
import sys
from pathlib import Path

import pytest
from gestures import qt_picture, question
from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

from gui.drops import Addressed, Files, PictureData, meaning, promise
from gui.intake import png_bytes

PICTURE = "https://example.com/full/beach%20at%20noon.jpg?size=2&v=%C3%BC"
PAGE = "https://example.com/album/7"
FROM_A_PAGE = f'<meta http-equiv="content-type" content="text/html; charset=utf-8"><img src="{PICTURE}" alt="a beach"/>'
LINKED = f'<a href="{PAGE}"><img alt="" src="{PICTURE}"></a>'


def mime_of(parts: dict[str, bytes | str]) -> QMimeData:
    made = QMimeData()
    for kind, data in parts.items():
        made.setData(kind, QByteArray(data if isinstance(data, bytes) else data.encode()))
    return made


def uris(*lines: str, end: str = "\r\n") -> str:
    return "".join(line + end for line in lines)


def firefox_link(address: str) -> bytes:
    return f"{address}\nA beach".encode("utf-16-le")


FILE_MANAGERS = {
    "dolphin": {"text/uri-list": uris("file:///photos/a%20b.jpg", "file:///photos/%C3%BC%23%25%3F.png")},
    "without a last line end": {"text/uri-list": "file:///photos/a%20b.jpg\r\nfile:///photos/%C3%BC%23%25%3F.png"},
    "with line feeds and a comment": {
        "text/uri-list": uris(
            "# from a file manager", "file:///photos/a%20b.jpg", "file:///photos/ü%23%25%3F.png", end="\n"
        )
    },
    "with host names": {
        "text/uri-list": uris("file://localhost/photos/a%20b.jpg", "file:///photos/%c3%bc%23%25%3f.png")
    },
    "nautilus, nemo and caja, copied": {
        "x-special/gnome-copied-files": "copy\nfile:///photos/a%20b.jpg\nfile:///photos/%C3%BC%23%25%3F.png"
    },
    "nautilus 3.30, copied as text": {
        "text/plain": "x-special/nautilus-clipboard\ncopy\nfile:///photos/a%20b.jpg\nfile:///photos/%C3%BC%23%25%3F.png\n"
    },
    "thunar, cut, with everything": {
        "x-special/gnome-copied-files": "cut\nfile:///photos/a%20b.jpg\nfile:///photos/%C3%BC%23%25%3F.png",
        "text/uri-list": uris("file:///photos/a%20b.jpg", "file:///photos/%C3%BC%23%25%3F.png"),
        "text/plain": "/photos/a b.jpg\n/photos/ü#%?.png",
    },
}


@pytest.mark.parametrize("parts", FILE_MANAGERS.values(), ids=FILE_MANAGERS)
def test_files_of_a_file_manager(parts):
    mime = mime_of(parts)
    assert meaning(mime) == promise(mime) == Files((Path("/photos/a b.jpg"), Path("/photos/ü#%?.png")))


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_names_that_are_not_utf_8_arrive_unharmed():
    drop = meaning(mime_of({"text/uri-list": uris("file:///photos/%E9t%E9.jpg", "file:///photos/two%0Alines.jpg")}))
    assert [os.fsencode(path) for path in drop.paths] == [b"/photos/\xe9t\xe9.jpg", b"/photos/two\nlines.jpg"]


def test_files_that_have_no_path_are_told_apart():
    mime = mime_of({"text/uri-list": uris("smb://nas/photos/beach.jpg", "file:///photos/a.jpg", "trash:///b.jpg")})
    assert meaning(mime) == Files((Path("/photos/a.jpg"),), ("smb://nas/photos/beach.jpg", "trash:///b.jpg"))
    assert meaning(mime_of({"text/uri-list": uris("file://nas/photos/beach.jpg")})) == Files(
        (), ("file://nas/photos/beach.jpg",)
    )


BROWSERS = {
    "chrome": {"text/uri-list": PICTURE, "text/html": FROM_A_PAGE, "text/plain": PICTURE},
    "firefox": {
        "text/x-moz-url": firefox_link(PICTURE),
        "text/html": FROM_A_PAGE.encode("utf-16-le"),
        "application/x-moz-file-promise-url": PICTURE.encode("utf-16-le"),
        "text/plain": PICTURE,
    },
    "firefox, a link without anything else": {"text/x-moz-url": firefox_link(PICTURE)},
    "firefox, with the mark of UTF-16": {"text/x-moz-url": b"\xff\xfe" + firefox_link(PICTURE)},
    "a picture that is a link to a page": {"text/uri-list": PAGE, "text/html": LINKED, "text/plain": PAGE},
    "one in UTF-16 that is a link": {"text/x-moz-url": firefox_link(PAGE), "text/html": LINKED.encode("utf-16-le")},
}


@pytest.mark.parametrize("parts", BROWSERS.values(), ids=BROWSERS)
def test_a_picture_of_a_browser_is_a_link_to_it(parts):
    mime = mime_of(parts)
    assert meaning(mime) == promise(mime) == Addressed(links=(PICTURE,))


def test_pixels_of_a_browser_come_before_its_links(qapp):
    pixels = png_bytes(qt_picture())
    mime = mime_of({"text/html": FROM_A_PAGE, "text/uri-list": PICTURE, "image/png": pixels})
    assert meaning(mime) == PictureData(pixels)
    assert promise(mime) == PictureData(b"")


@pytest.mark.parametrize("broken", [b"", b"rubbish"])
def test_pixels_that_are_none_give_way_to_the_link(broken):
    assert meaning(mime_of({"text/uri-list": PICTURE, "image/png": broken})) == Addressed(links=(PICTURE,))


def test_a_picture_within_its_address(qapp):
    held = "data:image/png;base64," + base64.b64encode(png_bytes(qt_picture())).decode()
    for parts in (
        {"text/uri-list": uris(held)},
        {"text/plain": held},
        {"text/x-moz-url": firefox_link(held)},
        {"text/uri-list": PAGE, "text/html": f'<a href="{PAGE}"><img src="{held}"></a>'},
    ):
        assert meaning(mime_of(parts)) == Addressed(held=(held,))


SITE = "https://example.com"
ON_THE_PAGE = '<img src="/full/a.jpg"><img src="small/b.jpg"><img src="//cdn.example.com/c.jpg">'
WHOLE = (f"{SITE}/full/a.jpg", f"{SITE}/album/small/b.jpg", "https://cdn.example.com/c.jpg")
BASES = {
    "the page itself": {"text/html": f'<base href="{PAGE}">{ON_THE_PAGE}'},
    "chrome": {"text/html": ON_THE_PAGE, "chromium/x-source-url": PAGE},
    "firefox": {"text/html": ON_THE_PAGE.encode("utf-16-le"), "text/x-moz-url-priv": PAGE.encode("utf-16-le")},
    "windows": {
        "text/html": ON_THE_PAGE,
        'application/x-qt-windows-mime;value="HTML Format"': f"Version:0.9\r\nSourceURL:{PAGE}\r\n<html>",
    },
    "a link": {"text/html": ON_THE_PAGE, "text/uri-list": uris(PAGE)},
}


@pytest.mark.parametrize("parts", BASES.values(), ids=BASES)
def test_pictures_are_found_from_the_address_of_their_page(parts):
    mime = mime_of(parts)
    assert meaning(mime) == promise(mime) == Addressed(links=WHOLE)


def test_a_link_that_ends_like_the_picture_is_the_picture():
    """From its own folder it would be sought one folder too deep."""
    link = f"{SITE}/album/small/b.jpg?size=2"
    assert meaning(mime_of({"text/html": '<img src="small/b.jpg">', "text/uri-list": uris(link)})) == Addressed((link,))


def test_a_page_that_does_not_say_where_it_is_leads_nowhere():
    mime = mime_of({"text/html": '<img src="/a.jpg"><img src="b.jpg">', "text/plain": "two pictures"})
    assert meaning(mime) == promise(mime) == Addressed(partial=("/a.jpg", "b.jpg"))
    beside = mime_of({"text/html": f'<img src="/a.jpg"><img src="{PICTURE}">'})
    assert meaning(beside) == Addressed((PICTURE,), partial=("/a.jpg",))


def test_every_picture_of_a_piece_of_a_page_is_meant_once():
    held = "data:image/png;base64,AAAA"
    page = f'<p><img src="{PICTURE}"><img src="{SITE}/b.jpg"><img src="{held}"><img src="{PICTURE}"></p>'
    assert meaning(mime_of({"text/html": page})) == Addressed((PICTURE, f"{SITE}/b.jpg"), (held,))


def test_what_only_counts_readers_is_no_picture_of_a_page():
    page = f'<img src="{SITE}/count.gif" width="1" height="1"><img src="{PICTURE}" width="100" height="100">'
    assert meaning(mime_of({"text/html": page})) == Addressed((PICTURE,))
    assert meaning(mime_of({"text/html": page.partition('<img src="https://example.com/full')[0]})) is None


RUBBISH = {
    "nothing": {},
    "text": {"text/plain": "hello"},
    "an empty list": {"text/uri-list": "\r\n"},
    "a script": {"text/uri-list": "javascript:alert(1)"},
    "a page without pictures": {"text/html": "<p>hello</p>", "text/plain": "hello"},
    "an inner picture of the browser": {"text/html": '<img src="blob:https://example.com/1"><img>'},
    "data that is no picture": {"text/uri-list": "data:text/html,<b>hello</b>"},
    "broken pixels": {"image/png": b"rubbish"},
    "a name that cannot be": {"text/uri-list": "file:///photos/%00.jpg"},
    "a list in no known encoding": {"text/uri-list": b"\xff\xfe\xff\xd8\x00"},
}


@pytest.mark.parametrize("parts", RUBBISH.values(), ids=RUBBISH)
def test_rubbish_means_nothing(parts):
    assert meaning(mime_of(parts)) is None


def test_a_picture_within_its_address_is_searched_with(settled):
    held = "data:image/png;base64," + base64.b64encode(png_bytes(qt_picture("teal"))).decode()
    settled.drop(mime_of({"text/uri-list": PAGE, "text/html": f'<img src="{held}">'}))
    settled.until(lambda: settled.workspace.searching.result)
    assert settled.query_names() == ["Pasted picture"]
    assert question(settled.window) is None


@pytest.mark.parametrize(
    "held", ["data:image/png;base64,AAAA", "data:image/png;base64,A", "data:image/svg+xml,%3Csvg/%3E"]
)
def test_an_address_that_holds_no_picture_is_a_sentence(settled, held):
    settled.drop(mime_of({"text/uri-list": held}))
    settled.until(lambda: settled.window.messages.texts == ["That picture cannot be read."])


def test_a_page_that_leads_nowhere_is_a_sentence(settled):
    settled.drop(mime_of({"text/html": '<img src="/a.jpg">'}))
    said = "The page names its picture only as “/a.jpg”, and its own address did not come along."
    assert settled.window.messages.texts == [said]
    assert question(settled.window) is None


def test_of_several_pictures_within_their_addresses_the_good_ones_are_used(settled):
    pixels = [png_bytes(qt_picture(tone)) for tone in ("red", "tan")]
    good = ["data:image/png;base64," + base64.b64encode(one).decode() for one in pixels]
    page = "".join(f'<img src="{held}">' for held in (good[0], "data:image/png;base64,AAAA", good[1]))
    settled.drop(mime_of({"text/html": page}))
    settled.until(lambda: settled.workspace.searching.result)
    assert settled.query_names() == ["Pasted picture"] * 2
    assert settled.window.messages.texts == ["1 picture could not be had. That picture cannot be read."]


def test_files_that_were_copied_are_pasted(settled, photos):
    lines = "\n".join(["copy", *(path.as_uri() for path in photos[:2])])
    QGuiApplication.clipboard().setMimeData(mime_of({"x-special/gnome-copied-files": lines}))
    settled.window.commands["paste"].trigger()
    settled.until(lambda: settled.workspace.searching.result)
    assert settled.query_names() == ["photo_000.jpg", "photo_001.jpg"]


def test_an_odd_name_is_searched_with(settled, photos, tmp_path):
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a #%\xe9\n.jpg"))
    try:
        odd.write_bytes(photos[4].read_bytes())
    except OSError:
        pytest.skip("no such names on this disk")
    settled.drop(mime_of({"text/uri-list": uris(odd.as_uri())}))
    settled.until(lambda: "photo_004.jpg" in settled.matches()[:2])


def test_what_lies_on_a_server_and_a_uri_to_nothing_are_sentences(settled, tmp_path):
    settled.drop(mime_of({"text/uri-list": uris("smb://nas/photos/beach%20x.jpg")}))
    settled.until(lambda: settled.window.messages.texts == ["“beach x.jpg” cannot be read from where it is."])
    settled.drop(mime_of({"text/uri-list": uris((tmp_path / "no such file.jpg").as_uri())}))
    settled.until(lambda: "no such file.jpg" in settled.window.messages.texts[-1])

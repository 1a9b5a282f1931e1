from pathlib import Path

import pytest
from gestures import files, qt_picture
from PySide6.QtCore import QByteArray, QMimeData, QUrl

from gui.drops import Addressed, Aim, Files, OwnPhotos, PictureData, meaning, meaning_of_text, promise
from gui.gallery.drag import PHOTO_IDS_MIME
from gui.panels.drop_overlay import promise as promise_of

BEACH = Path("/photos/beach.jpg")


def text(words: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(words)
    return mime


def image_with(link: str = "") -> QMimeData:
    mime = QMimeData()
    mime.setImageData(qt_picture())
    if link:
        mime.setUrls([QUrl(link)])
    return mime


def test_files_of_a_file_manager():
    assert meaning(files(BEACH, Path("/photos/hat.png"))) == Files((BEACH, Path("/photos/hat.png")))


def test_own_photos_come_before_their_files():
    mime = files(BEACH)
    mime.setData(PHOTO_IDS_MIME, QByteArray(b"some-id"))
    assert meaning(mime) == OwnPhotos((BEACH,))


def test_local_files_come_before_picture_data():
    mime = files(BEACH)
    mime.setImageData(qt_picture())
    assert meaning(mime) == Files((BEACH,))


def test_picture_data_comes_before_a_link():
    drop = meaning(image_with("https://example.com/beach.jpg"))
    assert isinstance(drop, PictureData)


def test_encoded_pictures_are_taken_as_they_are():
    mime = QMimeData()
    mime.setData("image/jpeg", QByteArray(b"\xff\xd8\xff and so on"))
    assert meaning(mime) == PictureData(b"\xff\xd8\xff and so on")


def test_a_link_is_only_a_link():
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.com/beach.jpg")])
    assert meaning(mime) == Addressed(links=("https://example.com/beach.jpg",))
    assert meaning(mime).hosts == ("example.com",)


def test_every_link_counts_once(tmp_path):
    mime = QMimeData()
    mime.setUrls([QUrl(f"https://{place}.jpg") for place in ("a.org/1", "b.org/2", "a.org/3", "b.org/2")])
    links = ("https://a.org/1.jpg", "https://b.org/2.jpg", "https://a.org/3.jpg")
    assert meaning(mime) == promise(mime) == meaning(text("\n".join(links))) == Addressed(links=links)
    assert meaning(mime).hosts == ("a.org", "b.org")


@pytest.mark.parametrize("words", ["ftp://example.com/a.jpg", "javascript:alert(1)", "hello", "", "relative/beach.jpg"])
def test_what_is_neither_picture_nor_link_means_nothing(words):
    assert meaning(text(words)) is None


@pytest.mark.parametrize(
    "words", ["/photos/beach.jpg", "  /photos/beach.jpg\n", "'/photos/beach.jpg'", "file:///photos/beach.jpg"]
)
def test_a_path_as_text(words):
    assert meaning(text(words)) == Files((BEACH,))


def test_several_paths_as_text():
    assert meaning_of_text("/photos/beach.jpg\n/photos/hat.png\n") == Files((BEACH, Path("/photos/hat.png")))


def test_a_link_as_text():
    assert meaning(text("https://example.com/beach.jpg")) == Addressed(links=("https://example.com/beach.jpg",))


def test_folders_are_guessed_by_their_names():
    assert Files((Path("/photos/Summer 2024"),)).look_like_folders
    assert not Files((BEACH,)).look_like_folders
    assert not Files((Path("/videos/beach.mp4"),)).look_like_folders


def test_a_drag_that_hovers_is_named_without_fetching_its_pixels():
    assert promise(image_with()) == PictureData(b"")
    assert promise(files(BEACH)) == Files((BEACH,))
    assert promise(text("hello")) is None


@pytest.mark.parametrize(
    ("drop", "aim", "caption"),
    [
        (Files((BEACH,)), Aim.ASK, "Find lookalikes"),
        (Files((BEACH,)), Aim.ADD, "Add to the query"),
        (Files((BEACH,)), Aim.BAR, "Add to the query"),
        (Files((BEACH, BEACH)), Aim.BAR, "Add 2 pictures to the query"),
        (Files((BEACH, BEACH)), Aim.ASK, "Find lookalikes of these 2 pictures"),
        (Files((Path("/photos"),)), Aim.ASK, "Index this folder"),
        (Files((Path("/photos"), Path("/more"))), Aim.ADD, "Index these folders"),
        (Files((Path("/photos"),)), Aim.BAR, "Index this folder?"),
        (Files((Path("/photos/model.onnx"),)), Aim.BAR, "Add this model"),
        (Files((), ("smb://nas/beach.jpg",)), Aim.ASK, "It cannot be read from where it is"),
        (Addressed(("https://a.org/a.jpg",)), Aim.ASK, "Find lookalikes"),
        (Addressed(("https://a.org/a.jpg",), ("data:image/png,A",)), Aim.ASK, "Find lookalikes of these 2 pictures"),
        (Addressed(held=("data:image/png;base64,AA",)), Aim.BAR, "Add to the query"),
        (Addressed(partial=("/a.jpg",)), Aim.ASK, "The page does not say where its picture is"),
        (PictureData(b""), Aim.ASK, "Find lookalikes"),
    ],
)
def test_the_overlay_names_what_will_happen(drop, aim, caption):
    assert promise_of(drop, aim).text == caption


def test_a_link_says_that_it_asks_first():
    one = Addressed(("https://example.com/a.jpg", "https://example.com/b.jpg"))
    assert promise_of(one, Aim.ASK).hint == "Nothing is downloaded from example.com before you agree."
    two = Addressed(("https://a.org/a.jpg", "https://b.org/b.jpg"))
    assert promise_of(two, Aim.ASK).hint == "Nothing is downloaded from 2 sites before you agree."

"""The window while work goes on behind it, when it is closed, and when its library cannot be used."""

import base64
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from gestures import answer, files, question
from PySide6.QtCore import QMimeData, QTimer, QUrl
from user import ENOUGH_MS
from webserver import send, serving

from engine.library import Library
from engine.records import QueryPicture
from engine.settings import Settings
from gui.app import Session
from gui.dialogs.not_opened import NotOpenedPage
from gui.workspace import Workspace

LATER = {"gui.workspace", "engine.library", "numpy", "PIL", "onnxruntime", "http.client", "ssl"}
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def until(qtbot):
    return lambda test: qtbot.waitUntil(lambda: bool(test()), timeout=ENOUGH_MS)


@pytest.fixture
def many(tmp_path, make_photos) -> list[Path]:
    return make_photos(tmp_path / "Pictures", 300)


def begin_indexing(session: Session, folder: Path, until) -> None:
    session.window.take(files(folder))
    until(lambda: session.window.workspace.indexing.running)


def test_cancelling_keeps_what_is_done_and_an_update_goes_on(session, many, until):
    workspace = session.window.workspace
    begin_indexing(session, many[0].parent, until)
    until(lambda: session.library.counts().searchable > 0)
    workspace.activity.cancel.click()
    until(lambda: not workspace.indexing.running)
    assert "cancelled" in workspace.activity.stage.text()
    assert not workspace.activity.cancel.isVisible()
    assert session.window.messages.texts == []
    assert session.library.counts().searchable > 0
    workspace.indexing.update()
    until(lambda: session.library.counts().searchable == len(many) and not workspace.indexing.running)


def test_pausing_stops_the_clock_and_resuming_starts_it_again(session, many, until, qtbot):
    workspace = session.window.workspace
    begin_indexing(session, many[0].parent, until)
    until(lambda: session.library.counts().searchable > 0)
    workspace.activity.pause.click()
    assert workspace.activity.stage.text() == "Paused"
    assert workspace.indexing.paused
    assert session.library.counts().searchable < len(many)
    workspace.activity.pause.click()
    until(lambda: not workspace.indexing.running)
    assert session.library.counts().searchable == len(many)


def test_a_second_folder_is_indexed_after_the_first(session, many, tmp_path, make_photos, until):
    more = make_photos(tmp_path / "More", 3, first=200)
    begin_indexing(session, many[0].parent, until)
    session.window.workspace.add_folders([more[0].parent])
    assert session.window.messages.texts == ["“More” is indexed next."]
    until(lambda: session.library.counts().searchable == len(many) + 3)
    until(lambda: not session.window.workspace.indexing.running)


def test_closing_while_indexing_loses_nothing(start_session, many, until, open_library):
    session = start_session()
    begin_indexing(session, many[0].parent, until)
    until(lambda: session.library.counts().searchable > 0)
    session.window.close()
    assert session.window.isVisible()  # for as long as the batch at hand takes
    until(lambda: not session.window.isVisible() and session.library is None)
    library = open_library()
    kept = library.counts().searchable
    report = library.index()
    assert kept > 0
    assert (report.unchanged, report.added) == (kept, len(many) - kept)


def test_closing_a_paused_run_does_not_hang(start_session, many, until):
    session = start_session()
    begin_indexing(session, many[0].parent, until)
    session.window.workspace.indexing.pause_or_resume()
    session.window.close()
    until(lambda: not session.window.isVisible() and session.library is None)


def test_closing_before_the_library_is_open(start_session, until):
    session = start_session(wait=False)
    session.window.close()
    until(lambda: not session.window.isVisible() and not session.tasks.busy)
    assert session.library is None


def test_the_first_frame_waits_for_neither_panels_nor_numpy_nor_the_network(tmp_path):
    """Painted when none of them has been loaded."""
    script = f"""
import os, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

class FirstFrame(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(sorted({LATER!r} & set(sys.modules)), flush=True)
            os._exit(0)
        return False

application, first = QApplication([]), FirstFrame()
application.installEventFilter(first)
from engine.paths import AppPaths
from gui import app
app.run(Path({str(tmp_path / "library")!r}), paths=AppPaths.under(Path({str(tmp_path)!r})))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"


def test_closing_while_the_panels_are_made(start_session, until, monkeypatch):
    build = Workspace.build

    def build_and_close(workspace):
        steps = build(workspace)
        yield next(steps)
        workspace.window().close()
        yield from steps

    monkeypatch.setattr(Workspace, "build", build_and_close)
    session = start_session(wait=False)
    until(lambda: not session.window.isVisible())
    assert session.window.workspace is None
    assert session.library is None


def test_a_session_can_end_without_its_window_being_closed(start_session):
    session = start_session()
    session.end()
    assert session.library is None


def test_while_another_program_indexes_searching_goes_on(start_session, open_library, make_photos, tmp_path, until):
    photos = make_photos(tmp_path / "Pictures", 5)
    open_library().index([photos[0].parent])
    with FileLock(tmp_path / "library" / "lock"):
        session = start_session()
        workspace = session.window.workspace
        until(lambda: "Another Lookalike" in workspace.activity.stage.text())
        assert session.window.messages.texts == []
        workspace.take_pictures([QueryPicture(path=photos[2])], False)
        until(lambda: workspace.searching.result)
        assert workspace.searching.result.matches[0].photo.path == photos[2]


def test_a_library_of_a_newer_program_is_refused_with_a_sentence(start_session, open_library, tmp_path, until):
    open_library()
    catalog = tmp_path / "library" / "catalog.db"

    def set_version(version: int) -> int:
        database = sqlite3.connect(catalog)
        (before,) = database.execute("PRAGMA user_version").fetchone()
        database.execute(f"PRAGMA user_version = {version}")
        database.close()
        return int(before)

    before = set_version(9999)
    session = start_session(wait=False)
    until(lambda: session.window.findChild(NotOpenedPage))
    assert session.window.workspace is None
    set_version(before)
    session.window.findChild(NotOpenedPage).retry.click()
    until(lambda: session.window.workspace)
    until(lambda: session.window.workspace.watch.latest)


def test_a_folder_that_is_a_file_is_refused_with_a_sentence(start_session, tmp_path, until):
    (tmp_path / "library").write_text("not a folder")
    session = start_session(wait=False)
    until(lambda: session.window.findChild(NotOpenedPage))


def link(url: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl(url)])
    return mime


def links(*addresses: str) -> QMimeData:
    mime = QMimeData()
    mime.setData("text/uri-list", "\r\n".join(addresses).encode())
    return mime


@pytest.fixture
def photos_of(indexed, tmp_path) -> list[Path]:
    return sorted((tmp_path / "Pictures").iterdir())


@pytest.fixture
def indexed(session, make_photos, tmp_path, until) -> Session:
    photos = make_photos(tmp_path / "Pictures", 5)
    begin_indexing(session, photos[0].parent, until)
    until(lambda: not session.window.workspace.indexing.running)
    return session


def test_a_link_is_downloaded_only_after_a_yes(indexed, tmp_path, until):
    asked = []
    picture = (tmp_path / "Pictures" / "photo_003.jpg").read_bytes()

    def page(handler) -> None:
        asked.append(handler.path)
        send(picture)(handler)

    with serving({"/beach.jpg": page}) as site:
        indexed.window.take(link(f"{site}/beach.jpg"))
        assert "127.0.0.1" in question(indexed.window).text()
        answer(question(indexed.window), "Don’t download")
        assert question(indexed.window) is None
        assert asked == []

        indexed.window.take(link(f"{site}/beach.jpg"))
        answer(question(indexed.window), "Download")
        until(lambda: indexed.window.workspace.searching.result)
    assert asked == ["/beach.jpg"]
    assert indexed.window.workspace.searching.result.matches[0].photo.path.name == "photo_003.jpg"
    assert indexed.window.workspace.activity.download.text() == ""


def test_several_links_are_asked_about_together_and_all_are_fetched(indexed, photos_of, until):
    pages = {f"/{number}.jpg": send(photos_of[number].read_bytes()) for number in range(3)}
    with serving(pages) as site, serving({"/gone.jpg": send(b"", 404)}) as other:
        indexed.window.take(links(*(site + page for page in pages), f"{other}/gone.jpg"))
        assert question(indexed.window).text() == "Download 4 pictures from 127.0.0.1?"
        answer(question(indexed.window), "Download")
        until(lambda: indexed.window.workspace.searching.result and indexed.window.messages.texts)
    assert len(indexed.window.workspace.searching.query.pictures) == 3
    assert indexed.window.messages.texts[0].startswith("1 picture could not be had. 127.0.0.1 refused the picture (404")


def test_a_page_of_two_sites_names_both_and_what_it_holds_is_used_without_them(indexed, photos_of, until):
    held = "data:image/jpeg;base64," + base64.b64encode(photos_of[2].read_bytes()).decode()
    with serving({"/a.jpg": send(photos_of[0].read_bytes())}) as site:
        port = site.rpartition(":")[2]
        there = links(f"{site}/a.jpg", f"http://localhost:{port}/a.jpg", held)
        indexed.window.take(there)
        assert question(indexed.window).text() == "Download 2 pictures from 127.0.0.1, localhost?"
        answer(question(indexed.window), "Don’t download")
        until(lambda: indexed.window.workspace.searching.result)
        assert len(indexed.window.workspace.searching.query.pictures) == 1
        indexed.window.take(links(f"{site}/a.jpg", held))
        answer(question(indexed.window), "Download")
        until(lambda: len(indexed.window.workspace.searching.query.pictures) == 2)


def test_a_link_to_no_picture_gives_a_sentence(indexed, until):
    with serving({"/": send(b"<html></html>")}) as site:
        indexed.window.take(link(f"{site}/"))
        answer(question(indexed.window), "Download")
        until(lambda: indexed.window.messages.texts)
    assert "is not a picture" in indexed.window.messages.texts[0]
    assert indexed.window.workspace.activity.download.text() == ""


def test_a_question_that_is_left_by_escape_downloads_nothing(indexed, until):
    indexed.window.take(link("http://127.0.0.1:9/beach.jpg"))
    question(indexed.window).reject()
    assert question(indexed.window) is None
    assert not indexed.tasks.busy or indexed.window.workspace.activity.download.text() == ""


def test_the_program_starts_and_ends(tmp_path_factory, models_folder, monkeypatch, qapp):
    """`run` from start to end, with the window closed as soon as the library is open."""
    from engine.paths import AppPaths
    from gui import app

    place = tmp_path_factory.mktemp("s")  # the path of a socket must be short
    sheet, palette = qapp.styleSheet(), qapp.palette()
    monkeypatch.setattr(
        app, "open_library", lambda folder, settings: Library.open(folder, models_folder, Settings(workers=1))
    )

    def close_when_open() -> None:
        window = next(
            widget for widget in qapp.topLevelWidgets() if isinstance(widget, app.MainWindow) and widget.isVisible()
        )
        if window.workspace is None:
            QTimer.singleShot(20, close_when_open)
        else:
            window.close()

    QTimer.singleShot(20, close_when_open)
    try:
        assert app.run(place / "library", paths=AppPaths.under(place)) == 0
    finally:
        qapp.setStyleSheet(sheet)
        qapp.setPalette(palette)
    assert (place / "state" / "window.ini").exists()

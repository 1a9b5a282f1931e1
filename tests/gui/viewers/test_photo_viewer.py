"""What the viewer reads and shows, and where its keys lead."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from colored import BROKEN, FILE_COLORS, FULL, Files, answer_of, answer_with, match_of, middle_color, shows
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QImage, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.records import Match, Photo, PhotoState
from gui.gallery.listing import Listing
from gui.viewers import photo as photo_module
from gui.viewers.photo import PhotoViewer

Key = Qt.Key


class TestLoading:
    def test_the_thumbnail_first_then_the_picture(self, qtbot: QtBot, viewer: PhotoViewer, files: Files) -> None:
        files.held = True
        viewer.show_listing(answer_of("red"), "red")
        assert middle_color(viewer) == "#808080"
        area = viewer.canvas.framing.area
        files.release()
        assert middle_color(viewer) == FILE_COLORS["red"]
        assert viewer.canvas.framing.area == area

    def test_it_asks_for_no_more_pixels_than_are_seen(self, viewer: PhotoViewer, files: Files) -> None:
        viewer.show_listing(answer_of("red"), "red")
        assert files.asked == [("red", 768)]

    def test_zooming_in_decodes_again(self, qtbot: QtBot, viewer: PhotoViewer, files: Files) -> None:
        viewer.show_listing(answer_of("red"), "red")
        qtbot.waitUntil(shows(viewer, "red"))
        assert viewer.canvas.layer.loaded_side == 768
        qtbot.keyClick(viewer, Key.Key_1)
        qtbot.waitUntil(lambda: viewer.canvas.layer.loaded_side == FULL.width())
        assert viewer.canvas.framing.scale == 1.0

    def test_the_neighbour_is_decoded_ahead(self, qtbot: QtBot, viewer: PhotoViewer, files: Files) -> None:
        viewer.show_listing(answer_of("red", "green", "blue"), "red")
        qtbot.waitUntil(lambda: [name for name, _ in files.asked] == ["red", "green"])
        qtbot.waitUntil(lambda: not files.orders)
        qtbot.keyClick(viewer, Key.Key_Right)
        assert middle_color(viewer) == FILE_COLORS["green"]
        qtbot.waitUntil(lambda: [name for name, _ in files.asked] == ["red", "green", "blue"])

    def test_a_picture_that_comes_too_late_is_not_shown(self, qtbot: QtBot, viewer: PhotoViewer, files: Files) -> None:
        files.held = True
        viewer.show_listing(answer_of("red", "green", "blue"), "red")
        viewer.go(2)
        assert [order.cancelled for order in files.orders] == [True]
        qtbot.waitUntil(lambda: files.asked == [("red", 768), ("blue", 768)])
        files.release()
        assert middle_color(viewer) == FILE_COLORS["blue"]

    def test_a_failure_is_a_sentence_and_the_neighbours_stay_in_reach(
        self, qtbot: QtBot, viewer: PhotoViewer, files: Files
    ) -> None:
        viewer.show_listing(answer_of(BROKEN, "green"), BROKEN)
        qtbot.waitUntil(lambda: viewer.canvas.message is not None)
        assert viewer.canvas.message == ("The file is cut short.", "Copy it again from the camera.")
        qtbot.keyClick(viewer, Key.Key_Right)
        qtbot.waitUntil(shows(viewer, "green"))
        qtbot.keyClick(viewer, Key.Key_Left)
        qtbot.waitUntil(lambda: files.asked.count((BROKEN, 768)) == 2)

    def test_a_picture_of_unknown_size(self, qtbot: QtBot, files: Files) -> None:
        viewer = PhotoViewer(files, lambda photo_id: None)
        qtbot.addWidget(viewer)
        unknown = Photo("red", Path("/photos/red.jpg"), "root", 1, datetime(2024, 1, 1), PhotoState.INDEXED)
        viewer.show_listing(answer_with(Match(unknown, 0.1, 0.9, 1)), "red")
        qtbot.waitUntil(shows(viewer, "red"))

    def test_a_refreshed_answer_reloads_nothing(self, qtbot: QtBot, viewer: PhotoViewer, files: Files) -> None:
        viewer.show_listing(answer_of("red"), "red")
        qtbot.waitUntil(shows(viewer, "red"))
        qtbot.keyClick(viewer, Key.Key_1)
        viewer.follow_listing(answer_of("green", "red"))
        assert "2 of 2" in viewer.caption.text
        assert viewer.canvas.framing.scale == 1.0

    def test_lingering_reads_all_pixels(self, qtbot: QtBot, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(photo_module, "LINGER_MS", 20)
        viewer = PhotoViewer(files, lambda photo_id: None)
        qtbot.addWidget(viewer)
        viewer.resize(640, 528)
        viewer.show()
        viewer.show_listing(answer_of("red", "green"), "red")
        qtbot.waitUntil(lambda: ("red", FULL.width()) in files.asked)
        assert files.asked.index(("green", 768)) < files.asked.index(("red", FULL.width()))

    def test_a_thumbnail_stands_in_for_a_photo_that_cannot_be_read(
        self, qtbot: QtBot, viewer: PhotoViewer, files: Files
    ) -> None:
        files.thumbnails[BROKEN] = QImage(64, 48, QImage.Format.Format_RGB32)
        files.thumbnails[BROKEN].fill(QColor("#123456"))
        viewer.show_listing(answer_of(BROKEN), BROKEN)
        qtbot.waitUntil(lambda: middle_color(viewer) == "#123456")
        assert viewer.notice.text == ("The file is cut short. Copy it again from the camera. This is its thumbnail.")
        assert viewer.canvas.framing.picture == FULL

    def test_an_offline_photo_says_what_to_connect(
        self, qtbot: QtBot, viewer: PhotoViewer, thumbnails: dict[str, QPixmap]
    ) -> None:
        thumbnails[BROKEN] = thumbnails["red"]
        offline = replace(match_of(BROKEN, 1).photo, offline=True)
        viewer.show_listing(answer_with(Match(offline, 0.1, 0.9, 1)), BROKEN)
        qtbot.waitUntil(lambda: "is not connected" in viewer.notice.text)
        assert middle_color(viewer) == "#808080"

    def test_closing_gives_the_memory_back(self, qtbot: QtBot, viewer: PhotoViewer, files: Files) -> None:
        viewer.show_listing(answer_of("red"), "red")
        qtbot.waitUntil(shows(viewer, "red"))
        assert viewer.shelf.bytes
        viewer.hide()
        assert viewer.shelf.bytes == 0
        assert files.forgotten == 1

    def test_a_photo_that_is_not_in_the_answer_changes_nothing(self, viewer: PhotoViewer) -> None:
        viewer.show_listing(answer_of("red"), "green")
        assert viewer.match is None


class TestGoing:
    def test_keys_and_buttons_go_through_the_answer(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.show_listing(answer_of("red", "green", "blue"), "green")
        with qtbot.waitSignal(viewer.photo_changed) as changed:
            qtbot.keyClick(viewer, Key.Key_Right)
        assert changed.args[0].id == "blue"
        assert not viewer.caption.next.isEnabled()
        with qtbot.assertNotEmitted(viewer.photo_changed):
            qtbot.keyClick(viewer, Key.Key_Right)
        qtbot.mouseClick(viewer.caption.previous, Qt.MouseButton.LeftButton)
        assert viewer.match.photo.id == "green"

    def test_from_right_to_left_the_left_key_goes_on(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        viewer.show_listing(answer_of("red", "green"), "red")
        qtbot.keyClick(viewer, Key.Key_Left)
        assert viewer.match.photo.id == "green"

    def test_keys_do_nothing_without_a_photo(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        for key in (Key.Key_Right, Key.Key_L, Key.Key_Plus, Key.Key_1):
            qtbot.keyClick(viewer, key)
        assert viewer.match is None

    @pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Space])
    def test_closing(self, qtbot: QtBot, viewer: PhotoViewer, key: Key) -> None:
        viewer.show_listing(answer_of("red"), "red")
        with qtbot.waitSignal(viewer.closed):
            qtbot.keyClick(viewer, key)

    def test_full_screen_ends_with_the_viewer(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.show_listing(answer_of("red"), "red")
        qtbot.keyClick(viewer, Key.Key_F11)
        assert viewer.window().isFullScreen()
        qtbot.keyClick(viewer, Key.Key_Escape)
        assert not viewer.window().isFullScreen()

    def test_lookalikes_and_the_context_menu(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.show_listing(answer_of("red"), "red")
        with qtbot.waitSignal(viewer.lookalikes_wanted) as wanted:
            qtbot.keyClick(viewer, Key.Key_L)
        assert wanted.args[0].id == "red"
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(105, 105))
        with qtbot.waitSignal(viewer.context_menu_wanted) as wanted:
            QApplication.sendEvent(viewer.canvas, event)
        assert (wanted.args[0].id, wanted.args[1]) == ("red", QPoint(105, 105))

    def test_the_caption_says_what_is_shown(self, viewer: PhotoViewer) -> None:
        viewer.show_listing(answer_of("green", "red"), "red")
        assert viewer.caption.text == (
            "red.jpg, 1600 × 1200 · 12 March 2021, 14:03 · Canon EOS 5D · 98.2 % loose, 2 of 2"
        )
        assert viewer.accessibleName() == viewer.caption.text

    def test_zoomed_in_the_arrows_pan(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.show_listing(answer_of("red", "green"), "red")
        qtbot.keyClick(viewer, Key.Key_1)
        before = viewer.canvas.framing.center
        qtbot.keyClick(viewer, Key.Key_Right)
        qtbot.keyClick(viewer, Key.Key_Down)
        assert viewer.match.photo.id == "red"
        after = viewer.canvas.framing.center
        assert (after.x(), after.y()) == (before.x() + 640 / 8, before.y() + viewer.canvas.height() / 8)
        qtbot.keyClick(viewer, Key.Key_PageDown)
        assert viewer.match.photo.id == "green"

    def test_to_the_ends(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.show_listing(answer_of("red", "green", "blue"), "green")
        qtbot.keyClick(viewer, Key.Key_End)
        assert viewer.photo.id == "blue"
        qtbot.keyClick(viewer, Key.Key_Home)
        assert viewer.photo.id == "red"

    def test_keys_of_the_gallery_count_here_unless_they_are_taken(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        ran: list[str] = []
        for keys in ("X", "+"):
            action = QAction(keys, viewer)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _=False, keys=keys: ran.append(keys))
            viewer.adopt([action])
        viewer.show_listing(answer_of("red"), "red")
        qtbot.keyClick(viewer, Key.Key_X)
        qtbot.keyClick(viewer, Key.Key_Plus)
        assert ran == ["X"]
        assert not viewer.canvas.framing.fits


class TestListings:
    def test_a_photo_that_left_gives_way_to_the_next(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.show_listing(answer_of("red", "green", "blue"), "green")
        viewer.follow_listing(answer_of("red", "blue"))
        assert viewer.photo.id == "blue"
        viewer.follow_listing(answer_of("red"))
        assert viewer.photo.id == "red"

    def test_an_empty_listing_closes_the_viewer(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.show_listing(answer_of("red"), "red")
        with qtbot.waitSignal(viewer.closed):
            viewer.follow_listing(answer_of())

    def test_photos_that_are_looked_up_as_they_are_needed(
        self, qtbot: QtBot, viewer: PhotoViewer, files: Files
    ) -> None:
        listing = Slow("red", "green")
        viewer.show_listing(listing, "red")
        assert viewer.photo is None
        assert "1 of 2" in viewer.caption.text
        assert listing.wanted == [range(0, 1), range(1, 2)]
        listing.read(0)
        qtbot.waitUntil(shows(viewer, "red"))
        listing.read(1)
        qtbot.waitUntil(lambda: ("green", 768) in files.asked)


class Slow(Listing):
    """Reads its photos when it is told to."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._photos = [match_of(name, 1).photo for name in names]
        self._read: set[int] = set()
        self.wanted: list[range] = []

    def __len__(self) -> int:
        return len(self._photos)

    def photo_id(self, row: int) -> str:
        return self._photos[row].id

    def row_of(self, photo_id: str) -> int:
        return next((row for row, photo in enumerate(self._photos) if photo.id == photo_id), -1)

    def photo(self, row: int) -> Photo | None:
        return self._photos[row] if row in self._read else None

    def want(self, rows: list[range]) -> None:
        self.wanted = list(rows)

    def read(self, row: int) -> None:
        self._read.add(row)
        self.loaded.emit(row, row)

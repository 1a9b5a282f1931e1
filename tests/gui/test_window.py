"""The window as a user meets it: a real library, real pictures, real keys."""

import pytest
from gestures import answer, files, question
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from user import User

from engine.records import Mode
from gui.dialogs.keys import KeysDialog

# Without a desktop there is nothing a menu or a dialog could grab or raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class WindowsShown(QObject):
    """Notes every window of its own that is shown, however short."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


def test_no_part_of_the_window_flashes_by_as_a_window_of_its_own(start_session):
    shown = WindowsShown()
    QApplication.instance().installEventFilter(shown)
    start_session()
    QApplication.instance().removeEventFilter(shown)
    assert shown.names == ["MainWindow"]


def test_a_dropped_folder_is_indexed_and_then_the_window_invites_a_picture(user, photos):
    user.add_folder(photos[0].parent)
    user.until(lambda: "12 of 12 searchable" in user.workspace.activity.searchable.text())
    assert user.workspace.activity.stage.text().endswith(" · 12 added")
    user.until(lambda: "12 photos" in user.workspace.welcome.drop_area.hint.text())
    assert [row.root.path.name for row in user.workspace.folders.rows()] == ["Pictures"]


def test_a_dropped_picture_finds_itself_first_and_is_remembered(settled, photos):
    settled.search_with(photos[4])
    assert settled.workspace.stage.currentWidget() is settled.workspace.results
    assert settled.matches()[0] == "photo_004.jpg"
    assert settled.workspace.results.header.summary.text() == "12 matches"
    settled.until(lambda: settled.history() == ["Today", "photo_004.jpg"])


def test_history_survives_a_restart_and_runs_again(settled, photos, start_session, qtbot):
    settled.search_with(photos[4])
    settled.window.close()
    settled.until(lambda: settled.session.library is None and not settled.window.isVisible())

    again = User(qtbot, start_session())
    again.until(lambda: again.history() == ["Today", "photo_004.jpg"])
    again.until(lambda: again.workspace.welcome.cards())
    again.choose_from_history("photo_004.jpg")
    again.key(again.workspace.history.view, Qt.Key.Key_Return)
    again.until(lambda: again.matches()[:1] == ["photo_004.jpg"])


def test_a_query_survives_its_file(settled, photos, tmp_path):
    copy = tmp_path / "elsewhere.jpg"
    copy.write_bytes(photos[4].read_bytes())
    settled.search_with(copy)
    settled.until(lambda: "elsewhere.jpg" in settled.history())
    copy.unlink()
    settled.workspace.searching.clear()
    settled.choose_from_history("elsewhere.jpg")
    settled.key(settled.workspace.history.view, Qt.Key.Key_Return)
    settled.until(lambda: settled.matches()[:1] == ["photo_004.jpg"])


def test_pin_delete_and_undo(settled, photos):
    for path in photos[:2]:
        settled.search_with(path)
    settled.until(lambda: settled.history() == ["Today", "photo_001.jpg", "photo_000.jpg"])
    view = settled.workspace.history.view
    settled.choose_from_history("photo_000.jpg")
    settled.key(view, Qt.Key.Key_P)
    settled.until(lambda: settled.history() == ["Pinned", "photo_000.jpg", "Today", "photo_001.jpg"])
    settled.choose_from_history("photo_001.jpg")
    settled.key(view, Qt.Key.Key_Delete)
    settled.until(lambda: settled.history() == ["Pinned", "photo_000.jpg"])
    undo = next(button for button in settled.window.messages.findChildren(type(settled.workspace.welcome.open)))
    assert undo.text() == "Undo"
    undo.click()
    settled.until(lambda: "photo_001.jpg" in settled.history())


def test_clearing_the_history_keeps_what_is_pinned(settled, photos):
    for path in photos[:2]:
        settled.search_with(path)
    settled.until(lambda: "photo_000.jpg" in settled.history() and "photo_001.jpg" in settled.history())
    settled.choose_from_history("photo_000.jpg")
    settled.key(settled.workspace.history.view, Qt.Key.Key_P)
    settled.until(lambda: "Pinned" in settled.history())
    settled.workspace.history.clear.click()
    settled.until(lambda: settled.history() == ["Pinned", "photo_000.jpg"])


def test_the_result_grows_while_photos_come_in(settled, photos, make_photos):
    settled.search_with(photos[4])
    gallery = settled.workspace.results.gallery
    gallery.set_current_photo(settled.workspace.searching.result.matches[3].photo.id)
    chosen = gallery.current_photo()
    make_photos(photos[0].parent, 4, first=12)
    settled.key(settled.window, Qt.Key.Key_F5)
    settled.until(lambda: len(settled.matches()) == 16)
    assert gallery.current_photo().id == chosen.id
    assert len(settled.workspace.history.model._entries) == 1


def test_plus_and_minus_refine_with_the_current_result(settled, photos):
    settled.search_with(photos[0])
    gallery = settled.workspace.results.gallery
    gallery.set_current_photo(settled.workspace.searching.result.matches[5].photo.id)
    gallery.setFocus()
    name = gallery.current_photo().path.name
    settled.key(gallery, Qt.Key.Key_Minus)
    settled.until(lambda: settled.query_names() == ["photo_000.jpg", name] and settled.workspace.searching.result)
    assert settled.workspace.searching.query.pictures[1].weight < 0
    gallery.set_current_photo(
        next(m.photo.id for m in settled.workspace.searching.result.matches if m.photo.path.name == name)
    )
    settled.key(gallery, Qt.Key.Key_Plus)
    settled.until(lambda: settled.workspace.searching.query.pictures[1].weight > 0)


def test_l_searches_with_the_current_result(settled, photos):
    settled.search_with(photos[0])
    gallery = settled.workspace.results.gallery
    gallery.set_current_photo(settled.workspace.searching.result.matches[5].photo.id)
    name = gallery.current_photo().path.name
    settled.key(gallery, Qt.Key.Key_L)
    settled.until(lambda: settled.matches()[:1] == [name])
    assert settled.query_names() == [name]


def test_back_and_forward_through_queries(settled, photos):
    for path in photos[:2]:
        settled.search_with(path)
    alt = Qt.KeyboardModifier.AltModifier
    settled.key(settled.window, Qt.Key.Key_Left, alt)
    assert settled.matches()[0] == "photo_000.jpg"
    assert settled.query_names() == ["photo_000.jpg"]
    settled.key(settled.window, Qt.Key.Key_Right, alt)
    assert settled.matches()[0] == "photo_001.jpg"
    settled.key(settled.window, Qt.Key.Key_Escape)
    assert settled.workspace.stage.currentWidget() is settled.workspace.welcome
    settled.key(settled.window, Qt.Key.Key_Left, alt)
    assert settled.query_names() == ["photo_001.jpg"]


def test_the_history_shows_the_first_picture_of_a_query_that_was_put_in_another_order(settled, photos):
    def shown():
        model = settled.workspace.history.model
        entry = settled.workspace.searching.result.entry_id
        pixmap = model.index(model.row_of(entry)).data(Qt.ItemDataRole.DecorationRole)
        return pixmap.toImage() if pixmap is not None else None

    settled.drop(files(*photos[:2]))
    settled.until(lambda: settled.workspace.searching.result and len(settled.history()) == 2 and shown())
    before = shown()
    settled.workspace.searching.move(0, 1)
    settled.until(lambda: settled.query_names() == ["photo_001.jpg", "photo_000.jpg"])
    settled.until(lambda: settled.workspace.searching.result and (now := shown()) and now != before)


def test_control_z_brings_back_what_escape_cleared(settled, photos):
    settled.search_with(photos[0])
    settled.key(settled.window, Qt.Key.Key_Escape)
    assert settled.query_names() == []
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    settled.key(settled.window, Qt.Key.Key_Z, control)
    assert settled.query_names() == ["photo_000.jpg"]
    assert settled.matches()[0] == "photo_000.jpg"
    settled.key(settled.window, Qt.Key.Key_Z, control | shift)
    assert settled.query_names() == []


def test_back_returns_to_the_photo_that_was_current(settled, photos):
    settled.search_with(photos[0])
    gallery = settled.workspace.results.gallery
    gallery.set_current_photo(settled.workspace.searching.result.matches[5].photo.id)
    chosen = gallery.current_photo().id
    settled.search_with(photos[1])
    settled.workspace.searching.back()
    settled.until(lambda: gallery.current_photo() is not None and gallery.current_photo().id == chosen)


def test_copies_are_a_mode_of_their_own(settled, photos):
    settled.search_with(photos[3])
    settled.workspace.query_bar.modes.buttons[Mode.COPIES].click()
    settled.until(lambda: settled.matches() == ["photo_003.jpg"])
    header = settled.workspace.results.header
    assert header.summary.text() == "1 copy"
    assert header.scores.isHidden()  # no range of scores says anything of copies, and none is folded
    assert header.stacks.isHidden()
    settled.workspace.query_bar.modes.buttons[Mode.SIMILAR].click()
    settled.until(header.scores.isVisible)


def test_enter_opens_the_viewer_and_escape_returns(settled, photos):
    settled.search_with(photos[0])
    gallery = settled.workspace.results.gallery
    gallery.set_current_photo(settled.workspace.searching.result.matches[0].photo.id)
    settled.key(gallery, Qt.Key.Key_Return)
    assert settled.workspace.stage.currentWidget() is settled.workspace.viewer
    settled.key(settled.workspace.viewer, Qt.Key.Key_Escape)
    settled.until(lambda: settled.workspace.stage.currentWidget() is settled.workspace.results)
    assert settled.query_names() == ["photo_000.jpg"]


def test_the_context_menu_of_a_result(settled, photos, qtbot):
    settled.search_with(photos[0])
    gallery = settled.workspace.results.gallery
    gallery.context_menu_wanted.emit([settled.workspace.searching.result.matches[1].photo], QPoint(10, 10))
    menu = settled.workspace.findChild(QMenu, "photo_menu")
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    actions = dict(zip(texts, (action for action in menu.actions() if action.text()), strict=True))
    actions["Copy path"].trigger()
    shown = settled.workspace.searching.result.matches[1].photo.path
    assert QGuiApplication.clipboard().text() == str(shown)
    assert QGuiApplication.clipboard().mimeData().urls() == [QUrl.fromLocalFile(str(shown))]
    actions["Copy picture"].trigger()
    settled.until(lambda: QGuiApplication.clipboard().image().width() == 96)
    menu.close()


def test_unreadable_files_are_listed_with_their_reasons(user, photos):
    (photos[0].parent / "broken.jpg").write_bytes(photos[1].read_bytes()[:100])
    (photos[0].parent / "notes.txt").write_text("hello")
    user.add_folder(photos[0].parent)
    user.until(lambda: user.workspace.activity.details.text() == "1 file not readable")
    user.workspace.activity.details.click()
    dialog = user.workspace.skipped.dialog
    user.until(dialog.isVisible)
    assert [dialog.model.index(row, 0).data() for row in range(3)] == ["Damaged · 1", "broken.jpg", "No photos · 1"]
    assert dialog.model.index(1, 1).data()
    assert dialog.title.text() == "1 photo is not searchable"
    dialog.close()


def test_a_folder_is_removed_after_a_question(settled, photos):
    settled.until(settled.workspace.folders.rows)
    settled.workspace.folders.rows()[0].remove_wanted.emit()
    answer(question(settled.window), "Keep")
    settled.workspace.folders.rows()[0].remove_wanted.emit()
    answer(question(settled.window), "Remove")
    settled.until(lambda: not settled.workspace.folders.rows())
    assert all(path.exists() for path in photos)


def test_a_folder_that_moved_is_found_again(settled, photos):
    settled.until(settled.workspace.folders.rows)
    root = settled.workspace.folders.rows()[0].root
    new = root.path.rename(root.path.with_name("Moved"))
    settled.until(lambda: not settled.workspace.folders.rows()[0].root.online)
    settled.workspace.folders.locate_wanted.emit(settled.workspace.folders.rows()[0].root)
    settled.workspace.relocating.chooser.fileSelected.emit(str(new))
    settled.until(lambda: [row.root.path for row in settled.workspace.folders.rows()] == [new])
    settled.until(lambda: not settled.workspace.indexing.running)
    assert settled.workspace.watch.latest.counts.searchable == 12
    assert settled.window.messages.texts[-1] == f"“Moved” is in {new.parent} now."
    settled.workspace.relocating.chooser.close()


def test_another_folder_is_taken_for_it_only_after_a_question_and_can_be_given_back(settled, tmp_path):
    settled.until(settled.workspace.folders.rows)
    root, relocating = settled.workspace.folders.rows()[0].root, settled.workspace.relocating
    other = tmp_path / "Other"
    other.mkdir()
    relocating.check(root, other)
    settled.until(lambda: question(settled.window))
    assert question(settled.window).text() == f"Hardly any photo of “Pictures” is in “{other}”."
    assert question(settled.window).informativeText().startswith("Of 12 photos that were looked for, 0 are there;")
    answer(question(settled.window), "Leave it as it is")
    relocating.check(root, other)
    settled.until(lambda: question(settled.window))
    answer(question(settled.window), "Take it all the same")
    settled.until(lambda: [row.root.path for row in settled.workspace.folders.rows()] == [other])
    toasts = settled.window.messages._toasts()
    toasts[-1].offered.click()
    settled.until(lambda: [row.root.path for row in settled.workspace.folders.rows()] == [root.path])
    settled.until(lambda: settled.workspace.watch.latest.counts.searchable == 12)


def test_the_sidebar_can_be_hidden_and_the_history_filtered(settled):
    settled.key(settled.window, Qt.Key.Key_F9)
    assert not settled.workspace.sidebar.isVisible()
    settled.key(settled.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert settled.workspace.sidebar.isVisible()
    assert settled.workspace.history.filter.isVisible()


def test_choosing_pictures_and_folders_blocks_nothing(settled, photos):
    settled.key(settled.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = settled.window.findChild(QFileDialog)
    dialog.filesSelected.emit([str(photos[1])])
    dialog.close()
    settled.until(lambda: settled.matches()[:1] == ["photo_001.jpg"])

    settled.until(lambda: settled.window.findChild(QFileDialog) is None)
    settled.window.commands["add_folder"].trigger()
    dialog = settled.window.findChild(QFileDialog)
    finished: list[object] = []  # a run that finds nothing new may be over before anybody looks
    settled.workspace.indexing.finished.connect(finished.append)
    dialog.fileSelected.emit(str(photos[1].parent))
    dialog.close()
    settled.until(lambda: finished)


def test_all_keys_and_full_screen(settled):
    settled.key(settled.window, Qt.Key.Key_F1)
    dialog = settled.window.findChild(KeysDialog)
    assert dialog.isVisible()
    dialog.close()
    settled.window.commands["full_screen"].trigger()
    assert settled.window.isFullScreen()
    settled.window.commands["full_screen"].trigger()
    assert not settled.window.isFullScreen()

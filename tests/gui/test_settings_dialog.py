"""The settings in the window: what is changed holds at once and is in the file; what is wrong is said."""

from pathlib import Path

import pytest
from gestures import question
from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from engine.settings import Settings
from engine.settings_file import SettingsFile
from gui.dialogs.settings import SettingsDialog

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def file(tmp_path) -> Path:
    (tmp_path / "config").mkdir()
    return tmp_path / "config" / "settings.toml"


@pytest.fixture
def dialog(user) -> SettingsDialog:
    return opened(user.session)


def opened(session) -> SettingsDialog:
    session.window.commands["settings"].trigger()
    return session.window.findChild(SettingsDialog)


def kept(user) -> Settings:
    """What the next start reads."""
    user.until(lambda: not user.session.tasks.busy)
    return SettingsFile(user.session.preferences.file.path).load().settings


def web_link() -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.com/cup.jpg")])
    return mime


def test_the_key_opens_one_dialog(user):
    user.key(user.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = user.window.findChild(SettingsDialog)
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == [
        "Look", "Indexing", "Keys", "Privacy",
    ]  # fmt: skip
    user.key(dialog.list, Qt.Key.Key_Down)
    assert dialog.stack.currentWidget() is dialog.indexing
    assert opened(user.session) is dialog
    user.until(dialog.isActiveWindow)
    user.key(dialog.list, Qt.Key.Key_Escape)
    user.until(lambda: user.window.findChild(SettingsDialog) is None)


def test_it_opens_without_a_library(start_session):
    dialog = opened(start_session(wait=False))
    assert dialog.look.looks["system"].isChecked()
    assert not dialog.problem.isVisible()


def test_what_concerns_the_library_appears_when_it_has_opened(start_session, qtbot):
    before = []
    session = start_session(first=lambda session: before.extend(opened(session).indexing.numbers))
    assert "thumbnail_cache_mib" not in before
    dialog = opened(session)
    assert dialog.indexing.numbers["thumbnail_cache_mib"].value() == Settings().thumbnail_cache_mib
    dialog.list.setCurrentRow(1)
    qtbot.waitUntil(dialog.indexing.clear.isVisible)
    qtbot.waitUntil(lambda: dialog.indexing.used.text().endswith("B."))
    dialog.list.setCurrentRow(3)
    qtbot.waitUntil(dialog.privacy.clear.isVisible)
    dialog.list.setCurrentRow(0)
    qtbot.waitUntil(dialog.look.thumbnails.isVisible)
    dialog.look.thumbnails.setValue(200)
    assert session.window.workspace.results.header.thumbnail_size.value() == 200
    assert dialog.look.motions["full"].nextInFocusChain() is dialog.look.thumbnails


def test_a_look_holds_at_once_and_comments_stay(start_session, file, qtbot):
    file.write_text("# mine\nworkers = 2  # two are enough\n")
    session = start_session()
    dialog = opened(session)
    with qtbot.waitSignal(session.preferences.changed) as heard:
        dialog.look.looks["dark"].click()
    assert heard.args == [Settings(workers=2, look="dark")]
    qtbot.waitUntil(lambda: "dark" in file.read_text())
    assert file.read_text().startswith("# mine\nworkers = 2  # two are enough\nlook = ")


def test_the_size_of_thumbnails_follows_both_ways(user, dialog):
    above = user.workspace.results.header.thumbnail_size
    dialog.look.thumbnails.setValue(220)
    assert above.value() == 220
    assert user.workspace._state.thumbnail_size == 220
    above.setValue(140)
    assert dialog.look.thumbnails.value() == 140


def test_another_language_is_for_the_next_start(user, dialog):
    choice = dialog.look.language
    assert [choice.itemText(place) for place in range(choice.count())] == ["As the system", "English", "Deutsch"]
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    assert kept(user).language == "de"
    assert dialog.windowTitle() == "Settings"
    assert any("from the next start" in one.text() for one in dialog.look.findChildren(type(dialog.problem)))


def test_limits_are_saved(user, dialog):
    dialog.indexing.numbers["workers"].setValue(3)
    dialog.indexing.numbers["max_megapixels"].setValue(50)
    dialog.indexing.numbers["thumbnail_cache_mib"].setValue(200)
    assert kept(user) == Settings(workers=3, max_megapixels=50, thumbnail_cache_mib=200)
    assert user.session.library._settings.max_megapixels == 50


def test_a_format_that_is_off_leaves_the_search_at_once(settled):
    dialog = opened(settled.session)
    settled.until(lambda: settled.workspace.watch.latest.counts.searchable == 12)
    dialog.indexing.formats["JPEG"].click()
    settled.until(lambda: settled.workspace.watch.latest.counts.searchable == 0)
    assert kept(settled).formats_off == ("JPEG",)
    dialog.indexing.formats["JPEG"].click()
    settled.until(lambda: settled.workspace.watch.latest.counts.searchable == 12)


def test_patterns_that_were_typed_last_count_for_the_next_folder(user, dialog, photos):
    dialog.indexing.excludes.setPlainText("photo_00[0-4].jpg\n\n")
    dialog.close()
    assert kept(user).excludes == ("photo_00[0-4].jpg",)
    user.add_folder(photos[0].parent)
    user.until(lambda: user.workspace.watch.latest.counts.searchable == 7)
    user.until(lambda: user.workspace.folders.rows()[0].root.excludes == ("photo_00[0-4].jpg",))


def test_what_was_typed_last_is_kept_when_the_window_closes(user, dialog):
    dialog.indexing.excludes.setPlainText("Trash/")
    user.window.close()
    user.until(lambda: user.session.library is None and not user.session.tasks.busy)
    assert kept(user).excludes == ("Trash/",)
    assert user.window.findChild(SettingsDialog) is None or not dialog.isVisible()


def test_thumbnails_are_counted_and_thrown_away(settled):
    page = opened(settled.session).indexing
    settled.until(lambda: page.used.text().endswith("kB."))
    before = page.used.text()
    page.clear.click()
    settled.until(lambda: page.used.text() != before and page.clear.isEnabled())
    assert settled.session.library._thumbnails.get(b"") is None


def test_links_are_not_followed_when_the_settings_say_never(user, dialog):
    dialog.privacy.downloads["never"].click()
    user.drop(web_link())
    said = "Nothing was downloaded from example.com: your settings say never."
    user.until(lambda: said in user.window.messages.texts)
    assert question(user.window) is None
    dialog.privacy.downloads["ask"].click()
    user.drop(web_link())
    user.until(lambda: question(user.window))
    question(user.window).reject()
    assert kept(user).downloads == "ask"


def test_never_holds_from_the_start(start_session, file):
    file.write_text('downloads = "never"\n')
    assert start_session().window.intake.downloads == "never"


def test_a_wrong_value_in_the_file_is_told(start_session, file):
    file.write_text('look = "pink"\n')
    dialog = opened(start_session())
    assert dialog.problem.isVisible()
    assert "The setting look is 'pink'. It must be one of system" in dialog.problem.text()


def test_a_file_that_cannot_be_changed_is_told(start_session, file, qtbot):
    file.write_text("workers = ")
    dialog = opened(start_session())
    assert "cannot be read" in dialog.problem.text()
    dialog.problem.clear()
    dialog.look.looks["light"].click()
    qtbot.waitUntil(lambda: "cannot be read" in dialog.problem.text())
    assert file.read_text() == "workers = "


class Opener(QObject):
    """Stands where the file manager is."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


def test_what_is_kept_can_be_looked_at(user, dialog, tmp_path):
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")
    try:
        places = list(dialog.privacy.openers)
        assert places == [
            tmp_path / "library", tmp_path / "config" / "settings.toml", tmp_path / "state", tmp_path / "state" / "log",
        ]  # fmt: skip
        dialog.privacy.openers[places[0]].click()
        user.until(lambda: opener.opened == [tmp_path / "library"])
        dialog.privacy.openers[places[1]].click()  # there is no settings file yet, so the nearest folder above it
        user.until(lambda: len(opener.opened) == 2)
        assert opener.opened[1] == tmp_path
    finally:
        QDesktopServices.unsetUrlHandler("file")


def test_the_history_is_forgotten_with_an_undo(settled, photos):
    settled.search_with(photos[3])
    settled.until(settled.history)
    dialog = opened(settled.session)
    dialog.privacy.clear.click()
    settled.until(lambda: not settled.history())
    settled.until(lambda: "1 query was cleared." in settled.window.messages.texts)


def test_the_row_that_the_keys_move_shows_that_the_list_has_the_focus(dressed, settled):
    dialog = settled.session.show_settings()
    dialog.list.setCurrentRow(1)
    dialog.list.setFocus(Qt.FocusReason.TabFocusReason)
    settled.until(dialog.list.hasFocus)
    focused = dialog.list.grab().toImage()
    dialog.indexing.excludes.setFocus(Qt.FocusReason.TabFocusReason)
    settled.until(dialog.indexing.excludes.hasFocus)
    left = dialog.list.grab().toImage()
    ratio = focused.devicePixelRatio()
    row = dialog.list.visualItemRect(dialog.list.item(1))
    changed = [
        y for y in range(focused.height()) if any(focused.pixel(x, y) != left.pixel(x, y) for x in range(left.width()))
    ]
    assert changed
    assert row.top() <= changed[0] / ratio <= changed[-1] / ratio <= row.bottom() + 1

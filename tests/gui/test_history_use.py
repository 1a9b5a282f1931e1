"""The history as a person uses it in the window: named, searched, deleted, asked again after a restart."""

from pathlib import Path

from deeds import offer, said
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from user import User

from gui.gallery.model import Role
from gui.panels.history_model import HistoryRole
from tests.samples import picture


def end(user: User) -> None:
    user.window.close()
    user.until(lambda: user.session.library is None and not user.window.isVisible())


def picture_of(user: User, name: str) -> object:
    model = user.workspace.history.model
    return model.index(user.history().index(name)).data(Qt.ItemDataRole.DecorationRole)


def run(user: User, name: str) -> None:
    user.choose_from_history(name)
    user.key(user.workspace.history.view, Qt.Key.Key_Return)


def test_a_picture_from_elsewhere_outlives_its_file_and_the_program(settled, photos, tmp_path, start_session, qtbot):
    outside = tmp_path / "Downloads" / "poster.jpg"
    outside.parent.mkdir()
    outside.write_bytes(photos[4].read_bytes())
    settled.search_with(outside)
    settled.until(lambda: "poster.jpg" in settled.history())
    end(settled)
    outside.unlink()

    again = User(qtbot, start_session())
    again.until(lambda: again.history() == ["Today", "poster.jpg"])
    again.until(lambda: picture_of(again, "poster.jpg") is not None)
    assert not picture_of(again, "poster.jpg").isNull()
    run(again, "poster.jpg")
    again.until(lambda: again.matches()[:1] == ["photo_004.jpg"])
    assert again.query_names() == ["poster.jpg"]


def test_a_query_is_named_in_place_and_goes_by_its_pictures_again(settled, photos):
    settled.search_with(photos[4])
    settled.until(lambda: "photo_004.jpg" in settled.history())
    for typed, shown in (("Beach houses", "Beach houses"), ("", "photo_004.jpg")):
        view = settled.workspace.history.view
        view.setFocus()
        settled.key(view, Qt.Key.Key_F2)
        (editor,) = view.viewport().findChildren(QLineEdit)
        editor.setText(typed)
        settled.key(editor, Qt.Key.Key_Return)
        settled.until(lambda shown=shown: shown in settled.history())
        settled.until(lambda view=view: not view.viewport().findChildren(QLineEdit))


def test_several_are_deleted_with_one_undo(settled, photos):
    for path in photos[:3]:
        settled.search_with(path)
    settled.until(lambda: len(settled.history()) == 4)
    settled.workspace.history.view.selectAll()
    settled.key(settled.workspace.history.view, Qt.Key.Key_Delete)
    settled.until(lambda: settled.history() == [])
    settled.until(lambda: "3 queries were deleted" in said(settled))
    offer(settled).click()
    settled.until(lambda: len(settled.history()) == 4)


def test_clearing_can_be_undone(settled, photos):
    settled.search_with(photos[0])
    settled.until(lambda: "photo_000.jpg" in settled.history())
    settled.workspace.history.clear.click()
    settled.until(lambda: settled.history() == [])
    settled.until(lambda: "1 query was cleared" in said(settled))
    offer(settled).click()
    settled.until(lambda: settled.history() == ["Today", "photo_000.jpg"])


def test_asking_again_tells_what_is_new_in_the_history_and_in_the_gallery(settled, photos, make_photos):
    settled.search_with(photos[4])
    settled.until(lambda: "photo_004.jpg" in settled.history())
    settled.workspace.searching.clear()
    make_photos(photos[0].parent, 3, first=12)
    settled.key(settled.window, Qt.Key.Key_F5)
    settled.until(lambda: "15 of 15 searchable" in settled.workspace.activity.searchable.text())
    run(settled, "photo_004.jpg")
    settled.until(lambda: len(settled.matches()) == 15)
    model = settled.workspace.history.model
    settled.until(lambda: model.index(settled.history().index("photo_004.jpg")).data(HistoryRole.NEW) == "3 new")
    gallery = settled.workspace.results.gallery.model()
    matches = [gallery.index(row, 0).data(Role.MATCH) for row in range(gallery.rowCount())]
    assert sum(match.new for match in matches) == 3
    assert settled.workspace.results.header.summary.text() == "15 matches, 3 new"


def test_escape_in_the_search_box_leaves_the_query_alone(settled, photos, tmp_path: Path):
    settled.search_with(photos[4])
    settled.workspace.sidebar.filter_history()
    field = settled.workspace.history.filter
    settled.until(field.hasFocus)
    settled.key(field, Qt.Key.Key_Escape)
    assert field.isHidden()
    assert settled.workspace.searching.query is not None


def test_a_pinned_query_tells_of_new_matches(settled, photos):
    settled.search_with(photos[3])
    settled.until(lambda: "photo_003.jpg" in settled.history())
    entry = settled.workspace.watch.latest.history[0]
    settled.workspace.remembering.pin([entry], True)
    settled.until(lambda: settled.workspace.watch.latest.history[0].pinned)
    picture(3).resize((90, 68)).save(photos[0].parent / "came.jpg", quality=80)
    settled.workspace.indexing.update()
    settled.until(lambda: "“photo_003.jpg” has 1 new match." in said(settled))
    model = settled.workspace.history.model
    row = settled.history().index("photo_003.jpg")
    settled.until(lambda: model.index(row).data(HistoryRole.NEW) == "1 new")
    offer(settled, "Show").click()
    settled.until(lambda: any(match.new for match in settled.workspace.results.result.matches))
    assert [match.photo.path.name for match in settled.workspace.results.result.matches if match.new] == ["came.jpg"]

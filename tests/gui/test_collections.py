"""Collections in the window: made, filled, opened, renamed and deleted."""

import pytest
from deeds import choose, offer, said
from PySide6.QtCore import QModelIndex, Qt

from gui.browsing import View
from gui.gallery.drag import mime_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key


@pytest.fixture
def asked(settled, photos):
    settled.search_with(photos[0])
    return settled


def name_it(user, name: str) -> None:
    """Type a name into the dialog that asks for one."""
    dialog = user.workspace.doers.collecting.dialog
    dialog.setTextValue(name)
    dialog.accept()


def listed(user) -> list[tuple[str, int]]:
    return [(one.name, one.photos) for one in user.workspace.collections.model.collections]


def make(user, name: str, *rows: int):
    """A collection of these rows of the gallery, made by the context menu."""
    choose(user, *rows)
    photos = user.workspace.results.gallery.selected_photos()
    menu = user.workspace.photo_actions.menu(photos)
    submenu = user.workspace.doers.collecting.menu(photos, menu)
    submenu.actions()[-1].trigger()
    name_it(user, name)
    user.until(lambda: (name, len(rows)) in listed(user))
    return user.session.library.collections.named(name)


def test_the_panel_explains_itself_until_there_is_a_collection(settled):
    panel = settled.workspace.collections
    assert panel._pages.currentIndex() == 1
    panel.add_wanted.emit()
    name_it(settled, "Beach")
    settled.until(lambda: listed(settled) == [("Beach", 0)])
    assert panel._pages.currentIndex() == 0
    offer(settled).click()
    settled.until(lambda: listed(settled) == [])


def test_photos_are_collected_by_the_menu_and_undone(asked):
    make(asked, "Beach", 1, 2)
    assert "“Beach” was made, with 2 photos." in said(asked)
    choose(asked, 2, 3, 4)
    photos = asked.workspace.results.gallery.selected_photos()
    menu = asked.workspace.photo_actions.menu(photos)
    submenu = asked.workspace.doers.collecting.menu(photos, menu)
    assert [action.text() for action in submenu.actions()] == ["Beach", "", "New collection…"]
    submenu.actions()[0].trigger()
    asked.until(lambda: listed(asked) == [("Beach", 4)])
    assert "2 photos added to “Beach”." in said(asked)
    offer(asked).click()
    asked.until(lambda: listed(asked) == [("Beach", 2)])
    submenu.actions()[0].trigger()
    asked.until(lambda: listed(asked) == [("Beach", 4)])
    submenu.actions()[0].trigger()
    asked.until(lambda: "They are in “Beach” already." in said(asked))


def test_photos_are_dropped_on_a_collection(asked):
    make(asked, "Beach", 1)
    choose(asked, 1, 5, 6)
    mime = mime_of(asked.workspace.results.gallery.selected_photos())
    view = asked.workspace.collections.view
    view.drop_on(QModelIndex(), mime)
    view.drop_on(view.model().index(0, 0), mime)
    asked.until(lambda: listed(asked) == [("Beach", 3)])


def test_a_collection_is_renamed_and_a_taken_name_is_a_sentence(asked):
    make(asked, "Beach", 1)
    make(asked, "Walks", 2)
    view = asked.workspace.collections.view
    view.setCurrentIndex(view.model().index(1, 0))
    asked.key(view, Key.Key_F2)
    assert asked.workspace.doers.collecting.dialog.textValue() == "Walks"
    name_it(asked, "beach")
    asked.until(lambda: "There is a collection “Beach” already." in said(asked))
    asked.key(view, Key.Key_F2)
    name_it(asked, "Alps")
    asked.until(lambda: listed(asked) == [("Alps", 1), ("Beach", 1)])


def test_a_deleted_collection_comes_back_and_its_photos_never_went(asked, photos):
    made = make(asked, "Beach", 1, 2)
    view = asked.workspace.collections.view
    view.setCurrentIndex(view.model().index(0, 0))
    asked.key(view, Key.Key_Delete)
    asked.until(lambda: listed(asked) == [])
    assert "The collection “Beach” was deleted." in said(asked)
    assert len(asked.matches()) == 12
    offer(asked).click()
    asked.until(lambda: listed(asked) == [("Beach", 2)])
    assert asked.session.library.collections.get(made.id).photos == 2


def test_a_collection_keeps_its_photos_when_they_move(asked, photos):
    made = make(asked, "Beach", 0)
    photos[0].rename(photos[0].with_name("moved.jpg"))
    asked.workspace.indexing.update()
    library = asked.session.library
    asked.until(lambda: [photo.path.name for photo in library.collected_photos(made.id)] == ["moved.jpg"])


def test_the_model_is_a_model(asked, qtmodeltester):
    make(asked, "Beach", 1)
    make(asked, "Walks & more", 2)
    model = asked.workspace.collections.model
    qtmodeltester.check(model)
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Walks & more, 1 photo"


def shown(user) -> list[str]:
    """The names of the photos in the gallery."""
    listing = user.workspace.results.model.listing
    return sorted(photo.path.name for row in range(len(listing)) if (photo := listing.photo(row)) is not None)


def test_a_collection_is_opened_and_photos_are_taken_out_there(asked):
    make(asked, "Beach", 1, 2)
    view = asked.workspace.collections.view
    view.setCurrentIndex(view.model().index(0, 0))
    asked.key(view, Key.Key_Return)
    asked.until(lambda: len(shown(asked)) == 2)
    assert view.selectionModel().selectedIndexes() == [view.model().index(0, 0)]
    (gone,) = choose(asked, 0)
    photos = asked.workspace.results.gallery.selected_photos()
    submenu = asked.workspace.doers.collecting.menu(photos, asked.workspace.photo_actions.menu(photos))
    assert submenu.actions()[-1].text() == "Take out of “Beach”"
    submenu.actions()[-1].trigger()
    asked.until(lambda: len(shown(asked)) == 1 and gone not in shown(asked))
    assert "1 photo taken out of “Beach”." in said(asked)
    offer(asked).click()
    asked.until(lambda: len(shown(asked)) == 2)
    asked.workspace.exploring.view(View.ALL)
    asked.until(lambda: len(shown(asked)) == 12)
    assert not view.selectionModel().hasSelection()


def test_a_collection_is_a_filter_for_the_question(asked):
    made = make(asked, "Beach", 1, 2, 3)
    asked.workspace.collections.filter_wanted.emit(made)
    asked.until(lambda: len(asked.matches()) == 3)
    view = asked.workspace.collections.view
    view.setCurrentIndex(view.model().index(0, 0))
    asked.key(view, Key.Key_Delete)
    asked.until(lambda: len(asked.matches()) == 12)


def test_an_opened_collection_that_is_deleted_closes(asked):
    make(asked, "Beach", 1, 2)
    view = asked.workspace.collections.view
    view.setCurrentIndex(view.model().index(0, 0))
    asked.key(view, Key.Key_Return)
    asked.until(lambda: len(shown(asked)) == 2)
    asked.key(view, Key.Key_Delete)
    asked.until(lambda: asked.workspace.stage.currentWidget() is asked.workspace.welcome)
    assert "There is no collection" not in said(asked)

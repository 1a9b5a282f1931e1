"""The map in the window, on the real engine."""

import threading

import pytest
from deeds import said
from PySide6.QtCore import Qt

from engine.filters import Filters
from engine.maps import ColorBy
from gui.browsing import View
from tests.samples import picture

Key = Qt.Key


@pytest.fixture
def mapped(settled):
    """A user who looks at the map of twelve photos."""
    settled.workspace.library_panel.map.click()
    settled.until(lambda: settled.workspace.atlas.canvas.atlas is not None)
    return settled


def select_all(user):
    user.key(user.workspace.atlas.canvas, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert user.workspace.atlas.canvas.selected.sum() == 12


def test_the_map_of_the_library_and_back(mapped, photos):
    workspace = mapped.workspace
    assert workspace.stage.mapping
    assert len(workspace.atlas.canvas.atlas) == 12
    assert workspace.atlas.title.text() == "All photos: 12 photos"
    assert workspace.atlas.legend.rows[0].accessibleName().startswith("Group 1, ")
    panel = workspace.library_panel
    assert panel.map.isChecked()
    panel.map.click()
    assert panel.map.isChecked()
    mapped.key(workspace.atlas.canvas, Key.Key_Escape)
    assert not workspace.stage.mapping
    assert not panel.map.isChecked()
    panel.map.click()  # what was drawn is there at once, and goes on to follow the library
    assert workspace.atlas.canvas.atlas is not None
    mapped.until(lambda: not mapped.session.tasks.busy)
    (photos[0].parent / "photo_004.jpg").unlink()
    workspace.indexing.update()
    mapped.until(lambda: len(workspace.atlas.canvas.atlas) == 11)


def test_the_matches_on_screen_are_mapped(settled, photos):
    settled.search_with(photos[3])
    settled.window.commands["map"].trigger()
    settled.until(lambda: settled.workspace.atlas.canvas.atlas is not None)
    assert settled.workspace.atlas.title.text() == "12 matches"
    settled.key(settled.workspace.atlas.canvas, Key.Key_Escape)
    assert settled.workspace.stage.currentWidget() is settled.workspace.results


def test_too_few_photos_are_said(settled, photos):
    settled.workspace.exploring.view(View.ALL)
    settled.until(lambda: settled.workspace.browsing.shelf)
    settled.workspace.exploring.filter(Filters(min_size=100_000))
    settled.until(lambda: not len(settled.workspace.results.model.listing))
    settled.window.commands["map"].trigger()
    settled.until(lambda: "at least 8 photos" in settled.workspace.atlas.canvas.accessible_state())
    assert settled.workspace.atlas.legend.isHidden()


def test_colours_are_chosen_and_a_press_on_one_selects_its_photos(mapped):
    page = mapped.workspace.atlas
    page._ways[ColorBy.FOLDER].trigger()
    mapped.until(lambda: page.by is ColorBy.FOLDER)
    assert page.legend.rows[0].accessibleName() == "Pictures, 12 photos"
    page.legend.rows[0].click()
    assert page.canvas.selected.sum() == 12
    assert page._said.text() == "12 photos selected"
    page._ways[ColorBy.COLLECTION].trigger()
    mapped.until(lambda: page.by is ColorBy.COLLECTION)
    assert page.legend.rows[0].accessibleName() == "In no collection, 12 photos"


def test_a_selection_becomes_a_collection(mapped):
    select_all(mapped)
    mapped.workspace.atlas.collection_wanted.emit()
    collecting = mapped.workspace.doers.collecting
    mapped.until(lambda: collecting.dialog is not None)
    collecting.dialog.setTextValue("From the map")
    collecting.dialog.accept()
    mapped.until(lambda: "“From the map” was made, with 12 photos." in said(mapped))


def test_a_selection_becomes_a_subject_of_a_training(mapped):
    select_all(mapped)
    mapped.workspace.atlas.training_wanted.emit()
    collecting = mapped.workspace.doers.collecting
    mapped.until(lambda: collecting.dialog is not None)
    collecting.dialog.setTextValue("Subject")
    collecting.dialog.accept()
    mapped.until(lambda: mapped.workspace.training.dialog is not None)
    mapped.until(lambda: [one.name for one in mapped.workspace.training.collections] == ["Subject"])
    mapped.workspace.training.dialog.close()


def test_a_selection_becomes_a_query(mapped):
    select_all(mapped)
    mapped.workspace.atlas.lookalikes_wanted.emit()
    mapped.until(lambda: mapped.workspace.searching.result)
    assert len(mapped.query_names()) == 12
    assert mapped.workspace.stage.currentWidget() is mapped.workspace.results


def test_a_photo_is_opened_and_closing_it_returns_to_the_map(mapped):
    select_all(mapped)
    mapped.key(mapped.workspace.atlas.canvas, Key.Key_Return)
    mapped.until(lambda: mapped.workspace.stage.viewing)
    first = mapped.workspace.viewer.photo
    mapped.key(mapped.workspace.viewer, Key.Key_PageDown)
    mapped.key(mapped.workspace.viewer, Key.Key_PageUp)
    assert mapped.workspace.viewer.photo == first
    mapped.key(mapped.workspace.viewer, Key.Key_Escape)
    assert mapped.workspace.stage.mapping


def test_a_new_photo_joins_the_map_that_is_looked_at(mapped, photos):
    picture(3).resize((90, 68)).save(photos[0].parent / "came.jpg", quality=80)
    mapped.workspace.indexing.update()
    mapped.until(lambda: mapped.workspace.atlas.canvas.atlas and len(mapped.workspace.atlas.canvas.atlas) == 13)
    assert mapped.workspace.atlas.title.text() == "All photos: 13 photos"


def test_a_map_that_is_being_drawn_can_be_given_up(settled, monkeypatch):
    begun, go = threading.Event(), threading.Event()
    library = settled.session.library

    def of(filters, job):
        begun.set()
        go.wait(20)
        job.checkpoint()

    monkeypatch.setattr(library.maps, "of", of)
    settled.workspace.library_panel.map.click()
    settled.until(begun.is_set)
    settled.workspace.atlas.cancelled.emit()
    go.set()
    assert not settled.workspace.stage.mapping
    settled.until(lambda: not settled.session.tasks.busy)


def test_thumbnails_are_loaded_for_what_is_seen(mapped):
    canvas = mapped.workspace.atlas.canvas
    mapped.until(lambda: any(mapped.workspace.loader.image(one.decode()) for one in canvas.atlas.ids.tolist()))

"""Arranging the answers of a real library in the window, and what is remembered of it."""

import shutil
from dataclasses import replace

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QDrag
from user import User

from gui.gallery.drag import dragged_photo_ids
from gui.gallery.score_range import step_of
from tests.samples import picture

Key = Qt.Key


@pytest.fixture
def burst(user, photos):
    """A user whose folder has three shots of one scene and a copy beside twelve other photos."""
    folder = photos[0].parent
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2019:05:04 12:00:00"
    scene = picture(50, (640, 480))
    for name, quality in (("burst_a.jpg", 95), ("burst_b.jpg", 40), ("burst_c.jpg", 80)):
        scene.save(folder / name, exif=exif, quality=quality)
    shutil.copyfile(photos[3], folder / "copy.jpg")
    user.add_folder(folder)
    user.search_with(folder / "burst_b.jpg")
    return user


def shown(user: User) -> list[str]:
    model = user.workspace.results.model
    return [model.index(row).data() for row in range(model.rowCount())]


def choose(user: User, text: str) -> None:
    menu = user.workspace.results.header.order.menu()
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_the_shots_of_a_burst_are_folded_and_shown(burst):
    results = burst.workspace.results
    assert results.header.summary.text() == "16 matches"
    assert results.header.note.text().startswith("3 folded")
    folded = [name for name in shown(burst) if name.startswith("burst")]
    assert len(folded) == 1
    results.gallery.set_current_photo(results.model.listing.photo_id(shown(burst).index(folded[0])))
    burst.key(results.gallery, Key.Key_G)
    at = shown(burst).index(folded[0])
    assert sorted(shown(burst)[at : at + 3]) == ["burst_a.jpg", "burst_b.jpg", "burst_c.jpg"]
    burst.key(results.gallery, Key.Key_G)
    assert [name for name in shown(burst) if name.startswith("burst")] == folded


def test_an_answer_is_arranged_by_look(burst):
    results = burst.workspace.results
    choose(burst, "Look")
    burst.until(lambda: results.arrangement.looks)
    looks = results.arrangement.looks
    assert sorted(looks) == sorted(match.photo.id for match in results.result.matches)
    heads = [results.model.listing.photo_id(row) for row in range(len(results.model.listing))]
    assert heads == sorted(heads, key=looks.get)
    assert not results.header.note.text().startswith("Arranging")
    choose(burst, "From the other end")
    assert [results.model.listing.photo_id(row) for row in range(len(heads))] == heads[::-1]
    choose(burst, "Score")
    assert shown(burst)[0].startswith("burst")


def test_the_order_by_look_stays_for_the_next_question(burst, photos):
    choose(burst, "Look")
    burst.until(lambda: burst.workspace.results.arrangement.looks)
    burst.search_with(photos[2])
    results = burst.workspace.results
    burst.until(lambda: not results.header.note.text().startswith("Arranging"))
    ids = {match.photo.id for match in results.result.matches}
    assert ids <= set(results.arrangement.looks)


def test_sharpness_was_measured(burst):
    assert all(match.photo.sharpness is not None for match in burst.workspace.results.result.matches)


def test_a_range_of_scores_and_an_order(burst):
    results = burst.workspace.results
    results.header.stacks.click()
    assert len(shown(burst)) == 16
    third = results.result.matches[2].score
    results.header.scores.lowest.setValue(step_of(third) - 1)
    kept = [match for match in results.result.matches if match.score >= results.arrangement.lowest]
    assert results.header.summary.text() == f"{len(kept)} of 16 matches"
    assert len(shown(burst)) == len(kept)
    results.header.scores.lowest.setValue(0)
    choose(burst, "Name")
    assert shown(burst) == sorted(shown(burst))
    choose(burst, "Z to A")
    assert shown(burst) == sorted(shown(burst), reverse=True)
    choose(burst, "Date")
    assert all(name.startswith("burst") for name in shown(burst)[-3:])


def test_typing_selecting_and_dragging_several(burst, monkeypatch):
    gallery = burst.workspace.results.gallery
    burst.workspace.results.header.stacks.click()
    choose(burst, "Name")
    dragged = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, actions: dragged.append(dragged_photo_ids(drag.mimeData())))
    gallery.setFocus()
    for key in (Key.Key_Slash, Key.Key_P, Key.Key_H):  # P alone is a key of its own
        burst.key(gallery, key)
    assert gallery.current_photo().path.name == "photo_000.jpg"
    for _ in range(3):
        burst.key(gallery, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert burst.workspace.results.header.note.text().startswith("4 selected, ")
    gallery.startDrag(Qt.DropAction.CopyAction)
    assert dragged == [[photo.id for photo in gallery.selected_photos()]]
    assert len(dragged[0]) == 4


def test_the_viewer_walks_through_what_is_shown(burst):
    choose(burst, "Name")
    gallery, stage = burst.workspace.results.gallery, burst.workspace.stage
    names = shown(burst)
    gallery.set_current_photo(burst.workspace.results.model.listing.photo_id(0))
    burst.key(gallery, Key.Key_Return)
    assert stage.viewing
    burst.key(burst.workspace.viewer, Key.Key_Right)
    assert burst.workspace.viewer.photo.path.name == names[1]
    burst.key(burst.workspace.viewer, Key.Key_Escape)
    assert gallery.current_photo().path.name == names[1]


def test_the_next_start_remembers_captions_stacks_and_size(start_session, settled, photos):
    results = settled.workspace.results
    for action in results.header.captions.menu().actions():
        if action.text() in ("Folder", "Score"):
            action.trigger()
    results.header.stacks.click()
    results.header.thumbnail_size.setValue(222)
    settled.window.close()
    settled.until(lambda: settled.session.library is None and not settled.session.tasks.busy)
    again = start_session().window.workspace.results
    assert [action.text() for action in again.header.captions.menu().actions() if action.isChecked()] == [
        "File name",
        "Folder",
    ]
    assert not again.header.stacks.isChecked()
    assert again.gallery.thumbnail_size() == 222


def test_scrolling_to_the_end_of_an_answer_goes_on_with_farther_matches(settled, photos):
    settled.search_with(photos[0])
    settled.workspace.searching.ask(replace(settled.workspace.searching.query, k=2))
    settled.until(lambda: len(shown(settled)) == 12)
    assert settled.workspace.results.header.summary.text() == "12 matches"
    settled.key(settled.window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled.until(lambda: settled.workspace.searching.query.k == 200)


def test_whoever_leafs_through_the_matches_in_the_viewer_comes_to_farther_ones(user, make_photos, tmp_path):
    photos = make_photos(tmp_path / "Pictures", 120)
    user.add_folder(photos[0].parent)
    user.search_with(photos[0])
    searching, stage = user.workspace.searching, user.workspace.stage
    searching.ask(replace(searching.query, k=100))
    user.until(lambda: searching.result is not None and len(searching.result.matches) == 100)
    stage.open_viewer(searching.result.matches[0].photo)
    assert len(searching.result.matches) == 100
    user.key(user.workspace.viewer, Key.Key_End)
    user.until(lambda: len(searching.result.matches) == 120)
    last = searching.result.matches[99].photo
    assert user.workspace.viewer.photo == last
    user.key(user.workspace.viewer, Key.Key_PageDown)
    assert user.workspace.viewer.photo == searching.result.matches[100].photo

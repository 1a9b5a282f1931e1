"""Photos to the trash and back, in the window."""

import pytest
from deeds import choose, offer, said
from gestures import answer, question
from PySide6.QtCore import Qt

from engine import trash
from gui import trashing

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def asked(own_trash, settled, photos):
    settled.search_with(photos[0])
    return settled


def asking(user):
    user.key(user.workspace.results.gallery, Qt.Key.Key_Delete)
    user.until(lambda: question(user.window))
    return question(user.window)


def test_the_question_names_the_photos_and_keeping_is_the_safe_answer(asked, photos):
    names = choose(asked, *range(1, 8))
    box = asking(asked)
    assert box.text() == "Move 7 photos to the trash?"
    assert box.informativeText().splitlines()[:6] == [*names[:5], "and 2 more"]
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert box.defaultButton().text() == "Keep"
    box.reject()
    asked.until(lambda: question(asked.window) is None)
    assert all(photo.exists() for photo in photos)


def test_photos_leave_at_once_and_undo_brings_them_back(asked, photos, own_trash):
    names = choose(asked, 1, 2)
    answer(asking(asked), "Move to the trash")
    asked.until(lambda: len(asked.matches()) == 10)
    assert "2 photos are in the trash." in said(asked)
    assert sorted(file.name for file in (own_trash / "files").iterdir()) == sorted(names)
    asked.until(lambda: "10 of 10 searchable" in asked.workspace.activity.searchable.text())
    offer(asked).click()
    asked.until(lambda: len(asked.matches()) == 12)
    assert "2 photos are back." in said(asked)
    assert all(photo.exists() for photo in photos)


def test_the_picture_of_the_question_can_go_and_the_history_still_works(asked, photos):
    assert choose(asked, 0) == ["photo_000.jpg"]
    answer(asking(asked), "Move to the trash")
    asked.until(lambda: len(asked.matches()) == 11)
    asked.workspace.searching.clear()
    asked.choose_from_history("photo_000.jpg")
    asked.key(asked.workspace.history.view, Qt.Key.Key_Return)
    asked.until(lambda: len(asked.matches()) == 11)


def test_a_drive_without_a_trash_is_a_sentence_and_nothing_is_lost(asked, photos, monkeypatch):
    monkeypatch.setattr(trash, "_has_trash", lambda path: False)
    choose(asked, 1, 2)
    answer(asking(asked), "Move to the trash")
    asked.until(lambda: "2 photos stay where they are." in said(asked))
    assert "has no trash" in said(asked)
    assert all(photo.exists() for photo in photos)
    assert len(asked.matches()) == 12


def test_where_the_system_restores_nothing_no_undo_is_offered(asked, monkeypatch):
    monkeypatch.setattr(trash, "_record_of", lambda path, started: None)
    choose(asked, 1)
    answer(asking(asked), "Move to the trash")
    asked.until(lambda: "1 photo is in the trash." in said(asked))
    with pytest.raises(IndexError):
        offer(asked)


def test_a_name_cannot_break_the_lines_of_the_question(tmp_path):
    assert (
        trashing.one_line(tmp_path / "a\nb\u202egpj.jpg")
        == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}gpj.jpg"
    )

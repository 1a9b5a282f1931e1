import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from paged import Paged
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from engine.records import SearchResult
from gui.gallery.listing import Answer
from gui.gallery.model import GalleryModel, Role

MakeAnswer = Callable[..., SearchResult]


def ids_of(model: GalleryModel) -> list[str]:
    return [model.listing.photo_id(row) for row in range(model.rowCount())]


def test_it_keeps_the_rules_of_qt_models(
    model: GalleryModel, make_answer: MakeAnswer, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)
    model.show(Answer(make_answer("abcdef", noise=0.997)))
    for ids in ("abcdef", "bacxdef", "fy", "", "abc", "zabcq", "cba"):
        model.show(Answer(make_answer(ids, noise=0.998)), keep=True)
        assert ids_of(model) == list(ids)
    model.clear()


def test_roles(model: GalleryModel, make_answer: MakeAnswer) -> None:
    answer = make_answer("ab", scores=[0.9999, 0.982], noise=0.5)
    model.show(Answer(answer))
    second = model.index(1)
    assert second.data() == "b.jpg"
    assert second.data(Role.PHOTO) is answer.matches[1].photo
    assert second.data(Role.MATCH) is answer.matches[1]
    assert str(second.data(Role.WORDING)) == "98.2 % loose"
    assert second.data(Qt.ItemDataRole.AccessibleTextRole) == "b.jpg, score 98.2 %, loose, rank 2"
    assert second.data(Qt.ItemDataRole.DecorationRole) is None
    assert second.data(Role.FAILURE) is None
    assert second.data(Qt.ItemDataRole.CheckStateRole) is None


def test_what_screen_readers_hear_of_marks(model: GalleryModel, make_answer: MakeAnswer) -> None:
    answer = make_answer("a", scores=[1.0], offline=True, pinned=True)
    model.show(Answer(replace(answer, matches=(replace(answer.matches[0], new=True),))))
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "a.jpg, identical, rank 1, new, pinned, offline"


def test_the_tooltip_tells_the_facts_and_takes_no_name_for_markup(model: GalleryModel, make_answer: MakeAnswer) -> None:
    model.show(Answer(make_answer(["<b>bold"], scores=[0.982])))
    tooltip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    for fact in (
        "/photos/&lt;b&gt;bold.jpg",
        "320 × 240",
        "03/05/2024 12:00",
        "98.2 % loose",
        "distance 0.018",
        "rank 1",
    ):
        assert fact in tooltip


@pytest.mark.parametrize(
    ("scores", "row"),
    [([0.9, 0.8, 0.3, 0.2], 2), ([0.3, 0.2], 0), ([0.9, 0.8], None), ([0.9, 0.3, 0.8], None), ([], None)],
)
def test_where_chance_begins(
    model: GalleryModel, make_answer: MakeAnswer, scores: list[float], row: int | None
) -> None:
    model.show(Answer(make_answer("abcd"[: len(scores)], scores=scores, noise=0.5)))
    assert model.noise_row == row


def test_a_refresh_moves_persistent_indexes_with_their_photos(model: GalleryModel, make_answer: MakeAnswer) -> None:
    model.show(Answer(make_answer("abcdef")))
    held = {name: QPersistentModelIndex(model.index(row)) for row, name in enumerate("abcdef")}
    model.show(Answer(make_answer("xfbyacd")), keep=True)
    assert {name: index.row() for name, index in held.items() if index.isValid()} == {
        "f": 1, "b": 2, "a": 4, "c": 5, "d": 6,
    }  # fmt: skip
    assert not held["e"].isValid()


def test_a_refresh_with_nothing_new_announces_nothing(
    model: GalleryModel, make_answer: MakeAnswer, qtbot: QtBot
) -> None:
    model.show(Answer(make_answer("abc")))
    signals = [model.modelReset, model.layoutChanged, model.rowsInserted, model.rowsRemoved, model.dataChanged]
    heard = []
    for signal in signals:
        signal.connect(lambda *_: heard.append(1))
    model.show(Answer(make_answer("abc")), keep=True)
    assert heard == []


def test_a_refresh_announces_only_the_rows_that_changed(
    model: GalleryModel, make_answer: MakeAnswer, qtbot: QtBot
) -> None:
    model.show(Answer(make_answer("abcd", scores=[0.9, 0.8, 0.7, 0.6])))
    with qtbot.waitSignal(model.dataChanged) as changed, qtbot.assertNotEmitted(model.modelReset):
        model.show(Answer(make_answer("abcd", scores=[0.9, 0.85, 0.75, 0.6])), keep=True)
    first, last = changed.args[:2]
    assert (first.row(), last.row()) == (1, 2)


def test_another_noise_score_puts_every_row_into_other_words(
    model: GalleryModel, make_answer: MakeAnswer, qtbot: QtBot
) -> None:
    model.show(Answer(make_answer("ab", scores=[0.9, 0.8], noise=0.1)))
    with qtbot.waitSignal(model.dataChanged):
        model.show(Answer(make_answer("ab", scores=[0.9, 0.8], noise=0.85)), keep=True)
    assert model.index(1).data(Role.WORDING).word == "chance"
    assert model.noise_row == 1


def test_the_first_answer_may_be_a_refresh(model: GalleryModel, make_answer: MakeAnswer) -> None:
    model.show(Answer(make_answer("ab")), keep=True)
    assert ids_of(model) == ["a", "b"]
    assert model.row_of("b") == 1
    assert model.row_of("c") == -1


def test_clearing_leaves_nothing(model: GalleryModel, make_answer: MakeAnswer) -> None:
    model.show(Answer(make_answer("ab", noise=2)))
    model.clear()
    assert (model.rowCount(), model.noise_row, len(model.listing)) == (0, None, 0)


def test_changes_too_many_for_steps_are_told_at_once(
    model: GalleryModel, make_answer: MakeAnswer, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)
    ids = [f"p{number}" for number in range(400)]
    model.show(Answer(make_answer(ids)))
    held = {row: QPersistentModelIndex(model.index(row)) for row in (0, 1, 2, 399)}
    model.show(Answer(make_answer(ids[::2])), keep=True)  # every other photo goes
    assert [held[row].row() for row in (0, 1, 2, 399)] == [0, -1, 1, -1]
    model.show(Answer(make_answer(ids[::-1])), keep=True)
    assert [held[row].row() for row in (0, 2)] == [399, 397]


class TestPhotosThatAreReadAsTheyAreLookedAt:
    def test_it_keeps_the_rules_of_qt_models(
        self, model: GalleryModel, paged: Callable[..., Paged], qtmodeltester: ModelTester
    ) -> None:
        qtmodeltester.check(model)
        model.show(paged(1000))
        model.listing.arrive(range(10, 20))
        model.show(paged(900), keep=True)
        model.clear()

    def test_a_row_says_nothing_until_its_photo_is_there(
        self, model: GalleryModel, paged: Callable[..., Paged], qtbot: QtBot
    ) -> None:
        listing = paged(1000)
        model.show(listing)
        assert model.index(5).data() is None
        assert model.photo_at(5) is None
        with qtbot.waitSignal(model.dataChanged) as changed:
            listing.arrive(range(5, 8))
        assert [index.row() for index in changed.args[:2]] == [5, 7]
        assert model.index(5).data() == "p5.jpg"
        assert model.index(5).data(Role.WORDING) is None
        assert model.index(5).data(Qt.ItemDataRole.AccessibleTextRole) == "p5.jpg"
        assert "rank" not in model.index(5).data(Qt.ItemDataRole.ToolTipRole)

    def test_what_an_earlier_listing_reads_is_no_longer_heard(
        self, model: GalleryModel, paged: Callable[..., Paged], qtbot: QtBot
    ) -> None:
        old = paged(1000)
        model.show(old)
        model.show(paged(10))
        with qtbot.assertNotEmitted(model.dataChanged):
            old.arrive(range(500, 510))

    @pytest.mark.alone
    def test_a_million_photos_are_replaced_without_looking_at_each(
        self, model: GalleryModel, paged: Callable[..., Paged]
    ) -> None:
        model.show(paged(1_000_000))
        held = QPersistentModelIndex(model.index(777_777))
        started = time.thread_time()
        model.show(paged(1_000_001, first=-1), keep=True)
        assert time.thread_time() - started < 0.1
        assert held.row() == 777_778

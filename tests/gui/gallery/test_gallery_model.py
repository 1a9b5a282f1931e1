from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from engine.records import SearchResult
from gui.gallery.model import GalleryModel, Role

MakeAnswer = Callable[..., SearchResult]


def test_it_keeps_the_rules_of_qt_models(
    model: GalleryModel, make_answer: MakeAnswer, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)
    model.show_result(make_answer("abcdef", noise=0.997))
    for ids in ("abcdef", "bacxdef", "fy", "", "abc", "zabcq", "cba"):
        model.show_result(make_answer(ids, noise=0.998), keep=True)
        assert model.photo_ids == list(ids)
    model.clear()


def test_roles(model: GalleryModel, make_answer: MakeAnswer) -> None:
    answer = make_answer("ab", scores=[0.9999, 0.982], noise=0.5)
    model.show_result(answer)
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
    answer = make_answer("a", scores=[1.0], offline=True)
    model.show_result(replace(answer, matches=(replace(answer.matches[0], new=True),)))
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "a.jpg, identical, rank 1, new, offline"


def test_the_tooltip_tells_the_facts_and_takes_no_name_for_markup(model: GalleryModel, make_answer: MakeAnswer) -> None:
    model.show_result(make_answer(["<b>bold"], scores=[0.982]))
    tooltip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    for fact in (
        "/photos/&lt;b&gt;bold.jpg",
        "320 × 240",
        "2024-05-03 12:00",
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
    model.show_result(make_answer("abcd"[: len(scores)], scores=scores, noise=0.5))
    assert model.noise_row == row


def test_a_refresh_moves_persistent_indexes_with_their_photos(model: GalleryModel, make_answer: MakeAnswer) -> None:
    model.show_result(make_answer("abcdef"))
    held = {name: QPersistentModelIndex(model.index(row)) for row, name in enumerate("abcdef")}
    model.show_result(make_answer("xfbyacd"), keep=True)
    assert {name: index.row() for name, index in held.items() if index.isValid()} == {
        "f": 1, "b": 2, "a": 4, "c": 5, "d": 6,
    }  # fmt: skip
    assert not held["e"].isValid()


def test_a_refresh_with_nothing_new_announces_nothing(
    model: GalleryModel, make_answer: MakeAnswer, qtbot: QtBot
) -> None:
    model.show_result(make_answer("abc"))
    signals = [model.modelReset, model.layoutChanged, model.rowsInserted, model.rowsRemoved, model.dataChanged]
    heard = []
    for signal in signals:
        signal.connect(lambda *_: heard.append(1))
    model.show_result(make_answer("abc"), keep=True)
    assert heard == []


def test_a_refresh_announces_only_the_rows_that_changed(
    model: GalleryModel, make_answer: MakeAnswer, qtbot: QtBot
) -> None:
    model.show_result(make_answer("abcd", scores=[0.9, 0.8, 0.7, 0.6]))
    with qtbot.waitSignal(model.dataChanged) as changed, qtbot.assertNotEmitted(model.modelReset):
        model.show_result(make_answer("abcd", scores=[0.9, 0.85, 0.75, 0.6]), keep=True)
    first, last = changed.args[:2]
    assert (first.row(), last.row()) == (1, 2)


def test_another_noise_score_puts_every_row_into_other_words(
    model: GalleryModel, make_answer: MakeAnswer, qtbot: QtBot
) -> None:
    model.show_result(make_answer("ab", scores=[0.9, 0.8], noise=0.1))
    with qtbot.waitSignal(model.dataChanged):
        model.show_result(make_answer("ab", scores=[0.9, 0.8], noise=0.85), keep=True)
    assert model.index(1).data(Role.WORDING).word == "chance"
    assert model.noise_row == 1


def test_the_first_answer_may_be_a_refresh(model: GalleryModel, make_answer: MakeAnswer) -> None:
    model.show_result(make_answer("ab"), keep=True)
    assert model.photo_ids == ["a", "b"]
    assert model.row_of("b") == 1
    assert model.row_of("c") == -1


def test_clearing_leaves_nothing(model: GalleryModel, make_answer: MakeAnswer) -> None:
    model.show_result(make_answer("ab", noise=2))
    model.clear()
    assert (model.rowCount(), model.noise_row, model.result) == (0, None, None)

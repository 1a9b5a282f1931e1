"""Which matches of an answer are shown, where, and what is folded."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from engine.records import SearchResult
from gui.gallery.arrangement import Arrangement, Order, Stacked, arrange
from gui.gallery.listing import Answer, Listing

MakeAnswer = Callable[..., SearchResult]


@pytest.fixture
def answer(make_answer: MakeAnswer) -> SearchResult:
    """Six matches with falling scores, the last two as near as chance is; b, d and f are of one burst, d the best."""
    made = make_answer("abcdef", scores=[0.99, 0.98, 0.97, 0.96, 0.5, 0.4], noise=0.9)
    return replace(made, stacks=(("d", "b", "f"),))


def names(result: SearchResult, **wanted: object) -> str:
    return "".join(match.photo.id for match in arrange(result, Arrangement(**wanted)).matches)


def test_as_it_comes(answer: SearchResult) -> None:
    shown = arrange(answer, Arrangement(stacked=False))
    assert shown.matches == answer.matches
    assert (shown.passing, shown.folded, shown.noise_row, shown.stacks) == (6, 0, 4, {})


def test_a_closed_stack_is_its_best_shot(answer: SearchResult) -> None:
    shown = arrange(answer, Arrangement())
    assert names(answer) == "acde"
    assert (shown.passing, shown.folded, shown.noise_row) == (6, 2, 3)
    assert shown.stacks["d"] == Stacked(2, best=True, open=False)


@pytest.mark.parametrize("opener", ["d", "b"])
def test_an_open_stack_shows_the_others_behind_the_best(answer: SearchResult, opener: str) -> None:
    shown = arrange(answer, Arrangement(opened=frozenset(opener)))
    assert names(answer, opened=frozenset(opener)) == "acdbfe"
    assert shown.folded == 0
    assert shown.stacks["d"] == Stacked(2, best=True, open=True)
    assert shown.stacks["f"] == Stacked(2, best=False, open=True)
    assert shown.noise_row == 5  # f goes with its stack


def test_only_scores_within_the_range_are_shown(answer: SearchResult) -> None:
    assert names(answer, lowest=0.9, stacked=False) == "abcd"
    assert names(answer, highest=0.97, stacked=False) == "cdef"
    assert names(answer, lowest=0.97, highest=0.98, stacked=False) == "bc"
    assert names(answer, lowest=0.995) == ""
    assert arrange(answer, Arrangement(lowest=0.9)).noise_row is None
    assert Arrangement(lowest=0.9).narrowed
    assert not Arrangement().narrowed


def test_the_best_shot_that_is_within_the_range_stands_for_its_stack(answer: SearchResult) -> None:
    shown = arrange(answer, Arrangement(lowest=0.97))
    assert names(answer, lowest=0.97) == "abc"
    assert shown.stacks == {}  # b is alone
    assert names(answer, highest=0.5) == "ef"


@pytest.mark.parametrize(
    ("order", "forwards", "backwards"),
    [(Order.SCORE, "abc", "cba"), (Order.DATE, "cab", "bac"), (Order.NAME, "bca", "acb"), (Order.SIZE, "acb", "bca")],
)
def test_orders(make_answer: MakeAnswer, order: Order, forwards: str, backwards: str) -> None:
    made = make_answer("abc", noise=2)
    facts = [
        {"taken": datetime(2020, 5, 1), "size": 30, "path": Path("/IMG_10.jpg")},
        {"modified": datetime(2019, 5, 1), "size": 10, "path": Path("/img_9.jpg")},
        {"modified": datetime(2021, 5, 1), "size": 20, "path": Path("/Img_9b.jpg")},
    ]
    matches = tuple(
        replace(match, photo=replace(match.photo, **changes))
        for match, changes in zip(made.matches, facts, strict=True)
    )
    made = replace(made, matches=matches)
    assert names(made, order=order) == forwards
    assert names(made, order=order, backwards=True) == backwards


def test_the_line_of_chance_is_drawn_only_where_the_best_come_first(answer: SearchResult) -> None:
    for wanted in (Arrangement(backwards=True), Arrangement(order=Order.DATE), Arrangement(order=Order.NAME)):
        assert arrange(answer, wanted).noise_row is None


def test_what_another_arrangement_changes_is_what_a_comparison_finds(qapp: object, answer: SearchResult) -> None:
    arrangements = (
        Arrangement(), Arrangement(stacked=False), Arrangement(opened=frozenset("b")), Arrangement(lowest=0.97),
        Arrangement(order=Order.NAME, backwards=True), Arrangement(highest=0.97),
    )  # fmt: skip
    for one in arrangements:
        for other in arrangements:
            old, new = Answer(answer, one), Answer(answer, other)
            assert list(new.changed_since(old)) == list(Listing.changed_since(new, old))


def test_equal_photos_keep_the_order_of_their_scores(make_answer: MakeAnswer) -> None:
    for backwards in (False, True):
        assert names(make_answer("abc"), order=Order.SIZE, backwards=backwards) == "abc"

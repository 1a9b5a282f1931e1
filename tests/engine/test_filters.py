"""Filters as values: what is set, what is taken away, what is kept of them."""

import json
from datetime import date
from pathlib import Path

import pytest

from engine.errors import BadRequestError
from engine.filters import Decided, FilterKind, Filters, Orientation

ALL = Filters(
    folders=(Path("/a"), Path("/caf\udce9")),
    folders_alone=(Path("/b"),),
    after=date(2020, 1, 2),
    before=date(2020, 1, 2),
    camera="canon",
    cameras=("NIKON D750", ""),
    formats=("JPEG", "HEIF"),
    orientations=(Orientation.SQUARE, Orientation.PORTRAIT),
    min_size=1920,
    decision=Decided.PINNED,
    collection="Holiday",
    min_score=0.5,
)


def test_filters_come_back_from_json():
    assert Filters.from_document(json.loads(json.dumps(ALL.document()))) == ALL
    assert Filters.from_document(json.loads(json.dumps(Filters().document()))) == Filters()


def test_a_document_says_none_for_what_is_open():
    assert set(Filters().document().values()) == {None}
    assert Filters(min_score=0.0).document()["min_score"] == 0.0


def test_filters_of_the_first_version_are_understood():
    old = {"folder": "/a", "after": "2020-01-02", "before": None, "camera": "", "min_score": None, "mode": "similar"}
    assert Filters.from_document(old) == Filters(folders=(Path("/a"),), after=date(2020, 1, 2))


def test_days_that_were_remembered_the_wrong_way_round_are_swapped():
    old = {"folder": None, "after": "2020-12-31", "before": "2020-01-02"}
    assert Filters.from_document(old) == Filters(after=date(2020, 1, 2), before=date(2020, 12, 31))


def test_no_day_is_in_a_range_that_ends_before_it_begins():
    with pytest.raises(BadRequestError, match="No day is both") as caught:
        Filters(after=date(2020, 2, 16), before=date(2020, 2, 14))
    assert caught.value.hint == "Swap the two days."


def test_what_is_set_can_be_taken_away_kind_by_kind():
    assert ALL.kinds == tuple(FilterKind)
    for kind in FilterKind:
        assert kind not in ALL.without(kind).kinds
        assert ALL.only(kind).kinds == (kind,)
    assert ALL.without(*FilterKind) == Filters()
    assert Filters().kinds == ()

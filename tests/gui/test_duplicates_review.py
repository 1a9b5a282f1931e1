"""What is said of groups of duplicates, without a window: one photo stays, steps are taken back, groups change."""

import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from engine.copies.verdict import Change, ChangeKind, Kind, Verdict
from engine.duplicates.groups import DuplicateGroup, GroupKind, Member, Reason
from engine.records import Photo, PhotoState
from gui.duplicates.delegates import card_width
from gui.duplicates.pane import ReviewPane
from gui.duplicates.review import Review
from gui.duplicates.steps import MOST, Steps
from gui.duplicates.wording import keeper_words, member_facts, member_told, member_verdict, summary

WHEN = datetime(2024, 5, 1, 12, 0)


def photo(name: str) -> Photo:
    return Photo(
        name, Path(f"/photos/{name}.jpg"), "root", 1_000_000, WHEN, PhotoState.INDEXED, name.encode(), 400, 300,
        format="JPEG",
    )  # fmt: skip


def group(*names: str, kind: GroupKind = GroupKind.COPIES, reference: str = "") -> DuplicateGroup:
    best, *others = names
    same = Verdict(Kind.IDENTICAL_FILE, 1.0)
    members = [Member(photo(best), None, best == reference)]
    members += [Member(photo(name), same, name == reference) for name in others]
    return DuplicateGroup(kind, tuple(members), (Reason.LARGER, Reason.EARLIER))


@pytest.fixture
def review() -> Review:
    return Review([group("a", "b", "c"), group("d", "e", reference="e"), group("f", "g", kind=GroupKind.BURST)])


def leaving(review: Review, number: int) -> list[str]:
    return [one.id for one in review.group(number).surplus]


def test_the_last_photo_and_those_of_reference_folders_stay(review):
    assert leaving(review, 0) == ["b", "c"]
    assert not review.mark(0, "a", leaves=True)
    assert review.mark(0, "b", leaves=False)
    assert review.mark(0, "a", leaves=True)
    assert leaving(review, 0) == ["a", "c"]
    assert not review.mark(1, "e", leaves=True)
    review.keep_only(1, "d")
    assert leaving(review, 1) == []


def test_a_doubtful_copy_goes_only_if_a_person_says_so():
    doubtful = Member(photo("d"), Verdict(Kind.COPY, 0.6))
    review = Review([replace(group("a", "b"), members=(*group("a", "b").members, doubtful))])
    assert leaving(review, 0) == ["b"]
    assert review.mark(0, "d", leaves=True)
    assert leaving(review, 0) == ["b", "d"]


def test_only_one_is_kept_of_a_burst_too(review):
    assert leaving(review, 2) == []
    review.keep_only(2, "g")
    assert leaving(review, 2) == ["f"]
    assert review.group(2).keeper.id == "g"


def test_groups_that_are_done_with_come_back(review):
    review.set_done([0], True)
    assert review.shown(GroupKind.COPIES) == [1]
    assert review.group(0) is None
    assert not review.mark(0, "b", leaves=False)
    review.set_done([0], False)
    assert review.shown(GroupKind.COPIES) == [0, 1]
    assert [one.members[0].photo.id for one in review.all_shown()] == ["a", "d", "f"]


def test_what_was_reviewed_counts_if_something_is_to_go(review):
    review.set_reviewed([0, 1, 2], True)
    assert review.reviewed() == [0]
    assert review.identical(GroupKind.COPIES) == [0, 1]
    review.set_done([0], True)
    assert review.reviewed() == []
    review.set_reviewed([1], False)
    assert not review.is_reviewed(1)


def test_a_group_is_followed_while_a_choice_is_made(review):
    asked = review.found()[0]
    review.keep_only(0, "b")
    review.update([(0, replace(asked, members=asked.members[:2]))])
    assert leaving(review, 0) == ["a"]
    review.update([(0, replace(asked, members=(asked.members[0], asked.members[2])))])  # the one that was kept is gone
    assert review.group(0).leaving is None
    assert leaving(review, 0) == ["c"]
    review.update([(0, None)])
    assert review.shown(GroupKind.COPIES) == [1]
    review.keep_only(0, "b")
    review.update([(0, asked)])
    assert leaving(review, 0) == ["a", "c"]


def test_another_search_takes_over_what_was_said_of_the_same_groups(review):
    review.keep_only(0, "c")
    review.set_reviewed([0], True)
    later = Review([group("x", "y"), group("a", "b", "c"), group("d", "e", "z")])
    later.go_on_from(review)
    assert leaving(later, 1) == ["a", "b"]
    assert later.reviewed() == [1]
    assert len(later) == 3


def test_steps_are_taken_back_once_and_the_last_first():
    steps, told = Steps(), []
    first = steps.add(lambda: told.append("first"))
    steps.add(lambda: told.append("second"))
    assert steps.take_back()
    first()
    first()
    assert told == ["second", "first"]
    assert not steps.take_back()
    steps.add(lambda: told.append("mark"))
    steps.add(lambda: told.append("trash"), lasting=True)
    steps.begin_anew()
    assert len(steps) == 1
    steps.take_back()
    assert told[-1] == "trash"
    for _ in range(MOST + 5):
        steps.add(lambda: None)
    assert len(steps) == MOST


def test_groups_in_words(review):
    copies, burst = review.group(0), review.group(2)
    assert keeper_words(copies) == "Worth keeping is “a.jpg”: larger, earlier."
    assert keeper_words(replace(copies, reasons=())) == "Nothing tells them apart: “a.jpg” is as good as the others."
    assert keeper_words(burst).startswith("The best seems to be “f.jpg”: larger, earlier.")
    assert keeper_words(replace(burst, reasons=())).startswith("They are different pictures")
    assert summary([copies, burst]) == "2 groups · 2 photos to spare · 2.0 MB"
    assert summary([burst]) == "1 group"


def test_a_photo_in_words():
    edited = Verdict(Kind.COPY, 0.91, (Change(ChangeKind.RESIZED, 50.0), Change(ChangeKind.MIRRORED)))
    of = DuplicateGroup(GroupKind.COPIES, (Member(photo("a")), Member(photo("b"), edited, reference=True)))
    assert member_verdict(of, of.members[0]) == "The original, it seems"
    assert member_verdict(of, of.members[1]) == "Resized to 50 %, mirrored · 91 % sure"
    told = member_told(of, of.members[1], leaves=False)
    assert told.startswith("b.jpg, Keep (reference), Resized to 50 %, mirrored · 91 % sure, 400 × 300 · 1.0 MB · JPEG")
    assert member_facts(replace(photo("a"), taken=WHEN))[1] == "1 May 2024, 12:00"
    assert member_facts(photo("a"))[1] == "changed 1 May 2024, 12:00"


def test_few_photos_are_shown_larger_but_never_higher_than_there_is_room(qapp):
    from PySide6.QtCore import QSize

    base = qapp.font()
    assert card_width(QSize(1000, 900), 2, base) == card_width(QSize(5000, 900), 1, base) == 420
    assert card_width(QSize(750, 900), 3, base) == 250
    assert card_width(QSize(750, 900), 40, base) == 250
    assert card_width(QSize(2000, 380), 2, base) < 420
    assert card_width(QSize(100, 100), 2, base) == 232


def test_thousands_of_groups_do_not_stop_the_window(qtbot):
    pane = ReviewPane(lambda photo_id: None)
    qtbot.addWidget(pane)
    pane.resize(1000, 700)
    begun = time.process_time()
    pane.show_review(Review([group("a", "b", "c")] * 10_000))
    pane.grab()
    pane.review.set_done([0, 1, 5], True)
    pane.follow()
    pane.go(1)
    pane.grab()
    assert time.process_time() - begun < 3
    assert pane.groups_model.rowCount() == 9_997
    assert pane.number == 3
    assert len(pane.photos_seen()) == 3

"""What a person decided: it stays, it is undone exactly, and nobody else's is lost."""

from datetime import datetime

import pytest

from engine.catalog.catalog import Catalog
from engine.records import Decision

A, B, C = b"a" * 32, b"b" * 32, b"c" * 32


@pytest.fixture
def decisions(shelf):
    return shelf.catalog.decisions


def test_a_decision_says_what_it_changed_and_is_undone_by_that(decisions):
    assert decisions.decide(Decision.PINNED, [A, B, A]) == [A, B]
    assert decisions.decide(Decision.PINNED, [B, C]) == [C]
    assert decisions.contents(Decision.PINNED) == {A, B, C}
    assert decisions.contents(Decision.HIDDEN) == set()
    assert decisions.revoke(Decision.PINNED, [C, b"unknown"]) == [C]
    assert decisions.contents(Decision.PINNED) == {A, B}


def test_the_two_kinds_do_not_mix(decisions):
    decisions.decide(Decision.PINNED, [A])
    decisions.decide(Decision.HIDDEN, [A])
    decisions.revoke(Decision.PINNED, [A])
    assert decisions.contents(Decision.HIDDEN) == {A}


def test_rejections_are_for_one_picture_and_listed(decisions):
    before = datetime.now()
    assert decisions.reject([(A, B), (A, C), (A, B)]) == [(A, B), (A, C)]
    assert decisions.reject([(A, C), (B, A)]) == [(B, A)]
    assert decisions.rejected_for([A]) == {B, C}
    assert decisions.rejected_for([A, B]) == {A, B, C}
    assert decisions.rejected_for([C]) == decisions.rejected_for([]) == set()
    assert {one.pair for one in decisions.rejections()} == {(A, B), (A, C), (B, A)}
    assert decisions.rejections()[0].pair == (B, A)
    assert all(before <= one.when <= datetime.now() for one in decisions.rejections())
    assert decisions.accept([(A, B), (C, C)]) == [(A, B)]
    assert decisions.rejected_for([A]) == {C}


def test_a_file_without_content_is_passed_over(decisions):
    assert decisions.decide(Decision.PINNED, [b"", A]) == [A]
    assert decisions.reject([(b"", A), (A, b""), (A, B)]) == [(A, B)]


def test_readers_notice(shelf, decisions):
    before = shelf.catalog.generation()
    decisions.decide(Decision.HIDDEN, [A])
    assert shelf.catalog.generation() == before + 1
    decisions.decide(Decision.HIDDEN, [A])
    assert shelf.catalog.generation() == before + 1


def test_decisions_are_written_through_to_the_disk(shelf, decisions):
    writer = shelf.catalog._database._writer
    decisions.decide(Decision.PINNED, [A])
    assert writer.execute("PRAGMA synchronous").fetchone() == (2,)
    shelf.record("a.jpg")
    assert writer.execute("PRAGMA synchronous").fetchone() == (1,)
    decisions.reject([(A, B)])
    assert writer.execute("PRAGMA synchronous").fetchone() == (2,)


def test_another_process_sees_and_keeps_them(shelf, decisions):
    other = Catalog(shelf.catalog._database.path)
    decisions.decide(Decision.PINNED, [A])
    other.decisions.decide(Decision.PINNED, [B])
    other.decisions.reject([(A, B)])
    assert decisions.contents(Decision.PINNED) == {A, B}
    assert decisions.rejected_for([A]) == {B}
    other.close()


def test_a_photo_knows_what_was_decided_of_it(shelf, decisions):
    shelf.add("a.jpg", content="one")
    shelf.add("copy.jpg", content="one")
    shelf.add("b.jpg", content="two")
    decisions.decide(Decision.PINNED, [b"one"])
    decisions.decide(Decision.HIDDEN, [b"two"])
    known = {name: (shelf.photo(name).pinned, shelf.photo(name).hidden) for name in ("a.jpg", "copy.jpg", "b.jpg")}
    assert known == {"a.jpg": (True, False), "copy.jpg": (True, False), "b.jpg": (False, True)}


def test_it_is_known_for_which_pictures_a_photo_is_no_match(decisions):
    decisions.reject([(A, C), (B, C), (A, B)])
    assert set(decisions.rejected_by(C)) == {A, B}
    assert decisions.rejected_by(A) == []

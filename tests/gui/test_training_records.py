"""What the trainer tells, and labels that are mended without touching a file."""

from pathlib import Path

import pytest
from played import verdict

from gui.training_corrections import Corrections
from gui.training_records import Examined, Labelled, Verdict

A, B, C = Path("/p/a.jpg"), Path("/p/b.jpg"), Path("/p/c.jpg")


def found(**others) -> Examined:
    problems = [{"message": "Two.", "hint": "Look.", "photos": [str(A), str(C)], "suggestion": ""}]
    told = {
        "classes": {"cup": 2, "mug": 1},
        "problems": problems,
        "skipped": [],
        "labelled": [[str(A), "cup", ""], [str(B), "cup", "test"], [str(C), "mug", ""]],
    }
    return Examined.read(told | others)


def test_labels_are_mended_and_mended_back():
    corrections = Corrections()
    corrections.take_as([A], "mug")
    corrections.leave_out([B])
    assert list(corrections.apply(found().labelled)) == [Labelled(A, "mug"), Labelled(C, "mug")]
    assert corrections.classes(found()) == {"mug": 2}
    assert (corrections.of([A]), corrections.of([B]), corrections.of([C])) == ({"mug"}, {None}, set())
    corrections.take_back([A, B])
    assert corrections.classes(found()) == {"cup": 2, "mug": 1}
    assert list(corrections.apply(found().labelled))[1] == Labelled(B, "cup", "test")


def test_what_photos_may_have_been_meant_to_be():
    assert found().choices(found().problems[0]) == ["cup", "mug"]
    one = [{"message": "One.", "hint": "", "photos": [str(A)], "suggestion": "mug"}]
    assert found().choices(found(problems=one).problems[0]) == ["mug"]
    alone = [{"message": "One.", "hint": "", "photos": [str(A)], "suggestion": ""}]
    assert found(problems=alone).choices(found(problems=alone).problems[0]) == []


def test_a_verdict_without_a_report_and_without_unseen_subjects(tmp_path):
    told = verdict(tmp_path, accepted=True) | {"report": None, "unseen": {"before": None, "after": None}}
    read = Verdict.read(told)
    assert (read.report, read.unseen, read.seconds) == (None, None, 7.5)
    assert read.after["precision@1"].value == pytest.approx(0.68)
    assert (read.before["precision@1"].low, read.before["precision@1"].high) == pytest.approx((0.53, 0.63))


def test_figures_of_photos_with_several_labels_are_told_in_other_words(tmp_path):
    told = verdict(tmp_path, accepted=True)
    assert "of the same subject" in Verdict.read(told).metrics["precision@1"]
    for side in ("before", "after"):
        told["metrics"][side]["ndcg@10"], told["intervals"][side]["ndcg@10"] = 0.6, [0.5, 0.7]
    assert "much in common" in Verdict.read(told).metrics["precision@1"]


@pytest.mark.parametrize("broken", [{"classes": 3}, {"problems": [{}]}, {"labelled": [["alone"]]}, {"skipped": None}])
def test_what_makes_no_sense_is_not_taken(broken):
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        found(**broken)

from pathlib import Path

import numpy as np

from engine.evaluation.lists import Entry
from engine.evaluation.ranking import unit
from trainer.data.hygiene import ProblemKind, examine


def labelled(labels):
    return [Entry(Path(f"/photos/{number}.jpg"), label) for number, label in enumerate(labels)]


def around(centres, numbers):
    """Embeddings close to the centre of their number."""
    noise = np.random.default_rng(0).normal(scale=0.05, size=(len(numbers), centres.shape[1]))
    return unit((centres[numbers] + noise).astype(np.float32))


CENTRES = np.eye(3, 16)


def test_clean_labels_have_no_problems():
    numbers = np.repeat([0, 1], 15)
    entries = labelled([f"class {number}" for number in numbers])
    assert list(examine(entries, around(CENTRES, numbers), np.arange(30))) == []


def test_a_label_that_all_neighbours_contradict_is_suspicious_and_the_other_is_suggested():
    numbers = np.repeat([0, 1], 15)
    labels = [f"class {number}" for number in numbers]
    labels[3] = "class 1"
    (problem,) = examine(labelled(labels), around(CENTRES, numbers), np.arange(30))
    assert (problem.kind, problem.suggestion, problem.photos) == (
        ProblemKind.SUSPICIOUS,
        "class 0",
        (Path("/photos/3.jpg"),),
    )
    assert problem.message == "3.jpg is labelled class 1, but the photos most like it are class 0."


def test_few_photos_accuse_nobody():
    numbers = np.array([0] * 5 + [1] * 5)
    labels = ["a"] * 4 + ["b"] * 6
    assert list(examine(labelled(labels), around(CENTRES, numbers), np.arange(10))) == []


def test_nearly_the_same_picture_with_two_labels_is_told():
    numbers = np.repeat([0, 1], 6)
    groups = np.arange(12)
    groups[6] = groups[0]
    labels = ["a"] * 6 + ["b"] * 6
    (problem,) = examine(labelled(labels), around(CENTRES, numbers), groups)
    assert problem.kind is ProblemKind.TWO_LABELS
    assert "2 files show nearly the same picture and are labelled a and b" in problem.message
    assert problem.photos == (Path("/photos/0.jpg"), Path("/photos/6.jpg"))


def test_a_class_with_too_few_different_photos_is_told():
    labels = ["a"] * 6 + ["b"] * 4
    groups = np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, 8])  # two of the second class are nearly the same
    (problem,) = examine(labelled(labels), around(CENTRES, np.repeat([0, 1], [6, 4])), groups)
    assert problem.kind is ProblemKind.SMALL_CLASS
    assert problem.message.startswith("b has 3 different photos")

from collections import Counter

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch

from engine.errors import BadRequestError
from trainer.batches import ClassBatches, chance

LABELS = torch.tensor([3] * 10 + [7] * 9 + [1] * 4 + [9] * 2 + [4])
"""Classes of ten, nine, four, two and one photos, with gaps between their numbers."""


def test_a_batch_has_some_photos_of_some_classes():
    batches = ClassBatches(torch.arange(60) % 6, seed=0, classes=3, photos=5)
    counts = Counter((batches.rows(0) % 6).tolist())
    assert (len(counts), set(counts.values()), batches.batch_size) == (3, {5}, 15)


def test_there_are_never_more_classes_than_there_are():
    batches = ClassBatches(LABELS, seed=0)
    assert (batches.batch_classes, batches.batch_size) == (5, 20)


@pytest.mark.parametrize("step", range(20))
def test_no_batch_holds_a_photo_twice_and_small_classes_give_what_they_have(step):
    rows = ClassBatches(LABELS, seed=1, photos=4).rows(step)
    assert len(rows.unique()) == len(rows)
    assert Counter(LABELS[rows].tolist()) == {3: 4, 7: 4, 1: 4, 9: 2, 4: 1}


def test_every_photo_comes_before_any_comes_again():
    """Ten photos in fours: three rounds show all, and the last of them makes up with two of the others."""
    batches = ClassBatches(LABELS, seed=1, photos=4)
    seen = Counter(row for step in range(3) for row in batches.rows(step).tolist() if LABELS[row] == 3)
    assert (len(seen), sum(seen.values())) == (10, 12)
    assert batches.rows(3).tolist() != batches.rows(0).tolist()


def test_every_class_comes_once_in_a_round():
    labels = torch.arange(70) % 7
    batches = ClassBatches(labels, seed=2, classes=3, photos=2)
    rounds = [[labels[batches.rows(step)].unique().tolist() for step in (2 * n, 2 * n + 1)] for n in range(30)]
    assert all(not set(first) & set(second) for first, second in rounds)
    missed = Counter(c for first, second in rounds for c in range(7) if c not in first + second)
    assert len(missed) > 4  # another one every time


def test_a_step_needs_none_of_those_before_it():
    straight = [ClassBatches(LABELS, seed=5).rows(step) for step in range(8)]
    batches = ClassBatches(LABELS, seed=5)
    assert all(torch.equal(batches.rows(step), straight[step]) for step in reversed(range(8)))


def test_another_seed_gives_other_batches():
    assert not torch.equal(ClassBatches(LABELS, 0).rows(0), ClassBatches(LABELS, 1).rows(0))


def test_classes_of_one_photo_are_named():
    assert ClassBatches(LABELS, 0).lonely == [4]


def test_an_epoch_shows_as_many_photos_as_there_are():
    assert ClassBatches(torch.arange(184) % 5, 0).steps_per_epoch == 9
    assert ClassBatches(torch.tensor([0, 0, 1]), 0).steps_per_epoch == 1


def test_thousands_of_classes_are_no_matter():
    batches = ClassBatches(torch.arange(15_000) % 5000, 0)
    assert len(batches.rows(123)) == 16 * 3


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [([2, 2, 2], "All photos are of one class"), ([0, 1, 2], "Every class has one photo only")],
)
def test_labels_that_teach_nothing_are_refused(labels, sentence):
    with pytest.raises(BadRequestError, match=sentence):
        ClassBatches(torch.tensor(labels), 0)


def test_generators_depend_on_seed_purpose_and_number_alone():
    draws = {
        (seed, purpose, number): torch.randint(2**40, (1,), generator=chance(seed, purpose, number)).item()
        for seed in (0, 1) for purpose in ("a", "b") for number in (0, 1)
    }  # fmt: skip
    assert len(set(draws.values())) == 8
    assert torch.randint(2**40, (1,), generator=chance(0, "a", 0)).item() == draws[0, "a", 0]

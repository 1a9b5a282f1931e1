import numpy as np
import pytest

from engine.errors import BadRequestError
from trainer.data.splits import FEW, cross_validation, disjoint_classes, disjoint_labels, given_split


def photos(classes, each):
    """So many photos of so many classes, two and two of them nearly the same."""
    labels = np.repeat(np.arange(classes), each)
    return labels, np.arange(len(labels)) // 2


def test_every_photo_is_kept_back_once_in_each_round():
    labels, groups = photos(3, 20)
    folds = cross_validation(labels, groups, seed=0)
    assert len(folds) == 10  # five, twice, as there are fewer than 300 photos
    assert np.bincount(np.concatenate([fold.held_out for fold in folds])).tolist() == [2] * 60


def test_many_photos_are_divided_once():
    labels, groups = photos(2, FEW // 2)
    assert len(cross_validation(labels, groups, seed=0)) == 5


def test_near_duplicates_stay_together():
    labels, groups = photos(4, 12)
    for fold in cross_validation(labels, groups, seed=1):
        assert not set(groups[fold.train]) & set(groups[fold.held_out])
        assert sorted([*fold.train, *fold.held_out]) == list(range(48))


def test_the_seed_decides():
    labels, groups = photos(3, 20)
    first, same, other = (cross_validation(labels, groups, seed)[0].held_out.tolist() for seed in (0, 0, 5))
    assert first == same != other


def test_a_small_class_is_learned_from_and_never_kept_back():
    labels = np.array([0] * 10 + [1] * 10 + [2] * 3)
    folds = cross_validation(labels, np.arange(23), seed=0)
    assert all(set(range(20, 23)) <= set(fold.train) for fold in folds)


def test_small_classes_alone_give_no_fold():
    labels = np.array([0] * 10 + [1] * 3)
    assert cross_validation(labels, np.arange(13), seed=0) == []


def test_a_given_split_is_kept():
    (fold,) = given_split(np.array([False, True, False]), np.array([0, 1, 2]), ["a", "b", "c"])
    assert (fold.train.tolist(), fold.held_out.tolist()) == ([0, 2], [1])


def test_a_given_split_that_leaks_is_refused():
    with pytest.raises(BadRequestError, match=r"1 of the 1 photos to test with .* such as b and c, .* prove nothing"):
        given_split(np.array([False, True, False]), np.array([0, 1, 1]), ["a", "b", "c"])


def test_labels_are_kept_back_with_all_their_photos():
    labelled = np.random.default_rng(0).random((60, 8)) < 0.12
    groups = np.arange(60) // 2
    folds = disjoint_labels(labelled, groups, seed=0)
    assert len(folds) == 3
    for fold in folds:
        assert sorted([*fold.train, *fold.held_out]) == list(range(60))
        assert 0 < len(fold.held_out) <= 20
        assert not set(groups[fold.train]) & set(groups[fold.held_out])
        unseen = ~labelled[fold.train].any(axis=0)
        assert unseen.any()
        assert all(place in fold.held_out for place in np.flatnonzero(labelled[:, unseen].any(axis=1)))


def test_labels_of_most_photos_cannot_be_kept_back():
    assert disjoint_labels(np.arange(20)[:, None] % 2 == [0, 1], np.arange(20), seed=0) == []


def test_whole_classes_are_kept_back():
    labels, _ = photos(7, 4)
    folds = disjoint_classes(labels, seed=0)
    assert len(folds) == 5
    assert sorted(np.concatenate([fold.held_out for fold in folds])) == list(range(28))
    assert all(not set(labels[fold.train]) & set(labels[fold.held_out]) for fold in folds)


def test_two_classes_are_too_few_to_keep_one_back():
    assert disjoint_classes(np.array([0, 0, 1, 1]), seed=0) == []

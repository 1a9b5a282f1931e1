"""Thousands of classes of a few photos each: divided, judged and learned without waiting for minutes."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="training needs the extra [train]")

from engine.evaluation.lists import Entry
from engine.evaluation.ranking import unit
from engine.jobs import Job
from trainer.data.hygiene import examine
from trainer.data.labels import LabelledSet
from trainer.data.splits import cross_validation
from trainer.data.views import SeenPhotos
from trainer.division import disjoint_folds, folds
from trainer.examining import Examination
from trainer.judging import judge
from trainer.learning import Assignment
from trainer.recipes import linear
from trainer.recipes.linear import DECIDING, learn
from trainer.recipes.on_views import OnViews
from trainer.reports.confusion import confusion

CLASSES, EACH, DIM = 300, 4, 24
CHANCE = np.random.default_rng(0)
NUMBERS = np.repeat(np.arange(CLASSES), EACH)
COUNT = len(NUMBERS)
MEANING = np.concatenate([CHANCE.normal(size=(CLASSES, 12)), np.zeros((CLASSES, 12))], axis=1)
"""The first half of the values knows the class, and the other half drowns it."""
PHOTOS = MEANING[NUMBERS] + CHANCE.normal(scale=[0.2] * 12 + [1.2] * 12, size=(COUNT, DIM))
VIEWS = unit(PHOTOS.astype(np.float32))[:, None]


@pytest.fixture(scope="module")
def found():
    entries = [Entry(Path(f"{place}.jpg"), f"class {number:04}") for place, number in enumerate(NUMBERS)]
    seen = SeenPhotos(np.arange(COUNT), (b"",) * COUNT, np.zeros(COUNT, np.uint64), VIEWS, ())
    return Examination(LabelledSet(tuple(entries)), seen, np.arange(COUNT), ())


@pytest.fixture(scope="module")
def judgement(found):
    recipe = OnViews(learn, Assignment(found, base=None, seed=0))
    return judge(found, folds(found, 0), disjoint_folds(found, 0)[:1], recipe, 0, Job())


def test_every_class_is_divided_evenly():
    classes = np.repeat(np.arange(300), 5)
    for fold in cross_validation(classes, np.arange(len(classes)), 0):
        assert set(np.bincount(classes[fold.held_out])) == {2, 3}
        assert sorted([*fold.train, *fold.held_out]) == list(range(len(classes)))


def test_near_duplicates_of_many_classes_stay_together():
    classes, groups = np.repeat(np.arange(300), 8), np.arange(2400) // 2
    first, second = cross_validation(classes, groups, 0)
    assert not set(groups[first.train]) & set(groups[first.held_out])
    assert sorted([*first.held_out, *second.held_out]) == list(range(2400))
    other, _ = cross_validation(classes, groups, 1)
    assert not np.array_equal(first.held_out, other.held_out)


def test_many_classes_are_learned_and_judged(judgement):
    assert judgement.after["map@r"].value > judgement.before["map@r"].value + 0.05
    assert judgement.unseen_after > judgement.unseen_before
    assert judgement.problems == []


def test_what_tells_many_classes_apart_is_what_a_textbook_says():
    """Fisher's criterion: no direction parts the classes better than the first one."""
    head = linear.fit(VIEWS[:, 0], NUMBERS, 1.0, many=True)
    assert head.weight.shape == (DIM, DIM)

    def parted(direction):
        values = VIEWS[:, 0] @ direction
        means = np.bincount(NUMBERS, values) / EACH
        return means.var() / ((values - means[NUMBERS]) ** 2).mean()

    best = parted(head.weight[0])
    assert best >= max(parted(weight) for weight in head.weight[1:])
    assert best > max(parted(direction) for direction in np.eye(DIM)[:12])


def test_a_part_of_very_many_photos_decides():
    few, many = np.repeat(np.arange(4), 1500), np.repeat(np.arange(3000), 4)
    for classes in (few, many):
        some = linear._some(classes, np.arange(len(classes)) // 2, 0)
        assert DECIDING * 0.9 <= len(some) <= DECIDING * 2.1
        whole = np.bincount(classes[some], minlength=classes.max() + 1)
        assert set(whole) == ({500} if classes is few else {0, 4})
    assert len(linear._some(few[:DECIDING], np.arange(DECIDING), 0)) == DECIDING


def test_small_classes_are_found_among_many(found):
    entries = [*found.labelled.entries, Entry(Path("alone.jpg"), "alone")]
    embeddings = np.concatenate([VIEWS[:, 0], VIEWS[:1, 0]])
    (problem,) = [one for one in examine(entries, embeddings, np.arange(COUNT + 1)) if one.kind == "small class"]
    assert problem.message.startswith("alone has 1 different photo")
    assert problem.photos == (Path("alone.jpg"),)


def test_mistakes_of_many_classes_need_little_memory(found, judgement):
    told = confusion(found.labelled.entries, judgement.queries)
    assert told.before.nnz < 40 * CLASSES
    assert len(told.mistakes(5)) == 5

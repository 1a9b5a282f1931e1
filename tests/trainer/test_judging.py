from pathlib import Path

import numpy as np
import pytest

from engine.errors import BadRequestError
from engine.evaluation.lists import Entry
from engine.evaluation.ranking import unit
from engine.jobs import Cancelled, Job
from trainer.data.labels import LabelledSet
from trainer.data.splits import Fold, cross_validation, disjoint_classes
from trainer.data.views import SeenPhotos
from trainer.examining import Examination
from trainer.heads import Head
from trainer.judging import DECISIVE, judge
from trainer.learning import Assignment
from trainer.recipes.on_views import OnViews

DIM = 12
CHANCE = np.random.default_rng(0)
NUMBERS = np.repeat(np.arange(4), 12)
"""Classes: the first 4 dimensions know them, and the last 8 drown them."""
MEANING = np.concatenate([np.eye(4), np.zeros((4, 8))], axis=1)
PHOTOS = MEANING[NUMBERS] + CHANCE.normal(scale=[0.25] * 4 + [0.6] * 8, size=(48, DIM))
VIEWS = unit(PHOTOS.astype(np.float32))[:, None]


def keeps(*dimensions):
    """A recipe whose result sees nothing but these dimensions, whatever it is taught."""
    weight = np.eye(DIM, dtype=np.float32)[list(dimensions)]
    return lambda *_: Head(weight, np.zeros(len(weight), np.float32), posterior=False, share=1.0)


def examined(views=VIEWS, groups=None):
    entries = [Entry(Path(f"{place}.jpg"), f"subject {number}") for place, number in enumerate(NUMBERS)]
    seen = SeenPhotos(np.arange(48), (b"",) * 48, np.zeros(48, np.uint64), views, ())
    return Examination(LabelledSet(tuple(entries)), seen, np.arange(48) if groups is None else groups, ())


def judged(learn, found=None, folds=None, others=None, job=None):
    found = found or examined()
    folds = cross_validation(NUMBERS, found.groups, 0) if folds is None else folds
    others = disjoint_classes(NUMBERS, 0) if others is None else others
    recipe = OnViews(learn, Assignment(found, base=None, seed=0))
    return judge(found, folds, others, recipe, 0, job or Job())


def test_what_helps_is_accepted():
    judgement = judged(keeps(0, 1, 2, 3))
    assert judgement.after[DECISIVE].value > judgement.before[DECISIVE].value + 0.1
    assert judgement.gain.interval.low > 0
    assert judgement.unseen_after > judgement.unseen_before
    assert judgement.problems == []


def test_what_changes_nothing_is_no_gain():
    judgement = judged(keeps(*range(DIM)))
    assert judgement.gain.value == pytest.approx(0)
    (problem,) = judgement.problems
    assert "no gain beyond chance" in problem


def test_what_forgets_is_refused_for_both_reasons():
    known, unseen = judged(keeps(*range(4, DIM))).problems
    assert "no gain beyond chance" in known
    assert unseen.startswith("for subjects it has not learned it is worse")


def test_every_photo_is_asked_in_every_round_and_counts_once():
    judgement = judged(keeps(0, 1, 2, 3))
    assert np.bincount([query.place for query in judgement.queries]).tolist() == [2] * 48
    one = judgement.queries[0]
    assert one.place not in [near.place for near in one.neighbours_after]
    distances = [near.distance for near in one.neighbours_after]
    assert distances == sorted(distances)
    assert len(one.neighbours_before) == len(one.neighbours_after) == 6


def test_a_recipe_never_sees_what_it_is_judged_by():
    given = []

    def learn(views, classes, groups, seed):
        given.append(set(groups.tolist()))
        return keeps(0, 1)()

    groups = np.arange(48) // 2
    folds, others = cross_validation(NUMBERS, groups, 0), disjoint_classes(NUMBERS, 0)
    judged(learn, examined(groups=groups), folds, others)
    assert len(given) == len(folds) + len(others)
    assert not any(seen & set(groups[fold.held_out]) for seen, fold in zip(given, (*folds, *others), strict=True))


def test_near_duplicates_prove_nothing():
    """Pairs of the same picture find each other, which neither model is praised for."""
    groups = np.arange(48) // 2
    views = VIEWS.copy()
    views[1::2] = views[::2]
    judgement = judged(keeps(*range(DIM)), examined(views, groups), others=[])
    assert judgement.before["precision@1"].value < 0.9
    assert judgement.unseen_before is None


def test_photos_that_have_nothing_to_find_are_refused():
    (fold, *_) = cross_validation(NUMBERS, np.arange(48), 0)
    alone = Fold(fold.train, fold.held_out[:1])
    with pytest.raises(BadRequestError, match="None of the photos that were kept back"):
        judged(keeps(0), folds=[alone], others=[])


def test_judging_can_be_cancelled():
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        judged(keeps(0), job=job)

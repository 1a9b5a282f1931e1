"""Who looks on while a network learns, and for how long it does."""

import math

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import numpy as np
import torch

from engine.evaluation.lists import Entry
from trainer.backbones.embedding import EmbeddingNet
from trainer.data.labels import LabelledSet
from trainer.data.views import SeenPhotos
from trainer.examining import Examination
from trainer.fine_tuning.coaching import NetworkCoach
from trainer.fine_tuning.learner import Learner
from trainer.fine_tuning.settings import NetworkSettings, course
from trainer.fine_tuning.validation import MOST_DIVISIONS, Validation, inner_split, inner_splits
from trainer.guards import STEPS
from trainer.losses.pairs import TripletLoss
from trainer.recording import Recorder


class ShownDirections:
    """Stands for pictures: what is shown leads to no network, but to embeddings of its own, better or worse."""

    views = 1

    def __init__(self):
        self.spread = 1.0

    def view(self, places, number):
        angles = torch.arange(len(places)) * self.spread
        return torch.stack([angles.cos(), angles.sin()], dim=1)


class Seeing(Learner):
    """Embeds by looking."""

    def forward(self, shown):
        return shown


@pytest.fixture
def told():
    return []


@pytest.fixture
def coach(told, tmp_path):
    """coach(**options), whose validation knows eight photos of two classes by turns."""

    def make(loss=None, validated=True, **options):
        entries = [Entry(tmp_path / f"{number}.jpg", str(number % 2)) for number in range(8)]
        numbers = np.arange(8)
        validation = Validation(entries, numbers % 2, numbers, numbers) if validated else None
        recorder = Recorder(lambda event, content: told.append((event, content)))
        return NetworkCoach(
            "learning", 100, 100, recorder, loss or TripletLoss(), ShownDirections(), validation, **options
        )

    return make


@pytest.fixture(scope="module")
def average():
    return Seeing(EmbeddingNet(2, "simple_cnn"), 0, TripletLoss(), knows=False).eval()


def events(told, name):
    return [content for event, content in told if event == name]


def test_a_training_ends_when_photos_kept_back_gain_no_more(coach, average, told):
    one = coach(every=2, patience=2)
    one.shown.spread = np.pi  # the two classes point in opposite directions
    ends = [one.ends(step, average) for step in range(1, 7)]
    assert ends == [False, False, False, False, False, True]
    assert (one.best_step, one.best) == (2, pytest.approx(1.0))
    assert [content["best"] for content in events(told, "validated")] == [True, False, False]
    assert one.recorder.best_steps == {"learning": 2}


def test_photos_that_only_tell_how_it_goes_end_nothing(coach, average, told):
    one = coach(every=2, patience=math.inf)
    ends = [one.ends(step, average) for step in range(1, 60)]
    assert not any(ends)
    assert len(events(told, "validated")) == 29
    assert one.recorder.best_steps == {}


def test_the_last_step_is_always_validated(coach, average, told):
    one = coach(every=40)
    assert one.ends(100, average)
    assert len(events(told, "validated")) == 1


def test_without_photos_to_validate_with_it_learns_to_the_end(coach, average, told):
    one = coach(validated=False)
    assert not one.ends(99, average)
    assert one.ends(100, average)
    assert told == []


def test_a_loss_that_lies_at_its_margin_slows_the_training_and_makes_it_easier(coach, told):
    one = coach(TripletLoss(0.2, "batch-hard"), validated=False)
    one.loss.active = None
    slowed = [one.took(step, 0.2, 1e-3) for step in range(1, STEPS + 1)]
    assert slowed == [False] * (STEPS - 1) + [True]
    assert one.loss.mining == "semi-hard"
    (trouble,) = events(told, "trouble")
    assert "collapsing" in trouble["message"]
    assert not one.took(STEPS + 1, 0.2, 5e-4)  # it is given as many steps again
    assert one.recorder.troubles == [trouble["message"]]


def test_photos_that_all_get_the_same_embedding_slow_the_training(coach, average, told):
    one = coach(every=1)
    one.shown.spread = 0.0
    one.ends(1, average)
    assert len(events(told, "trouble")) == 1
    assert one.took(2, 0.5, 1e-3)
    assert not one.took(3, 0.5, 1e-3)


def test_triplets_that_teach_nothing_are_told_of_once(coach, told):
    loss = TripletLoss()
    one = coach(loss, validated=False)
    loss.active = torch.zeros(())
    slowed = [one.took(step, 0.0, 1e-3) for step in range(1, 3 * STEPS)]
    assert not any(slowed)
    assert len(events(told, "trouble")) == 1


def test_a_curve_is_told_once_a_second_and_at_both_ends(coach, told):
    one = coach(validated=False)
    for step in range(1, 101):
        one.took(step, 1.0 + step, 1e-3)
    steps = [content["step"] for content in events(told, "curve")]
    assert (steps[0], steps[-1]) == (1, 100)
    assert len(steps) < 10
    assert set(events(told, "curve")[0]) == {"part", "step", "steps", "loss", "rate"}


def test_it_goes_on_where_another_one_stopped(coach, average):
    first, second = coach(every=1), coach(every=1)
    first.took(1, 0.5, 1e-3)
    first.ends(1, average)
    second.restore(first.state())
    assert second.best_step == 1
    assert second.recorder.parts == first.recorder.parts


def photos(classes, groups=None):
    entries = tuple(Entry(f"{place}", str(number)) for place, number in enumerate(classes))
    count = len(entries)
    seen = SeenPhotos(np.arange(count), (b"",) * count, np.zeros(count, np.uint64), np.zeros((count, 1, 2)), ())
    return Examination(LabelledSet(entries), seen, np.arange(count) if groups is None else groups, ())


def test_what_validates_is_never_learned_from_and_nothing_else_is_touched():
    found = photos(np.repeat(np.arange(6), 10), np.arange(60) // 2)
    places = np.flatnonzero(np.arange(60) % 10 < 8)
    splits = inner_splits(found, places, 0)
    assert len(splits) == MOST_DIVISIONS
    for split in (*splits, inner_split(found, places, 0)):
        parts = (split.train, split.held_out, split.others)
        assert all(set(part) <= set(places) for part in parts)
        assert not set(found.groups[split.train]) & set(found.groups[np.concatenate(parts[1:])])
        assert not set(found.classes[split.others]) & set(found.classes[np.concatenate(parts[:2])])


def test_every_division_keeps_back_other_photos_and_other_classes():
    splits = inner_splits(photos(np.repeat(np.arange(6), 10)), np.arange(60), 0)
    kept = np.concatenate([split.held_out for split in splits])
    assert len(set(kept)) == len(kept)
    aside = [np.unique(split_classes) for split_classes in (split.others // 10 for split in splits)]
    assert [len(one) for one in aside] == [1, 1, 1]
    assert len(set(np.concatenate(aside).tolist())) == 3


def test_many_photos_are_divided_once():
    assert len(inner_splits(photos(np.repeat(np.arange(6), 120)), np.arange(720), 0)) == 1


@pytest.mark.parametrize(("classes", "kept"), [(3, 0), (4, 1), (10, 2)])
def test_a_fifth_of_the_classes_is_kept_back_if_enough_are_left(classes, kept):
    for split in inner_splits(photos(np.repeat(np.arange(classes), 8)), np.arange(8 * classes), 0):
        assert len(split.others) == 8 * kept


def test_too_few_photos_are_not_divided():
    assert inner_split(photos([0, 0, 1, 1]), np.arange(4), 0) is None
    assert inner_splits(photos([0, 0, 1, 1]), np.arange(4), 0) == []


@pytest.mark.parametrize(
    ("options", "steps", "rates", "momentum"),
    [
        ({"epochs": 10, "warm_up": 0.1}, 40, {0: 2.5e-4, 4: 1e-3, 39: 1.19e-5}, None),
        ({"epochs": 10, "most_steps": 7}, 7, {0: 1e-3}, None),
        ({"schedule": "restarts"}, 120, {0: 1e-3, 39: 1.15e-5, 40: 1e-3, 119: 1.04e-5}, None),
        ({"schedule": "restarts", "most_steps": 100}, 40, {0: 1e-3, 39: 1.15e-5}, None),
        ({"schedule": "restarts", "epochs": 3}, 12, {0: 1e-3, 11: 2.7e-5}, None),  # less than a round
        ({"schedule": "restarts", "first_round": 5, "round_growth": 1}, 80, {19: 1.6e-5, 20: 1e-3, 60: 1e-3}, None),
        ({"schedule": "hyperrule"}, 500, {0: 3.75e-6, 100: 3.75e-4, 250: 3.75e-5, 499: 3.75e-7}, 0.9),
        ({"schedule": "compat-decaying"}, 80, {0: 1e-5, 20: 5e-5, 24: 4.2e-5}, None),
        ({"schedule": "compat-cosine", "epochs": 300, "most_steps": 9999}, 1200, {0: 0.0, 80: 0.02}, 0.9),
    ],
)
def test_how_fast_a_network_learns(options, steps, rates, momentum):
    planned = course(NetworkSettings(**options), 4, 184)
    assert planned.steps == steps
    assert planned.momentum == momentum
    for step, rate in rates.items():
        assert planned.learning_rate * planned.factor(step, steps) == pytest.approx(rate, rel=0.03, abs=1e-8)

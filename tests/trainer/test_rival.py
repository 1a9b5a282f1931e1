"""The model in use has to be beaten too, on photos that it has not learned."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.evaluation.lists import Entry
from engine.evaluation.metrics import average_precision_at_r
from engine.evaluation.ranking import leave_one_out, unit
from engine.jobs import Job
from engine.models.registry import ModelRegistry
from engine.settings import Settings
from tests.samples import write_model, write_subjects
from trainer.data.labels import LabelledSet
from trainer.data.views import SeenPhotos
from trainer.examining import Examination, examine_photos
from trainer.personal import PersonalConfig, train
from trainer.rival import FEWEST_PHOTOS, Rival, duel, meet, see_rival

CHANCE = np.random.default_rng(0)
NUMBERS = np.repeat(np.arange(4), 20)
ALL = np.arange(80)
CONFIG = PersonalConfig("linear", "mine", 0, Settings(workers=1))


def seen_as(noise):
    """Embeddings that know the classes, but for so much noise."""
    return unit((np.eye(4)[NUMBERS] + CHANCE.normal(scale=noise, size=(80, 4))).astype(np.float32))


def examined(groups=ALL):
    entries = tuple(Entry(Path(f"{place}.jpg"), f"subject {number}") for place, number in enumerate(NUMBERS))
    seen = SeenPhotos(ALL, (b"",) * 80, np.zeros(80, np.uint64), seen_as(0.1)[:, None], ())
    return Examination(LabelledSet(entries), seen, groups, ())


def fought(before, after, unlearned=None):
    rival = Rival("my-photos", before, np.ones(80, bool) if unlearned is None else unlearned)
    found = examined()
    return duel(rival, [meet(rival, found, ALL[part::2], after) for part in (0, 1)])


def test_who_sees_more_wins():
    blurred, sharp = seen_as(0.6), seen_as(0.2)
    won, lost = fought(blurred, sharp), fought(sharp, blurred)
    assert (won.won, lost.won) == (True, False)
    assert (won.rival, won.photos) == ("my-photos", 80)
    assert (won.before, won.after) == pytest.approx((lost.after, lost.before))


def test_as_good_is_not_better():
    same = seen_as(0.4)
    assert not fought(same, same).won


def test_only_photos_that_it_has_not_learned_are_asked_and_found():
    before, after = seen_as(0.6), seen_as(0.2)
    unlearned = ALL % 4 < 2
    result = fought(before, after, unlearned)
    told = []
    for embeddings in (before, after):
        parts = [ALL[part::2][unlearned[ALL[part::2]]] for part in (0, 1)]
        per_photo = [average_precision_at_r(leave_one_out(embeddings[some], NUMBERS[some].tolist())) for some in parts]
        told.append(np.concatenate(per_photo).mean())
    assert (result.before, result.after) == pytest.approx(tuple(told), abs=1e-6)
    assert result.photos == 40


def test_too_few_photos_say_nothing():
    unlearned = np.isin(ALL, CHANCE.permutation(ALL)[: FEWEST_PHOTOS - 1])
    assert fought(seen_as(0.6), seen_as(0.2), unlearned) is None


@pytest.fixture(scope="module")
def subjects(tmp_path_factory):
    return write_subjects(tmp_path_factory.mktemp("subjects"), 5, 10)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    write_model(folder)
    return ModelRegistry(folder, folder / "none").named("tiny")


def installed(run, folder):
    shutil.copytree(run.model, folder / "mine")
    return ModelRegistry(folder, folder / "none").named("mine")


@pytest.fixture(scope="module")
def first(subjects, tiny, tmp_path_factory):
    """A run that has learned half of the subjects, and its model as it would be installed."""
    runs = tmp_path_factory.mktemp("library") / "runs"
    run = train([subjects / f"subject {number}" for number in range(2)], tiny, runs, CONFIG, Job())
    return run, installed(run, tmp_path_factory.mktemp("installed"))


def looked(model, subjects, tiny, runs):
    found = examine_photos([subjects], tiny, runs / "seen", Settings(workers=1), Job())
    return found, see_rival(model, runs, found, runs / "seen", Settings(workers=1), Job())


def test_photos_that_its_run_names_are_not_asked(first, subjects, tiny, monkeypatch):
    monkeypatch.setattr("trainer.rival.FEWEST_PHOTOS", 10)
    run, model = first
    found, rival = looked(model, subjects, tiny, run.folder.parent)
    asked = {found.labelled.entries[place].label for place in np.flatnonzero(rival.unlearned)}
    assert asked == {"subject 2", "subject 3", "subject 4"}
    assert rival.embeddings.shape == (50, model.manifest.dim)


def test_a_model_whose_run_is_gone_is_not_compared(first, subjects, tiny, tmp_path):
    assert looked(first[1], subjects, tiny, tmp_path)[1] is None


def test_a_run_without_content_hashes_tells_nothing(first, subjects, tiny, tmp_path):
    run, model = first
    split = run.folder / "split.csv"
    kept = split.read_text()
    with split.open(newline="") as stream:
        rows = [row[:4] for row in csv.reader(stream)]
    split.write_text("\n".join(",".join(row) for row in rows))
    try:
        assert looked(model, subjects, tiny, run.folder.parent)[1] is None
    finally:
        split.write_text(kept)


def test_a_model_that_learned_nothing_of_the_persons_is_asked_everything(subjects, tiny, tmp_path):
    assert looked(tiny, subjects, tiny, tmp_path)[1].unlearned.all()


def test_what_is_better_than_its_base_and_not_than_the_model_in_use_is_not_accepted(subjects, tiny, tmp_path):
    """The model in use knows these photos by heart, and nothing tells that: no training of a person's has made it."""
    taught = train([subjects], tiny, tmp_path / "runs", CONFIG, Job())
    learned = installed(taught, tmp_path / "installed")
    foreign = replace(learned, manifest=replace(learned.manifest, name="sharp", training={}))
    run = train([subjects], tiny, tmp_path / "runs", replace(CONFIG, rival=foreign), Job())
    assert taught.accepted
    assert not run.accepted
    (problem,) = run.judgement.problems
    assert "on 50 photos that sharp, the model in use, has not learned, it is not better" in problem
    assert "sharp, the model in use" in run.report.read_text()


@pytest.mark.parametrize("left", [0, 1])
def test_a_fold_of_which_it_has_learned_nearly_all_says_nothing(left):
    """The first fold is learned but for so many; the second has enough."""
    first, second = ALL[0::2], ALL[1::2]
    unlearned = np.isin(ALL, second) | np.isin(ALL, first[:left])
    before, after = seen_as(0.6), seen_as(0.2)
    rival, found = Rival("my-photos", before, unlearned), examined()
    result = duel(rival, [meet(rival, found, part, after) for part in (first, second)])
    assert (result.photos, result.won) == (40, True)

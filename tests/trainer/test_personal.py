"""A training from labelled folders to a model, on a tiny real model and real files."""

import csv
import json
import os
import time
from functools import partial

import numpy as np
import pytest
from PIL import Image

from engine.errors import BadRequestError, ModelError, StorageFullError
from engine.jobs import Cancelled, Job
from engine.models.embedder import OnnxEmbedder
from engine.models.manifest import load_manifest
from engine.models.registry import ModelRegistry
from engine.settings import Settings
from tests.samples import picture, write_model, write_subjects
from trainer import personal, run_folder
from trainer.heads import Head
from trainer.personal import PersonalConfig, train
from trainer.recipes.on_views import OnViews
from trainer.run_folder import WORKPLACE

CONFIG = PersonalConfig("linear", "mine", 0, Settings(workers=1))


@pytest.fixture(scope="module")
def subjects(tmp_path_factory):
    return write_subjects(tmp_path_factory.mktemp("subjects"), 5, 10)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    write_model(folder)
    return ModelRegistry(folder, folder / "none").named("tiny")


@pytest.fixture(scope="module")
def run(subjects, tiny, tmp_path_factory):
    """A whole training, where two that were killed have left something."""
    runs = tmp_path_factory.mktemp("library") / "runs"
    for name, age in (("old", 2 * 24 * 3600), ("of now", 60)):
        left = runs / f".unfinished-{name}"
        left.mkdir(parents=True)
        os.utime(left, (time.time() - age,) * 2)
    return train([subjects], tiny, runs, CONFIG, Job())


def test_what_was_learned_is_better_and_accepted(run):
    assert run.accepted, run.judgement.problems
    assert run.judgement.after["map@r"].value > run.judgement.before["map@r"].value


def test_the_run_holds_everything_about_it(run, subjects):
    assert {file.name for file in run.folder.iterdir()} == {
        "embeddings.npy",
        "metrics.json",
        "model",
        "plots",
        "projector",
        "report.html",
        "split.csv",
    }
    figures = json.loads((run.folder / "metrics.json").read_text())
    assert figures["recipe"] == "linear"
    assert figures["after"]["map@r"]["value"] == run.judgement.after["map@r"].value
    assert 0 < figures["threshold"]["distance"] < 2
    assert [point["photos"] for point in figures["learning_curve"]] == [10, 20, 40]
    with (run.folder / "split.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 50
    assert rows[0]["path"] == str(subjects / "subject 0" / "0.jpg")
    assert np.load(run.folder / "embeddings.npy").shape[0] == 50


def test_the_model_runs_in_the_engine_and_says_where_it_comes_from(run):
    manifest = load_manifest(run.model)
    assert manifest.name == "mine"
    assert manifest.training["base"] == "tiny"
    assert manifest.training["data"] == "50 photos of 5 classes: " + ", ".join(
        f"subject {number}" for number in range(5)
    )
    pixels = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), dtype=np.uint8)
    assert OnnxEmbedder(run.model, manifest).embed(pixels).shape == (2, manifest.dim)


def test_the_report_is_whole_and_fetches_nothing(run):
    page = run.report.read_text()
    assert "It is better" in page
    assert page.count("data:image/jpeg") > 20
    assert "://" not in page
    assert "<script" not in page


def test_the_same_seed_gives_the_same_model(run, subjects, tiny, tmp_path):
    again = train([subjects], tiny, tmp_path / "runs", CONFIG, Job())
    assert load_manifest(again.model).sha256 == load_manifest(run.model).sha256


def test_a_whitened_model_needs_no_gain_to_be_made(subjects, tiny, tmp_path):
    config = PersonalConfig("frozen", "spread", 0, Settings(workers=1))
    made = train([subjects], tiny, tmp_path / "runs", config, Job())
    assert load_manifest(made.model).dim == 12  # a quarter of the photos


def test_a_model_that_forgot_everything_is_made_and_not_accepted(tiny, subjects, tmp_path, monkeypatch):
    blind = Head(np.zeros((2, 32), np.float32), np.ones(2, np.float32), posterior=False, share=1.0)
    monkeypatch.setitem(personal.RECIPES, "linear", partial(OnViews, lambda *_: blind))
    made = train([subjects], tiny, tmp_path / "runs", CONFIG, Job())
    assert not made.accepted
    assert "It is not better" in made.report.read_text()


def test_names_are_text_in_the_report(tiny, tmp_path):
    write_subjects(tmp_path / "pets", 2, 6)
    (tmp_path / "pets" / "subject 0").rename(tmp_path / "pets" / "<b>&'\"")
    page = train([tmp_path / "pets"], tiny, tmp_path / "runs", CONFIG, Job()).report.read_text()
    assert "<b>&" not in page
    assert "&lt;b&gt;&amp;&#x27;&quot;" in page


def test_photos_that_a_person_keeps_back_are_never_learned_from(tiny, tmp_path):
    pets = write_subjects(tmp_path / "pets", 2, 8)
    table = tmp_path / "labels.csv"
    rows = [(file, file.parent.name, "test" if int(file.stem) > 4 else "train") for file in sorted(pets.rglob("*.jpg"))]
    table.write_text("path,label,split\n" + "".join(f"{path},{label},{split}\n" for path, label, split in rows))
    judged = train([table], tiny, tmp_path / "runs", CONFIG, Job())
    assert sorted({query.place for query in judged.judgement.queries}) == [5, 6, 7, 13, 14, 15]
    # Other labels for what is kept back change nothing of what is learned.
    swapped = {"subject 0": "subject 1", "subject 1": "subject 0"}
    table.write_text(
        "path,label,split\n"
        + "".join(f"{path},{swapped[label] if split == 'test' else label},{split}\n" for path, label, split in rows)
    )
    other = train([table], tiny, tmp_path / "runs", CONFIG, Job())
    first, second = (OnnxEmbedder(one.model, load_manifest(one.model)) for one in (judged, other))
    pixels = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), dtype=np.uint8)
    np.testing.assert_array_equal(first.embed(pixels), second.embed(pixels))


def test_one_photo_per_class_is_refused(tiny, tmp_path):
    with pytest.raises(BadRequestError, match="Fewer than two of the 6 classes have at least 4 different photos"):
        train([write_subjects(tmp_path / "pets", 6, 1)], tiny, tmp_path / "runs", CONFIG, Job())


def test_photos_that_all_look_the_same_to_the_model_are_refused(tiny, tmp_path):
    """Such as to one that has learned them."""
    for subject in range(2):
        (tmp_path / f"subject {subject}").mkdir()
        for number in range(8):
            picture(subject, (96 + number, 72)).save(tmp_path / f"subject {subject}" / f"{number}.jpg")
    with pytest.raises(
        BadRequestError, match=r"largest, subject 0, has 8 files\. Add photos that differ more.*start from"
    ):
        train([tmp_path], tiny, tmp_path / "runs", CONFIG, Job())


def test_five_thousand_labels_do_not_matter_if_they_can_be_counted(tiny, tmp_path):
    """Many classes of one photo each are learned from, and never measured."""
    pets = write_subjects(tmp_path / "pets", 2, 6)
    for number in range(30):
        place = pets / f"single {number:02}"
        place.mkdir()
        Image.effect_noise((40, 30), 10 + number).convert("RGB").save(place / "a.png")
    made = train([pets], tiny, tmp_path / "runs", CONFIG, Job())
    assert len(made.examination.labelled.classes) == 32
    assert len({query.place for query in made.judgement.queries}) == 12


def test_a_cancelled_training_leaves_no_run(tiny, subjects, tmp_path):
    job = Job()
    job.report = lambda progress: job.cancel() if progress.stage == "learning and testing" else None
    with pytest.raises(Cancelled):
        train([subjects], tiny, tmp_path / "runs", CONFIG, job)
    assert [place.name for place in (tmp_path / "runs").iterdir()] == ["seen"]


@pytest.mark.faults
def test_what_a_killed_training_left_is_never_seen_and_goes_away(run):
    assert {place.name for place in run.folder.parent.iterdir()} == {"seen", ".unfinished-of now", run.folder.name}
    assert run.model == run.folder / "model"


@pytest.mark.faults
def test_a_full_disk_leaves_no_run(tiny, subjects, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_folder.Path, "write_bytes", full)
    with pytest.raises(StorageFullError, match="The disk is full"):
        train([subjects], tiny, tmp_path / "runs", CONFIG, Job())
    assert [place.name for place in (tmp_path / "runs").iterdir()] == ["seen"]


def test_an_export_that_computes_something_else_is_never_kept(tiny, subjects, tmp_path, monkeypatch):
    made = run_folder.with_head
    monkeypatch.setattr(
        run_folder, "with_head", lambda model, output, head: made(model, output, head.with_share(head.share / 2 + 0.01))
    )
    with pytest.raises(ModelError, match="not published"):
        train([subjects], tiny, tmp_path / "runs", CONFIG, Job())
    assert [place.name for place in (tmp_path / "runs").iterdir()] == ["seen"]


def test_the_same_training_twice_at_once_is_refused_and_the_first_ends_well(tiny, subjects, tmp_path):
    refused = []

    def report(progress):
        if progress.stage == "learning from all photos" and not refused:
            with pytest.raises(BadRequestError, match="runs already") as caught:
                train([subjects], tiny, tmp_path / "runs", CONFIG, Job())
            refused.append(caught)

    made = train([subjects], tiny, tmp_path / "runs", CONFIG, Job(report=report))
    assert refused
    assert made.report.exists()
    assert not list((tmp_path / "runs").glob(f"{WORKPLACE}*"))

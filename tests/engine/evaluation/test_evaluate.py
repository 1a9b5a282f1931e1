"""Models on labelled photos: real files, a real small model, in real worker processes."""

import json
import shutil

import numpy as np
import pytest

from engine.errors import BadRequestError, ModelError
from engine.evaluation.evaluate import evaluate
from engine.evaluation.labelled import load_labelled
from engine.jobs import Cancelled, Job
from engine.models.checking import open_foreign
from engine.models.registry import ModelRegistry
from engine.settings import Settings
from tests.samples import picture, write_model

SETTINGS = Settings(workers=1)


@pytest.fixture
def registry(models_folder, tmp_path):
    return ModelRegistry(models_folder, tmp_path / "none")


@pytest.fixture
def tiny(registry):
    return registry.named("tiny")


@pytest.fixture(scope="module")
def subjects(tmp_path_factory):
    """Three classes, each of one picture in four degrees of brightness: easy to tell apart."""
    top = tmp_path_factory.mktemp("subjects")
    for subject in range(3):
        folder = top / f"subject {subject}"
        folder.mkdir()
        for shade in range(4):
            picture(subject).point(lambda value, shade=shade: value * (1 - 0.08 * shade)).save(folder / f"{shade}.png")
    return top


def test_a_model_that_knows_the_subjects_is_seen_to(subjects, tiny):
    report = evaluate(load_labelled(subjects), [tiny], SETTINGS)
    (figures,) = report.models
    assert (figures.name, report.photos, report.queries, report.classes) == ("tiny", 12, 12, 3)
    assert figures.metrics["precision@1"] == figures.metrics["map@r"] == figures.metrics["knn_accuracy"] == 1
    assert (figures.intervals["map@r"].low, figures.intervals["map@r"].high) == (1, 1)
    assert set(figures.per_class) == {"subject 0", "subject 1", "subject 2"}
    assert figures.per_class["subject 1"].queries == 4
    assert figures.per_class["subject 1"].metrics["precision@1"] == 1
    assert figures.macro["precision@1"] == 1
    assert figures.metrics["median_first_rank"] == 1


def test_models_are_compared_on_the_same_queries(subjects, registry, tiny):
    report = evaluate(load_labelled(subjects), [tiny, registry.named("zother"), tiny], SETTINGS, cutoffs=[2])
    first, _, again = report.models
    assert first.differences == {}
    assert all(apart.value == apart.interval.low == apart.interval.high == 0 for apart in again.differences.values())
    assert "precision@2" in again.differences
    assert [figures.name.split(" (")[0] for figures in report.models] == ["tiny", "zother", "tiny"]


def test_what_cannot_be_read_is_listed_and_nothing_else_suffers(subjects, tiny, tmp_path):
    top = shutil.copytree(subjects, tmp_path / "spoiled")
    (top / "subject 0" / "9.jpg").write_bytes(b"\xff\xd8\xff no photo")
    (top / "subject 1" / "8.png").write_bytes(b"")
    report = evaluate(load_labelled(top), [tiny], SETTINGS)
    assert [skip.path.name for skip in report.skipped] == ["9.jpg", "8.png"]
    assert all(skip.reason for skip in report.skipped)
    assert report.models[0].metrics["map@r"] == 1


def test_nothing_that_can_be_read_is_said(tmp_path, tiny):
    for label in ("a", "b"):
        (tmp_path / label).mkdir()
        (tmp_path / label / "x.jpg").write_bytes(b"nothing")
    with pytest.raises(BadRequestError, match="None of the 2 photos can be read"):
        evaluate(load_labelled(tmp_path), [tiny], SETTINGS)


def test_one_photo_per_class_is_said(subjects, tiny, tmp_path):
    for subject in range(3):
        (tmp_path / str(subject)).mkdir()
        shutil.copy(subjects / f"subject {subject}" / "0.png", tmp_path / str(subject))
    with pytest.raises(BadRequestError, match="None of the 3 queries has anything to find"):
        evaluate(load_labelled(tmp_path), [tiny], SETTINGS)


def test_a_photo_alone_in_its_class_is_counted_apart(subjects, tiny, tmp_path):
    top = shutil.copytree(subjects, tmp_path / "more")
    (top / "alone").mkdir()
    picture(77).save(top / "alone" / "x.png")
    report = evaluate(load_labelled(top), [tiny], SETTINGS)
    assert (report.queries, report.without_relevant, report.classes) == (12, 1, 3)


def test_copies_can_be_left_out(tiny, tmp_path):
    """With its copy in the gallery a photo finds its class at once; without, it finds the other class first."""
    for label, seeds in (("a", (1, 1, 2)), ("b", (3, 4, 5))):
        (tmp_path / label).mkdir()
        for number, seed in enumerate(seeds):
            picture(seed).save(tmp_path / label / f"{number}.png")
    with_copies = evaluate(load_labelled(tmp_path), [tiny], SETTINGS).models[0]
    without = evaluate(load_labelled(tmp_path), [tiny], SETTINGS, without_copies=True).models[0]
    assert with_copies.per_class["a"].metrics["precision@1"] >= 2 / 3
    assert without.metrics["intra_cosine"] < with_copies.metrics["intra_cosine"]


def test_queries_search_a_gallery(subjects, tiny, tmp_path):
    for subject in range(3):
        (tmp_path / f"subject {subject}").mkdir()
        shutil.copy(subjects / f"subject {subject}" / "2.png", tmp_path / f"subject {subject}" / "q.png")
    report = evaluate(load_labelled(tmp_path, subjects), [tiny], SETTINGS)
    assert (report.protocol, report.queries, report.gallery) == ("query-gallery", 3, 12)
    assert report.models[0].metrics["recall@5"] == 1


def test_oxford_queries_are_the_box_and_nothing_else(tiny, tmp_path):
    """The query photo shows two subjects; with the box only one of them asks."""
    both = picture(1).resize((96, 144))
    both.paste(picture(1), (0, 0))
    both.paste(picture(2), (0, 72))
    both.save(tmp_path / "q.png")
    for name, seed in (("one", 1), ("two", 2), ("three", 3), ("four", 4)):
        picture(seed).save(tmp_path / f"{name}.png")
    truth = {"x": {"query": ["q"], "good": ["two"], "ok": [], "junk": ["q"], "box": {"q": [0, 72, 96, 144]}}}
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    figures = evaluate(load_labelled(tmp_path / "truth.json"), [tiny], SETTINGS).models[0]
    assert figures.metrics["oxford_map"] == figures.metrics["precision@1"] == figures.metrics["oxford_precision@5"] == 1
    assert "knn_accuracy" not in figures.metrics
    truth["x"]["box"]["q"] = [0, 0, 96, 72]
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    assert evaluate(load_labelled(tmp_path / "truth.json"), [tiny], SETTINGS).models[0].metrics["oxford_map"] < 1


def test_revisited_oxford_reports_three_protocols(tiny, tmp_path):
    for seed in range(6):
        picture(seed).save(tmp_path / f"{seed}.png")
    truth = {
        "x": {"query": ["0"], "easy": ["1"], "hard": ["2"], "junk": ["0"]},
        "y": {"query": ["3"], "easy": ["4"], "hard": [], "junk": ["3"]},
    }
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    figures = evaluate(load_labelled(tmp_path / "truth.json"), [tiny], SETTINGS).models[0]
    for setup in ("easy", "medium", "hard"):
        assert 0 < figures.metrics[f"oxford_map/{setup}"] <= 1
    assert "oxford_map" not in figures.metrics
    assert np.isnan(figures.per_class["y"].metrics["oxford_map/hard"])
    assert figures.metrics["query_precision@1/self"] == 1


def test_photos_of_the_library_are_not_read_again(subjects, library, tiny, tmp_path):
    top = shutil.copytree(subjects, tmp_path / "mine")
    library.index([top])
    shown = []
    fresh = evaluate(load_labelled(top), [tiny], SETTINGS)
    known = evaluate(load_labelled(top), [tiny], SETTINGS, known=library.known_photos(), job=Job(shown.append))
    assert "embedding" not in {progress.stage for progress in shown}
    assert known.models[0].metrics == pytest.approx(fresh.models[0].metrics, abs=1e-6)
    picture(9).save(top / "subject 0" / "0.png")  # changed since
    evaluate(load_labelled(top), [tiny], SETTINGS, known=library.known_photos(), job=Job(shown.append))
    assert [progress.total for progress in shown if progress.stage == "embedding"] == [1]


def test_a_model_the_library_does_not_know_reads_the_photos(subjects, library, registry):
    library.index([subjects])
    shown = []
    job = Job(shown.append)
    evaluate(load_labelled(subjects), [registry.named("zother")], SETTINGS, known=library.known_photos(), job=job)
    assert [progress.total for progress in shown if progress.stage == "embedding"][-1] == 12


def test_an_evaluation_can_be_cancelled(subjects, tiny):
    job = Job()
    job.report = lambda progress: job.cancel()
    with pytest.raises(Cancelled):
        evaluate(load_labelled(subjects), [tiny], SETTINGS, job=job)


def test_a_model_that_is_not_installed_can_be_measured(subjects, tmp_path):
    folder = write_model(tmp_path, "visitor")
    visitor = open_foreign(folder)
    assert visitor.source == "file"
    assert evaluate(load_labelled(subjects), [visitor], SETTINGS).models[0].name == "visitor"


def test_a_lone_file_brings_its_manifest(subjects, tmp_path):
    from onnx import helper, load_from_string

    folder = write_model(tmp_path, "visitor")
    manifest = json.loads((folder / "manifest.json").read_text())
    model = load_from_string((folder / "model.onnx").read_bytes())
    helper.set_model_props(model, {"lookalike": json.dumps(manifest)})
    (tmp_path / "lone.onnx").write_bytes(model.SerializeToString())
    visitor = open_foreign(tmp_path / "lone.onnx")
    assert evaluate(load_labelled(subjects), [visitor], SETTINGS).models[0].name == "visitor"


def test_a_file_that_is_no_model_is_refused(tmp_path):
    (tmp_path / "no.onnx").write_bytes(b"nothing of the kind")
    with pytest.raises(ModelError, match="cannot be used"):
        open_foreign(tmp_path / "no.onnx")


def test_a_model_that_fails_is_not_the_photos_fault(subjects, tiny, tmp_path):
    folder = shutil.copytree(tiny.folder, tmp_path / "tiny")
    (folder / "model.onnx").write_bytes(b"spoiled")
    with pytest.raises(Exception, match="not the model that its manifest describes"):
        evaluate(load_labelled(subjects), [type(tiny)(folder, tiny.manifest, "file")], SETTINGS)

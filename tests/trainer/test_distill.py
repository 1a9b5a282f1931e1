"""The whole recipe, from photos to a published model, and everything that can go wrong on the way."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import onnx
import torch

from engine.errors import BadRequestError, EngineError, NotFoundError, StorageFullError
from engine.imaging.decoding import decode
from engine.imaging.resizing import model_input
from engine.jobs import Cancelled, Job, Progress
from engine.models.embedder import OnnxEmbedder
from engine.models.manifest import METADATA_KEY, embedded_manifest, load_manifest
from trainer.recipes.distill import DistillConfig, distill
from trainer.recipes.hints import HintStage
from trainer.recipes.settings import read_settings
from trainer.report import TrainReport
from trainer.storage import used_alone
from trainer.weights import load_weights

DATA = "twelve blobs"


@dataclass(frozen=True)
class Made:
    """A whole training, that several tests look at."""

    photos: Path
    model: Path
    report: TrainReport
    told: list[Progress]


@pytest.fixture(scope="module")
def made(tmp_path_factory, make_photos, teacher_file, config):
    """Of twelve photos, one that is smaller than a view, and one that cannot be read."""
    photos, models, told = tmp_path_factory.mktemp("photos"), tmp_path_factory.mktemp("models"), []
    make_photos(photos, 12)
    Image.new("RGB", (20, 16), "red").save(photos / "small.png")
    (photos / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    report = distilled([photos], teacher_file, models / "mine", replace(config, data=DATA), Job(report=told.append))
    return Made(photos, models / "mine", report, told)


def distilled(photos, teacher, out, *options, **named):
    """The training, whose model is installed where it says."""
    return distill(photos, teacher, out, lambda finished: Path(shutil.copytree(finished, out)), *options, **named)


class CancelAt:
    """Reports of a job that cancels itself when a stage has come so far."""

    def __init__(self, stage, done):
        self.job, self.stage, self.done = Job(report=self.report), stage, done
        self.seen = []

    def report(self, progress):
        self.seen.append(progress)
        if progress.stage == self.stage and progress.done == self.done:
            self.job.cancel()


def embeddings(model, photos):
    pixels = [model_input(decode(file, short_side=32).image, (32, 32), "squash", "bilinear") for file in photos]
    return OnnxEmbedder(model, load_manifest(model)).embed(np.stack(pixels))


def test_photos_become_a_model_that_the_engine_runs(made):
    report = made.report
    assert (report.photos, report.views, report.steps, report.device) == (13, 25, 8, "cpu")
    vectors = embeddings(made.model, sorted(made.photos.glob("photo_*.jpg")))
    assert vectors.shape == (12, 16)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(12), abs=1e-5)


def test_the_manifest_is_valid_and_repeated_inside_the_model(made, config):
    manifest = load_manifest(made.model)
    assert (manifest.name, manifest.dim, manifest.input.height, manifest.input.width) == ("mine", 16, 32, 32)
    assert manifest.training["recipe"] == "distill"
    assert manifest.training["data"] == DATA
    assert read_settings(made.model / "manifest.json", DistillConfig(device="cpu")) == replace(
        config, data=DistillConfig().data
    )
    properties = {entry.key: entry.value for entry in onnx.load(made.model / "model.onnx").metadata_props}
    assert embedded_manifest(properties[METADATA_KEY], manifest.sha256) == manifest


def test_photos_that_cannot_be_read_are_skipped_and_named(made):
    assert list(made.report.skipped) == [made.photos / "broken.jpg"]
    assert made.report.skipped[made.photos / "broken.jpg"]


def test_a_finished_run_leaves_nothing_but_the_model(made):
    assert [entry.name for entry in made.model.parent.iterdir()] == ["mine"]


def test_a_model_that_came_by_that_name_meanwhile_stays_as_it_is(made, teacher_file, tmp_path, config):
    """The training goes on although its name is taken, and whoever installs the model chooses another."""
    with pytest.raises(Cancelled):
        distilled([made.photos], teacher_file, tmp_path / "mine", config, CancelAt("training", 3).job)
    shutil.copytree(made.model, tmp_path / "mine")
    before = {file.name: file.read_bytes() for file in (tmp_path / "mine").iterdir()}
    seen, places = [], []

    def install(finished):
        places.append((finished.name, load_manifest(finished).name, (finished / "weights.safetensors").is_file()))
        return Path(shutil.copytree(finished, tmp_path / "mine-2"))

    report = distill([made.photos], teacher_file, tmp_path / "mine", install, config, Job(report=seen.append))
    assert min(progress.done for progress in seen if progress.stage == "training") == 3
    assert places == [("mine", "mine", True)]
    assert report.model == tmp_path / "mine-2"
    assert {file.name: file.read_bytes() for file in (tmp_path / "mine").iterdir()} == before
    assert sorted(place.name for place in tmp_path.iterdir()) == ["mine", "mine-2"]


def test_a_model_that_cannot_be_installed_is_not_learned_again(photos, teacher_file, tmp_path, config):
    def full(_finished):
        raise StorageFullError("The disk is full.")

    with pytest.raises(StorageFullError):
        distill([photos], teacher_file, tmp_path / "mine", full, config)
    seen = []
    distilled([photos], teacher_file, tmp_path / "mine", config, Job(report=seen.append))
    steps = [progress for progress in seen if progress.stage == "training"]
    assert steps
    assert all(progress.done == progress.total for progress in steps)
    assert not (tmp_path / ".mine.training").exists()


def test_held_out_photos_measure_what_was_learned(tmp_path, make_photos, teacher_file, config):
    photos = make_photos(tmp_path / "photos", 100)
    report = distilled(photos, teacher_file, tmp_path / "mine", replace(config, epochs=1, views=1, batch_size=49))
    assert report.steps == 2
    assert set(report.metrics) == {"held_out_cosine", "held_out_neighbours@1"}
    assert load_manifest(tmp_path / "mine").training["metrics"] == report.metrics


def test_naming_photos_twice_gives_them_twice_the_weight(photos, teacher_file, tmp_path, config):
    assert distilled([photos, photos], teacher_file, tmp_path / "mine", replace(config, epochs=1)).views == 2 * 24 + 1


@pytest.mark.parametrize(
    ("stage", "done"), [("asking the teacher", 0), ("following the teacher, part 1 of 2", 1), ("training", 3)]
)
def test_a_cancelled_run_continues_as_if_nothing_had_happened(made, teacher_file, tmp_path, config, stage, done):
    config = replace(config, data=DATA)
    with pytest.raises(Cancelled):
        distilled([made.photos], teacher_file, tmp_path / "mine", config, CancelAt(stage, done).job)
    assert not (tmp_path / "mine").exists()
    seen = []
    distilled([made.photos], teacher_file, tmp_path / "mine", config, Job(report=seen.append))
    assert min(progress.done for progress in seen if progress.stage == "training") == (
        done if stage == "training" else 0
    )
    files = sorted(made.photos.glob("photo_*.jpg"))
    straight, halting = (embeddings(model, files) for model in (made.model, tmp_path / "mine"))
    assert np.abs(straight - halting).max() < 1e-5


def test_a_checkpoint_of_other_settings_is_not_continued(photos, teacher_file, tmp_path, config):
    with pytest.raises(Cancelled):
        distilled([photos], teacher_file, tmp_path / "mine", config, CancelAt("training", 3).job)
    again = CancelAt("training", 0)
    with pytest.raises(Cancelled):
        distilled([photos], teacher_file, tmp_path / "mine", replace(config, seed=9), again.job)
    assert min(progress.done for progress in again.seen if progress.stage == "training") == 0


def test_what_the_hints_taught_outlives_other_settings_of_what_comes_after(photos, teacher_file, tmp_path, config):
    with pytest.raises(Cancelled):
        distilled([photos], teacher_file, tmp_path / "mine", config, CancelAt("training", 3).job)
    again = CancelAt("training", 0)
    with pytest.raises(Cancelled):
        distilled([photos], teacher_file, tmp_path / "mine", replace(config, epochs=config.epochs + 1), again.job)
    steps = sum(stage.steps for stage in config.hints.stages)
    parts = [progress for progress in again.seen if "following the teacher" in progress.stage]
    assert parts
    assert all(progress.done == progress.total for progress in parts), f"{steps} steps need not be taken again"


def test_progress_names_the_stages_and_the_device(made):
    seen = made.told
    assert list(dict.fromkeys(progress.stage for progress in seen)) == [
        "asking the teacher",
        "following the teacher, part 1 of 2",
        "following the teacher, part 2 of 2",
        "training",
    ]
    assert {progress.provider for progress in seen} == {"CPU"}
    assert (seen[-1].done, seen[-1].total) == (8, 8)
    assert seen[-2].seconds_left is not None


def test_the_blocks_that_are_fixed_stay_as_the_hints_left_them(made, teacher_file, tmp_path, config):
    """Two trainings that differ in what comes after the hints share their first blocks, statistics included."""
    other = replace(config, feature_weight=config.feature_weight / 8, untouched=1 - config.untouched)
    distilled([made.photos], teacher_file, tmp_path / "other", other)
    firsts = [load_weights(model).features.state_dict() for model in (made.model, tmp_path / "other")]
    fixed = [key for key in firsts[0] if int(key.split(".")[0]) < config.fixed_blocks]
    assert fixed
    assert all(torch.equal(firsts[0][key], firsts[1][key]) for key in fixed)
    assert any(not torch.equal(value, firsts[1][key]) for key, value in firsts[0].items())


@pytest.fixture
def refining(config):
    """The recipe with a part for networks that have learned before."""
    stages = (*config.hints.stages, HintStage(7, 19, 32, 1, refines=True))
    return replace(config, hints=replace(config.hints, stages=stages))


def test_a_training_goes_on_from_a_model(made, teacher_file, tmp_path, refining):
    """It needs only what refines, has the model's backbone and size, and leaves the first blocks as they are."""
    seen, other = [], replace(refining, backbone="mobilenet_v3_small", dim=8)
    distilled([made.photos], teacher_file, tmp_path / "mine", other, Job(report=seen.append), made.model)
    assert list(dict.fromkeys(progress.stage for progress in seen)) == [
        "asking the teacher",
        "following the teacher, part 1 of 1",
        "training",
    ]
    before, after = load_weights(made.model), load_weights(tmp_path / "mine")
    assert (after.backbone, after.dim, after.pooling) == (before.backbone, before.dim, "central")
    assert load_manifest(tmp_path / "mine").training["start"] == "mine"
    fixed = [network.features[: refining.fixed_blocks].state_dict() for network in (before, after)]
    assert all(torch.equal(value, fixed[1][key]) for key, value in fixed[0].items())
    assert not torch.equal(before.features[18][0].weight, after.features[18][0].weight)


def test_refined_blocks_go_half_of_the_way_with_what_comes_after(made, teacher_file, tmp_path, refining):
    """The settings shape no part of the training but its end."""
    ends = {}
    for share in (0.0, 0.5, 1.0):
        distilled([made.photos], teacher_file, tmp_path / str(share), replace(refining, blend=share), start=made.model)
        ends[share] = load_weights(tmp_path / str(share)).features[18][0].weight
    assert not torch.equal(ends[0.0], ends[1.0])
    assert torch.allclose(ends[0.5], (ends[0.0] + ends[1.0]) / 2, rtol=0.01, atol=1e-4)


def test_what_refined_one_model_does_not_pass_for_another(made, teacher_file, tmp_path, refining):
    with pytest.raises(Cancelled):
        distilled([made.photos], teacher_file, tmp_path / "mine", refining, CancelAt("training", 3).job)
    again = CancelAt("training", 0)
    with pytest.raises(Cancelled):
        distilled([made.photos], teacher_file, tmp_path / "mine", refining, again.job, made.model)
    parts = [progress.done for progress in again.seen if "following the teacher" in progress.stage]
    assert min(parts) == 0
    assert min(progress.done for progress in again.seen if progress.stage == "training") == 0


def test_settings_that_only_refine_need_a_model_to_begin_with(photos, teacher_file, tmp_path, refining):
    only = replace(refining, hints=refining.hints.refining)
    with pytest.raises(BadRequestError, match=r"only refine what a model has learned before.*--base"):
        distilled([photos], teacher_file, tmp_path / "mine", only)


def test_a_model_without_weights_is_no_start(made, teacher_file, tmp_path, config):
    shutil.copytree(made.model, tmp_path / "bare")
    (tmp_path / "bare" / "weights.safetensors").unlink()
    with pytest.raises(NotFoundError, match="The model bare has no weights to start from"):
        distilled([made.photos], teacher_file, tmp_path / "mine", config, start=tmp_path / "bare")


@pytest.mark.parametrize("backbone", ["mobilenet_v3_small", "mobilenet_v3_large"])
def test_another_backbone_learns_without_hints(photos, teacher_file, tmp_path, config, backbone):
    seen = []
    report = distilled(
        [photos], teacher_file, tmp_path / "mine", replace(config, backbone=backbone), Job(report=seen.append)
    )
    assert report.backbone == backbone
    assert {progress.stage for progress in seen} == {"asking the teacher", "training"}
    assert load_manifest(tmp_path / "mine").training["backbone"] == backbone


def test_an_unknown_backbone_is_refused_before_anything_is_read(photos, teacher_file, tmp_path, config):
    with pytest.raises(BadRequestError, match="There is no backbone “resnet”"):
        distilled([photos], teacher_file, tmp_path / "mine", replace(config, backbone="resnet"))


def test_an_empty_folder_is_refused(tmp_path, teacher_file, config):
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadRequestError, match=r"There are no photos to train on in .*empty"):
        distilled([tmp_path / "empty"], teacher_file, tmp_path / "mine", config)


def test_a_missing_folder_is_refused(tmp_path, teacher_file, config):
    with pytest.raises(NotFoundError, match=r"There is no .*nowhere"):
        distilled([tmp_path / "nowhere"], teacher_file, tmp_path / "mine", config)


def test_photos_of_which_none_can_be_read_are_refused(tmp_path, teacher_file, config):
    for name in ("one.jpg", "two.jpg"):
        (tmp_path / name).write_bytes(b"no picture at all")
    with pytest.raises(BadRequestError, match="None of the 2 photos can be read"):
        distilled([tmp_path / "one.jpg", tmp_path / "two.jpg"], teacher_file, tmp_path / "mine", config)


def test_a_single_view_is_too_little(tmp_path, teacher_file, config):
    Image.new("RGB", (8, 8)).save(tmp_path / "dot.png")
    with pytest.raises(BadRequestError, match="only 1 view"):
        distilled([tmp_path / "dot.png"], teacher_file, tmp_path / "mine", config)


def test_a_missing_teacher_is_refused_before_anything_is_read(tmp_path, photos, config):
    with pytest.raises(NotFoundError, match=r"There is no teacher at .*absent"):
        distilled([photos], tmp_path / "absent.safetensors", tmp_path / "mine", config)


def test_a_name_that_no_model_can_have_is_refused(tmp_path, photos, teacher_file, config):
    with pytest.raises(BadRequestError, match="cannot be the name of a model"):
        distilled([photos], teacher_file, tmp_path / ".hidden", config)


def test_a_learning_rate_that_explodes_is_reported_and_nothing_is_published(tmp_path, photos, teacher_file, config):
    with pytest.raises(EngineError, match=r"diverged at step \d+"):
        distilled([photos], teacher_file, tmp_path / "mine", replace(config, learning_rate=1e30))
    assert not (tmp_path / "mine").exists()


def test_a_full_disk_is_reported(tmp_path, photos, teacher_file, config, full_disk):
    workplace = tmp_path / ".mine.training" / "whole"
    workplace.mkdir(parents=True)
    full_disk(workplace / "latest.pt.partial")
    with pytest.raises(StorageFullError, match="The disk is full"):
        distilled([photos], teacher_file, tmp_path / "mine", config)


def test_a_second_training_of_the_same_model_is_refused_while_the_first_runs(tmp_path, photos, teacher_file, config):
    workplace = tmp_path / ".mine.training"
    with used_alone(workplace):
        (workplace / "of the first").touch()
        with pytest.raises(BadRequestError, match="runs already"):
            distilled([photos], teacher_file, tmp_path / "mine", config)
    assert (workplace / "of the first").exists()
    distilled([photos], teacher_file, tmp_path / "mine", config)
    assert not workplace.exists()


def test_a_folder_that_vanishes_under_a_training_hides_no_other_error(tmp_path):
    def train():
        with used_alone(tmp_path / "work"):
            shutil.rmtree(tmp_path / "work")
            raise ValueError("what really went wrong")

    with pytest.raises(ValueError, match="what really went wrong"):
        train()

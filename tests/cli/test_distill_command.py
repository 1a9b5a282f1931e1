"""`train --recipe distill`, run as a user runs it."""

import json
import signal
from itertools import count

import pytest

from tests.samples import write_model

pytest.importorskip("torch", reason="training needs the extra [train]")

from tests.samples import write_teacher
from trainer.training import Training

SETTINGS = {"epochs": 2, "batch_size": 6, "dim": 16, "views": 2, "side": 32, "small_side": 32, "teacher_side": 48}


@pytest.fixture(scope="module")
def teacher(tmp_path_factory):
    return write_teacher(tmp_path_factory.mktemp("teacher"))


@pytest.fixture
def library(tmp_path):
    """A library with a model that is called mine."""
    write_model(tmp_path / "library" / "models", "mine")
    return tmp_path / "library"


@pytest.fixture
def line(library, make_photos, teacher, tmp_path):
    """A training in small, with that name."""
    make_photos(tmp_path / "photos", 12)
    (tmp_path / "settings.json").write_text(json.dumps({"settings": SETTINGS}))
    given = ("--teacher", teacher, "--config", tmp_path / "settings.json", "--backbone", "mobilenet_v3_small")
    words = ("train", tmp_path / "photos", "--recipe", "distill", *given, "--out", "mine", "--device", "cpu")
    return ("--library", library, *words)


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def places(library):
    return sorted(place.name for place in (library / "models").iterdir())


def test_no_model_is_replaced_and_the_new_one_gets_a_free_name(here, library, line):
    before = contents(library / "models" / "mine")
    outcome = here(*line)
    assert outcome.status == 0, outcome.err
    assert "mine-2: learned from 12 photos" in outcome.text
    assert "There was a model mine already, which stays as it is: the new one is called mine-2." in outcome.text
    assert contents(library / "models" / "mine") == before
    assert set(contents(library / "models" / "mine-2")) == {"manifest.json", "model.onnx", "weights.safetensors"}
    assert places(library) == ["mine", "mine-2"]
    models = here("--library", library, "--json", "models", "list").document["models"]
    assert {model["name"] for model in models} == {"lookalike-2", "mine", "mine-2"}


def test_the_very_same_model_is_not_installed_twice(here, library, line):
    first, second = here("--json", *line).document, here("--json", *line).document
    assert first["model"] == second["model"] == "mine-2"
    assert first["folder"] == second["folder"] == str(library / "models" / "mine-2")
    assert places(library) == ["mine", "mine-2"]


def test_a_training_whose_name_is_taken_goes_on_where_it_stood(here, library, line, monkeypatch):
    steps, learn = count(), Training._learn

    def interrupted(training, loss_of):
        if next(steps) == 2:
            signal.raise_signal(signal.SIGINT)
        learn(training, loss_of)

    monkeypatch.setattr(Training, "_learn", interrupted)
    assert here(*line).status == 130
    assert places(library) == [".mine.training", "mine"]
    outcome = here(*line, "--events")
    assert outcome.status == 0, outcome.err
    told = [json.loads(one) for one in outcome.text.splitlines()]
    assert min(event["done"] for event in told if event.get("stage") == "training") == 3
    assert (told[-1]["event"], told[-1]["model"]) == ("finished", "mine-2")
    assert {event["event"] for event in told[:-1]} == {"progress"}
    assert places(library) == ["mine", "mine-2"]


def test_a_failure_is_told_as_an_event(here, line, teacher):
    outcome = here(*("nowhere" if word == teacher else word for word in line), "--events")
    assert outcome.status == 1
    (event,) = [json.loads(one) for one in outcome.text.splitlines()]
    assert event["event"] == "failed"
    assert event["message"].startswith("There is no teacher at")

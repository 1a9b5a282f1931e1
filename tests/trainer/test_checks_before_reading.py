"""What cannot be is refused before one photo is read."""

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch

from engine.errors import EngineError
from engine.jobs import Job
from engine.models.registry import ModelRegistry
from engine.settings import Settings
from tests.samples import write_model
from trainer import examining
from trainer.backbones.embedding import EmbeddingNet
from trainer.personal import PersonalConfig, check_choice, train


@pytest.fixture
def base(tmp_path):
    write_model(tmp_path / "models")
    return ModelRegistry(tmp_path / "models", tmp_path / "none").named("tiny")


@pytest.fixture
def refused(base, tmp_path, monkeypatch):
    """refused(sources, recipe, **options): the sentence of a training that is refused, which reads no photo."""

    def read(*_):
        raise AssertionError("photos were read")

    monkeypatch.setattr(examining, "see_photos", read)

    def refused(sources, recipe="", **options):
        config = PersonalConfig(recipe, "mine", 0, Settings(workers=1), options=options)
        with pytest.raises(EngineError) as error:
            train(sources, base, tmp_path / "runs", config, Job())
        assert not isinstance(error.value, AssertionError)
        return str(error.value)

    return refused


@pytest.fixture
def subjects(tmp_path):
    """Files that no decoder would take: they are not to be looked at."""
    for place in range(8):
        photo = tmp_path / "subjects" / ("cup", "mug")[place % 2] / f"{place}.jpg"
        photo.parent.mkdir(parents=True, exist_ok=True)
        photo.write_bytes(b"")
    return tmp_path / "subjects"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"backbone": "resnet5"}, "There is no backbone “resnet5”. Choose one of mobilenet_v2"),
        ({"backbone": "resnet50", "weights": "/gone.pth"}, "There are no weights at /gone.pth"),
        ({"backbone": "simple_cnn", "weights": "official"}, "There are no official weights of simple_cnn"),
        ({"weights": "official"}, "not of which network they are"),
        ({}, "The model tiny came as ONNX alone"),
        ({"backbone": "simple_cnn", "momentum": 1}, "There is no setting “momentum”"),
        ({"backbone": "simple_cnn", "epochs": 0}, "“epochs” cannot be 0. It must be at least 1."),
        ({"backbone": "simple_cnn", "jitter": 2.0}, "“jitter” cannot be 2.0. It must be at least 0 and at most 1."),
        ({"backbone": "simple_cnn", "learning_rate": 0.0}, "“learning_rate” cannot be 0.0. It must be more than 0."),
        ({"backbone": "simple_cnn", "margin": float("nan")}, "“margin” cannot be nan. Choose a number."),
        ({"backbone": "simple_cnn", "mining": "none"}, "“mining” cannot be “none”"),
        ({"backbone": "simple_cnn", "device": "tpu"}, "There is no device “tpu”"),
    ],
)
def test_settings_that_cannot_be(refused, subjects, options, sentence):
    assert sentence in refused([subjects], "triplet", **options)


def test_cuda_where_there_is_none(refused, subjects, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert "CUDA does not work here" in refused([subjects], "triplet", backbone="simple_cnn", device="cuda")


def test_weights_of_another_network(refused, subjects, tmp_path):
    torch.save(EmbeddingNet(8, "se_fast").state_dict(), tmp_path / "other.pth")
    said = refused([subjects], "proxy", backbone="simple_cnn", weights=str(tmp_path / "other.pth"))
    assert "are of another network than simple_cnn" in said


def test_nothing_is_downloaded_to_check(base, monkeypatch, tmp_path):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "hub"))
    check_choice("classify", {"backbone": "mobilenet_v3_small"}, base)
    assert not (tmp_path / "hub").exists()


def test_one_photo_of_each_class(refused, tmp_path):
    for name in ("cup", "mug", "jug"):
        (tmp_path / "few" / name).mkdir(parents=True)
        (tmp_path / "few" / name / "1.jpg").write_bytes(b"")
    said = refused([tmp_path / "few"])
    assert said.startswith("Fewer than two of the 3 classes have at least 4 different photos")
    assert "the largest, cup, has 1 file." in said


def test_several_labels_for_a_recipe_of_classes(refused, subjects):
    lines = [f"{photo.relative_to(subjects)};{photo.parent.name}(0.9);thing(0.5)" for photo in subjects.rglob("*.jpg")]
    (subjects / "labels.csv").write_text("\n".join(lines))
    assert "wants one class of each photo" in refused([subjects / "labels.csv"], "linear")

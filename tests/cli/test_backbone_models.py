"""`models add --backbone`: a known network with weights becomes a model of the library."""

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from torchvision import models

NAME = "mobilenet_v3_small"


def test_a_network_with_weights_is_added_and_can_be_used(lookalike, tmp_path):
    weights, library = tmp_path / "weights.pth", tmp_path / "library"
    torch.save(models.get_model(NAME, weights=None).state_dict(), weights)
    outcome = lookalike("--library", library, "--json", "models", "add", weights, "--backbone", NAME)
    assert outcome.status == 0, outcome.err
    (added,) = [model for model in outcome.document["models"] if model["source"] == "library"]
    assert (added["name"], added["dim"]) == (NAME, 576)
    assert lookalike("--library", library, "models", "use", NAME).status == 0
    assert not [file for file in library.iterdir() if file.name.startswith(".") and file.is_dir()]


def test_nothing_to_add_is_wrong_usage(lookalike, tmp_path):
    outcome = lookalike("--library", tmp_path / "library", "models", "add")
    assert outcome.status == 2
    assert "name a model to add, or a network with --backbone" in outcome.err


def test_an_unknown_network_is_told_with_those_there_are(lookalike, tmp_path):
    outcome = lookalike("--library", tmp_path / "library", "models", "add", "--backbone", "nonsense")
    assert outcome.status == 1
    assert "There is no backbone “nonsense”" in outcome.err
    assert "resnet50" in outcome.err

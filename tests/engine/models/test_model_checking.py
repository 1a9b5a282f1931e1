"""Looking a foreign model over: never raises for what is wrong with it, and nothing it does reaches this process."""

import json

import pytest
from model_folders import (
    DIM,
    SIDE,
    batch_dependent,
    constant,
    endless,
    manifest,
    projecting,
    put,
    weights,
    with_external_data,
)

from engine.errors import NotFoundError
from engine.models import checking
from engine.models.checking import check_model
from engine.workers import Limits


def test_a_good_folder_passes(tmp_path, capfd):
    folder = put(tmp_path / "small", projecting())
    check = check_model(folder)
    assert check.problems == ()
    assert check.ok
    assert (check.name, check.dim) == ("small", DIM)
    assert check.inputs == (f"images: tensor(uint8) ['N', {SIDE}, {SIDE}, 3]",)
    assert check.outputs == (f"embeddings: tensor(float) ['N', {DIM}]",)
    assert 0 < check.milliseconds < 1000
    assert capfd.readouterr() == ("", "")


def test_a_lone_file_with_its_manifest_inside_passes(tmp_path):
    fields = manifest()
    del fields["sha256"]
    (tmp_path / "lone.onnx").write_bytes(projecting(metadata={"lookalike": json.dumps(fields)}))
    check = check_model(tmp_path / "lone.onnx")
    assert (check.ok, check.problems, check.name) == (True, (), "small")


def test_a_lone_file_without_manifest_is_told_what_it_needs(tmp_path):
    (tmp_path / "lone.onnx").write_bytes(projecting())
    check = check_model(tmp_path / "lone.onnx")
    assert not check.ok
    assert "It carries no manifest" in check.problems[0]
    assert len(check.problems) == 1
    assert check.inputs == (f"images: tensor(uint8) ['N', {SIDE}, {SIDE}, 3]",)
    assert check.milliseconds is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"dim": DIM + 1}, "output of shape"),
        ({"output": {"name": "features"}}, "its manifest says 'features'"),
        ({"dim": 0}, "dim is 0"),
    ],
)
def test_a_manifest_that_does_not_fit_is_a_problem(tmp_path, fields, sentence):
    check = check_model(put(tmp_path / "small", projecting(), **fields))
    assert not check.ok
    assert sentence in check.problems[0]


def test_embeddings_that_depend_on_their_neighbours_or_on_nothing_are_problems(tmp_path):
    check = check_model(put(tmp_path / "small", batch_dependent()))
    assert check.problems == ("A picture's embedding depends on the other pictures in its batch.",)
    check = check_model(put(tmp_path / "small", constant()))
    assert check.problems == ("Different pictures all get the same embedding.",)


@pytest.mark.parametrize("name", ["photo.jpg", "model.onnx"])
def test_a_file_that_is_no_model_is_a_problem(tmp_path, name):
    (tmp_path / name).write_bytes(b"\xff\xd8\xff\xe0 not a model")
    check = check_model(tmp_path / name)
    assert not check.ok
    assert "not an ONNX model" in check.problems[0]


def test_a_folder_that_is_no_model_is_a_problem(tmp_path):
    check = check_model(tmp_path)
    assert not check.ok
    assert "is not a model" in check.problems[0]


@pytest.mark.parametrize("location", ["weights.bin", "../weights.bin", "sub/../weights.bin", "/"])
def test_a_model_that_wants_other_files_is_refused(tmp_path, location, monkeypatch):
    folder = tmp_path / "small"
    (folder / "sub").mkdir(parents=True)
    location = str(tmp_path / "weights.bin") if location == "/" else location
    put(folder, with_external_data(location))
    (folder / location).write_bytes(weights().tobytes())
    monkeypatch.chdir(folder)
    check = check_model(folder)
    assert not check.ok
    assert "not an ONNX model that runs here" in check.problems[0]


@pytest.mark.faults
def test_an_endless_model_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "CHECK_LIMITS", Limits(seconds=1.5, memory_mib=4096))
    check = check_model(put(tmp_path / "small", endless()))
    assert not check.ok
    assert check.problems == ("Running it took longer than 1.5 seconds.",)


def test_nothing_at_the_path_is_an_error_of_the_caller(tmp_path):
    with pytest.raises(NotFoundError, match="There is no file or folder"):
        check_model(tmp_path / "nowhere.onnx")

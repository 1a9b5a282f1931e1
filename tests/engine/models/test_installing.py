"""Adding models, removing them, and handing them on as one file."""

import json
import pickle
import shutil
import zipfile
from pathlib import Path

import onnx
import pytest
from model_folders import constant, manifest, projecting, put, with_external_data

from engine.errors import LibraryUnusableError, ModelError, NotFoundError
from engine.jobs import Cancelled, Job
from engine.models import archives
from engine.models.embedder import model_metadata
from engine.models.manifest import load_manifest
from engine.models.onnx_metadata import read_metadata, with_metadata
from engine.models.weights import WEIGHTS


def names(library):
    return [card.name for card in library.models.list()]


def weights(header=b'{"__metadata__":{"format":"pt"},"numbers":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'):
    """A small file of weights, of two numbers."""
    return len(header).to_bytes(8, "little") + header + bytes(8)


def embedded(fields):
    return json.dumps({key: value for key, value in fields.items() if key != "sha256"})


@pytest.fixture
def source(tmp_path):
    made = put(tmp_path / "downloads" / "small", projecting())
    (made / "holiday.mp4").write_bytes(b"not a model")
    (made / "README.md").write_text("A small model.")
    return made


def test_a_folder_is_copied_with_what_belongs_to_a_model(library, source):
    assert library.models.add(source) == "small"
    assert names(library) == ["tiny", "zother", "small"]
    (added,) = (library.folder / "models").iterdir()
    assert sorted(file.name for file in added.iterdir()) == ["README.md", "manifest.json", "model.onnx"]


@pytest.mark.parametrize("packed", [False, True])
def test_weights_come_along(library, source, packed):
    (source / WEIGHTS).write_bytes(weights())
    added = Path(shutil.make_archive(str(source), "zip", source)) if packed else source
    assert library.models.add(added) == "small"
    assert (library.folder / "models" / "small" / WEIGHTS).read_bytes() == weights()


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        weights()[:-1],
        weights() + b"more",
        pickle.dumps({"weights": [1.0, 2.0]}),
        weights(b"not json"),
        weights(b"[" * 100_000),
        weights(b"[1]"),
        weights(b'{"numbers": {}}'),
        (2**40).to_bytes(8, "little") + b"{}",
    ],
)
def test_weights_that_are_damaged_or_something_else_are_refused_and_leave_nothing(library, source, damaged):
    (source / WEIGHTS).write_bytes(damaged)
    with pytest.raises(
        ModelError, match=r"weights beside the model are damaged.*Get the model again, or add it without"
    ):
        library.models.add(source)
    assert list((library.folder / "models").iterdir()) == []


def test_a_file_that_is_too_large_for_a_model_is_not_even_read(library, source):
    with (source / WEIGHTS).open("wb") as stream:
        stream.truncate(archives.LARGEST + 1)
    with pytest.raises(ModelError, match=r"weights\.safetensors is too large for a model"):
        library.models.add(source)
    assert list((library.folder / "models").iterdir()) == []


def test_a_lone_file_brings_its_manifest(library, tmp_path):
    file = tmp_path / "alone.onnx"
    file.write_bytes(projecting(metadata={"lookalike": embedded(manifest())}))
    assert library.models.add(file) == "small"
    assert load_manifest(library.folder / "models" / "small").licence == "Apache-2.0"


def test_the_same_model_is_not_added_twice(library, source):
    library.models.add(source)
    with pytest.raises(ModelError, match="installed already: small"):
        library.models.add(source)


def test_a_name_that_is_taken_gets_a_number(library, source, tmp_path):
    library.models.add(source)
    other = put(tmp_path / "other", projecting(metadata={"made": "elsewhere"}))
    assert library.models.add(other) == "small-2"
    assert names(library) == ["tiny", "zother", "small", "small-2"]


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (b"rubbish", "not an ONNX model"),
        (constant(), "all get the same embedding"),
        (projecting(tail="Log"), "no embedding"),
        (with_external_data("/etc/passwd"), "not an ONNX model that runs here"),
    ],
)
def test_a_model_that_does_not_work_is_refused_and_leaves_nothing(library, tmp_path, model, said):
    source = put(tmp_path / "bad", model)
    with pytest.raises(ModelError, match=said):
        library.models.add(source)
    assert list((library.folder / "models").iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", projecting(), projecting(metadata={"lookalike": "[]"}), projecting(metadata={"lookalike": "{"})],
)
def test_a_file_without_a_good_manifest_is_refused_in_a_sentence(library, tmp_path, content):
    file = tmp_path / "alone.onnx"
    file.write_bytes(content)
    with pytest.raises(ModelError) as caught:
        library.models.add(file)
    assert caught.value.message.endswith(".")
    assert names(library) == ["tiny", "zother"]


def test_what_is_not_there_or_no_model_is_a_sentence(library, tmp_path, source):
    with pytest.raises(NotFoundError):
        library.models.add(tmp_path / "nowhere")
    with pytest.raises(ModelError, match="has no manifest"):
        library.models.add(tmp_path)
    (source / "model.onnx").unlink()
    with pytest.raises(ModelError, match=r"has no model\.onnx"):
        library.models.add(source)


def test_a_model_that_was_changed_after_its_manifest_is_refused(library, source):
    (source / "model.onnx").write_bytes(projecting(metadata={"made": "later"}))
    with pytest.raises(ModelError, match="SHA-256"):
        library.models.add(source)


def test_a_library_that_cannot_be_written_is_a_sentence(library, source):
    (library.folder / "models").write_text("in the way")
    with pytest.raises(LibraryUnusableError, match="cannot be written"):
        library.models.add(source)


def test_a_removed_model_takes_what_it_made_with_it(library, make_photos, tmp_path):
    shutil.copytree(put(tmp_path / "s", projecting()), library.folder / "models" / "small")
    library.index([make_photos(tmp_path / "p", 3)[0].parent])
    library.use_model("small")
    library.index()
    library.use_model("tiny")
    assert (library.folder / "index").is_dir()
    card = next(card for card in library.models.list() if card.name == "small")
    assert card.photos == 3
    library.remove_model("small")
    assert names(library) == ["tiny", "zother"]
    assert not [folder.name for folder in (library.folder / "index").iterdir() if folder.name.startswith("small")]
    assert library._catalog.embeddings.photos_by_model() == {library.models.answering()[0].identity: 3}
    assert library.index().unchanged == 3


def test_what_ships_or_answers_cannot_be_removed(library, make_photos, tmp_path, source):
    library.index([make_photos(tmp_path / "p", 2)[0].parent])
    with pytest.raises(ModelError, match="answers searches"):
        library.remove_model("tiny")
    with pytest.raises(ModelError, match="part of the program"):
        library.remove_model("zother")
    library.models.add(source)
    library.use_model("small")
    library.index()
    with pytest.raises(ModelError, match="answers searches"):
        library.remove_model("small")


def test_an_exported_model_can_be_added_elsewhere(open_library, source, tmp_path):
    first = open_library("one")
    first.models.add(source)
    file = first.models.export("small", tmp_path)
    assert file == tmp_path / "small.onnx"
    onnx.checker.check_model(onnx.load(file))
    second = open_library("two")
    assert second.models.add(file) == "small"
    cards = [next(card for card in library.models.list() if card.name == "small") for library in (first, second)]
    assert (cards[0].dim, cards[0].input, cards[0].training) == (cards[1].dim, cards[1].input, cards[1].training)


def test_a_model_that_carries_its_manifest_is_exported_as_it_is(library, tmp_path):
    content = projecting(metadata={"lookalike": embedded(manifest())})
    library.models.add(put(tmp_path / "s", content))
    assert library.models.export("small", tmp_path / "out.onnx").read_bytes() == content


def test_an_export_that_cannot_be_written_is_a_sentence(library, tmp_path):
    with pytest.raises(LibraryUnusableError, match="cannot be written"):
        library.models.export("tiny", tmp_path / "nowhere" / "out.onnx")


def test_speed_is_measured_in_a_process_of_its_own(library):
    assert library.models.measure("tiny").milliseconds > 0
    with pytest.raises(ModelError, match="no model named nobody"):
        library.models.measure("nobody")


def test_metadata_are_read_and_added_as_onnx_does():
    model = projecting(metadata={"one": "eins", "long": "x" * 300})
    assert read_metadata(model) == {"one": "eins", "long": "x" * 300} == model_metadata(model)[2]
    more = with_metadata(model, "two", "zwei ü" * 100)
    assert read_metadata(more)["two"] == "zwei ü" * 100 == model_metadata(more)[2]["two"]
    assert onnx.load_model_from_string(more).graph == onnx.load_model_from_string(model).graph


@pytest.mark.parametrize("content", [b"\xff" * 20, b"\x72\xff\x01", b"\x0b", b"\x72\x05\x0a\x02\xff\xff"])
def test_rubbish_has_no_metadata(content):
    with pytest.raises(ModelError):
        read_metadata(content)


def zipped(folder, file, inside="small/"):
    with zipfile.ZipFile(file, "w") as archive:
        for one in folder.iterdir():
            archive.write(one, inside + one.name)
    return file


@pytest.mark.parametrize("inside", ["", "small/", "a/b/"])
def test_a_zip_of_a_folder_is_unpacked(library, source, tmp_path, inside):
    assert library.models.add(zipped(source, tmp_path / "Small.ZIP", inside)) == "small"
    added = library.folder / "models" / "small"
    assert sorted(file.name for file in added.iterdir()) == ["README.md", "manifest.json", "model.onnx"]


def test_a_zip_without_one_model_is_told_what_it_needs(library, source, tmp_path):
    with pytest.raises(ModelError, match="holds no model"):
        library.models.add(zipped(tmp_path / "downloads", tmp_path / "other.zip"))
    file = zipped(source, tmp_path / "two.zip")
    with zipfile.ZipFile(file, "a") as archive:
        archive.write(source / "model.onnx", "two/model.onnx")
        archive.write(source / "manifest.json", "two/manifest.json")
    with pytest.raises(ModelError, match="holds 2 models"):
        library.models.add(file)
    (tmp_path / "broken.zip").write_bytes(b"PK but no archive")
    with pytest.raises(ModelError, match="cannot be unpacked"):
        library.models.add(tmp_path / "broken.zip")
    assert names(library) == ["tiny", "zother"]


def test_an_archive_that_swells_is_not_unpacked(library, source, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST", 100)
    with pytest.raises(ModelError, match="too large"):
        library.models.add(zipped(source, tmp_path / "small.zip"))


def test_a_cancelled_check_adds_nothing(library, source):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        library.models.add(source, job)
    with pytest.raises(Cancelled):
        library.models.measure("tiny", job)
    assert names(library) == ["tiny", "zother"]


def test_a_card_tells_the_size_of_the_file(library, source):
    library.models.add(source)
    card = next(card for card in library.models.list() if card.name == "small")
    assert card.bytes == (source / "model.onnx").stat().st_size

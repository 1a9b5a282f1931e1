"""The manifest of a model: every wrong field is named, and the identity tells apart what must not be mixed."""

import json
from typing import Any

import pytest
from model_folders import manifest, put

from engine.errors import ModelError
from engine.models.manifest import embedded_manifest, load_manifest, parse_manifest

NESTED = {"size": "input", "layout": "input", "dtype": "input", "mean": "input", "std": "input", "mode": "resize"}


def changed(path: str, value: Any) -> dict[str, Any]:
    """A manifest in which one field, such as "input.size", has another value."""
    fields = manifest()
    *outer, name = path.split(".")
    place = fields[outer[0]] if outer else fields
    place[name] = value
    return fields


def without(path: str) -> dict[str, Any]:
    fields = changed(path, None)
    *outer, name = path.split(".")
    del (fields[outer[0]] if outer else fields)[name]
    return fields


def test_a_whole_manifest(tmp_path):
    fields = manifest(
        input={"name": "x", "size": [10, 20], "layout": "NCHW", "dtype": "float32", "mean": [1, 2, 3], "std": [4, 5, 6]}
    )
    read = load_manifest(put(tmp_path / "small", b"model", fields))
    assert (read.name, read.version, read.dim, read.output, read.licence) == (
        "small", "1", 4, "embeddings", "Apache-2.0",
    )  # fmt: skip
    assert (read.input.height, read.input.width, read.input.layout, read.input.dtype) == (10, 20, "NCHW", "float32")
    assert (read.input.mean, read.input.std) == ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))
    assert (read.resize, read.interpolation, read.training) == ("squash", "bilinear", {"recipe": "none"})


def test_what_may_be_left_out_has_its_default():
    fields = manifest()
    del fields["licence"], fields["training"]
    read = parse_manifest(fields)
    assert (read.licence, read.training, read.input.layout, read.input.dtype) == ("", {}, "NHWC", "uint8")
    assert (read.input.mean, read.input.std) == ((0, 0, 0), (1, 1, 1))
    assert (read.share, read.decoded_side) == (1.0, max(read.input.height, read.input.width))


def test_what_is_cut_away_is_decoded_first():
    read = parse_manifest(changed("input.size", [224, 112]) | {"resize": CUT})
    assert (read.share, read.decoded_side) == (0.875, 256)
    assert read.identity != parse_manifest(changed("input.size", [224, 112]) | {"resize": {**CUT, "share": 1}}).identity


CUT = {"mode": "crop", "interpolation": "bilinear", "share": 0.875}
WRONG = [
    ("format", 2), ("format", None), ("name", ""), ("name", "../evil"), ("name", ".hidden"), ("name", "a\\b"),
    ("name", " a"), ("name", "a\nb"), ("name", 'a"'), ("name", "con:"), ("name", ["a"]), ("name", "a" * 300),
    ("dim", 0), ("dim", -1), ("dim", "256"), ("dim", 2.5), ("dim", True), ("dim", None), ("dim", 10**9),
    ("input.size", [0, 8]), ("input.size", [8]), ("input.size", [8, 8, 8]), ("input.size", 8),
    ("input.size", ["8", "8"]), ("input.size", None), ("input.size", {"height": 8}),
    ("input.layout", "HWC"), ("input.layout", None), ("input.layout", ["NHWC"]), ("input.dtype", "float16"),
    ("input.mean", [0, 0]), ("input.mean", 0), ("input.mean", ["a", "b", "c"]), ("input.mean", [0, 0, float("nan")]),
    ("input.std", [1, 0, 1]), ("input.std", None), ("input.std", [1, 1, 1, 1]), ("input.std", [1, 1, float("inf")]),
    ("resize.share", 0), ("resize.share", 1.5), ("resize.share", "all"), ("resize.share", True),
    ("resize.mode", "stretch"), ("resize.interpolation", "nearest"), ("distance", "l2"), ("distance", None),
    ("input", 5), ("input", None), ("input", []), ("output", "embeddings"), ("output", None), ("resize", "squash"),
    ("training", 5), ("training", ["a"]), ("sha256", "short"), ("sha256", 5), ("sha256", "x" * 64),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value"), WRONG, ids=[f"{path}={str(value)[:20]!r}" for path, value in WRONG])
def test_a_wrong_field_is_named(tmp_path, path, value):
    folder = put(tmp_path / "small", b"model", changed(path, value))
    with pytest.raises(ModelError, match="is not valid") as caught:
        load_manifest(folder)
    assert str(folder) in caught.value.message
    assert path.rpartition(".")[2] in caught.value.message.partition("is not valid")[2]
    assert caught.value.hint


REQUIRED = [
    "format", "name", "version", "sha256", "dim", "input", "input.name", "input.size", "output", "output.name",
    "resize", "resize.mode", "resize.interpolation", "distance",
]  # fmt: skip


@pytest.mark.parametrize("path", REQUIRED)
def test_a_missing_field_is_named(tmp_path, path):
    with pytest.raises(ModelError, match=f"'{path.rpartition('.')[2]}' is missing"):
        load_manifest(put(tmp_path / "small", b"model", without(path)))


def test_a_folder_without_manifest_is_no_model(tmp_path):
    with pytest.raises(ModelError, match="is not a model: it has no manifest") as caught:
        load_manifest(tmp_path)
    assert "model.onnx and manifest.json" in caught.value.hint


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"{} {}"])
def test_what_is_no_json_is_a_sentence(tmp_path, text):
    (tmp_path / "manifest.json").write_bytes(text)
    with pytest.raises(ModelError, match="cannot be read"):
        load_manifest(tmp_path)


@pytest.mark.parametrize("document", [[], 5, None, "text"])
def test_json_that_is_no_object_is_a_sentence(tmp_path, document):
    (tmp_path / "manifest.json").write_text(json.dumps(document))
    with pytest.raises(ModelError, match="is not valid"):
        load_manifest(tmp_path)


def test_the_manifest_inside_a_model_needs_no_checksum():
    fields = manifest()
    del fields["sha256"]
    assert embedded_manifest(json.dumps(fields), "a" * 64) == parse_manifest({**fields, "sha256": "a" * 64})


@pytest.mark.parametrize("text", ["", "[]", "5", "{}", "[" * 100_000, json.dumps({**manifest(), "dim": 0})])
def test_a_wrong_manifest_inside_a_model_is_a_sentence(text):
    with pytest.raises(ModelError, match="The manifest inside the model is not valid"):
        embedded_manifest(text, "a" * 64)


def test_the_identity_is_the_weights_and_the_preprocessing():
    same = parse_manifest(manifest()).identity
    for path, value in (("name", "another"), ("version", "2"), ("licence", "MIT"), ("training", {"seed": 1})):
        assert parse_manifest(changed(path, value)).identity == same
    others = [
        parse_manifest(changed(path, value)).identity
        for path, value in (
            ("sha256", "b" * 64),
            ("input.size", [8, 9]),
            ("input.size", [9, 8]),
            ("input.mean", [0.5, 0, 0]),
            ("input.std", [0.5, 1, 1]),
            ("resize.mode", "crop"),
            ("resize.interpolation", "bicubic"),
        )
    ]
    assert len({same, *others}) == 8

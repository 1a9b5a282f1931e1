"""Small real things: generated photos, a tiny ONNX model, a library on it; and guards that fail a noisy test."""

import hashlib
import json
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageFilter

from engine.library import Library
from engine.settings import Settings

SIDE = 32
DIM = 32


def write_model(folder: Path, name: str = "tiny", seed: int = 0, dim: int = DIM) -> Path:
    """A model folder: a random projection of the 32 x 32 picture, L2-normalised. Alike pictures get alike embeddings."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    graph = _projection(seed, dim)
    (place / "model.onnx").write_bytes(graph)
    manifest = {
        "format": 1,
        "name": name,
        "version": "1",
        "sha256": hashlib.sha256(graph).hexdigest(),
        "dim": dim,
        "input": {"name": "images", "size": [SIDE, SIDE], "layout": "NHWC", "dtype": "uint8"},
        "output": {"name": "embeddings"},
        "resize": {"mode": "squash", "interpolation": "bilinear"},
        "distance": "cosine",
        "licence": "Apache-2.0",
        "training": {"recipe": "random projection"},
    }
    (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return place


def _projection(seed: int, dim: int) -> bytes:
    weights = np.random.default_rng(seed).normal(size=(SIDE * SIDE * 3, dim)).astype(np.float32)
    nodes = [
        helper.make_node("Cast", ["images"], ["pixels"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["pixels"], ["flat"], axis=1),
        helper.make_node("ReduceMean", ["flat"], ["mean"], axes=[1], keepdims=1),
        helper.make_node("Sub", ["flat", "mean"], ["centred"]),
        helper.make_node("MatMul", ["centred", "weights"], ["projected"]),
        # A picture of one colour has nothing left after centring: give it a direction all the same.
        helper.make_node("Add", ["projected", "bias"], ["moved"]),
        helper.make_node("LpNormalization", ["moved"], ["embeddings"], axis=1, p=2),
    ]
    graph = helper.make_graph(
        nodes,
        "projection",
        [helper.make_tensor_value_info("images", TensorProto.UINT8, ["N", SIDE, SIDE, 3])],
        [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, ["N", dim])],
        [numpy_helper.from_array(weights, "weights"), numpy_helper.from_array(np.ones(dim, np.float32), "bias")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def picture(seed: int, size: tuple[int, int] = (96, 72)) -> Image.Image:
    """A picture of soft coloured blobs, different for every seed."""
    blobs = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(blobs).resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1))


MakePhotos = Callable[..., list[Path]]


@pytest.fixture
def make_photos() -> MakePhotos:
    """make_photos(folder, count, first=0): writes JPEG files photo_000.jpg, ... and returns them."""

    def make(folder: Path, count: int, first: int = 0) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        files = [folder / f"photo_{seed:03}.jpg" for seed in range(first, first + count)]
        for seed, file in enumerate(files, first):
            picture(seed).save(file, quality=92)
        return files

    return make


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two models, "tiny" and "other"; "tiny" comes with every library of the tests."""
    folder = tmp_path_factory.mktemp("models")
    write_model(folder, "tiny", seed=0)
    write_model(folder, "zother", seed=1, dim=16)
    return folder


@pytest.fixture
def open_library(tmp_path: Path, models_folder: Path) -> Iterator[Callable[..., Library]]:
    """open_library(name="library"): opens a library in tmp_path; all are closed at the end."""
    opened: list[Library] = []

    def open_(name: str = "library", **settings: int) -> Library:
        library = Library.open(tmp_path / name, models_folder, Settings(**{"workers": 1, **settings}))
        opened.append(library)
        return library

    yield open_
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Callable[..., Library]) -> Library:
    """An empty library with the tiny model."""
    return open_library()


@pytest.fixture(autouse=True)
def no_warnings_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An unexpected log record is a failure; a test that expects one clears it."""
    yield
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, f"logged: {[record.getMessage() for record in loud]}"


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """A thread that outlives its test is a failure."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in set(threading.enumerate()) - before if thread.is_alive() and not thread.daemon]
    for thread in left:
        thread.join(timeout=5)
    assert not [thread.name for thread in left if thread.is_alive()]

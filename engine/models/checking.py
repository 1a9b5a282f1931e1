"""Looking a foreign model over before anyone relies on it, in a limited process of its own."""

import hashlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import EngineError, ModelError, NotFoundError
from engine.jobs import Job
from engine.models.embedder import OnnxEmbedder, model_metadata
from engine.models.manifest import METADATA_KEY, MODEL, Manifest, embedded_manifest, load_manifest
from engine.models.registry import InstalledModel
from engine.paths import is_folder, is_there
from engine.workers import Limits, WorkerPool

CHECK_LIMITS = Limits(seconds=60, memory_mib=6144)
TRIALS = 8
SAME_COSINE = 0.9999
"""An embedding may not depend on the batch it is in; rounding leaves this much."""


@dataclass(frozen=True, slots=True)
class ModelCheck:
    """What the check of a model found.

    Attributes:
        ok: it can be used.
        problems: what is wrong, one sentence each.
        inputs: "name: type [shape]" each.
        outputs: likewise.
        milliseconds: per picture on one thread of the CPU; None if it did not run.
    """

    path: Path
    ok: bool
    problems: tuple[str, ...]
    name: str = ""
    dim: int = 0
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    milliseconds: float | None = None


def check_model(path: Path, job: Job | None = None) -> ModelCheck:
    """Check a model folder or a lone ONNX file; never raises for what is wrong with the model itself.

    Raises:
        NotFoundError: there is nothing at this path.
        Cancelled: the job was cancelled.
    """
    if not is_there(path):
        raise NotFoundError(f"There is no file or folder {path}.", "Name a model folder or an .onnx file.")
    pool: WorkerPool[Path, ModelCheck] = WorkerPool(_start, 1, CHECK_LIMITS)
    try:
        return pool.ask(path, job)
    except EngineError as error:
        return ModelCheck(path, ok=False, problems=(error.message.replace("Reading it", "Running it"),))
    finally:
        pool.close()


def open_foreign(path: Path) -> InstalledModel:
    """A model folder or a lone ONNX file that is not installed, after a check that it can be used.

    Raises:
        NotFoundError: there is nothing at this path.
        ModelError: it cannot be used.
    """
    check = check_model(path)
    if not check.ok:
        raise ModelError(f"The model {path} cannot be used: {' '.join(check.problems)}", "Name another model.")
    return InstalledModel(path, load_manifest(path) if is_folder(path) else _manifest_inside(path), "file")


def _manifest_inside(file: Path) -> Manifest:
    """The manifest in a lone ONNX file, which only a limited process may open."""
    pool: WorkerPool[Path, Manifest] = WorkerPool(_start_reading, 1, CHECK_LIMITS)
    try:
        return pool.ask(file)
    finally:
        pool.close()


def _start_reading() -> Callable[[Path], Manifest]:
    return _read_manifest


def _read_manifest(file: Path) -> Manifest:
    model = file.read_bytes()
    return embedded_manifest(model_metadata(model)[2][METADATA_KEY], hashlib.sha256(model).hexdigest())


def _start() -> Callable[[Path], ModelCheck]:
    return _check


def _check(path: Path) -> ModelCheck:
    try:
        if is_folder(path):
            return _check_described(path / MODEL, load_manifest(path))
        return _check_file(path)
    except (ModelError, OSError) as error:
        return ModelCheck(path, ok=False, problems=(str(error),))


def _check_file(path: Path) -> ModelCheck:
    """A lone ONNX file: it may carry its manifest in its metadata."""
    model = path.read_bytes()
    inputs, outputs, metadata = model_metadata(model)
    sha256 = hashlib.sha256(model).hexdigest()
    if METADATA_KEY in metadata:
        return _check_described(path, embedded_manifest(metadata[METADATA_KEY], sha256))
    problems = [
        f"It carries no manifest: put it into a folder as {MODEL} beside a manifest.json with the SHA-256 {sha256}."
    ]
    if len(inputs) != 1 or len(inputs[0][1]) != 4:
        problems.append("An embedding model has one input of four dimensions.")
    if not any(len(shape) == 2 for _, shape, _ in outputs):
        problems.append("An embedding model has an output of two dimensions.")
    return ModelCheck(path, False, tuple(problems), path.stem, 0, _shown(inputs), _shown(outputs))


def _check_described(file: Path, manifest: Manifest) -> ModelCheck:
    embedder = OnnxEmbedder(file, manifest)
    inputs, outputs, _ = model_metadata(file.read_bytes())
    shape = (TRIALS, manifest.input.height, manifest.input.width, 3)
    pictures = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    pictures[0], pictures[1] = 0, 255  # noise looks alike to many models; black and white must not
    together = embedder.embed(pictures)
    started = time.perf_counter()
    alone = np.concatenate([embedder.embed(picture[None]) for picture in pictures])
    milliseconds = (time.perf_counter() - started) * 1000 / TRIALS
    problems = []
    if float((together * alone).sum(axis=1).min()) < SAME_COSINE:
        problems.append("A picture's embedding depends on the other pictures in its batch.")
    if math.isclose(float((alone @ alone.T).min()), 1, abs_tol=1e-5):
        problems.append("Different pictures all get the same embedding.")
    return ModelCheck(
        file, not problems, tuple(problems), manifest.name, manifest.dim, _shown(inputs), _shown(outputs), milliseconds
    )


def _shown(values: list[tuple[str, list[object], str]]) -> tuple[str, ...]:
    return tuple(f"{name}: {kind} {shape}" for name, shape, kind in values)

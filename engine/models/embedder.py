"""Runs an embedding model with ONNX Runtime: the only file that knows it.

ONNX Runtime lists providers that cannot run, and falls back to the CPU without saying so. What counts here is what a
session reads back after it was made.
"""

import base64
import hashlib
import logging
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.models.manifest import MODEL, Manifest
from engine.models.onnx_tail import with_output

log = logging.getLogger(__name__)
Pixels = NDArray[np.uint8]
Embeddings = NDArray[np.float32]

CPU = "CPUExecutionProvider"
CUDA = "CUDAExecutionProvider"
COREML = "CoreMLExecutionProvider"
_SHORT = {CPU: "CPU", CUDA: "CUDA", COREML: "CoreML"}
_OUT_OF_MEMORY = ("out of memory", "failed to allocate", "alloc_failed", "bfcarena")
"""How ONNX Runtime, CUDA, cuBLAS and cuDNN say that the memory of the graphics card is not enough."""
_SILENT = 4  # fatal messages only: ONNX Runtime writes to stderr what we report ourselves
_PROBE = base64.b64decode(
    "CAgSADpEChEKAXgKAXgSAXkiBk1hdE11bBIFcHJvYmVaEwoBeBIOCgwIARIICgIIAgoCCAJiEwoBeRIOCgwIARIICgIIAgoCCAJCBAoAEBE="
)
"""An ONNX model of one node: y = x · x for a 2 x 2 matrix (IR 8, opset 17)."""


@dataclass(frozen=True, slots=True)
class ProviderProof:
    """Whether an execution provider works, shown by running it.

    Attributes:
        name: "CUDAExecutionProvider", ...
        available: ONNX Runtime lists it.
        works: a session really ran on it.
        detail: why not, or how fast.
        cure: the command that would make it work, or empty.
    """

    name: str
    available: bool
    works: bool
    detail: str
    cure: str = ""


class OnnxEmbedder:
    """An embedding model in an ONNX Runtime session.

    Attributes:
        manifest: its shape and preprocessing.
        provider: what really runs it, in short: "CPU", "CUDA"; the CPU too after another one has failed.

    Args:
        model: the model folder, or the ONNX file itself.
        manifest: what the model's manifest says.
        threads: of the session; one per worker process, since photos are embedded in parallel.
        providers: in order of preference; the CPU is always the last resort.
        feature_map: name of an inner value of the graph that `embed_with_features` is to give as well.

    Raises:
        ModelError: the file is missing, not the one the manifest describes, or no model.
    """

    def __init__(
        self,
        model: Path,
        manifest: Manifest,
        *,
        threads: int = 1,
        providers: tuple[str, ...] = (CPU,),
        feature_map: str | None = None,
    ) -> None:
        self.manifest = manifest
        self._feature_map = feature_map
        self._file = model / MODEL if model.is_dir() else model
        self._threads = threads
        self._at_once: int | None = None
        self._open_session(providers)
        self._check_shape()

    def embed(self, pixels: Pixels) -> Embeddings:
        """Embeddings float32 [N, dim], L2-normalised, of pictures uint8 RGB [N, height, width, 3].

        Raises:
            ModelError: the model fails, or its output is no embedding.
        """
        (output,) = self._run(pixels, [self.manifest.output])
        return self._normalised(np.asarray(output, dtype=np.float32), len(pixels))

    def embed_with_features(self, pixels: Pixels) -> tuple[Embeddings, NDArray[Any]]:
        """The same, and the value of the inner `feature_map` that was asked for."""
        output, features = self._run(pixels, [self.manifest.output, self._feature_map])
        return self._normalised(np.asarray(output, dtype=np.float32), len(pixels)), np.asarray(features)

    def _run(self, pixels: Pixels, outputs: list[str | None]) -> list[Any]:
        given = self.manifest.input
        if pixels.dtype != np.uint8 or pixels.shape[1:] != (given.height, given.width, 3):
            raise ValueError(f"expected uint8 [N, {given.height}, {given.width}, 3], got {pixels.dtype} {pixels.shape}")
        answers: list[list[Any]] = []
        done = 0
        while done < len(pixels) or not answers:
            part = pixels[done : done + (self._at_once or len(pixels))]
            try:
                answers.append(self._session.run(outputs, {given.name: _as_input(part, self.manifest)}))
            except Exception as error:  # noqa: BLE001 - whatever a graphics card and its driver come up with
                self._give_way(error, len(part))
                continue
            done += len(part)
        return answers[0] if len(answers) == 1 else [np.concatenate(values) for values in zip(*answers, strict=True)]

    def _give_way(self, error: Exception, count: int) -> None:
        """After a failure with so many pictures: ask for fewer at once, or let the CPU do it.

        A graphics card is shared with other programs, which may take its memory at any moment, and it may vanish: a
        laptop sleeps, a driver is updated. What was embedded before counts all the same.

        Raises:
            ModelError: it was the CPU that failed.
        """
        name = self.manifest.name
        if self.provider == _SHORT[CPU]:
            raise ModelError(f"The model {name} failed: {error}", "Check it with “lookalike models check”.") from error
        if count > 1 and any(words in str(error).lower() for words in _OUT_OF_MEMORY):
            self._at_once = count // 2
            log.info("%s has no memory for %d pictures at once with %s: %s", self.provider, count, name, error)
            return
        log.info("%s failed with %s; the CPU goes on: %s", self.provider, name, error)
        self._at_once = None
        self._open_session((CPU,))

    def _open_session(self, providers: tuple[str, ...]) -> None:
        verified = _verified_model(self._file, self.manifest)
        opened = with_output(verified, self._feature_map) if self._feature_map is not None else verified
        self._session = _session(opened, self._threads, providers)
        self.provider = short_name(self._session.get_providers()[0])

    def _normalised(self, output: Embeddings, count: int) -> Embeddings:
        if output.shape != (count, self.manifest.dim):
            raise ModelError(
                f"The model {self.manifest.name} gave an output of shape {list(output.shape)}"
                f" instead of {[count, self.manifest.dim]}."
            )
        norms = np.linalg.norm(output, axis=1, keepdims=True)
        if not np.all(np.isfinite(norms)) or np.any(norms < 1e-6):
            raise ModelError(f"The model {self.manifest.name} gave values that are no embedding (zero or not finite).")
        unit: Embeddings = output / norms
        return unit

    def _check_shape(self) -> None:
        inputs = {given.name: given for given in self._session.get_inputs()}
        outputs = {given.name for given in self._session.get_outputs()}
        wanted, model = self.manifest.input, f"The model {self.manifest.name}"
        if set(inputs) != {wanted.name}:
            raise ModelError(f"{model} has the inputs {sorted(inputs)}, its manifest says {wanted.name!r}.")
        if self.manifest.output not in outputs:
            raise ModelError(f"{model} has the outputs {sorted(outputs)}, its manifest says {self.manifest.output!r}.")
        if len(inputs[wanted.name].shape) != 4:
            raise ModelError(f"{model} has an input of {len(inputs[wanted.name].shape)} dimensions instead of 4.")


def best_providers() -> tuple[str, ...]:
    """The providers worth asking for on this machine: those that proved to work, the CPU last."""
    return tuple(proof.name for proof in prove_providers() if proof.works)


def prove_providers() -> list[ProviderProof]:
    """Try the providers this program uses by running a tiny model on each; the CPU is the last of the list.

    TensorRT is never tried: it takes minutes to start and falls back to the CPU when it cannot.
    """
    return [_prove(name) for name in (CUDA, COREML, CPU)]


def short_name(provider: str) -> str:
    """A provider's name as people say it."""
    return _SHORT.get(provider, provider.removesuffix("ExecutionProvider"))


def model_metadata(
    model: bytes,
) -> tuple[list[tuple[str, list[object], str]], list[tuple[str, list[object], str]], dict[str, str]]:
    """Name, shape and type of a model's inputs and of its outputs, and its metadata.

    Raises:
        ModelError: it is no ONNX model that runs here.
    """
    session = _session(model, 1, (CPU,))
    inputs = [(given.name, list(given.shape), given.type) for given in session.get_inputs()]
    outputs = [(given.name, list(given.shape), given.type) for given in session.get_outputs()]
    return inputs, outputs, dict(session.get_modelmeta().custom_metadata_map)


def _verified_model(file: Path, manifest: Manifest) -> bytes:
    """The model's bytes, if they are the ones the manifest describes."""
    try:
        model = file.read_bytes()
    except OSError as error:
        raise ModelError(f"The model {manifest.name} cannot be read: {error}.", "Get the model again.") from error
    if hashlib.sha256(model).hexdigest() != manifest.sha256:
        raise ModelError(
            f"The file {file} is not the model that its manifest describes (its SHA-256 differs).",
            "Get the model again.",
        )
    return model


def _session(model: bytes, threads: int, providers: tuple[str, ...]) -> Any:
    """A session made from bytes, so that a model cannot pull in other files."""
    runtime = _runtime()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _SILENT
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # spinning burns the other workers' CPU
    # Without this, weights outside the model would be looked for in the working directory.
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", os.devnull)
    offered = runtime.get_available_providers()
    wanted = [name for name in providers if name in offered] or [CPU]
    try:
        return runtime.InferenceSession(model, options, providers=wanted)
    except Exception as error:
        raise ModelError(f"This is not an ONNX model that runs here: {error}") from error


def _as_input(pixels: Pixels, manifest: Manifest) -> NDArray[Any]:
    ready: NDArray[Any] = pixels
    if manifest.input.dtype == "float32":
        mean, std = (np.array(values, dtype=np.float32) for values in (manifest.input.mean, manifest.input.std))
        ready = (pixels.astype(np.float32) / np.float32(255) - mean) / std
    if manifest.input.layout == "NCHW":
        ready = ready.transpose(0, 3, 1, 2)
    return np.ascontiguousarray(ready)


def _prove(provider: str) -> ProviderProof:
    runtime = _runtime()
    if provider not in runtime.get_available_providers():
        return ProviderProof(
            provider, available=False, works=False, detail="this build of ONNX Runtime does not have it"
        )
    options = runtime.SessionOptions()
    options.log_severity_level = _SILENT
    if provider != CPU:
        options.add_session_config_entry("session.disable_cpu_ep_fallback", "1")
    try:
        session = runtime.InferenceSession(_PROBE, options, providers=[provider])
        started = time.perf_counter()
        (result,) = session.run(None, {"x": np.eye(2, dtype=np.float32)})
        seconds = time.perf_counter() - started
    except Exception as error:  # noqa: BLE001 - the outcome of the test
        log.debug("%s: %s", provider, error)
        return _not_working(provider)
    if session.get_providers()[0] != provider or not np.array_equal(result, np.eye(2)):
        return _not_working(provider)
    return ProviderProof(provider, True, True, f"a test model ran in {seconds * 1000:.1f} ms")


def _not_working(provider: str) -> ProviderProof:
    """Why a provider that is listed does not run, as far as the machine tells, and what cures that."""
    if provider != CUDA:
        return ProviderProof(provider, True, False, "its device or its libraries are not there")
    if shutil.which(_NVIDIA_TOOL) is None:
        return ProviderProof(
            provider,
            True,
            False,
            f"there is no driver of an NVIDIA GPU ({_NVIDIA_TOOL} is not there)",
            f"with an NVIDIA GPU: install its driver, 580 or newer, then {_CUDA_LIBRARIES}",
        )
    return ProviderProof(
        provider,
        True,
        False,
        "there is a driver of an NVIDIA GPU, but CUDA's libraries do not load, or it is too old",
        f"{_CUDA_LIBRARIES}; if that is done already, update the driver to 580 or newer",
    )


_NVIDIA_TOOL = "nvidia-smi"
_CUDA_LIBRARIES = 'pip install "onnxruntime-gpu[cuda,cudnn]"'


def _runtime() -> Any:
    """ONNX Runtime, silent in both senses.

    Since 1.29 its packages for Linux and macOS send reports to their maker. The call that switches that off comes too
    late: by then an identifier of this machine and a first report are on disk. Only the variable keeps all of it from
    happening (microsoft/onnxruntime#27379); processes that are started from here inherit it.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime  # native and slow to load: only when a model is wanted

    onnxruntime.set_default_logger_severity(_SILENT)
    onnxruntime.disable_telemetry_events()  # for Windows, where the system collects them
    return onnxruntime

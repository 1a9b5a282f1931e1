"""Running a model: the same numbers as numpy, and a sentence for everything a model can do wrong."""

import os
import subprocess
import sys

import numpy as np
import onnx
import pytest
from model_folders import DIM, SIDE, constant, manifest, pictures, projecting, put, scaled, weights

from engine.errors import ModelError
from engine.models.embedder import (
    OnnxEmbedder,
    _not_working,
    best_providers,
    model_metadata,
    prove_providers,
    short_name,
)
from engine.models.manifest import load_manifest, parse_manifest


def embedder(folder) -> OnnxEmbedder:
    return OnnxEmbedder(folder, load_manifest(folder))


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_embeddings_are_those_that_numpy_computes(models_folder):
    folder = models_folder / "tiny"
    tiny = embedder(folder)
    pixels = np.random.default_rng(0).integers(0, 256, (5, 32, 32, 3), dtype=np.uint8)
    stored = {
        tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in onnx.load(folder / "model.onnx").graph.initializer
    }
    flat = pixels.reshape(5, -1).astype(np.float64)
    expected = unit((flat - flat.mean(axis=1, keepdims=True)) @ stored["weights"] + stored["bias"])
    got = tiny.embed(pixels)
    assert (got.dtype, got.shape, tiny.provider) == (np.float32, (5, 32), "CPU")
    assert np.abs(got - expected).max() < 1e-5


def test_embeddings_have_length_one_even_if_the_graph_does_not_see_to_it(tmp_path):
    small = embedder(put(tmp_path / "small", projecting()))
    got = small.embed(pictures(7))
    assert np.abs(got - unit(pictures(7).reshape(7, -1).astype(np.float32) @ weights() + 1)).max() < 1e-5
    assert np.abs(np.linalg.norm(got, axis=1) - 1).max() < 1e-6


@pytest.mark.parametrize("count", [1, 2, 3, 8, 33])
def test_the_size_of_the_batch_changes_nothing(tmp_path, count):
    small = embedder(put(tmp_path / "small", projecting()))
    alone = np.concatenate([small.embed(picture[None]) for picture in pictures(count)])
    assert np.abs(small.embed(pictures(count)) - alone).max() < 1e-5


def test_a_model_that_wants_normalised_floats_channels_first_gets_them(tmp_path):
    mean, std = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    given = {"name": "images", "size": [SIDE, SIDE], "layout": "NCHW", "dtype": "float32", "mean": mean, "std": std}
    small = embedder(put(tmp_path / "small", projecting(floats=True), input=given))
    ready = (pictures(3) / 255 - np.array(mean)) / np.array(std)
    expected = unit(ready.transpose(0, 3, 1, 2).reshape(3, -1) @ weights() + 1)
    assert np.abs(small.embed(pictures(3)) - expected).max() < 1e-5


def test_the_model_file_may_be_named_itself(tmp_path):
    folder = put(tmp_path / "small", projecting())
    direct = OnnxEmbedder(folder / "model.onnx", load_manifest(folder))
    assert np.array_equal(direct.embed(pictures(2)), embedder(folder).embed(pictures(2)))


@pytest.mark.parametrize(
    "pixels",
    [
        pictures(1)[0],
        pictures(1).astype(np.float32),
        pictures(2)[:, :4],
        pictures(1)[..., :1],
        np.zeros((1, 3, SIDE, SIDE), np.uint8),
    ],
)
def test_what_is_no_batch_of_pictures_is_refused(tmp_path, pixels):
    small = embedder(put(tmp_path / "small", projecting()))
    with pytest.raises(ValueError, match="expected uint8"):
        small.embed(pixels)


def test_a_file_that_is_not_the_one_of_the_manifest_is_refused(tmp_path):
    folder = put(tmp_path / "small", projecting())
    (folder / "model.onnx").write_bytes(scaled(2))
    with pytest.raises(ModelError, match="its SHA-256 differs") as caught:
        embedder(folder)
    assert "Get the model again" in caught.value.hint


def test_a_missing_file_is_a_sentence(tmp_path):
    folder = put(tmp_path / "small", projecting())
    (folder / "model.onnx").unlink()
    with pytest.raises(ModelError, match="The model small cannot be read"):
        embedder(folder)


@pytest.mark.parametrize("content", [b"", b"not a model", projecting()[:500], b"\xff" * 5000])
def test_what_is_no_model_is_a_sentence(tmp_path, content):
    with pytest.raises(ModelError, match="not an ONNX model that runs here"):
        embedder(put(tmp_path / "small", content))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"input": {"name": "pictures", "size": [SIDE, SIDE]}},
            r"has the inputs \['images'\], its manifest says 'pictures'",
        ),
        ({"output": {"name": "features"}}, r"has the outputs \['embeddings'\], its manifest says 'features'"),
    ],
)
def test_wrong_names_are_told_at_once(tmp_path, changes, sentence):
    with pytest.raises(ModelError, match=sentence):
        embedder(put(tmp_path / "small", projecting(), **changes))


@pytest.mark.parametrize(
    ("model", "changes", "sentence"),
    [
        (projecting(), {"dim": 5}, r"output of shape \[3, 4\] instead of \[3, 5\]"),
        (projecting(tail="Log"), {}, "no embedding"),
        (scaled(0), {}, "no embedding"),
        (scaled(np.inf), {}, "no embedding"),
        (scaled(1e-30), {}, "no embedding"),
        (projecting(floats=True), {}, "The model small failed"),
        (projecting(batch=1), {}, "The model small failed"),
        (projecting(), {"input": {"name": "images", "size": [9, 9]}}, "The model small failed"),
    ],
)
def test_an_output_that_is_no_embedding_is_a_sentence(tmp_path, model, changes, sentence):
    folder = put(tmp_path / "small", model, **changes)
    side = load_manifest(folder).input.height
    pixels = np.random.default_rng(0).integers(0, 256, (3, side, side, 3), dtype=np.uint8)
    with pytest.raises(ModelError, match=sentence):
        embedder(folder).embed(pixels)


def test_an_unknown_provider_falls_back_to_the_cpu_and_says_so(tmp_path, capfd):
    folder = put(tmp_path / "small", projecting())
    small = OnnxEmbedder(folder, load_manifest(folder), providers=("NoSuchExecutionProvider",))
    assert small.provider == "CPU"
    assert capfd.readouterr() == ("", "")


def test_metadata_names_inputs_outputs_and_what_the_model_carries():
    inputs, outputs, metadata = model_metadata(projecting(metadata={"lookalike": "{}"}))
    assert inputs == [("images", ["N", SIDE, SIDE, 3], "tensor(uint8)")]
    assert outputs == [("embeddings", ["N", DIM], "tensor(float)")]
    assert metadata == {"lookalike": "{}"}
    assert model_metadata(constant())[2] == {}


def test_providers_are_proved_by_running_and_silently(capfd):
    proofs = {proof.name: proof for proof in prove_providers()}
    cpu = proofs["CPUExecutionProvider"]
    assert cpu.available
    assert cpu.works
    assert "ran in" in cpu.detail
    assert cpu.cure == ""
    assert list(proofs)[-1] == "CPUExecutionProvider"
    assert not any("Tensorrt" in name for name in proofs)
    assert capfd.readouterr() == ("", "")
    for proof in proofs.values():
        assert proof.detail
        assert "\n" not in proof.detail
        assert proof.available or not proof.works


def test_a_listed_provider_that_does_not_run_is_reported_with_its_cure(capfd):
    (cuda,) = [proof for proof in prove_providers() if proof.name == "CUDAExecutionProvider"]
    if cuda.works or not cuda.available:
        pytest.skip("CUDA works here, or this build of ONNX Runtime does not have it")
    assert "onnxruntime-gpu[cuda,cudnn]" in cuda.cure
    assert best_providers()[-1] == "CPUExecutionProvider"
    assert "CUDAExecutionProvider" not in best_providers()
    assert capfd.readouterr() == ("", "")


def test_short_names():
    assert [short_name(name) for name in ("CPUExecutionProvider", "CUDAExecutionProvider", "DmlExecutionProvider")] == [
        "CPU", "CUDA", "Dml",
    ]  # fmt: skip


def test_a_manifest_alone_is_no_model(tmp_path):
    with pytest.raises(ModelError):
        OnnxEmbedder(tmp_path, parse_manifest(manifest()))


def test_the_runtime_neither_reports_nor_marks_the_machine(tmp_path):
    """Left alone, it keeps an identifier and its reports in the folder for caches (onnxruntime 1.31 on Linux)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "CI", "ORT_"))}
    run = "import os; from engine.models.embedder import prove_providers; prove_providers(); print(os.environ['HOME'])"
    done = subprocess.run(
        [sys.executable, "-c", run], env={**kept, "HOME": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


class GraphicsCard:
    """Stands in for a session on one: it has room for so many pictures, and may be gone."""

    def __init__(self, session, most: int, says: str) -> None:
        self.session, self.most, self.says, self.asked = session, most, says, []

    def run(self, outputs, given):
        (pixels,) = given.values()
        self.asked.append(len(pixels))
        if len(pixels) > self.most:
            raise RuntimeError(self.says)
        return self.session.run(outputs, given)


def on_a_card(folder, most: int, says: str) -> tuple[OnnxEmbedder, GraphicsCard]:
    made = embedder(put(folder, projecting()))
    made._session = card = GraphicsCard(made._session, most, says)
    made.provider = "CUDA"
    return made, card


@pytest.mark.parametrize(
    "says",
    [
        "CUDA failure 2: out of memory ; GPU=0 ; hostname=here",
        "Failed to allocate memory for requested buffer of size 1073741824",
        "CUDNN failure 4: CUDNN_STATUS_ALLOC_FAILED",
    ],
)
def test_a_card_without_memory_is_given_fewer_pictures_at_once(tmp_path, says):
    expected = embedder(put(tmp_path / "same", projecting())).embed(pictures(33))
    crowded, card = on_a_card(tmp_path / "small", 9, says)
    assert np.abs(crowded.embed(pictures(33)) - expected).max() < 1e-5
    assert card.asked == [33, 16, 8, 8, 8, 8, 1]
    assert np.abs(crowded.embed(pictures(33))[:9] - expected[:9]).max() < 1e-5
    assert max(card.asked[7:]) == 8, "it is not asked for more again"
    assert crowded.provider == "CUDA"


def test_a_card_without_memory_for_one_picture_gives_way_to_the_processor(tmp_path):
    expected = embedder(put(tmp_path / "same", projecting())).embed(pictures(5))
    full, card = on_a_card(tmp_path / "small", 0, "out of memory")
    assert np.abs(full.embed(pictures(5)) - expected).max() < 1e-5
    assert (full.provider, card.asked) == ("CPU", [5, 2, 1])


def test_a_card_that_vanishes_gives_way_to_the_processor(tmp_path):
    expected = embedder(put(tmp_path / "same", projecting())).embed(pictures(5))
    gone, card = on_a_card(tmp_path / "small", 0, "CUDA failure 999: unknown error")
    assert np.abs(gone.embed(pictures(5)) - expected).max() < 1e-5
    assert (gone.provider, card.asked) == ("CPU", [5])
    assert np.abs(gone.embed(pictures(5)) - expected).max() < 1e-5
    assert card.asked == [5]


def test_a_model_that_fails_on_the_processor_too_is_a_sentence(tmp_path):
    broken, _ = on_a_card(tmp_path / "small", 0, "out of memory")
    broken._open_session = lambda providers: setattr(broken, "provider", "CPU")
    with pytest.raises(ModelError, match="out of memory"):
        broken.embed(pictures(2))


@pytest.mark.parametrize(("tool", "said"), [("nvidia-smi", "libraries do not load"), (None, "no driver of an NVIDIA")])
def test_what_is_missing_for_cuda_is_said_with_what_cures_it(monkeypatch, tool, said):
    monkeypatch.setattr("engine.models.embedder.shutil.which", lambda name: tool)
    proof = _not_working("CUDAExecutionProvider")
    assert said in proof.detail
    assert 'pip install "onnxruntime-gpu[cuda,cudnn]"' in proof.cure
    assert _not_working("CoreMLExecutionProvider").cure == ""

import numpy as np
import onnx
import pytest

from engine.errors import ModelError
from engine.evaluation.ranking import unit
from engine.models.checking import open_foreign
from engine.models.embedder import OnnxEmbedder
from engine.models.installing import export_model
from engine.models.registry import ModelRegistry
from tests.samples import DIM, SIDE
from trainer.heads import Head, Layer
from trainer.onnx_head import with_head
from trainer.run_folder import write_personal_model

CHANCE = np.random.default_rng(0)
PIXELS = CHANCE.integers(0, 256, (12, SIDE, SIDE, 3), dtype=np.uint8)


def layer(out):
    return Layer(CHANCE.normal(size=(out, DIM)).astype(np.float32), CHANCE.normal(size=out).astype(np.float32))


def head(*, posterior=True, share=0.4, out=3, turned=False):
    learned = layer(out)
    return Head(learned.weight, learned.bias, posterior, share, layer(DIM) if turned else None)


@pytest.fixture
def tiny(models_folder, tmp_path):
    return ModelRegistry(models_folder, tmp_path / "none").named("tiny")


@pytest.mark.parametrize("posterior", [True, False])
@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("turned", [False, True])
def test_new_embeddings_have_length_1_and_the_told_dimension(posterior, share, turned):
    one = head(posterior=posterior, share=share, turned=turned)
    embeddings = one(CHANCE.normal(size=(5, DIM)).astype(np.float32))
    assert embeddings.shape == (5, one.dim)
    assert np.linalg.norm(embeddings, axis=1) == pytest.approx(np.ones(5), abs=1e-6)


def likelihoods(one, old):
    """Square roots of the classes' probabilities, without that of none of these."""
    scores = np.exp(old @ one.weight.T + one.bias)
    return np.sqrt(scores / scores.sum(axis=1, keepdims=True))[:, :-1]


def blend(share, kept, learned):
    """The cosine of two photos by what is kept of them and what is learned, each [2, values]."""
    (a, b), (p, q) = kept, learned
    lengths = [(1 - share) * one @ one + share * other @ other for one, other in ((a, p), (b, q))]
    return ((1 - share) * (a @ b) + share * (p @ q)) / np.sqrt(np.prod(lengths))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_the_cosine_blends_what_is_kept_with_what_the_classes_have_in_common(share, turned):
    old = unit(CHANCE.normal(size=(2, DIM)).astype(np.float32))
    one = head(share=share, turned=turned)
    kept = unit(one.turn(old)) if turned else old
    new = one(old)
    assert new[0] @ new[1] == pytest.approx(blend(share, kept, likelihoods(one, old)), abs=1e-6)


def test_a_layer_without_probabilities_counts_as_much_for_every_photo():
    old = unit(CHANCE.normal(size=(2, DIM)).astype(np.float32))
    one = head(posterior=False, share=0.3)
    learned = unit(old @ one.weight.T + one.bias)
    new = one(old)
    assert new[0] @ new[1] == pytest.approx(0.7 * (old[0] @ old[1]) + 0.3 * (learned[0] @ learned[1]), abs=1e-6)


def test_photos_of_no_known_class_stay_nearer_to_what_they_were():
    """Known photos are sure of their class; the others lie across, and none of these is most probable for them."""
    known = np.eye(DIM, dtype=np.float32)[:4]
    others = unit(np.ones((1, DIM), np.float32))
    weight = np.vstack([20 * known - 5, np.zeros_like(known[:1])])
    one = Head(weight, np.array([0, 0, 0, 0, 3], np.float32), posterior=True, share=0.5)
    kept = [np.linalg.norm(one(photos)[:, :DIM], axis=1).min() for photos in (known, others)]
    assert kept[0] == pytest.approx(np.sqrt(0.5), abs=1e-3)
    assert kept[1] > 0.85


@pytest.mark.parametrize("posterior", [True, False])
@pytest.mark.parametrize(("share", "turned"), [(0.0, True), (0.4, False), (0.4, True), (1.0, False)])
def test_the_onnx_file_computes_what_the_head_computes(tiny, tmp_path, posterior, share, turned):
    one = head(posterior=posterior, share=share, turned=turned)
    write_personal_model(tmp_path / "mine", tiny, one, "mine", {"recipe": "linear"}, PIXELS)
    (installed,) = ModelRegistry(tmp_path, tmp_path / "none").list()
    assert (installed.manifest.name, installed.manifest.dim) == ("mine", one.dim)
    assert installed.manifest.identity != tiny.manifest.identity
    wanted = one(OnnxEmbedder(tiny.folder, tiny.manifest).embed(PIXELS))
    given = OnnxEmbedder(installed.folder, installed.manifest).embed(PIXELS)
    np.testing.assert_allclose(given, wanted, atol=1e-5)


def test_heads_can_be_put_behind_one_another(tiny, tmp_path):
    first = tmp_path / "first"
    write_personal_model(first, tiny, head(), "first", {}, PIXELS)
    (installed,) = ModelRegistry(tmp_path, tmp_path / "none").list()
    second = Head(
        CHANCE.normal(size=(2, installed.manifest.dim)).astype(np.float32), np.zeros(2, np.float32), True, 0.5
    )
    write_personal_model(tmp_path / "second", installed, second, "second", {}, PIXELS)
    onnx.checker.check_model(onnx.load(tmp_path / "second" / "model.onnx"))


def test_a_lone_onnx_file_can_be_the_base(tiny, tmp_path):
    base = open_foreign(export_model(tiny, tmp_path))
    one = head()
    write_personal_model(tmp_path / "models" / "mine", base, one, "mine", {}, PIXELS)
    (installed,) = ModelRegistry(tmp_path / "models", tmp_path / "none").list()
    assert installed.manifest.dim == one.dim


def test_a_file_that_is_no_model_is_refused():
    with pytest.raises(ModelError, match="cannot be extended"):
        with_head(b"\x08\x01nothing", "embeddings", head())


def test_an_output_that_is_not_there_is_refused(tiny):
    with pytest.raises(ModelError, match="cannot be extended"):
        with_head((tiny.folder / "model.onnx").read_bytes(), "elsewhere", head())

"""Photos with several labels: the space of their labels, and the losses that teach it."""

import math

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the trainer needs the extra [train]")
pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from scipy import sparse
from torch.nn import functional

from engine.errors import BadRequestError
from trainer.label_space import fit_label_space, neighbour_targets
from trainer.losses.label_similarity import NeighbourLoss, SimilarityLoss, SimilarityRegressionLoss

TOPICS = {"garden": ("rose", "tulip", "bee"), "street": ("car", "bicycle", "sign"), "table": ("cup", "plate", "fork")}
LABELS = [label for labels in TOPICS.values() for label in labels]


@pytest.fixture
def confidences():
    """Sixty photos, each with two of the three labels of its topic, at some confidence."""
    chance, rows = np.random.default_rng(0), []
    for photo in range(60):
        start = 3 * (photo % 3)
        row = np.zeros(9)
        row[start + chance.permutation(3)[:2]] = chance.uniform(0.3, 1, 2)
        rows.append(row)
    return np.array(rows)


def unit(values):
    return functional.normalize(values, dim=1)


def random(rows, dim, seed=0):
    return torch.randn(rows, dim, generator=torch.Generator().manual_seed(seed))


def test_photos_of_a_topic_are_alike_even_without_a_label_in_common(confidences):
    space = fit_label_space(confidences, dim=3)
    only = space.project(np.eye(9))
    similarities = only @ only.T
    assert similarities[0, 1] > 0.95  # rose and tulip
    assert abs(similarities[0, 3]) < 0.05  # rose and car


def test_vectors_have_unit_length_and_as_many_values_as_asked_for(confidences):
    vectors = fit_label_space(confidences, dim=5).project(confidences)
    assert vectors.shape == (60, 5)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(60), abs=1e-5)


def test_with_all_dimensions_similarities_are_the_cosines_of_weighted_labels(confidences):
    space = fit_label_space(confidences)
    weighted = confidences * space.weights
    weighted /= np.linalg.norm(weighted, axis=1, keepdims=True)
    vectors = space.project(confidences)
    assert np.abs(vectors @ vectors.T - weighted @ weighted.T).max() < 1e-4


def test_weights_are_those_of_the_formula(confidences):
    photos = (confidences > 0).sum(axis=0)
    assert fit_label_space(confidences).weights == pytest.approx(np.log(61 / (1 + photos)) + 1, rel=1e-6)


def test_labels_of_hardly_any_or_of_most_photos_do_not_count(confidences):
    rare, common = np.zeros((60, 1)), np.ones((60, 1))
    rare[:2] = 1
    space = fit_label_space(np.hstack([rare, confidences, common]))
    assert space.labels.tolist() == list(range(1, 10))


def test_a_photo_that_comes_later_is_placed_with_what_was_learned(confidences):
    space = fit_label_space(confidences[:50], dim=3)
    later = space.project(confidences[50:])
    assert ((later @ space.project(confidences[:50]).T).argmax(axis=1) % 3 == np.arange(50, 60) % 3).all()


def test_a_photo_without_labels_that_count_is_like_no_other(confidences):
    space = fit_label_space(confidences)
    assert not space.project(np.zeros((1, 9))).any()


def test_sparse_and_dense_labels_give_the_same(confidences):
    dense, thin = (fit_label_space(given, 4) for given in (confidences, sparse.csr_matrix(confidences)))
    assert np.array_equal(dense.axes, thin.axes)
    assert np.array_equal(dense.project(confidences), thin.project(sparse.csr_array(confidences)))


def test_dimensions_that_tell_nothing_are_left_out():
    twice = np.zeros((20, 4))
    twice[:10, :2], twice[10:, 2:] = 1, 1
    assert fit_label_space(twice).project(twice).shape == (20, 2)


def test_one_label_that_counts_is_enough():
    """As in a small part of the photos, where all other labels are too rare."""
    only = np.zeros((8, 3))
    only[:4, 0], only[0, 1], only[:, 2] = 0.7, 1, 1
    vectors = fit_label_space(only).project(only)
    assert vectors.ravel().tolist() == pytest.approx([1] * 4 + [0] * 4)


def test_labels_that_tell_no_photos_apart_are_refused():
    with pytest.raises(BadRequestError, match=r"None of the 3 labels tells the 5 photos apart.*Label more photos"):
        fit_label_space(np.ones((5, 3)))


def test_neighbours_include_the_photo_itself():
    vectors = np.array([[0.0], [1.0], [1.5], [9.0]], dtype=np.float32)
    wanted = [[1, 1, 0, 0], [0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 1, 1]]
    assert neighbour_targets(vectors, 2).astype(int).tolist() == wanted


def contrast_of(i, embeddings, targets, nearest=16):
    """Generalised supervised contrast with loops, for one photo among others; power 2, temperature 0.1."""
    others = [j for j in range(len(embeddings)) if j != i]
    weights = {j: max(0, (targets[i] @ targets[j]).item()) ** 2 for j in others}
    weights = dict(sorted(weights.items(), key=lambda item: -item[1])[:nearest])
    total = sum(math.exp((embeddings[i] @ embeddings[j]).item() / 0.1) for j in others)
    likely = {j: (embeddings[i] @ embeddings[j]).item() / 0.1 - math.log(total) for j in weights}
    return -sum(weights[j] * likely[j] for j in weights) / sum(weights.values())


@pytest.mark.parametrize("nearest", [16, 3])
@pytest.mark.parametrize("seed", range(3))
def test_similarity_gives_what_loops_give(seed, nearest):
    embeddings, targets = unit(random(10, 4, seed)), unit(random(10, 6, seed + 9))
    loss = SimilarityLoss(4, 6, nearest=nearest)
    wanted = sum(contrast_of(i, embeddings, targets, nearest) for i in range(10)) / 10
    assert loss(embeddings, targets).item() == pytest.approx(wanted, abs=1e-4)


def test_earlier_batches_are_compared_with():
    """A photo alone in its batch is judged as it would be among those of the batch before."""
    embeddings, targets = unit(random(7, 4)), unit(random(7, 6, 1))
    loss = SimilarityLoss(4, 6)
    loss(embeddings[1:], targets[1:])
    alone = loss(embeddings[:1], targets[:1]).item()
    together = [contrast_of(0, embeddings, targets)]
    assert [alone] == pytest.approx(together, abs=1e-4)
    assert loss.remembered == 7


def test_the_memory_is_a_ring():
    loss = SimilarityLoss(2, 2, memory=5)
    for step in range(4):
        loss(unit(torch.tensor([[1.0, step], [step, 1.0]])), torch.eye(2))
    assert loss.remembered == 8
    assert torch.allclose(loss.memory[2], unit(torch.tensor([[3.0, 1.0]]))[0])


def test_what_is_only_measured_is_not_remembered():
    loss = SimilarityLoss(4, 6).eval()
    loss(unit(random(5, 4)), unit(random(5, 6)))
    assert loss.remembered == 0


def test_a_memory_continues_from_its_state():
    loss, other = SimilarityLoss(4, 6), SimilarityLoss(4, 6)
    loss(unit(random(5, 4)), unit(random(5, 6)))
    other.load_state_dict(loss.state_dict())
    later = unit(random(5, 4, 3)), unit(random(5, 6, 4))
    assert torch.equal(loss(*later), other(*later))


@pytest.mark.parametrize("seed", range(3))
def test_regression_counts_like_and_unlike_pairs_for_a_half_each(seed):
    embeddings, targets = unit(random(10, 4, seed)), unit(random(10, 3, seed + 9))
    errors = {True: [], False: []}
    for i in range(10):
        for j in range(10):
            similarity = max(0, (targets[i] @ targets[j]).item())
            if i != j:
                errors[similarity > 0.5].append(((embeddings[i] @ embeddings[j]).item() - similarity) ** 2)
    wanted = sum(sum(part) / len(part) for part in errors.values()) / 2
    assert SimilarityRegressionLoss()(embeddings, targets).item() == pytest.approx(wanted, abs=1e-5)


def test_embeddings_that_are_the_targets_cost_regression_nothing():
    targets = unit(random(10, 4).abs())
    assert SimilarityRegressionLoss()(targets, targets).item() == pytest.approx(0, abs=1e-6)


def test_the_order_of_the_targets_is_the_best_that_similarity_can_see():
    targets = unit(random(30, 4).abs())
    loss = SimilarityLoss(4, 4).eval()
    assert loss(targets, targets) < loss(unit(random(30, 4, 7).abs()), targets)


def test_neighbours_are_learned_by_an_output_for_every_photo():
    torch.manual_seed(0)
    loss = NeighbourLoss(48, 20)
    features, wanted = random(20, 48), torch.from_numpy(neighbour_targets(random(20, 2).numpy(), 4))
    assert loss(features, wanted).item() == pytest.approx(math.log(2), abs=0.05)  # nothing is known yet
    optimizer = torch.optim.Adam(loss.parameters(), lr=0.1)
    for _ in range(60):
        optimizer.zero_grad()
        loss(features, wanted).backward()
        optimizer.step()
    found = loss.eval().scores(features).topk(4, dim=1).indices
    assert torch.gather(wanted, 1, found).float().mean() > 0.8


LOSSES = {
    "similarity": (lambda: SimilarityLoss(4, 6), 6),
    "regression": (SimilarityRegressionLoss, 6),
    "neighbours": (lambda: NeighbourLoss(4, 6), 6),
}


@pytest.mark.parametrize("name", LOSSES)
def test_gradients_are_numbers_and_no_number_gives_none(name):
    torch.manual_seed(0)
    build, dim = LOSSES[name]
    embeddings, targets = unit(random(8, 4)).requires_grad_(), unit(random(8, dim).abs())
    build()(embeddings, targets).backward()
    assert embeddings.grad.isfinite().all()
    assert embeddings.grad.abs().sum() > 0
    wrong = embeddings.detach().clone()
    wrong[0, 0] = math.nan
    assert build()(wrong, targets).isnan()


@pytest.mark.parametrize("name", ["similarity", "regression"])
@pytest.mark.parametrize("rows", [1, 3])
def test_photos_like_no_other_give_a_number(name, rows):
    embeddings = unit(random(rows, 4)).requires_grad_()
    value = LOSSES[name][0]()(embeddings, torch.zeros(rows, 6))
    value.backward()
    assert value.isfinite()
    assert embeddings.grad.isfinite().all()

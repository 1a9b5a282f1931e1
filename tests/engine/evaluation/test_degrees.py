"""Likeness in degrees: what a ranking of photos with several labels is worth, told with loops."""

import math

import numpy as np
import pytest

from engine.errors import BadRequestError
from engine.evaluation.degrees import ALIKE, Degrees, confidence_matrix, label_weights, most_telling
from engine.evaluation.evaluate import evaluate
from engine.evaluation.labelled import load_labelled
from engine.evaluation.measuring import measure
from engine.evaluation.metrics import selection_score
from engine.models.registry import ModelRegistry
from engine.settings import Settings
from tests.samples import write_model, write_subjects

LABELS = ("bee", "car", "cup", "rose", "sign", "tulip")
CHANCE = np.random.default_rng(0)
PHOTOS = [
    {label: float(CHANCE.uniform(0.2, 1)) for label in CHANCE.choice(LABELS, CHANCE.integers(1, 4), replace=False)}
    for _ in range(40)
]
MATRIX = confidence_matrix(PHOTOS, LABELS)
WEIGHTS = label_weights((MATRIX > 0).sum(axis=0), len(PHOTOS))
EMBEDDINGS = CHANCE.normal(size=(40, 8)).astype(np.float32)


def degrees(groups=None):
    return Degrees(MATRIX, MATRIX, WEIGHTS, np.arange(40), groups, groups)


def in_common(one, other):
    """The cosine of two photos' weighted labels."""
    first, second = (
        {label: PHOTOS[at][label] * WEIGHTS[LABELS.index(label)] for label in PHOTOS[at]} for at in (one, other)
    )
    lengths = [math.sqrt(sum(value**2 for value in photo.values())) for photo in (first, second)]
    return sum(first[label] * second[label] for label in first if label in second) / math.prod(lengths)


def ranked(query):
    unit = EMBEDDINGS / np.linalg.norm(EMBEDDINGS, axis=1, keepdims=True)
    return sorted((at for at in range(40) if at != query), key=lambda at: -(unit[query] @ unit[at]))


def test_weights_are_those_of_the_formula():
    assert label_weights(np.array([2, 3, 5, 6]), 10) == pytest.approx(
        [0, math.log(11 / 4) + 1, math.log(11 / 6) + 1, 0]
    )


def test_of_several_labels_the_sure_and_rare_one_says_most():
    photos = [{"photo": 1.0, "cat": 0.6}] * 3 + [{"photo": 1.0, "pet": 0.7, "dog": 0.6}] * 3 + [{"photo": 1.0}] * 5
    photos += [{"pet": 0.5}] * 2
    assert most_telling(photos) == ["cat"] * 3 + ["dog"] * 3 + ["photo"] * 5 + ["pet"] * 2


def test_labels_that_tell_no_photos_apart_are_refused():
    with pytest.raises(BadRequestError, match="None of the 2 labels tells the 10 photos apart"):
        label_weights(np.array([2, 6]), 10)


def test_what_has_much_in_common_is_relevant_and_the_query_itself_is_left_out():
    relevant, without = degrees().of(np.arange(40))
    for query in range(40):
        assert relevant[query].tolist() == [in_common(query, other) >= ALIKE - 1e-6 for other in range(40)]
    assert without.nonzero()[1].tolist() == list(range(40))


def test_metrics_in_degrees_are_what_loops_say():
    measured = measure(EMBEDDINGS, EMBEDDINGS, degrees(), degrees=degrees(), cutoffs=(3, 10))
    for row, query in enumerate(measured.queries):
        order = ranked(query)
        gains = [in_common(query, at) for at in order]
        best = sorted(gains, reverse=True)
        discounted = [sum(gain / math.log2(place + 2) for place, gain in enumerate(one[:10])) for one in (gains, best)]
        assert measured.values["ndcg@10"][row] == pytest.approx(discounted[0] / discounted[1], abs=1e-5)
        score = selection_score(PHOTOS[query], [PHOTOS[at] for at in order[:3]])
        assert measured.values["score003@3"][row] == pytest.approx(score, abs=1e-6)
        best_score = max_score(query, order, 3)
        assert measured.values["score003@3/best"][row] == pytest.approx(score / best_score, abs=1e-5)


def max_score(query, others, k):
    alone = sorted((selection_score(PHOTOS[query], [PHOTOS[at]]) * 51 / 2 for at in others), reverse=True)
    return 2 / (k + 50) * sum(alone[:k])


def test_photos_of_the_querys_group_count_for_nothing():
    """A copy of the query has all in common with it: neither reward nor rank."""
    groups = np.arange(40) // 2
    measured = measure(EMBEDDINGS, EMBEDDINGS, degrees(groups), degrees=degrees(groups), cutoffs=(39,))
    row = int(np.flatnonzero(measured.queries == 0)[0])
    order = [at for at in ranked(0) if at != 1]
    assert measured.values["score003@39"][row] == pytest.approx(
        selection_score(PHOTOS[0], [PHOTOS[at] for at in order]), abs=1e-6
    )


def test_references_know_nothing_what_is_common_or_everything():
    asked = degrees()
    found = {
        name: measure(queries, gallery, asked, degrees=asked, cutoffs=(10,)).values
        for name, (queries, gallery) in asked.references(0).items()
    }
    assert list(found) == ["random", "popularity", "oracle"]
    assert found["oracle"]["ndcg@10"] == pytest.approx(np.ones(len(found["oracle"]["ndcg@10"])), abs=1e-5)
    scores = {name: float(values["score003@10"].mean()) for name, values in found.items()}
    assert scores["random"] < scores["popularity"] < scores["oracle"]
    assert 0.9 < found["oracle"]["score003@10/best"].mean() <= 1


def test_what_all_photos_share_comes_first_whatever_is_asked_for():
    queries, gallery = degrees().references(0)["popularity"]
    order = np.argsort(-(queries @ gallery.T), axis=1, kind="stable")
    assert (order == order[0]).all()
    shares = [sum(PHOTOS[at][label] * MATRIX[:, LABELS.index(label)].mean() for label in PHOTOS[at]) for at in order[0]]
    assert shares == sorted(shares, reverse=True)


def test_a_model_is_measured_beside_the_references(tmp_path):
    top = write_subjects(tmp_path / "photos", 4, 5)
    kinds = ("round", "square")
    lines = [
        f"{photo.relative_to(top)};{photo.parent.name}(0.9);{kinds[number % 2]}(0.6)\n"
        for number, photo in enumerate(sorted(top.rglob("*.jpg")))
    ]
    (top / "labels.txt").write_text("".join(lines))
    write_model(tmp_path / "models")
    model = ModelRegistry(tmp_path / "models", tmp_path / "none").named("tiny")
    report = evaluate(load_labelled(top / "labels.txt"), [model], Settings(workers=1))
    assert [one.name for one in report.references] == ["random", "popularity", "oracle"]
    (found,), oracle = report.models, report.references[2]
    assert report.queries == 20
    assert 0 < found.metrics["score003@10"] < oracle.metrics["score003@10"]
    assert found.metrics["ndcg@10"] < oracle.metrics["ndcg@10"] == pytest.approx(1, abs=1e-5)
    assert "knn_accuracy" not in found.metrics

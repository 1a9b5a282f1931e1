"""Learning from photos with several labels: from a list to a model, and what is refused."""

import json

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("sklearn", reason="training needs the extra [train]")

from engine.errors import BadRequestError, EngineError
from engine.evaluation.ranking import unit
from engine.jobs import Cancelled, Job
from engine.models.embedder import OnnxEmbedder
from engine.models.manifest import load_manifest
from engine.models.registry import ModelRegistry
from engine.settings import Settings
from tests.samples import write_model, write_subjects
from trainer import label_heads
from trainer.data.splits import grouped_folds
from trainer.division import disjoint_folds
from trainer.examining import Decided, examine_photos
from trainer.personal import PersonalConfig, train
from trainer.recipes.labelsim import fit_head

CHANCE = np.random.default_rng(0)
TOPICS = np.repeat(np.arange(4), 15)
"""Of photos whose first four values know the topic, and whose last eight drown it."""
PHOTOS = np.concatenate([np.eye(4), np.zeros((4, 8))], axis=1)[TOPICS] + CHANCE.normal(
    scale=[0.25] * 4 + [0.6] * 8, size=(60, 12)
)
VIEWS = unit(PHOTOS.astype(np.float32))[:, None]
LABELS = np.eye(4, dtype=np.float32)[TOPICS]


def write_list(top):
    """A list of photos with a subject each, and the labels of two subjects that have much in common."""
    lines = []
    for photo in sorted(top.rglob("*.jpg")):
        subject, number = int(photo.parent.name[-1]), int(photo.stem)
        labels = {f"subject {subject}": 0.9, f"kind {subject // 2}": 0.7, f"light {number % 3}": 0.3, "photo": 1}
        lines.append(f"{photo.relative_to(top)};" + ";".join(f"{name}({sure})" for name, sure in labels.items()))
    (top / "labels.txt").write_text("\n".join(lines))
    return top / "labels.txt"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    write_model(folder)
    return ModelRegistry(folder, folder / "none").named("tiny")


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    return write_list(write_subjects(tmp_path_factory.mktemp("subjects"), 4, 8))


@pytest.fixture(scope="module")
def run(listed, tiny, tmp_path_factory):
    """A whole training; a third of the steps of each of its three dozen layers are enough to tell."""
    config = PersonalConfig("", "mine", 0, Settings(workers=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(label_heads, "STEPS", label_heads.STEPS // 3)
        return train([listed], tiny, tmp_path_factory.mktemp("library") / "runs", config, Job())


@pytest.mark.parametrize("name", ["labelsim", "labelsim-regression"])
def test_photos_whose_labels_are_alike_come_together(name):
    head = fit_head(name)(VIEWS, LABELS, 0, Job())
    unseen = PHOTOS[:, :4] @ np.eye(4, 12) + CHANCE.normal(scale=[0.1] * 4 + [0.6] * 8, size=(60, 12))
    same = TOPICS[:, None] == TOPICS

    def apart(embeddings):
        alike = unit(embeddings.astype(np.float32)) @ unit(embeddings.astype(np.float32)).T
        return alike[same].mean() - alike[~same].mean()

    assert apart(head(unit(unseen.astype(np.float32)))) > apart(unseen) + 0.1


def test_photos_that_name_the_same_neighbours_are_alike():
    """The embedding has the cosines of the published layer's outputs, one for every photo, without their mean."""
    outputs = label_heads.neighbour_layer(VIEWS, LABELS, 0, Job()).layer.weight.detach().numpy() @ VIEWS[:, 0].T
    scores = unit((outputs - outputs.mean(axis=1, keepdims=True)).T)
    embeddings = fit_head("labelsim-compat")(VIEWS, LABELS, 0, Job())(VIEWS[:, 0])
    assert embeddings.shape == (60, 12)
    assert np.abs(embeddings @ embeddings.T - scores @ scores.T).max() < 1e-4


def test_the_same_seed_gives_the_same_layer():
    first, second, other = (fit_head("labelsim")(VIEWS, LABELS, seed, Job()) for seed in (1, 1, 2))
    assert np.array_equal(first.weight, second.weight)
    assert not np.array_equal(first.weight, other.weight)


def test_fitting_can_be_cancelled():
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        fit_head("labelsim")(VIEWS, LABELS, 0, job)


def test_a_loss_that_is_no_number_is_told(monkeypatch):
    monkeypatch.setattr(label_heads, "LEARNING_RATE", 1e38)
    with pytest.raises(EngineError, match="The training diverged"):
        fit_head("labelsim")(VIEWS, LABELS, 0, Job())


def test_folds_keep_groups_together_and_every_photo_back_once():
    groups = np.arange(40) // 2
    folds = grouped_folds(groups, 3, 0)
    assert sorted(place for fold in folds for place in fold.held_out) == list(range(40))
    assert not any(set(groups[fold.train]) & set(groups[fold.held_out]) for fold in folds)
    assert grouped_folds(groups[:20], 3, 0) == []


def test_several_labels_choose_the_recipe_and_it_beats_the_base(run):
    assert run.recipe == "labelsim"
    assert run.accepted, run.judgement.problems
    before, after = run.judgement.before, run.judgement.after
    assert after["ndcg@10"].value > before["ndcg@10"].value


def test_labels_that_were_not_learned_are_judged_too(run):
    """The subjects can be kept back one by one; what is alike for other reasons does not count then."""
    judgement = run.judgement
    assert 0 < judgement.unseen_before < 1
    assert judgement.unseen_after > judgement.unseen_before - 0.01
    assert "MAP@R of labels it did not learn" in run.report.read_text()
    found = run.examination
    for fold in disjoint_folds(found, 0):
        unseen = ~(found.confidences[fold.train] > 0).any(axis=0)
        names = [name for name, kept_back in zip(found.labelled.classes, unseen, strict=True) if kept_back]
        asking = [found.labelled.entries[place].labels for place in fold.held_out]
        assert all(set(names) & set(labels) for labels in asking)
        perfect = found.confidences * np.where(unseen, found.label_weights, 0)
        assert np.nanmin(found.unseen_quality(perfect.astype(np.float32), fold)) == 1


def test_chance_and_the_labels_themselves_stand_beside_it(run):
    told = {name: figures["ndcg@10"].value for name, figures in run.judgement.references.items()}
    assert told["random"] < run.judgement.after["ndcg@10"].value < told["oracle"] == pytest.approx(1)
    assert told["popularity"] < run.judgement.after["ndcg@10"].value
    document = json.loads((run.folder / "metrics.json").read_text())
    assert set(document["references"]) == {"random", "popularity", "oracle"}


def test_the_report_speaks_of_labels_in_common_and_not_of_classes(run):
    page = run.report.read_text()
    assert "always with the commonest labels first" in page
    assert "the share that has much in common with the one that asks" in page
    assert "Class by class" not in page


def test_the_model_runs_in_the_engine(run):
    manifest = load_manifest(run.model)
    assert manifest.training["recipe"] == "labelsim"
    assert manifest.training["data"].startswith("32 photos with 10 labels: kind 0, kind 1, light 0")
    pixels = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), dtype=np.uint8)
    assert OnnxEmbedder(run.model, manifest).embed(pixels).shape == (2, manifest.dim)


def test_labels_that_say_nothing_are_told(run):
    (problem,) = run.examination.problems
    assert problem.message.startswith("photo is on 32 of 32 photos: it tells little of how they differ")


def test_a_recipe_for_classes_refuses_several_labels(listed, tiny, tmp_path):
    config = PersonalConfig("linear", "mine", 0, Settings(workers=1))
    with pytest.raises(BadRequestError, match="the recipe linear wants one class of each photo") as refused:
        train([listed], tiny, tmp_path / "runs", config, Job())
    assert "labelsim" in refused.value.hint


def test_a_handful_of_photos_is_refused(tiny, tmp_path):
    config = PersonalConfig("", "mine", 0, Settings(workers=1))
    with pytest.raises(BadRequestError, match=r"There are 12 different photos, which are too few .*: 20 are needed"):
        train([write_list(write_subjects(tmp_path / "photos", 4, 3))], tiny, tmp_path / "runs", config, Job())


def test_what_a_person_said_is_no_match_contradicts_a_common_label(tiny, tmp_path):
    top = write_subjects(tmp_path / "photos", 2, 4)
    first = examine_photos([top], tiny, tmp_path / "seen", Settings(workers=1), Job())
    contents = first.seen.contents
    pairs = [(contents[1], contents[0]), (contents[0], contents[1]), (contents[0], contents[5]), (b"gone", contents[0])]
    found = examine_photos([top], tiny, tmp_path / "seen", Settings(workers=1), Job(), decided=Decided(pairs))
    (problem,) = [one for one in found.problems if one not in first.problems]
    assert problem.kind == "rejected match"
    assert problem.photos == (top / "subject 0" / "0.jpg", top / "subject 0" / "1.jpg")
    assert "0.jpg and 1.jpg are both labelled subject 0, though you said" in problem.message


def test_copies_of_published_test_photos_are_not_learned_from(tiny, tmp_path):
    """Somebody's own division is refused for that; one that was published cannot be mended."""
    top = write_subjects(tmp_path / "photos", 2, 6)
    copy = top / "subject 1" / "9.jpg"
    copy.write_bytes((top / "subject 1" / "0.jpg").read_bytes())
    names = [[f"{number}.jpg" for number in range(6)], [f"{number}{number}.jpg" for number in range(6)]]
    for photo in sorted((top / "subject 1").glob("?.jpg")):
        photo.rename(photo.with_name(f"{photo.stem}{photo.stem}.jpg"))
    truth = {
        "tower": {"query": names[0][:2], "good": names[0]},
        "gate": {"query": names[1][:2], "good": [*names[1], "99.jpg"]},
    }
    (top / "truth.json").write_text(json.dumps(truth))
    found = examine_photos([top / "truth.json"], tiny, tmp_path / "seen", Settings(workers=1), Job())
    assert [(skip.path.name, skip.reason) for skip in found.labelled.skipped] == [
        ("99.jpg", "It is nearly the same as a photo that is kept back.")
    ]
    assert len(found.labelled.entries) == len(found.groups) == len(found.seen.views) == 12


def test_a_query_that_is_also_in_the_gallery_is_refused(tiny, tmp_path):
    """Somebody's own list: the copy is theirs to take out."""
    top = write_subjects(tmp_path / "photos", 2, 6)
    photos = sorted(top.rglob("*.jpg"))
    labels = {f"{photo.parent.name} {photo.name}": photo.parent.name for photo in photos}
    for place, number in [*((place, 0 if place < 4 else 1) for place in range(6)), (0, 1)]:
        for photo in photos[place::6]:
            use = tmp_path / ("query", "gallery")[number] / f"{photo.parent.name} {photo.name}"
            use.parent.mkdir(exist_ok=True)
            use.write_bytes(photo.read_bytes())
    (tmp_path / "labels.json").write_text(json.dumps(labels))
    config = PersonalConfig("", "mine", 0, Settings(workers=1))
    with pytest.raises(BadRequestError, match="2 of the 8 photos to test with are also among those to learn from"):
        train([tmp_path / "labels.json"], tiny, tmp_path / "runs", config, Job())
    found = examine_photos([tmp_path / "labels.json"], tiny, tmp_path / "seen", Settings(workers=1), Job())
    both = [problem for problem in found.problems if problem.kind == "on both sides"]
    assert [[photo.parent.name for photo in problem.photos] for problem in both] == [["gallery"], ["gallery"]]


def test_what_is_nearly_the_same_as_a_test_photo_is_not_learned_from(tiny, tmp_path):
    """It is saved anew, and nobody could find all of those by hand."""
    top = write_subjects(tmp_path / "photos", 2, 8)
    for photo in sorted(top.rglob("*.jpg")):
        place = tmp_path / "divided" / ("test" if int(photo.stem) < 4 else "train") / photo.parent.name / photo.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(photo.read_bytes())
    again = tmp_path / "divided" / "train" / "subject 0" / "again.png"
    Image.open(top / "subject 0" / "0.jpg").save(again)
    config = PersonalConfig("frozen", "mine", 0, Settings(workers=1))
    run = train([tmp_path / "divided"], tiny, tmp_path / "runs", config, Job())
    assert [(skip.path, skip.reason) for skip in run.examination.labelled.skipped] == [
        (again, "It is nearly the same as a photo that is kept back.")
    ]

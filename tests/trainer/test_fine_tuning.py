"""Recipes that train a network, on a tiny real network and real files."""

import copy
import csv
import json
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch

from engine.errors import BadRequestError, EngineError, NotFoundError
from engine.imaging.decoding import decode
from engine.jobs import Cancelled, Job
from engine.models.embedder import OnnxEmbedder
from engine.models.installing import add_model
from engine.models.manifest import load_manifest
from engine.models.registry import ModelRegistry
from engine.settings import Settings
from tests.samples import write_model, write_network, write_subjects
from trainer.backbones import download
from trainer.backbones.embedding import EmbeddingNet
from trainer.backbones.preprocessing import CENTRED, Preprocessing
from trainer.examining import examine_photos
from trainer.fine_tuning.learner import Learner, blended
from trainer.fine_tuning.start import starting_network
from trainer.heads import Head
from trainer.learning import Assignment
from trainer.losses.classes import ProxyAnchorLoss
from trainer.personal import RECIPES, PersonalConfig, _assignment, train
from trainer.recipes import NETWORK_RECIPES
from trainer.recipes.classify import ClassifySettings
from trainer.recipes.thorough import ThoroughSettings
from trainer.recording import Recorder, silent

QUICK = {"most_steps": 6, "validations": 2, "batch_size": 16, "side": 32, "device": "cpu"}
SCRATCH = QUICK | {"backbone": "simple_cnn", "dim": 8}
READING = Settings(workers=1)
WANTED = Preprocessing(32, CENTRED)


@pytest.fixture(scope="module")
def subjects(tmp_path_factory):
    return write_subjects(tmp_path_factory.mktemp("subjects"), 4, 8)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A model of 32 pixels with the weights of its network beside it, which tells pictures apart."""
    folder = write_network(tmp_path_factory.mktemp("models"))
    return ModelRegistry(folder.parent, folder / "none").named("network")


@pytest.fixture(scope="module")
def found(subjects, base, tmp_path_factory):
    return examine_photos([subjects], base, tmp_path_factory.mktemp("cache"), READING, Job())


@pytest.fixture
def begin(found, base, tmp_path):
    """begin(recipe, **options): the recipe, ready, and what is recorded."""

    def begin(name, events=None, examination=None, **options):
        tell = (lambda event, told: events.append((event, told))) if events is not None else lambda *_: None
        given = Assignment(
            examination or found,
            base,
            0,
            QUICK | options,
            READING,
            tmp_path / "cache",
            tmp_path / "workplace",
            Recorder(tell),
        )
        return RECIPES[name](given)

    return begin


@pytest.fixture(scope="module")
def thorough(subjects, base, tmp_path_factory):
    """A whole training, and the events of it."""
    events = []
    run = train(
        [subjects],
        base,
        tmp_path_factory.mktemp("library") / "runs",
        PersonalConfig("thorough", "mine", 0, READING, options=QUICK),
        Job(),
        watch=lambda event, told: events.append({"event": event, **told}),
    )
    return run, events


def test_a_thorough_training_leaves_a_model_that_embeds_as_the_run_says(thorough):
    run, _ = thorough
    manifest = load_manifest(run.model)
    assert manifest.training["recipe"] == "thorough"
    assert manifest.licence == "CC0-1.0"
    files = [entry.path for entry in run.examination.labelled.entries][:3]
    pixels = np.stack([WANTED.pixels(decode(file, short_side=32).image) for file in files])
    embeddings = OnnxEmbedder(run.model, manifest).embed(pixels)
    kept = np.load(run.folder / "embeddings.npy")
    np.testing.assert_allclose(embeddings, kept[:3], atol=2e-3)  # what the last stage was shown is kept as float16


@pytest.fixture
def installed(begin, tmp_path):
    """installed(head): a network that has learned, with this head behind it or none, and its model in a library."""

    def installed(head):
        learned = begin("thorough", learning_rate=1e-9).learn(np.arange(32), "learning", Job())
        with torch.no_grad():
            for values in learned.network.head.parameters():  # whatever has stayed of it, this is not the base's
                values[0] *= -1
        learned = replace(learned, head=head)
        learned.write(tmp_path / "mine", "mine", {"recipe": "thorough"})
        return learned, add_model(ModelRegistry(tmp_path / "none", tmp_path / "library"), tmp_path / "mine")

    return installed


HEAD = Head(np.eye(5, 16, dtype=np.float32), np.zeros(5, np.float32), posterior=False, share=0.5)


@pytest.mark.parametrize("head", [None, HEAD], ids=["alone", "with a head"])
def test_a_training_goes_on_from_the_network_of_one_before(installed, base, head):
    learned, model = installed(head)
    begun, before = starting_network(ThoroughSettings(), model, 0, Job()), learned.ready.start
    for name, value in learned.network.state_dict().items():
        torch.testing.assert_close(begun.network.state_dict()[name], value.half().to(value.dtype), msg=name)
    assert (begun.wanted, begun.first, begun.licence) == (before.wanted, before.first, "CC0-1.0")
    assert model.manifest.dim == (16 if head is None else HEAD.dim)


def test_what_goes_on_beneath_a_head_has_to_beat_the_whole_model(installed, subjects, tmp_path):
    """What the new network is compared with is what searches were answered by, the head included."""
    _, model = installed(HEAD)
    config = PersonalConfig("proxy", "more", 0, READING, options=QUICK)
    run = train([subjects], model, tmp_path / "runs", config, Job())
    places = run.judgement.kept_back.places[:3]
    files = [run.examination.labelled.entries[place].path for place in places]
    pixels = np.stack([WANTED.pixels(decode(file, short_side=32).image) for file in files])
    whole = OnnxEmbedder(model.folder, model.manifest).embed(pixels)
    assert ((run.judgement.kept_back.before[:3] * whole).sum(axis=1) > 0.99).all()  # photos are decoded larger there
    assert load_manifest(run.model).training["base"] == "mine"
    assert load_manifest(run.model).dim == 16  # another head than the old one would come behind it, if any


def test_the_run_keeps_the_curves(thorough):
    run, _ = thorough
    with (run.folder / "curves.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["part", "step", "loss", "rate", "precision@1", "map@r"]
    parts = list(dict.fromkeys(row["part"] for row in rows))
    wanted = [*(f"testing {number}" for number in range(1, 5)), "learning"]
    assert [part for part in parts if "," not in part] == wanted
    assert [part for part in parts if part.startswith("learning, ")] == [
        "learning, division 2",
        "learning, division 3",
        "learning, all photos",
    ]
    learning = [row for row in rows if row["part"] == "learning"]
    assert [row["step"] for row in learning if row["map@r"]] == ["3", "6"]
    assert json.loads((run.folder / "metrics.json").read_text())["best_step"] is None  # it learned to the end
    assert all(float(row["rate"]) > 0 for row in learning if row["rate"])
    assert {row["map@r"] for row in rows if row["part"].endswith("all photos")} == {""}


def test_the_window_is_told_how_it_goes(thorough, subjects):
    _, events = thorough
    learning = [event for event in events if event["part"] == "learning"]
    first = learning[0]
    assert (first["event"], first["step"], first["steps"]) == ("curve", 1, 6)
    validated = [event for event in learning if event["event"] == "validated"]
    assert [event["step"] for event in validated] == [3, 6]
    assert validated[0]["best"] is True
    assert set(validated[0]["metrics"]) == {"precision@1", "map@r"}
    samples = [event for event in learning if event["event"] == "sample"]
    assert len(samples) == 2 * 3
    asked = [event["query"] for event in samples]
    assert asked[:3] == asked[3:]
    for event in samples:
        assert event["query"].startswith(str(subjects))
        assert len(event["neighbours"]) == len(event["hits"])
        assert event["query"] not in event["neighbours"]
        same = [event["query"].split("/")[-2] == path.split("/")[-2] for path in event["neighbours"]]
        assert event["hits"] == same


def test_a_finished_training_leaves_nothing_behind_but_its_run(thorough):
    run, _ = thorough
    assert {place.name for place in run.folder.parent.iterdir()} == {"seen", run.folder.name}


@pytest.mark.parametrize("recipe", [name for name in NETWORK_RECIPES if name != "thorough"])
def test_every_recipe_learns_a_network_from_nothing(begin, found, recipe):
    events = []
    learned = begin(recipe, events, **SCRATCH).learn(np.arange(32), "learning", Job())
    embeddings = learned.embeddings()
    assert embeddings.shape == (32, 8)
    np.testing.assert_allclose(np.linalg.norm(embeddings, axis=1), 1, atol=1e-5)
    assert all(np.isfinite(told["loss"]) for event, told in events if event == "curve")


def test_photos_are_mixed_where_the_loss_can_judge_that(begin, found):
    plain, mixed = (
        begin("classify", **SCRATCH, mixup=alpha).learn(np.arange(32), "learning", Job()).embeddings()
        for alpha in (0.0, 1.0)
    )
    assert not np.allclose(plain, mixed)


def test_how_much_is_mixed_is_bits_rule_unless_it_is_told():
    rule, told = ClassifySettings(), ClassifySettings(mixup=0.4)
    assert [rule.mixing(photos) for photos in (19_999, 20_000)] == [0.0, 0.1]
    assert [told.mixing(photos) for photos in (19_999, 20_000)] == [0.4, 0.4]


def test_a_recipe_looks_at_no_label_but_those_it_may_learn_from(begin, found):
    """The places whose labels are asked for are all that matters, and the same places give the same."""
    some = np.flatnonzero(np.arange(32) % 8 < 6)
    first = begin("thorough").learn(some, "testing 1", Job()).embeddings()
    entries = [
        entry if place in some else replace(entry, label="subject 0")
        for place, entry in enumerate(found.labelled.entries)
    ]
    swapped = replace(found, labelled=replace(found.labelled, entries=tuple(entries)))
    second = begin("thorough", examination=swapped).learn(some, "testing 1", Job()).embeddings()
    np.testing.assert_array_equal(first, second)


def test_what_stays_as_it_was_is_what_the_weights_began_with(begin, base):
    network = EmbeddingNet(16, "simple_cnn")
    start = copy.deepcopy(network.state_dict())
    with torch.no_grad():
        for value in network.parameters():
            value += 1
    half = blended(network, start, 0.5).state_dict()
    for name, value in start.items():
        if value.is_floating_point() and "running" not in name:
            torch.testing.assert_close(half[name], value + 0.5)


def test_batch_norms_and_early_blocks_of_a_trained_network_stay_as_they_are():
    network = EmbeddingNet(8, "simple_cnn")
    Learner(network, 3, ProxyAnchorLoss(8, 2), knows=True).train()
    assert not any(value.requires_grad for value in network.features[:3].parameters())
    norms = [module for module in network.modules() if isinstance(module, torch.nn.BatchNorm2d)]
    assert norms
    assert not any(norm.training or norm.weight.requires_grad for norm in norms)
    assert all(norm.training for norm in Learner(network, 0, ProxyAnchorLoss(8, 2), knows=False).train().modules())


def test_a_base_without_weights_is_refused_with_ways_out(subjects, tmp_path):
    write_model(tmp_path / "models")
    tiny = ModelRegistry(tmp_path / "models", tmp_path / "none").named("tiny")
    with pytest.raises(NotFoundError, match=r"tiny came as ONNX alone.*--backbone"):
        train([subjects], tiny, tmp_path / "runs", PersonalConfig("thorough", "mine", 0, READING, options=QUICK), Job())


def test_a_layer_without_its_networks_weights_is_refused_with_the_model_it_was_made_from(tmp_path):
    folder = write_model(tmp_path / "models")
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"training": {"recipe": "linear", "base": "flowers"}}))
    tiny = ModelRegistry(tmp_path / "models", tmp_path / "none").named("tiny")
    with pytest.raises(NotFoundError, match=r"tiny, made from flowers, came without.*Choose the model flowers with"):
        starting_network(ThoroughSettings(), tiny, 0, Job())


@pytest.mark.parametrize(
    ("recipe", "options", "message"),
    [
        ("triplet", {"mining": "none"}, "The setting “mining” cannot be “none”. Choose one of semi-hard"),
        ("siamese", {"distance": "far"}, "cannot be “far”"),
        ("proxy", {"schedule": "up"}, "cannot be “up”"),
        ("proxy", {"epochs": 0}, "“epochs” cannot be 0"),
        ("proxy", {"smallest_crop": 0.0}, "“smallest_crop” cannot be 0.0. It must be more than 0"),
        ("proxy", {"margin": 1}, "There is no setting “margin”"),
        ("proxy", {"dim": "many"}, "The setting “dim” cannot be"),
        ("proxy", {"mixup": 0.2}, "There is no setting “mixup”"),
        ("thorough", {"dim": 8}, "The setting “dim” has no effect without a backbone. Leave it out, or"),
        ("proxy", {"schedule": "restarts", "warm_up": 0.2}, "“warm_up” has no effect with schedule=restarts"),
        ("proxy", {"schedule": "hyperrule"}, "“most_steps” has no effect with schedule=hyperrule"),
        ("proxy", {"schedule": "compat-cosine", "learning_rate": 0.1}, "“learning_rate” has no effect with"),
        ("proxy", {"first_round": 10}, "“first_round” has no effect with schedule=cosine"),
        ("proxy", {"trained": "whole", "views": 3}, "“views” has no effect with trained=whole"),
        ("proxy", SCRATCH | {"body_rate": 0.5}, "“body_rate” has no effect with weights=random"),
        ("triplet", {"mining": "semi-hard", "semi_hard_epochs": 3.0}, "no effect with mining=semi-hard"),
    ],
)
def test_settings_that_make_no_sense_are_refused(begin, recipe, options, message):
    with pytest.raises(BadRequestError, match=message):
        begin(recipe, **options)


def test_weights_without_a_network_are_refused(begin):
    with pytest.raises(BadRequestError, match="not of which network"):
        begin("proxy", weights="official").learn(np.arange(32), "learning", Job())


def test_weights_of_a_file_are_what_it_begins_with(begin, tmp_path):
    torch.manual_seed(7)
    torch.save(EmbeddingNet(8, "simple_cnn").state_dict(), tmp_path / "mine.pth")
    options = SCRATCH | {"weights": str(tmp_path / "mine.pth"), "learning_rate": 1e-9}
    learned = begin("supcon", **options).learn(np.arange(32), "learning", Job())
    wanted = torch.load(tmp_path / "mine.pth", weights_only=True)
    torch.testing.assert_close(learned.network.features[0][0].weight, wanted["features.0.0.weight"])


def test_official_weights_offline_are_a_sentence(begin, monkeypatch, tmp_path):
    def offline(*_args, **_options):
        raise OSError(101, "Network is unreachable")

    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    monkeypatch.setattr(download.urllib.request, "urlopen", offline)
    with pytest.raises(EngineError, match=r"could not be downloaded: Network is unreachable.*in another way"):
        begin("classify", backbone="mobilenet_v3_small").learn(np.arange(32), "learning", Job())


def test_a_cancelled_training_goes_on_and_ends_where_another_one_does(subjects, base, tmp_path):
    def config(name):
        return PersonalConfig("proxy", name, 0, READING, options=SCRATCH)

    steps = []

    def cancelling(event, told):
        steps.append((event, told["part"], told["step"]))
        if (told["part"], told["step"]) == ("testing 2", 3):
            job.cancel()

    job = Job()
    with pytest.raises(Cancelled):
        train([subjects], base, tmp_path / "runs", config("mine"), job, watch=cancelling)
    (left,) = (tmp_path / "runs").glob(".training-*")
    assert (left / "testing-2").is_dir()
    again = []
    resumed = train(
        [subjects],
        base,
        tmp_path / "runs",
        config("mine"),
        Job(),
        watch=lambda event, told: again.append((event, told)),
    )
    assert not any(told["part"] == "testing 1" for event, told in again if event == "curve")  # it was done
    assert min(told["step"] for event, told in again if event == "curve" and told["part"] == "testing 2") == 4
    straight = train([subjects], base, tmp_path / "other", config("mine"), Job())
    assert resumed.judgement.after == straight.judgement.after
    np.testing.assert_allclose(
        np.load(resumed.folder / "embeddings.npy"), np.load(straight.folder / "embeddings.npy"), atol=1e-5
    )
    told = [(run.folder / "curves.csv").read_text() for run in (resumed, straight)]
    assert [line.split(",")[:2] for line in told[0].splitlines()][-3:] == [
        line.split(",")[:2] for line in told[1].splitlines()
    ][-3:]


def test_other_photos_labels_settings_or_seeds_are_another_training(found, base, tmp_path):
    usual = PersonalConfig("proxy", "mine", 0, READING, options=SCRATCH)
    entries = found.labelled.entries
    relabelled = (replace(entries[0], label="subject 1"), *entries[1:])
    others = [
        (replace(found, labelled=replace(found.labelled, entries=relabelled)), usual),
        (replace(found, seen=replace(found.seen, contents=(b"other", *found.seen.contents[1:]))), usual),
        (found, replace(usual, seed=1)),
        (found, replace(usual, options=SCRATCH | {"epochs": 3})),
        (found, replace(usual, recipe="supcon")),
    ]
    places = {_assignment(one, base, tmp_path, config, silent).workplace for one, config in others}
    own = _assignment(found, base, tmp_path, replace(usual, name="yours"), silent).workplace
    assert own == _assignment(found, base, tmp_path, usual, silent).workplace
    assert len(places | {own}) == 6


def test_a_photo_that_goes_away_meanwhile_is_named(begin, found):
    moved = found.labelled.entries[5].path
    away = moved.rename(moved.with_suffix(".away"))
    try:
        with pytest.raises(EngineError, match=r"5\.jpg could be read when the training began, and now it cannot"):
            begin("proxy").learn(np.arange(32), "learning", Job())
    finally:
        away.rename(moved)

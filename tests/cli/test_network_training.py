"""`train` with a recipe that trains a network, run as a user runs it."""

import json
import signal
import subprocess

import pytest

from tests.cli.conftest import COMMAND
from tests.samples import write_model, write_network, write_subjects

pytest.importorskip("sklearn", reason="training needs the extra [train]")
pytest.importorskip("torch", reason="training needs the extra [train]")

NETWORK = ("--recipe", "proxy", "--backbone", "simple_cnn", "--base", "tiny", "--install", "never", "--events")
SETTINGS = {"side": 32, "most_steps": 18, "epochs": 18, "batch_size": 16, "patience": 40, "checkpoint_seconds": 0.0}
OPTIONS = [f"--set={name}={value}" for name, value in SETTINGS.items()]
QUICK = [f"--set={name}={value}" for name, value in {"most_steps": 4, "views": 2, "learning_rate": 1e-6}.items()]


@pytest.fixture(scope="module")
def subjects(tmp_path_factory):
    return write_subjects(tmp_path_factory.mktemp("subjects"))


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """A library with a tiny model of its own, which has no weights to learn on from."""
    library = tmp_path_factory.mktemp("trained") / "library"
    write_model(library / "models")
    return library


@pytest.mark.faults
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill")
def test_a_killed_training_goes_on_where_it_stood(here, home, library, subjects):
    line = [*COMMAND, "--library", str(library), "train", str(subjects), *NETWORK, *OPTIONS]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=home, text=True) as process:
        assert process.stdout is not None
        for told in process.stdout:
            event = json.loads(told)
            if event["event"] == "validated" and event["part"] == "testing 2" and event["step"] >= 6:
                process.kill()
                break
        process.stdout.read()
        process.wait(timeout=60)
    assert list((library / "runs").glob(".training-*"))
    outcome = here("--library", library, "train", subjects, *NETWORK, *OPTIONS)
    events = [json.loads(told) for told in outcome.text.splitlines()]
    assert events[-1]["event"] == "finished", outcome.err
    validated = [(event["part"], event["step"]) for event in events if event["event"] == "validated"]
    assert "testing 1" not in {part for part, _ in validated}
    assert min(step for part, step in validated if part == "testing 2") >= 6
    assert not list((library / "runs").glob(".training-*"))


def test_a_model_that_came_as_onnx_alone_is_no_start(here, library, subjects):
    outcome = here("--library", library, "train", subjects, "--recipe", "thorough", "--base", "tiny")
    assert outcome.status == 1
    assert "The model tiny came as ONNX alone" in outcome.err
    assert "--backbone" in outcome.err


def test_a_training_goes_on_from_the_model_that_another_one_installed(here, library, subjects):
    write_network(library / "models")
    words = ("--library", library, "train", subjects, "--install", "always", "--out", "mine", *QUICK)
    first = here(*words, "--recipe", "thorough", "--base", "network")
    assert first.status == 0, first.err
    assert "these figures prove nothing" not in first.text
    assert (library / "models" / "mine" / "weights.safetensors").is_file()
    second = here(*words, "--recipe", "proxy", "--base", "mine")
    assert second.status == 0, second.err
    assert "mine has learned from photos before: of those, these figures prove nothing." in second.text
    assert "mine-2 answers searches" in second.text


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--epochs", "3"), "--epochs is for recipes that train a network"),
        (("--recipe", "frozen", "--set", "margin=1"), "--set is for recipes that train a network"),
        (("--recipe", "triplet", "--set", "margin"), "'margin' is no setting: write NAME=VALUE"),
    ],
)
def test_options_of_other_recipes_are_refused(lookalike, library, subjects, options, sentence):
    outcome = lookalike("--library", library, "train", subjects, *options)
    assert outcome.status == 2
    assert sentence in outcome.err


def test_an_unknown_setting_is_refused_with_those_there_are(here, library, subjects):
    outcome = here("--library", library, "train", subjects, *NETWORK, "--set", "momentum=1")
    assert outcome.status == 1
    assert "There is no setting “momentum”. There are: accumulate" in outcome.err.replace("\n", " ")

"""`train` with labelled photos, run as a user runs it."""

import json
import signal
import subprocess
import sys

import pytest

from engine.indexing.reading import hash_file
from tests.cli.conftest import COMMAND, ROOT
from tests.samples import write_model, write_subjects

pytest.importorskip("sklearn", reason="training needs the extra [train]")


@pytest.fixture(scope="module")
def subjects(tmp_path_factory):
    return write_subjects(tmp_path_factory.mktemp("subjects"), 5, 10)


@pytest.fixture(scope="module")
def shelf_of_models(lookalike, tmp_path_factory):
    """A library with a tiny model of its own, which answers."""
    library = tmp_path_factory.mktemp("trained") / "library"
    write_model(library / "models")
    assert lookalike("--library", library, "models", "use", "tiny").status == 0
    return library


@pytest.fixture(scope="module")
def trained(lookalike, subjects, shelf_of_models):
    outcome = lookalike("--library", shelf_of_models, "--json", "train", subjects, "--base", "tiny", "--out", "mine")
    assert outcome.status == 0, outcome.err
    return outcome.document


def test_a_better_model_takes_over(trained, lookalike, shelf_of_models):
    assert trained["accepted"] is True
    assert trained["reasons"] == []
    assert trained["model"] == "mine"
    assert trained["metrics"]["after"]["map@r"] > trained["metrics"]["before"]["map@r"]
    models = lookalike("--library", shelf_of_models, "--json", "models", "list").document["models"]
    assert [model["name"] for model in models if model["in_use"]] == ["mine"]


def test_the_document_has_what_the_guide_promises(trained, subjects):
    assert trained["backbone"] == "tiny"
    assert trained["recipe"] == "linear"
    assert trained["classes"] == {f"subject {number}": 10 for number in range(5)}
    assert trained["photos"] == 50
    assert set(trained["intervals"]["after"]) == set(trained["metrics"]["after"])
    assert set(trained["seconds"]) == {"reading", "judging", "learning"}
    assert 1 <= len(trained["examples"]) <= 3
    assert set(trained["examples"][0]["after"][0]) == {"path", "distance", "alike"}


def test_the_way_back_is_one_command(trained, lookalike, shelf_of_models):
    assert lookalike("--library", shelf_of_models, "models", "use", "tiny").status == 0
    models = lookalike("--library", shelf_of_models, "--json", "models", "list").document["models"]
    assert {model["name"]: model["in_use"] for model in models} | {"tiny": True, "mine": False} == {
        model["name"]: model["in_use"] for model in models
    }


@pytest.fixture(scope="module")
def told_again(trained, lookalike, subjects, shelf_of_models):
    """The events of a second training, while the model of the first one is in use."""
    assert lookalike("--library", shelf_of_models, "models", "use", "mine").status == 0
    outcome = lookalike("--library", shelf_of_models, "train", subjects, "--install", "never", "--events")
    return [json.loads(line) for line in outcome.text.splitlines()]


def test_training_again_starts_from_what_the_model_in_use_was_made_from(told_again):
    assert told_again[-1]["backbone"] == "tiny"
    assert told_again[-1]["model"] is None


def test_people_are_told_what_happened(lookalike, subjects, shelf_of_models):
    outcome = lookalike(
        "--library", shelf_of_models, "train", subjects, "--base", "tiny", "--install", "never", "--recipe", "linear"
    )
    assert "50 photos of 5 classes" in outcome.text
    assert "the nearest photo is of the same class" in outcome.text
    assert "It is better." in outcome.text
    assert "It was not installed. To install it all the same: lookalike models add" in outcome.text
    assert "report.html" in outcome.text


def test_labels_can_be_examined_alone(lookalike, subjects, shelf_of_models, tmp_path):
    copy = subjects / "subject 1" / "copy.jpg"
    copy.write_bytes((subjects / "subject 0" / "0.jpg").read_bytes())
    try:
        outcome = lookalike("--library", shelf_of_models, "--json", "train", subjects, "--base", "tiny", "--examine")
    finally:
        copy.unlink()
    problems = [problem for problem in outcome.document["problems"] if problem["kind"] == "two labels"]
    assert [sorted(problem["photos"]) for problem in problems] == [[str(subjects / "subject 0" / "0.jpg"), str(copy)]]


def test_events_are_one_object_per_line(told_again):
    kinds = [event["event"] for event in told_again]
    assert kinds[-1] == "finished"
    assert kinds.count("examined") == 1
    assert {"done", "total", "stage"} <= set(told_again[kinds.index("progress")])
    assert told_again[-1]["accepted"] is True


def test_an_examination_tells_of_every_photo_and_leaves_what_was_read_for_the_training(
    lookalike, subjects, shelf_of_models
):
    words = ("--library", shelf_of_models, "train", subjects, "--base", "tiny", "--examine", "--events")
    events = [json.loads(line) for line in lookalike(*words).text.splitlines()]
    assert {event["event"] for event in events[:-1]} == {"progress"}
    assert (events[-1]["event"], len(events[-1]["labelled"])) == ("examined", 50)
    assert [str(subjects / "subject 0" / "0.jpg"), "subject 0", ""] in events[-1]["labelled"]
    assert list((shelf_of_models / "runs" / "seen").glob("*.seen"))
    assert not list((shelf_of_models / "runs").glob("*.seen"))


@pytest.mark.parametrize("option", ["--install=never", "--examine"])
def test_a_failure_is_an_event_too(lookalike, shelf_of_models, tmp_path, option):
    (tmp_path / "nothing").mkdir()
    outcome = lookalike(
        "--library", shelf_of_models, "train", tmp_path / "nothing", "--base", "tiny", "--events", option
    )
    assert outcome.status == 1
    (event,) = [json.loads(line) for line in outcome.text.splitlines()]
    assert event["event"] == "failed"
    assert event["message"].startswith("There are no labelled photos in")
    assert event["message"] in outcome.err
    assert not event["photos_elsewhere"]


def test_photos_that_lie_elsewhere_are_a_failure_of_its_own(lookalike, shelf_of_models, tmp_path):
    """The window asks for their folder."""
    truth = tmp_path / "truth.json"
    truth.write_text(json.dumps({"tower": {"query": ["0.jpg"], "good": ["1.jpg"]}}))
    line = ("--library", shelf_of_models, "train", truth, "--base", "tiny", "--events", "--examine")
    for more in ((), ("--gallery", tmp_path / "nowhere")):
        (event,) = [json.loads(told) for told in lookalike(*line, *more).text.splitlines()]
        assert (event["event"], event["photos_elsewhere"]) == ("failed", True)


def test_an_examination_loads_nothing_that_only_learning_needs(home, subjects, shelf_of_models):
    code = (
        "import sys, main\n"
        "assert main.main(sys.argv[1:]) == 0\n"
        "print([name for name in ('sklearn', 'matplotlib', 'torch') if name in sys.modules], file=sys.stderr)"
    )
    line = ["--library", str(shelf_of_models), "train", str(subjects), "--base", "tiny", "--examine"]
    done = subprocess.run(
        [sys.executable, "-c", code, *line], cwd=ROOT, env=home, capture_output=True, text=True, check=True
    )
    assert "50 photos of 5 classes" in done.stdout
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("name", ["matplotlib", "sklearn"])
def test_what_is_not_installed_is_told_before_hours_of_learning(monkeypatch, here, subjects, shelf_of_models, name):
    monkeypatch.setitem(sys.modules, name, None)
    outcome = here("--library", shelf_of_models, "train", subjects, "--base", "tiny")
    assert outcome.status == 1
    assert f"Training needs {name}, which is not installed." in outcome.err


def test_an_unknown_base_is_refused(lookalike, shelf_of_models, subjects):
    outcome = lookalike("--library", shelf_of_models, "train", subjects, "--base", "nobody")
    assert outcome.status == 1
    assert "There is no model named nobody" in outcome.err


def test_ctrl_c_ends_a_training_and_leaves_no_run(home, shelf_of_models, tmp_path):
    subjects = write_subjects(tmp_path / "many", 4, 20)
    before = set((shelf_of_models / "runs").iterdir()) if (shelf_of_models / "runs").exists() else set()
    line = [*COMMAND, "--library", str(shelf_of_models), "train", str(subjects), "--base", "tiny", "--events"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=home, text=True) as process:
        assert process.stdout is not None
        for told in process.stdout:
            if '"learning and testing"' in told:
                process.send_signal(signal.SIGINT)
                break
        process.stdout.read()
        assert process.wait(timeout=60) == 130
    assert {place for place in (shelf_of_models / "runs").iterdir() if place.name != "seen"} <= before


def test_collections_are_classes_by_their_names(lookalike, subjects, shelf_of_models):
    library = shelf_of_models
    assert lookalike("--library", library, "index", subjects, "--model", "tiny").status == 0
    decisions = library.parent / "decisions.json"
    assert lookalike("--library", library, "decisions", "export", decisions).status == 0
    document = json.loads(decisions.read_text())
    hashes = {
        subject: [hash_file(photo).hex() for photo in sorted((subjects / subject).iterdir())]
        for subject in ("subject 0", "subject 1")
    }
    document["collections"] = [{"name": f"My {name}", "photos": contents} for name, contents in hashes.items()]
    decisions.write_text(json.dumps(document))
    assert lookalike("--library", library, "decisions", "import", decisions).status == 0
    words = ("--json", "--library", library, "train", "--examine", "--base", "tiny")
    named = ("--collection", "my subject 0", "--collection", "My subject 1")
    assert lookalike(*words, *named).document["classes"] == {"My subject 0": 10, "My subject 1": 10}
    more = lookalike(*words, *named, subjects / "subject 2").document["classes"]
    assert more == {"My subject 0": 10, "My subject 1": 10, "subject 2": 10}
    wrong = lookalike(*words, "--collection", "Nobody")
    assert (wrong.status, "There is no collection “Nobody”." in wrong.err) == (1, True)


def test_nothing_to_learn_from_is_wrong_usage(lookalike, shelf_of_models):
    outcome = lookalike("--library", shelf_of_models, "train")
    assert outcome.status == 2
    assert "name labelled photos, or a collection with --collection" in outcome.err


def test_several_labels_are_learned_without_being_asked_for(lookalike, here, monkeypatch, shelf_of_models, tmp_path):
    top = write_subjects(tmp_path / "several", 4, 6)
    lines = [
        f"{photo.relative_to(top)};{photo.parent.name}(0.9);kind {int(photo.stem) % 2}(0.5);photo(1)"
        for photo in sorted(top.rglob("*.jpg"))
    ]
    (top / "labels.csv").write_text("\n".join(lines))
    words = ("--library", shelf_of_models, "train", top / "labels.csv", "--base", "tiny", "--install", "never")
    examined = lookalike(*words, "--examine")
    assert "24 photos with 7 labels" in examined.text
    assert "photo is on 24 of 24 photos" in examined.text
    monkeypatch.setattr("trainer.label_heads.STEPS", 30)  # how well it learns, tests/trainer/test_label_recipe.py tells
    outcome = here(*words)
    assert outcome.status == 0, outcome.err
    assert "the nearest photo has much in common" in outcome.text
    assert "oracle 1.000" in outcome.text


def test_what_could_not_be_tried_is_told(lookalike, subjects, shelf_of_models):
    """With two classes none can be kept back: what is left to learn from would be one."""
    two = [subjects / f"subject {number}" for number in range(2)]
    outcome = lookalike("--library", shelf_of_models, "train", *two, "--base", "tiny", "--install", "never")
    assert outcome.status == 0, outcome.err
    assert "How it does with subjects that it has not learned could not be tried" in outcome.text

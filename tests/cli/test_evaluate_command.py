"""`evaluate`, run as a user runs it, and its signs in the guide."""

import json
import os
import pty
import re
import signal
import subprocess
import sys

import pytest

from cli.figures import SECTIONS, section_of
from cli.parser import parse
from tests.cli.conftest import COMMAND, ROOT, paint
from tests.samples import write_model

CONTRACT = ("precision@1", "precision@5", "recall@10", "map@10", "map@r", "mean_first_rank", "knn_accuracy")


@pytest.fixture(scope="module")
def subjects(tmp_path_factory):
    """Three classes of four alike photos, and a file that is none."""
    top = tmp_path_factory.mktemp("subjects")
    for subject in range(3):
        folder = top / f"subject {subject}"
        folder.mkdir()
        for shade in range(4):
            paint(subject).point(lambda value, shade=shade: value * (1 - 0.08 * shade)).save(folder / f"{shade}.jpg")
    (top / "subject 1" / "cut.jpg").write_bytes(b"\xff\xd8\xff")
    return top


@pytest.fixture(scope="module")
def measured(lookalike, subjects, tmp_path_factory):
    library = tmp_path_factory.mktemp("nowhere") / "library"
    outcome = lookalike("--library", library, "--json", "evaluate", subjects)
    assert outcome.status == 0, outcome.err
    return library, outcome


def test_the_document_has_the_keys_of_the_contract(measured):
    document = measured[1].document
    (model,) = document["models"]
    assert next(iter(document)) == "models"
    assert [*model][:2] == ["name", "metrics"]
    assert model["name"] == "lookalike-2"
    assert all(model["metrics"][name] >= 0 for name in CONTRACT)
    assert model["metrics"]["precision@1"] == 1
    assert all(low <= model["metrics"][name] <= high for name, (low, high) in model["intervals"].items())
    assert set(model["per_class"]) == {"subject 0", "subject 1", "subject 2"}
    assert model["per_class"]["subject 2"]["queries"] == 4
    assert (document["protocol"], document["photos"], document["queries"]) == ("leave-one-out", 12, 12)
    (skipped,) = document["skipped"]
    assert skipped["path"].endswith("cut.jpg")
    assert skipped["reason"]
    assert measured[1].err == ""


def test_measuring_makes_no_library(measured):
    assert not measured[0].exists()


def test_a_person_gets_a_table_with_intervals(lookalike, subjects, tmp_path):
    outcome = lookalike("--library", tmp_path / "lib", "evaluate", subjects, "--per-class", "-k", 3)
    assert outcome.status == 0
    assert outcome.text.startswith("12 queries of 3 classes searched each other (leave-one-out)")
    assert re.search(r"^ precision@1 +1\.000 +1\.000 … 1\.000 +1\.000$", outcome.text, flags=re.MULTILINE)
    assert re.search(r"^ precision@3 ", outcome.text, flags=re.MULTILINE)
    assert re.search(r"^ subject 2 +4 +1\.000", outcome.text, flags=re.MULTILINE)
    assert "1 file left out" in outcome.text
    assert "cut.jpg: The JPEG file is damaged" in outcome.text
    assert "\x1b" not in outcome.text


def test_models_stand_side_by_side(lookalike, subjects, tmp_path):
    other = write_model(tmp_path, "visitor")
    words = ("--library", tmp_path / "lib", "evaluate", subjects, "--model", "lookalike-2", "--model", other)
    first, second = lookalike(*words, "--json").document["models"]
    assert (first["name"], second["name"]) == ("lookalike-2", "visitor")
    assert first["differences"] == {}
    apart = second["differences"]["map@r"]
    assert apart["value"] == pytest.approx(second["metrics"]["map@r"] - first["metrics"]["map@r"], abs=1e-6)
    assert apart["interval"][0] <= apart["value"] <= apart["interval"][1]
    text = lookalike(*words).text
    assert re.search(r"metric +lookalike-2 +95 % interval +visitor +95 % interval +difference", text)


def test_the_same_seed_gives_the_same_figures(lookalike, subjects, tmp_path):
    other = write_model(tmp_path, "visitor", dim=3)
    words = ("--library", tmp_path / "lib", "--json", "evaluate", subjects, "--model", other, "--seed")
    first, again, third = (lookalike(*words, seed).document["models"] for seed in ("7", "7", "-8"))
    assert first == again
    assert first[0]["metrics"] == third[0]["metrics"]


def test_queries_and_gallery(lookalike, subjects, tmp_path):
    lines = [f"{subjects}/subject {subject}/0.jpg,subject {subject}\n" for subject in range(3)]
    (tmp_path / "queries.csv").write_text("".join(lines))
    outcome = lookalike(
        "--library", tmp_path / "lib", "--json", "evaluate", tmp_path / "queries.csv", "--gallery", subjects
    )
    document = outcome.document
    assert (document["protocol"], document["queries"], document["gallery"]) == ("query-gallery", 3, 12)
    assert document["models"][0]["metrics"]["recall@5"] == 1


def test_oxford(lookalike, subjects, tmp_path):
    truth = {"tower": {"query": ["0.jpg"], "good": ["1.jpg"], "ok": ["2.jpg"], "junk": ["0.jpg"]}}
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    words = ("evaluate", tmp_path / "truth.json", "--gallery", subjects / "subject 0", "--protocol", "oxford")
    outcome = lookalike("--library", tmp_path / "lib", *words, "--json")
    assert outcome.document["models"][0]["metrics"]["oxford_map"] == 1
    table = lookalike("--library", tmp_path / "lib", *words, "--per-class").text
    assert re.search(r"^ oxford_map +1\.000", table, flags=re.MULTILINE)
    assert re.search(r"^ tower +1 ", table, flags=re.MULTILINE)


def test_classes_whose_names_are_not_utf8(lookalike, subjects, tmp_path):
    top = tmp_path / "odd"
    for name, subject in ((b"caf\xe9", 0), (b"[bold]x", 1)):
        try:
            (top / os.fsdecode(name)).mkdir(parents=True)
        except OSError:
            pytest.skip("this file system knows only UTF-8")
        for shade in range(3):
            os.link(subjects / f"subject {subject}" / f"{shade}.jpg", top / os.fsdecode(name) / f"{shade}.jpg")
    words = ("--library", tmp_path / "lib", "evaluate", top, "--per-class")
    assert set(lookalike(*words, "--json").document["models"][0]["per_class"]) == {"caf\udce9", "[bold]x"}
    table = lookalike(*words).out
    assert b"caf\xe9" in table
    assert b"[bold]x" in table


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda top: top / "gone", "There is no"),
        (lambda top: top, "There are no labelled photos."),
        (lambda top: top / "odd.xml", "holds no labels that can be read"),
    ],
)
def test_bad_input_is_a_sentence_and_status_1(lookalike, tmp_path, make, sentence):
    (tmp_path / "odd.xml").write_text("nothing")
    outcome = lookalike("--library", tmp_path / "lib", "--json", "evaluate", make(tmp_path))
    assert (outcome.status, outcome.out) == (1, b"")
    assert sentence in outcome.err
    assert "Traceback" not in outcome.err


def test_a_model_that_is_not_there_is_named_with_those_that_are(lookalike, subjects, tmp_path):
    outcome = lookalike("--library", tmp_path / "lib", "evaluate", subjects, "--model", "wonder")
    assert outcome.status == 1
    assert "There is no model named wonder" in outcome.err
    assert "lookalike-2" in outcome.err


@pytest.mark.parametrize("line", ["evaluate", "evaluate a -k 0", "evaluate a --protocol mine", "evaluate a --seed x"])
def test_wrong_usage_is_status_2(line, capsys):
    with pytest.raises(SystemExit) as ended:
        parse(line.split())
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_stops_it(home, subjects, tmp_path):
    many = tmp_path / "many"
    for subject in range(3):
        (many / str(subject)).mkdir(parents=True)
        for number in range(2000):
            os.link(subjects / f"subject {subject}" / "0.jpg", many / str(subject) / f"{number}.jpg")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "--library", tmp_path / "lib", "evaluate", many],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=home | {"TERM": "xterm"},
        start_new_session=True,
    )
    os.close(theirs)
    assert b"embedding" in read_until(ours, b"embedding")
    os.killpg(process.pid, signal.SIGINT)
    said = read_until(ours, b"interrupted")
    out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert (process.returncode, out) == (130, b"")
    assert b"interrupted" in said
    assert b"Traceback" not in said


def read_until(terminal, word):
    """What is written to a terminal until a word is seen, or nobody can write any more."""
    seen = b""
    while word not in seen:
        try:
            seen += os.read(terminal, 65536)
        except OSError:  # how Linux says that the other side is closed
            break
    return seen


def test_the_guide_explains_every_metric_that_is_printed(lookalike, measured, subjects, tmp_path):
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
    truth = {"tower": {"query": ["0.jpg"], "easy": ["1.jpg"], "hard": ["2.jpg"], "junk": []}}
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    words = ("evaluate", tmp_path / "truth.json", "--gallery", subjects / "subject 0")
    revisited = lookalike("--library", tmp_path / "lib", "--json", *words).document
    names = {name for document in (revisited, measured[1].document) for name in document["models"][0]["metrics"]}
    assert {"precision@1", "oxford_map/hard", "fnmr@fmr=1%"} < names
    at_any_k = {re.sub(r"@\d+(?!\.)", "@k", name) for name in names}
    assert [name for name in sorted(at_any_k) if f"`{name}`" not in guide] == []
    assert {section_of(name) for name in names} == set(SECTIONS)

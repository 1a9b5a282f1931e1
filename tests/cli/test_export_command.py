"""`export`, run as a user runs it."""

import json

import pytest


def test_the_newest_answer_is_exported_as_a_table(lookalike, shelf, photos, tmp_path):
    for number in (1, 2):
        lookalike("--library", shelf, "search", photos / f"photo_0{number}.jpg", "-k", 4)
    outcome = lookalike("--library", shelf, "export", tmp_path / "a.csv")
    assert outcome.status == 0, outcome.err
    assert outcome.text == f"{tmp_path / 'a.csv'}: 4 photos of “Lookalikes of photo_02.jpg”\n"
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 5
    assert f'"{photos / "photo_02.jpg"}"' in lines[1]


def test_a_named_answer_is_exported_as_a_document_and_leaves_the_history_alone(lookalike, shelf, photos, tmp_path):
    for number in (1, 2):
        lookalike("--library", shelf, "search", photos / f"photo_0{number}.jpg", "-k", 4)
    before = lookalike("--library", shelf, "history", "--json").document
    oldest = before["queries"][-1]["id"]
    outcome = lookalike("--library", shelf, "export", oldest[:8], tmp_path / "a.json", "--json")
    assert outcome.document == {"file": str(tmp_path / "a.json"), "photos": 4}
    exported = json.loads((tmp_path / "a.json").read_text())
    assert exported["query"]["images"] == [str(photos / "photo_01.jpg")]
    assert exported["query"]["history_id"] == oldest
    assert [match["rank"] for match in exported["matches"]] == [1, 2, 3, 4]
    assert lookalike("--library", shelf, "history", "--json").document == before


def test_a_page_holds_the_pictures(lookalike, shelf, photos, tmp_path):
    lookalike("--library", shelf, "search", photos / "photo_01.jpg", "-k", 4)
    assert lookalike("--library", shelf, "export", tmp_path / "a.html").status == 0
    assert (tmp_path / "a.html").read_text().count("data:image/jpeg;base64,/9j/") == 5


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("a.txt",), "Give it one of the endings .csv, .json, .html"),
        (("nope", "a.csv"), "There is no query nope"),
        (("nowhere/a.csv",), "There is no folder"),
    ],
)
def test_what_cannot_be_exported_is_status_1_and_a_sentence(lookalike, shelf, photos, tmp_path, arguments, sentence):
    lookalike("--library", shelf, "search", photos / "photo_01.jpg")
    *before, file = arguments
    outcome = lookalike("--library", shelf, "export", *before, tmp_path / file)
    assert outcome.status == 1
    assert sentence in outcome.err
    assert not list(tmp_path.glob("*.csv"))


def test_an_empty_history_has_nothing_to_export(lookalike, shelf, tmp_path):
    outcome = lookalike("--library", shelf, "export", tmp_path / "a.csv")
    assert outcome.status == 1
    assert "Search for something first." in outcome.err

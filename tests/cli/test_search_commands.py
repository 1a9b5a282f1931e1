"""`search` and `history`, run as a user runs them."""

import subprocess
import sys
from pathlib import Path

import pytest


def test_search_ranks_the_library(lookalike, shelf, photos):
    picture = photos / "photo_03.jpg"
    outcome = lookalike("--library", shelf, "--json", "search", picture, "-k", "5")
    answer = outcome.document
    assert outcome.status == 0
    assert [*answer] == ["query", "matches", "seconds"]
    assert [*answer["seconds"]] == ["decode", "embed", "search"]
    assert [match["rank"] for match in answer["matches"]] == [1, 2, 3, 4, 5]
    assert all([*match] == ["path", "score", "distance", "rank"] for match in answer["matches"])
    best = answer["matches"][0]
    assert (best["path"], best["distance"]) == (str(picture), pytest.approx(0, abs=1e-3))
    distances = [match["distance"] for match in answer["matches"]]
    scores = [match["score"] for match in answer["matches"]]
    assert distances == sorted(distances)
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_search_echoes_the_query(lookalike, shelf, photos):
    first, second, third = (photos / f"photo_0{number}.jpg" for number in (1, 2, 3))
    query = lookalike(
        "--library", shelf, "search", first, second, "--less", third, "--region", "0,0,0.5,1", "-k", 3,
        "--folder", photos, "--folder", photos / "below", "--format", "jpg", "--format", "HEIC",
        "--orientation", "landscape", "--min-size", 8, "--decision", "undecided",
        "--after", "2000-01-01", "--before", "2100-01-01", "--min-score", 0, "--exact", "--json",
    ).document["query"]  # fmt: skip
    entry = query.pop("history_id")
    assert query == {
        "images": [str(first), str(second)],
        "less": [str(third)],
        "region": [0, 0, 0.5, 1],
        "k": 3,
        "mode": "similar",
        "filters": {
            "folders": [str(photos), str(photos / "below")],
            "folders_alone": None,
            "after": "2000-01-01",
            "before": "2100-01-01",
            "camera": None,
            "cameras": None,
            "formats": ["JPEG", "HEIF"],
            "orientations": ["landscape"],
            "min_size": 8,
            "decision": "undecided",
            "collection": None,
            "min_score": 0,
        },
        "exact": True,
        "model": "lookalike-2",
    }
    (remembered,) = lookalike("--library", shelf, "history", "--json").document["queries"]
    assert remembered["id"] == entry
    assert all(remembered[key] == query[key] for key in query)


def test_search_finds_copies_of_a_picture_from_outside(lookalike, shelf, photos, tmp_path):
    from PIL import Image

    outside = tmp_path / "smaller.png"
    with Image.open(photos / "photo_05.jpg") as picture:
        picture.resize((64, 48)).save(outside)
    answer = lookalike("--library", shelf, "search", outside, "--mode", "copies", "--json").document
    (match,) = answer["matches"]
    assert match["path"] == str(photos / "photo_05.jpg")
    assert match["verdict"] == "resized to 200 %"
    assert match["changes"] == [{"kind": "resized", "amount": pytest.approx(200, abs=2)}]
    assert match["confidence"] > 0.9
    assert answer["query"]["mode"] == "copies"
    assert "resized to 200 %" in lookalike("--library", shelf, "search", outside, "--mode", "copies").text


def test_search_says_the_same_in_words(lookalike, shelf, photos):
    picture = photos / "photo_03.jpg"
    lines = lookalike("--library", shelf, "search", picture, "-k", 3).text.splitlines()
    ranks = [line.split() for line in lines if not line.startswith("---")]
    assert [words[0] for words in ranks] == ["1", "2", "3"]
    assert ranks[0][-1] == str(picture)


def test_filters_can_leave_nothing(lookalike, shelf, photos):
    outcome = lookalike("--library", shelf, "search", photos / "photo_03.jpg", "--camera", "Leica")
    assert outcome.status == 0
    assert outcome.text == "No matches.\n"
    assert "photos would do without --camera." in outcome.err
    outcome = lookalike("--library", shelf, "search", photos / "photo_03.jpg", "--folder", "/no/such/place")
    assert outcome.status == 0
    assert "/no/such/place is not in the library." in outcome.err


def test_filters_that_make_no_sense_are_a_sentence(lookalike, shelf, photos):
    picture = photos / "photo_03.jpg"
    outcome = lookalike("--library", shelf, "search", picture, "--after", "2020-02-01", "--before", "2020-01-01")
    assert outcome.status == 1
    assert "Swap the two days." in outcome.err
    outcome = lookalike("--library", shelf, "search", picture, "--collection", "Christmas")
    assert outcome.status == 1
    assert "no collection “Christmas”" in outcome.err
    for option, value in (("--format", "word"), ("--orientation", "round"), ("--min-size", "0"), ("--decision", "no")):
        outcome = lookalike("--library", shelf, "search", picture, option, value)
        assert outcome.status == 2
        assert option in outcome.err


def test_no_history_leaves_no_trace(lookalike, shelf, photos):
    answer = lookalike("--library", shelf, "search", photos / "photo_03.jpg", "--no-history", "--json").document
    assert answer["query"]["history_id"] is None
    assert lookalike("--library", shelf, "history", "--json").document == {"queries": []}
    assert lookalike("--library", shelf, "history").text == "The history is empty.\n"


@pytest.mark.parametrize("name", ["letter.txt", "cut.jpg", "no such.jpg", ""])
def test_a_query_that_is_no_picture_is_status_1_and_a_sentence(lookalike, shelf, photos, name):
    outcome = lookalike("--library", shelf, "search", photos / name, "--json")
    assert outcome.status == 1
    assert outcome.out == b""
    assert outcome.err.startswith("lookalike: ")
    assert (name or photos.name) in outcome.err
    assert "Traceback" not in outcome.err


def test_an_empty_library_says_what_to_do(lookalike, photos, tmp_path):
    outcome = lookalike("--library", tmp_path / "new", "search", photos / "photo_03.jpg")
    assert outcome.status == 1
    assert "Add a folder" in outcome.err


def test_a_reader_that_leaves_early_is_no_failure(shelf, photos, home):
    command = [
        sys.executable,
        Path(__file__).parents[2] / "main.py",
        "--library",
        shelf,
        "search",
        photos / "photo_03.jpg",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=home) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_history_is_listed_shown_repeated_pinned_and_deleted(lookalike, shelf, photos):
    def history(*arguments):
        return lookalike("--library", shelf, "history", *arguments, "--json").document["queries"]

    for number in (1, 2):
        lookalike("--library", shelf, "search", photos / f"photo_0{number}.jpg", "-k", 4)
    newest, oldest = history("list")
    assert newest["images"] == [str(photos / "photo_02.jpg")]
    assert (newest["matches"], newest["pinned"], newest["titles"]) == (4, False, ["photo_02.jpg"])
    assert newest["when"] > oldest["when"]
    assert history("show", newest["id"]) == [newest]
    assert [entry["id"] for entry in history("pin", oldest["id"][:8])] == [oldest["id"], newest["id"]]
    assert [entry["id"] for entry in history("pin", oldest["id"], "--off")] == [newest["id"], oldest["id"]]
    (again,) = history("rerun", newest["id"])
    assert again["id"] == newest["id"]
    assert [match["new"] for match in again["result"]["matches"]] == [False] * 4
    assert [entry["id"] for entry in history("delete", newest["id"])] == [oldest["id"]]
    assert history("clear") == []


def test_a_query_can_be_given_a_title(lookalike, shelf, photos):
    lookalike("--library", shelf, "search", photos / "photo_01.jpg")
    (entry,) = lookalike("--library", shelf, "history", "--json").document["queries"]
    assert (entry["title"], entry["new"]) == ("", 0)
    short = entry["id"][:8]
    renamed = lookalike("--library", shelf, "history", "rename", short, "Beach houses", "--json").document
    assert [query["title"] for query in renamed["queries"]] == ["Beach houses"]
    listed = lookalike("--library", shelf, "history").text
    assert "Beach houses" in listed
    assert "photo_01.jpg" not in listed
    assert "title" in lookalike("--library", shelf, "history", "show", short).text
    lookalike("--library", shelf, "history", "rename", short, "")
    assert "photo_01.jpg" in lookalike("--library", shelf, "history").text


def test_history_in_words(lookalike, shelf, photos):
    lookalike("--library", shelf, "search", photos / "photo_01.jpg", photos / "photo_02.jpg", "-k", 4)
    (entry,) = lookalike("--library", shelf, "history", "--json").document["queries"]
    short = entry["id"][:8]
    assert f"{short}  " in (listed := lookalike("--library", shelf, "history").text)
    assert "4  matches  photo_01.jpg and 1 more" in listed
    shown = lookalike("--library", shelf, "history", "show", short).text
    assert f"pictures  {photos / 'photo_01.jpg'}, {photos / 'photo_02.jpg'}" in shown
    assert str(photos / "photo_01.jpg") in lookalike("--library", shelf, "history", "rerun", short).text


def test_rerun_marks_what_is_new(lookalike, shelf, photos, tmp_path):
    lookalike("--library", shelf, "search", photos / "photo_01.jpg")
    (entry,) = lookalike("--library", shelf, "history", "--json").document["queries"]
    (tmp_path / "more").mkdir()
    fresh = tmp_path / "more" / "again.jpg"
    fresh.write_bytes((photos / "photo_01.jpg").read_bytes() + b"more")
    lookalike("--library", shelf, "index", tmp_path / "more")
    (again,) = lookalike("--library", shelf, "history", "rerun", entry["id"], "--json").document["queries"]
    assert [match["path"] for match in again["result"]["matches"] if match["new"]] == [str(fresh)]


@pytest.mark.parametrize("action", ["show", "rerun", "pin", "delete"])
def test_a_query_that_is_not_there_is_status_1(lookalike, shelf, action):
    outcome = lookalike("--library", shelf, "history", action, "nope", "--json")
    assert (outcome.status, outcome.out) == (1, b"")
    assert "There is no query nope" in outcome.err


def test_a_pinned_query_tells_of_new_matches_after_indexing(lookalike, shelf, photos):
    query = lookalike("--library", shelf, "search", photos / "photo_03.jpg", "--json").document["query"]["history_id"]
    lookalike("--library", shelf, "history", "pin", query)
    came = photos / "came.jpg"
    try:
        came.write_bytes((photos / "photo_03.jpg").read_bytes() + b"\0")
        document = lookalike("--library", shelf, "index", "--json").document
    finally:
        came.unlink(missing_ok=True)
    assert document["news"] == [{"id": query, "title": "photo_03.jpg", "photos": 1}]
    assert lookalike("--library", shelf, "history", "--json").document["queries"][0]["new"] == 1

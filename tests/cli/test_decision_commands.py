"""`decisions`, `collections` and the export of a collection, run as a user runs them."""

import json

import pytest

from engine.library import Library
from engine.records import Decision


@pytest.fixture
def decided(shelf, photos):
    """The shelf after somebody decided in the window."""
    with Library.open(shelf) as library:
        known = [library.photos.at(photos / f"photo_0{number}.jpg").content_hash for number in range(4)]
        library.decisions.decide(Decision.PINNED, [known[0]])
        library.decisions.decide(Decision.HIDDEN, [known[1], b"x" * 32])
        library.decisions.reject([(known[2], known[3])])
        library.collections.create("Beach", [known[0], known[1], b"x" * 32])
    return shelf


def test_decisions_are_listed(lookalike, decided, photos):
    listed = lookalike("--library", decided, "decisions", "--json").document
    assert [one["paths"] for one in listed["pinned"]] == [[str(photos / "photo_00.jpg")]]
    assert sorted(len(one["paths"]) for one in listed["hidden"]) == [0, 1]
    assert listed["rejected"][0]["photo"]["paths"] == [str(photos / "photo_03.jpg")]
    text = lookalike("--library", decided, "decisions", "list").text
    assert f"pinned    {photos / 'photo_00.jpg'}\n" in text
    assert f"hidden    {(b'x' * 8).hex()}… (not in the library now)\n" in text
    assert f"no match  {photos / 'photo_03.jpg'}  for  {photos / 'photo_02.jpg'}\n" in text


def test_a_search_leaves_out_what_is_hidden_or_no_match(lookalike, decided, photos):
    answer = lookalike("--library", decided, "search", photos / "photo_02.jpg", "-k", 50, "--json").document
    found = {match["path"] for match in answer["matches"]}
    assert len(found) == 10
    assert {str(photos / "photo_01.jpg"), str(photos / "photo_03.jpg")}.isdisjoint(found)


def test_decisions_go_to_another_library_by_a_file(lookalike, decided, photos, tmp_path):
    file = tmp_path / "decisions.json"
    exported = lookalike("--library", decided, "decisions", "export", file)
    assert exported.status == 0, exported.err
    assert "1 pinned, 2 hidden, 1 rejection, 1 collection, 3 photos in collections" in exported.text
    other = tmp_path / "other"
    imported = lookalike("--library", other, "decisions", "import", file, "--json").document
    numbers = {"pinned": 1, "hidden": 2, "rejected": 1, "collections": 1, "collected": 3, "kept_apart": 0}
    assert imported == {"file": str(file)} | numbers
    lookalike("--library", other, "index", photos)
    names = [lookalike("--library", folder, "decisions", "--json").document for folder in (decided, other)]
    for document in names:
        for one in document["rejected"]:
            del one["when"]
    assert names[0] == names[1]


def test_a_file_of_something_else_is_status_1(lookalike, decided, tmp_path):
    (tmp_path / "a.json").write_text("{}")
    outcome = lookalike("--library", decided, "decisions", "import", tmp_path / "a.json")
    assert outcome.status == 1
    assert "is not a file of decisions" in outcome.err


def test_collections_are_listed_and_shown(lookalike, decided, photos):
    (listed,) = lookalike("--library", decided, "collections", "list", "--json").document["collections"]
    assert (listed["name"], listed["photos"], listed["present"]) == ("Beach", 3, 2)
    assert lookalike("--library", decided, "collections").text == "Beach  3  photos\n"
    (shown,) = lookalike("--library", decided, "collections", "show", "beach", "--json").document["collections"]
    assert shown["paths"] == [str(photos / "photo_00.jpg"), str(photos / "photo_01.jpg")]
    text = lookalike("--library", decided, "collections", "show", "Beach").text
    assert text.splitlines()[0] == "Beach: 3 photos"
    assert text.splitlines()[-1] == "1 more (not in the library now)"


def test_a_library_without_any_says_so(lookalike, shelf):
    assert lookalike("--library", shelf, "collections").text == "There are no collections.\n"
    assert lookalike("--library", shelf, "decisions").text == "Nothing was decided yet.\n"
    outcome = lookalike("--library", shelf, "collections", "show", "Beach")
    assert outcome.status == 1
    assert "There is no collection “Beach”" in outcome.err


def test_a_collection_is_exported(lookalike, decided, photos, tmp_path):
    outcome = lookalike("--library", decided, "export", "--collection", "Beach", tmp_path / "beach.json")
    assert outcome.status == 0, outcome.err
    document = json.loads((tmp_path / "beach.json").read_text())
    assert document["query"] is None
    assert [match["path"] for match in document["matches"]] == [
        str(photos / "photo_00.jpg"),
        str(photos / "photo_01.jpg"),
    ]
    assert lookalike("--library", decided, "export", "abc", "--collection", "x", tmp_path / "a.csv").status == 2

"""Decisions carried from one library to another."""

import json

import pytest

from engine.errors import BadRequestError, NotFoundError
from engine.export.decisions import load_decisions, save_decisions
from engine.records import Decision

A, B, C = bytes(32), b"b" * 32, b"c" * 32


@pytest.fixture
def decided(library):
    library.decisions.decide(Decision.PINNED, [A, B])
    library.decisions.decide(Decision.HIDDEN, [C])
    library.decisions.reject([(A, B)])
    library.collections.create("Beach", [A, C])
    library.collections.create("Empty")
    return library


def told(library) -> tuple:
    return (
        {kind: library.decisions.contents(kind) for kind in Decision},
        {one.pair for one in library.decisions.rejections()},
        {one.name: library.collections.contents(one.id) for one in library.collections.list()},
    )


def test_another_library_gets_them_all(decided, open_library, tmp_path):
    counts = save_decisions(decided, tmp_path / "a.json")
    other = open_library("other")
    assert load_decisions(other, tmp_path / "a.json") == counts
    assert told(other) == told(decided)
    again = load_decisions(other, tmp_path / "a.json")
    assert (again.pinned, again.hidden, again.rejected, again.collections, again.collected) == (0, 0, 0, 0, 0)


def test_what_was_there_stays(decided, open_library, tmp_path):
    save_decisions(decided, tmp_path / "a.json")
    other = open_library("other")
    other.decisions.decide(Decision.PINNED, [C])
    other.collections.create("bEACH", [B])
    load_decisions(other, tmp_path / "a.json")
    assert other.decisions.contents(Decision.PINNED) == {A, B, C}
    assert other.collections.contents(other.collections.named("Beach").id) == {A, B, C}
    assert other.collections.named("Beach").name == "bEACH"


def test_the_file_says_what_it_is(decided, tmp_path):
    save_decisions(decided, tmp_path / "a.json")
    document = json.loads((tmp_path / "a.json").read_text())
    assert (document["format"], document["version"]) == ("lookalike decisions", 1)
    assert document["pinned"] == [A.hex(), B.hex()]
    assert document["rejected"] == [{"query": A.hex(), "photo": B.hex()}]
    assert document["collections"][0] == {"name": "Beach", "photos": [A.hex(), C.hex()]}


GOOD = {"format": "lookalike decisions", "version": 1, "pinned": [A.hex()]}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "format"),
        ("[" * 100_000, "is not JSON"),
        ({"version": 1}, "format"),
        ({**GOOD, "version": 2}, "has version 2"),
        ({**GOOD, "hidden": "all"}, "instead of a list"),
        ({**GOOD, "hidden": ["zz"]}, "makes no sense"),
        ({**GOOD, "hidden": ["00"]}, "instead of a hash"),
        ({**GOOD, "hidden": [1]}, "makes no sense"),
        ({**GOOD, "rejected": [{"query": A.hex()}]}, "photo"),
        ({**GOOD, "rejected": [1]}, "makes no sense"),
        ({**GOOD, "collections": [{"name": 1, "photos": []}]}, "instead of a name"),
        ({**GOOD, "collections": [{"name": " ", "photos": []}]}, "needs a name"),
        ({**GOOD, "collections": {}}, "instead of a list"),
    ],
)
def test_what_is_no_file_of_decisions_changes_nothing(library, tmp_path, document, said):
    (tmp_path / "a.json").write_text(document if isinstance(document, str) else json.dumps(document))
    with pytest.raises(BadRequestError, match=said):
        load_decisions(library, tmp_path / "a.json")
    assert library.decisions.contents(Decision.PINNED) == set()


def test_files_that_cannot_be_read(library, tmp_path):
    with pytest.raises(NotFoundError, match="There is no file"):
        load_decisions(library, tmp_path / "nowhere.json")
    with pytest.raises(BadRequestError, match="cannot be read"):
        load_decisions(library, tmp_path)
    (tmp_path / "a.json").write_bytes(b"\xff\xfe")
    with pytest.raises(BadRequestError, match="is not JSON"):
        load_decisions(library, tmp_path / "a.json")

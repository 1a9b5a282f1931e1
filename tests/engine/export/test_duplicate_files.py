"""Groups of duplicates as files that are read again."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from engine.copies.verdict import Change, ChangeKind, Kind, Verdict
from engine.duplicates.groups import DuplicateGroup, GroupKind, Member, Reason
from engine.errors import BadRequestError, NotFoundError
from engine.export.duplicates import load_groups, save_groups
from tests.samples import scene


@pytest.fixture
def groups(library, tmp_path) -> list[DuplicateGroup]:
    folder = tmp_path / "photos"
    folder.mkdir()
    for seed in range(5):
        scene(seed, (120, 90)).save(folder / f"=scene {seed}, “x”.jpg")
    library.index([folder])
    photos = [library.photos.at(file) for file in sorted(folder.iterdir())]
    edited = (Change(ChangeKind.RESIZED, 50.0), Change(ChangeKind.MIRRORED))
    return [
        DuplicateGroup(
            GroupKind.COPIES,
            (
                Member(photos[0]),
                Member(photos[1], Verdict(Kind.COPY, 0.98, edited), reference=True),
                Member(photos[2], Verdict(Kind.IDENTICAL_FILE, 1.0)),
            ),
            (Reason.LARGER, Reason.EARLIER),
        ),
        DuplicateGroup(
            GroupKind.BURST,
            (Member(photos[3]), Member(photos[4], Verdict(Kind.OTHER_SHOT, 0.9, seconds_apart=3.0, by_thumbnail=True))),
        ),
    ]


@pytest.mark.parametrize("name", ["groups.csv", "groups.json", "groups.html"])
def test_what_is_saved_is_what_is_loaded(library, groups, tmp_path, name):
    save_groups(groups, tmp_path / name, library.thumbnail)
    loaded = load_groups(library, tmp_path / name)
    assert list(loaded.groups) == groups
    assert loaded.missing == ()


@pytest.mark.parametrize("name", ["groups.csv", "groups.json", "groups.html"])
def test_what_a_person_chose_is_loaded_too(library, groups, tmp_path, name):
    chosen = [replace(group, leaving=frozenset({group.members[0].photo.id})) for group in groups]
    save_groups(chosen, tmp_path / name, library.thumbnail)
    assert list(load_groups(library, tmp_path / name).groups) == chosen
    assert chosen[0].keeper == groups[0].members[1].photo


def test_the_document_follows_the_contract(library, groups, tmp_path):
    save_groups(groups, tmp_path / "groups.json", library.thumbnail)
    first = json.loads((tmp_path / "groups.json").read_text())["groups"][0]
    assert (first["kind"], first["keeper"]) == ("copies", str(groups[0].keeper.path))
    assert [photo["keep"] for photo in first["photos"]] == [True, True, False]
    assert first["photos"][1]["verdict"] == "resized to 50 %, mirrored"


def test_a_page_shows_the_photos_and_needs_nothing(library, groups, tmp_path):
    save_groups(groups, tmp_path / "groups.html", library.thumbnail)
    page = (tmp_path / "groups.html").read_text()
    assert page.count("data:image/jpeg") == 5
    assert "resized to 50 %, mirrored" in page
    assert 'src="http' not in page


def test_photos_that_moved_are_found_and_gone_ones_told(library, groups, tmp_path):
    save_groups(groups, tmp_path / "groups.csv", library.thumbnail)
    moved = groups[0].members[1].photo.path
    moved.rename(moved.with_name("moved.jpg"))
    groups[0].members[2].photo.path.unlink()
    groups[1].members[0].photo.path.unlink()  # the best of its group: nothing can be said without it
    library.index()
    loaded = load_groups(library, tmp_path / "groups.csv")
    (group,) = loaded.groups
    assert [member.photo.path.name for member in group.members[1:]] == ["moved.jpg"]
    assert len(loaded.missing) == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "{}"),
        ("a.json", "no json"),
        ("a.csv", "one,two\n1,2\n"),
        ("a.html", "<html></html>"),
        ("a.json", '{"format": "lookalike duplicates", "groups": [{"photos": [{"content_hash": "xyz"}]}]}'),
        ("a.json", '{"format": "lookalike duplicates"}'),
    ],
)
def test_other_files_are_refused_with_a_sentence(library, tmp_path, name, text):
    (tmp_path / name).write_text(text)
    with pytest.raises(BadRequestError, match="is not a file of duplicates"):
        load_groups(library, tmp_path / name)


def test_names_that_cannot_be(library, tmp_path):
    with pytest.raises(NotFoundError):
        load_groups(library, tmp_path / "nothing.csv")
    with pytest.raises(BadRequestError, match="what to export"):
        save_groups([], Path(tmp_path / "groups.txt"), library.thumbnail)


def test_taken_is_written_as_a_day_and_a_time(library, groups, tmp_path):
    save_groups(groups, tmp_path / "groups.csv", library.thumbnail)
    text = (tmp_path / "groups.csv").read_text("utf-8-sig")
    assert f"{datetime.now():%Y}" not in text.splitlines()[1]  # these photos do not say when they were taken

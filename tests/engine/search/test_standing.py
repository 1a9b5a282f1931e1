"""Pinned queries are told of what comes, and of nothing else."""

import shutil

import pytest

from engine.filters import Filters
from engine.records import Mode, Query, QueryPicture
from tests.samples import picture


@pytest.fixture
def photos(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 24)
    library.index([tmp_path / "photos"])
    return files


def ask(library, file, *, pinned=True, **how):
    entry = library.search(Query((QueryPicture(file),), **how)).entry_id
    if pinned:
        library.history.pin(entry)
    return entry


def arrive(library, folder, **copies):
    """Nearly the same picture as these photos comes, under these names."""
    for name, seed in copies.items():
        picture(seed).resize((90, 68)).save(folder / f"{name}.jpg", quality=80)
    return library.index()


def told(report):
    return {news.entry.id: news.photos for news in report.news}


def test_a_pinned_query_is_told_of_new_matches_above_chance(library, photos, tmp_path):
    pinned, other = ask(library, photos[3], k=10), ask(library, photos[5], pinned=False, k=10)
    report = arrive(library, tmp_path / "photos", near=3, elsewhere=500)
    assert told(report) == {pinned: 1}
    entries = {entry.id: entry for entry in library.history.list()}
    assert entries[pinned].new_count == 1
    assert entries[pinned].match_count == 10
    assert entries[other].new_count == 0
    assert told(library.index()) == {}  # nothing came


def test_news_add_up_until_the_query_is_asked_again_and_are_marked_then(library, photos, tmp_path):
    pinned = ask(library, photos[3])
    arrive(library, tmp_path / "photos", first=3)
    assert told(arrive(library, tmp_path / "photos", second=3)) == {pinned: 1}
    assert library.history.get(pinned).new_count == 2
    result = library.rerun(pinned)
    assert {"first.jpg", "second.jpg"} <= {match.photo.path.name for match in result.matches if match.new}
    again = library.rerun(pinned)
    assert not any(match.new for match in again.matches)
    assert library.history.get(pinned).new_count == 0


def test_when_it_was_asked_stays(library, photos, tmp_path):
    pinned = ask(library, photos[3])
    before = library.history.get(pinned)
    arrive(library, tmp_path / "photos", near=3)
    after = library.history.get(pinned)
    assert (after.when, after.query, after.model) == (before.when, before.query, before.model)


def test_the_filters_of_the_query_count(library, photos, tmp_path):
    (tmp_path / "photos" / "apart").mkdir()
    ask(library, photos[3], filters=Filters(folders=(tmp_path / "photos" / "apart",)))
    inside = ask(library, photos[3], filters=Filters(folders=(tmp_path / "photos",), min_score=0.99))
    assert told(arrive(library, tmp_path / "photos", near=3)) == {inside: 1}


def test_what_would_not_be_among_the_nearest_is_no_news(library, photos, tmp_path):
    """As many matches as were asked for are remembered, all of them nearer than the newcomer."""
    for copy in range(3):
        shutil.copyfile(photos[3], tmp_path / "photos" / f"copy_{copy}.jpg")
    library.index()
    ask(library, photos[3], k=4)
    assert told(arrive(library, tmp_path / "photos", near=3)) == {}


def test_copies_are_news_of_a_query_for_copies(library, photos, tmp_path):
    pinned = ask(library, photos[3], mode=Mode.COPIES)
    shutil.copyfile(photos[3], tmp_path / "photos" / "copy.jpg")
    assert told(arrive(library, tmp_path / "photos", other=11)) == {pinned: 1}


def test_moved_and_touched_photos_are_no_news(library, photos, tmp_path):
    ask(library, photos[3])
    photos[4].rename(tmp_path / "photos" / "moved.jpg")
    photos[3].touch()
    report = library.index()
    assert report.moved == 1
    assert told(report) == {}


def test_another_model_makes_no_news(library, photos, tmp_path):
    """All its embeddings are new; from then on it tells of what comes."""
    pinned = ask(library, photos[3])
    assert told(library.index(model="zother")) == {}
    assert told(arrive(library, tmp_path / "photos", near=3)) == {pinned: 1}


def test_a_query_whose_picture_is_lost_for_another_model_does_not_disturb(library, photos, tmp_path):
    pinned, lost = ask(library, photos[3]), ask(library, photos[5])
    with library.history._database.writing() as connection:
        connection.execute(
            """UPDATE query_pictures SET thumbnail = x'00', path = NULL, model_identity = 'gone'
               WHERE query = (SELECT key FROM queries WHERE id = ?)""",
            (lost,),
        )
    assert told(arrive(library, tmp_path / "photos", near=3)) == {pinned: 1}


def test_the_first_update_of_an_older_library_makes_no_news(library, photos, tmp_path):
    ask(library, photos[3])
    with library.history._database.writing() as connection:
        connection.execute("DELETE FROM meta WHERE name LIKE 'standing%'")
    assert told(arrive(library, tmp_path / "photos", near=3)) == {}
    assert len(told(arrive(library, tmp_path / "photos", again=3))) == 1

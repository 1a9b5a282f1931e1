"""Looking photos up: filters, counts, paths."""

import os
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from engine.errors import NotFoundError
from engine.filters import Filters
from engine.records import PhotoState
from tests.engine.shelf import NOON, unit_vectors

DAY = 86_400 * 10**9


def passing(shelf, **filters) -> set[str]:
    """The paths, relative to the root, of the photos that pass."""
    seqs = shelf.catalog.browsing.passing(Filters(**filters), shelf.model.key)
    assert seqs.dtype == np.int64
    assert (np.diff(seqs) > 0).all()
    found = shelf.catalog.photos.with_embeddings(seqs.tolist())
    assert set(found) == set(seqs.tolist())
    return {str(photo.path.relative_to(shelf.photos)) for photo in found.values()}


def test_every_fact_comes_back(shelf):
    photo_id = shelf.add(
        "sub/a.jpg",
        content="hash",
        size=1234,
        width=4000,
        height=3000,
        orientation=6,
        taken=datetime(2021, 2, 3, 4, 5, 6),
        camera="Maker Model",
        latitude=47.5,
        longitude=-8.25,
        perceptual_hash=2**64 - 3,
        sharpness=212.5,
        format="HEIF",
    )
    photo = shelf.catalog.photos.get(photo_id)
    assert photo == shelf.catalog.photos.at(shelf.photos / "sub" / "a.jpg")
    assert (photo.path, photo.root_id, photo.size) == (shelf.photos / "sub" / "a.jpg", shelf.root.id, 1234)
    assert photo.modified == datetime.fromtimestamp(NOON / 1e9)
    assert (photo.state, photo.reason, photo.content_hash) == (PhotoState.INDEXED, "", b"hash")
    assert (photo.width, photo.height, photo.orientation, photo.format) == (4000, 3000, 6, "HEIF")
    assert (photo.taken, photo.camera) == (datetime(2021, 2, 3, 4, 5, 6), "Maker Model")
    assert (photo.latitude, photo.longitude) == (47.5, -8.25)
    assert photo.perceptual_hash == 2**64 - 3
    assert photo.sharpness == 212.5
    assert not photo.offline


def test_a_photo_that_was_not_read_yet_has_no_facts(shelf):
    shelf.record("a.jpg")
    photo = shelf.photo("a.jpg")
    assert (photo.state, photo.content_hash, photo.perceptual_hash, photo.taken) == (
        PhotoState.PENDING,
        b"",
        None,
        None,
    )


def test_an_unknown_photo_is_a_sentence_and_an_unknown_path_is_none(shelf, tmp_path):
    with pytest.raises(NotFoundError, match="not in the library any more"):
        shelf.catalog.photos.get("unknown")
    assert shelf.photo("unknown.jpg") is None
    assert shelf.catalog.photos.at(tmp_path / "outside.jpg") is None
    assert shelf.catalog.photos.at(shelf.photos) is None


def test_paths_are_found_by_their_bytes_and_whatever_way_they_are_written(shelf, monkeypatch):
    odd = b"\xe9t\xe9/sn\xf6 \xff.jpg"
    photo_id = shelf.add(odd)
    shelf.add("sub/a.jpg")
    assert shelf.photo(odd).id == photo_id
    assert os.fsencode(shelf.catalog.photos.get(photo_id).path) == os.fsencode(shelf.photos) + b"/" + odd
    monkeypatch.chdir(shelf.photos)
    assert shelf.catalog.photos.at(Path("sub/../sub/./a.jpg")).path == shelf.photos / "sub" / "a.jpg"


def test_no_filter_is_none(shelf):
    shelf.add("a.jpg")
    assert shelf.catalog.browsing.passing(Filters(), shelf.model.key) is None
    assert shelf.catalog.browsing.passing(Filters(min_score=0.5), shelf.model.key) is None


def test_a_folder_is_itself_and_what_is_below_it_and_nothing_that_only_begins_alike(shelf):
    for path in ("top.jpg", "a/1.jpg", "a/b/2.jpg", "a/b/c/3.jpg", "ab/4.jpg", "a b/5.jpg", "a.x/6.jpg", "a0/7.jpg"):
        shelf.add(path)
    assert passing(shelf, folders=(shelf.photos / "a",)) == {"a/1.jpg", "a/b/2.jpg", "a/b/c/3.jpg"}
    assert passing(shelf, folders=(shelf.photos / "a" / "b",)) == {"a/b/2.jpg", "a/b/c/3.jpg"}
    assert passing(shelf, folders=(shelf.photos / "a" / ".." / "ab",)) == {"ab/4.jpg"}
    assert len(passing(shelf, folders=(shelf.photos,))) == 8
    assert len(passing(shelf, folders=(shelf.photos.parent,))) == 8
    assert passing(shelf, folders=(shelf.photos / "nowhere",)) == set()
    assert passing(shelf, folders=(shelf.photos.parent / "phot",)) == set()


def test_a_folder_that_is_not_utf_8_filters_too(shelf):
    shelf.add(b"\xff/a.jpg")
    shelf.add(b"\xfe/b.jpg")
    found = shelf.catalog.browsing.passing(Filters(folders=(shelf.photos / os.fsdecode(b"\xff"),)), shelf.model.key)
    assert len(found) == 1


def test_a_folder_above_several_roots_takes_them_all(shelf, tmp_path):
    shelf.add("one.jpg")
    (tmp_path / "second").mkdir()
    second = shelf.catalog.roots.add(tmp_path / "second")
    shelf.scope, shelf.photos = shelf.updates.scope(second.id, second.path), second.path
    shelf.add("two.jpg")
    for folder, count in ((tmp_path, 2), (tmp_path / "second", 1), (tmp_path / "photos", 1)):
        assert len(shelf.catalog.browsing.passing(Filters(folders=(folder,)), shelf.model.key)) == count


def test_days_are_of_the_capture_time_and_include_both_ends(shelf):
    for day in (1, 15, 28):
        shelf.add(f"{day}.jpg", taken=datetime(2020, 2, day, 23, 59, 59), modified_ns=NOON)
    assert passing(shelf, after=date(2020, 2, 15)) == {"15.jpg", "28.jpg"}
    assert passing(shelf, before=date(2020, 2, 15)) == {"1.jpg", "15.jpg"}
    assert passing(shelf, after=date(2020, 2, 15), before=date(2020, 2, 15)) == {"15.jpg"}


def test_without_capture_time_the_files_own_day_counts_in_local_time(shelf):
    shelf.add("june.jpg", modified_ns=NOON)
    shelf.add("earlier.jpg", modified_ns=NOON - 3 * DAY)
    late = int(datetime(2024, 6, 1, 23, 59).timestamp()) * 10**9
    shelf.add("late.jpg", modified_ns=late)
    assert passing(shelf, after=date(2024, 6, 1)) == {"june.jpg", "late.jpg"}
    assert passing(shelf, before=date(2024, 6, 1), after=date(2024, 5, 30)) == {"june.jpg", "late.jpg"}
    assert passing(shelf, before=date(2024, 5, 31)) == {"earlier.jpg"}


def test_camera_is_a_part_of_the_name_in_any_case(shelf):
    shelf.add("a.jpg", camera="NIKON CORPORATION NIKON D90")
    shelf.add("b.jpg", camera="Canon EOS 90D")
    shelf.add("c.jpg")
    assert passing(shelf, camera="nikon d90") == {"a.jpg"}
    assert passing(shelf, camera="90") == {"a.jpg", "b.jpg"}
    assert passing(shelf, camera="%") == set()


def test_all_filters_must_hold_and_only_searchable_photos_of_the_model_pass(shelf):
    shelf.add("a/1.jpg", camera="X", taken=datetime(2020, 1, 1))
    shelf.add("a/2.jpg", camera="Y", taken=datetime(2020, 1, 1))
    shelf.add("b/3.jpg", camera="X", taken=datetime(2020, 1, 1))
    shelf.add("a/4.jpg", camera="X", taken=datetime(2021, 1, 1))
    shelf.add("a/5.jpg", camera="X", taken=datetime(2020, 1, 1))
    shelf.vanish("a/5.jpg")
    wanted = {"folders": (shelf.photos / "a",), "camera": "x", "before": date(2020, 12, 31)}
    assert passing(shelf, **wanted) == {"a/1.jpg"}
    other = shelf.embeddings.add_model("other", "other", 4)
    assert shelf.catalog.browsing.passing(Filters(**wanted), other.key).tolist() == []


def test_passing_is_ascending_whatever_the_order_of_the_photos(shelf):
    for name in ("z", "m", "a", "q"):
        shelf.add(f"{name}.jpg", camera="X")
    again = shelf.updates.transaction()
    again.embedded(shelf.key("z.jpg"), shelf.model, unit_vectors(1, seed=9)[0])
    again.commit()
    assert len(passing(shelf, camera="X")) == 4


def test_many_more_embeddings_than_sqlite_takes_parameters(shelf):
    seqs = shelf.add_many(unit_vectors(2500))
    found = shelf.catalog.photos.with_embeddings([*seqs.tolist(), 10**9])
    assert sorted(found) == seqs.tolist()
    assert len({photo.id for photo in found.values()}) == 2500


def test_photos_that_have_gone_are_left_out_of_the_answer(shelf):
    seqs = shelf.add_many(unit_vectors(3))
    shelf.vanish("photo_000001.jpg")
    assert set(shelf.catalog.photos.with_embeddings(seqs.tolist())) == {seqs[0], seqs[2]}


def test_perceptual_hashes_keep_all_64_bits(shelf):
    hashes = [0, 1, 2**63 - 1, 2**63, 2**64 - 1]
    for number, value in enumerate(hashes):
        shelf.add(f"{number}.jpg", perceptual_hash=value)
    shelf.add("gone.jpg", perceptual_hash=5)
    shelf.vanish("gone.jpg")
    seqs, found = shelf.catalog.photos.perceptual_hashes(shelf.model.key)
    assert found.dtype == np.uint64
    assert found.tolist() == hashes
    assert seqs.tolist() == shelf.seqs().tolist()


def test_perceptual_hashes_of_an_empty_library(shelf):
    seqs, found = shelf.catalog.photos.perceptual_hashes(shelf.model.key)
    assert seqs.shape == found.shape == (0,)


def test_counts_by_state(shelf):
    shelf.add_many(unit_vectors(4))
    shelf.vanish("photo_000000.jpg")
    shelf.record("waiting.jpg", "bad.jpg")
    shelf.record("film.mov", reason="A video.")
    batch = shelf.updates.transaction()
    batch.unreadable(shelf.key("bad.jpg"), "It is damaged.", None)
    batch.commit()
    counts = shelf.catalog.photos.counts(shelf.model.key)
    assert (counts.photos, counts.searchable, counts.unreadable, counts.waiting, counts.missing, counts.ignored) == (
        5, 3, 1, 1, 1, 1,
    )  # fmt: skip
    assert shelf.catalog.photos.counts(None).searchable == 0


def test_skipped_lists_every_file_with_its_reason_by_path(shelf, tmp_path):
    batch = shelf.updates.transaction()
    for path in ("b/bad.jpg", "a/bad.jpg"):
        shelf.record(path)
        batch.unreadable(shelf.key(path), f"{path} is damaged.", None)
    batch.commit()
    shelf.record("a/film.mov", reason="A video.")
    shelf.add("a/good.jpg")
    earlier = tmp_path / "earlier in the alphabet"
    earlier.mkdir()
    other = shelf.catalog.roots.add(earlier)
    scope, shelf.scope = shelf.scope, shelf.updates.scope(other.id, other.path)
    shelf.record("notes.txt", reason="A text.")
    shelf.scope = scope
    skipped = shelf.catalog.photos.skipped()
    assert [entry.path for entry in skipped] == [
        earlier / "notes.txt",
        *(shelf.photos / path for path in ("a/bad.jpg", "a/film.mov", "b/bad.jpg")),
    ]
    assert skipped[1].reason == "a/bad.jpg is damaged."
    assert [entry.state for entry in skipped[1:3]] == [PhotoState.UNREADABLE, PhotoState.IGNORED]
    assert [entry.path.name for entry in shelf.catalog.photos.skipped(shelf.photos / "a")] == ["bad.jpg", "film.mov"]


def test_content_hashes_are_of_every_photo_that_was_read(shelf):
    shelf.add("a.jpg", content="one")
    shelf.add("b.jpg", content="two")
    shelf.add("copy.jpg", content="one")
    shelf.record("waiting.jpg")
    assert shelf.catalog.photos.content_hashes() == {b"one", b"two"}

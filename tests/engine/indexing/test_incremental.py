"""What a second run does: the promises that make an index of a hundred thousand photos bearable."""

import os
import shutil
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from engine.errors import BadRequestError, LibraryBusyError, NotFoundError
from engine.jobs import Cancelled, Job, Progress
from engine.library import Library
from engine.models.embedder import CPU, CUDA
from engine.records import PhotoState, Query, QueryPicture
from engine.settings import Settings
from tests.samples import write_model


def counted(report):
    return {name: getattr(report, name) for name in ("added", "updated", "moved", "unchanged", "missing")}


NOTHING = {"added": 0, "updated": 0, "moved": 0, "unchanged": 0, "missing": 0}


def ids(library: Library, folder: Path) -> dict[str, str]:
    return {file.name: library.photos.at(file).id for file in sorted(folder.rglob("*.jpg"))}


def test_first_run_adds_every_photo_and_a_second_one_nothing(library, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 5)
    assert counted(library.index([tmp_path / "photos"])) == {**NOTHING, "added": 5}
    report = library.index()
    assert counted(report) == {**NOTHING, "unchanged": 5}
    assert report.photos_per_second == 0


def test_touch_and_chmod_embed_nothing_again(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 3)
    library.index([tmp_path / "photos"])
    before = seqs(library)
    os.utime(files[0], (1, 1))
    files[1].chmod(0o600)
    assert counted(library.index()) == {**NOTHING, "unchanged": 3}
    assert seqs(library) == before
    assert counted(library.index()) == {**NOTHING, "unchanged": 3}


def test_a_changed_photo_is_embedded_again_and_keeps_its_id(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 3)
    library.index([tmp_path / "photos"])
    before = ids(library, tmp_path)
    make_photos(tmp_path / "elsewhere", 1, first=50)
    shutil.copyfile(tmp_path / "elsewhere" / "photo_050.jpg", files[0])
    assert counted(library.index([tmp_path / "photos"])) == {**NOTHING, "updated": 1, "unchanged": 2}
    assert ids(library, tmp_path / "photos") == before
    best = library.search(Query((QueryPicture(tmp_path / "elsewhere" / "photo_050.jpg"),))).matches[0]
    assert best.photo.path == files[0]
    assert best.distance < 1e-3


def test_a_moved_folder_embeds_nothing_again_and_its_photos_keep_their_ids(library, make_photos, tmp_path):
    make_photos(tmp_path / "photos" / "old", 4)
    library.index([tmp_path / "photos"])
    before, embeddings = ids(library, tmp_path), seqs(library)
    (tmp_path / "photos" / "old").rename(tmp_path / "photos" / "new name")
    report = library.index()
    assert counted(report) == {**NOTHING, "moved": 4}
    assert ids(library, tmp_path) == before
    assert seqs(library) == embeddings
    assert library.counts().missing == 0


def test_a_photo_moved_between_roots_keeps_its_id(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "a", 2)
    make_photos(tmp_path / "b", 1, first=10)
    library.index([tmp_path / "a", tmp_path / "b"])
    before = library.photos.at(files[0]).id
    files[0].rename(tmp_path / "b" / "moved.jpg")
    assert counted(library.index()) == {**NOTHING, "moved": 1, "unchanged": 2}
    assert library.photos.at(tmp_path / "b" / "moved.jpg").id == before
    assert library.photos.at(files[0]) is None


def test_a_copy_is_a_photo_of_its_own_that_is_not_decoded(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 2)
    library.index([tmp_path / "photos"])
    shutil.copyfile(files[0], tmp_path / "photos" / "copy.jpg")
    report = library.index()
    assert counted(report) == {**NOTHING, "added": 1, "unchanged": 2}
    assert report.photos_per_second == 0
    copy, original = library.photos.at(tmp_path / "photos" / "copy.jpg"), library.photos.at(files[0])
    assert copy.id != original.id
    assert (copy.width, copy.perceptual_hash) == (original.width, original.perceptual_hash)
    found = [match.photo.path.name for match in library.search(Query((QueryPicture(files[0]),))).matches[:2]]
    assert found == [files[0].name, "copy.jpg"]


def test_one_gone_file_and_two_new_copies_of_it_are_one_move_and_one_addition(library, make_photos, tmp_path):
    (file,) = make_photos(tmp_path / "photos", 1)
    library.index([tmp_path / "photos"])
    content = file.read_bytes()
    file.unlink()
    (tmp_path / "photos" / "one.jpg").write_bytes(content)
    (tmp_path / "photos" / "two.jpg").write_bytes(content)
    assert counted(library.index()) == {**NOTHING, "moved": 1, "added": 1}
    assert library.counts().searchable == 2


def test_a_deleted_photo_is_missing_leaves_the_results_and_comes_back_without_decoding(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 3)
    library.index([tmp_path / "photos"])
    away = tmp_path / "away.jpg"
    files[1].rename(away)
    assert counted(library.index()) == {**NOTHING, "missing": 1, "unchanged": 2}
    assert library.photos.at(files[1]).state is PhotoState.MISSING
    assert len(library.search(Query((QueryPicture(files[0]),))).matches) == 2
    away.rename(files[1])
    report = library.index()
    assert counted(report) == {**NOTHING, "unchanged": 3}
    assert report.photos_per_second == 0
    assert len(library.search(Query((QueryPicture(files[0]),))).matches) == 3


def test_an_unplugged_drive_leaves_its_photos_searchable_and_nothing_is_missing(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "drive", 3)
    library.index([tmp_path / "drive"])
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    report = library.index()
    assert report.offline == (tmp_path / "drive",)
    assert counted(report) == NOTHING
    matches = library.search(Query((QueryPicture(files[0]),))).matches
    assert len(matches) == 3
    assert all(match.photo.offline for match in matches)
    assert library.thumbnail(matches[0].photo.id).startswith(b"\xff\xd8")


def test_an_empty_mount_point_is_a_drive_that_is_not_there(library, make_photos, tmp_path):
    make_photos(tmp_path / "drive", 3)
    library.index([tmp_path / "drive"])
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    (tmp_path / "drive").mkdir()
    assert library.index().offline == (tmp_path / "drive",)
    assert library.counts().searchable == 3


def test_a_relocated_root_is_not_read_again(library, make_photos, tmp_path):
    make_photos(tmp_path / "before" / "sub", 3)
    library.index([tmp_path / "before"])
    (tmp_path / "before").rename(tmp_path / "after")
    library.roots.relocate(tmp_path / "before", tmp_path / "after")
    assert counted(library.index()) == {**NOTHING, "unchanged": 3}
    assert library.photos.at(tmp_path / "after" / "sub" / "photo_000.jpg") is not None


def test_a_folder_of_a_root_can_be_updated_alone(library, make_photos, tmp_path):
    make_photos(tmp_path / "photos" / "a", 2)
    make_photos(tmp_path / "photos" / "ab", 2, first=10)
    library.index([tmp_path / "photos"])
    (tmp_path / "photos" / "ab" / "photo_010.jpg").unlink()
    make_photos(tmp_path / "photos" / "a", 1, first=5)
    assert counted(library.index([tmp_path / "photos" / "a"])) == {**NOTHING, "added": 1, "unchanged": 2}
    assert len(library.roots.list()) == 1


def test_an_unreadable_file_is_listed_and_not_tried_again_until_it_changes(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 1)
    bad = tmp_path / "photos" / "bad.jpg"
    bad.write_bytes(files[0].read_bytes()[:500])
    first = library.index([tmp_path / "photos"])
    assert [(skipped.path, skipped.state) for skipped in first.skipped] == [(bad, PhotoState.UNREADABLE)]
    assert "damaged" in first.skipped[0].reason
    again = library.index()
    assert [skipped.path for skipped in again.skipped] == [bad]
    assert again.seconds < first.seconds
    shutil.copyfile(make_photos(tmp_path / "other", 1, first=9)[0], bad)
    report = library.index()
    assert counted(report) == {**NOTHING, "added": 1, "unchanged": 1}
    assert report.skipped == ()


def test_every_other_file_is_accounted_for_with_its_reason(library, make_photos, tmp_path):
    (photo,) = make_photos(tmp_path / "photos", 1)
    folder = tmp_path / "photos"
    (folder / "notes.txt").write_text("notes")
    (folder / "empty.jpg").touch()
    (folder / "link.jpg").symlink_to(photo)
    os.mkfifo(folder / "pipe.jpg")
    shutil.copyfile(photo, folder / "a photo without extension")
    (folder / ".hidden.jpg").write_bytes(photo.read_bytes())
    report = library.index([folder])
    assert report.added == 2
    reasons = {skipped.path.name: skipped for skipped in report.skipped}
    assert set(reasons) == {"notes.txt", "empty.jpg", "link.jpg", "pipe.jpg"}
    assert reasons["empty.jpg"].state is PhotoState.UNREADABLE
    assert all(reasons[name].state is PhotoState.IGNORED for name in ("notes.txt", "link.jpg", "pipe.jpg"))
    assert library.counts().photos == 3


def test_names_that_are_not_utf_8(library, make_photos, tmp_path):
    (photo,) = make_photos(tmp_path / "photos", 1)
    odd = Path(os.fsdecode(os.fsencode(tmp_path / "photos") + b"/sn\xf6.jpg"))
    folder = Path(os.fsdecode(os.fsencode(tmp_path / "photos") + b"/f\xfclder"))
    photo.rename(odd)
    folder.mkdir()
    make_photos(folder, 1, first=3)
    assert library.index([tmp_path / "photos"]).added == 2
    assert library.search(Query((QueryPicture(odd),))).matches[0].photo.path == odd
    entry = library.history.list()[0]
    assert entry.query.pictures[0].path == odd
    assert counted(library.index()) == {**NOTHING, "unchanged": 2}


def test_the_library_may_lie_among_the_photos(open_library, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 2)
    library = open_library("photos/library")
    library.index([tmp_path / "photos"])
    report = library.index()
    assert (report.unchanged, report.skipped) == (2, ())


def test_links_to_folders_are_not_followed(library, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 1)
    (tmp_path / "photos" / "loop").symlink_to(tmp_path / "photos", target_is_directory=True)
    assert library.index([tmp_path / "photos"]).added == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_not_taken_for_empty(library, make_photos, tmp_path):
    make_photos(tmp_path / "photos" / "closed", 2)
    library.index([tmp_path / "photos"])
    (tmp_path / "photos" / "closed").chmod(0)
    try:
        assert library.index().missing == 0
    finally:
        (tmp_path / "photos" / "closed").chmod(0o700)


def test_folders_that_do_not_exist_or_are_files(library, make_photos, tmp_path):
    (photo,) = make_photos(tmp_path / "photos", 1)
    with pytest.raises(NotFoundError, match="There is no folder"):
        library.index([tmp_path / "nowhere"])
    with pytest.raises(BadRequestError, match="is a file"):
        library.index([photo])


def test_a_cancelled_run_keeps_what_it_read_and_the_next_one_finishes(library, make_photos, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.indexing.pipeline.COMMIT_PHOTOS", 1)
    make_photos(tmp_path / "photos", 12)
    job = Job()

    def stop_at_five(progress: Progress) -> None:
        if progress.stage == "indexing" and progress.done == 5:
            job.cancel()

    job.report = stop_at_five
    with pytest.raises(Cancelled):
        library.index([tmp_path / "photos"], job=job)
    assert library.counts().searchable == 5
    assert library.counts().waiting == 7
    assert counted(library.index()) == {**NOTHING, "added": 7, "unchanged": 5}
    assert library.verify().ok


def test_what_was_read_is_searchable_while_a_run_is_paused(library, make_photos, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.indexing.pipeline.COMMIT_SECONDS", 1000)
    make_photos(tmp_path / "photos", 6)
    job, seen = Job(), []

    def pause_at_three(progress: Progress) -> None:
        if progress.stage == "indexing" and progress.done == 3:
            job.pause()
            waiting.start()

    def look_and_go_on() -> None:
        until = time.monotonic() + 20
        while library.counts().searchable < 3 and time.monotonic() < until:
            time.sleep(0.01)
        seen.append(library.counts().searchable)
        job.resume()

    waiting = threading.Thread(target=look_and_go_on)
    job.report = pause_at_three
    assert library.index([tmp_path / "photos"], job=job).added == 6
    waiting.join()
    assert seen == [3]


def test_one_process_may_embed_for_all_workers(library, open_library, make_photos, tmp_path, monkeypatch):
    """As with a GPU; without one the session falls back to the CPU, and the embeddings must be the same."""
    files = make_photos(tmp_path / "photos", 7)
    library.index([tmp_path / "photos"])
    monkeypatch.setattr("engine.indexing.pipeline.best_providers", lambda: (CUDA, CPU))
    monkeypatch.setattr("engine.indexing.pipeline.EMBED_AT_ONCE", 3)
    other = open_library("other")
    assert other.index([tmp_path / "photos"]).added == 7
    model, twin = library._catalog.embeddings.answering(), other._catalog.embeddings.answering()
    for file in files:
        ours = library._catalog.embeddings.of_photo(library.photos.at(file).id, model)
        theirs = other._catalog.embeddings.of_photo(other.photos.at(file).id, twin)
        assert float(ours @ theirs) > 0.9999
    assert other.verify().ok


def test_progress_is_told_of_each_folder(library, make_photos, tmp_path):
    photos = [make_photos(tmp_path / name, number)[0].parent for name, number in (("a", 3), ("b", 2))]
    seen: list[Progress] = []
    library.index(photos, job=Job(seen.append))
    scanned = {one.folder.path: one.folder.done for one in seen if one.stage == "scanning"}
    assert scanned == {photos[0]: 3, photos[1]: 2}
    read = [one.folder for one in seen if one.stage == "indexing"]
    assert {(one.path, one.total) for one in read} == {(photos[0], 3), (photos[1], 2)}
    assert [sorted(one.done for one in read if one.path == folder) for folder in photos] == [[1, 2, 3], [1, 2]]


def test_progress_tells_stages_totals_and_the_provider(library, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 4)
    seen: list[Progress] = []
    library.index([tmp_path / "photos"], job=Job(seen.append))
    assert list(dict.fromkeys(progress.stage for progress in seen)) == [
        "scanning",
        "indexing",
        "building the index",
        "saving the index",
    ]
    indexing = [progress for progress in seen if progress.stage == "indexing"]
    assert [(progress.done, progress.total) for progress in indexing] == [(n, 4) for n in range(1, 5)]
    assert indexing[-1].provider == "CPU"
    assert indexing[-1].seconds_left == 0


def test_photos_are_searchable_as_soon_as_their_row_is_committed(library, make_photos, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.indexing.pipeline.COMMIT_PHOTOS", 1)
    files = make_photos(tmp_path / "photos", 6)
    found: list[int] = []

    def look(progress: Progress) -> None:
        if progress.stage == "indexing":
            found.append(len(library.search(Query((QueryPicture(files[0]),)), remember=False).matches))

    library.index([tmp_path / "photos"], job=Job(look))
    assert found == [1, 2, 3, 4, 5, 6]


def test_while_one_process_updates_another_may_search_but_not_update(open_library, make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 2)
    one, other = open_library(), open_library()
    one.index([tmp_path / "photos"])
    refused: list[str] = []

    def try_it(progress: Progress) -> None:
        if progress.stage == "indexing" and not refused:
            assert other.search(Query((QueryPicture(files[0]),))).matches
            with pytest.raises(LibraryBusyError) as error:
                other.index()
            refused.append(str(error.value))

    make_photos(tmp_path / "photos", 1, first=30)
    one.index(job=Job(try_it))
    assert refused
    assert "Wait until it has finished" in refused[0]
    assert len(other.search(Query((QueryPicture(files[0]),))).matches) == 3


def test_unreadable_files_are_tried_again_when_the_readers_change(library, make_photos, tmp_path, monkeypatch):
    make_photos(tmp_path / "photos", 1)
    (tmp_path / "photos" / "bad.jpg").write_bytes(b"\xff\xd8 nothing")
    library.index([tmp_path / "photos"])
    stages: list[str] = []
    library.index(job=Job(lambda progress: stages.append(progress.stage)))
    assert "indexing" not in stages
    monkeypatch.setattr("engine.indexing.pipeline.readers_fingerprint", lambda: "a new reader")
    library.index(job=Job(lambda progress: stages.append(progress.stage)))
    assert "indexing" in stages


def test_turned_copies_of_a_photo_are_neighbours(library, make_photos, tmp_path):
    """The nine EXIF orientations of one scene are the same upright picture."""
    (photo,) = make_photos(tmp_path / "photos", 1)
    make_photos(tmp_path / "photos", 12, first=20)
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    with Image.open(photo) as image:
        image.load()
    for orientation, turn in turns.items():
        exif = Image.Exif()
        exif[0x0112] = orientation
        image.transpose(turn).save(tmp_path / "photos" / f"turned_{orientation}.jpg", exif=exif, quality=95)
    library.index([tmp_path / "photos"])
    matches = library.search(Query((QueryPicture(photo),))).matches[: len(turns) + 1]
    assert {match.photo.path.name for match in matches} == {photo.name, *(f"turned_{n}.jpg" for n in turns)}
    assert max(match.distance for match in matches) < 0.02


def test_another_model_takes_over_once_every_photo_has_its_embedding(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 4)
    library.index([tmp_path / "photos"])
    library.use_model("zother")
    assert [(card.name, card.in_use, card.filling) for card in library.models.list()] == [
        ("tiny", True, False),
        ("zother", False, True),
    ]
    assert library.search(Query((QueryPicture(files[0]),))).model == "tiny"
    report = library.index()
    assert (report.updated, report.model) == (4, "zother")
    assert library.search(Query((QueryPicture(files[0]),))).model == "zother"
    library.use_model("tiny")  # its embeddings are still there: nothing to fill in
    assert library.search(Query((QueryPicture(files[0]),))).model == "tiny"
    assert library.verify().ok


def test_photos_found_during_a_model_change_get_both_embeddings(library, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 2)
    library.index([tmp_path / "photos"])
    make_photos(tmp_path / "photos", 2, first=10)
    library.index(model="zother")
    assert library.search(Query((QueryPicture(tmp_path / "photos" / "photo_011.jpg"),))).matches[0].distance < 1e-3
    assert library.verify().ok


def test_a_new_version_of_the_model_embeds_every_photo_again(make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 3)
    write_model(tmp_path / "models", "tiny", seed=0)
    with Library.open(tmp_path / "library", tmp_path / "models", Settings(workers=1)) as library:
        library.index([tmp_path / "photos"])
        entry = library.search(Query((QueryPicture(files[1]),))).entry_id
    write_model(tmp_path / "models", "tiny", seed=5)
    with Library.open(tmp_path / "library", tmp_path / "models", Settings(workers=1)) as library:
        report = library.index()
        assert (report.updated, report.added) == (3, 0)
        assert library.rerun(entry).matches[0].photo.path == files[1]
        assert library.verify().ok


def seqs(library: Library) -> list[int]:
    model = library._catalog.embeddings.answering()
    return library._catalog.embeddings.live(model).tolist()

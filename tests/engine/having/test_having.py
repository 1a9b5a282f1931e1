"""A folder from outside: what the library has of it, and copying what is new."""

import csv
import errno
import json
import shutil

import pytest
from PIL import Image, ImageOps

from engine.errors import BadRequestError, EngineError, NotFoundError, StorageFullError
from engine.export.having import save_have
from engine.having.copying import check_target, copy_files
from engine.having.records import CheckedFile, Had, HaveReport
from engine.indexing.reading import hash_file
from engine.jobs import Cancelled, Job
from tests.samples import picture, scene


@pytest.fixture
def library_of_scenes(library, tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for seed in range(6):
        scene(seed).save(folder / f"scene_{seed}.jpg", quality=92)
    library.index([folder])
    return library


@pytest.fixture
def card(library_of_scenes, tmp_path):
    photos, card = tmp_path / "photos", tmp_path / "card"
    (card / "DCIM").mkdir(parents=True)
    shutil.copyfile(photos / "scene_0.jpg", card / "DCIM" / "a.jpg")
    Image.open(photos / "scene_1.jpg").save(card / "DCIM" / "b.png")
    Image.open(photos / "scene_2.jpg").resize((240, 180)).save(card / "c.jpg")
    ImageOps.mirror(Image.open(photos / "scene_3.jpg")).save(card / "d.jpg")
    scene(40).save(card / "e.jpg")
    scene(41).save(card / "f.jpg")
    shutil.copyfile(card / "f.jpg", card / "g.jpg")
    (card / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    (card / "notes.txt").write_text("nothing to see")
    return card


def test_every_file_has_its_verdict(library_of_scenes, card, tmp_path):
    told = []
    report = library_of_scenes.having.check([card], found=told.append)
    had = {file.path.name: (file.had, file.match and file.match.path.name) for file in report.files}
    assert had == {
        "a.jpg": (Had.IDENTICAL, "scene_0.jpg"),
        "b.png": (Had.IDENTICAL, "scene_1.jpg"),
        "c.jpg": (Had.SAME_PICTURE, "scene_2.jpg"),
        "d.jpg": (Had.EDITED, "scene_3.jpg"),
        "e.jpg": (Had.NEW, None),
        "f.jpg": (Had.NEW, None),
        "g.jpg": (Had.NEW, None),
    }
    assert [file.path.name for file in report.skipped] == ["broken.jpg"]
    assert sorted(file.path for file in told) == sorted(file.path for file in (*report.files, *report.skipped))
    assert [file.path.name for file in report.new] == ["e.jpg", "f.jpg", "g.jpg"]
    assert all(0 < file.score <= 1 for file in report.files if file.match)
    assert report.counts[Had.NEW] == 3
    save_have(report, tmp_path / "have.csv")
    with (tmp_path / "have.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["verdict"] for row in rows] == [*(file.had.value for file in report.files), "unreadable"]
    changes = [row["changes"] for row in rows[:4]]
    assert changes == ["identical file", "identical pixels", "resized to 150 %", "mirrored"]
    save_have(report, tmp_path / "have.json")
    document = json.loads((tmp_path / "have.json").read_text("utf-8"))
    assert document["folder"] == str(card)
    assert [file["verdict"] for file in document["files"]] == [file.had for file in report.files]
    job = Job()
    job.report = lambda progress: job.cancel()
    with pytest.raises(Cancelled):
        library_of_scenes.having.check([card], job)


def test_an_empty_library_has_nothing(library, tmp_path):
    (tmp_path / "card").mkdir()
    scene(1).save(tmp_path / "card" / "a.jpg")
    (file,) = library.having.check([tmp_path / "card"]).files
    assert file.had is Had.NEW


def test_a_folder_that_is_not_there(library, tmp_path):
    with pytest.raises(NotFoundError, match="There is no folder"):
        library.having.check([tmp_path / "nowhere"])


def test_loose_files_and_several_folders_are_one_check(library_of_scenes, card, tmp_path):
    (tmp_path / "other").mkdir()
    scene(42).save(tmp_path / "other" / "h.jpg")
    loose = card / "d.jpg"
    report = library_of_scenes.having.check([loose, card / "DCIM", tmp_path / "other", loose])
    assert {file.path.name: file.had for file in report.files} == {
        "a.jpg": Had.IDENTICAL,
        "b.png": Had.IDENTICAL,
        "d.jpg": Had.EDITED,
        "h.jpg": Had.NEW,
    }
    assert report.folder == tmp_path
    assert report.stopped is None


def test_a_file_of_a_size_that_no_photo_has_is_not_read_to_learn_that_it_is_new(library_of_scenes, card, monkeypatch):
    hashed = []

    def recorded(file):
        hashed.append(file.name)
        return hash_file(file)

    monkeypatch.setattr("engine.having.checking.hash_file", recorded)
    (card / "padded.jpg").write_bytes((card / "e.jpg").read_bytes().ljust((card / "DCIM" / "a.jpg").stat().st_size))
    report = library_of_scenes.having.check([card])
    assert sorted(hashed) == ["a.jpg", "padded.jpg"]
    assert {file.path.name: file.content_hash for file in report.files if file.is_new} == {
        name: hash_file(card / name) for name in ("e.jpg", "f.jpg", "g.jpg", "padded.jpg")
    }


@pytest.mark.parametrize("stage", ["looking at the files", "comparing photos"])
def test_a_card_that_is_pulled_out_ends_the_check_and_keeps_what_was_found(library_of_scenes, card, stage):
    def pull_out(progress):
        if progress.stage == stage and progress.done == 1:
            shutil.rmtree(card)

    job = Job(pull_out)
    report = library_of_scenes.having.check([card], job)
    assert "went away while its photos were compared" in str(report.stopped)
    assert "Connect its drive again" in report.stopped.hint
    assert [file.path.name for file in report.files][:1] == ["a.jpg"]
    assert len(report.files) + len(report.skipped) < 8


def test_a_file_that_vanishes_is_a_row_of_its_own(library_of_scenes, card):
    def vanish(progress):
        if progress.stage == "looking at the files":
            (card / "c.jpg").unlink(missing_ok=True)

    report = library_of_scenes.having.check([card], Job(vanish))
    reasons = {file.path.name: file.reason for file in report.skipped}
    assert reasons.keys() == {"broken.jpg", "c.jpg"}
    assert reasons["c.jpg"] == "The file is no longer there."
    assert report.stopped is None
    assert len(report.files) == 6


def test_a_table_needs_its_ending(tmp_path):
    with pytest.raises(BadRequestError, match="what to export"):
        save_have(HaveReport((tmp_path,), (), ()), tmp_path / "have.txt")


@pytest.fixture
def new(tmp_path):
    """Three files that no library has, two of them with the same content."""
    card = tmp_path / "card"
    card.mkdir()
    for name, seed in (("e.jpg", 1), ("f.jpg", 2), ("g.jpg", 2)):
        picture(seed).save(card / name)
    return [CheckedFile(file, Had.NEW, hash_file(file)) for file in sorted(card.iterdir())]


def test_new_files_are_copied_each_content_once_and_nothing_is_overwritten(new, tmp_path):
    target = tmp_path / "import" / "today"
    target.mkdir(parents=True)
    (target / "e.jpg").write_text("mine")
    report = copy_files(new, target)
    assert [to.name for _, to in report.copied] == ["e (2).jpg", "f.jpg"]
    assert [path.name for path in report.repeated] == ["g.jpg"]
    assert (target / "e.jpg").read_text() == "mine"
    assert (target / "f.jpg").read_bytes() == new[1].path.read_bytes()
    assert (target / "f.jpg").stat().st_mtime == pytest.approx(new[1].path.stat().st_mtime, abs=0.01)
    assert sorted(file.name for file in target.iterdir()) == ["e (2).jpg", "e.jpg", "f.jpg"]


def test_where_links_are_unknown_nothing_is_overwritten_either(new, tmp_path, monkeypatch):
    def no_links(*_):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr("engine.having.copying.os.link", no_links)
    (tmp_path / "import").mkdir()
    (tmp_path / "import" / "e.jpg").write_text("mine")
    assert [to.name for _, to in copy_files(new, tmp_path / "import").copied] == ["e (2).jpg", "f.jpg"]
    assert (tmp_path / "import" / "e.jpg").read_text() == "mine"


def test_a_full_disk_leaves_whole_files_only(new, tmp_path, monkeypatch):
    copy = shutil.copy2

    def full(source, target):
        if source.name == "f.jpg":
            target.write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")
        return copy(source, target)

    monkeypatch.setattr("engine.having.copying.shutil.copy2", full)
    report = copy_files(new, tmp_path / "import")
    assert [to.name for _, to in report.copied] == ["e.jpg"]
    assert "is full" in str(report.stopped)
    assert report.errors == (report.stopped,)
    assert [file.name for file in (tmp_path / "import").iterdir()] == ["e.jpg"]


def free(monkeypatch, byte_count):
    """Every disk has so much room from now on; returns the folders that were asked about."""
    asked = []

    def usage(folder):
        asked.append(folder)
        return shutil._ntuple_diskusage(10**12, 10**12 - byte_count, byte_count)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    return asked


def test_too_little_room_is_told_before_anything_is_written(new, tmp_path, monkeypatch):
    needed = new[0].path.stat().st_size + new[1].path.stat().st_size  # the third has the content of the second
    there = tmp_path / "there"
    there.mkdir()
    (there / "mine.txt").write_text("mine")
    before = there.stat().st_mtime_ns
    asked = free(monkeypatch, needed - 1)
    for target in (tmp_path / "import" / "today", there):
        with pytest.raises(StorageFullError, match=r"1 MB are needed, 0 MB are free\. Nothing was copied\."):
            copy_files(new, target)
    assert asked == [tmp_path, there]
    assert not (tmp_path / "import").exists()
    assert [file.name for file in there.iterdir()] == ["mine.txt"]
    assert there.stat().st_mtime_ns == before
    free(monkeypatch, needed)
    assert len(copy_files(new, there).copied) == 2


def test_what_is_there_already_needs_no_room(new, tmp_path, monkeypatch):
    copy_files(new[:1], tmp_path / "import")
    free(monkeypatch, new[1].path.stat().st_size)
    assert len(copy_files(new, tmp_path / "import").copied) == 1


def test_a_file_system_that_does_not_tell_its_room_is_tried(new, tmp_path, monkeypatch):
    def unknown(_):
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(shutil, "disk_usage", unknown)
    assert len(copy_files(new, tmp_path / "import").copied) == 2


def test_a_vanished_file_is_told_and_the_others_are_copied(new, tmp_path):
    new[0].path.unlink()
    report = copy_files(new, tmp_path / "import")
    assert [to.name for _, to in report.copied] == ["f.jpg"]
    assert "is not there any more" in str(report.refused[0])


def test_a_cancel_keeps_what_was_copied(new, tmp_path):
    job = Job()
    job.report = lambda progress: job.cancel() if progress.done == 1 else None
    report = copy_files(new, tmp_path / "import", job)
    assert [to.name for _, to in report.copied] == ["e.jpg"]


def test_a_target_that_cannot_be_made(new, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EngineError, match="cannot be made"):
        copy_files(new, tmp_path / "file" / "below")


def test_what_was_copied_before_is_not_copied_again(new, tmp_path):
    assert len(copy_files(new, tmp_path / "import").copied) == 2
    again = copy_files(new, tmp_path / "import")
    assert again.copied == ()
    assert len(again.repeated) == 3
    assert len(list((tmp_path / "import").iterdir())) == 2


def test_a_target_that_cannot_be_written_to_is_told_once(new, tmp_path, monkeypatch):
    def denied(path):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("engine.having.copying.Path.touch", denied)
    with pytest.raises(EngineError, match=r"Nothing can be written to .*: Permission denied"):
        copy_files(new, tmp_path / "import")


def test_a_target_that_goes_away_ends_the_copying(new, tmp_path):
    def pull_out(progress):
        if progress.done == 1:
            shutil.rmtree(tmp_path / "import")

    report = copy_files(new, tmp_path / "import", Job(pull_out))
    assert len(report.copied) == 1
    assert "went away while files were copied to it" in str(report.stopped)
    assert report.refused == ()


def test_where_nothing_should_be_copied_to(tmp_path):
    card, library = tmp_path / "card", tmp_path / "library"
    card.mkdir()
    library.mkdir()
    (tmp_path / "link").symlink_to(card, target_is_directory=True)
    for inside in (card / "new", tmp_path / "link" / "new"):
        with pytest.raises(BadRequestError, match="where the files come from"):
            check_target(inside, [card], library)
    with pytest.raises(BadRequestError, match="its own data"):
        check_target(library / "models", [card], library)
    check_target(tmp_path / "import", [card, card / "a.jpg"], library)

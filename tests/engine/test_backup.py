"""A library in one file: whole, checked, and put back whole or not at all."""

import hashlib
import json
import os
import random
import shutil
import zipfile
from pathlib import Path

import pytest

from engine.backup import CONTENTS, restore
from engine.errors import BadRequestError, EngineError, LibraryBusyError, LibraryUnusableError
from engine.jobs import Cancelled, Job
from engine.library import Library
from engine.locking import LibraryLock
from engine.records import Query, QueryPicture
from tests.engine import children
from tests.faults.nightly import NIGHTLY

PHOTOS = 12


@pytest.fixture
def files(make_photos, tmp_path):
    return make_photos(tmp_path / "photos", PHOTOS)


@pytest.fixture
def library(open_library, files, models_folder):
    library = open_library()
    library.index([files[0].parent])
    library.search(Query((QueryPicture(files[0]),), k=5))
    library.collections.create("Beach")
    shutil.copytree(models_folder / "zother", library.folder / "models" / "mine")
    run = library.folder / "runs" / "2026-01-01-120000"
    (run / "model").mkdir(parents=True)
    (run / "report.html").write_text("a report")
    (run / "model" / "model.onnx").write_bytes(b"a model")
    (library.folder / "runs" / ".unfinished-1").mkdir()
    (library.folder / "runs" / ".unfinished-1" / "half").write_text("half")
    (library.folder / "runs" / "link").symlink_to("/etc/passwd")
    return library


@pytest.fixture
def backup(library, tmp_path):
    return library.back_up(tmp_path / "backup.zip").file


def digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=32).hexdigest()


def damaged(source: Path, target: Path, **changes: object) -> Path:
    """The backup with other contents: `told` is merged into what it tells, the rest are files."""
    told_more = changes.pop("told", {})
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", changes.pop("compression", 0)) as new:
        told = json.loads(old.read(CONTENTS)) | told_more
        entries = {name: old.read(name) for name in old.namelist() if name != CONTENTS} | changes
        for name, content in changes.items():
            told["files"][name] = {
                "bytes": len(content),
                "blake2b": hashlib.blake2b(content, digest_size=32).hexdigest(),
            }
        for name, content in entries.items():
            new.writestr(name, content)
        new.writestr(CONTENTS, json.dumps(told))
    return target


def test_a_restored_library_is_the_one_that_was_backed_up(library, backup, files, models_folder, tmp_path):
    done, aside = restore(backup, tmp_path / "again")
    assert (done.photos, done.queries, aside) == (PHOTOS, 1, None)
    with Library.open(tmp_path / "again", models_folder) as again:
        assert [entry.id for entry in again.history.list()] == [entry.id for entry in library.history.list()]
        assert [one.name for one in again.collections.list()] == ["Beach"]
        assert again.verify().problems == ()
        found = again.search(Query((QueryPicture(files[3]),), k=3)).matches
        assert [match.photo.id for match in found] == [
            match.photo.id for match in library.search(Query((QueryPicture(files[3]),), k=3)).matches
        ]
        assert again.index().unchanged == PHOTOS
    assert (tmp_path / "again" / "runs" / "2026-01-01-120000" / "report.html").read_text() == "a report"
    assert sorted(file.name for file in (tmp_path / "again" / "models" / "mine").iterdir()) == [
        "manifest.json",
        "model.onnx",
    ]
    assert sorted(file.name for file in (tmp_path / "again" / "runs").iterdir()) == ["2026-01-01-120000"]


def test_caches_are_left_out_and_nothing_is_left_behind(library, backup):
    with zipfile.ZipFile(backup) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert tops == {"catalog.db", "models", "runs", CONTENTS}
    assert [file.name for file in library.folder.glob(".backup-*")] == []
    assert [file.name for file in backup.parent.glob(".lookalike-*")] == []


def test_a_library_that_is_there_is_put_aside_only_if_asked(library, backup, open_library, tmp_path):
    library.history.clear()
    library.close()
    with pytest.raises(LibraryUnusableError, match="already") as caught:
        restore(backup, library.folder)
    assert "--replace" in caught.value.hint
    _, aside = restore(backup, library.folder, replace=True)
    assert len(open_library().history.list()) == 1
    assert open_library(aside.name).history.list() == []
    assert aside.parent == tmp_path


def test_a_library_in_use_is_not_put_aside(library, backup, models_folder):
    script = """
import sys, time
from pathlib import Path
from engine.library import Library
with Library.open(Path(sys.argv[1]), Path(sys.argv[2])) as library:
    library.counts()
    print("open", flush=True)
    time.sleep(60)
"""
    library.close()
    child = children.start(script, library.folder, models_folder)
    try:
        assert child.stdout.readline() == "open\n"
        with pytest.raises(LibraryBusyError):
            restore(backup, library.folder, replace=True)
    finally:
        child.kill()
        child.communicate()
    with LibraryLock(library.folder).held(), pytest.raises(LibraryBusyError):
        restore(backup, library.folder, replace=True)
    assert [file.name for file in library.folder.parent.glob(".*restoring*")] == []


@pytest.mark.faults
def test_no_changed_byte_is_ever_restored(backup, tmp_path):
    sound = backup.read_bytes()
    rng = random.Random(5)
    for _ in range(400 if NIGHTLY else 40):
        changed = bytearray(sound)
        changed[rng.randrange(len(sound))] ^= 1 << rng.randrange(8)
        backup.write_bytes(changed)
        try:
            restore(backup, tmp_path / "again")
        except EngineError:
            assert not (tmp_path / "again").exists()
        else:  # what nothing reads, such as a date: the files are what they were
            shutil.rmtree(tmp_path / "again")
    for share in (0, 0.1, 0.7, 0.9999):
        backup.write_bytes(sound[: int(len(sound) * share)])
        with pytest.raises(BadRequestError):
            restore(backup, tmp_path / "again")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize(
    "name",
    ["../escaped", "models/../../escaped", "/tmp/escaped", "models/..", "runs//x", "C:/x", "models/a\\b", "lock"],
)
def test_names_that_lead_elsewhere_are_refused(backup, tmp_path, name):
    with pytest.raises(BadRequestError, match="does not belong"):
        restore(damaged(backup, tmp_path / "hostile.zip", **{name: b"boo"}), tmp_path / "deep" / "library")
    assert not (tmp_path / "escaped").exists()
    assert not (tmp_path / "deep" / "library").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"told": {"format": 2}}, "newer Lookalike"),
        ({"told": {"format": "x"}}, "cannot be read"),
        ({"told": {"when": 3}}, "cannot be read"),
        ({"told": {"files": []}}, "cannot be read"),
        ({"told": {"files": {}}}, "does not hold what it says"),
        ({"compression": zipfile.ZIP_DEFLATED}, "does not belong"),
        ({"catalog.db": b"not a database" * 1000}, "is damaged"),
    ],
)
def test_what_is_no_good_backup_is_a_sentence(backup, tmp_path, changes, said):
    with pytest.raises(EngineError, match=said):
        restore(damaged(backup, tmp_path / "bad.zip", **changes), tmp_path / "again")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("make", [lambda file: None, lambda file: file.write_text("hello"), lambda file: file.mkdir()])
def test_what_is_no_backup_at_all_is_a_sentence(tmp_path, make):
    make(tmp_path / "file.zip")
    with pytest.raises(BadRequestError):
        restore(tmp_path / "file.zip", tmp_path / "again")


@pytest.mark.parametrize("mask", [0o022, 0o027, 0o077])
def test_a_restored_library_is_as_private_as_a_new_one(backup, models_folder, tmp_path, mask):
    before = os.umask(mask)
    try:
        Library.open(tmp_path / "new", models_folder).close()
        restore(backup, tmp_path / "again")
    finally:
        os.umask(before)
    assert (tmp_path / "again").stat().st_mode == (tmp_path / "new").stat().st_mode
    (tmp_path / "again").chmod(0o700)
    restore(backup, tmp_path / "again", replace=True)
    assert (tmp_path / "again").stat().st_mode & 0o777 == 0o700


def test_a_cancelled_backup_and_a_cancelled_restore_leave_nothing(library, backup, tmp_path):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        library.back_up(tmp_path / "other.zip", job)
    with pytest.raises(Cancelled):
        restore(backup, tmp_path / "again", job=job)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["backup.zip", "library", "photos"]


@pytest.mark.faults
def test_a_full_disk_leaves_the_backup_that_was_there(library, backup, models_folder, tmp_path):
    before = backup.read_bytes()
    script = """
import sys
from pathlib import Path
from engine.backup import restore
from engine.errors import EngineError
from engine.library import Library
folder, models, file, again = map(Path, sys.argv[1:])
with Library.open(folder, models) as library:
    no_room(100_000)
    for work in (lambda: library.back_up(file), lambda: restore(file, again)):
        try:
            work()
        except EngineError as error:
            print(type(error).__name__)
"""
    said = children.run(children.NO_ROOM + script, library.folder, models_folder, backup, tmp_path / "again")
    assert said.split() == ["StorageFullError", "StorageFullError"]
    assert backup.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["backup.zip", "library", "photos"]


def test_a_damaged_catalogue_is_not_backed_up(library, tmp_path):
    page = 8192
    library.close()
    with (library.folder / "catalog.db").open("r+b") as stream:
        stream.seek(6 * page)
        stream.write(os.urandom(page))
    with pytest.raises(EngineError, match="is damaged"), Library.open(library.folder) as again:
        again.back_up(tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()

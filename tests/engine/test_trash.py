"""The trash of this system, in a home folder of its own."""

import os
from pathlib import Path

import pytest

from engine import trash
from engine.errors import NotFoundError
from engine.trash import Trashed, TrashRefusedError, move_to_trash, restore
from tests.engine.children import AS_NOBODY, folder_for_everyone, run


@pytest.fixture
def bin_folder(own_trash: Path) -> Path:
    return own_trash


def test_a_file_goes_to_the_trash_and_comes_back(bin_folder, tmp_path):
    path = tmp_path / "bäck 100%.jpg"
    path.write_bytes(b"photo")
    before = path.stat()
    trashed = move_to_trash(path)
    assert not path.exists()
    assert (bin_folder / "files" / path.name).read_bytes() == b"photo"
    assert trashed.path == path
    restore(trashed)
    assert path.read_bytes() == b"photo"
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (before.st_mtime_ns, before.st_size)
    assert not list((bin_folder / "files").iterdir())
    assert not list((bin_folder / "info").iterdir())


def test_each_of_several_files_of_one_name_comes_back_to_its_place(bin_folder, tmp_path):
    paths = [tmp_path / folder / "a.jpg" for folder in ("one", "two", "three")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(path.parent.name)
    for trashed in [move_to_trash(path) for path in paths]:
        restore(trashed)
    assert [path.read_text() for path in paths] == ["one", "two", "three"]


def test_the_same_path_twice_restores_the_newest(bin_folder, tmp_path):
    path = tmp_path / "a.jpg"
    path.write_text("first")
    move_to_trash(path)
    path.write_text("second")
    os.utime(bin_folder / "info" / "a.jpg.trashinfo", (1, 1))
    restore(move_to_trash(path))
    assert path.read_text() == "second"


def test_a_name_that_is_not_utf8(bin_folder, tmp_path):
    path = tmp_path / "caf\udce9.jpg"
    path.write_text("x")
    try:
        trashed = move_to_trash(path)
    except TrashRefusedError:
        assert path.exists()
    else:
        restore(trashed)
        assert path.read_text() == "x"


def test_a_file_inside_the_folder_that_holds_the_trash(bin_folder):
    path = bin_folder.parent / "photos" / "a.jpg"
    path.parent.mkdir()
    path.write_text("x")
    restore(move_to_trash(path))
    assert path.read_text() == "x"


def test_nothing_takes_the_place_of_another_file(bin_folder, tmp_path):
    path = tmp_path / "a.jpg"
    path.write_text("old")
    trashed = move_to_trash(path)
    path.write_text("new")
    with pytest.raises(TrashRefusedError, match=r"There is another “a\.jpg”"):
        restore(trashed)
    assert path.read_text() == "new"
    assert (bin_folder / "files" / "a.jpg").read_text() == "old"


def test_what_cannot_come_back_says_why(bin_folder, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "a.jpg"
    path.write_text("x")
    trashed = move_to_trash(path)
    folder.rmdir()
    with pytest.raises(NotFoundError, match="There is no folder"):
        restore(trashed)
    (bin_folder / "files" / "a.jpg").unlink()
    with pytest.raises(NotFoundError, match="not in the trash any more"):
        restore(trashed)
    with pytest.raises(TrashRefusedError, match="Open the trash"):
        restore(Trashed(path, None))


def test_a_file_that_is_gone_is_a_sentence(bin_folder, tmp_path):
    with pytest.raises(NotFoundError, match="not there any more"):
        move_to_trash(tmp_path / "a.jpg")


def test_a_drive_without_a_trash_keeps_the_file(bin_folder, tmp_path, monkeypatch):
    path = tmp_path / "a.jpg"
    path.write_text("x")
    monkeypatch.setattr(trash, "_has_trash", lambda path: False)
    with pytest.raises(TrashRefusedError, match="has no trash"):
        move_to_trash(path)
    assert path.exists()


def test_a_folder_without_permission_keeps_the_file():
    with folder_for_everyone() as folder:
        path = folder / "a.jpg"
        path.write_text("x")
        path.chmod(0o644)
        said = run(
            f"""
import os, sys
os.environ["HOME"] = os.environ["XDG_DATA_HOME"] = "/nonexistent"
from pathlib import Path
from send2trash import send2trash
from engine.trash import TrashRefusedError, move_to_trash
{AS_NOBODY}
try:
    move_to_trash(Path(sys.argv[1]))
except TrashRefusedError as error:
    print(error)
""",
            path,
        )
        assert "could not be moved to the trash" in said
        assert path.read_text() == "x"

"""`index`, `roots`, `status` and `verify`, run as a user runs them."""

import os
import shutil
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

INDEX_KEYS = [
    "added",
    "updated",
    "moved",
    "unchanged",
    "missing",
    "skipped",
    "seconds",
    "photos_per_second",
    "provider",
    "model",
    "news",
]


def test_index_accounts_for_every_file(indexed, photos):
    _, outcome = indexed
    report = outcome.document
    assert [*report] == INDEX_KEYS
    assert (report["added"], report["unchanged"], report["model"]) == (12, 0, "lookalike-2")
    reasons = {Path(row["path"]).name: row["reason"] for row in report["skipped"]}
    assert set(reasons) == {"cut.jpg", "letter.txt"}
    assert all(reasons.values())
    assert all(Path(row["path"]).is_absolute() for row in report["skipped"])
    assert outcome.err == ""


def test_a_file_that_cannot_be_read_is_no_failure(indexed):
    assert indexed[1].status == 0


def test_a_second_run_does_nothing_again(lookalike, shelf):
    report = lookalike("--library", shelf, "index", "--json").document
    assert (report["added"], report["unchanged"]) == (0, 12)


def test_photos_that_could_not_be_read_are_tried_again_by_kind(lookalike, photos, tmp_path):
    here = ("--library", tmp_path / "lib", "index")
    folder = Path(shutil.copytree(photos, tmp_path / "copy"))
    bad, good = folder / "photo_05.jpg", (folder / "photo_05.jpg").read_bytes()
    times = bad.stat()
    bad.write_bytes(bytes(len(good)))
    os.utime(bad, ns=(times.st_atime_ns, times.st_mtime_ns))
    kinds = {row["path"]: row["kind"] for row in lookalike(*here, folder, "--json").document["skipped"]}
    assert kinds[str(bad)] == "no-picture"
    bad.write_bytes(good)
    os.utime(bad, ns=(times.st_atime_ns, times.st_mtime_ns))
    report = lookalike(*here, "--json", "--retry", "damaged").document
    assert [*report] == [*INDEX_KEYS, "retried", "recovered"]
    assert (report["retried"], report["recovered"], report["added"]) == (1, 0, 0)
    assert "2 photos tried again, 1 of them can be read now" in lookalike(*here, "--retry").text
    assert lookalike(*here, tmp_path, "--json", "--retry", "damaged", "limits").document["retried"] == 1


def test_a_kind_that_does_not_exist_is_wrong_usage(lookalike, tmp_path):
    outcome = lookalike("--library", tmp_path / "lib", "index", "--retry", tmp_path)
    assert outcome.status == 2
    assert "is no kind of reason; there are access, reader, limits" in outcome.err
    assert "Name folders before --retry." in outcome.err


def test_index_follows_changes_and_moves(lookalike, shelf, photos, tmp_path):
    copy = Path(shutil.copytree(photos, tmp_path / "copy"))
    assert lookalike("--library", shelf, "index", copy, "--json").document["added"] == 12
    (copy / "photo_00.jpg").rename(copy / "renamed.jpg")
    (copy / "photo_01.jpg").unlink()
    report = lookalike("--library", shelf, "index", copy, "--json").document
    assert (report["added"], report["moved"], report["missing"], report["unchanged"]) == (0, 1, 1, 10)


def test_index_says_the_same_in_words(lookalike, shelf, photos):
    outcome = lookalike("--library", shelf, "index")
    assert outcome.status == 0
    assert "0 added, 0 updated, 0 moved, 12 unchanged, 0 missing in" in outcome.text
    assert f"1 photo could not be read:\n  {photos / 'cut.jpg'}: " in outcome.text
    assert "1 other file left out: not a photo" in outcome.text


def test_a_pipe_gets_no_progress_and_no_escape_codes(lookalike, photos, tmp_path):
    outcome = lookalike("--library", tmp_path / "new", "index", photos, FORCE_COLOR="1")
    assert outcome.status == 0
    assert b"\x1b" not in outcome.out
    assert outcome.err == ""


def test_index_without_folders_says_what_to_do(lookalike, tmp_path):
    outcome = lookalike("--library", tmp_path / "new", "index")
    assert outcome.status == 0
    assert outcome.err == "The library has no folders yet. Name one: lookalike index FOLDER\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["index", "/no/such/folder"], "There is no folder /no/such/folder."),
        (["index", __file__], "is a file, not a folder."),
        (["index", "--model", "nobody"], "There is no model named nobody."),
        (["roots", "remove", "/no/such/folder"], "/no/such/folder is not a folder of the library."),
        (["roots", "relocate", "/no/such/folder", "/tmp"], "/no/such/folder"),
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_request_that_cannot_be_met_is_status_1_and_a_sentence(lookalike, tmp_path, arguments, sentence, form):
    outcome = lookalike("--library", tmp_path / "new", *["--json"] * (form == "json"), *arguments)
    assert outcome.status == 1
    assert outcome.out == b""
    assert sentence in outcome.err
    assert "Traceback" not in outcome.err


def test_names_that_are_not_utf_8(lookalike, tmp_path, photos):
    folder = tmp_path / "photos"
    folder.mkdir()
    raw = os.fsencode(folder) + b"/\xe9t\xe9.jpg"
    try:
        shutil.copyfile(photos / "photo_03.jpg", raw)
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    broken = os.fsencode(folder) + b"/br\xfcchig.jpg"
    Path(os.fsdecode(broken)).write_bytes(b"\xff\xd8\xff")
    report = lookalike("--library", tmp_path / "lib", "index", folder, "--json").document
    assert report["added"] == 1
    assert [os.fsencode(row["path"]) for row in report["skipped"]] == [broken]
    found = lookalike("--library", tmp_path / "lib", "search", raw, "--json").document
    assert os.fsencode(found["matches"][0]["path"]) == raw
    assert os.fsencode(found["query"]["images"][0]) == raw
    assert raw in lookalike("--library", tmp_path / "lib", "search", raw).out
    assert broken in lookalike("--library", tmp_path / "lib", "index").out


def test_roots_are_added_listed_relocated_and_removed(lookalike, tmp_path, photos):
    library, old, new = tmp_path / "lib", tmp_path / "old", tmp_path / "new"
    old.mkdir()
    (added,) = lookalike("--library", library, "roots", "add", old, "--json").document["roots"]
    empty = {"online": True, "photos": 0, "searchable": 0, "excludes": []}
    assert added == {"id": added["id"], "path": str(old)} | empty
    old.rename(new)
    (listed,) = lookalike("--library", library, "roots", "--json").document["roots"]
    assert not listed["online"]
    assert "offline" in lookalike("--library", library, "roots").text
    (moved,) = lookalike("--library", library, "roots", "relocate", old, new, "--json").document["roots"]
    assert (moved["id"], moved["path"], moved["online"]) == (added["id"], str(new), True)
    assert lookalike("--library", library, "roots", "remove", new, "--json").document == {"roots": []}
    assert "no folders yet" in lookalike("--library", library, "roots").text


def test_what_is_left_out_of_a_root_is_said_and_taken_back(lookalike, shelf, photos):
    here = ("--library", shelf, "roots")
    (root,) = lookalike(*here, "exclude", photos, "photo_0[0-4].jpg", "!photo_03.jpg", "--json").document["roots"]
    assert (root["excludes"], root["photos"]) == (["photo_0[0-4].jpg", "!photo_03.jpg"], 9)
    assert "without photo_0[0-4].jpg !photo_03.jpg" in lookalike(*here).text
    found = lookalike("--library", shelf, "search", photos / "photo_03.jpg", "--json").document["matches"]
    assert len(found) == 8
    wrong = lookalike(*here, "include", photos, "*.gif")
    assert (wrong.status, wrong.err.splitlines()[0]) == (1, f"lookalike: {photos} has no pattern *.gif.")
    (root,) = lookalike(*here, "include", photos, "photo_0[0-4].jpg", "!photo_03.jpg", "--json").document["roots"]
    assert (root["excludes"], root["photos"]) == ([], 13)


def test_a_root_that_is_away_is_left_alone(lookalike, tmp_path, photos):
    library, folder = tmp_path / "lib", tmp_path / "drive"
    shutil.copytree(photos, folder)
    lookalike("--library", library, "index", folder)
    folder.rename(tmp_path / "unplugged")
    outcome = lookalike("--library", library, "index", "--json")
    assert outcome.status == 0
    assert outcome.err == f"{folder} cannot be reached now; its photos were left as they are.\n"
    assert outcome.document["missing"] == 0
    assert lookalike("--library", library, "status", "--json").document["counts"]["photos"] == 13


def test_status_tells_everything_there_is(lookalike, shelf, photos):
    status = lookalike("--library", shelf, "status", "--json").document
    assert status["folder"] == str(shelf)
    assert (status["counts"]["photos"], status["counts"]["searchable"], status["counts"]["unreadable"]) == (13, 12, 1)
    assert sum(status["reasons"].values()) == 1
    assert [root["path"] for root in status["roots"]] == [str(photos)]
    assert (status["model"], status["provider"]) == ("lookalike-2", status["provider"])
    assert (status["index"]["vectors"], status["index"]["recall"], status["index"]["problem"]) == (12, 1.0, "")
    done = status["last_update"]
    assert (done["added"], done["unreadable"], done["seconds"] > 0) == (12, 1, True)
    text = lookalike("--library", shelf, "status").text
    assert "12 of 13 photos searchable" in text
    assert f"Last update: {done['when'][:10]} " in text
    assert " s, 12 added, 1 unreadable\n" in text
    assert "recall@10 1.000" in text


def test_verify_finds_and_repairs(lookalike, shelf):
    assert lookalike("--library", shelf, "verify", "--json").document == {"ok": True, "problems": [], "repaired": []}
    for file in shelf.glob("index/*/*.bin"):
        file.write_bytes(b"damaged")
    with sqlite3.connect(shelf / "catalog.db") as connection:
        connection.execute("UPDATE embeddings SET crc = crc + 1 WHERE seq = 1")
    connection.close()
    found = lookalike("--library", shelf, "verify", "--json")
    assert found.status == 1
    assert not found.document["ok"]
    assert found.document["problems"]
    said = lookalike("--library", shelf, "verify")
    assert said.status == 1
    assert "problem: " in said.text
    assert "lookalike verify --repair" in said.text
    repaired = lookalike("--library", shelf, "verify", "--repair", "--json")
    assert repaired.status == 0
    assert repaired.document["repaired"]
    lookalike("--library", shelf, "index")
    assert "The library is sound." in lookalike("--library", shelf, "verify").text


@pytest.mark.parametrize(
    "line",
    [
        "status",
        "roots",
        "search {photos}/photo_03.jpg",
        "why {photos}/photo_03.jpg {photos}/photo_04.jpg",
        "history",
        "decisions",
        "collections",
        "duplicates",
        "export duplicates {out}.csv",
        "models",
        "verify",
        "compact",
        "backup {out}.zip",
    ],
)
def test_every_command_loads_what_it_needs(started, shelf, photos, tmp_path, line):
    """Those that other tests start in a new Python are not here."""
    words = line.format(photos=photos, out=tmp_path / "out").split(" ")
    outcome = started("--library", shelf, *words)
    assert (outcome.status, outcome.err) == (0, "")


@pytest.mark.parametrize("command", ["status", "index", "search photo.jpg", "history", "models", "roots", "verify"])
def test_a_library_that_cannot_be_made_is_a_sentence(lookalike, tmp_path, command):
    (tmp_path / "file").write_text("in the way")
    outcome = lookalike("--library", tmp_path / "file" / "library", *command.split())
    assert outcome.status == 1
    assert "cannot be made" in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_library_without_permission_is_a_sentence(lookalike, shelf):
    shelf.chmod(0o500)
    try:
        outcome = lookalike("--library", shelf, "index")
    finally:
        shelf.chmod(0o700)
    assert outcome.status == 1
    assert "Traceback" not in outcome.err


def test_a_damaged_catalogue_is_a_sentence(lookalike, shelf):
    (shelf / "catalog.db").write_bytes(b"not a database" * 1000)
    outcome = lookalike("--library", shelf, "status")
    assert outcome.status == 1
    assert "is damaged" in outcome.err


def test_a_catalogue_from_the_future_is_a_sentence(lookalike, shelf):
    connection = sqlite3.connect(shelf / "catalog.db")
    connection.execute("PRAGMA user_version = 1000")
    connection.close()
    outcome = lookalike("--library", shelf, "status")
    assert outcome.status == 1
    assert "written by a newer" in outcome.err


def test_a_library_in_use_is_a_sentence(lookalike, shelf):
    with FileLock(shelf / "lock"):
        outcome = lookalike("--library", shelf, "index")
    assert outcome.status == 1
    assert "Wait until it has finished" in outcome.err


def test_several_commands_may_make_the_library_at_once(started, tmp_path):
    with ThreadPoolExecutor(8) as together:
        runs = [together.submit(started, "--library", tmp_path / "lib", "roots", "--json") for _ in range(8)]
    assert [run.result().err for run in runs] == [""] * 8
    assert [run.result().document for run in runs] == [{"roots": []}] * 8


def test_settings_that_make_no_sense_are_a_sentence_and_stop_nobody(lookalike, shelf, tmp_path):
    (tmp_path / "lookalike").mkdir()
    (tmp_path / "lookalike" / "settings.toml").write_text("wurkers = 3")
    outcome = lookalike("--library", shelf, "status", XDG_CONFIG_HOME=str(tmp_path))
    if sys.platform == "linux":
        assert outcome.status == 0
        assert "wurkers" in outcome.err

"""Ctrl-C and its relatives: the work stops where everything is consistent, and the next run goes on from there."""

import os
import pty
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from cli import application
from cli.output import Output
from cli.session import Session
from engine.jobs import Cancelled

MAIN = str(Path(__file__).parents[2] / "main.py")
MANY = 300
PATIENCE_SECONDS = 60

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def many_photos(tmp_path, photos):
    """So many files that nobody has indexed them before Ctrl-C is pressed; each one's bytes are its own."""
    folder = tmp_path / "many"
    folder.mkdir()
    original = (photos / "photo_00.jpg").read_bytes()
    for number in range(MANY):
        (folder / f"{number:04}.jpg").write_bytes(original + number.to_bytes(2, "big"))
    return folder


@pytest.mark.faults
@pytest.mark.parametrize("how", ["Ctrl-C", "SIGINT", "SIGTERM"])
def test_a_stopped_index_is_consistent_and_goes_on(lookalike, many_photos, tmp_path, home, how):
    library = tmp_path / "lib"
    process = subprocess.Popen(
        [sys.executable, MAIN, "--library", library, "--json", "index", many_photos, "--workers", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=home,
        start_new_session=True,
    )
    wait_for_photos(library)
    if how == "Ctrl-C":  # a terminal tells the whole group, worker processes included
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT if how == "SIGINT" else signal.SIGTERM)
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == application.INTERRUPTED
    assert out == b""
    assert err.decode().count("\n") == 1
    assert "interrupted" in err.decode()

    assert lookalike("--library", library, "verify", "--json").document["ok"]
    report = lookalike("--library", library, "index", "--json").document
    assert 0 < report["unchanged"] < MANY
    assert (report["added"] + report["unchanged"], report["skipped"]) == (MANY, [])


def test_a_stop_before_the_work_has_begun_is_quiet(home, tmp_path):
    """The signal comes while Python still loads what the command needs."""
    process = subprocess.Popen(
        [sys.executable, MAIN, "--library", tmp_path / "lib", "status"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=home,
    )
    time.sleep(0.15)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode in (application.INTERRUPTED, -signal.SIGTERM, 0)
    assert b"Traceback" not in err


def test_the_first_signal_asks_and_the_second_insists(tmp_path):
    session = Session(tmp_path, Output(as_json=True))
    before = signal.getsignal(signal.SIGINT)
    with session.job() as job:
        signal.raise_signal(signal.SIGINT)
        assert job.cancelled
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_signal_that_is_ignored_stays_ignored(tmp_path):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Session(tmp_path, Output(as_json=True)).job() as job:
        signal.raise_signal(signal.SIGINT)
        assert not job.cancelled


@pytest.mark.parametrize("stop", [Cancelled, KeyboardInterrupt])
def test_a_cancelled_command_is_status_130_and_one_line(stop, capsys):
    def action():
        raise stop

    assert application.answering_failures(action) == application.INTERRUPTED
    assert capsys.readouterr().err.count("\n") == 1


def test_a_terminal_sees_progress_on_stderr_only(photos, tmp_path, home):
    ours, theirs = pty.openpty()
    shown: list[bytes] = []
    reader = threading.Thread(target=read_all, args=(ours, shown))
    reader.start()
    done = subprocess.run(
        [sys.executable, MAIN, "--library", tmp_path / "lib", "index", photos],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=home | {"TERM": "xterm"},
        check=True,
    )
    os.close(theirs)
    reader.join()
    os.close(ours)
    seen = b"".join(shown).decode()
    assert "of 13" in seen
    assert "\x1b[" in seen
    assert b"\x1b" not in done.stdout
    assert done.stdout.startswith(b"12 added")


def read_all(terminal, into):
    """Read what is written to a terminal until nobody can write any more."""
    try:
        while data := os.read(terminal, 65536):
            into.append(data)
    except OSError:  # how Linux says that the other side is closed
        pass


def wait_for_photos(folder):
    """Return when the library has taken in its first photos."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not (folder / "catalog.db").exists():
        assert time.monotonic() < until
        time.sleep(0.02)
    with closing(sqlite3.connect(f"file:{folder}/catalog.db?mode=ro", uri=True)) as catalog:
        while not embeddings(catalog):
            assert time.monotonic() < until
            time.sleep(0.02)


def embeddings(catalog):
    """How many photos have been taken in; 0 while the catalogue is still being made."""
    try:
        return catalog.execute("SELECT count(*) FROM embeddings").fetchone()[0]
    except sqlite3.OperationalError:
        return 0

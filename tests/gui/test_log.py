"""The log in the window: read from its end, by level and words, copied, saved and followed."""

import logging
import os
import time
from datetime import datetime

import pytest
from PySide6.QtGui import QGuiApplication

from engine.paths import AppPaths
from gui import log_tail
from gui.crash import CrashNet
from gui.dialogs.log_model import MOST_CHARACTERS, MOST_ENTRIES, LogModel
from gui.log_tail import MOST_BYTES, MOST_OF_AN_ENTRY, LogEntry, LogTail


def line(number: int, level: str = "INFO", text: str = "message") -> str:
    return f"2026-11-27 07:21:{number % 60:02},123 {level} reading_0 engine.imaging: {text} {number}\n"


@pytest.fixture
def folder(tmp_path):
    made = AppPaths.log_in(tmp_path / "state")
    made.mkdir(parents=True)
    return made


def texts(entries):
    return [entry.text for entry in entries]


def test_without_a_log_there_is_nothing(tmp_path):
    assert LogTail(tmp_path / "no folder").read() == []


def test_what_the_program_writes_is_what_is_read(folder, qapp):
    net = CrashNet(folder)
    net.install()
    try:
        logging.getLogger("gui.test").info("the library was opened")
        try:
            int("no such thing")
        except ValueError:
            logging.getLogger("engine.deep.er").info("it failed", exc_info=True)
    finally:
        net.remove()
    opened, failed = LogTail(folder).read()
    assert (opened.level, opened.source, opened.text) == (logging.INFO, "gui.test", "the library was opened")
    assert datetime.fromisoformat(opened.when).date() == datetime.now().date()
    assert failed.source == "engine.deep.er"
    assert failed.text.splitlines()[0] == "it failed"
    assert failed.text.splitlines()[-1].startswith("ValueError: invalid literal")


def test_only_what_is_new_is_read_again(folder):
    file = folder / "lookalike.log"
    file.write_text(line(1) + line(2) + line(3)[:-5])
    tail = LogTail(folder)
    assert texts(tail.read()) == ["message 1", "message 2"], "the last line is not whole"
    assert tail.read() == []
    with file.open("a") as stream:
        stream.write("ge 3\n" + line(4))
    assert texts(tail.read())[-1] == "message 4"


def test_a_new_file_is_followed_and_nothing_is_missed(folder):
    file = folder / "lookalike.log"
    file.with_name("lookalike.log.1").write_text(line(0))
    file.write_text(line(1))
    tail = LogTail(folder)
    assert texts(tail.read()) == ["message 0", "message 1"]
    with file.open("a") as stream:
        stream.write(line(2))
    file.replace(folder / "lookalike.log.1")
    file.write_text(line(3))
    assert texts(tail.read()) == ["message 2", "message 3"]
    file.write_text("")
    assert tail.read() == []
    file.write_text(line(4))
    assert texts(tail.read()) == ["message 4"]


@pytest.mark.parametrize(
    "content",
    [
        b"\n" * (3 * MOST_BYTES),
        b"x" * (3 * MOST_BYTES),
        b"a: " * MOST_BYTES,
        b"2026-11-27 07:21:00,123 INFO " + b"a b" * MOST_BYTES,
        os.urandom(MOST_BYTES),
        b"\0\xff\xfe\n" * 100_000,
        b"2026-11-27 07:21:00,123 WHATEVER x y: z\n" * 60_000,
    ],
)
def test_no_log_is_too_long_or_too_strange(folder, content):
    (folder / "lookalike.log").write_bytes(content)
    started = time.process_time()
    found = LogTail(folder).read()
    assert time.process_time() - started < 3
    assert sum(len(entry.text) for entry in found) <= MOST_BYTES
    assert all(len(entry.text) <= MOST_OF_AN_ENTRY for entry in found)


def test_the_end_of_a_long_log_is_read_from_a_whole_line_on(folder, monkeypatch):
    monkeypatch.setattr(log_tail, "MOST_BYTES", 1000)
    (folder / "lookalike.log").write_text("".join(map(line, range(1000))))
    found = texts(LogTail(folder).read())
    assert found[-1] == "message 999"
    assert found == [f"message {number}" for number in range(1000 - len(found), 1000)]
    assert 10 < len(found) < 20


def entry(number: int, level: int = logging.INFO, size: int = 10) -> LogEntry:
    return LogEntry("2026-11-27 07:21:00", level, "gui.app", f"{number} {'x' * size}", f"gui.app {number}")


def test_the_model_keeps_the_newest_within_its_bounds():
    model = LogModel()
    model.add([entry(number) for number in range(MOST_ENTRIES)])
    model.add([entry(MOST_ENTRIES)])
    assert (len(model.entries), model.rowCount()) == (MOST_ENTRIES, MOST_ENTRIES)
    assert model.entries[-1].text.startswith(f"{MOST_ENTRIES} ")
    model.add([entry(number, size=20_000) for number in range(1000)])
    assert sum(len(one.text) for one in model.entries) <= MOST_CHARACTERS
    assert model.entries[-1].text.startswith("999 ")


@pytest.fixture
def dialog(user, folder):
    entries = [line(1), line(2, "WARNING"), line(3, "ERROR") + "Traceback: of it\n", line(4, text="<b>beach</b>")]
    (folder / "lookalike.log").write_text("".join(entries))
    user.window.commands["log"].trigger()
    user.until(lambda: user.session._log.isVisible() and user.session._log.model.rows)
    return user.session._log


def shown(dialog) -> list[str]:
    model = dialog.model
    return [model.index(row, 3).data() for row in range(model.rowCount())]


def test_it_is_shown_by_level_and_by_words(dialog):
    assert shown(dialog) == ["message 1", "message 2", "message 3", "<b>beach</b> 4"]
    dialog.level.setCurrentIndex(1)
    assert shown(dialog) == ["message 2", "message 3"]
    dialog.level.setCurrentIndex(2)
    assert shown(dialog) == ["message 3"]
    assert dialog.model.index(0, 1).data() == "Error"
    dialog.search.setText("BEACH")
    assert shown(dialog) == []
    assert dialog.nothing.text() == "No entry is like that."
    dialog.level.setCurrentIndex(0)
    assert shown(dialog) == ["<b>beach</b> 4"]


def test_an_entry_is_seen_whole_and_copied(dialog):
    dialog.view.selectRow(2)
    whole = "2026-11-27 07:21:03 ERROR engine.imaging: message 3\nTraceback: of it"
    assert dialog.detail.toPlainText() == whole
    dialog._copy.click()
    assert QGuiApplication.clipboard().text() == whole
    assert dialog.note.text() == "1 entry was copied."


def test_what_is_shown_is_saved(user, dialog, tmp_path):
    dialog.level.setCurrentIndex(1)
    dialog._save.click()
    dialog.chooser.fileSelected.emit(str(tmp_path / "saved.txt"))
    user.until(lambda: dialog.note.text() == "“saved.txt” was saved.")
    saved = (tmp_path / "saved.txt").read_text()
    assert saved.splitlines()[-1] == "Traceback: of it"
    assert saved.count("engine.imaging") == 2
    dialog.chooser.fileSelected.emit(str(tmp_path / "no folder" / "saved.txt"))
    user.until(lambda: "There is no folder" in dialog.note.text())
    dialog.chooser.close()


def test_what_is_added_is_followed_until_it_is_not_wanted(user, dialog, folder):
    bar = dialog.view.verticalScrollBar()
    with (folder / "lookalike.log").open("a") as stream:
        stream.writelines(map(line, range(5, 100)))
    user.until(lambda: len(dialog.model.rows) == 99)
    user.until(lambda: bar.value() == bar.maximum() > 0)
    dialog.follow.setChecked(False)
    bar.setValue(0)
    with (folder / "lookalike.log").open("a") as stream:
        stream.write(line(100))
    user.until(lambda: len(dialog.model.rows) == 100)
    assert bar.value() == 0


def test_a_log_that_cannot_be_read_is_a_sentence(user, folder):
    (folder / "lookalike.log").mkdir()
    user.window.commands["log"].trigger()
    dialog = user.session._log
    user.until(lambda: "The log cannot be read" in dialog.note.text())
    assert dialog.isVisible()


def test_it_is_there_without_a_library(start_session, folder, qtbot):
    session = start_session(wait=False)
    session.window.commands["log"].trigger()
    qtbot.waitUntil(lambda: session._log.isVisible(), timeout=30_000)
    before = session._log
    session.show_log()
    assert session._log is before
    qtbot.waitUntil(lambda: session.window.workspace is not None, timeout=30_000)

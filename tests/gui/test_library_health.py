"""The library's health in the window: checked, repaired, tested, compacted, backed up and restored."""

import os
from pathlib import Path

import pytest
from gestures import question
from PySide6.QtCore import QProcess

from engine.backup import restore
from engine.errors import LibraryBusyError
from engine.library import Library
from engine.repairing import repair
from gui import app
from gui.dialogs.not_opened import NotOpenedPage
from gui.single_instance import SingleInstance
from gui.tasks import Lane


@pytest.fixture
def dialog(settled):
    settled.window.commands["health"].trigger()
    settled.until(lambda: settled.session.health.dialog and settled.session.health.dialog.isVisible())
    return settled.session.health.dialog


@pytest.fixture
def library(settled) -> Library:
    return settled.session.library


def spoil(library: Library) -> None:
    with library._catalog._database.writing() as connection:
        connection.execute("UPDATE embeddings SET crc = crc + 1 WHERE seq = 1")


def idle(user) -> bool:
    return user.session.health._task is None and not user.session.tasks.busy


def test_nothing_is_claimed_that_was_not_checked(dialog):
    told = [card.state.text() for card in dialog.cards]
    assert told[:3] == ["Never checked", "Never tested", "12 of 12 can be searched"]
    assert told[4] == "Never backed up"
    assert dialog.check.repair.isHidden()
    assert not dialog.disk.compact.isEnabled()
    assert not dialog.photos.list.isEnabled()


def test_a_check_says_what_it_found_and_a_repair_what_it_did(settled, dialog, library):
    dialog.check.check.click()
    settled.until(lambda: dialog.check.state.text() == "Sound")
    assert dialog.outcome.text() == "The library is sound."
    assert dialog.index.state.text() == "100.0 % of the nearest photos are found"
    spoil(library)
    dialog.check.check.click()
    settled.until(lambda: dialog.check.state.text() == "1 problem was found")
    assert dialog.check.more.text() == "• 1 embedding is damaged."
    settled.until(lambda: idle(settled))
    dialog.check.repair.click()
    settled.until(lambda: dialog.check.state.text() == "Sound, after a repair")
    assert "will be read again" in dialog.check.more.text()
    assert dialog.check.repair.isHidden()


def test_the_index_is_tested(settled, dialog):
    dialog.index.test.click()
    settled.until(lambda: dialog.index.state.text() == "100.0 % of the nearest photos are found")
    assert dialog.index.hint.text().endswith("tiny · 12 photos")


def test_what_nobody_needs_is_given_back(settled, library):
    gone = library.folder / "index" / "gone-0123456789ab"
    gone.mkdir()
    (gone / "hnsw-1.bin").write_bytes(bytes(3_000_000))
    settled.window.commands["health"].trigger()
    settled.until(lambda: settled.session.health.dialog and settled.session.health.dialog.isVisible())
    dialog = settled.session.health.dialog
    assert dialog.disk.more.text() == "About 3.0 MB of it are of no use to anybody."
    dialog.disk.compact.click()
    settled.until(lambda: "3.0 MB were given back." in dialog.outcome.text())
    assert not gone.exists()
    settled.until(lambda: not dialog.disk.more.text())
    assert not dialog.disk.compact.isEnabled()


def test_nothing_writes_beside_an_update(settled, dialog, library):
    spoil(library)
    dialog.check.check.click()
    settled.until(lambda: idle(settled) and dialog.check.repair.isVisible())
    waits = settled.session.tasks.submit(lambda job: job.pause() or job.checkpoint(), lane=Lane.WRITING, owner=dialog)
    dialog.check.repair.click()
    assert "An update is under way" in dialog.outcome.text()
    waits.cancel()
    settled.until(lambda: idle(settled))


def test_work_can_be_cancelled_and_goes_on_without_the_dialog(settled, dialog, library, monkeypatch):
    monkeypatch.setattr(library, "verify", lambda job: job.pause() or job.checkpoint())
    dialog.check.check.setFocus()
    dialog.check.check.click()
    assert dialog.cancel.hasFocus()
    assert not dialog.index.test.isEnabled()
    dialog.close()
    settled.window.commands["health"].trigger()
    settled.until(lambda: settled.session.health.dialog and settled.session.health.dialog.isVisible())
    again = settled.session.health.dialog
    assert not again.check.check.isEnabled()
    again.cancel.click()
    settled.until(lambda: again.check.check.isEnabled())
    assert "Cancelled" in again.outcome.text()


def test_the_outcome_is_told_when_the_dialog_is_closed(settled, dialog):
    dialog.index.test.click()
    dialog.close()
    settled.until(lambda: "The index finds 100.0 % of the nearest photos." in settled.window.messages.texts)


def back_up(user, dialog, file: Path) -> None:
    dialog.backup.back_up.click()
    user.session.health.chooser.fileSelected.emit(str(file))
    user.until(lambda: "was written and checked" in dialog.outcome.text())
    user.session.health.chooser.close()


def unpack(user, dialog, file: Path) -> None:
    dialog.backup.restore.click()
    user.session.health.chooser.fileSelected.emit(str(file))
    user.session.health.chooser.close()


def test_the_library_is_backed_up_to_a_file(settled, dialog, tmp_path):
    back_up(settled, dialog, tmp_path / "backup.zip")
    settled.until(lambda: dialog.backup.state.text().startswith("Backed up: "))
    assert str(tmp_path / "backup.zip") in dialog.backup.hint.text()
    done, _ = restore(tmp_path / "backup.zip", tmp_path / "again")
    assert done.photos == 12


def test_what_is_no_backup_is_a_sentence(settled, dialog, tmp_path):
    (tmp_path / "no.zip").write_text("hello")
    unpack(settled, dialog, tmp_path / "no.zip")
    settled.until(lambda: "is no backup of a library" in dialog.outcome.text())
    assert dialog.backup.restore.isEnabled()


def test_a_backup_that_is_not_wanted_leaves_everything_as_it_was(settled, dialog, tmp_path):
    back_up(settled, dialog, tmp_path / "backup.zip")
    unpack(settled, dialog, tmp_path / "backup.zip")
    settled.until(lambda: list(tmp_path.glob(".library-restoring-*")) and settled.session.health.question)
    box = question(dialog)
    assert "12 photos and 0 past queries" in box.informativeText()
    box.reject()
    settled.until(lambda: not list(tmp_path.glob(".library-restoring-*")))
    assert settled.session.library is not None


def test_a_question_that_is_open_when_the_window_closes_leaves_nothing(settled, dialog, tmp_path):
    back_up(settled, dialog, tmp_path / "backup.zip")
    unpack(settled, dialog, tmp_path / "backup.zip")
    settled.until(lambda: settled.session.health.question)
    settled.window.close()
    settled.until(lambda: settled.session.library is None and not settled.session.tasks.busy)
    assert not list(tmp_path.glob(".library-restoring-*"))
    assert not settled.session.restart


def restored(user, dialog, file: Path) -> None:
    unpack(user, dialog, file)
    user.until(lambda: user.session.health.question)
    box = question(dialog)
    next(one for one in box.buttons() if one.text() == "Replace and restart").click()


def test_a_backup_takes_the_place_of_the_library_and_the_program_starts_again(settled, dialog, tmp_path, models_folder):
    back_up(settled, dialog, tmp_path / "backup.zip")
    settled.session.library.collections.create("Made since")
    restored(settled, dialog, tmp_path / "backup.zip")
    settled.until(lambda: settled.session.restart)
    (aside,) = tmp_path.glob("library-before-*")
    with Library.open(tmp_path / "library", models_folder) as now, Library.open(aside, models_folder) as before:
        assert [one.name for one in now.collections.list()] == []
        assert [one.name for one in before.collections.list()] == ["Made since"]
        assert now.counts().searchable == 12


def test_a_library_that_cannot_be_replaced_is_said_and_opened_again(settled, dialog, tmp_path, monkeypatch):
    back_up(settled, dialog, tmp_path / "backup.zip")

    def busy(_: object) -> None:
        raise LibraryBusyError("Another program has it open.", "Close it.")

    monkeypatch.setattr("engine.backup.Unpacked.put_in_place", busy)
    restored(settled, dialog, tmp_path / "backup.zip")
    settled.until(lambda: isinstance(settled.window._pages.currentWidget(), NotOpenedPage))
    settled.until(lambda: not list(tmp_path.glob(".library-restoring-*")))
    assert not settled.session.restart
    settled.window._pages.currentWidget().retry.click()
    settled.until(lambda: settled.window.workspace is not None and settled.session.library is not None)
    assert settled.session.library.counts().searchable == 12


def test_a_window_whose_library_could_not_be_replaced_stays_and_answers_later_starts(
    qtbot, settled, dialog, tmp_path, tmp_path_factory, monkeypatch
):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    instance = SingleInstance(tmp_path / "library", tmp_path_factory.mktemp("s"))  # sockets have short paths
    assert instance.is_first([])
    app.answer_later_starts(settled.session, instance)
    back_up(settled, dialog, tmp_path / "backup.zip")

    def busy(_: object) -> None:
        assert not instance._server.isListening()
        raise LibraryBusyError("Another program has it open.", "Close it.")

    monkeypatch.setattr("engine.backup.Unpacked.put_in_place", busy)
    settled.session._hiding.setInterval(200)
    restored(settled, dialog, tmp_path / "backup.zip")
    settled.until(lambda: isinstance(settled.window._pages.currentWidget(), NotOpenedPage))
    assert instance._server.isListening()
    qtbot.wait(400)
    assert settled.window.isVisible()
    settled.window._pages.currentWidget().retry.click()
    settled.until(lambda: settled.window.workspace is not None and settled.session.library is not None)
    settled.window.close()
    settled.until(lambda: settled.session.library is None and not settled.session.tasks.busy)
    assert not instance._server.isListening()
    instance.end()


def test_the_program_is_started_again_on_the_same_library(monkeypatch, tmp_path):
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(QProcess, "startDetached", lambda program, words: started.append((program, words)))
    app.start_again(tmp_path / "library")
    ((program, words),) = started
    assert Path(program).exists()
    assert words[-2:] == ["--library", str(tmp_path / "library")]
    assert Path(words[0]).name == "main.py"


def test_a_damaged_library_is_repaired_in_the_window(qtbot, start_session, make_photos, tmp_path, models_folder):
    photos = make_photos(tmp_path / "Pictures", 4)
    with Library.open(tmp_path / "library", models_folder) as library:
        library.index([photos[0].parent])
    with (tmp_path / "library" / "catalog.db").open("r+b") as stream:
        stream.write(os.urandom(40_000))

    def with_our_models(session: app.Session) -> None:
        session.repair_library = lambda settings, job: repair(
            tmp_path / "library", bundled_models=models_folder, settings=settings, job=job
        )

    session = start_session(wait=False, first=with_our_models)
    qtbot.waitUntil(lambda: isinstance(session.window._pages.currentWidget(), NotOpenedPage), timeout=30_000)
    page = session.window._pages.currentWidget()
    assert page.repair.isVisible()
    page.repair.click()
    qtbot.waitUntil(lambda: session.health is not None and session.health.dialog is not None, timeout=30_000)
    qtbot.waitUntil(session.health.dialog.isVisible, timeout=30_000)
    assert session.health.dialog.check.state.text() == "Sound, after a repair"
    assert "those of the copy" in session.health.dialog.check.more.text()
    qtbot.waitUntil(lambda: not session.tasks.busy, timeout=30_000)

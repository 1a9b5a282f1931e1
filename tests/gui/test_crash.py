import logging
import os
import platform
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from gui.crash import LAST_FAULT, LINES_SHOWN, CrashDialog, CrashNet, take_last_fault


@pytest.fixture
def net(qtbot, tmp_path, caplog):
    made = CrashNet(tmp_path / "log")
    made.install()
    yield made
    made.remove()
    if made.dialog is not None:
        made.dialog.close()
    caplog.get_records("call").clear()


def raise_somewhere() -> None:
    raise ZeroDivisionError("a bug")


def catch(net: CrashNet) -> None:
    try:
        raise_somewhere()
    except ZeroDivisionError:
        sys.excepthook(*sys.exc_info())


def test_an_unexpected_error_is_written_down_and_shown(net, qtbot, tmp_path):
    catch(net)
    qtbot.waitUntil(lambda: net.dialog is not None)
    assert net.dialog.isVisible()
    assert "ZeroDivisionError: a bug" in net.dialog.report
    assert "raise_somewhere" in (tmp_path / "log" / "lookalike.log").read_text()


def test_the_report_shows_what_the_log_said_before(net, qtbot):
    for number in range(LINES_SHOWN + 5):
        logging.getLogger("gui.messages").info("Told the user: sentence %s.", number)
    logging.getLogger("elsewhere").info("nothing of ours")
    catch(net)
    qtbot.waitUntil(lambda: net.dialog is not None)
    trace, _, before = net.dialog.report.partition("The log before that:\n")
    assert trace.rstrip().endswith("ZeroDivisionError: a bug")
    lines = before.splitlines()
    assert len(lines) == LINES_SHOWN
    assert lines[-1].endswith(f"Told the user: sentence {LINES_SHOWN + 4}.")
    assert "ZeroDivisionError" not in before


def test_an_error_on_another_thread_is_shown_too(net, qtbot):
    thread = threading.Thread(target=raise_somewhere)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: net.dialog is not None)


def test_a_hail_of_errors_opens_one_dialog(net, qtbot):
    catch(net)
    qtbot.waitUntil(lambda: net.dialog is not None)
    first = net.dialog
    catch(net)
    qtbot.wait(0)
    assert net.dialog is first


def test_after_the_dialog_is_closed_the_next_error_is_shown(net, qtbot):
    catch(net)
    qtbot.waitUntil(lambda: net.dialog is not None)
    net.dialog.close()
    qtbot.waitUntil(lambda: net.dialog is None)
    catch(net)
    qtbot.waitUntil(lambda: net.dialog is not None)


def test_the_report_can_be_copied(net, qtbot):
    catch(net)
    qtbot.waitUntil(lambda: net.dialog is not None)
    copy = next(button for button in net.dialog.findChildren(QPushButton) if button.text() == "Copy report")
    copy.click()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()


@pytest.mark.qt_no_exception_capture
def test_a_dialog_that_fails_itself_does_not_call_for_another(net, qtbot, monkeypatch, caplog):
    monkeypatch.setattr("gui.crash.title", lambda text: 1 / 0)
    catch(net)
    qtbot.waitUntil(lambda: "The crash dialog failed." in caplog.text)
    assert net.dialog is None


def test_what_qt_says_is_logged(net, caplog):
    with caplog.at_level(logging.WARNING, "qt"):
        qWarning("a word of Qt")
    assert "a word of Qt" in caplog.text


def test_removing_the_net_restores_what_was_there(qtbot, tmp_path):
    before = sys.excepthook, threading.excepthook, list(logging.getLogger().handlers)
    net = CrashNet(tmp_path)
    net.install()
    net.remove()
    assert (sys.excepthook, threading.excepthook, logging.getLogger().handlers) == before


def test_a_fault_that_ended_the_program_is_told_of_once(qtbot, tmp_path):
    """A real process that dies of a real segmentation fault."""
    folder = tmp_path / "log"
    code = f"""
import faulthandler, logging, pathlib
from PySide6.QtCore import QCoreApplication
from gui.crash import LAST_FAULT, CrashDialog, CrashNet, take_last_fault
application = QCoreApplication([])
net = CrashNet(pathlib.Path({str(folder)!r}))
net.install()
logging.getLogger("engine").info("said before the fault")
faulthandler._sigsegv()
"""
    root = Path(__file__).parents[2]
    died = subprocess.run([sys.executable, "-c", code], cwd=root, timeout=60, check=False, capture_output=True)
    assert died.returncode not in (0, 1)
    report = take_last_fault(folder)
    assert "Segmentation fault" in report
    assert report.endswith("said before the fault\n")
    assert take_last_fault(folder) == ""
    assert "Segmentation fault" in (folder / LAST_FAULT).read_text()
    dialog = CrashDialog(report, folder, last_time=True)
    qtbot.addWidget(dialog)
    assert dialog.findChild(QLabel).text() == "Lookalike ended unexpectedly last time"


def test_a_run_that_ends_well_leaves_no_fault(qtbot, tmp_path):
    (tmp_path / "fault-999999999.txt").touch()  # of a killed process: it had nothing to say
    net = CrashNet(tmp_path)
    net.install()
    assert [file.name for file in tmp_path.glob("fault-*")] == [f"fault-{os.getpid()}.txt"]
    net.remove()
    assert not list(tmp_path.glob("fault-*"))
    assert net.last_fault == ""


def test_the_report_names_all_parts(net, qtbot):
    catch(net)
    qtbot.waitUntil(lambda: net.dialog is not None)
    next(button for button in net.dialog.findChildren(QPushButton) if button.text() == "Copy report").click()
    assert f"Python {platform.python_version()}" in QGuiApplication.clipboard().text()

"""The last net: an error nobody expected is written down and shown, and the program goes on if it can."""

import contextlib
import faulthandler
import logging
import logging.handlers
import os
import sys
import threading
import traceback
from collections import deque
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, QUrl, Signal, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from gui import parts
from gui.controls import button, label, title
from gui.measures import open_with_size
from gui.translation import later, tr

log = logging.getLogger(__name__)
OUR_LOGS = ("gui", "engine")
LOG_BYTES = 1_000_000
LOGS_KEPT = 3
LOG = "lookalike.log"
LINES_SHOWN = 40
LAST_FAULT = "last-fault.txt"
NOW = later("Something went wrong, and it is our fault")
SAFE_NOW = later("Your photos and what Lookalike knows about them are safe. You can go on, or restart.")
LAST_TIME = later("Lookalike ended unexpectedly last time")
SAFE_LAST_TIME = later("Your photos and what Lookalike knows about them are safe. This is what is known of the fault.")
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashDialog(QDialog):
    """Says that the fault is ours, and offers the report to copy. Nothing is sent anywhere."""

    def __init__(self, report: str, folder: Path, parent: QWidget | None = None, *, last_time: bool = False) -> None:
        """Show a fault of now, or of the `last_time`."""
        super().__init__(parent)
        self.report = report
        self._folder = folder
        self.setWindowTitle(tr("Lookalike has a fault"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_with_size(self, 640, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(title(tr(LAST_TIME if last_time else NOW)))
        column.addWidget(label(tr(SAFE_LAST_TIME if last_time else SAFE_NOW), wrap=True))
        column.addWidget(self._details())
        column.addLayout(self._buttons())

    def _details(self) -> QPlainTextEdit:
        details = QPlainTextEdit(self.report)
        details.setReadOnly(True)
        details.setAccessibleName(tr("Report"))
        return details

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(button(tr("Copy report"), self._copy))
        row.addWidget(button(tr("Open log folder"), self._open_folder))
        row.addStretch()
        close = button(tr("Go on"), self.close, "primary")
        close.setDefault(True)
        row.addWidget(close)
        return row

    def _copy(self) -> None:
        """The report with the versions that whoever looks into it will ask for."""
        QGuiApplication.clipboard().setText(f"{self.report}\n{parts.as_text()}\n")

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


class CrashNet(QObject):
    """Catches what every other handler missed, on any thread, and in Qt and native code.

    Signals:
        _crashed: carries a report from any thread to the thread of the window.
    """

    _crashed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dialog: CrashDialog | None = None
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)
        self.last_fault = take_last_fault(folder)
        self._faults_file = folder / f"fault-{os.getpid()}.txt"
        self._faults = self._faults_file.open("w", encoding="utf-8")
        self._handler = logging.handlers.RotatingFileHandler(
            folder / LOG, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", delay=True
        )
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
        self._previous = (sys.excepthook, threading.excepthook)
        self._crashed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Stretch the net. Our own log tells more than others': it is what a report shows of how it came to that."""
        logging.getLogger().addHandler(self._handler)
        for ours in OUR_LOGS:
            logging.getLogger(ours).setLevel(logging.INFO)
        faulthandler.enable(self._faults)
        sys.excepthook = self.catch
        threading.excepthook = self._catch_thread
        qInstallMessageHandler(_log_qt)

    def remove(self) -> None:
        """Take the net down again, for tests and for the end of the program."""
        qInstallMessageHandler(None)
        sys.excepthook, threading.excepthook = self._previous
        faulthandler.disable()
        self._faults.close()
        self._faults_file.unlink(missing_ok=True)
        logging.getLogger().removeHandler(self._handler)
        for ours in OUR_LOGS:
            logging.getLogger(ours).setLevel(logging.NOTSET)
        self._handler.close()

    def catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What `sys.excepthook` calls."""
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            self._previous[0](kind, error, trace)
            return
        report, before = "".join(traceback.format_exception(kind, error, trace)), log_before(self._folder)
        log.critical("An unexpected error.\n%s", report)
        self._crashed.emit(f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{report}{before}")

    def _catch_thread(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            self.catch(hook.exc_type, hook.exc_value, hook.exc_traceback)

    def show_last_fault(self, window: QWidget) -> None:
        """The report of the run before this one."""
        CrashDialog(self.last_fault, self._folder, window, last_time=True).show()

    def _show(self, report: str) -> None:
        """One dialog at a time; a dialog that itself fails must not call for another."""
        if self.dialog is not None:
            return
        try:
            self.dialog = CrashDialog(report, self._folder, QApplication.activeWindow())
            self.dialog.destroyed.connect(self._forget)
            self.dialog.show()
        except Exception:  # whatever it is, there is no net below this one
            log.exception("The crash dialog failed.")

    def _forget(self) -> None:
        self.dialog = None


def take_last_fault(folder: Path) -> str:
    """What Python wrote down when an earlier run died, empty if none did; it is kept beside the log, and said once."""
    reports = []
    for file in sorted(folder.glob("fault-*.txt")):
        with contextlib.suppress(OSError):
            if _is_running(int(file.stem.partition("-")[2])):
                continue  # another library's window, which is well
            if report := file.read_text(encoding="utf-8", errors="replace").strip():
                reports.append(f"{datetime.fromtimestamp(file.stat().st_mtime):%Y-%m-%d %H:%M:%S}\n{report}")
                file.replace(folder / LAST_FAULT)
            else:
                file.unlink()
    return "\n\n".join(reports) + log_before(folder) if reports else ""


def log_before(folder: Path) -> str:
    """The last lines of the log, under a heading; empty if there are none."""
    try:
        with (folder / LOG).open(encoding="utf-8", errors="replace") as file:
            lines = deque(file, LINES_SHOWN)
    except OSError:
        return ""
    return f"\n\nThe log before that:\n{''.join(lines)}" if lines else ""


def _is_running(process: int) -> bool:
    if sys.platform == "win32" or process == os.getpid():
        return False  # there, a file that is in use cannot be moved
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(LEVELS[kind], "%s", message)

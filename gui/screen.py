"""The application of Qt, which needs a screen. If none answers, Qt would abort: no sentence, and a core dump."""

import os
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

NOT_MET = 1


def application() -> QApplication:
    """The one there is, or a new one. Without a screen the program ends here, with what to do about it.

    Raises:
        TypeError: there is one without windows.
    """
    before = qInstallMessageHandler(_on_message)
    try:
        made = QApplication.instance() or QApplication(sys.argv[:1])
    finally:
        qInstallMessageHandler(before)
    if not isinstance(made, QApplication):
        raise TypeError("The window needs a QApplication, and another kind exists already.")
    return made


def _on_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Before a fatal message Qt has said what it could not reach; after it, Qt does not come back."""
    if kind != QtMsgType.QtFatalMsg:
        sys.stderr.write(f"{message}\n")
        return
    sys.stderr.write("lookalike: No screen answers, so the window cannot be opened.\n")
    sys.stderr.write("Log in to a desktop, or use a command: lookalike --help\n")
    sys.stderr.flush()
    os._exit(NOT_MET)

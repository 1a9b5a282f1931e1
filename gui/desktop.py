"""What the rest of the desktop does for us: other programs, the file manager, the clipboard."""

import logging
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QUrl
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage

from engine.errors import EngineError
from gui.translation import tr

log = logging.getLogger(__name__)
FILE_MANAGER = "org.freedesktop.FileManager1"


def open_with_system(path: Path) -> None:
    """Open a photo, or a folder, with the program the system prefers.

    Raises:
        EngineError: no program took it.
    """
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise EngineError(
            tr("No program opens “{name}”.", name=path.name), tr("Choose one in the settings of your system.")
        )


def reveal(paths: Sequence[Path]) -> None:
    """Show files selected in their folder, as far as this desktop can."""
    if sys.platform == "win32":
        subprocess.Popen(["explorer", f"/select,{paths[0]}"])
    elif sys.platform == "darwin":
        subprocess.Popen(["open", "-R", *map(str, paths)])
    else:
        _reveal_by_dbus(paths)


def _reveal_by_dbus(paths: Sequence[Path]) -> None:
    """Ask the file manager, which may have to be started first; where none answers, at least open the folder."""
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _open_folder(paths[0].parent)
        return
    call = QDBusMessage.createMethodCall(FILE_MANAGER, "/org/freedesktop/FileManager1", FILE_MANAGER, "ShowItems")
    call.setArguments([[QUrl.fromLocalFile(str(path)).toString() for path in paths], ""])
    answer = QDBusPendingCallWatcher(bus.asyncCall(call), QCoreApplication.instance())
    answer.finished.connect(lambda: _after_reveal(answer, paths[0].parent))


def _after_reveal(answer: QDBusPendingCallWatcher, folder: Path) -> None:
    if answer.isError():
        _open_folder(folder)
    answer.deleteLater()


def _open_folder(folder: Path) -> None:
    """The last resort of `reveal`: a desktop that cannot even open a folder has nothing to offer the user instead."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        log.warning("Nothing on this desktop opens the folder %s.", folder)


def copy_paths(paths: Sequence[Path]) -> None:
    """Put the files on the clipboard, as files for a file manager and as lines for a text editor."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    mime.setText("\n".join(map(str, paths)))
    QGuiApplication.clipboard().setMimeData(mime)


def copy_picture(image: QImage) -> None:
    """Put the pixels on the clipboard."""
    QGuiApplication.clipboard().setImage(image)

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from gestures import qt_picture
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QDesktopServices, QGuiApplication

from engine.errors import EngineError
from gui import desktop

BEACH, HAT = Path("/photos/beach at noon.jpg"), Path("/photos/hat.jpg")


class Opener(QObject):
    """Stands where the desktop's other programs are."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def opener(qtbot):
    made = Opener()
    QDesktopServices.setUrlHandler("file", made, "open")
    yield made
    QDesktopServices.unsetUrlHandler("file")


def test_a_photo_is_opened_by_the_system(opener):
    desktop.open_with_system(BEACH)
    assert opener.opened == [BEACH]


def test_a_system_that_has_no_program_is_a_sentence(qtbot, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    with pytest.raises(EngineError, match=r"No program opens “beach at noon\.jpg”"):
        desktop.open_with_system(BEACH)


@pytest.mark.parametrize(
    ("platform", "command"),
    [
        ("win32", ["explorer", f"/select,{BEACH}"]),
        ("darwin", ["open", "-R", str(BEACH), str(HAT)]),
    ],
)
def test_other_systems_have_a_command_for_it(monkeypatch, platform, command):
    commands = []
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(subprocess, "Popen", commands.append)
    desktop.reveal([BEACH, HAT])
    assert commands == [command]


def test_without_a_bus_the_folder_is_opened(opener, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(QDBusConnection, "sessionBus", lambda: QDBusConnection("there is none"))
    desktop.reveal([BEACH])
    assert opener.opened == [BEACH.parent]


@pytest.fixture
def bus():
    """A message bus of our own, on which no file manager listens."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("there is no dbus-daemon")
    daemon = subprocess.Popen(
        [program, "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    address = daemon.stdout.readline().decode().strip()
    yield QDBusConnection.connectToBus(address, "test bus")
    QDBusConnection.disconnectFromBus("test bus")
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


def test_a_bus_without_a_file_manager_opens_the_folder(opener, bus, monkeypatch, qtbot):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(QDBusConnection, "sessionBus", lambda: bus)
    desktop.reveal([BEACH])
    qtbot.waitUntil(lambda: opener.opened == [BEACH.parent])


def test_paths_are_copied_as_files_and_as_text(qtbot):
    desktop.copy_paths([BEACH, HAT])
    mime = QGuiApplication.clipboard().mimeData()
    assert [Path(url.toLocalFile()) for url in mime.urls()] == [BEACH, HAT]
    assert mime.text() == f"{BEACH}\n{HAT}"


def test_a_picture_is_copied_as_pixels(qtbot):
    desktop.copy_picture(qt_picture("teal"))
    assert QGuiApplication.clipboard().image().pixelColor(0, 0).name() == "#008080"

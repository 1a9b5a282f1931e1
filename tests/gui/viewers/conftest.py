"""A viewer on photos of one colour each."""

import pytest
from colored import Files
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from gui.viewers import photo as photo_module
from gui.viewers.photo import PhotoViewer


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def thumbnails(qapp: object) -> dict[str, QPixmap]:
    grey = QPixmap(320, 240)
    grey.fill(QColor("#808080"))
    return {"red": grey}


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody lingers, unless a test says so."""
    monkeypatch.setattr(photo_module, "LINGER_MS", 3_600_000)


@pytest.fixture
def viewer(qtbot: QtBot, files: Files, thumbnails: dict[str, QPixmap]) -> PhotoViewer:
    made = PhotoViewer(files, thumbnails.get)
    qtbot.addWidget(made)
    made.resize(640, 528)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made

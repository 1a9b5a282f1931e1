"""The real TaskRunner, and the real window on a real library."""

import faulthandler
import gc
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from user import ENOUGH_MS, User

from engine.library import Library
from engine.settings import Look, Settings
from engine.settings_file import SettingsFile
from gui.app import Session
from gui.tasks import TaskRunner
from gui.theme import Theme
from tests.conftest import MakePhotos

# No window appears on the desk of whoever runs the tests, and none is needed.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


# Nor does what the window says depend on the country they live in.
QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


@pytest.fixture(autouse=True)
def collected_on_this_thread() -> Iterator[None]:
    """As in the program (gui/garbage.py), no worker frees what belongs to the window of an earlier test.

    Not at the test's own end, when pytest still holds its fixtures: what is frozen then would stay for good.
    """
    gc.collect()
    gc.freeze()  # what is still there, mostly modules, need not be looked at before every test
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def told_of_crashes(request: pytest.FixtureRequest) -> Iterator[None]:
    """The program writes a crash into its own log; after a test of that, pytest is to tell of it again."""
    yield
    if not faulthandler.is_enabled() and (stderr := request.config.stash.get(fault_handler_stderr_fd_key, None)):
        faulthandler.enable(stderr)


@pytest.fixture(autouse=True)
def empty_clipboard(qapp) -> Iterator[None]:
    """What a test has copied goes with it: Qt's own clipboard would free it after Python has ended, and crash."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def undressed(qtbot) -> Iterator[QApplication]:
    """The application as it was, afterwards: its colours, its font, and the direction it is read in."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    sheet, before, style = application.styleSheet(), application.palette(), application.style().objectName()
    font, direction = application.font(), application.layoutDirection()
    yield application
    application.setStyleSheet(sheet)
    application.setPalette(before)
    application.setStyle(style)
    application.setFont(font)
    application.setLayoutDirection(direction)


@pytest.fixture
def dressed(undressed: QApplication) -> Iterator[Theme]:
    """The application in the colours and the style sheet of the program, as its users see it."""
    theme = Theme(undressed, Look.LIGHT)
    yield theme
    theme.deleteLater()


@pytest.fixture
def tasks(qtbot) -> Iterator[TaskRunner]:
    """A runner whose unexpected failures fail the test."""
    failures: list[Exception] = []
    runner = TaskRunner(on_failure=failures.append)
    yield runner
    runner.shutdown()
    assert not failures


@pytest.fixture
def start_session(qtbot, tmp_path: Path, models_folder: Path) -> Iterator[Callable[..., Session]]:
    """start_session(name="library"): opens the window on that library in tmp_path; all are closed at the end.

    `first` is called with the session before its library is opened.
    """
    sessions: list[Session] = []

    def start(
        name: str = "library", *, wait: bool = True, first: Callable[[Session], object] = lambda session: None
    ) -> Session:
        folder = tmp_path / name
        session = Session(
            folder,
            lambda settings: Library.open(folder, models_folder, replace(settings, workers=1)),
            tmp_path / "state",
            SettingsFile(tmp_path / "config" / "settings.toml"),
        )
        sessions.append(session)
        first(session)
        session.start()
        session.window.activateWindow()
        qtbot.waitUntil(session.window.isActiveWindow, timeout=ENOUGH_MS)
        if wait:
            qtbot.waitUntil(lambda: session.window.workspace is not None, timeout=ENOUGH_MS)
            qtbot.waitUntil(lambda: session.window.workspace.watch.latest is not None, timeout=ENOUGH_MS)
        return session

    yield start
    for session in sessions:
        close_session(qtbot, session)


@pytest.fixture
def session(start_session: Callable[..., Session]) -> Session:
    """The window on an empty library."""
    return start_session()


def close_session(qtbot, session: Session) -> None:
    """Close the window as a user does, wait for its end, and free it: what its signals call keeps it alive."""
    session.window.close()
    qtbot.waitUntil(lambda: session.library is None and not session.tasks.busy, timeout=ENOUGH_MS)
    qtbot.waitUntil(lambda: not session.window.isVisible(), timeout=ENOUGH_MS)
    session.end()
    session.window.deleteLater()
    session.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def user(qtbot, session: Session) -> User:
    return User(qtbot, session)


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory, make_photos: MakePhotos, models_folder: Path) -> Path:
    """A folder with "Pictures", and a "library" that holds them; both are copied and never changed."""
    folder = tmp_path_factory.mktemp("indexed")
    make_photos(folder / "Pictures", 12)
    with Library.open(folder / "library", models_folder, Settings(workers=1)) as library:
        library.index([folder / "Pictures"])
    return folder


@pytest.fixture
def photos(tmp_path: Path, indexed: Path) -> list[Path]:
    return sorted(Path(shutil.copytree(indexed / "Pictures", tmp_path / "Pictures")).iterdir())


@pytest.fixture
def filled(tmp_path: Path, photos: list[Path], indexed: Path, models_folder: Path) -> None:
    """The library that the window is going to open holds the photos."""
    shutil.copytree(indexed / "library", tmp_path / "library")
    with Library.open(tmp_path / "library", models_folder, Settings(workers=1)) as library:
        library.roots.relocate(indexed / "Pictures", photos[0].parent)


@pytest.fixture
def settled(filled: None, user: User) -> User:
    """A user whose folder is indexed."""
    user.until(lambda: not user.session.tasks.busy)
    return user


def test_the_first_screen_asks_for_a_folder(user):
    welcome = user.workspace.welcome
    assert user.workspace.stage.currentWidget() is welcome
    assert "Drop a folder" in welcome.drop_area.line.text()
    assert welcome.add_folder.property("kind") == "primary"
    assert user.workspace.query_bar.hint.isVisible()


@pytest.fixture
def play(user, tmp_path):
    """play(code, *events): the next trainer says these and then runs the code; what it was given is kept."""
    script, given = tmp_path / "trainer.py", tmp_path / "given.json"

    def set_up(code="", *events):
        lines = [f"print({json.dumps(one)!r}, flush=True)" for one in events]
        keep = f"import json, os, sys\nopen({str(given)!r}, 'w').write(json.dumps(sys.argv[1:]))"
        script.write_text("\n".join([keep, *lines, code]))
        user.workspace.training.program = (sys.executable, str(script))

    set_up.given = lambda: json.loads(given.read_text())
    return set_up

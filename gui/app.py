"""Starts the window, opens the library behind it, and ends both in the right order."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Qt, QTimer, Signal
from shiboken6 import isValid

from engine.errors import EngineError
from engine.jobs import Job, Progress
from engine.paths import AppPaths
from engine.settings import Downloads, Settings
from engine.settings_file import SettingsFile
from gui import screen, translation
from gui.arrivals import Arrivals
from gui.crash import CrashNet
from gui.garbage import GarbageCollector
from gui.icons import app_icon
from gui.keymap import keymap
from gui.main_window import MainWindow
from gui.messages import Offer
from gui.preferences import Preferences
from gui.read_only import show_read_only
from gui.single_instance import SingleInstance
from gui.stop_signals import StopSignals
from gui.tasks import Lane, TaskRunner
from gui.theme import Theme
from gui.translation import tr
from gui.window_state import WindowState

if TYPE_CHECKING:
    from engine.backup import Unpacked
    from engine.library import Library
    from engine.verification import VerifyReport
    from gui.dialogs.log import LogDialog
    from gui.dialogs.not_opened import NotOpenedPage
    from gui.dialogs.settings import SettingsDialog
    from gui.health import Health
    from gui.workspace import Workspace

log = logging.getLogger(__name__)
APP_ID = "io.github.lookalike.Lookalike"
APP_NAME = "Lookalike"
VISIBLE_WHILE_CLOSING_MS = 3000
FIRST_FRAME_MS = 10  # it is painted before workers load the rest, which would hold Python's lock


class Session(QObject):
    """One window and the library it shows, from opening to closing.

    Attributes:
        restart: another library took the place of this one, and is to be opened by a new start of the program.
        repair_library: mends the library while it is closed.

    Signals:
        opened: the window shows the library.
        stays: the window was closing, and stays open: nothing could take the place of its library.
        ended: the window is gone and the library is closed.
    """

    opened = Signal()
    stays = Signal()
    ended = Signal()

    def __init__(
        self,
        folder: Path,
        open_library: Callable[[Settings], "Library"],
        state_folder: Path,
        settings_file: SettingsFile,
    ) -> None:
        super().__init__()
        self._folder = folder
        self._open_library = open_library
        self._settings_file, self._state_folder = settings_file.path, state_folder
        self._settings_dialog: SettingsDialog | None = None
        self._log: LogDialog | None = None
        self._not_opened: NotOpenedPage | None = None
        self._successor: Unpacked | None = None
        self._repaired = self.restart = False
        self._hiding = QTimer(self, singleShot=True, interval=VISIBLE_WHILE_CLOSING_MS)
        self.repair_library: Callable[[Settings, Job], VerifyReport] = partial(repair_library, folder)
        self.library: Library | None = None
        self.health: Health | None = None
        self.tasks = TaskRunner(self)
        self.preferences = Preferences(settings_file, self.tasks, self)
        self.window = MainWindow(self.tasks, WindowState(state_folder))
        self._hiding.timeout.connect(self.window.hide)
        self.arrivals = Arrivals(self.window)
        self.tasks.on_failure = self.window.messages.error
        self.preferences.failed.connect(self.window.messages.error)
        self.preferences.changed.connect(self._apply)
        self.window.filled.connect(self._on_filled)
        self.window.retry_wanted.connect(self.open)
        self.window.repair_wanted.connect(self._repair)
        self.window.health_wanted.connect(self._show_health)
        self.window.log_wanted.connect(self.show_log)
        self.window.closing.connect(self._close)
        self.window.settings_wanted.connect(self.show_settings)
        self._obey(self.preferences.settings)

    def start(self) -> None:
        """Show the window, then open the library: nobody looks at nothing."""
        self.window.show()
        if self.preferences.problem is not None:
            self.window.messages.error(self.preferences.problem)
        QTimer.singleShot(FIRST_FRAME_MS, self, self.open)

    def open(self) -> None:
        """Open the library on a worker."""
        settings = self.preferences.settings
        self.tasks.submit(
            lambda job: self._load(settings),
            lane=Lane.WRITING,
            owner=self,
            on_success=self._on_opened,
            on_failure=self._on_not_opened,
        )

    def _load(self, settings: Settings) -> "Library":
        # Loaded here, on the worker: the first frame waits neither for the panels nor for numpy.
        import gui.health
        import gui.workspace  # noqa: F401

        return self._open_library(settings)

    def show_settings(self) -> "SettingsDialog":
        """Open the settings, or bring them to the front."""
        dialog = self._shown_settings or self._new_settings_dialog()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog

    def show_log(self) -> None:
        """Open the log, or bring it to the front."""
        from gui.dialogs.log import LogDialog  # few people open it

        if self._log is None or not isValid(self._log):
            self._log = LogDialog(self.window, self.tasks, AppPaths.log_in(self._state_folder))
        else:
            self._log.raise_()
            self._log.activateWindow()

    def end(self) -> None:
        """Stop what still runs; for a program that ends without its window having been closed."""
        if self.library is not None:
            self.library.give_up()
        self.tasks.shutdown()
        if self.library is not None:
            self._stop_workspace()
            self.library.close()
            self.library = None
        if self.window.workspace is not None:
            self.window.workspace.training.wait()

    @property
    def _shown_settings(self) -> "SettingsDialog | None":
        dialog = self._settings_dialog
        return dialog if dialog is not None and isValid(dialog) else None

    def _new_settings_dialog(self) -> "SettingsDialog":
        # Only here: the first frame does not wait for what few people open.
        from gui.dialogs.indexing_page import IndexingPage
        from gui.dialogs.look_page import LookPage
        from gui.dialogs.privacy_page import Places, PrivacyPage
        from gui.dialogs.settings import SettingsDialog

        places = Places(self._folder, self._settings_file, self._state_folder, AppPaths.log_in(self._state_folder))
        pages = LookPage(), IndexingPage(self.tasks), PrivacyPage(places, self.tasks)
        self._settings_dialog = dialog = SettingsDialog(self.preferences, *pages, self.window)
        self._complete(dialog)
        return dialog

    def _complete(self, dialog: "SettingsDialog") -> None:
        """Show in the settings what concerns the library, if one is open."""
        workspace = self.window.workspace
        if self.library is not None and workspace is not None:
            slider = workspace.results.header.thumbnail_size
            dialog.show_library(self.library, slider, workspace.remembering.clear)

    def _obey(self, settings: Settings) -> None:
        """Let the window know what concerns it."""
        self.window.intake.downloads = Downloads(settings.downloads)
        if (workspace := self.window.workspace) is not None:
            workspace.obey(settings)

    def _apply(self, settings: Settings) -> None:
        """Tell the open library; on a worker, because processes with the old limits have to end."""
        self._obey(settings)
        library = self.library
        if library is not None:
            self.tasks.submit(lambda job: library.apply(settings), lane=Lane.ANSWERING, owner=self)

    def _on_opened(self, library: "Library") -> None:
        self.library = library
        if self.window.isEnabled():
            self.window.show_library(library)

    def _on_filled(self, workspace: "Workspace") -> None:
        workspace.folders.watch_wanted.connect(lambda on: self.preferences.change(watch=on))
        workspace.obey(self.preferences.settings)
        if (dialog := self._shown_settings) is not None:
            self._complete(dialog)
        self._look_after(workspace)
        if self.library is not None and self.library.read_only:
            show_read_only(workspace, self.window.messages, self._folder)
        self.arrivals.look()
        self.opened.emit()

    def _look_after(self, workspace: "Workspace") -> None:
        """Let the library be checked and backed up; if it was just mended, tell what was done."""
        from gui.health import Health

        if self.library is None:
            return
        self.health = health = Health(self.library, self.tasks, self.window.messages, workspace)
        health.list_wanted.connect(workspace.skipped.show)
        health.folder_wanted.connect(lambda: workspace.doers.opening.open_default([self._folder]))
        health.log_wanted.connect(self.show_log)
        health.restored.connect(self._give_way_to)
        if self._repaired:
            self._repaired = False
            health.show()

    def _show_health(self) -> None:
        if self.health is not None and self.window.workspace is not None:
            self.health.show()

    def _repair(self) -> None:
        """Mend the library that could not be opened, then open it."""
        settings = self.preferences.settings
        self.tasks.submit(
            lambda job: self.repair_library(settings, job),
            lane=Lane.WRITING,
            owner=self,
            on_success=lambda _: self._on_repaired(),
            on_failure=self._on_not_opened,
            on_progress=self._show_repairing,
        )

    def _show_repairing(self, progress: Progress) -> None:
        from gui.dialogs.health_wording import stage_text

        if self._not_opened is not None and isValid(self._not_opened):
            self._not_opened.show_stage(stage_text(progress))

    def _on_repaired(self) -> None:
        self._repaired = True
        self.open()

    def _give_way_to(self, successor: "Unpacked") -> None:
        """Let a backup take the place of the library, which is closed for that as by a person."""
        self._successor = successor
        self.window.close()

    def _on_not_opened(self, error: Exception) -> None:
        if isinstance(error, EngineError):
            log.info("The library %s could not be opened: %s", self._folder, error)
            self._not_opened = self.window.show_not_opened(error, self._folder)
        else:
            self.window.messages.error(error)

    def _close(self) -> None:
        """Cancel everything and wait for it in the event loop; the library is closed when nothing uses it."""
        if (settings := self._shown_settings) is not None:
            settings.close()
        if self.library is not None:
            self.library.give_up()  # first: what belongs to the window waits for the threads that load thumbnails
        self._stop_workspace()
        self.tasks.cancel_all()
        self._hiding.start()
        if self.tasks.busy:
            self.tasks.idle.connect(self._close_library, Qt.ConnectionType.SingleShotConnection)
        else:
            # Not at once: Qt ignores a close that is asked for while it handles one.
            QTimer.singleShot(0, self, self._close_library)

    def _stop_workspace(self) -> None:
        if self.window.workspace is not None:
            self.window.workspace.stop()

    def _close_library(self) -> None:
        """Saving the index may take a moment, so this too happens on a worker."""
        library, self.library = self.library, None
        if library is None:
            self._finish()
            return
        self.tasks.submit(
            lambda job: self._put_away(library),
            lane=Lane.WRITING,
            owner=self,
            on_success=lambda outcome: self._on_put_away(),
            on_failure=self._on_not_closed,
        )

    def _put_away(self, library: "Library") -> None:
        library.close()
        if self._successor is not None:
            self._successor.put_in_place()
        elif self.health is not None:
            self.health.discard()
        try:
            self.preferences.save_rest()
        except EngineError as error:
            log.warning("The settings could not be saved: %s", error)

    def _on_put_away(self) -> None:
        self.restart = self._successor is not None
        self._finish()

    def _on_not_closed(self, error: Exception) -> None:
        successor, self._successor = self._successor, None
        if successor is not None and isinstance(error, EngineError):
            self.tasks.submit(lambda job: successor.discard(), lane=Lane.CARING, owner=self)
            self._stay(error)
            return
        log.error("The library could not be closed properly.", exc_info=error)
        self._finish()

    def _stay(self, error: EngineError) -> None:
        """The library is where it was, and can be opened again."""
        self._hiding.stop()
        self.window.show()  # it took so long that it was hidden
        self._on_not_opened(error)
        self.stays.emit()

    def _finish(self) -> None:
        self._hiding.stop()
        self.window.finish_closing()
        self.ended.emit()


def open_library(folder: Path, settings: Settings) -> "Library":
    """Open or create the library."""
    # Imported here, on a worker: the first frame does not wait for numpy and the engine.
    from engine.library import Library

    return Library.open(folder, settings=settings)


def repair_library(folder: Path, settings: Settings, job: Job) -> "VerifyReport":
    """Mend the library while nobody has it open."""
    from engine.repairing import repair  # on a worker, as above

    return repair(folder, settings=settings, job=job)


def start_again(library_folder: Path) -> None:
    """Start the program anew on this library; this one has ended."""
    from gui.training import PROGRAM  # loaded long since

    program, *words = PROGRAM
    QProcess.startDetached(program, [*words, "--library", str(library_folder)])


def answer_later_starts(session: Session, instance: SingleInstance) -> None:
    """Take what later starts were given, but not while the window is closing."""
    instance.arrived.connect(session.arrivals.arrive)
    session.window.closing.connect(instance.leave)
    session.stays.connect(instance.listen)


def run(library_folder: Path, wanted: list[Path] | None = None, paths: AppPaths | None = None) -> int:
    """Open the window, with pictures or folders that are wanted in it, and stay until it is closed.

    Returns the exit status, at once if a window that is open already took what is wanted.
    """
    paths = paths or AppPaths.default()
    application = screen.application()
    instance = SingleInstance(library_folder, paths.state)
    if not instance.is_first(wanted or []):
        return 0
    application.setApplicationName(APP_NAME)
    application.setDesktopFileName(APP_ID)
    application.setWindowIcon(app_icon())
    file = SettingsFile(paths.settings_file)
    settings = file.load().settings
    translation.install(application, settings.language or translation.SYSTEM)
    theme = Theme(application, settings.look, settings.motion)
    net = CrashNet(paths.log, application)
    net.install()
    garbage = GarbageCollector(application)
    garbage.start()
    stop = StopSignals(application)
    # The session says when it is over: a message that is still open must not keep a program without a library alive.
    application.setQuitOnLastWindowClosed(False)
    session = Session(library_folder, partial(open_library, library_folder), paths.state, file)
    keymap().remember_in(WindowState(paths.state))
    session.preferences.changed.connect(lambda changed: theme.use(changed.look, changed.motion))
    session.opened.connect(garbage.keep)
    session.ended.connect(application.quit)
    answer_later_starts(session, instance)
    stop.received.connect(session.window.close)
    stop.install()
    try:
        session.start()
        if net.last_fault:
            _tell_of_last_fault(session.window, net)
        if wanted:
            session.arrivals.arrive(wanted)
        return application.exec()
    finally:
        session.end()
        stop.remove()
        garbage.stop()
        net.remove()
        instance.end()
        if session.restart:
            start_again(library_folder)


def _tell_of_last_fault(window: MainWindow, net: CrashNet) -> None:
    show = Offer(tr("Show the report"), lambda: net.show_last_fault(window))
    window.messages.ask(tr("Lookalike ended unexpectedly last time."), tr("Nothing that was saved is lost."), show)

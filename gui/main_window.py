"""The window: it assembles the panels, takes drops and keys, and owns no logic."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu, QStackedWidget, QWidget

from engine.errors import EngineError
from gui import drops
from gui.accessible import tell_of_painted_widgets
from gui.commands import WINDOW
from gui.dialogs.choosing import choose_folder, choose_pictures
from gui.dialogs.not_opened import NotOpenedPage, OpeningPage
from gui.drop_target import DropPlaces, DropTarget
from gui.icons import app_icon
from gui.intake import Intake
from gui.measures import open_with_size
from gui.menus import add_commands, fill_menu
from gui.messages import Messages
from gui.side_buttons import SideButtons
from gui.tasks import TaskRunner
from gui.translation import tr
from gui.window_state import WindowState

if TYPE_CHECKING:
    from engine.library import Library
    from gui.workspace import Workspace

FIRST_SIZE = (1280, 800)
SMALLEST = QSize(560, 420)


class MainWindow(QMainWindow):
    """Shows itself at once and fills when the library is open.

    Signals:
        filled: the Workspace that shows the library.
        retry_wanted, repair_wanted: the library could not be opened; the user wants another try, or to have it mended.
        settings_wanted, health_wanted, log_wanted: the user asks for these dialogs.
        closing: the user has closed the window; the owner ends the work and calls `finish_closing`.
    """

    filled = Signal(object)
    retry_wanted = Signal()
    repair_wanted = Signal()
    closing = Signal()
    settings_wanted = Signal()
    health_wanted = Signal()
    log_wanted = Signal()

    def __init__(self, tasks: TaskRunner, state: WindowState) -> None:
        super().__init__()
        self._tasks = tasks
        self._state = state
        self._may_close = False
        self.workspace: Workspace | None = None
        tell_of_painted_widgets()
        self.setWindowTitle("Lookalike")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(SMALLEST)
        open_with_size(self, *FIRST_SIZE)
        self._pages = QStackedWidget()
        self._pages.addWidget(OpeningPage())
        self.setCentralWidget(self._pages)
        self.messages = Messages(self._pages)
        self.drop_target = DropTarget(self, self._drop_places)
        self.drop_target.dropped.connect(self.take)
        self.intake = Intake(tasks, self.messages, self)
        self._menu = QMenu(self)
        self.commands = add_commands(self, WINDOW, self._handlers(), Qt.ShortcutContext.WindowShortcut)
        fill_menu(self._menu, self.commands)
        self._enable_commands(False)
        state.restore_window(self)
        self._listen_to_side_buttons()

    def show_library(self, library: "Library") -> None:
        """Fill the window, step by step; `filled` tells when."""
        # Loaded by now on the worker that has opened the library: the first frame waits for none of it.
        from gui.workspace import Workspace

        workspace = Workspace(library, self._tasks, self._state, self.messages, self._menu, self._pages)
        self._go_on(workspace, workspace.build())

    def _go_on(self, workspace: "Workspace", steps: Iterator[None]) -> None:
        """One more step, unless the window is closing."""
        if not self.isEnabled():
            return
        done = object()
        if next(steps, done) is done:
            self._fill(workspace)
        else:
            QTimer.singleShot(0, self, lambda: self._go_on(workspace, steps))

    def _fill(self, workspace: "Workspace") -> None:
        workspace.open_wanted.connect(self._open)
        workspace.paste_wanted.connect(self._paste)
        workspace.add_folder_wanted.connect(self._add_folder)
        self.intake.pictures_ready.connect(workspace.take_pictures)
        self.intake.folders_ready.connect(workspace.add_folders)
        self.intake.models_ready.connect(workspace.models.add)
        self.intake.check_wanted.connect(workspace.checking.check)
        self.intake.downloading_changed.connect(workspace.activity.show_downloading)
        self._state.restore_splitter("sidebar", workspace.sidebar)
        self._state.restore_splitter("window", workspace.splitter)
        self.workspace = workspace
        self._show_page(workspace)
        self._enable_commands(True)
        workspace.start()
        self.filled.emit(workspace)

    def show_not_opened(self, error: EngineError, folder: Path) -> NotOpenedPage:
        """Say why there is no library to show, or none any more."""
        self.workspace = None
        self.setEnabled(True)
        self._enable_commands(False)
        page = NotOpenedPage(error, folder)
        page.retry_wanted.connect(self.retry_wanted)
        page.repair_wanted.connect(self.repair_wanted)
        page.quit_wanted.connect(self.close)
        self._show_page(page)
        (page.retry if page.repair.isHidden() else page.repair).setFocus()
        return page

    def finish_closing(self) -> None:
        """All work has ended."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing waits for the batch at hand, without freezing: the owner ends the work and closes for good."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        if not self.isEnabled():
            return
        self._remember()
        for dialog in self.findChildren(QDialog):
            dialog.reject()  # what is answered from now on would come too late
        self.setEnabled(False)
        self.messages.tell(tr("Finishing…"))
        self.closing.emit()

    def take(self, mime: QMimeData, aim: drops.Aim = drops.Aim.ASK) -> None:
        """Act on what was dropped or pasted."""
        self.intake.take(drops.meaning(mime), aim)

    def _drop_places(self) -> DropPlaces | None:
        if self.workspace is None or not self.isEnabled():
            return None
        return DropPlaces(self.workspace.query_bar.geometry(), self.workspace.has_query)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "open": self._open,
            "paste": self._paste,
            "add_folder": self._add_folder,
            "back": lambda: self._in_workspace(lambda workspace: workspace.searching.back()),
            "forward": lambda: self._in_workspace(lambda workspace: workspace.searching.forward()),
            "undo": lambda: self._in_workspace(lambda workspace: workspace.searching.undo()),
            "redo": lambda: self._in_workspace(lambda workspace: workspace.searching.redo()),
            "clear": lambda: self._in_workspace(lambda workspace: workspace.step_back()),
            "update": lambda: self._in_workspace(lambda workspace: workspace.indexing.update()),
            "sidebar": lambda: self._in_workspace(lambda workspace: workspace.sidebar.toggle()),
            "details": lambda: self._in_workspace(lambda workspace: workspace.details.toggle()),
            "filters": lambda: self._in_workspace(lambda workspace: workspace.exploring.toggle_filters()),
            "browse": lambda: self._in_workspace(lambda workspace: workspace.browse()),
            "have": lambda: self._in_workspace(lambda workspace: workspace.checking.show()),
            "map": lambda: self._in_workspace(lambda of: of.mapping.show_results(of.results, of.browsing)),
            "duplicates": lambda: self._in_workspace(lambda workspace: workspace.deduplicating.show()),
            "filter_history": lambda: self._in_workspace(lambda workspace: workspace.sidebar.filter_history()),
            "export": lambda: self._in_workspace(lambda workspace: workspace.export_results()),
            "rejections": lambda: self._in_workspace(lambda workspace: workspace.doers.deciding.show_rejections()),
            "models": lambda: self._in_workspace(lambda workspace: workspace.models.show()),
            "train": lambda: self._in_workspace(lambda workspace: workspace.training.show()),
            "full_screen": self._toggle_full_screen,
            "settings": self.settings_wanted.emit,
            "health": self.health_wanted.emit,
            "log": self.log_wanted.emit,
            "keys": self._show_keys,
            "about": self._show_about,
            "quit": self.close,
        }

    def _listen_to_side_buttons(self) -> None:
        self.winId()  # makes the window of the system
        back, forward = self.commands["back"].trigger, self.commands["forward"].trigger
        if (window := self.windowHandle()) is not None:
            SideButtons(window, {Qt.MouseButton.BackButton: back, Qt.MouseButton.ForwardButton: forward})

    def _in_workspace(self, run: Callable[["Workspace"], None]) -> None:
        if self.workspace is not None:
            run(self.workspace)

    def _open(self, add: bool = False) -> None:
        aim = drops.Aim.ADD if add else drops.Aim.ASK
        choose_pictures(self, lambda paths: self.intake.take(drops.Files(paths), aim))

    def _paste(self) -> None:
        self.take(QGuiApplication.clipboard().mimeData())

    def _add_folder(self) -> None:
        choose_folder(self, tr("Add a folder with photos"), lambda folder: self.intake.take(drops.Files((folder,))))

    def _show_keys(self) -> None:
        from gui.dialogs.keys import KeysDialog  # the first frame does not wait for what few people open

        KeysDialog(self).show()

    def _show_about(self) -> None:
        from gui.dialogs.about import AboutDialog  # likewise

        AboutDialog(self, self._tasks).show()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _enable_commands(self, enabled: bool) -> None:
        for name, command in self.commands.items():
            command.setEnabled(enabled or name in ("quit", "settings", "log", "keys", "about", "full_screen"))

    def _show_page(self, page: QWidget) -> None:
        old = self._pages.currentWidget()
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if old is not None:
            self._pages.removeWidget(old)
            old.deleteLater()
        self.messages.raise_()

    def _remember(self) -> None:
        splitters = {}
        if self.workspace is not None:
            splitters = {"sidebar": self.workspace.sidebar, "window": self.workspace.splitter}
        self._state.save(self, splitters)

"""Opening photos with other programs: the system's own choice, those used last, any other."""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QMimeDatabase, QObject, QProcess, QStandardPaths
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from shiboken6 import isValid

from engine.errors import EngineError
from engine.records import Photo
from gui.desktop import open_with_system
from gui.dialogs.programs import ProgramsDialog
from gui.icons import icon
from gui.messages import Messages
from gui.programs import Program, all_programs, programs_for
from gui.tasks import Lane, TaskRunner
from gui.translation import tr
from gui.window_state import WindowState

LAST_PROGRAMS = 5
MOST_FILES = 50
"""More windows at once are never meant."""


class OpenWith(QObject):
    """Fills the menu "Open with" and starts programs; they go on when the window is closed."""

    def __init__(self, tasks: TaskRunner, state: WindowState, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._tasks = tasks
        self._state = state
        self._messages = messages
        self._window = window
        self.dialog: QFileDialog | ProgramsDialog | None = None

    def menu(self, photos: Sequence[Photo], parent: QMenu) -> QMenu:
        """The programs come in from a worker while the menu is open already."""
        menu = QMenu(tr("Open with"), parent)
        menu.setIcon(icon("open"))
        paths = [photo.path for photo in photos[:MOST_FILES]]
        menu.addAction(icon("open"), tr("Default program"), partial(self.open_default, paths))
        menu.addSeparator()
        other = menu.addAction(tr("Other program…"), partial(self.ask_for_program, paths))
        self._tasks.submit(
            lambda job: known_programs(paths[0]),
            lane=Lane.READING,
            owner=self,
            on_success=lambda programs: self._fill(menu, other, programs, paths) if isValid(menu) else None,
        )
        return menu

    def open_default(self, paths: Sequence[Path]) -> None:
        """Open with the program that the system prefers."""
        for path in paths:
            self._try(partial(open_with_system, path))

    def open(self, program: Program, paths: Sequence[Path]) -> None:
        """Open with this program, and remember it."""
        self._try(lambda: start(program, paths))
        last = [program.id, *(id for id in self._state.last_programs if id != program.id)]
        self._state.last_programs = last[:LAST_PROGRAMS]

    def ask_for_program(self, paths: Sequence[Path]) -> None:
        """Let the user choose any program."""
        if sys.platform == "win32":
            arguments = ["shell32.dll,OpenAs_RunDLL", str(paths[0])]
            self._try(lambda: start(Program("rundll32", "Windows", ("rundll32", *arguments, "%F")), []))
            return
        if sys.platform == "darwin":
            self._show(QFileDialog(self._window, tr("Choose a program"), "/Applications"), paths)
            return
        self._tasks.submit(
            lambda job: all_programs(_application_folders(), _language()),
            lane=Lane.READING,
            owner=self,
            on_success=lambda programs: self._list(programs, paths),
        )

    def _list(self, programs: list[Program], paths: Sequence[Path]) -> None:
        dialog = ProgramsDialog(programs, self._window)
        dialog.chosen.connect(lambda program: self.open(program, paths))
        dialog.file_chosen.connect(lambda file: self.open(chosen_program(file), paths))
        dialog.open()
        self.dialog = dialog

    def _show(self, dialog: QFileDialog, paths: Sequence[Path]) -> None:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(chosen_program(Path(name)), paths))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self.dialog = dialog

    def _fill(self, menu: QMenu, before: object, programs: list[Program], paths: Sequence[Path]) -> None:
        """Those that were used last come first, among them what the user chose from the disk."""
        known = {program.id: program for program in programs}
        last = [known.get(id) or _from_disk(id) for id in self._state.last_programs]
        ordered = [program for program in dict.fromkeys([*last, *programs]) if program is not None]
        for program in ordered:
            action = menu.addAction(program.name.replace("&", "&&"), partial(self.open, program, paths))
            action.setIcon(QIcon.fromTheme(program.icon))
            menu.insertAction(before, action)  # type: ignore[arg-type]
        if ordered:
            menu.insertSeparator(before)  # type: ignore[arg-type]

    def _try(self, run: Callable[[], object]) -> None:
        try:
            run()
        except EngineError as error:
            self._messages.error(error)


def start(program: Program, paths: Sequence[Path]) -> None:
    """Start a program that goes on by itself; raises EngineError if it cannot be started."""
    for words in program.starts(paths):
        started, _ = QProcess.startDetached(words[0], words[1:], str(paths[0].parent) if paths else "")
        if not started:
            raise EngineError(tr("“{name}” could not be started.", name=program.name), tr("Choose another program."))


def known_programs(path: Path) -> list[Program]:
    """The programs that this desktop knows for a file; empty where only the system itself can tell."""
    if sys.platform in ("win32", "darwin"):
        return []
    kind = QMimeDatabase().mimeTypeForFile(str(path), QMimeDatabase.MatchMode.MatchExtension)
    configs = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.GenericConfigLocation)
    kinds = [kind.name(), *kind.aliases(), *kind.allAncestors()]
    return programs_for(kinds, _application_folders(), [Path(place) for place in configs], _language())


def _application_folders() -> list[Path]:
    """Where desktop files lie, the user's own first."""
    places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.ApplicationsLocation)
    return [Path(place) for place in places]


def _language() -> str:
    return QLocale().name().partition("_")[0]


def chosen_program(path: Path) -> Program:
    """A program that was chosen from the disk."""
    if sys.platform == "darwin" and path.suffix == ".app":
        return Program(str(path), path.stem, ("open", "-a", str(path), "%F"))
    return Program.of_executable(path)


def _from_disk(id: str) -> Program | None:
    """A remembered program that was chosen from the disk, if it is one."""
    return chosen_program(Path(id)) if Path(id).is_absolute() else None

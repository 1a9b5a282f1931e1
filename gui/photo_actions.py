"""What can be done with photos: one table for the context menu, the keys, the viewer and the details."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from engine.records import Photo, SearchResult
from gui.changing import Changes
from gui.collecting import Collecting
from gui.commands import RESULTS, Command
from gui.controls import keyed, surface, tool
from gui.deciding import Deciding
from gui.desktop import copy_paths, copy_picture, reveal
from gui.exporting import Exporting
from gui.icons import icon
from gui.keymap import KeyTip, with_keys
from gui.menus import add_commands
from gui.opening import OpenWith
from gui.pictures import PictureReader, Pixels
from gui.translation import counted, tr
from gui.trashing import Trashing
from gui.window_state import WindowState

ON_THE_BAR = ("more_like", "less_like", "compare", "why", "reveal", "trash")
LARGEST_COPY = 8192  # pixels on a side: the clipboard holds them uncompressed

Photos = Sequence[Photo]
Gather = Callable[[Callable[[list[Photo]], None]], None]


@dataclass(frozen=True, slots=True)
class Doers:
    """Those who carry out what is not done here."""

    deciding: Deciding
    collecting: Collecting
    trashing: Trashing
    exporting: Exporting
    opening: OpenWith

    @classmethod
    def of(
        cls, changes: Changes, state: WindowState, result: Callable[[], SearchResult | None], window: QWidget
    ) -> "Doers":
        """All of them for one library.

        Args:
            result: the answer on screen, or None if no question is asked.
        """
        return cls(
            Deciding(changes, result, window),
            Collecting(changes, window),
            Trashing(changes, window),
            Exporting(changes, result, window),
            OpenWith(changes.tasks, state, changes.messages, window),
        )


class PhotoActions(QObject):
    """Acts on photos, or asks for what only the window can do.

    Signals:
        open_wanted, lookalikes_wanted, region_wanted: with a Photo.
        more_wanted, less_wanted, compare_wanted, why_wanted: with a list of Photos.
        done: a sentence about what was done.
        failed: why something could not be done.
    """

    open_wanted = Signal(object)
    lookalikes_wanted = Signal(object)
    region_wanted = Signal(object)
    more_wanted = Signal(list)
    less_wanted = Signal(list)
    compare_wanted = Signal(list)
    why_wanted = Signal(list)
    done = Signal(str)
    failed = Signal(Exception)

    def __init__(self, reader: PictureReader, doers: Doers, widget: QWidget) -> None:
        super().__init__(widget)
        self._reader = reader
        self._doers = doers
        self._widget = widget
        self._run: Mapping[str, Callable[[Photos], object]] = {
            "more_like": lambda photos: self.more_wanted.emit(list(photos)),
            "less_like": lambda photos: self.less_wanted.emit(list(photos)),
            "region": lambda photos: self.region_wanted.emit(photos[0]),
            "reject": doers.deciding.reject,
            "compare": lambda photos: self.compare_wanted.emit(list(photos)),
            "why": lambda photos: self.why_wanted.emit(list(photos)),
            "pin": doers.deciding.pin,
            "hide": doers.deciding.hide,
            "reveal": self.reveal,
            "copy_path": self.copy_paths,
            "copy_picture": self.copy_picture,
            "export_selected": doers.exporting.export_photos,
            "trash": doers.trashing.ask,
        }

    def listen(self, widget: QWidget, gather: Gather) -> None:
        """Act when a key is pressed in a widget.

        Args:
            gather: hands over the photos that are meant, at once or when they have been read.
        """
        handlers = {name: partial(gather, partial(self._with, run)) for name, run in self._run.items()}
        add_commands(widget, RESULTS, handlers, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def bar(self, gather: Gather) -> QFrame:
        """Buttons for what is wanted most often; the context menu has everything."""
        made = QFrame()
        surface(made, "panel", "above")
        row = QHBoxLayout(made)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        for command in RESULTS:
            if command.name in ON_THE_BAR:
                run = partial(gather, partial(self._with, self._run[command.name]))
                button = tool(command.icon, command.title, run)
                KeyTip(button, command.title, command)
                row.addWidget(button)
        row.addStretch()
        return made

    def show_menu(self, photos: Photos, position: QPoint) -> None:
        """The context menu of these photos."""
        if photos:
            self.menu(photos).popup(position)

    def menu(self, photos: Photos) -> QMenu:
        """Keys are shown beside what they do, as in the table of commands."""
        menu = QMenu(self._widget)
        menu.setObjectName("photo_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(photos) == 1:
            menu.addAction(icon("preview"), keyed(tr("Open"), tr("Enter")), partial(self.open_wanted.emit, photos[0]))
        menu.addMenu(self._doers.opening.menu(photos, menu))
        menu.addSeparator()
        if len(photos) == 1:
            lookalikes = partial(self.lookalikes_wanted.emit, photos[0])
            menu.addAction(icon("lookalikes"), keyed(tr("Find lookalikes of this"), "L"), lookalikes)
        self._add_group(menu, "search", photos)
        menu.addSeparator()
        self._add_group(menu, "decide", photos)
        menu.addMenu(self._doers.collecting.menu(photos, menu))
        menu.addSeparator()
        self._add_group(menu, "file", photos)
        menu.addSeparator()
        self._add_group(menu, "trash", photos)
        return menu

    def reveal(self, photos: Photos) -> None:
        """Show in the file manager."""
        reveal(_paths(photos))

    def copy_paths(self, photos: Photos) -> None:
        """Put the paths on the clipboard."""
        copy_paths(_paths(photos))
        self.done.emit(
            tr("The path is on the clipboard.")
            if len(photos) == 1
            else counted("{n} path copied.", "{n} paths copied.", len(photos))
        )

    def copy_picture(self, photos: Photos) -> None:
        """Put the pixels of the first photo on the clipboard, once they are decoded."""
        self._reader.load(photos[0].path, LARGEST_COPY, self._on_picture, self.failed.emit)

    def _on_picture(self, pixels: Pixels) -> None:
        copy_picture(pixels.image)
        self.done.emit(tr("The picture is on the clipboard."))

    def _add_group(self, menu: QMenu, group: str, photos: Photos) -> None:
        for command in RESULTS:
            if command.menu == group and self._makes_sense(command, photos):
                text = with_keys(_text(command, photos), command)
                menu.addAction(icon(command.icon), text, partial(self._run[command.name], photos))

    def _makes_sense(self, command: Command, photos: Photos) -> bool:
        if command.name in ("copy_picture", "region"):
            return len(photos) == 1
        if command.name in ("compare", "why"):
            return len(photos) == 2 or (len(photos) == 1 and self._doers.deciding.can_reject)
        return command.name != "reject" or self._doers.deciding.can_reject

    def _with(self, run: Callable[[Photos], object], photos: Photos) -> None:
        if photos:
            run(photos)


def _text(command: Command, photos: Photos) -> str:
    """What a command says of these photos: it may count them, or undo what is true of all of them."""
    if command.name == "pin" and all(photo.pinned for photo in photos):
        return tr("Unpin")
    if command.name == "hide" and all(photo.hidden for photo in photos):
        return tr("Show again")
    if command.name == "copy_path":
        return counted("Copy path", "Copy {n} paths", len(photos))
    if command.name == "export_selected":
        return counted("Export…", "Export {n} photos…", len(photos))
    if command.name == "trash":
        return counted("Move to the trash…", "Move {n} photos to the trash…", len(photos))
    return tr(command.text)


def _paths(photos: Photos) -> list[Path]:
    return [photo.path for photo in photos]

"""What can be done with the photos of a result: the context menu and its keys."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from engine.errors import EngineError
from engine.records import Photo, Root
from gui.actions import RESULTS, add_commands, command
from gui.desktop import copy_paths, copy_picture, open_with_system, reveal
from gui.icons import icon
from gui.keymap import with_keys
from gui.pictures import PictureReader, Pixels
from gui.translation import counted, tr

LARGEST_COPY = 8192  # pixels on a side: the clipboard holds them uncompressed


class PhotoActions(QObject):
    """Acts on photos, or asks for what only the window can do.

    Signals:
        open_wanted, lookalikes_wanted: with a Photo.
        more_wanted, less_wanted: with a list of Photos.
        done: a sentence about what was done.
        failed: why something could not be done.
    """

    open_wanted = Signal(object)
    lookalikes_wanted = Signal(object)
    more_wanted = Signal(list)
    less_wanted = Signal(list)
    done = Signal(str)
    failed = Signal(Exception)

    def __init__(self, reader: PictureReader, widget: QWidget, selected: Callable[[], Sequence[Photo]]) -> None:
        """Acts on `selected` when a key is pressed in `widget`."""
        super().__init__(widget)
        self._reader = reader
        self._widget = widget
        handlers = {
            "more_like": lambda: self._with(selected(), lambda photos: self.more_wanted.emit(list(photos))),
            "less_like": lambda: self._with(selected(), lambda photos: self.less_wanted.emit(list(photos))),
            "copy_picture": lambda: self._with(selected(), self.copy_picture),
            "copy_path": lambda: self._with(selected(), self.copy_paths),
            "reveal": lambda: self._with(selected(), self.reveal),
        }
        add_commands(widget, RESULTS, handlers, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_menu(self, photos: Sequence[Photo], position: QPoint) -> None:
        """The context menu of these photos."""
        if photos:
            self.menu(photos).popup(position)

    def menu(self, photos: Sequence[Photo]) -> QMenu:
        """Keys are shown beside what they do, as in the table of commands."""
        menu = QMenu(self._widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        first, wanted = photos[0], list(photos)
        if len(photos) == 1:
            menu.addAction(icon("preview"), f"{tr('Open')}\t{tr('Enter')}", partial(self.open_wanted.emit, first))
            menu.addAction(icon("open"), tr("Open with the default program"), partial(self.open_outside, first))
            menu.addSeparator()
            lookalikes = partial(self.lookalikes_wanted.emit, first)
            menu.addAction(icon("lookalikes"), f"{tr('Find lookalikes of this')}\tL", lookalikes)
        menu.addAction(
            icon("add"), with_keys(tr("More like this"), command("more_like")), partial(self.more_wanted.emit, wanted)
        )
        menu.addAction(
            icon("less"), with_keys(tr("Less like this"), command("less_like")), partial(self.less_wanted.emit, wanted)
        )
        menu.addSeparator()
        menu.addAction(
            icon("reveal"), with_keys(tr("Show in file manager"), command("reveal")), partial(self.reveal, photos)
        )
        paths = counted("Copy path", "Copy {n} paths", len(photos))
        menu.addAction(icon("link"), with_keys(paths, command("copy_path")), partial(self.copy_paths, photos))
        if len(photos) == 1:
            menu.addAction(
                icon("copy"), with_keys(tr("Copy picture"), command("copy_picture")), partial(self.copy_picture, photos)
            )
        return menu

    def open_outside(self, photo: Photo) -> None:
        """Open with the program the system prefers."""
        try:
            open_with_system(photo.path)
        except EngineError as error:
            self.failed.emit(error)

    def reveal(self, photos: Sequence[Photo]) -> None:
        """Show in the file manager."""
        reveal(_paths(photos))

    def reveal_folder(self, root: Root) -> None:
        """Show a folder of the library in the file manager."""
        reveal([root.path])

    def copy_paths(self, photos: Sequence[Photo]) -> None:
        """Put the paths on the clipboard."""
        copy_paths(_paths(photos))
        self.done.emit(
            tr("The path is on the clipboard.")
            if len(photos) == 1
            else counted("{n} path copied.", "{n} paths copied.", len(photos))
        )

    def copy_picture(self, photos: Sequence[Photo]) -> None:
        """Put the pixels of the first photo on the clipboard, once they are decoded."""
        self._reader.load(photos[0].path, LARGEST_COPY, self._on_picture, self.failed.emit)

    def _on_picture(self, pixels: Pixels) -> None:
        copy_picture(pixels.image)
        self.done.emit(tr("The picture is on the clipboard."))

    def _with(self, photos: Sequence[Photo], run: Callable[[Sequence[Photo]], None]) -> None:
        if photos:
            run(photos)


def _paths(photos: Sequence[Photo]) -> list[Path]:
    return [photo.path for photo in photos]

"""What the window remembers of itself: geometry, splitters, thumbnail size. Nothing a person would edit."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

from gui.gallery.captions import DEFAULT, Caption, in_order

FILE_NAME = "window.ini"


class WindowState:
    """Reads and writes one INI file. Every value is read with its type: a new process gets strings back."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    def restore_window(self, window: QMainWindow) -> None:
        """Put the window where it was; without a memory it keeps its own size."""
        geometry = self._bytes("geometry")
        if not geometry.isEmpty():
            window.restoreGeometry(geometry)

    def restore_splitter(self, name: str, splitter: QSplitter) -> None:
        """Put the handles where they were."""
        state = self._bytes(f"splitter/{name}")
        if not state.isEmpty():
            splitter.restoreState(state)

    def save(self, window: QMainWindow, splitters: dict[str, QSplitter]) -> None:
        """Remember the window and its splitters. A full disk loses only this."""
        self._settings.setValue("geometry", window.saveGeometry())
        for name, splitter in splitters.items():
            self._settings.setValue(f"splitter/{name}", splitter.saveState())
        self._settings.sync()

    @property
    def thumbnail_size(self) -> int:
        """Longest side of a thumbnail in the gallery, in pixels."""
        return cast("int", self._settings.value("thumbnail_size", 160, type=int))

    @thumbnail_size.setter
    def thumbnail_size(self, pixels: int) -> None:
        self._settings.setValue("thumbnail_size", pixels)

    @property
    def captions(self) -> tuple[Caption, ...]:
        """What stands under a photo in the gallery."""
        kept = str(self._settings.value("captions", ",".join(DEFAULT), type=str))
        return in_order(kept.split(","))

    @captions.setter
    def captions(self, captions: tuple[Caption, ...]) -> None:
        self._settings.setValue("captions", ",".join(captions))

    @property
    def stacked(self) -> bool:
        """Whether near-identical photos are folded into stacks."""
        return bool(self._settings.value("stacked", True, type=bool))

    @stacked.setter
    def stacked(self, stacked: bool) -> None:
        self._settings.setValue("stacked", stacked)

    @property
    def sidebar_shown(self) -> bool:
        """Whether history and folders are shown beside the results."""
        return bool(self._settings.value("sidebar_shown", True, type=bool))

    @sidebar_shown.setter
    def sidebar_shown(self, shown: bool) -> None:
        self._settings.setValue("sidebar_shown", shown)

    @property
    def details_shown(self) -> bool:
        """Whether the details are shown beside photos."""
        return bool(self._settings.value("details_shown", True, type=bool))

    @details_shown.setter
    def details_shown(self, shown: bool) -> None:
        self._settings.setValue("details_shown", shown)

    @property
    def duplicates(self) -> str:
        """What was looked for last among duplicates, see `gui/duplicates/options.py`; empty at first."""
        return str(self._settings.value("duplicates", "", type=str))

    @duplicates.setter
    def duplicates(self, options: str) -> None:
        self._settings.setValue("duplicates", options)

    def load_keys(self) -> dict[str, str]:
        """Keys that were chosen, by command."""
        self._settings.beginGroup("keys")
        keys = {name: str(self._settings.value(name, "", type=str)) for name in self._settings.childKeys()}
        self._settings.endGroup()
        return keys

    def save_keys(self, keys: dict[str, str]) -> None:
        """Keep the chosen keys and no others."""
        self._settings.remove("keys")
        for name, chosen in keys.items():
            self._settings.setValue(f"keys/{name}", chosen)

    @property
    def last_programs(self) -> list[str]:
        """Ids of the programs that photos were opened with, the last one first."""
        return [id for id in str(self._settings.value("last_programs", "", type=str)).split("\n") if id]

    @last_programs.setter
    def last_programs(self, ids: list[str]) -> None:
        # One text, because a new process reads a list of one as a text.
        self._settings.setValue("last_programs", "\n".join(ids))

    def _bytes(self, key: str) -> QByteArray:
        return cast("QByteArray", self._settings.value(key, QByteArray(), type=QByteArray))

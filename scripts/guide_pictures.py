"""Makes the pictures of docs/: drives the real window over a folder of photos, light and dark, and saves what it shows.

    python scripts/guide_pictures.py PHOTOS          # every picture, into docs/images
    python scripts/guide_pictures.py PHOTOS viewer   # only those whose name begins so

PHOTOS should hold a few hundred real photos in folders of their own subject, which are also trained on. It is copied
first; nothing in it changes. At the end a few photos of the copy go to a memory card, and the largest get copies.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image, ImageEnhance, ImageOps
from PySide6.QtCore import QItemSelectionModel, QMimeData, QUrl
from PySide6.QtWidgets import QApplication, QWidget

from engine.records import QueryPicture, Region, SearchResult
from engine.settings_file import SettingsFile
from gui import translation
from gui.app import Session, open_library
from gui.browsing import View
from gui.theme import Theme
from gui.training import Step
from gui.workspace import Workspace

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
SelectionFlag = QItemSelectionModel.SelectionFlag
LOOKS = ("light", "dark")
SIZE = (1280, 800)
QUALITY = 88
ENOUGH_S = 300
CALM_S = 0.8
SOME = 100
"""Photos that are there when indexing is shown; of few photos, half of them."""
ROUNDS = 8
"""Of events: each layout asks the one around it."""
TALL = 860
"""Pixels, so that all of a dialog can be seen."""
NEW_ONES, SHOWN = 4, 6
"""Photos of the memory card that the library does not have; others that there are copies of."""


class Guide:
    """Somebody who shows the window around, one picture after the other."""

    def __init__(self, application: QApplication, wanted: argparse.Namespace) -> None:
        self._application = application
        self._wanted = wanted
        self._photos = photos = wanted.photos
        home = photos.parent
        self._session = Session(
            home / "library",
            partial(open_library, home / "library"),
            home / "state",
            SettingsFile(home / "settings.toml"),
        )
        self._window = self._session.window

    def show_around(self) -> None:
        """Make every picture."""
        self._session.start()
        self._until(lambda: self._window.workspace is not None)
        self._window.resize(*SIZE)
        self._picture("welcome")
        self._index()
        self._ask()
        self._look_closer()
        self._browse()
        self._open_dialogs()
        self._train()
        self._check_card()
        self._find_duplicates()
        self._show_health()
        self._window.close()
        self._until(lambda: self._session.library is None and not self._window.isVisible())
        self._session.end()

    @property
    def _workspace(self) -> Workspace:
        assert self._window.workspace is not None, "the library has opened"
        return self._window.workspace

    @property
    def _result(self) -> SearchResult:
        assert self._workspace.searching.result is not None, "the question was answered"
        return self._workspace.searching.result

    def _index(self) -> None:
        self._take(self._photos)
        some = min(SOME, sum(file.is_file() for file in self._photos.rglob("*")) // 2)
        self._until(lambda: (latest := self._workspace.watch.latest) and latest.counts.searchable >= some)
        self._picture("indexing", calm=False)
        self._until(lambda: not self._workspace.indexing.running)

    def _ask(self) -> None:
        files = sorted(file for file in self._photos.rglob("*") if file.is_file())
        for part in (0.9, 0.2, 0.5, 0.3, 0.4, 0.7):
            self._search(files[int(part * len(files))])
        model = self._workspace.history.model
        past = [entry for row in range(model.rowCount()) if (entry := model.entry(model.index(row)))]
        self._workspace.remembering.pin(past[-2:-1], pinned=True)
        self._workspace.remembering.rename(past[-3], "Something for the summer")
        result = self._result
        self._select(0)
        self._picture("results")
        self._picture("history", of=self._workspace.sidebar)
        more = QueryPicture(result.matches[3].photo.path)
        less = QueryPicture(result.matches[8].photo.path, weight=-1.0)
        self._workspace.take_pictures([more, less], add=True)
        self._until(lambda: (found := self._workspace.searching.result) and less in found.query.pictures)
        self._picture("query")
        self._workspace.searching.undo()
        self._calm()

    def _look_closer(self) -> None:
        gallery, stage = self._workspace.results.gallery, self._workspace.stage
        photo = self._result.matches[2].photo
        self._workspace.cutting.change(0)
        self._calm()
        self._workspace.picker.canvas.set_region(Region(0.2, 0.1, 0.6, 0.5))
        self._picture("region")
        self._workspace.step_back()
        stage.open_viewer(photo)
        self._picture("viewer")
        stage.close_viewer()
        stage.compare([photo])
        self._picture("compare")
        self._workspace.step_back()
        stage.compare([photo], why=True)
        self._until(lambda: self._workspace.comparison.changes.canvas.heat is not None)
        self._picture("why")
        self._workspace.step_back()
        gallery.setFocus()

    def _browse(self) -> None:
        self._workspace.exploring.view(View.TIMELINE)
        self._workspace.exploring.toggle_filters()
        self._picture("timeline")
        self._workspace.exploring.toggle_filters()
        self._workspace.library_panel.map.click()
        self._until(lambda: self._workspace.atlas.canvas.atlas is not None)
        self._picture("map")
        self._workspace.step_back()

    def _open_dialogs(self) -> None:
        self._workspace.models.show()
        models = self._workspace.models.dialog
        assert models is not None, "it was just opened"
        self._until(models.cards)
        self._picture("models", of=models)
        models.close()
        settings = self._session.show_settings()
        self._picture("settings", of=settings)
        settings.close()

    def _train(self) -> None:
        training = self._workspace.training
        training.show()
        dialog = training.dialog
        assert dialog is not None, "it was just opened"
        self._until(dialog.choosing.base.count)
        dialog.choosing.add_sources([_folder_of_folders(self._photos)])
        dialog.choosing.look.click()
        self._until(lambda: training.step is Step.EXAMINED)
        self._picture("labels", of=dialog)
        dialog.examined.learn.click()
        self._until(lambda: training.step is Step.JUDGED)
        self._picture("training", of=dialog)
        dialog.close()

    def _check_card(self) -> None:
        card = self._photos.parent / "EOS_DIGITAL"
        _put_on_card(self._photos, card / "DCIM" / "100CANON")
        self._update(self._window.commands["update"].trigger)
        self._window.activateWindow()
        self._workspace.exploring.view(View.ALL)
        self._workspace.checking.check([card])
        page = self._workspace.checking.page
        assert page is not None, "it is shown"
        self._until(lambda: not page.running)
        page.list.setFocus()
        for row in range(2):
            page.list.selectionModel().setCurrentIndex(page.model.index(row), SelectionFlag.Select)
        self._picture("have")
        self._workspace.step_back()

    def _find_duplicates(self) -> None:
        shared = self._photos.parent / "Shared"
        _make_copies(self._photos, shared)
        self._update(lambda: self._take(shared))
        self._workspace.deduplicating.show()
        page = self._workspace.deduplicating.page
        self._until(page.start.look.isVisible)
        page.start.look.click()
        self._until(lambda: page.reviewing and not self._workspace.deduplicating.finding)
        self._picture("duplicates")
        self._workspace.step_back()

    def _show_health(self) -> None:
        self._window.commands["health"].trigger()
        health = self._session.health
        self._until(lambda: health.dialog is not None and health.dialog.isVisible())
        dialog = health.dialog
        assert dialog is not None, "it was just opened"
        for deed in (dialog.check.check, dialog.index.test):
            deed.click()
            self._until(deed.isEnabled)
        dialog.backup.back_up.click()
        assert health.chooser is not None, "it was just opened"
        health.chooser.fileSelected.emit(str(self._photos.parent / "lookalike.zip"))
        health.chooser.close()
        self._until(dialog.backup.back_up.isEnabled)
        dialog.resize(dialog.width(), TALL)
        dialog.close_button.setFocus()
        self._picture("health", of=dialog)
        dialog.close()

    def _search(self, file: Path) -> None:
        self._take(file)
        searching = self._workspace.searching
        self._until(lambda: searching.result and searching.result.query.pictures[0].path == file)
        self._calm()

    def _update(self, begin: Callable[[], object]) -> None:
        begin()
        self._until(lambda: self._workspace.indexing.running)
        self._until(lambda: not self._workspace.indexing.running)

    def _take(self, path: Path) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        self._window.take(mime)

    def _select(self, row: int) -> None:
        gallery = self._workspace.results.gallery
        gallery.setCurrentIndex(gallery.model().index(row, 0))
        gallery.setFocus()

    def _picture(self, name: str, *, of: QWidget | None = None, calm: bool = True) -> None:
        self._window.messages.clear()
        if calm:
            self._calm()
        else:
            for _ in range(ROUNDS):  # what was just told is laid out
                self._application.processEvents()
        if name.startswith(self._wanted.only):
            file = self._wanted.to / f"{name}-{self._wanted.look}.jpg"
            if not (of or self._window).grab().save(str(file), "JPEG", QUALITY):
                raise OSError(f"{file} could not be written.")

    def _until(self, test: Callable[[], object]) -> None:
        end = time.monotonic() + ENOUGH_S
        while not test():
            if time.monotonic() > end:
                raise TimeoutError("The window did not come so far in time.")
            self._application.processEvents()
            time.sleep(0.01)

    def _calm(self) -> None:
        """Let thumbnails and counts arrive."""
        end = time.monotonic() + CALM_S
        self._until(lambda: time.monotonic() > end and not self._session.tasks.busy)


def _folder_of_folders(photos: Path) -> Path:
    """The folder that has the most folders in it."""
    folders = [photos, *(place for place in photos.rglob("*") if place.is_dir())]
    return max(folders, key=lambda folder: sum(place.is_dir() for place in folder.iterdir()))


def _put_on_card(photos: Path, card: Path) -> None:
    """Photos that leave the library, and some of it as they may come back: as they are, smaller, edited, mirrored."""
    files = sorted(file for file in photos.rglob("*") if file.is_file())
    card.mkdir(parents=True)
    for number, file in enumerate(files[:: len(files) // NEW_ONES + 1]):
        file.rename(card / f"IMG_{2041 + number}.JPG")
    deeds: tuple[Callable[[Image.Image], Image.Image] | None, ...] = (None, _smaller, _edited, ImageOps.mirror, None)
    for number, (file, deed) in enumerate(zip(_largest(photos), deeds, strict=False), 2050):
        _write_copy(file, card / f"IMG_{number}.JPG", deed)


def _make_copies(photos: Path, folder: Path) -> None:
    """Copies of some photos as phones make them and send them on."""
    folder.mkdir()
    best, *others = _largest(photos)
    _write_copy(best, folder / f"{best.stem} (1).jpg", None)
    _write_copy(best, folder / "IMG-20240613-WA0003.jpg", _smaller)
    _write_copy(best, folder / f"{best.stem}_edited.jpg", _edited)
    for number, file in enumerate(others, 4):
        _write_copy(file, folder / f"IMG-20240613-WA{number:04}.jpg", _smaller if number % 2 else None)


def _largest(photos: Path) -> list[Path]:
    """The largest file of some folders: they promise good pictures."""
    files = sorted(photos.rglob("*.[jJ][pP][gG]"), key=lambda file: file.stat().st_size)
    largest = {file.parent: file for file in files}.values()
    return sorted(largest, key=lambda file: -file.stat().st_size)[:SHOWN]


def _write_copy(file: Path, copy: Path, deed: Callable[[Image.Image], Image.Image] | None) -> None:
    if deed is None:
        shutil.copy2(file, copy)
        return
    with Image.open(file) as picture:
        deed(ImageOps.exif_transpose(picture)).save(copy, quality=88)


def _smaller(picture: Image.Image) -> Image.Image:
    return ImageOps.scale(picture, 0.5)


def _edited(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    part = picture.crop((width // 10, height // 12, width - width // 12, height - height // 10))
    return ImageEnhance.Brightness(part).enhance(1.15)


def show_around(wanted: argparse.Namespace) -> None:
    """Make the pictures of one look; each in a process of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    translation.install(application, "en")
    Theme(application, wanted.look)
    Guide(application, wanted).show_around()


def main() -> int:
    """Make the pictures that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path, metavar="PHOTOS")
    parser.add_argument("only", nargs="?", default="", metavar="NAME")
    parser.add_argument("--to", type=Path, default=IMAGES, metavar="FOLDER", help="where the pictures go")
    parser.add_argument("--look", choices=LOOKS, help="only this one; the library lies beside PHOTOS")
    wanted = parser.parse_args()
    if wanted.look:
        show_around(wanted)
        return 0
    for look in LOOKS:
        with tempfile.TemporaryDirectory(prefix="lookalike-") as home:
            photos = Path(home) / "Pictures"
            shutil.copytree(wanted.photos, photos)
            command = [sys.executable, __file__, str(photos), wanted.only, "--look", look, "--to", str(wanted.to)]
            subprocess.run(command, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

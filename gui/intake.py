"""Takes in what was dropped, pasted or opened: pictures become queries, folders are indexed, links are asked about."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.download import fetch_picture
from engine.errors import EngineError, NotFoundError
from engine.models.manifest import MANIFEST, MODEL
from engine.records import QueryPicture
from engine.settings import Downloads
from gui.drops import MODEL_EXTENSIONS, Drop, Files, OwnPhotos, PictureData, WebLink
from gui.tasks import Lane, TaskRunner
from gui.translation import tr

FASTEST = 10  # of 0..100: hardly compressed, which is several times faster and costs nobody anything


class Intake(QObject):
    """Sorts drops. Nothing here touches a disk or the network on this thread.

    Attributes:
        downloads: whether a link may be followed once the user agrees.

    Signals:
        pictures_ready: a list of QueryPictures, and whether they add to the query on screen.
        folders_ready: a list of folders to index.
        models_ready: a list of files and folders that are embedding models.
        failed: why a drop is of no use.
        downloading_changed: the site that is being asked, or "".
    """

    pictures_ready = Signal(list, bool)
    folders_ready = Signal(list)
    models_ready = Signal(list)
    failed = Signal(Exception)
    downloading_changed = Signal(str)

    def __init__(self, tasks: TaskRunner, window: QWidget) -> None:
        super().__init__(window)
        self._tasks = tasks
        self._window = window
        self.downloads = Downloads.ASK
        self.question: QMessageBox | None = None

    def take(self, drop: Drop | None, *, add: bool = False) -> None:
        """Act on what was dropped or pasted; `add` makes pictures part of the query on screen."""
        match drop:
            case OwnPhotos(paths):
                self.pictures_ready.emit([QueryPicture(path=path) for path in paths], add)
            case Files(paths):
                self._take_files(paths, add=add)
            case PictureData(picture):
                self._take_data(picture, add=add)
            case WebLink():
                self._ask_about(drop, add=add)
            case None:
                self.failed.emit(
                    EngineError(tr("There is no picture in that."), tr("Drop or copy a photo or a folder."))
                )

    def _take_files(self, paths: tuple[Path, ...], *, add: bool) -> None:
        self._tasks.submit(
            lambda job: _sorted(paths),
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda found: self._use_files(*found, add=add),
            on_failure=self.failed.emit,
        )

    def _use_files(self, models: list[Path], folders: list[Path], files: list[Path], *, add: bool) -> None:
        if models:
            self.models_ready.emit(models)
        if folders:
            self.folders_ready.emit(folders)
        if files:
            self.pictures_ready.emit([QueryPicture(path=path) for path in files], add)

    def _take_data(self, picture: bytes | QImage, *, add: bool) -> None:
        if isinstance(picture, bytes):
            self.pictures_ready.emit([QueryPicture(data=picture)], add)
            return
        self._tasks.submit(
            lambda job: png_bytes(picture),
            lane=Lane.ANSWERING,
            owner=self,
            on_success=lambda data: self.pictures_ready.emit([QueryPicture(data=data)], add),
            on_failure=self.failed.emit,
        )

    def _ask_about(self, link: WebLink, *, add: bool) -> None:
        """A window-modal question: nothing is sent to the site before the answer."""
        if self.downloads is Downloads.NEVER:
            said = tr("Nothing was downloaded from {host}: your settings say never.", host=link.host)
            self.failed.emit(EngineError(said, tr("Save the picture and drop the file, or change it under Privacy.")))
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Download this picture?"))
        box.setText(tr("Download this picture from {host}?", host=link.host))
        box.setInformativeText(tr("The site will see your network address, as it does when you open it in a browser."))
        download = box.addButton(tr("Download"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Don’t download"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(download)
        box.finished.connect(lambda: self._on_answered(box.clickedButton() is download, link, add=add))
        self.question = box
        box.open()

    def _on_answered(self, agreed: bool, link: WebLink, *, add: bool) -> None:
        if self.question is not None:
            self.question.deleteLater()
            self.question = None
        if agreed:
            self._download(link, add=add)

    def _download(self, link: WebLink, *, add: bool) -> None:
        self.downloading_changed.emit(link.host)
        self._tasks.submit(
            lambda job: fetch_picture(link.url, job),
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda data: self._on_downloaded(data, add=add),
            on_failure=self._on_download_failed,
            on_cancel=lambda: self.downloading_changed.emit(""),
        )

    def _on_downloaded(self, data: bytes, *, add: bool) -> None:
        self.downloading_changed.emit("")
        self.pictures_ready.emit([QueryPicture(data=data)], add)

    def _on_download_failed(self, error: Exception) -> None:
        self.downloading_changed.emit("")
        self.failed.emit(error)


def _sorted(paths: tuple[Path, ...]) -> tuple[list[Path], list[Path], list[Path]]:
    """Models, folders and files; raises NotFoundError."""
    models = [path for path in paths if _is_model(path)]
    return (models, *sort_files(tuple(path for path in paths if path not in models)))


def _is_model(path: Path) -> bool:
    """Whether its name or its files say so; whether it works is told when it is added."""
    if path.is_dir():
        return (path / MODEL).is_file() and (path / MANIFEST).is_file()
    return path.suffix.lower() in MODEL_EXTENSIONS and path.exists()


def sort_files(paths: tuple[Path, ...]) -> tuple[list[Path], list[Path]]:
    """Folders and files.

    Raises:
        NotFoundError: one of them does not exist.
    """
    for path in paths:
        if not path.exists():
            raise NotFoundError(
                tr("There is no “{path}”.", path=path), tr("It may have been moved, or its drive is not connected.")
            )
    return [path for path in paths if path.is_dir()], [path for path in paths if not path.is_dir()]


def png_bytes(image: QImage) -> bytes:
    """The picture as a PNG file in memory."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setCompression(FASTEST)
    writer.write(image)
    return bytes(data.data())

"""Takes in what was dropped, pasted or opened: pictures become queries, folders are indexed, links are asked about."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from engine.download import fetch_picture
from engine.errors import EngineError
from engine.imaging.formats import HEADER_BYTES, sniff
from engine.records import QueryPicture
from engine.settings import Downloads
from gui.addresses import held_picture
from gui.dialogs.question import Question, ask
from gui.drops import Aim, Drop, EmbeddedPicture, Files, OwnPhotos, PictureData, WebLink
from gui.gallery.wording import shown_name, shown_path
from gui.messages import Messages, Offer
from gui.sifting import Sifted, account, objection, sift
from gui.tasks import Lane, TaskRunner
from gui.translation import counted, tr

FASTEST = 10  # of 0..100: hardly compressed, which is several times faster and costs nobody anything


class Intake(QObject):
    """Sorts drops. Nothing here touches a disk or the network on this thread.

    Attributes:
        downloads: whether a link may be followed once the user agrees.

    Signals:
        pictures_ready: a list of QueryPictures, and whether they add to the query on screen.
        folders_ready: a list of folders to index.
        models_ready: a list of files and folders that are embedding models.
        downloading_changed: the site that is being asked, or "".
    """

    pictures_ready = Signal(list, bool)
    folders_ready = Signal(list)
    models_ready = Signal(list)
    downloading_changed = Signal(str)

    def __init__(self, tasks: TaskRunner, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._tasks = tasks
        self._messages = messages
        self._window = window
        self.downloads = Downloads.ASK

    def take(self, drop: Drop | None, aim: Aim = Aim.ASK) -> None:
        """Act on what was dropped, pasted or named."""
        match drop:
            case OwnPhotos(paths):
                self.pictures_ready.emit([QueryPicture(path=path) for path in paths], aim.adds)
            case Files():
                self._take_files(drop, aim)
            case PictureData() | EmbeddedPicture():
                self._take_data(drop, aim)
            case WebLink():
                self._ask_about(drop, aim)
            case None:
                self._messages.error(
                    EngineError(tr("There is no picture in that."), tr("Drop or copy a photo or a folder."))
                )

    def _take_files(self, files: Files, aim: Aim) -> None:
        self._tasks.submit(
            lambda job: sift(files.paths, files.elsewhere),
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda sifted: self._use(sifted, aim),
            on_failure=self._messages.error,
        )

    def _use(self, sifted: Sifted, aim: Aim) -> None:
        """Every part that can be used is, and the rest is told of."""
        if not sifted.useful:
            self._messages.error(objection(sifted))
            return
        if sifted.pictures:
            self.pictures_ready.emit([QueryPicture(path=path) for path in sifted.pictures], aim.adds)
        if sifted.models:
            self.models_ready.emit(list(sifted.models))
        if sifted.folders and aim.asks_about_folders:
            self._offer(list(sifted.folders))
        elif sifted.folders:
            self.folders_ready.emit(list(sifted.folders))
        if sifted.refused:
            self._messages.error(EngineError(account(sifted, aim)))
        elif sifted.useful > 1 + (bool(sifted.folders) and aim.asks_about_folders):
            self._messages.tell(account(sifted, aim))

    def _offer(self, folders: list[Path]) -> None:
        """To index what was named or dropped where only pictures are wanted may be more than was meant."""
        one = folders[0]
        self._messages.ask(
            tr("Index “{name}”?", name=shown_name(one) if one.name else shown_path(one))
            if len(folders) == 1
            else counted("Index {n} folder?", "Index {n} folders?", len(folders)),
            tr("Its photos become searchable. They stay where they are."),
            Offer(
                tr("Index this folder") if len(folders) == 1 else tr("Index these folders"),
                lambda: self.folders_ready.emit(folders),
            ),
        )

    def _take_data(self, drop: PictureData | EmbeddedPicture, aim: Aim) -> None:
        self._tasks.submit(
            lambda job: _encoded(drop),
            lane=Lane.ANSWERING,
            owner=self,
            on_success=lambda data: self.pictures_ready.emit([QueryPicture(data=data)], aim.adds),
            on_failure=self._messages.error,
        )

    def _ask_about(self, link: WebLink, aim: Aim) -> None:
        """A window-modal question: nothing is sent to the site before the answer."""
        if self.downloads is Downloads.NEVER:
            said = tr("Nothing was downloaded from {host}: your settings say never.", host=link.host)
            self._messages.error(
                EngineError(said, tr("Save the picture and drop the file, or change it under Privacy."))
            )
            return
        question = Question(
            tr("Download this picture?"),
            tr("Download this picture from {host}?", host=link.host),
            tr("The site will see your network address, as it does when you open it in a browser."),
            yes=tr("Download"),
            no=tr("Don’t download"),
            harmless=True,
        )
        ask(self._window, question, lambda: self._download(link, aim))

    def _download(self, link: WebLink, aim: Aim) -> None:
        self.downloading_changed.emit(link.host)
        self._tasks.submit(
            lambda job: fetch_picture(link.url, job),
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda data: self._on_downloaded(data, aim),
            on_failure=self._on_download_failed,
            on_cancel=lambda: self.downloading_changed.emit(""),
        )

    def _on_downloaded(self, data: bytes, aim: Aim) -> None:
        self.downloading_changed.emit("")
        self.pictures_ready.emit([QueryPicture(data=data)], aim.adds)

    def _on_download_failed(self, error: Exception) -> None:
        self.downloading_changed.emit("")
        self._messages.error(error)


def _encoded(drop: PictureData | EmbeddedPicture) -> bytes:
    """The picture as a file in memory.

    Raises:
        EngineError: what an address holds is no picture.
    """
    if isinstance(drop, PictureData):
        return drop.picture if isinstance(drop.picture, bytes) else png_bytes(drop.picture)
    data = held_picture(drop.address)
    if sniff(data[:HEADER_BYTES]) is None:
        raise EngineError(tr("That picture cannot be read."), tr("Save it as a file and drop the file."))
    return data


def png_bytes(image: QImage) -> bytes:
    """The picture as a PNG file in memory."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setCompression(FASTEST)
    writer.write(image)
    return bytes(data.data())

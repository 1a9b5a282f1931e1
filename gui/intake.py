"""Takes in what was dropped, pasted or opened: pictures become queries, folders are indexed, links are asked about."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from engine.errors import EngineError
from engine.imaging.formats import HEADER_BYTES, sniff
from engine.jobs import Job
from engine.records import QueryPicture
from engine.settings import Downloads
from gui.addresses import held_picture
from gui.dialogs.question import Question, ask
from gui.drops import Addressed, Aim, Drop, Files, OwnPhotos, PictureData
from gui.gallery.wording import shown_name, shown_path
from gui.messages import Messages, Offer
from gui.sifting import Sifted, account, objection, sift
from gui.tasks import Lane, TaskRunner
from gui.translation import counted, tr

if TYPE_CHECKING:
    from engine.download import Fetched

MOST_SHOWN = 60  # of an address, which may be endless
FASTEST = 10  # of 0..100: hardly compressed, which is several times faster and costs nobody anything


class Intake(QObject):
    """Sorts drops. Nothing here touches a disk or the network on this thread.

    Attributes:
        downloads: whether a link may be followed once the user agrees.

    Signals:
        pictures_ready: a list of QueryPictures, and whether they add to the query on screen.
        folders_ready: a list of folders to index.
        models_ready: a list of files and folders that are embedding models.
        check_wanted: a list of folders and photos of which it is to be told whether the library has them.
        downloading_changed: the site that is being asked, or "".
    """

    pictures_ready = Signal(list, bool)
    folders_ready = Signal(list)
    models_ready = Signal(list)
    check_wanted = Signal(list)
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
            case PictureData():
                self._fetch(lambda job: _fetched((_encoded(drop),)), Lane.ANSWERING, aim)
            case Addressed():
                self._take_addressed(drop, aim)
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
        if sifted.models:
            self.models_ready.emit(list(sifted.models))
        if aim is Aim.CHECK:
            self._check(sifted)
            return
        if sifted.pictures:
            self.pictures_ready.emit([QueryPicture(path=path) for path in sifted.pictures], aim.adds)
        if sifted.folders and aim.asks_about_folders:
            self._offer(list(sifted.folders))
        elif sifted.folders:
            self.folders_ready.emit(list(sifted.folders))
        if sifted.refused:
            self._messages.error(EngineError(account(sifted, aim)))
        elif sifted.useful > 1 + (bool(sifted.folders) and aim.asks_about_folders):
            self._messages.tell(account(sifted, aim))

    def _check(self, sifted: Sifted) -> None:
        """What cannot be read is a row of its own on the page of the check."""
        places = [*sifted.folders, *sifted.pictures]
        if places:
            self.check_wanted.emit(places)
        if sifted.refused:
            self._messages.error(EngineError(account(sifted, Aim.CHECK)))

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
            Offer(tr("Do I have these photos?"), lambda: self.check_wanted.emit(folders)),
        )

    def _take_addressed(self, drop: Addressed, aim: Aim) -> None:
        """What is held is used at once; what is downloaded after a yes joins it."""
        if drop.partial:
            self._messages.error(_no_way_to(drop.partial))
        if drop.held:
            self._fetch(lambda job: _held(drop.held), Lane.ANSWERING, aim)
            aim = Aim.ADD
        if drop.links:
            self._ask_about(drop, aim)

    def _ask_about(self, drop: Addressed, aim: Aim) -> None:
        """A window-modal question that names every site: nothing is sent to any before the answer."""
        hosts = ", ".join(drop.hosts)
        if self.downloads is Downloads.NEVER:
            said = tr("Nothing was downloaded from {host}: your settings say never.", host=hosts)
            self._messages.error(
                EngineError(said, tr("Save the picture and drop the file, or change it under Privacy."))
            )
            return
        ask(self._window, _whether_to_download(drop, hosts), lambda: self._download(drop, hosts, aim))

    def _download(self, drop: Addressed, hosts: str, aim: Aim) -> None:
        self.downloading_changed.emit(hosts)
        self._fetch(
            lambda job: _fetch_links(drop.links, job), Lane.FETCHING, aim, lambda: self.downloading_changed.emit("")
        )

    def _fetch(
        self, call: "Callable[[Job], Fetched]", lane: Lane, aim: Aim, then: Callable[[], None] = lambda: None
    ) -> None:
        """Use what can be had, and tell of what cannot."""

        def on_success(fetched: "Fetched") -> None:
            then()
            if fetched.pictures:
                self.pictures_ready.emit([QueryPicture(data=data) for data in fetched.pictures], aim.adds)
            if fetched.refused:
                self._messages.error(_refusal(fetched))

        def on_failure(error: Exception) -> None:
            then()
            self._messages.error(error)

        self._tasks.submit(call, lane=lane, owner=self, on_success=on_success, on_failure=on_failure, on_cancel=then)


def _whether_to_download(drop: Addressed, hosts: str) -> Question:
    count = len(drop.links)
    many = counted("Download {n} picture from {hosts}?", "Download {n} pictures from {hosts}?", count, hosts=hosts)
    one_site = tr("The site will see your network address, as it does when you open it in a browser.")
    sites = tr("The sites will see your network address, as they do when you open them in a browser.")
    return Question(
        tr("Download this picture?") if count == 1 else tr("Download these pictures?"),
        tr("Download this picture from {host}?", host=hosts) if count == 1 else many,
        one_site if len(drop.hosts) == 1 else sites,
        yes=tr("Download"),
        no=tr("Don’t download"),
        harmless=True,
    )


def _no_way_to(partial: Sequence[str]) -> EngineError:
    shown = partial[0] if len(partial[0]) <= MOST_SHOWN else f"{partial[0][:MOST_SHOWN]}…"
    one = tr("The page names its picture only as “{address}”, and its own address did not come along.", address=shown)
    many = tr("The address of the page did not come along, and without it its pictures cannot be found.")
    return EngineError(one if len(partial) == 1 else many, tr("Save the picture and drop the file."))


def _refusal(fetched: "Fetched") -> EngineError:
    """Why there are fewer pictures than were wanted; of several reasons the first."""
    first, count = fetched.refused[0], len(fetched.refused)
    if count == 1 and not fetched.pictures:
        return first
    text = counted("{n} picture could not be had.", "{n} pictures could not be had.", count)
    return EngineError(f"{text} {first.message}", first.hint)


def _held(addresses: Sequence[str]) -> "Fetched":
    """The pictures that addresses hold."""
    files = [held_picture(address) for address in addresses]
    pictures = tuple(file for file in files if sniff(file[:HEADER_BYTES]) is not None)
    unreadable = EngineError(tr("That picture cannot be read."), tr("Save it as a file and drop the file."))
    return _fetched(pictures, (unreadable,) * (len(files) - len(pictures)))


def _fetch_links(links: Sequence[str], job: Job) -> "Fetched":
    # Only here, on a worker: the first frame does not wait for what speaks to the network.
    from engine.download import fetch_pictures

    return fetch_pictures(links, job)


def _fetched(pictures: tuple[bytes, ...], refused: tuple[EngineError, ...] = ()) -> "Fetched":
    from engine.download import Fetched  # as above

    return Fetched(pictures, refused)


def _encoded(drop: PictureData) -> bytes:
    """The picture as a file in memory."""
    return drop.picture if isinstance(drop.picture, bytes) else png_bytes(drop.picture)


def png_bytes(image: QImage) -> bytes:
    """The picture as a PNG file in memory."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setCompression(FASTEST)
    writer.write(image)
    return bytes(data.data())

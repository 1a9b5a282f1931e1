"""A library: one folder with everything Lookalike keeps. Opens, owns and closes the parts below; thin."""

import importlib.resources
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Self, cast

from engine.answering import Answering, index_name
from engine.backup import Backup
from engine.care import Care
from engine.catalog.catalog import Catalog
from engine.catalog.exclusions import LeftOut
from engine.catalog.photos import Counts
from engine.catalog.thumbnails import Thumbnails
from engine.duplicates.duplicates import Duplicates
from engine.errors import EngineError, LibraryReadOnlyError, LibraryUnusableError, StorageFullError
from engine.evaluation.embedding import KnownPhotos
from engine.excludes import Excludes, cleaned
from engine.having.checking import Having
from engine.imaging.lightbox import BYTES_PER_PIXEL, ForgetPictureTask, PictureStrip, PictureTask, strips
from engine.imaging.metadata import PhotoMetadata
from engine.indexing.pipeline import decode_limits, worker_limits
from engine.indexing.reading import MetadataTask, ThumbnailTask
from engine.indexing.update import LibraryUpdate
from engine.indexing.watcher import Watcher
from engine.jobs import Job, Progress
from engine.locking import LibraryLock
from engine.looks import Looks
from engine.maps import Maps
from engine.models.checking import ModelCheck, check_model
from engine.models.installed import Models
from engine.models.registry import ModelRegistry
from engine.paths import absolute
from engine.processes import Processes, Readers
from engine.records import IndexReport, LastUpdate, Photo, Query, QueryPicture, Region, Root, SearchResult
from engine.search.explanation import Explanation
from engine.search.preparing import PictureSource
from engine.search.standing import tell_standing_queries
from engine.settings import Settings
from engine.status import LibraryStatus, describe
from engine.trashing import PhotoTrash
from engine.verification import VerifyReport

CATALOG = "catalog.db"
INDEXES = "index"


class Library:
    """An open library. Any thread may call any method; `close` ends its worker processes.

    Attributes:
        folder: where everything is kept.
        roots: the folders a person added; what is left out of them is changed with `exclude`.
        photos: looking photos up.
        browsing: listing and counting photos.
        coverage: the files that are not searchable, and another try for them.
        history: remembered queries.
        decisions: what a person pinned, hid and rejected.
        collections: named sets of photos.
        maps: photos laid out so that alike ones lie near each other.
        looks: photos arranged so that neighbours look alike.
        trash: moving photos to the system's trash, and back.
        models: the embedding models.
        duplicates: finding copies and bursts, and what was decided about them.
        having: what there is of files from outside.
        care: how the library is, and keeping it whole and small.
    """

    def __init__(self, folder: Path, bundled_models: Path, settings: Settings) -> None:
        self.folder = folder
        self._settings = settings
        self._processes = Processes(settings)
        self._catalog = Catalog(folder / CATALOG)
        self._thumbnails = Thumbnails(folder / "thumbnails.db", read_only=self.read_only)
        self.roots = self._catalog.roots
        self.photos = self._catalog.photos
        self.browsing = self._catalog.browsing
        self.coverage = self._catalog.coverage
        self.history = self._catalog.history
        self.decisions = self._catalog.decisions
        self.collections = self._catalog.collections
        self.trash = PhotoTrash(self._catalog.presence)
        self.models = Models(ModelRegistry(bundled_models, folder / "models"), self._catalog.embeddings)
        self._lock = LibraryLock(folder, read_only=self.read_only)
        self._viewers = self._processes.readers(None)
        self._ended: list[Readers] = []
        self._watchers: list[Watcher] = []
        self._answering = Answering(self._catalog, self.models, folder / INDEXES, self._processes, self._thumbnail)
        self.maps = Maps(self.browsing, self._answering, folder / INDEXES)
        self.looks = Looks(self.browsing, self._catalog.embeddings, self._answering)
        self.duplicates = Duplicates(self._catalog, self._answering, self._processes, self.trash, self._thumbnail)
        self.having = Having(self._catalog, self._answering, self._processes)
        self.care = Care(folder, self._catalog, self._thumbnails, self.models, self._answering, self._lock)
        self._closed = False

    @classmethod
    def open(cls, folder: Path, bundled_models: Path | None = None, settings: Settings | None = None) -> Self:
        """Open the library in this folder; make it if there is none.

        One that may not be written to is opened all the same, see `read_only`.

        Raises:
            LibraryUnusableError: the folder cannot be made, read or written, or belongs to something else.
            CatalogTooNewError: a newer program wrote it.
            CatalogDamagedError: SQLite cannot make sense of its catalogue.
        """
        folder = absolute(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryUnusableError(
                f"The library folder {folder} cannot be made: {error.strerror or error}.", "Choose another folder."
            ) from error
        return cls(folder, bundled_models or default_models(), settings or Settings())

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written: no history is kept, and what has to write raises LibraryReadOnlyError."""
        return self._catalog.read_only

    def require_writable(self) -> None:
        """Raise LibraryReadOnlyError if the library is read-only."""
        self._catalog.require_writable()

    def close(self) -> None:
        """End the worker processes and close the files. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        for watcher in self._watchers:
            watcher.close()
        for readers in (self._viewers, *self._ended):
            readers.close()
        self._answering.close()
        with suppress(EngineError):  # a full disk, say: what was deleted is forgotten the next time
            self.history.purge()
        self._thumbnails.close()
        self._catalog.close()

    def give_up(self) -> None:
        """Let whatever is being read be cancelled, now and from now on; waits for nothing. Only `close` follows."""
        self._processes.give_up()
        self._viewers.give_up()
        self._answering.give_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def apply(self, settings: Settings) -> None:
        """Work with other settings: at once to look and to search, from the next run on to index."""
        before, self._settings, self._processes.settings = self._settings, settings, settings
        if before.extensions_off != settings.extensions_off and not self.read_only:
            for root in self.roots.list():
                self.exclude(root, root.excludes)
        if (decode_limits(before), worker_limits(before)) != (decode_limits(settings), worker_limits(settings)):
            ended, self._viewers = self._viewers, self._processes.readers(None)
            ended.close()
            self._ended.append(ended)
            self._answering.renew_readers()

    def watcher(self, on_change: Callable[[], object]) -> Watcher:
        """Something that hears of changes below the roots, see `Watcher`; it ends with the library."""
        made = Watcher(self.folder, on_change)
        self._watchers.append(made)
        return made

    def generation(self) -> int:
        """Grows whenever anything about the searchable photos changed, by any process. Takes microseconds."""
        return self._catalog.generation()

    def pulse(self) -> tuple[int, tuple[bool, ...]]:
        """Differs from the one before, on one thread, if there is anything to look at; see `Catalog.pulse`."""
        return self._catalog.pulse()

    def counts(self) -> Counts:
        """How many photos are in which state."""
        answering = self._catalog.embeddings.answering()
        return self.photos.counts(answering.key if answering else None)

    def index(
        self,
        folders: Sequence[Path] = (),
        *,
        job: Job | None = None,
        model: str | None = None,
        workers: int | None = None,
    ) -> IndexReport:
        """Add folders and bring them up to date; without folders, every root.

        Args:
            folders: are added as roots unless they lie in one.
            job: told about progress; may pause or cancel. What was read before a cancel stays.
            model: use this model from now on.
            workers: processes that read photos; the settings' number by default.

        Raises:
            LibraryReadOnlyError: nothing may be written to the library.
            LibraryBusyError: another process is updating this library.
            NotFoundError: a folder does not exist.
            CatalogDamagedError: the catalogue is damaged; what was read is in it all the same.
            Cancelled: the job was cancelled; the library is consistent.
        """
        job = job or Job()
        settings = self._settings if workers is None else replace(self._settings, workers=workers)
        with self._lock.held():
            if model is not None:
                self.models.use(model)
            update = LibraryUpdate(self._catalog, self._thumbnails, self.models, settings, self.folder, job)
            report = update.run(folders)
            answering = self._answering.of_library()
            answering.index.merge(job)
            job.step(Progress("saving the index", 0))
            answering.index.publish()
            if len(answering.index):
                answering.searcher.calibration()
            self._thumbnails.trim(settings.thumbnail_cache_mib * 2**20)
            self._catalog.remember_update(report)
            self._catalog.refresh_copy()
            news = tell_standing_queries(self._catalog, answering, job)
        return replace(report, news=news)

    def last_update(self) -> LastUpdate | None:
        """What the last update that came to its end did, by any process; None if there was none."""
        return self._catalog.last_update()

    def provider(self) -> str:
        """The execution provider that embedded photos last, by any process; empty if nothing has been yet."""
        return self._catalog.provider()

    def thumbnail_bytes(self) -> int:
        """What the thumbnails take on the disk."""
        return self._thumbnails.size()

    def empty_thumbnails(self) -> None:
        """Throw all thumbnails away; each is made again when it is needed."""
        self._thumbnails.recreate()

    def add_root(self, folder: Path) -> Root:
        """Add a folder without reading it yet, with what the settings leave out of new ones; see `Roots.add`."""
        return self.roots.add(folder, self._settings.excludes)

    def exclude(self, root: Root, patterns: Sequence[str]) -> int:
        """Leave out of a root what these patterns match, in place of those it had; at once, without a scan.

        Photos that were left out come back at once too; files that were never read are found by the next update.

        Returns:
            How many photos left the search or came back.
        """
        excludes = Excludes(cleaned(patterns), self._settings.extensions_off)
        self._catalog.exclusions.set_patterns(root.id, excludes.patterns)
        return self._catalog.exclusions.apply(root.id, excludes.file, excludes.fingerprint)

    def left_out(self, root: Root, patterns: Sequence[str]) -> LeftOut:
        """What `exclude` with these patterns would leave out, as far as the photos are on record."""
        return self._catalog.exclusions.preview(root.id, Excludes(cleaned(patterns)).file)

    def search(
        self,
        query: Query,
        *,
        job: Job | None = None,
        remember: bool = True,
        instead_of: str | None = None,
        leave_out: bool = False,
        at_once: bool = False,
    ) -> SearchResult:
        """Rank the library's photos by likeness to the query's pictures.

        Args:
            instead_of: id of a remembered query that this one refines and replaces; not if it is pinned or has a title.
            leave_out: search without the pictures that cannot be read, if there are others to look like.
            at_once: answer with a copy that is found soon, see `SearchResult.complete`.

        Raises:
            UnreadablePhotoError: a query picture cannot be read.
            NotFoundError: a query picture does not exist, or nothing is indexed.
            BadRequestError: the query makes no sense.
        """
        searcher = self._answering.current().searcher
        return searcher.search(
            query, job or Job(), remember=remember, instead_of=instead_of, leave_out=leave_out, at_once=at_once
        )

    def refresh(self, result: SearchResult, job: Job | None = None) -> SearchResult:
        """The same query against the library as it is now, complete; no picture of it is decoded again.

        Raises:
            Cancelled: the job was cancelled.
        """
        return self._answering.current().searcher.refresh(result, job or Job())

    def rerun(self, entry_id: str, *, job: Job | None = None, remember: bool = True) -> SearchResult:
        """A remembered query against the library as it is now; matches it did not have before are marked as new."""
        return self._answering.current().searcher.rerun(self.history.get(entry_id), job or Job(), remember=remember)

    def explain(
        self, one: QueryPicture, other: QueryPicture, *, job: Job | None = None, draw: bool = False
    ) -> Explanation:
        """Why two pictures, of the library or not, are alike to the model that answers; see `Explainer.explain`."""
        return self._answering.current().explainer.explain(one, other, job or Job(), draw=draw)

    def query_thumbnail(self, picture: QueryPicture) -> bytes:
        """A small JPEG of what counts of a query picture; raises NotFoundError before it was searched with."""
        return self._answering.current().searcher.preparation.thumbnail(picture)

    def query_source(self, picture: QueryPicture) -> PictureSource:
        """Where to get the whole picture, to choose a region of it.

        Raises:
            NotFoundError: its file is gone, and nothing was kept of the whole.
        """
        return self._answering.current().searcher.preparation.source(picture)

    def collected_photos(self, collection_id: str) -> list[Photo]:
        """The searchable photos of a collection by path; of copies, the first."""
        found = self.photos.with_contents(self.collections.contents(collection_id))
        return sorted((copies[0] for copies in found.values()), key=lambda photo: photo.path)

    def warm_up(self) -> None:
        """Load index and model now, so that the first search need not wait for them."""
        self._answering.current().readers.warm_up()

    def warm_up_viewer(self) -> None:
        """Start what reads pictures to look at, so that the first one need not wait for it."""
        self._viewers.warm_up()

    def prepare_filters(self) -> None:
        """Read now what a search with filters needs, so that the first one does not wait for it."""
        self._answering.current().index.prepare_exact()

    def thumbnail(self, photo_id: str) -> bytes:
        """A photo's thumbnail, JPEG, longest side 320 px; made again if the cache has lost it.

        Raises:
            NotFoundError: there is no such photo.
            UnreadablePhotoError: it has to be made again and the file cannot be read.
        """
        return self._thumbnail(self.photos.get(photo_id))

    def thumbnail_of_file(self, file: Path) -> bytes:
        """The same of a file that is in no library; made anew each time.

        Raises:
            UnreadablePhotoError: it cannot be read.
        """
        return cast("bytes", self._viewers.ask(ThumbnailTask(file)))

    def picture(self, source: Path | bytes, longest_side: int, region: Region | None = None) -> Iterator[PictureStrip]:
        """A picture to look at, in strips, decoded in a worker process.

        Args:
            longest_side: of the whole picture, scaled; it is never enlarged.
            region: the part that is wanted.

        Raises:
            UnreadablePhotoError: it cannot be read.
        """
        task = PictureTask(source, longest_side, region, keep_bytes=self._settings.viewer_memory_mib * 2**20)
        return strips(lambda part: cast("PictureStrip", self._viewers.ask(part)), task)

    def forget_picture(self) -> None:
        """Give back the memory of what `picture` read last."""
        if self._viewers.started:
            self._viewers.ask(ForgetPictureTask())

    def metadata(self, source: Path | bytes) -> PhotoMetadata:
        """What a file tells about its picture, read in a worker process.

        Raises:
            UnreadablePhotoError: it cannot be read.
        """
        return cast("PhotoMetadata", self._viewers.ask(MetadataTask(source)))

    @property
    def whole_pixels(self) -> int:
        """Pictures with more pixels are looked at scaled, or region by region."""
        # While it travels, a picture is in two processes.
        return self._settings.viewer_memory_mib * 2**20 // (2 * BYTES_PER_PIXEL)

    def use_model(self, name: str) -> None:
        """Let another model answer, as soon as it has embedded every photo; raises ModelError."""
        with self._lock.held():
            self.models.use(name)

    def known_photos(self) -> KnownPhotos:
        """What is embedded already, for an evaluation of labelled photos that lie in the library."""
        return KnownPhotos(self._catalog)

    def ask(self, name: str | None) -> None:
        """Let searches be answered by another model for now, with the photos it has embedded; None for the usual one.

        Raises:
            ModelError: there is no such model.
        """
        self._answering.ask(name)

    @property
    def asked(self) -> str | None:
        """The model that was chosen with `ask`; None while the usual one answers."""
        return self._answering.asked

    def remove_model(self, name: str) -> None:
        """Delete a model with all it made; raises ModelError if it ships with the program or answers searches."""
        with self._lock.held():
            stored, _ = self.models.stored(name)
            self.models.remove(name)
        shutil.rmtree(self.folder / INDEXES / index_name(stored), ignore_errors=True)

    def check_model(self, path: Path) -> ModelCheck:
        """Try a model folder or ONNX file in a limited process."""
        return check_model(path)

    def status(self) -> LibraryStatus:
        """Everything a person may want to know of this library."""
        return describe(self.care, self._catalog, self.models, self._answering.of_library().index)

    def verify(self, *, repair: bool = False, job: Job | None = None) -> VerifyReport:
        """Check catalogue, embeddings, index and thumbnails against each other.

        Raises:
            LibraryBusyError: to repair, nobody else may be writing.
        """
        with self._lock.held() if repair else nullcontext():
            return self.care.verify(repair=repair, job=job or Job())

    def back_up(self, file: Path, job: Job | None = None) -> Backup:
        """Write all that cannot be made again to one file, see `write_backup`; searching and indexing may go on."""
        return self.care.back_up(file, job or Job())

    def _thumbnail(self, photo: Photo) -> bytes:
        kept = self._thumbnails.get(photo.content_hash)
        if kept is not None:
            return kept
        made = cast("bytes", self._viewers.ask(ThumbnailTask(photo.path)))
        if photo.content_hash:
            with suppress(StorageFullError, LibraryReadOnlyError):
                self._thumbnails.put([(photo.content_hash, made)])
        return made


def default_models() -> Path:
    """The folder of the models that ship with the program."""
    return Path(str(importlib.resources.files("resources") / "models"))

"""From a picture of a query to what can be searched with: its vector, its hashes and a small picture of it."""

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from engine.catalog.catalog import Catalog
from engine.catalog.history import RememberedPicture
from engine.errors import BadRequestError, EngineError, NotFoundError
from engine.indexing.reading import QueryReading, QueryTask, content_hash
from engine.paths import is_file, is_folder, is_there
from engine.records import Mode, Photo, PhotoState, QueryPicture
from engine.vectors.live_index import LiveIndex

KEPT_PICTURES = 256
"""Prepared pictures that are kept: changing a weight, the order, the mode or a filter decodes nothing again."""

Read = Callable[[QueryTask], QueryReading]
Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A query picture that is ready to search with.

    Attributes:
        photo_id: of the photo it is, if it is one of the library.
    """

    remembered: RememberedPicture
    photo_id: str | None
    decode_seconds: float = 0.0
    embed_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class PictureSource:
    """Where the pixels of a whole query picture come from.

    Attributes:
        small: only the small picture that was kept of it, because the file cannot be reached.
    """

    content: Path | bytes
    small: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    prepared: PreparedPicture
    stamp: Stamp | None  # of the file that was read; None if it was not read now


class Preparation:
    """Prepares query pictures for one model, and keeps them prepared. Any thread may call any method.

    Args:
        read: decodes and embeds a picture in a worker process.
        thumbnail: the stored thumbnail of a photo.
    """

    def __init__(self, catalog: Catalog, index: LiveIndex, read: Read, thumbnail: Callable[[Photo], bytes]) -> None:
        self._catalog = catalog
        self._index = index
        self._read = read
        self._thumbnail = thumbnail
        self._kept: OrderedDict[QueryPicture, _Kept] = OrderedDict()
        self._keeping = threading.Lock()

    def prepare(self, picture: QueryPicture, mode: Mode) -> PreparedPicture:
        """Get a picture ready.

        Raises:
            UnreadablePhotoError: it cannot be read.
            NotFoundError: its file does not exist, and nothing of it was kept.
            BadRequestError: it is a folder.
        """
        ready = self._of_library(picture, mode) or self._ready(picture)
        if ready is not None:
            return ready
        stamp = _stamp(picture.path)
        source = self.source(picture)
        reading = self._reading(source, picture)
        photo = self._catalog.photos.at(picture.path) if picture.path else None
        own = photo.id if photo is not None and picture.region is None else None
        content = self._content(picture, source, photo) or reading.content_hash
        prepared = self._prepared_from(reading, _title(picture), own, content)
        # What it took is told once: who asks again has not waited for it.
        self._keep(picture, _Kept(replace(prepared, decode_seconds=0.0, embed_seconds=0.0), stamp))
        return prepared

    def recall(self, picture: QueryPicture, remembered: RememberedPicture) -> PreparedPicture:
        """A remembered picture: as it was, or, for another model, read again from its file or its thumbnail."""
        photo = self._catalog.photos.at(picture.path) if picture.path and picture.region is None else None
        own = photo.id if photo else None
        content = (
            remembered.content_hash or (photo.content_hash if photo else b"") or content_hash(remembered.thumbnail)
        )
        if remembered.model_identity == self._index.model.identity:
            recalled = PreparedPicture(replace(remembered, content_hash=content), own)
        else:
            recalled = self._prepared_from(self._read_again(picture, remembered), remembered.title, own, content)
        self._keep(as_remembered(picture, remembered), _Kept(recalled, None))
        return recalled

    def thumbnail(self, picture: QueryPicture) -> bytes:
        """A small JPEG of a picture that was prepared or is in the library; raises NotFoundError for any other."""
        photo = self._catalog.photos.at(picture.path) if picture.path and picture.region is None else None
        if photo is not None and photo.state == PhotoState.INDEXED:
            return self._thumbnail(photo)
        kept = self._get(picture)
        if kept is None:
            raise NotFoundError(f"{_title(picture)} was not searched with yet.")
        return kept.prepared.remembered.thumbnail

    def source(self, picture: QueryPicture) -> PictureSource:
        """Where the pixels of the whole picture are, whatever part of it counts; raises NotFoundError."""
        if picture.data is not None:
            return PictureSource(picture.data)
        assert picture.path is not None, "a query picture has a file or data"
        if is_folder(picture.path):
            raise BadRequestError(f"{picture.path} is a folder.", "Name a picture, or index the folder.")
        if is_there(picture.path):
            return PictureSource(picture.path)
        kept = self._small_picture(picture.path)
        if kept is None:
            raise NotFoundError(f"There is no file {picture.path}.", "Check the name, or connect the drive it is on.")
        return PictureSource(kept, small=True)

    def readable_source(self, picture: QueryPicture) -> Path | bytes | None:
        """The picture itself, not a small copy of it; None if it is out of reach."""
        if picture.data is not None:
            return None if picture.content_hash else picture.data
        return picture.path if picture.path is not None and picture.path.is_file() else None

    def _of_library(self, picture: QueryPicture, mode: Mode) -> PreparedPicture | None:
        """A photo of the library that has not changed since it was read: nothing needs decoding.

        Copies mode and regions need the pixels.
        """
        if picture.path is None or picture.region is not None or mode is not Mode.SIMILAR:
            return None
        photo = self._catalog.photos.at(picture.path)
        if photo is None or photo.state != PhotoState.INDEXED or not (photo.offline or _as_recorded(photo)):
            return None
        vector = self._catalog.embeddings.of_photo(photo.id, self._index.model)
        if vector is None:
            return None
        hashes = () if photo.perceptual_hash is None else (photo.perceptual_hash,)
        remembered = RememberedPicture(
            _title(picture), self._thumbnail(photo), vector, hashes, self._index.model.identity, photo.content_hash
        )
        return PreparedPicture(remembered, photo.id)

    def _ready(self, picture: QueryPicture) -> PreparedPicture | None:
        """What was kept, if the picture is still the same; a file that is gone is as it was."""
        kept = self._get(picture)
        if kept is None:
            return None
        if picture.data is not None:
            return kept.prepared
        stamp = _stamp(picture.path)
        return kept.prepared if stamp is None or stamp == kept.stamp else None

    def _read_again(self, picture: QueryPicture, remembered: RememberedPicture) -> QueryReading:
        try:
            source = picture.path if picture.path and is_file(picture.path) else remembered.thumbnail
            return self._read(QueryTask(source, picture.region if isinstance(source, Path) else None))
        except EngineError:
            return self._read(QueryTask(remembered.thumbnail))

    def _reading(self, source: PictureSource, picture: QueryPicture) -> QueryReading:
        try:
            return self._read(QueryTask(source.content, picture.region))
        except EngineError as error:
            raise type(error)(f"{_title(picture)} cannot be searched with: {error.message}", error.hint) from error

    def _small_picture(self, path: Path) -> bytes | None:
        """What was kept of a file that cannot be reached: its thumbnail in the library, or that of an earlier query."""
        photo = self._catalog.photos.at(path)
        if photo is not None:
            try:
                return self._thumbnail(photo)
            except EngineError:
                return None
        kept = self._get(QueryPicture(path=path))
        return kept.prepared.remembered.thumbnail if kept else None

    def _content(self, picture: QueryPicture, source: PictureSource, photo: Photo | None) -> bytes:
        """What a picture is recognised by when only a small copy of it was read; empty if it was read itself."""
        if not source.small:
            return picture.content_hash
        kept = None if picture.path is None else self._get(QueryPicture(path=picture.path))
        return photo.content_hash if photo else kept.prepared.remembered.content_hash if kept else b""

    def _prepared_from(
        self, reading: QueryReading, title: str, photo_id: str | None, content: bytes
    ) -> PreparedPicture:
        remembered = RememberedPicture(
            title, reading.thumbnail, reading.vector, reading.hashes, self._index.model.identity, content
        )
        return PreparedPicture(remembered, photo_id, reading.decode_seconds, reading.embed_seconds)

    def _get(self, picture: QueryPicture) -> _Kept | None:
        key = replace(picture, weight=1.0)
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, picture: QueryPicture, kept: _Kept) -> None:
        key = replace(picture, weight=1.0)
        with self._keeping:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT_PICTURES:
                self._kept.popitem(last=False)


def as_remembered(picture: QueryPicture, remembered: RememberedPicture) -> QueryPicture:
    """A picture of the history as one to search with. Without a file, its thumbnail is the picture, cut already."""
    if picture.path:
        return picture
    return replace(picture, data=remembered.thumbnail, region=None, content_hash=remembered.content_hash)


def _stamp(path: Path | None) -> Stamp | None:
    """Tells whether a file is still the same; None if it cannot be reached."""
    if path is None:
        return None
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _as_recorded(photo: Photo) -> bool:
    """The file is still the one that was embedded: same size and date."""
    try:
        status = photo.path.stat()
    except OSError:
        return False
    return status.st_size == photo.size and abs(status.st_mtime - photo.modified.timestamp()) < 1e-3


def _title(picture: QueryPicture) -> str:
    """What to call a picture; bytes of a name that are not UTF-8 become question marks."""
    if picture.path is not None:
        return os.fsencode(picture.path.name).decode("utf-8", "replace")
    digest = hashlib.blake2b(picture.data or b"", digest_size=3).hexdigest()
    return f"Pasted picture {digest}"

"""What a worker process does with one picture: decode it once and get everything out of it."""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.catalog.batch import PhotoFacts
from engine.copies.files import CompareTask, FileComparer
from engine.copies.verdict import Verdict
from engine.errors import UnreadablePhotoError
from engine.imaging.decoding import DecodedPhoto, DecodeLimits, decode, require_plain
from engine.imaging.hashing import perceptual_hash, symmetric_hashes
from engine.imaging.lightbox import ForgetPictureTask, Lightbox, PictureStrip, PictureTask
from engine.imaging.metadata import PhotoMetadata, read_metadata
from engine.imaging.resizing import model_input
from engine.imaging.sharpness import sharpness
from engine.imaging.thumbnails import THUMBNAIL_SIDE, encode_thumbnail
from engine.imaging.warping import Picture, cut, freed, part, picture_of, turned
from engine.models.embedder import OnnxEmbedder
from engine.models.manifest import Manifest
from engine.models.registry import InstalledModel
from engine.records import Region

CONTENT_HASH_BYTES = 32


class FileVanishedError(UnreadablePhotoError):
    """The file was there a moment ago."""


@dataclass(frozen=True, slots=True)
class PhotoTask:
    """Read a photo of the library.

    Attributes:
        known: if the file has one of these contents, its hash is all that is wanted.
    """

    key: int
    path: Path
    known: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class PhotoReading:
    """What a photo of the library told; only its hash if its content is known.

    Attributes:
        thumbnail: JPEG.
        vector: float32 [dim]; None if the model runs in the parent process.
        pixels: uint8 RGB [height, width, 3] as the model wants it, if `vector` is None.
    """

    content_hash: bytes
    facts: PhotoFacts | None = None
    thumbnail: bytes = b""
    vector: NDArray[np.float32] | None = None
    pixels: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True)
class QueryTask:
    """Read a picture to search with: a file or an encoded picture, or a region of it."""

    source: Path | bytes
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class QueryReading:
    """What a query picture told.

    Attributes:
        vector: float32 [dim], L2-normalised.
        hashes: perceptual hashes of the eight symmetries, the upright one first.
        thumbnail: JPEG of the region.
        content_hash: of the whole picture's bytes.
        decode_seconds: spent on decoding and resizing.
        embed_seconds: spent in the model.
    """

    vector: NDArray[np.float32]
    hashes: tuple[int, ...]
    thumbnail: bytes
    content_hash: bytes
    decode_seconds: float
    embed_seconds: float


@dataclass(frozen=True, slots=True)
class ThumbnailTask:
    """Make the thumbnail of a photo again."""

    path: Path


@dataclass(frozen=True, slots=True)
class OtherwiseTask:
    """Embed a small picture as its copies may be, see `turned` and `cut`.

    Attributes:
        thumbnail: JPEG.
    """

    thumbnail: bytes


@dataclass(frozen=True, slots=True)
class OtherWays:
    """A picture as its copies may be.

    Attributes:
        turned: embeddings [n, dim] of it turned.
        cut: embeddings [n, dim] of it with less or more in the frame.
    """

    turned: NDArray[np.float32]
    cut: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FreedTask:
    """Embed a small picture of the library as its original may lie, if it is one on a ground; see `freed`.

    Attributes:
        seq: of its embedding.
        thumbnail: JPEG.
    """

    seq: int
    thumbnail: bytes


@dataclass(frozen=True, slots=True)
class PartTask:
    """Embed the middle of a small picture of the library: what is cut from it is nearer to that than to the whole.

    Attributes:
        seq: of its embedding.
        thumbnail: JPEG.
    """

    seq: int
    thumbnail: bytes


@dataclass(frozen=True, slots=True)
class MetadataTask:
    """Read what a file tells about its picture."""

    source: Path | bytes


@dataclass(frozen=True, slots=True)
class UnreadableContent:
    """The file was hashed but could not be decoded: it will not be tried again until its content changes."""

    content_hash: bytes
    reason: str


class PhotoReader:
    """Answers tasks in a worker process.

    Args:
        manifest: how the model wants its pictures; None for a worker that only decodes to look at.
        model: folder of the model to run here; None if the parent process runs it.
    """

    def __init__(self, manifest: Manifest | None, model: Path | None, limits: DecodeLimits) -> None:
        self._manifest = manifest
        self._limits = limits
        self._embedder = OnnxEmbedder(model, manifest) if model and manifest else None
        self.lightbox = Lightbox(limits)
        self.comparer = FileComparer(limits)

    def read_photo(self, task: PhotoTask) -> PhotoReading | UnreadableContent:
        """Hash a photo of the library and, unless its content is known, decode and embed it."""
        content_hash = hash_file(task.path)
        if content_hash in task.known:
            return PhotoReading(content_hash)
        try:
            decoded = decode(task.path, short_side=self._side, long_side=THUMBNAIL_SIDE, limits=self._limits)
            reading = PhotoReading(content_hash, _facts(content_hash, decoded), encode_thumbnail(decoded.image))
        except UnreadablePhotoError as error:
            return UnreadableContent(content_hash, str(error))
        pixels = self._input(decoded)
        if self._embedder is None:
            return replace(reading, pixels=pixels)
        return replace(reading, vector=self._embedder.embed(pixels[None])[0])

    def read_query(self, task: QueryTask) -> QueryReading:
        """Decode and embed a picture to search with."""
        started = time.perf_counter()
        decoded = decode(
            task.source, short_side=self._side, long_side=THUMBNAIL_SIDE, region=task.region, limits=self._limits
        )
        pixels = self._input(decoded)
        decoded_at = time.perf_counter()
        assert self._embedder is not None, "queries are read by workers with a model"
        vector = self._embedder.embed(pixels[None])[0]
        embedded_at = time.perf_counter()
        return QueryReading(
            vector,
            symmetric_hashes(decoded.image),
            encode_thumbnail(decoded.image),
            content_hash(task.source),
            decoded_at - started,
            embedded_at - decoded_at,
        )

    def read_otherwise(self, task: OtherwiseTask) -> OtherWays:
        """The embeddings of a small picture as its copies may be.

        A mirror image is not among them: to an embedding it is hardly another picture.
        """
        picture = picture_of(task.thumbnail)
        ways = turned(picture)
        vectors = self._embedded([*ways, *cut(picture)])
        return OtherWays(vectors[: len(ways)], vectors[len(ways) :])

    def read_freed(self, task: FreedTask) -> NDArray[np.float32]:
        """The embeddings [n, dim] of a small picture without its ground; [0, 0] if it lies on none."""
        return self._embedded(freed(picture_of(task.thumbnail)))

    def read_part(self, task: PartTask) -> NDArray[np.float32]:
        """The embedding [1, dim] of the middle of a small picture."""
        return self._embedded([part(picture_of(task.thumbnail))])

    def _embedded(self, images: Sequence[Picture]) -> NDArray[np.float32]:
        assert self._embedder is not None, "embeddings are made by workers with a model"
        if not images:
            return np.empty((0, 0), dtype=np.float32)
        return self._embedder.embed(np.stack([self._pixels(image) for image in images]))

    def read_embedding(self, path: Path, region: Region | None = None) -> NDArray[np.float32]:
        """Decode and embed a photo, or a region of it, and nothing else; the vector is that of `read_photo`."""
        decoded = decode(path, short_side=self._side, long_side=THUMBNAIL_SIDE, region=region, limits=self._limits)
        assert self._embedder is not None, "embeddings are read by workers with a model"
        vector: NDArray[np.float32] = self._embedder.embed(self._input(decoded)[None])[0]
        return vector

    def read_thumbnail(self, task: ThumbnailTask) -> bytes:
        """Decode a photo and make its thumbnail, JPEG."""
        return encode_thumbnail(decode(task.path, short_side=0, long_side=THUMBNAIL_SIDE, limits=self._limits).image)

    def read_metadata(self, task: MetadataTask) -> PhotoMetadata:
        """Read what a file tells about its picture."""
        return read_metadata(task.source, self._limits)

    @property
    def _side(self) -> int:
        return self._manifest.decoded_side if self._manifest else THUMBNAIL_SIDE

    def _input(self, decoded: DecodedPhoto) -> NDArray[np.uint8]:
        return self._pixels(decoded.image)

    def _pixels(self, image: Picture) -> NDArray[np.uint8]:
        assert self._manifest is not None, "only workers with a manifest prepare pictures for a model"
        manifest = self._manifest
        size = (manifest.input.height, manifest.input.width)
        return model_input(image, size, manifest.resize, manifest.interpolation, manifest.share)


Task = (
    PhotoTask
    | QueryTask
    | PictureTask
    | ForgetPictureTask
    | ThumbnailTask
    | MetadataTask
    | OtherwiseTask
    | FreedTask
    | PartTask
    | CompareTask
)
Reading = (
    PhotoReading
    | UnreadableContent
    | QueryReading
    | PictureStrip
    | OtherWays
    | PhotoMetadata
    | NDArray[np.float32]
    | Verdict
    | bytes
)


def start_reader(
    model: InstalledModel | None, limits: DecodeLimits, *, embed: bool = True
) -> Callable[[Task], Reading]:
    """What a worker process begins with: a reader, as a function that answers every kind of task."""
    manifest = model.manifest if model else None
    return partial(_answer, PhotoReader(manifest, model.folder if model and embed else None, limits))


def _answer(reader: PhotoReader, task: Task) -> Reading:
    match task:
        case PhotoTask():
            return reader.read_photo(task)
        case QueryTask():
            return reader.read_query(task)
        case PictureTask():
            return reader.lightbox.strip(task)
        case ForgetPictureTask():
            reader.lightbox.forget()
            return b""  # a worker's answer is never None
        case ThumbnailTask():
            return reader.read_thumbnail(task)
        case MetadataTask():
            return reader.read_metadata(task)
        case OtherwiseTask():
            return reader.read_otherwise(task)
        case FreedTask():
            return reader.read_freed(task)
        case PartTask():
            return reader.read_part(task)
        case CompareTask():
            return reader.comparer.compare(task)


def _facts(content_hash: bytes, decoded: DecodedPhoto) -> PhotoFacts:
    return PhotoFacts(
        content_hash=content_hash,
        width=decoded.width,
        height=decoded.height,
        orientation=decoded.orientation,
        taken=decoded.details.taken,
        camera=decoded.details.camera,
        latitude=decoded.details.latitude,
        longitude=decoded.details.longitude,
        perceptual_hash=perceptual_hash(decoded.image),
        format=decoded.format,
        sharpness=sharpness(decoded.image),
    )


def content_hash(source: Path | bytes) -> bytes:
    """What a file, or an encoded picture in memory, is recognised by."""
    if isinstance(source, Path):
        return hash_file(source)
    return hashlib.blake2b(source, digest_size=CONTENT_HASH_BYTES).digest()


def hash_file(path: Path) -> bytes:
    """The content hash of a file; raises UnreadablePhotoError."""
    digest = hashlib.blake2b(digest_size=CONTENT_HASH_BYTES)
    try:
        require_plain(path)
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    except FileNotFoundError:
        raise FileVanishedError("The file went away while the library was being updated.") from None
    except PermissionError:
        raise UnreadablePhotoError("You have no permission to read this file.") from None
    except OSError as error:
        raise UnreadablePhotoError(f"The file cannot be read: {error.strerror or error}.") from error
    return digest.digest()

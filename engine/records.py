"""The plain values that travel between the parts of the engine and to its callers."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from engine.copies.verdict import Verdict
from engine.errors import BadRequestError, EngineError
from engine.filters import Filters
from engine.reason_kinds import ReasonKind


class PhotoState(StrEnum):
    """Why a file in a root is or is not searchable."""

    PENDING = "pending"
    """It was found and has not been read yet."""
    INDEXED = "indexed"
    UNREADABLE = "unreadable"
    """It looks like a photo, but it could not be read: `Photo.reason` says why."""
    IGNORED = "ignored"
    """It is no photo (a text, a video): accounted for, never counted as missing from the search."""
    MISSING = "missing"
    """Its root is there, the file is not. Kept, so that a file that comes back or moved keeps its embedding."""
    EXCLUDED = "excluded"
    """A pattern of its root, or a format that is switched off, leaves it out. Kept like a missing one."""


class Decision(StrEnum):
    """What a person can decide about a photo, whatever is searched for."""

    PINNED = "pinned"
    """It is worth keeping at hand."""
    HIDDEN = "hidden"
    """It is not to appear among matches."""


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a picture, in fractions 0..1 of the upright picture."""

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        inside = self.x >= 0 and self.y >= 0 and self.x + self.width <= 1 + 1e-9 and self.y + self.height <= 1 + 1e-9
        if not (inside and self.width > 0 and self.height > 0):
            raise BadRequestError(
                f"The region {self} is not inside the picture.",
                "Give X,Y,WIDTH,HEIGHT as fractions between 0 and 1, such as 0.25,0.25,0.5,0.5.",
            )

    def __str__(self) -> str:
        return f"{self.x:g},{self.y:g},{self.width:g},{self.height:g}"

    @classmethod
    def parse(cls, text: str) -> "Region":
        """Read "X,Y,W,H"; raises BadRequestError."""
        try:
            x, y, width, height = (float(part) for part in text.split(","))
        except ValueError:
            raise BadRequestError(
                f"“{text}” is not a region.", "Give X,Y,WIDTH,HEIGHT as fractions, such as 0.25,0.25,0.5,0.5."
            ) from None
        return cls(x, y, width, height)


@dataclass(frozen=True, slots=True)
class Root:
    """A folder the user added.

    Attributes:
        id: stable UUID.
        online: whether the folder can be reached right now.
        photos: photos known below it, searchable or not (ignored, missing and excluded ones left out).
        searchable: photos below it that have an embedding of the answering model.
        excludes: patterns, in the manner of .gitignore, of what is left out of it.
    """

    id: str
    path: Path
    online: bool
    photos: int
    searchable: int
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Photo:
    """One file the catalogue knows.

    Attributes:
        id: stable UUID; survives moves and renames.
        path: absolute path.
        size: bytes.
        modified: the file's own modification time.
        content_hash: BLAKE2b-256 of the file's bytes; empty if the file could not be read.
        width: of the upright picture in pixels; 0 if unknown.
        height: of the upright picture in pixels; 0 if unknown.
        orientation: EXIF orientation 1..8 as stored in the file.
        taken: capture time without time zone, as cameras write it.
        camera: make and model, or empty.
        latitude: degrees north, or None.
        longitude: degrees east, or None.
        format: "JPEG", "HEIF", ...
        sharpness: variance of the Laplacian, for comparing shots of one scene; None if it was never measured.
        reason: why it is not searchable; empty if it is.
        offline: its root cannot be reached right now.
        pinned: a person keeps it at hand.
        hidden: a person does not want it among matches.
    """

    id: str
    path: Path
    root_id: str
    size: int
    modified: datetime
    state: PhotoState
    content_hash: bytes = b""
    width: int = 0
    height: int = 0
    orientation: int = 1
    taken: datetime | None = None
    camera: str = ""
    latitude: float | None = None
    longitude: float | None = None
    perceptual_hash: int | None = None
    format: str = ""
    sharpness: float | None = None
    reason: str = ""
    offline: bool = False
    pinned: bool = False
    hidden: bool = False


class Mode(StrEnum):
    """What counts as a match."""

    SIMILAR = "similar"
    """The same kind of picture, by embedding distance."""
    COPIES = "copies"
    """The same picture: saved again, resized, cut, mirrored, turned or edited; the pixels are compared."""


@dataclass(frozen=True, slots=True)
class QueryPicture:
    """One picture of a query: a file, or bytes from a clipboard or browser.

    Attributes:
        path: the file; or where the bytes came from, if that is known.
        data: an encoded picture (PNG, JPEG, ...) when there is no file to read.
        region: the part of the upright picture that counts; None for all of it.
        weight: Rocchio weight: positive for "like this", negative for "less like this".
        content_hash: of the picture that `data` is a smaller copy of; empty if it is the picture itself.
    """

    path: Path | None = None
    data: bytes | None = None
    region: Region | None = None
    weight: float = 1.0
    content_hash: bytes = b""

    def __post_init__(self) -> None:
        if self.path is None and self.data is None:
            raise BadRequestError("A query picture needs a file or the picture itself.")
        if self.weight == 0:
            raise BadRequestError("A query picture with weight 0 asks for nothing.")


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: pictures, mode, filters, and how many matches at most."""

    pictures: tuple[QueryPicture, ...]
    mode: Mode = Mode.SIMILAR
    filters: Filters = field(default_factory=Filters)
    k: int = 200
    exact: bool = False

    def __post_init__(self) -> None:
        if not any(picture.weight > 0 for picture in self.pictures):
            raise BadRequestError("A query needs at least one picture to look like.", "Name a picture to search with.")
        if self.k < 1:
            raise BadRequestError("The number of matches must be at least 1.")


@dataclass(frozen=True, slots=True)
class Match:
    """One photo of a result.

    Attributes:
        distance: cosine distance to the query, 0..2, lower is closer.
        score: calibrated similarity, 0..1, higher is closer: the share of random pairs of photos farther apart.
        rank: 1 for the best.
        new: it was not in the remembered result that this one repeats.
        verdict: what it is to the query's picture, among copies; None among similar ones.
    """

    photo: Photo
    distance: float
    score: float
    rank: int
    new: bool = False
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds spent on the parts of one search."""

    decode: float = 0.0
    embed: float = 0.0
    search: float = 0.0


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a query.

    Attributes:
        entry_id: the query's id in the history; None if it was not remembered.
        model: name of the embedding model that answered.
        searchable: photos that were searched, before filters.
        noise_score: matches that score below this are as close as random pairs are: "below here it is chance".
        stacks: ids of photos among the matches that are near-identical, two or more in each, the best shot first.
        contents: content hashes of the query's pictures, in their order.
        left_out: why pictures that were asked with are not among the query's.
        unremembered: why the history could not take it, though it was meant to.
        complete: nothing more would be found by comparing more; `Library.refresh` completes it.
    """

    query: Query
    matches: tuple[Match, ...]
    model: str
    timing: Timing
    searchable: int
    noise_score: float
    entry_id: str | None = None
    stacks: tuple[tuple[str, ...], ...] = ()
    contents: tuple[bytes, ...] = ()
    left_out: tuple[EngineError, ...] = ()
    unremembered: EngineError | None = None
    complete: bool = True

    @property
    def chance_below(self) -> float:
        """Like `noise_score`, but 0 for copies: they are told by their pictures, and none of them is chance."""
        return 0.0 if self.query.mode is Mode.COPIES else self.noise_score

    @property
    def cut_off(self) -> bool:
        """Whether there are as many matches as were asked for, so that there may be more."""
        return len(self.matches) >= self.query.k


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A remembered query.

    Attributes:
        id: stable UUID.
        when: local time of the last run.
        query: the query; its pictures' `data` is filled in only by `History.query`.
        titles: one name per picture, such as the file name or "pasted picture".
        match_count: matches in the remembered result.
        title: what the user calls it; empty for a query that goes by its pictures.
        new_count: matches that the last run found and the one before it had not, and those that came since if it is
            pinned.
    """

    id: str
    when: datetime
    query: Query
    titles: tuple[str, ...]
    model: str
    match_count: int
    pinned: bool = False
    title: str = ""
    new_count: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """New matches of a pinned query.

    Attributes:
        photos: how many photos that came since the last update are matches of it.
    """

    entry: HistoryEntry
    photos: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not searchable, and why.

    Attributes:
        id: of the photo, to have it tried again.
        kind: what the reason is about.
    """

    path: Path
    reason: str
    state: PhotoState = PhotoState.UNREADABLE
    id: str = ""
    kind: ReasonKind = ReasonKind.OTHER


@dataclass(frozen=True, slots=True)
class LastUpdate:
    """What the last update that came to its end did, and when that was.

    Attributes:
        when: local time of its end.
        offline: how many folders could not be reached.
        seconds: how long it took; 0 if that was not noted.
        unreadable: how many photos in the folders that it looked through cannot be read.
    """

    when: datetime
    added: int = 0
    updated: int = 0
    moved: int = 0
    missing: int = 0
    offline: int = 0
    seconds: float = 0.0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class LastVerify:
    """What the last check of a library found, and when that was.

    Attributes:
        when: local time of its end.
        ok: nothing was wrong (any more).
        problems: one sentence each.
        repaired: what was done about them, one sentence each.
    """

    when: datetime
    ok: bool
    problems: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What the last self-test of the index found, and when that was.

    Attributes:
        when: local time.
        model: whose index it was.
        recall: recall@10 of the graph against the exact answer.
        vectors: photos that the index held.
    """

    when: datetime
    model: str
    recall: float
    vectors: int


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The last backup of a library that came to its end.

    Attributes:
        when: local time.
        file: where it was written to; it may have been moved since.
        bytes: of the file.
        photos: searchable photos in it.
    """

    when: datetime
    file: Path
    bytes: int
    photos: int


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one indexing run did.

    Attributes:
        added: photos that are searchable now and were unknown before.
        updated: photos whose content changed, or which got an embedding of another model.
        moved: photos that were found at another path; nothing was embedded again.
        unchanged: photos that were left alone.
        missing: photos that were here before and are gone.
        skipped: every file below the indexed roots that is not searchable.
        offline: roots that could not be reached and were left as they are.
        closed: folders that could not be read, and why; what is on record of them was left as it is.
        photos_per_second: decoded and embedded photos per second of the indexing stage.
        news: the pinned queries that have new matches.
    """

    added: int = 0
    updated: int = 0
    moved: int = 0
    unchanged: int = 0
    missing: int = 0
    skipped: tuple[Skipped, ...] = ()
    offline: tuple[Path, ...] = ()
    closed: tuple[Skipped, ...] = ()
    seconds: float = 0.0
    photos_per_second: float = 0.0
    provider: str = ""
    model: str = ""
    news: tuple[News, ...] = ()

    def summary(self, when: datetime) -> LastUpdate:
        """What is worth remembering of it, if it ended then."""
        return LastUpdate(
            when,
            self.added,
            self.updated,
            self.moved,
            self.missing,
            len(self.offline),
            round(self.seconds, 3),
            sum(file.state is PhotoState.UNREADABLE for file in self.skipped),
        )

"""The two pictures of a comparison: where they come from, and what is said of them."""

from dataclasses import dataclass
from pathlib import Path

from engine.records import Match, Photo, QueryPicture, Region, SearchResult
from gui.gallery.wording import describe, shown_name
from gui.translation import tr
from gui.viewers.facts import format_name, moment, pixel_size
from gui.words import number, size


@dataclass(frozen=True, slots=True)
class Side:
    """One picture of a comparison.

    Attributes:
        source: its file, or what is in one.
        photo: None for a picture that is not in the gallery.
        match: how close it is to the query.
        remembered: entry and position of the stored picture in the history, for want of the file.
        region: the part of it that counts in the query; None for all of it.
        said: what else there is to say of it.
    """

    title: str
    source: Path | bytes
    photo: Photo | None = None
    match: Match | None = None
    noise_score: float = 0.0
    remembered: tuple[str, int] | None = None
    region: Region | None = None
    said: str = ""

    @classmethod
    def of_photo(cls, photo: Photo, match: Match | None = None, noise_score: float = 0.0) -> "Side":
        """A photo of the library."""
        return cls(shown_name(photo.path), photo.path, photo, match, noise_score)

    @classmethod
    def of_query(cls, result: SearchResult) -> list["Side"]:
        """What was searched with: the pictures to look like, then those to look unlike."""
        pictures = enumerate(result.query.pictures)
        ordered = sorted(pictures, key=lambda placed: placed[1].weight < 0)
        return [cls._of_query_picture(result, position, picture) for position, picture in ordered]

    @classmethod
    def _of_query_picture(cls, result: SearchResult, position: int, picture: QueryPicture) -> "Side":
        remembered = None if result.entry_id is None else (result.entry_id, position)
        if picture.path is not None:
            own = next((match.photo for match in result.matches if match.photo.path == picture.path), None)
            return cls(shown_name(picture.path), picture.path, own, remembered=remembered, region=picture.region)
        return cls(tr("Pasted picture"), picture.data or b"", remembered=remembered, region=picture.region)

    @property
    def asked(self) -> QueryPicture | None:
        """The picture as one that is asked about; None if only the history keeps it."""
        if isinstance(self.source, Path):
            return QueryPicture(path=self.source, region=self.region)
        return QueryPicture(data=self.source, region=self.region) if self.source else None

    def facts(self, pixels: tuple[int, int]) -> str:
        """Size, date, format, and how close it is."""
        photo, match = self.photo, self.match
        parts = [pixel_size(*pixels)]
        if photo is not None:
            parts += [size(photo.size), format_name(photo.format) if photo.format else ""]
            parts += [moment(photo.taken) if photo.taken else "", photo.camera]
        if match is not None:
            parts += [str(describe(match, self.noise_score))]
            parts += [tr("distance {distance}", distance=number(match.distance, 3))]
        return " · ".join(part for part in [*parts, self.said] if part)

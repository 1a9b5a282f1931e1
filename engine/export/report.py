"""What is exported: photos, and, if they are an answer, the question they answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.filters import Filters
from engine.records import Match, Photo, QueryPicture, Region, SearchResult

if TYPE_CHECKING:
    from engine.library import Library


@dataclass(frozen=True, slots=True)
class ReportPicture:
    """A picture of the question.

    Attributes:
        thumbnail: JPEG; empty if there is none.
    """

    title: str
    thumbnail: bytes
    weight: float
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Photos in the order in which they are exported.

    Attributes:
        title: what they are, such as "Lookalikes of beach.jpg" or a collection's name.
        result: the answer they are from, or None.
        pictures: the pictures of the question.
    """

    title: str
    photos: tuple[Photo, ...]
    result: SearchResult | None = None
    pictures: tuple[ReportPicture, ...] = ()
    when: datetime = field(default_factory=datetime.now)

    def rows(self) -> Iterator[tuple[Photo, Match | None]]:
        """The photos, each with what the search said of it."""
        matches = {match.photo.id: match for match in self.result.matches} if self.result else {}
        return ((photo, matches.get(photo.id)) for photo in self.photos)


def report_of_result(library: "Library", result: SearchResult, chosen: Sequence[Photo] | None = None) -> Report:
    """An answer as a report: all of it, or the chosen ones of its photos."""
    if chosen is not None:
        ids = {photo.id for photo in chosen}
        result = replace(result, matches=tuple(match for match in result.matches if match.photo.id in ids))
    pictures = _pictures(library, result)
    liked = [picture.title for picture in pictures if picture.weight > 0]
    more = f" and {len(liked) - 1} more" if len(liked) > 1 else ""
    return Report(
        f"Lookalikes of {liked[0]}{more}", tuple(match.photo for match in result.matches), result, tuple(pictures)
    )


def filter_lines(filters: Filters) -> list[tuple[str, str]]:
    """The filters that are set, by name, in words."""
    values = ((one.name, getattr(filters, one.name), one.default) for one in fields(filters))
    return [(name.replace("_", " "), _in_words(value)) for name, value, default in values if value not in (default, ())]


def _in_words(value: object) -> str:
    if isinstance(value, tuple | list | set | frozenset):
        return ", ".join(map(_in_words, value))
    return "yes" if value is True else f"{value:g}" if isinstance(value, float) else str(value)


def _pictures(library: "Library", result: SearchResult) -> list[ReportPicture]:
    """As the history remembers them, because a file may be gone; else what the library has."""
    asked = result.query.pictures
    remembered = library.history.remembered(result.entry_id) if result.entry_id else ()
    if len(remembered) == len(asked):
        return [
            ReportPicture(kept.title, kept.thumbnail, picture.weight, picture.region)
            for picture, kept in zip(asked, remembered, strict=True)
        ]
    return [_picture_now(library, picture) for picture in asked]


def _picture_now(library: "Library", picture: QueryPicture) -> ReportPicture:
    photo = library.photos.at(picture.path) if picture.path else None
    try:
        thumbnail = library.thumbnail(photo.id) if photo else b""
    except EngineError:  # a report without this picture is better than none
        thumbnail = b""
    title = picture.path.name if picture.path else "pasted picture"
    return ReportPicture(title, thumbnail, picture.weight, picture.region)

"""Changes of a query, as functions from one query to the next; one that would leave nothing to look like raises."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from engine.records import Query, QueryPicture
from gui.weights import stepped


def with_more(query: Query, pictures: Iterable[QueryPicture]) -> Query:
    """With more pictures; one that is there already is taken over as it is given now."""
    added = tuple(pictures)
    kept = tuple(one for one in query.pictures if not any(same_picture(one, other) for other in added))
    return replace(query, pictures=kept + added)


def with_picture(query: Query, position: int, picture: QueryPicture) -> Query:
    """With one picture changed: its weight, its sign or its region. It is never there twice."""
    pictures = [*query.pictures[:position], picture, *query.pictures[position + 1 :]]
    kept = (one for number, one in enumerate(pictures) if number == position or not same_picture(one, picture))
    return replace(query, pictures=tuple(kept))


def without(query: Query, position: int) -> Query | None:
    """Without one picture; None if nothing to look like is left."""
    left = query.pictures[:position] + query.pictures[position + 1 :]
    return replace(query, pictures=left) if any(picture.weight > 0 for picture in left) else None


def moved(query: Query, position: int, to: int) -> Query:
    """With one picture at another place."""
    left = [*query.pictures[:position], *query.pictures[position + 1 :]]
    left.insert(to, query.pictures[position])
    return replace(query, pictures=tuple(left))


def same_picture(one: QueryPicture, other: QueryPicture) -> bool:
    """Whether two query pictures show the same part of the same picture, whatever their weights."""
    return replace(one, weight=1.0) == replace(other, weight=1.0)


def flipped(picture: QueryPicture) -> QueryPicture:
    """More like it instead of less, or the other way round."""
    return replace(picture, weight=-picture.weight)


def weighed(text: str, picture: QueryPicture) -> QueryPicture | None:
    """What typing plus or minus on a picture makes of it; None for anything else."""
    steps = {"+": 1, "=": 1, "-": -1, "−": -1}.get(text)
    return replace(picture, weight=stepped(picture.weight, steps)) if steps else None


def pictures_of(query: Query) -> frozenset[tuple[Path | None, bytes | None]]:
    """What a query is about, whatever part and order of it and however much of each counts."""
    return frozenset((picture.path, picture.data) for picture in query.pictures)

"""Maps of photos: computed once, kept beside the index of their model, and completed when photos come and go."""

import hashlib
import json
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.answering import Answerer, Answering, index_name
from engine.catalog.browsing import Browsing
from engine.errors import BadRequestError, EngineError
from engine.filters import Decided, Filters
from engine.jobs import Job
from engine.new_file import new_file
from engine.search.atlas import FEWEST, NEIGHBOURS, groups_of, place_beside, spread

FOLDER = "maps"
KEPT = 16
"""Maps that are kept for each model, the ones used last."""
MOST_NEW = 0.3
"""A larger share of photos that are not on a map yet is not put between the others: it is drawn anew."""
_FORMAT = 1

Ids = NDArray[np.bytes_]
Seqs = NDArray[np.int64]
Positions = NDArray[np.float32]
Codes = NDArray[np.int32]


class ColorBy(StrEnum):
    """What the colours of a map may stand for."""

    GROUP = "group"
    """Parts of the map that lie together."""
    FOLDER = "folder"
    YEAR = "year"
    COLLECTION = "collection"


@dataclass(frozen=True, slots=True)
class Atlas:
    """Photos on a map; alike ones lie near each other.

    Attributes:
        ids: of the photos, as fixed ASCII.
        positions: float32 [n, 2], each coordinate from 0 to 1, the second downwards.
        groups: the part of the map that each lies in, the largest is 0.
        left_out: photos that have no embedding yet.
    """

    ids: Ids
    positions: Positions
    groups: Codes
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.ids)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Atlas):
            return NotImplemented
        return np.array_equal(self.ids, other.ids) and np.array_equal(self.positions, other.positions)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Legend:
    """What the colours of a map stand for.

    Attributes:
        codes: for each photo a place in `names`, or the number of names for all that have none of these.
        names: the most frequent first; years in their order; empty for groups, which have numbers only.
        counts: photos of each, and last of those that have none.
    """

    codes: Codes
    names: tuple[str, ...]
    counts: tuple[int, ...]


class Maps:
    """Draws maps with the model that answers. Any thread may call any method.

    Args:
        indexes: the folder of the indexes.
    """

    def __init__(self, browsing: Browsing, answering: Answering, indexes: Path) -> None:
        self._browsing = browsing
        self._answering = answering
        self._indexes = indexes

    def of(self, filters: Filters, job: Job | None = None) -> Atlas:
        """The map of the photos that pass.

        Args:
            job: told about progress; may cancel.

        Raises:
            BadRequestError: there are too few of them.
            NotFoundError: there is no such collection.
            Cancelled: the job was cancelled.
        """
        answerer = self._answering.current()
        ids, seqs = self._browsing.embedded(filters, answerer.model.key)
        return self._map(f"filters {json.dumps(filters.document(), default=str)}", ids, seqs, answerer, job or Job())

    def of_photos(self, photo_ids: Sequence[str], job: Job | None = None) -> Atlas:
        """The map of these photos; raises as `of` does."""
        answerer = self._answering.current()
        wanted = np.array(sorted(photo_ids), dtype="S36")
        ids, seqs = self._browsing.embedded(Filters(decision=Decided.ANY), answerer.model.key)
        among = np.isin(ids, wanted)
        missing = len(wanted) - int(among.sum())
        found = self._map(f"photos {wanted.tobytes().decode()}", ids[among], seqs[among], answerer, job or Job())
        return Atlas(found.ids, found.positions, found.groups, found.left_out + missing)

    def legend(self, atlas: Atlas, by: ColorBy, most: int) -> Legend:
        """What colours stand for.

        Args:
            most: names at most; what is less frequent has none.
        """
        if by is ColorBy.GROUP:
            counts = np.bincount(atlas.groups)
            return Legend(atlas.groups, (), (*counts.tolist(), 0))
        codes, names = self._browsing.traits(atlas.ids, by)
        return _legend(codes, names, most, in_order=by is ColorBy.YEAR)

    def _map(self, name: str, ids: Ids, seqs: Seqs, answerer: Answerer, job: Job) -> Atlas:
        known, vectors = answerer.index.vectors(seqs[seqs > 0])
        if len(known) < FEWEST:
            raise BadRequestError(
                f"A map needs at least {FEWEST} photos, there are {len(known)}.", "Take away a filter, or add photos."
            )
        order = np.argsort(seqs, kind="stable")
        on_map = ids[order[np.searchsorted(seqs, known, sorter=order)]]
        file = self._indexes / index_name(answerer.model) / FOLDER / f"{_digest(name)}.npz"
        kept = _load(file)
        drawn = None if kept is None else _completed(kept, known, vectors)
        if drawn is None:
            near, distances = answerer.index.neighbours(known, vectors, NEIGHBOURS, job)
            positions = spread(vectors, near, distances, job)
            drawn = positions, groups_of(positions)
        positions, groups = drawn
        if kept is None or not np.array_equal(kept[0], known):
            _save(file, known, positions, groups)
        return Atlas(on_map, positions, groups, len(ids) - len(known))


def _completed(
    kept: tuple[Seqs, Positions, Codes], seqs: Seqs, vectors: NDArray[np.float32]
) -> tuple[Positions, Codes] | None:
    """Positions and groups on a map that is there, with what came since; None if that is too much."""
    before, positions, groups = kept
    order = np.argsort(before, kind="stable")
    places = order[np.minimum(np.searchsorted(before, seqs, sorter=order), len(before) - 1)]
    there = before[places] == seqs
    if not there.any() or np.count_nonzero(~there) > MOST_NEW * len(seqs):
        return None
    found, parts = positions[places], groups[places]
    if not there.all():
        found[~there], beside = place_beside(vectors[~there], vectors[there], found[there])
        parts[~there] = parts[there][beside]
    return found, parts


def _legend(codes: Codes, names: Sequence[str], most: int, *, in_order: bool) -> Legend:
    """The most frequent names; codes below 0 have none."""
    counts = np.bincount(codes[codes >= 0], minlength=len(names))
    chosen = np.argsort(-counts, kind="stable")[:most]
    chosen = chosen[counts[chosen] > 0]
    if in_order:
        chosen = np.array(sorted(chosen.tolist(), key=lambda code: names[code]), dtype=np.int64)
    new = np.full(len(names) + 1, len(chosen), dtype=np.int32)
    new[chosen] = np.arange(len(chosen))
    fresh = new[codes]  # -1 is the last one
    totals = np.bincount(fresh, minlength=len(chosen) + 1)
    return Legend(fresh, tuple(names[code] for code in chosen), tuple(totals.tolist()))


def _digest(name: str) -> str:
    return hashlib.blake2b(name.encode(), digest_size=12).hexdigest()


def _load(file: Path) -> tuple[Seqs, Positions, Codes] | None:
    """A kept map; None if there is none, or if it is damaged: it is drawn again."""
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
            seqs, positions, groups = kept["seqs"], kept["positions"], kept["groups"]
            sound = int(kept["format"]) == _FORMAT and positions.shape == (len(seqs), 2) and groups.shape == seqs.shape
            sound = sound and len(seqs) > 0 and bool(np.isfinite(positions).all())
        file.touch()
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return (seqs, positions, groups) if sound else None


def _save(file: Path, seqs: Seqs, positions: Positions, groups: Codes) -> None:
    """Keep a map, if there is room for it; the ones that were not used for longest make some."""
    with suppress(EngineError, OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with new_file(file) as part, part.open("wb") as stream:
            np.savez(stream, format=_FORMAT, seqs=seqs, positions=positions, groups=groups)
        kept = sorted(file.parent.glob("*.npz"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in kept[KEPT:]:
            old.unlink()

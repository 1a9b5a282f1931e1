"""Reading the library as a whole: photos in an order, and how many there are of each kind."""

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.browsing import Collected, Contents, Emptiness, Facets, Folder, Order, Run, folder_tree
from engine.catalog.database import Database
from engine.catalog.facts import Fact, Facts, Mask, Sequenced
from engine.catalog.filtering import places, roots_of
from engine.catalog.meta import GENERATION, Meta
from engine.catalog.roots import decode_path
from engine.filters import Decided, FilterKind, Filters, Orientation
from engine.jobs import Job
from engine.names import natural_order


class Browsing:
    """Lists and counts the photos that pass filters. Any thread may call any method.

    What was read for it is kept until something about the photos changes.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._meta = Meta(database)
        self._lock = threading.Lock()
        self._generation: int | None = None
        self._kept = Facts(database)

    def warm_up(self, job: Job | None = None) -> None:
        """Read now what listing and counting need, so that the first to ask does not wait for it."""
        job = job or Job()
        facts = self._facts()
        for read in (lambda: facts.sequence(Order.TIME), lambda: facts.browsed, lambda: facts.members):
            job.checkpoint()
            read()

    def contents(self, filters: Filters, order: Order = Order.TIME, *, descending: bool = False) -> Contents:
        """The photos that pass, in one of the orders `SORTED`; `descending` is the same from the end.

        Raises:
            NotFoundError: there is no such collection.
        """
        facts = self._facts()
        passing = facts.passing(filters)
        ordered = self._by_folder(facts) if order is Order.FOLDER else facts.sequence(order)
        rising = _contents(facts, passing, ordered)
        return rising.reversed() if descending else rising

    def embedded(self, filters: Filters, model: int) -> tuple[NDArray[np.bytes_], NDArray[np.int64]]:
        """The ids of the photos that pass, the oldest first, and the `seq` of their embeddings; 0 where there is none.

        Raises:
            NotFoundError: there is no such collection.
        """
        facts = self._facts()
        places = facts.sequence(Order.TIME).places
        places = places[facts.passing(filters)[places]]
        return facts.ids[places], facts.embeddings(model)[places]

    def traits(self, ids: NDArray[np.bytes_], by: str) -> tuple[NDArray[np.int32], list[str]]:
        """What photos have in common.

        Args:
            by: "folder", "year" or "collection"; of several collections the one whose name comes first counts.

        Returns:
            For each photo a place among the names, -1 if it has none, and the names.
        """
        facts = self._facts()
        order = np.argsort(facts.ids)
        places = order[np.minimum(np.searchsorted(facts.ids, ids, sorter=order), max(len(order) - 1, 0))]
        codes, names = {"folder": self._folder_traits, "year": _year_traits, "collection": _collection_traits}[by](
            facts
        )
        return np.where(facts.ids[places] == ids, codes[places], -1).astype(np.int32), names

    def _folder_traits(self, facts: Facts) -> tuple[NDArray[np.int32], list[str]]:
        column = facts.columns[Fact.FOLDER]
        return column.codes, [str(path) if path is not None else "" for path in self._paths(column.values)]

    def facets(self, filters: Filters, sizes: Sequence[int] = (), job: Job | None = None) -> Facets:
        """How many photos there would be with each value of a filter, all others applied.

        Args:
            sizes: least sizes of the longer side to count for.

        Raises:
            NotFoundError: there is no such collection.
        """
        job = job or Job()
        facts = self._facts()
        counted: dict[str, Any] = {}
        for name, count in self._counters(facts, filters, sizes).items():
            job.checkpoint()
            counted[name] = count()
        return Facets(**counted)

    def passing(self, filters: Filters, model: int) -> NDArray[np.int64] | None:
        """Embeddings (their `seq`, ascending) of the photos that pass the filters; None if no filter leaves any out.

        Where no filter is set that includes the hidden ones: see `Photos.hidden`.

        Raises:
            NotFoundError: there is no such collection.
        """
        narrowing = filters.without(FilterKind.SCORE)
        if narrowing in (Filters(), Filters(decision=Decided.ANY)):
            return None
        facts = self._facts()
        seqs = facts.embeddings(model)
        return np.sort(seqs[facts.passing(narrowing) & facts.browsed & (seqs > 0)])

    def emptiness(self, filters: Filters) -> Emptiness:
        """Why there is nothing to show: which filters to loosen.

        Raises:
            NotFoundError: there is no such collection.
        """
        facts = self._facts()
        unknown = tuple(
            folder
            for folder in (*filters.folders, *filters.folders_alone)
            if not places(self._database, Filters(folders=(folder,)))
        )
        kinds = [kind for kind in filters.kinds if kind is not FilterKind.SCORE]
        counts = [(kind, _count(facts, filters.without(kind))) for kind in kinds]
        return Emptiness(
            _count(facts, filters),
            unknown,
            tuple(sorted(((kind, count) for kind, count in counts if count), key=lambda pair: -pair[1])),
            _count(facts, Filters()),
        )

    def _facts(self) -> Facts:
        """What was read since the photos changed last, or is to be read now."""
        with self._lock:
            generation = self._meta.number(GENERATION)
            if generation != self._generation:
                self._kept, self._generation = Facts(self._database), generation
            return self._kept

    def _counters(self, facts: Facts, filters: Filters, sizes: Sequence[int]) -> dict[str, Callable[[], Any]]:
        """How to count for each field of `Facets`."""

        def grouped(fact: Fact, kind: FilterKind) -> list[tuple[Any, int]]:
            return facts.columns[fact].counts(facts.passing(filters.without(kind)))

        return {
            "passing": lambda: _count(facts, filters),
            "folders": lambda: self._folders(facts, grouped(Fact.FOLDER, FilterKind.FOLDER)),
            "days": lambda: tuple(sorted(grouped(Fact.DAY, FilterKind.DATE))),
            "cameras": lambda: _most_first(grouped(Fact.CAMERA, FilterKind.CAMERA)),
            "formats": lambda: _most_first(grouped(Fact.FORMAT, FilterKind.FORMAT)),
            "orientations": lambda: _orientations(grouped(Fact.SHAPE, FilterKind.ORIENTATION)),
            "sizes": lambda: _sizes(grouped(Fact.SIDE, FilterKind.SIZE), sizes),
            "decisions": lambda: _decisions(facts, filters.without(FilterKind.DECISION)),
            "collections": lambda: _collections(facts, filters.without(FilterKind.COLLECTION)),
        }

    def _by_folder(self, facts: Facts) -> Sequenced:
        """The folders in the order in which people read them, which bytes do not have."""
        column, named = facts.columns[Fact.FOLDER], facts.sequence(Order.NAME)
        paths = self._paths(column.values)
        known = [(number, path) for number, path in enumerate(paths) if path is not None]
        known.sort(key=lambda entry: _natural_path(entry[1]))
        ranks = np.full(len(paths) + 1, -1, dtype=np.int32)
        ranks[[number for number, _ in known]] = np.arange(len(known))
        groups = ranks[column.codes[named.places]]  # of a photo without a folder by now, that is the last: -1
        order = np.argsort(groups, kind="stable")
        order = order[groups[order] >= 0]
        return Sequenced(named.places[order], groups[order], [str(path) for _, path in known])

    def _paths(self, folders: Sequence[tuple[int, bytes]]) -> list[Path | None]:
        """Where folders are, given by their roots' keys; None if the root has gone meanwhile."""
        roots = {key: decode_path(raw) for key, raw in roots_of(self._database)}
        return [roots[root] / os.fsdecode(folder) if root in roots else None for root, folder in folders]

    def _folders(self, facts: Facts, counts: Sequence[tuple[tuple[int, bytes], int]]) -> tuple[Folder, ...]:
        """All folders that hold photos, whether any of them pass or not."""
        everything = facts.columns[Fact.FOLDER].values
        found = dict(counts)
        here = {
            path: found.get(folder, 0)
            for folder, path in zip(everything, self._paths(everything), strict=True)
            if path is not None
        }
        roots = (decode_path(raw) for _, raw in roots_of(self._database))
        return folder_tree(sorted(roots, key=_natural_path), here)


def _year_traits(facts: Facts) -> tuple[NDArray[np.int32], list[str]]:
    column = facts.columns[Fact.DAY]
    years = sorted({day[:4] for day in column.values if day})
    number = {year: place for place, year in enumerate(years)}
    of_day = np.array([*(number.get(day[:4], -1) for day in column.values), -1], dtype=np.int32)
    return of_day[column.codes], years


def _collection_traits(facts: Facts) -> tuple[NDArray[np.int32], list[str]]:
    named = sorted(facts.members, key=lambda one: natural_order(one[1]))
    codes = np.full(len(facts.ids), -1, dtype=np.int32)
    for place in reversed(range(len(named))):  # the first comes last, over the others
        codes[named[place][2]] = place
    return codes, [name for _, name, _ in named]


def _contents(facts: Facts, passing: Mask, ordered: Sequenced) -> Contents:
    """What passes, with a run where the group changes."""
    kept = passing[ordered.places]
    found, groups = ordered.places[kept], ordered.groups[kept]
    first = np.flatnonzero(np.diff(groups, prepend=-1))
    runs = [(int(place), ordered.names[groups[place]]) for place in first]
    return Contents(facts.ids[found], tuple(Run(place, name) for place, name in runs if name is not None))


def _count(facts: Facts, filters: Filters) -> int:
    return int(np.count_nonzero(facts.passing(filters) & facts.browsed))


def _orientations(counts: Sequence[tuple[str, int]]) -> dict[Orientation, int]:
    found = dict(counts)
    return {one: found.get(one, 0) for one in Orientation}


def _sizes(counts: Sequence[tuple[int, int]], sizes: Sequence[int]) -> dict[int, int]:
    return {size: sum(count for side, count in counts if side >= size) for size in sizes}


def _decisions(facts: Facts, filters: Filters) -> dict[Decided, int]:
    return {one: _count(facts, replace(filters, decision=one)) for one in Decided}


def _collections(facts: Facts, filters: Filters) -> tuple[Collected, ...]:
    passing = facts.passing(filters)
    counts = [Collected(id, name, int(np.count_nonzero(passing[members]))) for id, name, members in facts.members]
    return tuple(sorted(counts, key=lambda one: natural_order(one.name)))


def _natural_path(path: Path) -> list[str]:
    return [natural_order(part) for part in path.parts]


def _most_first(rows: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(rows, key=lambda pair: (-pair[1], pair[0])))

"""Reading the library as a whole: photos in an order, and how many there are of each kind."""

import os
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.browsing import Collected, Contents, Emptiness, Facets, Folder, Order, Run, ends_of, folder_tree
from engine.catalog.database import Database, Row
from engine.catalog.filtering import BROWSED, FACTS, HIDDEN, PINNED, SHAPE, conditions, places, roots_of
from engine.catalog.meta import GENERATION, Meta
from engine.catalog.roots import decode_path
from engine.filters import Decided, FilterKind, Filters, Orientation
from engine.jobs import Job
from engine.names import natural_order

MOST_KEPT = 64
"""Answers that are kept until something about the photos changes."""
_ID_BYTES = 36
_DAY = "substr(moment, 1, 10)"
_READ = f"SELECT key, {{}} FROM {FACTS} WHERE {BROWSED}"
_SORTED = {
    Order.TIME: (_DAY, "photos_by_moment", "moment, key"),
    Order.NAME: ("NULL", "photos_by_name", "sort_name, key"),
    Order.SIZE: ("NULL", "photos_by_size", "size, key"),
}


class Browsing:
    """Lists and counts the photos that pass filters. Any thread may call any method.

    What was counted or listed is kept until something about the photos changes.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._meta = Meta(database)
        self._lock = threading.Lock()
        self._generation: int | None = None
        self._kept: dict[Any, Any] = {}

    def contents(self, filters: Filters, order: Order = Order.TIME, *, descending: bool = False) -> Contents:
        """The photos that pass, in order; `descending` is the same from the end.

        Raises:
            NotFoundError: there is no such collection.
        """
        rising = self._by_folder(filters) if order is Order.FOLDER else self._sorted(filters, order)
        return rising.reversed() if descending else rising

    def facets(self, filters: Filters, sizes: Sequence[int] = (), job: Job | None = None) -> Facets:
        """How many photos there would be with each value of a filter, all others applied.

        Args:
            sizes: least sizes of the longer side to count for.

        Raises:
            NotFoundError: there is no such collection.
        """
        job = job or Job()
        counted: dict[str, Any] = {}
        for name, count in self._counters(sizes).items():
            job.checkpoint()
            counted[name] = count(filters)
        return Facets(**counted)

    def emptiness(self, filters: Filters) -> Emptiness:
        """Why there is nothing to show: which filters to loosen.

        Raises:
            NotFoundError: there is no such collection.
        """
        unknown = tuple(
            folder
            for folder in (*filters.folders, *filters.folders_alone)
            if not places(self._database, Filters(folders=(folder,)))
        )
        kinds = [kind for kind in filters.kinds if kind is not FilterKind.SCORE]
        counts = [(kind, self._count(filters.without(kind))) for kind in kinds]
        return Emptiness(
            self._count(filters),
            unknown,
            tuple(sorted(((kind, count) for kind, count in counts if count), key=lambda pair: -pair[1])),
            self._count(Filters()),
        )

    def _counters(self, sizes: Sequence[int]) -> dict[str, Callable[[Filters], Any]]:
        """How to count for each field of `Facets`."""
        return {
            "passing": self._count,
            "folders": lambda of: self._folders(of.without(FilterKind.FOLDER)),
            "days": lambda of: tuple(sorted(self._grouped(of.without(FilterKind.DATE), _DAY))),
            "cameras": lambda of: _most_first(self._grouped(of.without(FilterKind.CAMERA), "camera")),
            "formats": lambda of: _most_first(self._grouped(of.without(FilterKind.FORMAT), "format")),
            "orientations": lambda of: self._orientations(of.without(FilterKind.ORIENTATION)),
            "sizes": lambda of: self._sizes(of.without(FilterKind.SIZE), sizes),
            "decisions": lambda of: self._decisions(of.without(FilterKind.DECISION)),
            "collections": lambda of: self._collections(of.without(FilterKind.COLLECTION)),
        }

    def _keep(self, key: Any, read: Callable[[], Any]) -> Any:
        """What was read since the photos changed last, else what is read now."""
        with self._lock:
            generation = self._meta.number(GENERATION)
            if generation != self._generation:
                self._kept.clear()
                self._generation = generation
            if key in self._kept:
                return self._kept[key]
        found = read()
        with self._lock:
            if generation == self._generation:
                while len(self._kept) >= MOST_KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = found
        return found

    def _sorted(self, filters: Filters, order: Order) -> Contents:
        """By an index that has all photos in order, if all are wanted; else by sorting those that pass."""
        group, index, columns = _SORTED[order]
        passing = conditions(self._database, filters)
        read = _READ.format(group)
        if not passing:
            read = read.replace("photos_facts", index)
        chunks = self._database.stream(f"{read}{passing.sql} ORDER BY {columns}", passing.parameters)
        keys, runs = _runs_of(chunks)
        return self._contents(keys, runs)

    def _by_folder(self, filters: Filters) -> Contents:
        """The folders in the order in which people read them, which bytes do not have."""
        passing = conditions(self._database, filters)
        chunks = self._database.stream(
            f"{_READ.format('root, folder')}{passing.sql} ORDER BY root, folder, sort_name, key", passing.parameters
        )
        keys, runs = _runs_of(chunks)
        roots = {key: decode_path(raw) for key, raw in roots_of(self._database)}
        paths = [(roots[root] / os.fsdecode(folder), first) for first, (root, folder) in runs if root in roots]
        firsts = [first for first, _ in runs]
        ends = dict(zip(firsts, ends_of(firsts, len(keys)), strict=True))
        paths.sort(key=lambda entry: [natural_order(part) for part in entry[0].parts])
        parts, named, place = [], [], 0
        for path, first in paths:
            parts.append(keys[first : ends[first]])
            named.append((place, str(path)))
            place += len(parts[-1])
        return self._contents(np.concatenate(parts) if parts else keys[:0], named)

    def _contents(self, keys: NDArray[np.int64], runs: Sequence[tuple[int, Any]]) -> Contents:
        known, ids = self._keep("ids", self._ids)
        places = np.minimum(np.searchsorted(known, keys), max(len(known) - 1, 0))
        there = known[places] == keys if len(known) else np.zeros(len(keys), dtype=bool)
        before = np.concatenate([[0], np.cumsum(there)])  # photos may have gone between two readings
        named = [Run(int(before[first]), name) for first, name in runs if name is not None]
        ended = ends_of([run.first for run in named], int(before[-1]))
        kept = tuple(run for run, end in zip(named, ended, strict=True) if run.first < end)
        return Contents(ids[places[there]], kept)

    def _ids(self) -> tuple[NDArray[np.int64], NDArray[np.bytes_]]:
        """Key and id of every photo, by key."""
        keys, ids = [], []
        for chunk in self._database.stream("SELECT key, id FROM photos"):
            keys.append(np.array([key for key, _ in chunk], dtype=np.int64))
            ids.append(np.array([photo_id for _, photo_id in chunk], dtype=f"S{_ID_BYTES}"))
        if not keys:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=f"S{_ID_BYTES}")
        all_keys, all_ids = np.concatenate(keys), np.concatenate(ids)
        order = np.argsort(all_keys)
        return all_keys[order], all_ids[order]

    def _count(self, filters: Filters) -> int:
        return sum(count for _, count in self._grouped(filters, "NULL"))

    def _grouped(self, filters: Filters, expression: str) -> list[tuple[Any, int]]:
        """How many of the photos that pass have each value."""
        read = partial(self._rows, filters, f"{expression}, count(*)", "GROUP BY 1")
        rows: list[tuple[Any, int]] = self._keep((expression, filters), read)
        return rows

    def _rows(self, filters: Filters, columns: str, end: str, *, hidden_too: bool = False) -> list[Row]:
        passing = conditions(self._database, filters, hidden_too=hidden_too)
        return self._database.rows(
            f"SELECT {columns} FROM {FACTS} WHERE {BROWSED}{passing.sql} {end}", passing.parameters
        )

    def _folders(self, filters: Filters) -> tuple[Folder, ...]:
        """All folders that hold photos, whether any of them pass or not."""
        tree: tuple[Folder, ...] = self._keep(("folders", filters), lambda: self._read_folders(filters))
        return tree

    def _read_folders(self, filters: Filters) -> tuple[Folder, ...]:
        roots = {key: decode_path(raw) for key, raw in roots_of(self._database)}
        columns, end = "root, folder, count(*)", "GROUP BY root, folder"
        everything = self._keep("folders", partial(self._rows, Filters(decision=Decided.ANY), columns, end))
        counts = {roots[root] / os.fsdecode(folder): 0 for root, folder, _ in everything if root in roots}
        for root, folder, count in self._rows(filters, columns, end):
            if root in roots:
                counts[roots[root] / os.fsdecode(folder)] = count
        return folder_tree(sorted(roots.values(), key=_natural_path), counts)

    def _orientations(self, filters: Filters) -> dict[Orientation, int]:
        found = dict(self._grouped(filters, SHAPE))
        return {one: found.get(one, 0) for one in Orientation}

    def _sizes(self, filters: Filters, sizes: Sequence[int]) -> dict[int, int]:
        found = self._grouped(filters, "max(width, height)")
        return {size: sum(count for side, count in found if side >= size) for size in sizes}

    def _decisions(self, filters: Filters) -> dict[Decided, int]:
        columns, end = f"{PINNED}, {HIDDEN}, count(*)", "GROUP BY 1, 2"
        rows = self._keep(("decisions", filters), partial(self._rows, filters, columns, end, hidden_too=True))
        counts = dict.fromkeys(Decided, 0)
        for pinned, hidden, count in rows:
            counts[Decided.ANY] += count
            counts[Decided.PINNED] += count if pinned else 0
            counts[Decided.HIDDEN] += count if hidden else 0
            counts[Decided.UNDECIDED] += 0 if pinned or hidden else count
        return counts

    def _collections(self, filters: Filters) -> tuple[Collected, ...]:
        passing = conditions(self._database, filters)
        read = f"""
            SELECT collection_id, title, count(photos.key) FROM
            (SELECT key AS collection_key, id AS collection_id, name AS title FROM collections)
            LEFT JOIN (SELECT collection, content_hash AS member FROM collection_photos) ON collection = collection_key
            LEFT JOIN photos ON photos.content_hash = member AND {BROWSED}{passing.sql}
            GROUP BY collection_key"""
        rows = self._keep(("collections", filters), partial(self._database.rows, read, passing.parameters))
        return tuple(sorted((Collected(*row) for row in rows), key=lambda one: natural_order(one.name)))


def _runs_of(chunks: Any) -> tuple[NDArray[np.int64], list[tuple[int, Any]]]:
    """The keys of rows (key, group…), and where each group begins."""
    keys, runs, place = [], [], 0
    last: Any = object()
    for chunk in chunks:
        keys.append(np.array([row[0] for row in chunk], dtype=np.int64))
        for row in chunk:
            group = row[1] if len(row) == 2 else row[1:]
            if group != last:
                runs.append((place, group))
                last = group
            place += 1
    return np.concatenate(keys) if keys else np.empty(0, dtype=np.int64), runs


def _natural_path(path: Path) -> list[str]:
    return [natural_order(part) for part in path.parts]


def _most_first(rows: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(rows, key=lambda pair: (-pair[1], pair[0])))

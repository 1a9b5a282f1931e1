"""What filters, counts and orders ask of the photos, as columns in memory.

SQL alone knows what a filter means and what comes first. It is asked once for each filter and order; what it said is
kept as masks and places, and putting them together takes no time.
"""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.browsing import Order
from engine.catalog.database import Database
from engine.catalog.filtering import BROWSED, FACTS, SHAPE, conditions
from engine.filters import Decided, FilterKind, Filters

MOST_MASKS = 64
"""Filters whose photos are remembered; a mask takes a byte a photo."""
ID_BYTES = 36
Mask = NDArray[np.bool_]
Places = NDArray[np.int64]
Codes = NDArray[np.int32]

_DAY = "substr(moment, 1, 10)"
_ORDERS = {
    Order.TIME: (_DAY, "photos_by_moment", "moment, key"),
    Order.NAME: ("NULL", "photos_by_name", "sort_name, key"),
    Order.SIZE: ("NULL", "photos_by_size", "size, key"),
}
_DECIDED = """SELECT photos.key FROM decisions JOIN photos ON photos.content_hash = decisions.content_hash
    WHERE kind = ?"""
_MEMBERS = f"""
    SELECT id, name, (SELECT group_concat(photos.key) FROM collection_photos
        JOIN photos ON photos.content_hash = collection_photos.content_hash
        WHERE collection = collections.key AND {BROWSED})
    FROM collections"""


class Fact(StrEnum):
    """What photos are counted by."""

    FOLDER = "folder"
    """As the key of a root and the folder below it."""
    DAY = _DAY
    CAMERA = "camera"
    FORMAT = "format"
    SHAPE = SHAPE
    SIDE = "max(width, height)"


_TEXTS = tuple(fact for fact in Fact if fact is not Fact.FOLDER)


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of every photo.

    Attributes:
        codes: where in `values` a photo's value is; -1 for a photo that is not browsed.
    """

    codes: Codes
    values: Sequence[Any]

    def counts(self, mask: Mask) -> list[tuple[Any, int]]:
        """The values that photos of the mask have, each with their number."""
        found = np.bincount(self.codes[mask & (self.codes >= 0)], minlength=len(self.values)).tolist()
        return [(value, count) for value, count in zip(self.values, found, strict=True) if count]


@dataclass(frozen=True, slots=True)
class Sequenced:
    """All photos in an order.

    Attributes:
        groups: what each has in common with its neighbours, as codes of `names`.
    """

    places: Places
    groups: Codes
    names: Sequence[Any]


class Facts:
    """The photos as they were at one moment. Any thread may call any method.

    Each photo has a place, the same in every mask and column: by ascending key, whatever its state.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._masks: dict[Filters, Mask] = {}
        self._embeddings: dict[int, Places] = {}

    @cached_property
    def ids(self) -> NDArray[np.bytes_]:
        """The id of every photo, as fixed ASCII."""
        return self._known.ids

    @cached_property
    def browsed(self) -> Mask:
        """The photos that can be shown and searched."""
        return self._known.browsed

    @cached_property
    def columns(self) -> dict[Fact, Column]:
        """All facts, read together: folder by folder, so that few of them are text at a time."""
        listed = ", ".join(f"json_group_array({fact})" for fact in _TEXTS)
        read = f"SELECT root, folder, group_concat(key), {listed} FROM {FACTS} WHERE {BROWSED} GROUP BY root, folder"
        coders = {fact: _Coder() for fact in Fact}
        keys: list[Places] = []
        for rows in self._database.stream(read, chunk=16):
            for root, folder, some, *values in rows:
                keys.append(_numbers(some))
                coders[Fact.FOLDER].add([(root, folder)] * len(keys[-1]))
                for fact, text in zip(_TEXTS, values, strict=True):
                    coders[fact].add(json.loads(text))
        return self._columns(keys, coders)

    @cached_property
    def members(self) -> list[tuple[str, str, Places]]:
        """Collections by id and name, and the photos in them."""
        rows = self._database.rows(_MEMBERS)
        return [(id, name, self._places_of(_numbers(keys))) for id, name, keys in rows]

    def sequence(self, order: Order) -> Sequenced:
        """All photos in one of the orders that SQL knows, by day if that is the order of time."""
        return {Order.TIME: self._by_time, Order.NAME: self._by_name, Order.SIZE: self._by_size}[order]

    def passing(self, filters: Filters, *, hidden_too: bool = False) -> Mask:
        """The photos that pass.

        Args:
            hidden_too: where nothing is said of decisions, hidden photos may pass.

        Raises:
            NotFoundError: there is no such collection.
        """
        mask = self._of_decision(filters.decision, hidden_too=hidden_too)
        for kind in filters.kinds:
            if kind not in (FilterKind.DECISION, FilterKind.SCORE):
                mask = mask & self._mask(filters.only(kind))
        return mask

    def embeddings(self, model: int) -> Places:
        """The `seq` of every photo's embedding of a model; 0 where there is none."""
        with self._lock:
            if model in self._embeddings:
                return self._embeddings[model]
        # The + has SQLite read an index that holds all of this, instead of the vectors.
        read = "SELECT group_concat(photo), group_concat(seq) FROM embeddings WHERE +model = ?"
        keys, seqs = map(_numbers, self._database.rows(read, (model,))[0])
        places, there = self._find(keys)
        found = np.zeros(len(self.ids), dtype=np.int64)
        found[places[there]] = seqs[there]
        with self._lock:
            self._embeddings[model] = found
        return found

    @cached_property
    def _known(self) -> "_Known":
        read = f"SELECT group_concat(key), json_group_array(id), group_concat({BROWSED}) FROM photos"
        keys, ids, browsed = self._database.rows(read)[0]
        all_keys = _numbers(keys)
        order = np.argsort(all_keys)
        all_ids = np.array(json.loads(ids), dtype=f"S{ID_BYTES}")
        return _Known(all_keys[order], all_ids[order], _numbers(browsed)[order].astype(bool))

    @cached_property
    def _by_time(self) -> Sequenced:
        return self._read_sequence(Order.TIME)

    @cached_property
    def _by_name(self) -> Sequenced:
        return self._read_sequence(Order.NAME)

    @cached_property
    def _by_size(self) -> Sequenced:
        return self._read_sequence(Order.SIZE)

    @cached_property
    def _pinned(self) -> Mask:
        return self._mask_of([key for (key,) in self._database.rows(_DECIDED, (Decided.PINNED,))])

    @cached_property
    def _hidden(self) -> Mask:
        return self._mask_of([key for (key,) in self._database.rows(_DECIDED, (Decided.HIDDEN,))])

    def _of_decision(self, decision: Decided | None, *, hidden_too: bool) -> Mask:
        if decision is Decided.ANY or (decision is None and hidden_too):
            return np.ones(len(self.ids), dtype=bool)
        chosen: dict[Decided | None, Callable[[], Mask]] = {
            None: lambda: ~self._hidden,
            Decided.PINNED: lambda: self._pinned,
            Decided.HIDDEN: lambda: self._hidden,
            Decided.UNDECIDED: lambda: ~self._pinned & ~self._hidden,
        }
        return chosen[decision]()

    def _mask(self, one: Filters) -> Mask:
        """The photos that pass one kind of filter; asked of SQL, folder by folder, the first time."""
        with self._lock:
            if one in self._masks:
                return self._masks[one]
        passing = conditions(self._database, one, hidden_too=True)
        rows = self._database.rows(
            f"SELECT group_concat(key) FROM {FACTS} WHERE {BROWSED}{passing.sql} GROUP BY root, folder",
            passing.parameters,
        )
        mask = self._mask_of(_numbers(",".join(keys for (keys,) in rows)))
        with self._lock:
            while len(self._masks) >= MOST_MASKS:
                del self._masks[next(iter(self._masks))]
            self._masks[one] = mask
        return mask

    def _read_sequence(self, order: Order) -> Sequenced:
        group, index, columns = _ORDERS[order]
        read = f"SELECT key, {group} FROM {FACTS} WHERE {BROWSED} ORDER BY {columns}".replace("photos_facts", index)
        keys, coder = [], _Coder()
        for rows in self._database.stream(read):
            keys.append(np.fromiter((key for key, _ in rows), np.int64, len(rows)))
            coder.add([name for _, name in rows])
        places, there = self._find(np.concatenate(keys) if keys else _numbers(""))
        return Sequenced(places[there], coder.codes[there], coder.values)

    def _columns(self, keys: Sequence[Places], coders: dict[Fact, "_Coder"]) -> dict[Fact, Column]:
        places, there = self._find(np.concatenate(keys) if keys else _numbers(""))
        made = {}
        for fact, coder in coders.items():
            codes = np.full(len(self.ids), -1, dtype=np.int32)
            codes[places[there]] = coder.codes[there]
            made[fact] = Column(codes, coder.values)
        return made

    def _find(self, keys: Places) -> tuple[Places, Mask]:
        """Where photos are, and which of them: some may have come between two readings."""
        known = self._known.keys
        if not len(known):
            return np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=bool)
        places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        return places, known[places] == keys

    def _places_of(self, keys: Places) -> Places:
        places, there = self._find(keys)
        return places[there]

    def _mask_of(self, keys: Sequence[int] | Places) -> Mask:
        mask = np.zeros(len(self.ids), dtype=bool)
        mask[self._places_of(np.asarray(keys, dtype=np.int64))] = True
        return mask


@dataclass(frozen=True, slots=True)
class _Known:
    """Every photo on record, by place."""

    keys: Places
    ids: NDArray[np.bytes_]
    browsed: Mask


class _Coder:
    """Numbers different values in the order in which they come."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}
        self._parts: list[Codes] = [np.empty(0, dtype=np.int32)]

    def add(self, values: Sequence[Any]) -> None:
        """These come next."""
        for value in dict.fromkeys(values):
            self._numbers.setdefault(value, len(self._numbers))
        self._parts.append(np.fromiter(map(self._numbers.__getitem__, values), np.int32, len(values)))

    @property
    def codes(self) -> Codes:
        """The number of each value that came."""
        return np.concatenate(self._parts)

    @property
    def values(self) -> Sequence[Any]:
        """The different values, by number."""
        return list(self._numbers)


def _numbers(text: str | None) -> Places:
    """What `group_concat` made of integers."""
    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.empty(0, dtype=np.int64)

"""Filters as SQL: conditions on rows of `photos`."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.catalog.database import Database, Row, storable
from engine.catalog.roots import decode_path
from engine.errors import NotFoundError
from engine.filters import Decided, Filters, Orientation
from engine.paths import absolute
from engine.records import PhotoState

FACTS = "photos INDEXED BY photos_facts"
"""The index that holds all that filters ask for; without a hint SQLite takes one that has it read every row."""
BROWSED = f"state = '{PhotoState.INDEXED}'"
"""Photos that can be shown and searched."""
_DECIDED = "content_hash IN (SELECT content_hash FROM decisions WHERE kind = '{}')"
PINNED, HIDDEN = _DECIDED.format("pinned"), _DECIDED.format("hidden")
_SHAPES = {
    Orientation.LANDSCAPE: "width > height",
    Orientation.PORTRAIT: "width < height",
    Orientation.SQUARE: "width = height",
}
SHAPE = f"""CASE WHEN width > height THEN '{Orientation.LANDSCAPE}' WHEN width < height THEN '{Orientation.PORTRAIT}'
    ELSE '{Orientation.SQUARE}' END"""
_DECISIONS = {
    None: f"NOT {HIDDEN}",
    Decided.PINNED: PINNED,
    Decided.HIDDEN: HIDDEN,
    Decided.UNDECIDED: f"NOT {PINNED} AND NOT {HIDDEN}",
}
_NEVER = "root = -1"
"""A plain 0 would have SQLite find no way to use the index that it is told to use."""
_COLLECTION = "(SELECT key FROM collections WHERE id = ? OR name = ? COLLATE NOCASE)"


class Condition:
    """Conditions that must all hold, with their parameters."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.parameters: list[object] = []

    def __bool__(self) -> bool:
        return bool(self._parts)

    @property
    def sql(self) -> str:
        """To stand behind a condition that is there already."""
        return "".join(f" AND {part}" for part in self._parts)

    def add(self, sql: str, *parameters: object) -> None:
        """One more condition."""
        self._parts.append(f"({sql})")
        self.parameters += parameters

    def add_any(self, sqls: Iterable[tuple[str, Sequence[object]]]) -> None:
        """One more condition: that any of these holds."""
        parts = list(sqls)
        self.add(" OR ".join([_NEVER, *(sql for sql, _ in parts)]), *(value for _, values in parts for value in values))


def conditions(database: Database, filters: Filters, *, hidden_too: bool = False) -> Condition:
    """What a searchable photo must be.

    Args:
        hidden_too: where nothing is said of decisions, hidden photos may pass.

    Raises:
        NotFoundError: there is no such collection.
    """
    made = Condition()
    if filters.folders or filters.folders_alone:
        made.add_any(places(database, filters))
    if filters.after is not None:
        made.add("moment >= ?", filters.after.isoformat())
    if filters.before is not None:
        made.add("moment < ?", f"{filters.before.isoformat()}U")  # after any time of the day: "T" comes before "U"
    if filters.camera:
        made.add("instr(lower(camera), lower(?))", storable(filters.camera))
    if filters.cameras:
        _add_one_of(made, "camera", [storable(camera) for camera in filters.cameras])
    if filters.formats:
        _add_one_of(made, "format", [one.upper() for one in filters.formats])
    if filters.orientations:
        made.add_any((_SHAPES[one], ()) for one in filters.orientations)
    if filters.min_size:
        made.add("max(width, height) >= ?", filters.min_size)
    if filters.collection:
        named = storable(filters.collection)
        if database.row(f"SELECT 1 WHERE EXISTS {_COLLECTION}", (named, named)) is None:
            raise NotFoundError(f"There is no collection “{filters.collection}”.", "It may have been deleted.")
        made.add(
            f"content_hash IN (SELECT content_hash FROM collection_photos WHERE collection IN {_COLLECTION})",
            named,
            named,
        )
    if filters.decision is None and (hidden_too or not _any_hidden(database)):
        return made
    if filters.decision is not Decided.ANY:
        made.add(_DECISIONS[filters.decision])
    return made


def places(database: Database, filters: Filters) -> list[tuple[str, list[object]]]:
    """Conditions any of which says that a photo lies in the folders of the filters; the parts that are roots only."""
    roots = [(key, decode_path(raw)) for key, raw in roots_of(database)]
    wanted = [(absolute(folder), True) for folder in filters.folders]
    wanted += [(absolute(folder), False) for folder in filters.folders_alone]
    found = [_place(key, root, folder, below=below) for folder, below in wanted for key, root in roots]
    return [(sql, parameters) for sql, parameters in found if sql]


def roots_of(database: Database) -> list[Row]:
    """Key and stored path of every root."""
    return database.rows("SELECT key, path FROM roots")


def _any_hidden(database: Database) -> bool:
    return database.row("SELECT 1 FROM decisions WHERE kind = 'hidden' LIMIT 1") is not None


def _place(key: int, root: Path, folder: Path, *, below: bool) -> tuple[str, list[object]]:
    """The condition that a photo of this root lies in the folder, or below it; empty if none can."""
    if root.is_relative_to(folder) and (below or root == folder):
        return ("root = ?", [key]) if below else ("root = ? AND folder = x''", [key])
    if not folder.is_relative_to(root):
        return "", []
    inside = os.fsencode(folder.relative_to(root).as_posix())
    if not below:
        return "root = ? AND folder = ?", [key, inside]
    # Below a folder: its bytes, a slash, anything. '0' is the character after '/'.
    return "root = ? AND (folder = ? OR (folder >= ? AND folder < ?))", [key, inside, inside + b"/", inside + b"0"]


def _add_one_of(made: Condition, column: str, values: Sequence[str]) -> None:
    marks = ",".join("?" * len(values))
    made.add(f"{column} IN ({marks})", *values)

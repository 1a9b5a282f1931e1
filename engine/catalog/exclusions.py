"""What is left out of the roots: the patterns, and the photos on record that they concern."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.catalog.batch import FORGET
from engine.catalog.database import Database, storable
from engine.catalog.meta import bump, put
from engine.errors import NotFoundError
from engine.records import PhotoState

_APPLIED = "excludes of root "
_SHOWN = 100
_KNOWN = f"'{PhotoState.MISSING}', '{PhotoState.IGNORED}'"

LeavesOut = Callable[[str, str], bool]
"""Whether a file is left out: its folder relative to the root, and its name."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What some patterns would leave out of a root.

    Attributes:
        photos: how many photos on record.
        of: how many photos there are.
        examples: the first of them, relative to the root.
    """

    photos: int
    of: int
    examples: tuple[str, ...]


class Exclusions:
    """Patterns by root. A photo that is left out keeps its embedding, so that it can come back at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def patterns(self, root_id: str) -> tuple[str, ...]:
        """The patterns of a root; raises NotFoundError."""
        row = self._database.row("SELECT excludes FROM roots WHERE id = ?", (root_id,))
        if row is None:
            raise NotFoundError("That folder is not part of the library.", "See “lookalike roots list”.")
        return tuple(json.loads(row[0]))

    def set_patterns(self, root_id: str, patterns: Sequence[str]) -> None:
        """Keep these patterns; `apply` makes them hold."""
        with self._database.writing(durable=True) as connection:
            connection.execute(
                "UPDATE roots SET excludes = ? WHERE id = ?", (json.dumps([*map(storable, patterns)]), root_id)
            )

    def preview(self, root_id: str, leaves_out: LeavesOut) -> LeftOut:
        """What would be left out of a root, told from the photos on record."""
        found, total, examples = 0, 0, []
        for _, folder, name, _ in self._rows(root_id, _KNOWN):
            total += 1
            if leaves_out(folder, name):
                found += 1
                if found <= _SHOWN:
                    examples.append(f"{folder}/{name}" if folder else name)
        return LeftOut(found, total, tuple(examples))

    def is_applied(self, root_id: str, fingerprint: str) -> bool:
        """Whether the photos on record are sorted by what has this fingerprint."""
        row = self._database.row("SELECT value FROM meta WHERE name = ?", (_APPLIED + root_id,))
        return (str(row[0]) if row else "") == fingerprint

    def apply(self, root_id: str, leaves_out: LeavesOut, fingerprint: str) -> int:
        """Take the photos that are left out from the search, and bring those back that are not any more.

        Returns:
            How many photos left or came back.
        """
        leaving: list[tuple[int]] = []
        returning: list[tuple[int]] = []
        for key, folder, name, state in self._rows(root_id, f"'{PhotoState.MISSING}'"):
            if leaves_out(folder, name) != (state == PhotoState.EXCLUDED):
                (returning if state == PhotoState.EXCLUDED else leaving).append((key,))
        with self._database.writing(durable=True) as connection:
            connection.executemany(FORGET, leaving)
            # One that was to be read again must be read when it comes back, not be taken for what its embedding shows.
            connection.executemany(
                f"""UPDATE photos SET state = '{PhotoState.EXCLUDED}', reason = '',
                    modified_ns = CASE WHEN pending THEN -1 ELSE modified_ns END, pending = 0 WHERE key = ?""",
                leaving,
            )
            connection.executemany(f"UPDATE photos SET state = '{PhotoState.INDEXED}' WHERE key = ?", returning)
            put(connection, _APPLIED + root_id, storable(fingerprint))
            if leaving or returning:
                bump(connection, membership=True)
        return len(leaving) + len(returning)

    def _rows(self, root_id: str, but: str) -> list[tuple[int, str, str, str]]:
        rows = self._database.rows(
            f"""SELECT key, folder, name, state FROM photos WHERE root = (SELECT key FROM roots WHERE id = ?)
                AND state NOT IN ({but})""",
            (root_id,),
        )
        return [(key, os.fsdecode(folder), os.fsdecode(name), state) for key, folder, name, state in rows]

"""When a library was checked, tested and backed up last, and how that ended."""

import json
import logging
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from engine.catalog.database import Database
from engine.catalog.meta import LAST_BACKUP, LAST_VERIFY, SELF_TEST, Meta, put
from engine.errors import EngineError
from engine.records import LastBackup, LastVerify, SelfTest

log = logging.getLogger(__name__)
Kept = TypeVar("Kept")
MOST_SENTENCES = 100
"""A damaged catalogue may have as many problems as rows."""


class Checkups:
    """Remembers the last of each. What cannot be remembered, on a full disk say, was done all the same."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._meta = Meta(database)

    def last_verify(self) -> LastVerify | None:
        """The last check that came to its end; None if there was none."""
        return self._read(
            LAST_VERIFY,
            lambda found: LastVerify(_when(found), bool(found["ok"]), *map(_texts, (found["problems"], found["done"]))),
        )

    def self_test(self) -> SelfTest | None:
        """The last self-test of the index; None if there was none."""
        return self._read(
            SELF_TEST,
            lambda found: SelfTest(_when(found), str(found["model"]), float(found["recall"]), int(found["vectors"])),
        )

    def last_backup(self) -> LastBackup | None:
        """The last backup that came to its end; None if there was none."""
        return self._read(
            LAST_BACKUP,
            lambda found: LastBackup(_when(found), Path(found["file"]), int(found["bytes"]), int(found["photos"])),
        )

    def remember_verify(self, *, ok: bool, problems: Sequence[str], repaired: Sequence[str]) -> None:
        """A check has come to its end."""
        said = {"problems": [*problems[:MOST_SENTENCES]], "done": [*repaired[:MOST_SENTENCES]]}
        self._write(LAST_VERIFY, {"ok": ok, **said})

    def remember_self_test(self, model: str, recall: float, vectors: int) -> None:
        """The index was tested."""
        self._write(SELF_TEST, {"model": model, "recall": recall, "vectors": vectors})

    def remember_backup(self, file: Path, size: int, photos: int) -> None:
        """A backup was written."""
        self._write(LAST_BACKUP, {"file": os.fspath(file), "bytes": size, "photos": photos})

    def _read(self, name: str, make: Callable[[dict[str, Any]], Kept]) -> Kept | None:
        """What was kept; None also if another program, or damage, has left something else there."""
        try:
            return make(json.loads(self._meta.text(name)))
        except (ValueError, TypeError, KeyError, OverflowError, OSError):
            return None

    def _write(self, name: str, found: dict[str, Any]) -> None:
        try:
            with self._database.writing() as connection:
                put(connection, name, json.dumps({"when": datetime.now().timestamp(), **found}))
        except EngineError as error:
            log.info("The outcome could not be remembered (%s): %s", name, error)


def _when(found: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(float(found["when"]))


def _texts(found: Any) -> tuple[str, ...]:
    return tuple(map(str, found))

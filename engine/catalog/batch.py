"""What became of photos that were read, committed together."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.catalog.database import Database, storable
from engine.catalog.embeddings import StoredModel, store
from engine.catalog.meta import bump
from engine.records import PhotoState

_DROP_EMBEDDINGS = "DELETE FROM embeddings WHERE photo = ?"
_FACTS = """content_hash, width, height, orientation, taken, camera, latitude, longitude, perceptual_hash, format,
    sharpness"""
_UNLESS_EXCLUDED = f"CASE WHEN state = '{PhotoState.EXCLUDED}' THEN state ELSE ? END"
"""A person may leave a photo out while it is being read."""
FORGET = "DELETE FROM photos WHERE key = ? AND NOT EXISTS (SELECT 1 FROM embeddings WHERE photo = photos.key)"
"""A vanished file that never was searchable leaves nothing worth keeping; every missing photo thus has an embedding."""


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What reading a photo told."""

    content_hash: bytes
    width: int
    height: int
    orientation: int
    taken: datetime | None
    camera: str
    latitude: float | None
    longitude: float | None
    perceptual_hash: int
    format: str
    sharpness: float


class Batch:
    """Outcomes of reading photos; `commit` writes them in one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._writes: list[tuple[str, tuple[object, ...]]] = []
        self._embeddings: list[tuple[int, StoredModel, NDArray[np.float32]]] = []
        self._membership = False

    def __len__(self) -> int:
        return len(self._writes) + len(self._embeddings)

    def readable(self, key: int, facts: PhotoFacts, model: StoredModel, vector: NDArray[np.float32]) -> None:
        """The photo was read and embedded. Embeddings of other models belong to the old content: dropped."""
        self._write(_DROP_EMBEDDINGS, key)
        self._write(
            f"""UPDATE photos SET state = {_UNLESS_EXCLUDED}, reason = '', pending = 0, content_hash = ?,
               width = ?, height = ?, orientation = ?, taken = ?, camera = ?, latitude = ?, longitude = ?,
               perceptual_hash = ?, format = ?, sharpness = ?
               WHERE key = ?""",
            PhotoState.INDEXED, facts.content_hash, facts.width, facts.height, facts.orientation,
            facts.taken.isoformat() if facts.taken else None, storable(facts.camera), facts.latitude, facts.longitude,
            _signed(facts.perceptual_hash), facts.format, facts.sharpness, key,
        )  # fmt: skip
        self._embeddings.append((key, model, vector))

    def embedded(
        self, key: int, model: StoredModel, vector: NDArray[np.float32], sharpness: float | None = None
    ) -> None:
        """A photo whose content is on record got an embedding it did not have, and a sharpness if it had none."""
        self._write("UPDATE photos SET pending = 0, sharpness = coalesce(sharpness, ?) WHERE key = ?", sharpness, key)
        self._embeddings.append((key, model, vector))

    def unreadable(self, key: int, reason: str, content_hash: bytes | None) -> None:
        """The photo could not be read; it is not tried again until it changes."""
        self._write(_DROP_EMBEDDINGS, key)
        self._write(
            f"UPDATE photos SET state = {_UNLESS_EXCLUDED}, reason = ?, pending = 0, content_hash = ? WHERE key = ?",
            PhotoState.UNREADABLE, storable(reason), content_hash, key,
        )  # fmt: skip

    def unchanged(self, key: int) -> None:
        """Only the file's date changed."""
        self._write("UPDATE photos SET pending = 0 WHERE key = ?", key)

    def copied(self, key: int, source: int) -> None:
        """The photo has the same content as another one: it gets the same facts and embeddings.

        It goes on waiting if the other one has another content by now, as when two files swap names.
        """
        (content,) = self._database.row("SELECT content_hash FROM photos WHERE key = ?", (source,)) or (None,)
        self._write(_DROP_EMBEDDINGS, key)
        self._write(
            f"""UPDATE photos SET (state, reason, pending, {_FACTS}) =
                (SELECT '{PhotoState.INDEXED}', '', 0, {_FACTS} FROM photos WHERE key = ?)
                WHERE key = ? AND (SELECT content_hash FROM photos WHERE key = ?) IS ?""",
            source, key, source, content,
        )  # fmt: skip
        self._write(
            """INSERT INTO embeddings (photo, model, vector, crc) SELECT ?, model, vector, crc
               FROM embeddings JOIN photos ON photos.key = photo WHERE photo = ? AND content_hash IS ?
               AND EXISTS (SELECT 1 FROM photos WHERE key = ?)""",
            key, source, content, key,
        )  # fmt: skip

    def moved(self, key: int, old: int) -> None:
        """The file on record under `old` is now where `key` was found: `old` keeps id, embedding and decisions."""
        place = self._database.row(
            "SELECT root, folder, name, sort_name, size, modified_ns FROM photos WHERE key = ?", (key,)
        )
        if place is None:  # its root was removed meanwhile
            return
        self._write("DELETE FROM photos WHERE key = ?", key)
        self._write(
            """UPDATE photos SET root = ?, folder = ?, name = ?, sort_name = ?, size = ?, modified_ns = ?,
               state = ?, reason = '', pending = 0 WHERE key = ?""",
            *place, PhotoState.INDEXED, old,
        )  # fmt: skip
        self._membership = True

    def vanished(self, key: int) -> None:
        """The file went away between the scan and the reading."""
        self._write(FORGET, key)
        # One that had changed must be read when it comes back, not be taken for what its embedding shows.
        self._write(
            """UPDATE photos SET state = ?, modified_ns = CASE WHEN pending THEN -1 ELSE modified_ns END, pending = 0
               WHERE key = ?""",
            PhotoState.MISSING, key,
        )  # fmt: skip
        self._membership = True

    def commit(self) -> None:
        """Write everything; from then on the photos are searchable, whatever happens."""
        if not len(self):
            return
        with self._database.writing() as connection:
            for sql, parameters in self._writes:
                changed = connection.execute(sql, parameters).rowcount
                self._membership |= sql == _DROP_EMBEDDINGS and changed > 0
            for key, model, vector in self._embeddings:
                store(connection, key, model, vector)
            bump(connection, membership=self._membership)
        self._writes.clear()
        self._embeddings.clear()
        self._membership = False

    def _write(self, sql: str, *parameters: object) -> None:
        self._writes.append((sql, parameters))


def _signed(value: int) -> int:
    """SQLite's integers are signed; the top bit of a hash becomes the sign."""
    return value - 2**64 if value >= 2**63 else value

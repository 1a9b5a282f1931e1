"""Stored embeddings: the truth from which every index can be rebuilt."""

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.catalog.database import Database, Row, in_parts
from engine.catalog.meta import ANSWERING, FILLING, bump, drop, put
from engine.catalog.schema import LEFT_OUT
from engine.jobs import Job
from engine.records import PhotoState

_LIVE = f"""FROM embeddings JOIN photos ON photos.key = embeddings.photo
    WHERE embeddings.model = ? AND photos.state = '{PhotoState.INDEXED}'"""

SEARCHABLE = f"""((SELECT count(*) FROM embeddings WHERE embeddings.model = {{0}})
    - (SELECT count(*) FROM photos CROSS JOIN embeddings ON embeddings.photo = photos.key AND embeddings.model = {{0}}
        WHERE {LEFT_OUT}))"""
"""How many photos can be searched with a model: all embeddings but those of the few that are left out."""


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A model as the catalogue knows it.

    Attributes:
        key: names the model in other tables.
        identity: tells models apart whose vectors must not be mixed.
    """

    key: int
    identity: str
    name: str
    dim: int


NOT_STORED = 0
"""Key of a model that a library which is only read has not met: SQLite's begin at 1."""


class Embeddings:
    """Vectors by `seq`, a number that is never used twice."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def model(self, identity: str) -> StoredModel | None:
        """The model with this identity, if the catalogue has met it."""
        row = self._database.row("SELECT key, identity, name, dim FROM models WHERE identity = ?", (identity,))
        return None if row is None else StoredModel(*row)

    def models(self) -> list[StoredModel]:
        """All models that the catalogue has met, the one that answers among them."""
        return [StoredModel(*row) for row in self._database.rows("SELECT key, identity, name, dim FROM models")]

    def add_model(self, identity: str, name: str, dim: int) -> StoredModel:
        """Make a model known; in a library that is only read, for as long as it is open."""
        if self._database.read_only:
            return self.model(identity) or StoredModel(NOT_STORED, identity, name, dim)
        with self._database.writing() as connection:
            connection.execute(
                """INSERT INTO models (identity, name, dim) VALUES (?, ?, ?)
                   ON CONFLICT (identity) DO UPDATE SET name = excluded.name""",
                (identity, name, dim),
            )
        found = self.model(identity)
        assert found is not None
        return found

    def answering(self) -> StoredModel | None:
        """The model whose embeddings answer searches; None in an empty library."""
        return self._named(ANSWERING)

    def filling(self) -> StoredModel | None:
        """The model that takes over once every photo has its embedding, or None."""
        return self._named(FILLING)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._database.read_only

    def require_writable(self) -> None:
        """Raise LibraryReadOnlyError if nothing can be written."""
        self._database.require_writable()

    def set_answering(self, model: StoredModel) -> None:
        """Let this model answer from now on; nothing is being filled in any more."""
        with self._database.writing(durable=True) as connection:
            put(connection, ANSWERING, model.key)
            drop(connection, FILLING)
            bump(connection, membership=True)

    def set_filling(self, model: StoredModel | None) -> None:
        """Let the next runs fill in this model's embeddings while the old ones go on answering."""
        with self._database.writing(durable=True) as connection:
            if model is None:
                drop(connection, FILLING)
            else:
                put(connection, FILLING, model.key)

    def of_photo(self, photo_id: str, model: StoredModel) -> NDArray[np.float32] | None:
        """A photo's embedding, float32 [dim], L2-normalised; None if it has none or it is damaged."""
        row = self._database.row(
            """SELECT vector, crc FROM embeddings
               WHERE model = ? AND photo = (SELECT key FROM photos WHERE id = ?)""",
            (model.key, photo_id),
        )
        return None if row is None else unpack(row[0], row[1], model.dim)

    def of_photos(self, photo_ids: Sequence[str], model: StoredModel) -> NDArray[np.float32]:
        """The embeddings of photos, float32 [n, dim], L2-normalised; a row of NaN where there is none."""
        row_of = {photo_id: row for row, photo_id in enumerate(photo_ids)}
        vectors = np.full((len(photo_ids), model.dim), np.nan, dtype=np.float32)
        for marks, part in in_parts(photo_ids):
            rows = self._database.rows(
                # CROSS JOIN has SQLite look up these photos; left to itself it looks through the whole model.
                f"""SELECT photos.id, vector, crc FROM photos CROSS JOIN embeddings ON embeddings.photo = photos.key
                    WHERE photos.id IN ({marks}) AND photos.state = '{PhotoState.INDEXED}' AND embeddings.model = ?""",
                (*part, model.key),
            )
            vectors[[row_of[photo_id] for photo_id, _, _ in rows]] = unpack_all(rows, model.dim)
        return vectors

    def live(self, model: StoredModel) -> NDArray[np.int64]:
        """The `seq` of every searchable embedding, ascending."""
        chunks = [
            np.array(rows, dtype=np.int64)[:, 0]
            for rows in self._database.stream(f"SELECT seq {_LIVE} ORDER BY seq", (model.key,), chunk=65536)
        ]
        return np.concatenate(chunks) if chunks else np.empty(0, dtype=np.int64)

    def since(self, seq: int, model: StoredModel) -> NDArray[np.int64]:
        """The `seq` of every searchable embedding newer than this one, ascending."""
        rows = self._database.rows(f"SELECT seq {_LIVE} AND seq > ? ORDER BY seq", (model.key, seq))
        return np.array([seq for (seq,) in rows], dtype=np.int64)

    def left_out(self, model: StoredModel, until: int) -> NDArray[np.int64]:
        """The `seq` of the embeddings up to one that cannot be searched, ascending; as fast as they are few."""
        rows = self._database.rows(
            f"""SELECT seq FROM photos CROSS JOIN embeddings ON embeddings.photo = photos.key AND embeddings.model = ?
                WHERE {LEFT_OUT} AND seq <= ?""",
            (model.key, until),
        )
        return np.sort(np.array(rows, dtype=np.int64).reshape(-1))

    def count(self, model: StoredModel, until: int) -> int:
        """How many embeddings there are up to a `seq`, searchable or not."""
        row = self._database.row(  # SQLite counts all of a model, and the few newer ones, faster than those up to one
            """SELECT (SELECT count(*) FROM embeddings WHERE model = ?)
                - (SELECT count(*) FROM embeddings WHERE model = ? AND seq > ?)""",
            (model.key, model.key, until),
        )
        return int(row[0]) if row else 0

    def after(self, seq: int, model: StoredModel) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """Searchable embeddings newer than `seq`, in chunks: seqs [n], vectors [n, dim]; no damaged ones."""
        return self._chunks(f"SELECT seq, vector, crc {_LIVE} AND seq > ? ORDER BY seq", (model.key, seq), model.dim)

    def chosen(
        self, seqs: NDArray[np.int64], model: StoredModel
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """The named embeddings that are searchable, in chunks like `after`."""
        for marks, part in in_parts(seqs.tolist()):
            yield from self._chunks(
                f"SELECT seq, vector, crc {_LIVE} AND seq IN ({marks})", (model.key, *part), model.dim
            )

    def newest(self, model: StoredModel, until: int, count: int) -> NDArray[np.int64]:
        """The `seq` of the newest searchable embeddings up to one, ascending; `count` at most."""
        rows = self._database.rows(
            f"SELECT seq {_LIVE} AND seq <= ? ORDER BY seq DESC LIMIT ?", (model.key, until, count)
        )
        return np.array([seq for (seq,) in reversed(rows)], dtype=np.int64)

    def damaged(self, model: StoredModel, job: Job | None = None) -> list[int]:
        """The `seq` of every embedding whose bytes are not what was written, or no unit vector. Raises Cancelled."""
        bad: list[int] = []
        for rows in self._database.stream("SELECT seq, vector, crc FROM embeddings WHERE model = ?", (model.key,)):
            if job is not None:
                job.checkpoint()
            bad += [seq for seq, blob, crc in rows if unpack(blob, crc, model.dim) is None]
        return bad

    def photos_by_model(self) -> dict[str, int]:
        """Searchable photos that each model has embedded, by the model's identity."""
        return dict(self._database.rows(f"SELECT identity, {SEARCHABLE.format('models.key')} FROM models"))

    def photos_to_embed(self) -> int:
        """Searchable photos; a model that answers has an embedding of each."""
        row = self._database.row("SELECT count(*) FROM photos WHERE state = ?", (PhotoState.INDEXED,))
        return int(row[0]) if row else 0

    def bytes_of(self, model: StoredModel) -> int:
        """What the vectors of a model take."""
        row = self._database.row("SELECT count(*) FROM embeddings WHERE model = ?", (model.key,))
        return 2 * model.dim * int(row[0]) if row else 0

    def forget(self, model: StoredModel) -> None:
        """Drop everything that a model made; not the one that answers."""
        with self._database.writing(durable=True) as connection:
            connection.execute("DELETE FROM meta WHERE name = ? AND value = ?", (FILLING, model.key))
            connection.execute("DELETE FROM embeddings WHERE model = ?", (model.key,))
            connection.execute("DELETE FROM calibrations WHERE model = ?", (model.key,))
            connection.execute("DELETE FROM models WHERE key = ?", (model.key,))
            bump(connection, membership=True)

    def photos_without(self, model: StoredModel) -> int:
        """Searchable photos that have no embedding of this model yet."""
        row = self._database.row(
            f"""SELECT count(*) FROM photos WHERE state = '{PhotoState.INDEXED}'
                AND NOT EXISTS (SELECT 1 FROM embeddings WHERE photo = photos.key AND model = ?)""",
            (model.key,),
        )
        return int(row[0]) if row else 0

    def calibration(self, model: StoredModel) -> tuple[int, NDArray[np.float32]] | None:
        """The stored background distribution: photos it was made from, and quantiles of distance."""
        row = self._database.row("SELECT photos, quantiles FROM calibrations WHERE model = ?", (model.key,))
        return None if row is None else (int(row[0]), np.frombuffer(row[1], dtype=np.float32))

    def set_calibration(self, model: StoredModel, photos: int, quantiles: NDArray[np.float32]) -> None:
        """Store the background distribution."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO calibrations (model, photos, quantiles) VALUES (?, ?, ?)",
                (model.key, photos, quantiles.astype(np.float32).tobytes()),
            )

    def _named(self, name: str) -> StoredModel | None:
        row = self._database.row(
            "SELECT key, identity, name, dim FROM models WHERE key = (SELECT value FROM meta WHERE name = ?)", (name,)
        )
        return None if row is None else StoredModel(*row)

    def _chunks(
        self, sql: str, parameters: tuple[int, ...], dim: int
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        for rows in self._database.stream(sql, parameters):
            vectors = unpack_all(rows, dim)
            sound = ~np.isnan(vectors[:, 0])
            if sound.any():
                yield np.array([seq for seq, _, _ in rows], dtype=np.int64)[sound], vectors[sound]


def pack(vector: NDArray[np.float32]) -> tuple[bytes, int]:
    """A vector as stored: little-endian float16 bytes, and their CRC-32."""
    blob = vector.astype("<f2").tobytes()
    return blob, zlib.crc32(blob)


def unpack(blob: bytes, crc: int, dim: int) -> NDArray[np.float32] | None:
    """A stored vector as float32 [dim], L2-normalised again; None if the bytes are damaged."""
    (vector,) = unpack_all([(None, blob, crc)], dim)
    return None if np.isnan(vector[0]) else vector


def unpack_all(rows: Sequence[Row], dim: int) -> NDArray[np.float32]:
    """Stored vectors as float32 [n, dim], L2-normalised again; a row of NaN where the bytes are damaged.

    Args:
        rows: anything, the bytes of a vector, and their CRC.
    """
    damaged = bytes(2 * dim)
    blobs = [blob if len(blob) == 2 * dim and zlib.crc32(blob) == crc else damaged for _, blob, crc in rows]
    vectors = np.frombuffer(b"".join(blobs), dtype="<f2").reshape(-1, dim).astype(np.float32)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    norms[~((norms > 0.9) & (norms < 1.1))] = np.nan
    found: NDArray[np.float32] = vectors / norms
    return found


def store(connection: sqlite3.Connection, photo: int, model: StoredModel, vector: NDArray[np.float32]) -> None:
    """Write a photo's embedding inside a transaction, under a new `seq`; nothing if one of both was removed since."""
    blob, crc = pack(vector)
    connection.execute("DELETE FROM embeddings WHERE photo = ? AND model = ?", (photo, model.key))
    connection.execute(
        """INSERT INTO embeddings (photo, model, vector, crc)
           SELECT photos.key, models.key, ?, ? FROM photos, models WHERE photos.key = ? AND models.key = ?""",
        (blob, crc, photo, model.key),
    )

"""Reading what the catalogue knows about photos."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.catalog.database import Database, Row, in_parts
from engine.catalog.embeddings import SEARCHABLE
from engine.catalog.filtering import BROWSED, Condition, places, roots_of
from engine.catalog.roots import decode_path, is_reachable
from engine.catalog.schema import LEFT_OUT
from engine.errors import NotFoundError
from engine.filters import Decided, Filters
from engine.paths import absolute
from engine.reason_kinds import ReasonKind, kind_of
from engine.records import Photo, PhotoState, Skipped

_COLUMNS = """photos.id, roots.path, folder, name, roots.id, size, modified_ns, state, content_hash, width, height,
    orientation, taken, camera, latitude, longitude, perceptual_hash, format, sharpness, reason,
    EXISTS (SELECT 1 FROM decisions WHERE kind = 'pinned' AND decisions.content_hash = photos.content_hash),
    EXISTS (SELECT 1 FROM decisions WHERE kind = 'hidden' AND decisions.content_hash = photos.content_hash)"""
_FROM = "FROM photos JOIN roots ON roots.key = photos.root"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many photos are in which state.

    Attributes:
        photos: all that should be searchable: everything but ignored files and missing photos.
        searchable: photos with an embedding of the answering model.
        unreadable: photos that could not be read.
        waiting: photos that were found and not yet read.
        missing: photos whose file is gone.
        excluded: photos that a pattern or a format that is switched off leaves out.
        ignored: files that are no photos.
    """

    photos: int
    searchable: int
    unreadable: int
    waiting: int
    missing: int
    ignored: int
    excluded: int = 0


class Photos:
    """Looks photos up."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, photo_id: str) -> Photo:
        """The photo with this id; raises NotFoundError."""
        row = self._database.row(f"SELECT {_COLUMNS} {_FROM} WHERE photos.id = ?", (photo_id,))
        if row is None:
            raise NotFoundError("That photo is not in the library any more.", "Update the library.")
        return _photo(row, {})

    def at(self, path: Path) -> Photo | None:
        """The photo that the catalogue has at this path."""
        path = absolute(path)
        for key, raw in roots_of(self._database):
            root = decode_path(raw)
            if path.is_relative_to(root):
                folder, name = split_path(path.relative_to(root))
                row = self._database.row(
                    f"SELECT {_COLUMNS} {_FROM} WHERE root = ? AND folder = ? AND name = ?", (key, folder, name)
                )
                return None if row is None else _photo(row, {})
        return None

    def with_embeddings(self, seqs: Sequence[int]) -> dict[int, Photo]:
        """The searchable photos behind embeddings; the gone ones are left out."""
        online: dict[bytes, bool] = {}
        found: dict[int, Photo] = {}
        for marks, part in in_parts(seqs):
            for seq, *row in self._database.rows(
                f"""SELECT seq, {_COLUMNS} {_FROM} JOIN embeddings ON embeddings.photo = photos.key
                    WHERE seq IN ({marks}) AND state = '{PhotoState.INDEXED}'""",
                part,
            ):
                found[seq] = _photo(tuple(row), online)
        return found

    def with_ids(self, ids: Sequence[str]) -> dict[str, Photo]:
        """The photos with these ids; the gone ones are left out."""
        online: dict[bytes, bool] = {}
        found: dict[str, Photo] = {}
        for marks, part in in_parts(ids):
            for row in self._database.rows(f"SELECT {_COLUMNS} {_FROM} WHERE photos.id IN ({marks})", part):
                found[row[0]] = _photo(row, online)
        return found

    def with_contents(self, contents: Iterable[bytes]) -> dict[bytes, list[Photo]]:
        """The searchable photos of each content, by path; contents that no such photo has are left out."""
        online: dict[bytes, bool] = {}
        found: dict[bytes, list[Photo]] = {}
        for marks, part in in_parts(list(contents)):
            for row in self._database.rows(
                f"SELECT {_COLUMNS} {_FROM} WHERE content_hash IN ({marks}) AND state = '{PhotoState.INDEXED}'", part
            ):
                photo = _photo(row, online)
                found.setdefault(photo.content_hash, []).append(photo)
        return {content: sorted(photos, key=lambda photo: photo.path) for content, photos in found.items()}

    def any_of_size(self, size: int) -> bool:
        """Whether a searchable photo has so many bytes: no other file can have its content."""
        found = self._database.row(
            f"SELECT EXISTS (SELECT 1 FROM photos WHERE size = ? AND state = '{PhotoState.INDEXED}')", (size,)
        )
        return found == (1,)

    def hidden(self, model: int) -> frozenset[int]:
        """Embeddings (their `seq`) of the photos that a person has hidden."""
        rows = self._database.rows(
            # CROSS JOIN begins with the decisions, which are few; left to itself SQLite looks through the whole model.
            f"""SELECT seq FROM decisions CROSS JOIN photos ON photos.content_hash = decisions.content_hash
                CROSS JOIN embeddings ON embeddings.photo = photos.key
                WHERE kind = '{Decided.HIDDEN}' AND model = ? AND {BROWSED}""",
            (model,),
        )
        return frozenset(seq for (seq,) in rows)

    def perceptual_hashes(self, model: int) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """Of all searchable photos: their embeddings' `seq` [n] and their perceptual hashes [n]."""
        rows = self._database.rows(
            f"""SELECT seq, perceptual_hash FROM embeddings JOIN photos ON photos.key = embeddings.photo
                WHERE model = ? AND state = '{PhotoState.INDEXED}' AND perceptual_hash IS NOT NULL ORDER BY seq""",
            (model,),
        )
        pairs = np.array(rows, dtype=np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1].astype(np.uint64)

    def same_contents(self, model: int) -> NDArray[np.int64]:
        """Pairs [n, 2] of searchable photos with the same content, by their embeddings' `seq`: each with the first."""
        rows = self._database.rows(
            f"""SELECT min(seq) OVER (PARTITION BY content_hash), seq
                FROM photos JOIN embeddings ON embeddings.photo = photos.key
                WHERE model = ? AND {BROWSED} AND content_hash IN (
                    SELECT content_hash FROM photos WHERE {BROWSED} GROUP BY content_hash HAVING count(*) > 1)""",
            (model,),
        )
        pairs = np.array(rows, dtype=np.int64).reshape(-1, 2)
        different: NDArray[np.int64] = pairs[pairs[:, 0] != pairs[:, 1]]
        return different

    def skipped(self, folder: Path | None = None) -> list[Skipped]:
        """Every file that is not searchable, with the reason; by path."""
        within = Condition()
        if folder is not None:
            within.add_any(places(self._database, Filters(folders=(folder,))))
        rows = self._database.rows(
            f"""SELECT roots.path, folder, name, reason, state, photos.id {_FROM}
                WHERE state IN ('{PhotoState.UNREADABLE}', '{PhotoState.IGNORED}'){within.sql}
                ORDER BY roots.path, folder, name""",
            within.parameters,
        )
        return [
            Skipped(join_path(root, folder, name), reason, state, photo_id, kind_in(state, reason))
            for root, folder, name, reason, state, photo_id in ((*row[:4], PhotoState(row[4]), row[5]) for row in rows)
        ]

    def counts(self, model: int | None) -> Counts:
        """How many photos are in which state, `searchable` for this model."""
        by_state: dict[str, int] = dict(
            self._database.rows(
                f"""SELECT '{PhotoState.INDEXED}', count(*) FROM photos WHERE {BROWSED}
                    UNION ALL SELECT state, count(*) FROM photos WHERE {LEFT_OUT} GROUP BY state"""
            )
        )
        row = self._database.row(f"SELECT {SEARCHABLE.format('?1')}", (model,))
        searchable = row[0] if row else 0
        missing, ignored = by_state.get(PhotoState.MISSING, 0), by_state.get(PhotoState.IGNORED, 0)
        excluded = by_state.get(PhotoState.EXCLUDED, 0)
        return Counts(
            photos=sum(by_state.values()) - missing - ignored - excluded,
            searchable=searchable,
            unreadable=by_state.get(PhotoState.UNREADABLE, 0),
            waiting=by_state.get(PhotoState.PENDING, 0),
            missing=missing,
            ignored=ignored,
            excluded=excluded,
        )

    def content_hashes(self) -> set[bytes]:
        """The content of every photo that has been read."""
        return {
            content
            for (content,) in self._database.rows(
                "SELECT DISTINCT content_hash FROM photos WHERE content_hash IS NOT NULL"
            )
        }


def kind_in(state: PhotoState, reason: str) -> ReasonKind:
    """The kind of reason of a file in this state, unreadable or ignored."""
    return ReasonKind.IGNORED if state is PhotoState.IGNORED else kind_of(reason)


def split_path(relative: Path) -> tuple[bytes, bytes]:
    """Folder (slashes, empty for the root) and name of a path relative to a root, as they are stored."""
    parent = relative.parent.as_posix()
    return os.fsencode("" if parent == "." else parent), os.fsencode(relative.name)


def _photo(row: Row, online: dict[bytes, bool]) -> Photo:
    (
        id, root, folder, name, root_id, size, modified_ns, state, content, width, height,
        orientation, taken, camera, latitude, longitude, perceptual, format, sharpness, reason, pinned, hidden,
    ) = row  # fmt: skip
    if root not in online:
        online[root] = is_reachable(decode_path(root))
    return Photo(
        id=id,
        path=join_path(root, folder, name),
        root_id=root_id,
        size=size,
        modified=datetime.fromtimestamp(modified_ns / 1e9),
        state=PhotoState(state),
        content_hash=content or b"",
        width=width,
        height=height,
        orientation=orientation,
        taken=datetime.fromisoformat(taken) if taken else None,
        camera=camera,
        latitude=latitude,
        longitude=longitude,
        perceptual_hash=None if perceptual is None else perceptual & (2**64 - 1),
        format=format,
        sharpness=sharpness,
        reason=reason,
        offline=not online[root],
        pinned=bool(pinned),
        hidden=bool(hidden),
    )


def join_path(root: bytes, folder: bytes, name: bytes) -> Path:
    """The absolute path of a photo from its parts as they are stored; `split_path` is the way back."""
    return Path(os.fsdecode(os.path.join(root, folder, name)))  # noqa: PTH118 - three times as fast, and thousands come

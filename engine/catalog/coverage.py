"""What is missing from the search, why, and another try."""

from collections.abc import Collection, Sequence
from pathlib import Path

from engine.catalog.database import Database, in_parts
from engine.catalog.photos import join_path, kind_in
from engine.catalog.roots import decode_path, is_reachable
from engine.reason_kinds import ReasonKind
from engine.records import PhotoState, Skipped

WAITING = "It waits to be read."
WITHOUT_EMBEDDING = "It waits to be embedded with the model that answers now."
OFFLINE = "Its folder is not connected; it is read when it is."
_REST = f"""
    SELECT roots.path, folder, name, reason, state, photos.id, pending FROM photos JOIN roots ON roots.key = photos.root
    WHERE state IN ('{PhotoState.UNREADABLE}', '{PhotoState.IGNORED}', '{PhotoState.PENDING}')
       OR (state = '{PhotoState.INDEXED}' AND NOT EXISTS (
           SELECT 1 FROM embeddings WHERE photo = photos.key
           AND model = (SELECT value FROM meta WHERE name = 'answering')))
    ORDER BY roots.path, folder, name"""


class Coverage:
    """Every file below the roots that no search can find."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rest(self) -> list[Skipped]:
        """The files that are not searchable, each with its reason; by path. What a person left out is not listed."""
        online: dict[bytes, bool] = {}
        found = []
        for root, folder, name, reason, state, photo_id, pending in self._database.rows(_REST):
            if root not in online:
                online[root] = is_reachable(decode_path(root))
            why, kind = _why(reason, PhotoState(state), pending=bool(pending), online=online[root])
            found.append(Skipped(join_path(root, folder, name), why, PhotoState(state), photo_id, kind))
        return found

    def unread(self, kinds: Collection[ReasonKind], folders: Sequence[Path] = ()) -> list[Skipped]:
        """The photos that could not be read for a reason of these kinds.

        Args:
            folders: only of those below; without any, of all.
        """
        return [
            file
            for file in self.rest()
            if file.state is PhotoState.UNREADABLE
            and file.kind in kinds
            and (not folders or any(file.path.is_relative_to(folder) for folder in folders))
        ]

    def retry(self, photo_ids: Sequence[str] | None = None) -> int:
        """Let the next update read photos again that could not be read, although they have not changed.

        Args:
            photo_ids: of these; None for all.

        Returns:
            How many will be tried.
        """
        unreadable = f"UPDATE photos SET pending = 1 WHERE state = '{PhotoState.UNREADABLE}'"
        with self._database.writing(durable=True) as connection:
            if photo_ids is None:
                return connection.execute(unreadable).rowcount
            return sum(
                connection.execute(f"{unreadable} AND id IN ({marks})", part).rowcount
                for marks, part in in_parts(photo_ids)
            )


def _why(reason: str, state: PhotoState, *, pending: bool, online: bool) -> tuple[str, ReasonKind]:
    if state is not PhotoState.IGNORED:
        if not online and (pending or state is PhotoState.INDEXED):
            return OFFLINE, ReasonKind.OFFLINE
        if pending:
            return WAITING, ReasonKind.WAITING
        if state is PhotoState.INDEXED:
            return WITHOUT_EMBEDDING, ReasonKind.EMBEDDING
    return reason, kind_in(state, reason)

"""What is missing from the search, why, and another try."""

from collections.abc import Sequence

from engine.catalog.database import Database
from engine.catalog.photos import join_path
from engine.catalog.roots import decode_path, is_reachable
from engine.records import PhotoState, Skipped

WAITING = "It waits to be read."
WITHOUT_EMBEDDING = "It waits to be embedded with the model that answers now."
OFFLINE = "Its folder is not connected; it is read when it is."
_AT_ONCE = 900
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
            why = _why(reason, PhotoState(state), pending=bool(pending), online=online[root])
            found.append(Skipped(join_path(root, folder, name), why, PhotoState(state), photo_id))
        return found

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
            tried = 0
            for start in range(0, len(photo_ids), _AT_ONCE):
                part = photo_ids[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                tried += connection.execute(f"{unreadable} AND id IN ({marks})", part).rowcount
            return tried


def _why(reason: str, state: PhotoState, *, pending: bool, online: bool) -> str:
    if state is PhotoState.IGNORED:
        return reason
    if not online and (pending or state is PhotoState.INDEXED):
        return OFFLINE
    if pending:
        return WAITING
    return reason if state is PhotoState.UNREADABLE else WITHOUT_EMBEDDING

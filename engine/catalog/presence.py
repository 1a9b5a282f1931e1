"""Files that a person took away or put back by this program: on record at once, without waiting for a scan."""

from collections.abc import Sequence

from engine.catalog.batch import FORGET
from engine.catalog.database import Database
from engine.catalog.meta import bump
from engine.records import PhotoState


class Presence:
    """Says of photos that their files are gone or back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def require_writable(self) -> None:
        """Raise LibraryReadOnlyError if nothing can be written."""
        self._database.require_writable()

    def gone(self, photo_ids: Sequence[str]) -> None:
        """Their files are not there any more. What is known of them stays, in case they come back."""
        with self._database.writing(durable=True) as connection:
            for photo_id in photo_ids:
                row = connection.execute("SELECT key FROM photos WHERE id = ?", (photo_id,)).fetchone()
                if row is not None:
                    connection.execute(FORGET, row)
                    connection.execute("UPDATE photos SET state = ? WHERE key = ?", (PhotoState.MISSING, *row))
            bump(connection, membership=True)

    def back(self, photo_ids: Sequence[str]) -> None:
        """Their files are there again, as they were; what had been forgotten is found by the next scan."""
        with self._database.writing(durable=True) as connection:
            connection.executemany(
                "UPDATE photos SET state = ? WHERE id = ? AND state = ?",
                [(PhotoState.INDEXED, photo_id, PhotoState.MISSING) for photo_id in photo_ids],
            )
            bump(connection, membership=True)

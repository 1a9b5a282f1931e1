"""Photos on their way to the trash and back, with the catalogue in step."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.catalog.presence import Presence
from engine.errors import EngineError
from engine.jobs import Job, Progress
from engine.records import Photo
from engine.trash import Trashed, move_to_trash, restore


@dataclass(frozen=True, slots=True)
class TrashedPhoto:
    """A photo whose file is in the trash."""

    photo: Photo
    trashed: Trashed


@dataclass(frozen=True, slots=True)
class TrashReport:
    """What became of photos that were to go to the trash, or to come back.

    Attributes:
        moved: those that went where they should.
        refused: why the others did not; they are where they were.
    """

    moved: tuple[TrashedPhoto, ...]
    refused: tuple[EngineError, ...]

    @property
    def restorable(self) -> tuple[TrashedPhoto, ...]:
        """Those that `PhotoTrash.take_out` can bring back."""
        return tuple(one for one in self.moved if one.trashed.record is not None)


class PhotoTrash:
    """Moves photos to the system's trash. A photo in the trash is missing from the library, not forgotten."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence

    def put(self, photos: Sequence[Photo], job: Job | None = None) -> TrashReport:
        """Move the files of these photos to the trash, as far as the system lets us.

        A cancel leaves the rest where it is.

        Raises:
            LibraryReadOnlyError: the library could not be told; all photos are where they were.
        """
        self._presence.require_writable()
        job = job or Job()
        moved: list[TrashedPhoto] = []
        refused: list[EngineError] = []
        try:
            for number, photo in enumerate(photos):
                job.report(Progress("moving to the trash", number, len(photos)))
                if job.cancelled:
                    break
                try:
                    moved.append(TrashedPhoto(photo, move_to_trash(photo.path)))
                except EngineError as error:
                    refused.append(error)
        finally:
            self._presence.gone([one.photo.id for one in moved])
        return TrashReport(tuple(moved), tuple(refused))

    def take_out(self, photos: Sequence[TrashedPhoto]) -> TrashReport:
        """Put photos back where they were, as far as that can be done."""
        back: list[TrashedPhoto] = []
        refused: list[EngineError] = []
        try:
            for one in photos:
                try:
                    restore(one.trashed)
                except EngineError as error:
                    refused.append(error)
                else:
                    back.append(one)
        finally:
            self._presence.back([one.photo.id for one in back])
        return TrashReport(tuple(back), tuple(refused))

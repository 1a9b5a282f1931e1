"""Groups of photos that are one picture, or one moment."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.copies.verdict import Verdict
from engine.errors import BadRequestError
from engine.records import Photo

DEFAULT_SCORE = 0.95
"""Below it closeness is chance. Only the nearest few of each photo are compared, which score more in a large one."""
SURE = 0.9
"""Confidence in a copy from which on it is suggested for deletion: what is less sure is for a person to decide."""


class GroupKind(StrEnum):
    """What the photos of a group have in common."""

    COPIES = "copies"
    """They are the same picture."""
    BURST = "burst"
    """They were taken of the same thing within seconds."""


class Where(StrEnum):
    """Which photos may form a group."""

    ANYWHERE = "anywhere"
    ACROSS_FOLDERS = "across folders"
    WITHIN_FOLDERS = "within folders"


class Reason(StrEnum):
    """Why one photo is worth keeping rather than the others."""

    REFERENCE = "in a reference folder"
    WHOLE = "not cropped"
    BORDERLESS = "with less border or none"
    COLOURED = "in colour"
    LARGER = "larger"
    SHARPER = "sharper"
    ORIGINAL = "with its camera's data"
    LOSSLESS = "not re-encoded"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class DuplicateOptions:
    """What to look for.

    Attributes:
        min_score: calibrated score of the embeddings that are worth comparing; those with a near hash always are.
        references: folders whose photos are never suggested for deletion.
        crops: also compare each photo with what is near the middle of it, which takes longer.
    """

    min_score: float = DEFAULT_SCORE
    where: Where = Where.ANYWHERE
    references: tuple[Path, ...] = ()
    crops: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.min_score <= 1:
            raise BadRequestError(f"A score of {self.min_score:g} makes no sense.", "Scores are between 0 and 1.")


@dataclass(frozen=True, slots=True)
class Member:
    """A photo of a group.

    Attributes:
        verdict: what it is to the best shot; None for that one.
        reference: it lies in a reference folder.
    """

    photo: Photo
    verdict: Verdict | None = None
    reference: bool = False

    @property
    def is_spare(self) -> bool:
        """Whether it is a copy beyond doubt, and in no reference folder."""
        return not self.reference and self.verdict is not None and self.verdict.confidence >= SURE


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Two or more photos; each of them was compared with the first one.

    Attributes:
        members: the best shot first: that is the one to keep.
        reasons: why that one.
        leaving: ids of the photos that a person chose for deletion instead of those that are suggested; None if nobody
            has chosen.
    """

    kind: GroupKind
    members: tuple[Member, ...]
    reasons: tuple[Reason, ...] = ()
    leaving: frozenset[str] | None = None

    @property
    def keeper(self) -> Photo:
        """The photo that is worth keeping: the best shot, unless a person chose others."""
        leaving = self.leaving or ()
        return next((one.photo for one in self.members if one.photo.id not in leaving), self.members[0].photo)

    @property
    def surplus(self) -> tuple[Photo, ...]:
        """The photos that were chosen or are suggested for deletion: no doubtful copy, and none of a burst."""
        if self.leaving is not None:
            return tuple(one.photo for one in self.members if one.photo.id in self.leaving)
        if self.kind is GroupKind.BURST:
            return ()
        return tuple(one.photo for one in self.members[1:] if one.is_spare)

    @property
    def surplus_bytes(self) -> int:
        """What deleting them would give back."""
        return sum(photo.size for photo in self.surplus)

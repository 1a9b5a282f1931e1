"""What two pictures are to each other, in words that need no explaining."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the second of two pictures is to the first, the closest first."""

    IDENTICAL_FILE = "identical file"
    IDENTICAL_PIXELS = "identical pixels"
    COPY = "copy"
    """The same picture, changed in some way."""
    OTHER_SHOT = "different shot"
    """The same things, taken again: similar, but not the same pixels."""
    DIFFERENT = "different"


class ChangeKind(StrEnum):
    """What was done to a copy. `{}` stands for how much."""

    RESIZED = "resized to {} %"
    CROPPED = "cropped to {} %"
    """Of each side."""
    UNCROPPED = "shows more (the other is cropped to {} %)"
    MIRRORED = "mirrored"
    TURNED = "turned {}°"
    """Clockwise, after mirroring."""
    BRIGHTER = "brighter by {} EV"
    DARKER = "darker by {} EV"
    BLACK_AND_WHITE = "black and white"
    COLOURED = "in colour"
    RECOLOURED = "other colours"
    BLURRED = "blurred"
    SHARPER = "sharper"
    MARKED = "text or a mark on {} % of it"
    BORDERED = "border added"
    UNBORDERED = "border removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was done to a copy, and how much of it: percent, degrees or stops; 0 where that says nothing."""

    kind: ChangeKind
    amount: float = 0.0

    @property
    def figure(self) -> str:
        """How much, with as many digits as make sense."""
        digits = 1 if self.kind in (ChangeKind.BRIGHTER, ChangeKind.DARKER) else 0
        return f"{self.amount:.{digits}f}"

    def __str__(self) -> str:
        return self.kind.value.format(self.figure)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the second of two pictures is to the first.

    Attributes:
        confidence: 0..1; 0.5 where it could as well be otherwise.
        changes: what was done to a copy; none for one that was only saved again.
        seconds_apart: between two shots, if both say when they were taken.
        by_thumbnail: the small pictures in the library were compared, not the files.
    """

    kind: Kind
    confidence: float
    changes: tuple[Change, ...] = ()
    seconds_apart: float | None = None
    by_thumbnail: bool = False

    @property
    def is_copy(self) -> bool:
        """Whether both are the same picture."""
        return self.kind in (Kind.IDENTICAL_FILE, Kind.IDENTICAL_PIXELS, Kind.COPY)

    @property
    def is_edited(self) -> bool:
        """Whether it is a copy of which more was changed than its size and its file."""
        return self.kind is Kind.COPY and any(change.kind is not ChangeKind.RESIZED for change in self.changes)

    def __str__(self) -> str:
        how = " (by thumbnail)" if self.by_thumbnail else ""
        return self._words() + how

    def _words(self) -> str:
        if self.kind is Kind.COPY:
            return ", ".join(map(str, self.changes)) or "re-encoded"
        if self.kind is Kind.OTHER_SHOT and self.seconds_apart is not None:
            return f"different shot {duration(self.seconds_apart)} apart"
        return self.kind.value


def duration(seconds: float) -> str:
    """Such as "3 s", "20 min", "5 h", "12 d": the largest unit of which there are two."""
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"

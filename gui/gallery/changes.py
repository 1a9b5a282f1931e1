"""What differs between two listings, in the steps in which Qt wants to be told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from gui.gallery.listing import Listing

MOST_ROWS = 20_000
"""Longer listings are not compared row by row."""
MOST_STEPS = 64
"""More removals and insertions than this are told as one change of layout."""


@dataclass(frozen=True, slots=True)
class Changes:
    """First the removals, from the end; then a new order of what stays; then the insertions, from the start.

    Attributes:
        kept: the old rows that stay, in the new order.
    """

    removed: Sequence[range]
    kept: Sequence[int]
    inserted: Sequence[range]

    @classmethod
    def between(cls, old: Listing, new: Listing) -> "Changes | None":
        """None if they differ too much to be told in steps."""
        if max(len(old), len(new)) > MOST_ROWS:
            return None
        now_at = {photo_id: row for row, photo_id in enumerate(new.ids())}
        before_at = {photo_id: row for row, photo_id in enumerate(old.ids())}
        removed = list(_runs(row for photo_id, row in before_at.items() if photo_id not in now_at))
        inserted = list(_runs(row for photo_id, row in now_at.items() if photo_id not in before_at))
        if len(removed) + len(inserted) > MOST_STEPS:
            return None
        return cls(removed, [before_at[photo_id] for photo_id in now_at if photo_id in before_at], inserted)

    @property
    def reordered(self) -> bool:
        """Whether what stays changes its order."""
        return any(one > next_one for one, next_one in zip(self.kept, self.kept[1:], strict=False))


def _runs(rows: Iterable[int]) -> Iterable[range]:
    """Ascending numbers as runs of neighbours."""
    for _, group in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        run = [row for _, row in group]
        yield range(run[0], run[-1] + 1)

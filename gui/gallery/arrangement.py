"""How an answer is laid out: which scores are shown, in which order, near-identical photos folded into stacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from engine.names import natural_order
from engine.records import Match, SearchResult


class Order(StrEnum):
    """What photos are sorted by."""

    SCORE = "score"
    DATE = "date"
    NAME = "name"
    SIZE = "size"
    LOOK = "look"
    """So that neighbours look alike."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the user wants to see of an answer.

    Attributes:
        backwards: worst, oldest, last or smallest first.
        lowest: the least score that is shown.
        highest: the highest score that is shown.
        stacked: near-identical photos are folded into stacks.
        opened: ids of photos whose stack is open.
        looks: where photos come in the order of their looks, by id; those that are not in it come last.
    """

    order: Order = Order.SCORE
    backwards: bool = False
    lowest: float = 0.0
    highest: float = 1.0
    stacked: bool = True
    opened: frozenset[str] = frozenset()
    looks: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def narrowed(self) -> bool:
        """Whether some scores are left out."""
        return self.lowest > 0 or self.highest < 1

    def passes(self, match: Match) -> bool:
        """Whether the score of this match is among those that are shown."""
        return self.lowest <= match.score <= self.highest


AS_IT_COMES = Arrangement()


@dataclass(frozen=True, slots=True)
class Stacked:
    """What a row has to do with a stack.

    Attributes:
        others: how many photos are in its stack beside this one.
        best: it stands for the stack; the others are below it if it is open, else they are not shown.
    """

    others: int
    best: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Arranged:
    """An answer laid out.

    Attributes:
        matches: one for each row.
        stacks: by photo id, for the rows that have to do with one.
        passing: how many matches have a score that is shown, folded or not.
        noise_row: the first row that is as near as chance is, if the best come first; None if there is none.
    """

    matches: tuple[Match, ...]
    stacks: dict[str, Stacked]
    passing: int
    noise_row: int | None

    @property
    def folded(self) -> int:
        """How many matches are not seen because their stack is closed."""
        return self.passing - len(self.matches)


def arrange(result: SearchResult, arrangement: Arrangement) -> Arranged:
    """Lay an answer out."""
    passing = [match for match in result.matches if arrangement.passes(match)]
    stacks = _stacks(result, passing) if arrangement.stacked else {}
    folded = {match.photo.id for stack in stacks.values() for match in stack[1:]}
    heads = _sorted([match for match in passing if match.photo.id not in folded], arrangement)
    rows: list[Match] = []
    marks: dict[str, Stacked] = {}
    best_first = arrangement.order is Order.SCORE and not arrangement.backwards
    noise_head = _first_far(heads, result.chance_below) if best_first else None
    noise_row: int | None = None
    for place, match in enumerate(heads):
        if place == noise_head:
            noise_row = len(rows)
        rows.append(match)
        stack = stacks.get(match.photo.id)
        if stack is not None:
            is_open = any(one.photo.id in arrangement.opened for one in stack)
            marks[match.photo.id] = Stacked(len(stack) - 1, best=True, open=is_open)
            rows += stack[1:] if is_open else []
            marks |= {one.photo.id: Stacked(len(stack) - 1, best=False, open=is_open) for one in stack[1:]}
    return Arranged(tuple(rows), marks, len(passing), noise_row)


def _first_far(matches: Sequence[Match], noise_score: float) -> int | None:
    """Where chance begins; nowhere if near and far matches alternate."""
    far = [match.score < noise_score for match in matches]
    return far.index(True) if any(far) and far == sorted(far) else None


def _stacks(result: SearchResult, passing: Sequence[Match]) -> dict[str, list[Match]]:
    """The stacks of what is shown, by the best of them; alone, a photo is no stack."""
    shown = {match.photo.id: match for match in passing}
    stacks = ([shown[photo_id] for photo_id in stack if photo_id in shown] for stack in result.stacks)
    return {stack[0].photo.id: stack for stack in stacks if len(stack) > 1}


def _sorted(matches: list[Match], arrangement: Arrangement) -> list[Match]:
    """The answer itself is by score; equal photos keep its order in every other."""
    if arrangement.order is Order.SCORE:
        return matches[::-1] if arrangement.backwards else matches
    if arrangement.order is Order.LOOK:
        last = len(arrangement.looks)
        arranged = sorted(matches, key=lambda match: arrangement.looks.get(match.photo.id, last))
        return arranged[::-1] if arrangement.backwards else arranged
    ascends = arrangement.order is Order.NAME
    return sorted(matches, key=lambda match: _key(match, arrangement.order), reverse=ascends is arrangement.backwards)


def _key(match: Match, order: Order) -> Any:
    photo = match.photo
    if order is Order.DATE:
        return photo.taken or photo.modified
    return photo.size if order is Order.SIZE else natural_order(photo.path.name)

"""Photos in a row, so that neighbours look alike: the shortest path through their embeddings, nearly.

Nearest pairs are joined first, as long as no photo gets a third neighbour and no ring closes (the greedy edge
heuristic); the ends of the pieces are joined in the same way until there is one. Then 2-opt on the nearest neighbours:
a stretch is turned round wherever that makes the path shorter. Johnson and McGeoch, "The traveling salesman problem: a
case study in local optimization" (1997), find such paths 14 to 20 % and about 5 % longer than the best ones. Nothing is
random.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from engine.jobs import Job, Progress
from engine.vectors.index import Vectors
from engine.vectors.neighbours import Rows, nearest_among

NEIGHBOURS = 8
"""How many of a photo's nearest are considered as its neighbours in the row; Johnson and McGeoch take 20 and less."""
ROUNDS = 30
"""Of improvement at most. What a round gains falls quickly; it ends before with less than `WORTH_WHILE`."""
WORTH_WHILE = 0.0005
"""Of the path's length."""
STAGE = "arranging by look"

Path = NDArray[np.int64]


def look_order(vectors: Vectors, near: Rows | None = None, job: Job | None = None) -> Path:
    """The rows in an order in which neighbours are alike; the end with the lower row comes first.

    Args:
        vectors: unit vectors float32 [n, dim].
        near: the nearest rows of each row [n, k], nearest first, -1 where there are fewer; they are looked for if this
            is None.

    Raises:
        Cancelled: the job was cancelled.
    """
    job = job or Job()
    if len(vectors) < 3:
        return np.arange(len(vectors))
    if near is None:
        near, _ = nearest_among(vectors, NEIGHBOURS, job)
    near = near[:, :NEIGHBOURS]
    path = _shortened(_joined(vectors, near, job), vectors, near, job)
    return path if path[0] < path[-1] else path[::-1].copy()


def placed(path: Path, vectors: Vectors, new: NDArray[np.int64]) -> Path:
    """A path with more rows: each new one beside the row of the path that it is most like, on the cheaper side.

    Args:
        path: rows in their order.
        vectors: of all rows, the new ones included.
        new: the rows that are not in the path yet.
    """
    if len(path) < 2:
        return np.concatenate([path, new])
    best = np.argmax(vectors[new] @ vectors[path].T, axis=1)
    after = np.minimum(best + 1, len(path) - 1)
    before = np.maximum(best - 1, 0)
    to_next = _between(vectors, new, path[after]) - _between(vectors, path[best], path[after])
    to_last = _between(vectors, new, path[before]) - _between(vectors, path[best], path[before])
    places = np.where(to_next <= to_last, best + 1, best)
    places[best == len(path) - 1] = len(path)  # beyond the ends there is room
    places[best == 0] = 0
    order = np.argsort(places, kind="stable")
    return np.insert(path, places[order], new[order])


def path_length(path: Path, vectors: Vectors) -> float:
    """The mean cosine distance of neighbours in the row."""
    return float(_between(vectors, path[:-1], path[1:]).mean()) if len(path) > 1 else 0.0


class _Pieces:
    """Rows joined into pieces of a path."""

    def __init__(self, count: int) -> None:
        self.links: list[list[int]] = [[] for _ in range(count)]
        self._piece = list(range(count))
        self.pieces = count

    def join(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Join what may be joined, in this order."""
        links = self.links
        for one, other in pairs:
            if len(links[one]) < 2 and len(links[other]) < 2 and (first := self.of(one)) != (second := self.of(other)):
                links[one].append(other)
                links[other].append(one)
                self._piece[second] = first
                self.pieces -= 1

    def of(self, row: int) -> int:
        """The piece that a row belongs to."""
        piece = self._piece
        while piece[row] != row:
            piece[row] = piece[piece[row]]
            row = piece[row]
        return row

    def ends(self) -> NDArray[np.int64]:
        """The rows that can be joined to another piece."""
        return np.array([row for row, links in enumerate(self.links) if len(links) < 2], dtype=np.int64)

    def path(self) -> Path:
        """The only piece, from one end to the other."""
        row, last = int(self.ends()[0]), -1
        path = [row]
        while following := [other for other in self.links[row] if other != last]:
            row, last = following[0], row
            path.append(row)
        return np.array(path, dtype=np.int64)


def _joined(vectors: Vectors, near: Rows, job: Job) -> Path:
    pieces = _Pieces(len(vectors))
    pieces.join(_pairs(vectors, np.arange(len(vectors)), near))
    while pieces.pieces > 1:
        job.step(Progress(STAGE, 0))
        ends = pieces.ends()
        # Of the nearest two ends one at least belongs to another piece, so that every turn joins some.
        found, _ = nearest_among(vectors[ends], NEIGHBOURS, job)
        pieces.join(_pairs(vectors, ends, ends[found]))
    return pieces.path()


def _pairs(vectors: Vectors, rows: NDArray[np.int64], near: NDArray[np.integer]) -> Iterable[tuple[int, int]]:
    """Each row with its near ones, nearest pairs first."""
    one = np.repeat(rows, near.shape[1])
    other = near.reshape(-1).astype(np.int64)
    kept = other >= 0
    one, other = one[kept], other[kept]
    low, high = np.minimum(one, other), np.maximum(one, other)
    pairs = np.unique(np.stack([low, high], axis=1), axis=0)
    order = np.argsort(_between(vectors, pairs[:, 0], pairs[:, 1]), kind="stable")
    return zip(pairs[order, 0].tolist(), pairs[order, 1].tolist(), strict=True)


def _shortened(path: Path, vectors: Vectors, near: Rows, job: Job) -> Path:
    """2-opt: of the best moves of a round each is made that earlier ones of the round have not spoilt."""
    count = len(path)
    place = np.empty(count, dtype=np.int64)
    for done in range(ROUNDS):
        job.step(Progress(STAGE, done, ROUNDS))
        place[path] = np.arange(count)
        steps = _between(vectors, path[:-1], path[1:])
        gained = 0.0
        for gain, one, other in _moves(path, place, steps, vectors, near):
            # The pairs of neighbours that the move takes apart must still be there, in this direction.
            left, right = place[one[0]], place[other[0]]
            if left < right < count - 1 and path[left + 1] == one[1] and path[right + 1] == other[1]:
                path[left + 1 : right + 1] = path[left + 1 : right + 1][::-1].copy()
                place[path[left + 1 : right + 1]] = np.arange(left + 1, right + 1)
                gained += gain
        if gained <= WORTH_WHILE * float(steps.sum()):
            break
    return path


def _moves(
    path: Path, place: NDArray[np.int64], steps: NDArray[np.float32], vectors: Vectors, near: Rows
) -> Iterable[tuple[float, tuple[int, int], tuple[int, int]]]:
    """The pairs of neighbours (a, next of a) and (b, next of b) that better were (a, b) and their nexts; best first."""
    count = len(path)
    one = np.repeat(np.arange(count), near.shape[1])
    other = near.reshape(-1).astype(np.int64)
    kept = other >= 0
    first, second = place[one[kept]], place[other[kept]]
    left, right = np.minimum(first, second), np.maximum(first, second)
    # Near rows may become neighbours as the left ends of two pairs or as the right ends.
    left, right = np.concatenate([left, left - 1]), np.concatenate([right, right - 1])
    possible = (left >= 0) & (right > left + 1) & (right < count - 1)
    left, right = left[possible], right[possible]
    gain = steps[left] + steps[right]
    gain -= _between(vectors, path[left], path[right])
    gain -= _between(vectors, path[left + 1], path[right + 1])
    better = np.flatnonzero(gain > 1e-6)
    better = better[np.argsort(-gain[better], kind="stable")]
    left, right = left[better], right[better]
    return zip(
        gain[better].tolist(),
        zip(path[left].tolist(), path[left + 1].tolist(), strict=True),
        zip(path[right].tolist(), path[right + 1].tolist(), strict=True),
        strict=True,
    )


def _between(vectors: Vectors, one: NDArray[np.integer], other: NDArray[np.integer]) -> NDArray[np.float32]:
    """The cosine distances of pairs of rows."""
    distances = np.empty(len(one), dtype=np.float32)
    for start in range(0, len(one), 65_536):
        part = slice(start, start + 65_536)
        distances[part] = 1 - np.einsum("ij,ij->i", vectors[one[part]], vectors[other[part]])
    return distances

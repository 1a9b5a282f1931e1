"""How one picture lies on another: turned, mirrored, scaled and moved.

A map takes pixels of the first picture to pixels of the second. Where corners agree (`similarities`), two pairs of them
fix a map, and the map on which most others agree is right. Where a picture has no corners, its frame may still be the
other's under one of the eight symmetries (`frames`). Either is only a guess until `refined` has compared pixels.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.copies.features import Features, Levels, smooth
from engine.imaging.warping import resized, warped

MOST_MATCHES = 60
"""Pairs of patches that are tried: two of them make a map, so this makes 1,770."""
LEAST_LIKENESS = 0.75
"""Cosine of two patches that may be the same."""
CLEARLY_BETTER = 0.85
"""Of the distance to the second best patch: what is not clearly nearest is a pattern that repeats (D. G. Lowe,
"Distinctive image features from scale-invariant keypoints", IJCV 2004, has 0.8 for longer descriptions)."""
TOLERANCE = 3.0
"""Pixels by which a corner may be off."""
FEWEST_AGREEING = 6
LARGEST_SCALE = 6.0
SMALLEST_PAIR = 12.0
"""Pixels between two corners that fix a map: nearer ones say little about scale and direction."""
FEWEST_PIXELS = 150
_STEPPED = np.zeros((1024, 1024), dtype=bool)
_STEPPED[::2, ::2] = True
"""A quarter of the pixels say as much about a map as all of them."""
_SYMMETRIES = tuple((turns, mirrored) for mirrored in (False, True) for turns in range(4))


@dataclass(frozen=True, slots=True)
class Alignment:
    """An affine map from the pixels of a first picture to those of a second.

    Attributes:
        matrix: [2, 3]; for a point (x, y, 1), where the middle of a pixel has whole numbers.
        agreeing: corners that agree on it; 0 if it was found otherwise.
    """

    matrix: NDArray[np.float64]
    agreeing: int = 0

    @property
    def mirrored(self) -> bool:
        """Whether the second picture is a mirror image."""
        return bool(np.linalg.det(self.matrix[:, :2]) < 0)

    @property
    def scale(self) -> float:
        """Pixels of the second picture for one of the first, along each side."""
        return float(np.sqrt(abs(np.linalg.det(self.matrix[:, :2]))))

    @property
    def degrees(self) -> float:
        """How far the second picture is turned anticlockwise, after mirroring left and right; -180..180."""
        linear = self.matrix[:, :2] * ([-1, 1] if self.mirrored else [1, 1])
        angle = np.arctan2(linear[1, 0] - linear[0, 1], linear[0, 0] + linear[1, 1])
        return float(-np.degrees(angle))

    @property
    def inverse(self) -> NDArray[np.float64]:
        """The way back, [2, 3]."""
        linear = np.linalg.inv(self.matrix[:, :2])
        return np.column_stack([linear, -linear @ self.matrix[:, 2]])

    def between(self, first: tuple[float, float], second: tuple[float, float]) -> "Alignment":
        """The same map for the pictures in other sizes: pixels for one of these pixels, (x, y) of each picture."""
        grow, shrink = np.array(second), 1 / np.array(first)
        linear = self.matrix[:, :2] * grow[:, None] * shrink[None, :]
        # Corners of pixels lie at -0.5: those are what scaling leaves in place.
        moved = grow * (self.matrix @ [-0.5, -0.5, 1] + 0.5) - 0.5 + linear @ [0.5, 0.5]
        return Alignment(np.column_stack([linear, moved]), self.agreeing)


def similarities(first: Features, second: Features, fewest: int = FEWEST_AGREEING) -> list[Alignment]:
    """The best map and the best mirroring map on which at least so many corners agree; fewer if too few do."""
    found = []
    for mirrored in (False, True):
        pairs = _alike(first.patches, second.mirrored_patches() if mirrored else second.patches)
        best = _agreed(first, second, pairs, fewest, mirrored=mirrored)
        if best is not None:
            found.append(best)
    return sorted(found, key=lambda one: -one.agreeing)


def frames(first: tuple[int, int], second: tuple[int, int]) -> list[Alignment]:
    """The eight ways to lay the whole of a picture of this width and height on the whole of another one."""
    return [_frame(first, second, turns, mirrored) for turns, mirrored in _SYMMETRIES]


def refined(first: Levels, second: Levels, start: Alignment, rounds: int = 3) -> Alignment:
    """A map corrected by the pixels themselves, where both pictures are, whatever their brightness and contrast.

    S. Baker and I. Matthews, "Lucas-Kanade 20 years on", IJCV 2004: the inverse compositional way, with an affine map.
    What fits no better than before is not taken.

    Args:
        first: grey, [height, width].
        second: grey, [height, width], about as fine as the first one.
    """
    soft, there = smooth(first), smooth(second)
    steepest = _steepest(soft)
    best, least = start.matrix, np.inf
    matrix = start.matrix
    for _ in range(rounds + 1):
        moved, inside = warped(there, matrix, (first.shape[1], first.shape[0]))
        inside &= _STEPPED[: first.shape[0], : first.shape[1]]
        if np.count_nonzero(inside) < FEWEST_PIXELS:
            break
        one = soft[inside]
        error = _toned(moved[inside], one) - one
        size = np.abs(error)
        middle = float(np.median(size))
        if float(size.mean()) >= least:
            break
        best, least = matrix, float(size.mean())
        # Few large differences, a text say, must not pull the map.
        weight = 1 / (1 + (error / (1.5 * middle + 1)) ** 2)
        matrix = _corrected(matrix, steepest[inside], error, weight.astype(np.float32), first.shape)
    return Alignment(best, start.agreeing)


def _steepest(soft: Levels) -> NDArray[np.float32]:
    """How each pixel changes with each of the six numbers of an affine map about the middle, [height, width, 6]."""
    height, width = soft.shape
    across, along = np.zeros_like(soft), np.zeros_like(soft)
    across[:, 1:-1] = (soft[:, 2:] - soft[:, :-2]) / 2
    along[1:-1] = (soft[2:] - soft[:-2]) / 2
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x - width / 2, y - height / 2
    return np.stack([across * x, across * y, across, along * x, along * y, along], axis=-1)


def _corrected(
    matrix: NDArray[np.float64], rows: Levels, error: Levels, weight: Levels, shape: tuple[int, ...]
) -> NDArray[np.float64]:
    """One step of Gauss and Newton."""
    weighted = rows * weight[:, None]
    normal = (weighted.T @ rows).astype(np.float64)
    damped = normal + 1e-3 * np.diag(np.diag(normal)) + 1e-3 * np.eye(6)
    step = np.linalg.solve(damped, weighted.T @ error).reshape(2, 3)
    middle = np.array([[1, 0, -shape[1] / 2], [0, 1, -shape[0] / 2], [0, 0, 1]])
    change = np.linalg.inv(middle) @ (np.eye(3) + np.vstack([step, np.zeros(3)])) @ middle
    if abs(np.linalg.det(change)) < 0.1:
        return matrix
    corrected: NDArray[np.float64] = (np.vstack([matrix, [0, 0, 1]]) @ np.linalg.inv(change))[:2]
    return corrected


def _toned(values: Levels, wanted: Levels) -> Levels:
    """Values with the mean and the contrast of others."""
    spread = float(values.std())
    gain = np.clip(np.corrcoef(values, wanted)[0, 1], 0.2, 1) * float(wanted.std()) / spread if spread > 1e-3 else 1.0
    toned: Levels = (values - values.mean()) * np.float32(gain) + wanted.mean()
    return toned


def _alike(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.intp]:
    """Pairs of patches [n, 2] that are each other's best, the best first."""
    if len(first) < 2 or len(second) < 2:
        return np.empty((0, 2), dtype=np.intp)
    likeness = first @ second.T
    best = likeness.argmax(axis=1)
    rows = np.arange(len(first))
    value = likeness[rows, best]
    mutual = likeness.argmax(axis=0)[best] == rows
    likeness[rows, best] = -1
    second_best = likeness.max(axis=1)
    clear = np.sqrt(np.maximum(1 - value, 0)) < CLEARLY_BETTER * np.sqrt(np.maximum(1 - second_best, 0))
    kept = np.flatnonzero(mutual & (value > LEAST_LIKENESS) & clear)
    kept = kept[np.argsort(-value[kept])][:MOST_MATCHES]
    return np.column_stack([kept, best[kept]])


def _agreed(
    first: Features, second: Features, pairs: NDArray[np.intp], fewest: int, *, mirrored: bool
) -> Alignment | None:
    """The map w = a z + b (or a conj(z) + b) of two pairs of corners on which most of the pairs agree."""
    if len(pairs) < fewest:
        return None
    z, w = first.places[pairs[:, 0]], second.places[pairs[:, 1]]
    turn, there = first.directions[pairs[:, 0]], second.directions[pairs[:, 1]]
    if mirrored:
        z, turn = np.conj(z), np.conj(turn)
    one, other = np.triu_indices(len(pairs), 1)
    across = z[other] - z[one]
    far = np.abs(across) >= SMALLEST_PAIR
    one, other, across = one[far], other[far], across[far]
    a = (w[other] - w[one]) / across
    # What the patches themselves say about scale and direction is coarse, but rules out most of the nonsense.
    said = there[one] / turn[one]
    bent = np.abs(np.log(np.where(a == 0, 1e-9, a) / said))
    sound = (bent < 0.9) & (np.abs(a) < LARGEST_SCALE) & (np.abs(a) > 1 / LARGEST_SCALE)
    a, one = a[sound], one[sound]
    if len(a) == 0:
        return None
    b = w[one] - a * z[one]
    off = np.abs(a[:, None] * z + b[:, None] - w)
    counts = (off < TOLERANCE * np.maximum(1, np.abs(a))[:, None]).sum(axis=1)
    best = int(counts.argmax())
    return _fitted(z, w, off[best] < TOLERANCE * max(1, abs(a[best])), fewest, mirrored=mirrored)


def _fitted(
    z: NDArray[np.complex128], w: NDArray[np.complex128], agreeing: NDArray[np.bool_], fewest: int, *, mirrored: bool
) -> Alignment | None:
    """Least squares over the pairs that agree, twice, because a better map has more of them."""
    a = b = 0j
    for _ in range(2):
        if np.count_nonzero(agreeing) < fewest:
            return None
        zs, ws = z[agreeing], w[agreeing]
        centred = zs - zs.mean()
        a = complex((np.conj(centred) * (ws - ws.mean())).sum() / max((np.abs(centred) ** 2).sum(), 1e-9))
        b = complex(ws.mean() - a * zs.mean())
        agreeing = np.abs(a * z + b - w) < TOLERANCE * max(1, abs(a))
    sign = -1 if mirrored else 1
    matrix = np.array([[a.real, -sign * a.imag, b.real], [a.imag, sign * a.real, b.imag]])
    return Alignment(matrix, int(np.count_nonzero(agreeing)))


def _frame(first: tuple[int, int], second: tuple[int, int], turns: int, mirrored: bool) -> Alignment:
    """Through the unit square around 0: scale down, mirror, turn by quarters, scale up."""
    quarter = np.array([[0.0, 1.0], [-1.0, 0.0]])
    linear = np.linalg.matrix_power(quarter, turns) @ np.diag([-1.0 if mirrored else 1.0, 1.0])
    linear = np.diag(np.array(second, dtype=float)) @ linear @ np.diag(1 / np.array(first, dtype=float))
    middles = (np.array(first) - 1) / 2, (np.array(second) - 1) / 2
    return Alignment(np.column_stack([linear, middles[1] - linear @ middles[0]]))


def coarse(values: Levels, longest_side: int) -> Levels:
    """A grey picture in a small size."""
    scale = longest_side / max(values.shape)
    if scale >= 1:
        return values
    return resized(values, (max(8, round(values.shape[1] * scale)), max(8, round(values.shape[0] * scale))))

"""Why two pictures are alike: where in each of them what they share lies, and how they differ otherwise."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.copies.verdict import Verdict
from engine.imaging.exif import PhotoDetails

EARTH_RADIUS_KM = 6371.0
EVEN_SHARE = 0.45
"""Half of the likeness in so much of a picture is spread over all of it; perfectly even would be 0.5."""
_OFF_CENTRE = 1 / 12
"""How far the centre of what counts must be from the middle, as a share of the side, to be called left or top: a
third of the way to where the middle of a half is."""
GRID = 7
"""Parts of a picture on each side that are hidden one after the other. A seventh of a side is about the detail that the
maps of common networks have (7 x 7 at 224 pixels)."""
GREY = 128

Heat = NDArray[np.float32]
Box = tuple[float, float, float, float]
Embed = Callable[[NDArray[np.uint8]], NDArray[np.float32]]


class Method(StrEnum):
    """How the maps were made."""

    FEATURES = "features"
    """The similarity is taken apart exactly, into what each position of the model's last feature map adds to it."""
    OCCLUSION = "occlusion"
    """Parts are hidden one after the other: how much less alike are the two then? (Zeiler and Fergus, "Visualizing and
    Understanding Convolutional Networks", ECCV 2014, https://arxiv.org/abs/1311.2901)"""


@dataclass(frozen=True, slots=True)
class Focus:
    """Where half of the likeness lies.

    Attributes:
        share: of the picture that holds half of it, 0..0.5: the smaller, the more concentrated. 0 if there is none.
        across: -1 left, 0 in the middle, 1 right.
        down: -1 at the top, 0 in the middle, 1 at the bottom.
    """

    share: float
    across: int = 0
    down: int = 0

    @property
    def even(self) -> bool:
        """Whether no part of the picture stands out."""
        return self.share >= EVEN_SHARE


@dataclass(frozen=True, slots=True)
class PictureEvidence:
    """What one of the two pictures tells.

    Attributes:
        heat: what each part adds to the likeness, [rows, columns]; adds up to 1, or is 0 throughout.
        covered: left, top, right and bottom of what the map covers, in fractions of the whole upright picture; a model
            may be shown less than the picture, or borders around it.
        width: of the upright picture in pixels.
        height: of the upright picture in pixels.
        details: when, with what and where it was taken.
    """

    heat: Heat
    covered: Box
    width: int
    height: int
    details: PhotoDetails

    @property
    def focus(self) -> Focus:
        """Where half of the likeness lies."""
        return focus_of(self.heat)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the model and the pixels tell about two pictures.

    Attributes:
        similarity: the cosine of their embeddings.
        verdict: what the second is to the first by their pixels, which no model has a say in.
        picture: PNG of both with their maps, if it was asked for.
    """

    method: Method
    similarity: float
    one: PictureEvidence
    other: PictureEvidence
    verdict: Verdict
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Differences:
    """How two pictures differ, as far as their files tell; None for what one of them does not tell.

    Attributes:
        apart: between the two captures.
        same_camera: whether make and model are the same.
        kilometres: between the two places.
        pixels: how many times as many pixels the larger one has.
    """

    apart: timedelta | None
    same_camera: bool | None
    kilometres: float | None
    pixels: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two pictures are alike.

    Attributes:
        distance: cosine distance, lower is closer.
        score: calibrated similarity, 0..1, higher is closer.
        noise_score: below this, two pictures are as close as random pairs are.
        model: name of the model.
    """

    evidence: Evidence
    distance: float
    score: float
    noise_score: float
    model: str

    @property
    def differences(self) -> Differences:
        """How the two differ otherwise."""
        return differences(self.evidence.one, self.evidence.other)


def shared(one: NDArray[np.float32], other: NDArray[np.float32]) -> tuple[Heat, Heat]:
    """What the positions of two pictures add to the similarity.

    Args:
        one: what each position adds to the embedding [rows, columns, dim], see `engine.models.patches`.
        other: the same of the other picture; it may have another shape.

    Returns:
        For both pictures what adds to the likeness; positions that make them less alike have 0.
    """
    dim = one.shape[-1]
    pairs = one.reshape(-1, dim) @ other.reshape(-1, dim).T
    return _heat(pairs.sum(axis=1), one.shape[:2]), _heat(pairs.sum(axis=0), other.shape[:2])


def hidden(embed: Embed, pixels: NDArray[np.uint8], other: NDArray[np.float32]) -> Heat:
    """How much less alike a picture is to another when a part of it is hidden by grey, for `GRID` x `GRID` parts.

    Args:
        embed: unit vectors [N, dim] of pictures.
        pixels: the picture, uint8 [height, width, 3].
        other: the other picture's unit vector [dim].
    """
    height, width = pixels.shape[:2]
    rows = np.linspace(0, height, GRID + 1).astype(int)
    columns = np.linspace(0, width, GRID + 1).astype(int)
    whole = float(embed(pixels[None])[0] @ other)
    lost = np.zeros((GRID, GRID), dtype=np.float32)
    for row in range(GRID):  # a row at a time: all at once would take much memory with large models
        batch = np.repeat(pixels[None], GRID, axis=0)
        for column in range(GRID):
            batch[column, rows[row] : rows[row + 1], columns[column] : columns[column + 1]] = GREY
        lost[row] = whole - embed(batch) @ other
    return _heat(lost, (GRID, GRID))


def focus_of(heat: Heat) -> Focus:
    """The smallest part of a picture that holds half of its heat, and where its centre lies."""
    if not heat.any():
        return Focus(0.0)
    falling = np.sort(heat, axis=None)[::-1]
    least = falling[min(int(np.searchsorted(np.cumsum(falling), heat.sum() / 2)), heat.size - 1)]
    rows, columns = np.nonzero(heat >= least)  # what is equal counts alike
    weights = heat[rows, columns]
    down = np.average((rows + 0.5) / heat.shape[0], weights=weights) - 0.5
    across = np.average((columns + 0.5) / heat.shape[1], weights=weights) - 0.5
    return Focus(min(len(rows) / heat.size, 0.5), _side(float(across)), _side(float(down)))


def differences(one: PictureEvidence, other: PictureEvidence) -> Differences:
    """How two pictures differ, as far as their files tell."""
    first, second = one.details, other.details
    areas = sorted((one.width * one.height, other.width * other.height))
    return Differences(
        apart=abs(first.taken - second.taken) if first.taken and second.taken else None,
        same_camera=first.camera == second.camera if first.camera and second.camera else None,
        kilometres=_kilometres(first, second),
        pixels=areas[1] / max(areas[0], 1),
    )


def _heat(values: NDArray[np.floating], shape: tuple[int, ...]) -> Heat:
    adding: Heat = np.maximum(values, 0).reshape(shape).astype(np.float32)
    total = float(adding.sum())
    if total > 0:
        adding /= total
    return adding


def _side(off_centre: float) -> int:
    return 0 if abs(off_centre) < _OFF_CENTRE else int(math.copysign(1, off_centre))


def _kilometres(one: PhotoDetails, other: PhotoDetails) -> float | None:
    """Along the surface, by the haversine formula; the earth as a ball is wrong by at most half a percent."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, north_too = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    haversine = math.sin((north_too - north) / 2) ** 2
    haversine += math.cos(north) * math.cos(north_too) * math.sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, haversine)))

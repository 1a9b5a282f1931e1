"""Heat maps over pictures: what counts more than an even share takes on a warm tone, what counts less is darkened."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Heat = NDArray[np.float32]
Box = tuple[float, float, float, float]
Rgba = NDArray[np.uint8]

MAP_SIDE = 192
"""Pixels of a map's longer side: smooth enough to be enlarged to any size of a picture."""
_DARKEST = 0.72
_WARMEST = 0.5
_PLAINLY_MORE = 1.5  # times the even share
_WARM = (255, 150, 20)
_GAP = 8


def overlay(heat: Heat) -> Rgba:
    """A map to be painted over a picture, uint8 RGBA [height, width, 4], its longer side `MAP_SIDE` pixels.

    Args:
        heat: [rows, columns], not negative. 0 is darkest, the mean leaves the picture as it is, and the largest value
            is warmest, unless it is not much above the mean: an even map shows no hot spot.
    """
    rows, columns = heat.shape
    scale = MAP_SIDE / max(rows, columns)
    size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
    level = Image.fromarray(heat, mode="F").resize(size, Image.Resampling.BICUBIC)
    value, even = np.asarray(level), float(heat.mean()) or 1.0
    dark = np.clip(1 - value / even, 0, 1)
    warm = np.clip((value / even - 1) / (max(float(heat.max()) / even, _PLAINLY_MORE) - 1), 0, 1)
    made = np.zeros((*value.shape, 4), dtype=np.uint8)
    made[..., :3] = np.where(warm[..., None] > 0, np.array(_WARM, dtype=np.uint8), np.uint8(0))
    made[..., 3] = np.round(255 * (_DARKEST * dark + _WARMEST * warm))
    return made


def beside(one: tuple[Image.Image, Heat, Box], other: tuple[Image.Image, Heat, Box], side: int) -> bytes:
    """Two pictures under their maps, side by side, as PNG.

    Args:
        one: the picture, its map, and what of the picture the map covers: left, top, right, bottom in fractions.
        side: the longest side of each in pixels.
    """
    left, right = (_under(*each, side) for each in (one, other))
    made = Image.new("RGB", (left.width + _GAP + right.width, max(left.height, right.height)))
    made.paste(left, (0, (made.height - left.height) // 2))
    made.paste(right, (left.width + _GAP, (made.height - right.height) // 2))
    stream = io.BytesIO()
    made.save(stream, "PNG")
    return stream.getvalue()


def _under(image: Image.Image, heat: Heat, covered: Box, side: int) -> Image.Image:
    shown = image.copy()
    shown.thumbnail((side, side), reducing_gap=2.0)
    left, top = covered[0] * shown.width, covered[1] * shown.height
    width, height = (covered[2] - covered[0]) * shown.width, (covered[3] - covered[1]) * shown.height
    layer = Image.fromarray(overlay(heat), mode="RGBA").resize(
        (max(1, round(width)), max(1, round(height))), Image.Resampling.BICUBIC
    )
    whole = Image.new("RGBA", shown.size, (0, 0, 0, round(255 * _DARKEST)))
    whole.paste(layer, (round(left), round(top)))
    return Image.alpha_composite(shown.convert("RGBA"), whole).convert("RGB")

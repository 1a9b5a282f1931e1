"""Perceptual hashes: 64 bits that barely change when a picture is re-encoded, resized or slightly edited.

The DCT hash of Zauner (2010) in the layout of the `imagehash` package: 32 x 32 grey pixels, the 8 x 8 lowest
frequencies, one bit for each that is above their median; rows from the top, the first bit is the highest.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SIDE = 32
_LOW = 8
_SAMPLES = np.arange(_SIDE)
_COSINES = 2 * np.cos(np.pi * np.outer(np.arange(_LOW), 2 * _SAMPLES + 1) / (2 * _SIDE))
_MIRROR = np.where(np.arange(_LOW) % 2, -1.0, 1.0)
"""Mirroring a picture turns the sign of its odd frequencies, and of nothing else."""
# Rounding noise of the transform must not decide about frequencies that are exactly zero, as in a blank picture.
_DECIMALS = 3


def perceptual_hash(image: Image.Image) -> int:
    """The hash of an RGB picture."""
    return _hash(_low_frequencies(image))


def symmetric_hashes(image: Image.Image) -> tuple[int, ...]:
    """The hashes of the picture as EXIF orientations 1 to 8 would turn it: unchanged first."""
    upright = _low_frequencies(image)
    rows, columns = _MIRROR[:, None], _MIRROR[None, :]
    turned = upright.T
    return tuple(
        _hash(frequencies)
        for frequencies in (
            upright,
            upright * columns,
            upright * rows * columns,
            upright * rows,
            turned,
            turned * columns,
            turned * rows * columns,
            turned * rows,
        )
    )


def _low_frequencies(image: Image.Image) -> NDArray[np.float64]:
    # Averaging pixels first, down to three times the size, quarters the cost and hardly ever changes a bit.
    grey = image.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    frequencies: NDArray[np.float64] = _COSINES @ np.asarray(grey, dtype=np.float64) @ _COSINES.T
    return frequencies.round(_DECIMALS)


def _hash(frequencies: NDArray[np.float64]) -> int:
    bits = frequencies > np.median(frequencies)
    return int.from_bytes(np.packbits(bits).tobytes(), "big")

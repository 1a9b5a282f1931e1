"""Where two pictures differ, made visible."""

import numpy as np
from numpy.typing import NDArray


def amplified_difference(one: memoryview, other: memoryview, gain: int) -> bytes:
    """The absolute difference of two pictures, so many times as strong; black is where they are equal.

    Args:
        one: four bytes per pixel: blue, green, red, unused.
        other: as many.
    """
    first, second = _pixels(one), _pixels(other)
    stronger: NDArray[np.uint16] = np.abs(first - second).astype(np.uint16) * gain
    result = np.minimum(stronger, 255).astype(np.uint8)
    result[:, 3] = 255
    return result.tobytes()


def _pixels(picture: memoryview) -> NDArray[np.int16]:
    return np.frombuffer(picture, dtype=np.uint8).reshape(-1, 4).astype(np.int16)

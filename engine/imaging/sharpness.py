"""How sharp a picture is: a number that tells the best shot of a burst from those where the camera shook.

The variance of the Laplacian of the grey picture ("LAPV", after J. L. Pech-Pacheco, G. Cristóbal, J. Chamorro-Martínez
and J. Fernández-Valdivia, "Diatom autofocusing in brightfield microscopy: a comparative study", ICPR 2000). It depends
on the size of the picture, so every picture is measured at the same one; it depends on what is in the picture too, so
only pictures of the same scene can be compared by it.
"""

import numpy as np
from PIL import Image

SIDE = 320
"""The longest side of the picture that is measured, which every decoded picture has unless its file has less."""


def sharpness(image: Image.Image) -> float:
    """The sharpness of an RGB picture, from 0 for a blank one."""
    scale = SIDE / max(image.size)
    size = (max(3, round(image.width * scale)), max(3, round(image.height * scale)))
    # A picture that is smaller is enlarged, and so is as soft as it would look beside a larger copy.
    grey = image.convert("L").resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    levels = np.asarray(grey, dtype=np.float32)
    middle = levels[1:-1, 1:-1]
    laplacian = (levels[:-2, 1:-1] + levels[2:, 1:-1] + levels[1:-1, :-2] + levels[1:-1, 2:] - 4 * middle).ravel()
    laplacian = laplacian.astype(np.float64)  # how exact a sum of float32 is depends on the processor
    mean = float(laplacian.mean())
    return max(float(laplacian @ laplacian) / len(laplacian) - mean * mean, 0.0)

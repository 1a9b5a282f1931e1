"""Which photos a training reads, and which parts of them it looks at.

Decoding and resizing are the engine's own, so a model is trained on exactly what it will be shown.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import BadRequestError, NotFoundError
from engine.imaging.decoding import decode
from engine.imaging.formats import PHOTO_EXTENSIONS
from engine.imaging.resizing import model_input
from engine.paths import is_file, is_folder, is_there
from engine.records import Region

Pixels = NDArray[np.uint8]

SMALLEST_CROP = 0.25
"""Share of a photo's area that a crop shows at least."""
ASPECT_CHANGE = 4 / 3
"""How much wider or narrower than the photo a crop may be."""


@dataclass(frozen=True, slots=True)
class PhotoViews:
    """A photo and the views to take of it.

    Attributes:
        content: digest of the file's bytes; empty for a file that cannot be opened.
        views: their numbers: view 0 is the whole photo, the others are crops.
    """

    path: Path
    content: str
    views: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CutViews:
    """The views of one photo in two sizes, uint8 RGB [views, side, side, 3]."""

    small: Pixels
    large: Pixels


def find_photos(sources: Sequence[Path]) -> list[Path]:
    """The photos among files and below folders, in a stable order; what is named twice counts twice.

    Raises:
        NotFoundError: a source does not exist.
        BadRequestError: there is no photo at all.
    """
    found: list[Path] = []
    for source in sources:
        if not is_there(source):
            raise NotFoundError(f"There is no {source}.", "Name folders with photos, or photo files.")
        found += _photos_below(source) if is_folder(source) else [source]
    if not found:
        places = ", ".join(str(source) for source in sources) or "nothing"
        raise BadRequestError(f"There are no photos to train on in {places}.", "Name a folder with photos.")
    return found


def plan_views(photos: Sequence[Path], views: int) -> list[PhotoViews]:
    """So many views for each mention of a photo: naming a folder twice gives its photos twice the weight."""
    return [
        PhotoViews(path, _content(path), tuple(range(mentions * views))) for path, mentions in Counter(photos).items()
    ]


def cut_views(photo: PhotoViews, small_side: int, large_side: int) -> CutViews:
    """Decode a photo once and cut its views; a photo smaller than a view has nothing to crop and gives one.

    Raises:
        UnreadablePhotoError: the photo cannot be read.
    """
    decoded = decode(photo.path, short_side=2 * large_side)
    worth_cropping = min(decoded.width, decoded.height) >= small_side
    regions = view_regions(photo.content, photo.views if worth_cropping else photo.views[:1])
    crops = [decoded.image.crop(view_box(region, decoded.image.size)) for region in regions]
    return CutViews(
        *(
            np.stack([model_input(crop, (side, side), "squash", "bilinear") for crop in crops])
            for side in (small_side, large_side)
        )
    )


def view_regions(content: str, views: Sequence[int]) -> list[Region]:
    """The parts of a photo that its views show: always the same for the same content."""
    return [_crop(random.Random(f"{content}{view}")) if view else Region(0, 0, 1, 1) for view in views]


def _crop(chance: random.Random) -> Region:
    area = chance.uniform(SMALLEST_CROP, 1)
    aspect = ASPECT_CHANGE ** chance.uniform(-1, 1)
    width, height = min(1.0, (area * aspect) ** 0.5), min(1.0, (area / aspect) ** 0.5)
    return Region(chance.uniform(0, 1 - width), chance.uniform(0, 1 - height), width, height)


def view_box(region: Region, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The region of a picture of this width and height in whole pixels, at least one: left, top, right, bottom."""
    width, height = size
    left, top = int(region.x * width), int(region.y * height)
    return (
        left,
        top,
        max(left + 1, round((region.x + region.width) * width)),
        max(top + 1, round((region.y + region.height) * height)),
    )


def _content(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "blake2b").hexdigest()
    except OSError:  # reported with its reason when the photo is decoded
        return ""


def _photos_below(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.suffix.lower() in PHOTO_EXTENSIONS and is_file(file))

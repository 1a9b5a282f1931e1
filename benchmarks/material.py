"""What the benchmarks work on: generated photographs and embeddings, the same on every machine."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter


def photograph(seed: int, size: tuple[int, int]) -> Image.Image:
    """A picture that compresses like a photograph: soft shapes with sensor noise."""
    rng = np.random.default_rng(seed)
    shapes = Image.fromarray(rng.integers(0, 256, (12, 16, 3), dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(size, 14).filter(ImageFilter.GaussianBlur(0.7))
    return Image.blend(shapes, Image.merge("RGB", (grain, grain, grain)), 0.2)


def write_photographs(
    folder: Path, count: int, size: tuple[int, int], first: int = 0, suffix: str = ".jpg"
) -> list[Path]:
    """JPEG files, or others that Pillow can write, of quality 90 where there is one."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{number:05}{suffix}" for number in range(first, first + count)]
    for number, file in enumerate(files, first):
        photograph(number, size).save(file, quality=90)
    return files


def write_patterns(folder: Path, count: int, size: tuple[int, int], first: int = 0) -> list[Path]:
    """JPEG files of coloured squares, from two to 24 of them along a side: a model tells them apart."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number in range(first, first + count):
        chance = np.random.default_rng(number)
        squares = chance.integers(0, 256, (chance.integers(2, 24), chance.integers(2, 24), 3), dtype=np.uint8)
        smooth = Image.Resampling.NEAREST if number % 2 else Image.Resampling.BICUBIC
        files.append(folder / f"{number:05}.jpg")
        Image.fromarray(squares).resize(size, smooth).save(files[-1], quality=90)
    return files


def embeddings(count: int, dim: int = 256, clusters: int = 2_000) -> NDArray[np.float32]:
    """Unit vectors [count, dim] in clusters, as the photos of a person are."""
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(clusters, dim)).astype(np.float32)
    vectors = centres[rng.integers(0, clusters, count)] + 0.7 * rng.normal(size=(count, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def report(benchmark: str, *, ratio: float | None, to_reach: str, **figures: object) -> None:
    """Print the outcome as one line of JSON; the ratio is None where there is no reference to compare with."""
    rounded = {name: _rounded(value) for name, value in figures.items()}
    shown = None if ratio is None else round(ratio, 3)
    print(json.dumps({"benchmark": benchmark, "ratio": shown, "to_reach": to_reach, **rounded}))


def median(values: Iterable[float]) -> float:
    """The middle value."""
    return float(np.median(list(values)))


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return round(value, 4) if isinstance(value, float) else value

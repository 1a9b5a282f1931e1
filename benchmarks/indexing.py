"""CPU time to index photos end to end, against decoding alone plus the model alone: JPEG, and other formats."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.material import median, report, write_photographs
from engine.imaging.decoding import decode
from engine.imaging.resizing import model_input
from engine.imaging.thumbnails import THUMBNAIL_SIDE
from engine.library import default_models
from engine.models.embedder import OnnxEmbedder
from engine.models.registry import ModelRegistry

LARGE, SMALL = (4000, 3000), (1600, 1200)
KINDS = {
    "12 MP JPEG": (LARGE, ".jpg", 48),
    "2 MP JPEG": (SMALL, ".jpg", 160),
    "2 MP HEIC": (SMALL, ".heic", 24),
    "2 MP PNG": (SMALL, ".png", 40),
    "2 MP WebP": (SMALL, ".webp", 40),
}
"""Size, ending and number of the photos."""
FEW = 8
ROUNDS = 3
MAIN = Path(__file__).parents[1] / "main.py"


def cpu_seconds() -> float:
    """Processor time of this process and of the children that have ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Processor and wall-clock seconds of some work."""
    cpu, wall = cpu_seconds(), time.perf_counter()
    work()
    return cpu_seconds() - cpu, time.perf_counter() - wall


def index(photos: Path, library: Path) -> None:
    """A first index of the folder, by the command: what a worker loads first depends on the program that starts it."""
    command = [sys.executable, str(MAIN), "--library", str(library), "index", str(photos)]
    subprocess.run(command, check=True, capture_output=True)


def run(name: str, folder: Path) -> None:
    """Measure one kind of photos and print the outcome."""
    extent, suffix, count = KINDS[name]
    files = write_photographs(folder / name, count, extent, suffix=suffix)
    model = ModelRegistry(default_models(), folder / "none").default()
    side = model.manifest.input.height
    size = (side, model.manifest.input.width)
    embedder = OnnxEmbedder(model.folder, model.manifest)
    few = folder / f"few {name}"
    few.mkdir()
    for file in files[:FEW]:
        (few / file.name).hardlink_to(file)

    decoded = [decode(file, short_side=side, long_side=THUMBNAIL_SIDE) for file in files[:8]]
    pixels = model_input(decoded[0].image, size, model.manifest.resize, model.manifest.interpolation)
    decoding = median(
        measured(lambda: [decode(file, short_side=side, long_side=THUMBNAIL_SIDE) for file in files])[0]
        for _ in range(ROUNDS)
    )
    embedding = median(measured(lambda: [embedder.embed(pixels[None]) for _ in files])[0] for _ in range(ROUNDS))
    runs = [measured(lambda n=n: index(folder / name, folder / f"library {name} {n}")) for n in range(ROUNDS)]
    starts = [measured(lambda n=n: index(few, folder / f"library few {name} {n}")) for n in range(ROUNDS)]
    # What starting the workers costs does not grow with the photos: the difference of two runs is without it.
    more = len(files) - FEW
    indexing = (median(cpu for cpu, _ in runs) - median(cpu for cpu, _ in starts)) / more
    seconds = (median(wall for _, wall in runs) - median(wall for _, wall in starts)) / more
    alone = (decoding + embedding) / len(files)
    report(
        f"indexing {name}, CPU per photo",
        ratio=indexing / alone,
        to_reach="<= 1.1 x decoding alone + the model alone",
        indexing_ms=1000 * indexing,
        decoding_ms=1000 * decoding / len(files),
        model_ms=1000 * embedding / len(files),
        photos_per_second=1 / seconds,
        processors=os.cpu_count(),
    )


def main() -> None:
    """Measure and print; HEIC is left out where the extra for more formats is missing."""
    heic = find_spec("pillow_heif") is not None
    if heic:
        from pillow_heif import register_heif_opener

        register_heif_opener()
    with tempfile.TemporaryDirectory() as place:
        for name, (_, suffix, _) in KINDS.items():
            if suffix != ".heic" or heic:
                run(name, Path(place))


if __name__ == "__main__":
    main()

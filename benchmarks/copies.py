"""How often a picture that was edited finds its original first, among thousands of other photos.

Twelve edits, each made of every original and saved as JPEG of quality 90. Sizes are shares of each side: a crop to 80%
keeps 64% of the area. Brightness is one edit: every other photo becomes 30% brighter, the others 30% darker. The
gallery holds the distractors and all originals; what is as near as the original counts as nearer.

The figures mean something for photos of a camera; generated ones have hardly any content and only show that it runs.
"""

import argparse
import hashlib
import io
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.material import report, write_photographs
from engine.errors import UnreadablePhotoError
from engine.evaluation.folders import photos_below
from engine.imaging.decoding import decode
from engine.imaging.resizing import model_input
from engine.imaging.thumbnails import THUMBNAIL_SIDE
from engine.library import default_models
from engine.models.checking import open_foreign
from engine.models.embedder import OnnxEmbedder
from engine.models.registry import InstalledModel, ModelRegistry

ORIGINALS = 200
DISTRACTORS = 5_000
SIZE = (320, 240)
"""Of generated photos."""
CAPTION = "seen on holiday"
HARD = ("quarter turn", "crop to 60%")
"""Edits that are reported, and not held against a model."""
Edit = Callable[[Image.Image, int], Image.Image]
Embeddings = NDArray[np.float32]


def saved(picture: Image.Image, quality: int = 90) -> bytes:
    """The picture as a JPEG file."""
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def half(picture: Image.Image, _: int) -> Image.Image:
    """Half of each side."""
    return picture.resize((max(1, picture.width // 2), max(1, picture.height // 2)), Image.Resampling.LANCZOS)


def crop(share: float) -> Edit:
    """The middle, this share of each side."""

    def middle(picture: Image.Image, _: int) -> Image.Image:
        width, height = round(picture.width * share), round(picture.height * share)
        left, top = (picture.width - width) // 2, (picture.height - height) // 2
        return picture.crop((left, top, left + max(1, width), top + max(1, height)))

    return middle


def brightness(picture: Image.Image, number: int) -> Image.Image:
    """30 % brighter, or 30 % darker."""
    return ImageEnhance.Brightness(picture).enhance(0.7 if number % 2 else 1.3)


def gamma(picture: Image.Image, _: int) -> Image.Image:
    """Gamma 1.6: the middle tones become darker."""
    return picture.point([round(255 * (value / 255) ** 1.6) for value in range(256)] * 3)


def blur(picture: Image.Image, _: int) -> Image.Image:
    """A Gaussian blur of 1.5 % of the shorter side."""
    return picture.filter(ImageFilter.GaussianBlur(0.015 * min(picture.size)))


def text(picture: Image.Image, _: int) -> Image.Image:
    """A caption in the lower part, three quarters of the picture wide: white with a black outline."""
    written = picture.copy()
    wide = ImageFont.load_default(100).getlength(CAPTION) / 100
    size = max(6, round(0.75 * picture.width / wide))
    ImageDraw.Draw(written).text(
        (picture.width / 2, 0.85 * picture.height),
        CAPTION,
        fill="white",
        stroke_fill="black",
        stroke_width=max(1, size // 12),
        anchor="mm",
        font=ImageFont.load_default(size),
    )
    return written


def border(picture: Image.Image, _: int) -> Image.Image:
    """A white border of 8 % of the shorter side."""
    return ImageOps.expand(picture, max(1, round(0.08 * min(picture.size))), "white")


EDITS: dict[str, Callable[[Image.Image, int], bytes]] = {
    "JPEG quality 30": lambda picture, _: saved(picture, 30),
    **{
        name: lambda picture, number, edit=edit: saved(edit(picture, number))
        for name, edit in {
            "half size": half,
            "crop to 80%": crop(0.8),
            "crop to 60%": crop(0.6),
            "mirror": lambda picture, _: ImageOps.mirror(picture),
            "quarter turn": lambda picture, _: picture.transpose(Image.Transpose.ROTATE_90),
            "brightness 30%": brightness,
            "gamma 1.6": gamma,
            "grey": lambda picture, _: picture.convert("L").convert("RGB"),
            "blur": blur,
            "text": text,
            "border": border,
        }.items()
    },
}


class Reader:
    """Embeds pictures as the program does."""

    def __init__(self, model: InstalledModel) -> None:
        self._embedder = OnnxEmbedder(model.folder, model.manifest)
        self._manifest = model.manifest

    def embed(self, source: Path | bytes) -> Embeddings:
        """One picture; raises UnreadablePhotoError."""
        given = self._manifest.input
        decoded = decode(source, short_side=max(given.height, given.width), long_side=THUMBNAIL_SIDE)
        size = (given.height, given.width)
        return self.vector(model_input(decoded.image, size, self._manifest.resize, self._manifest.interpolation))

    def vector(self, pixels: NDArray[np.uint8]) -> Embeddings:
        """The embedding of what the model is shown."""
        return self._embedder.embed(pixels[None])[0]

    def embed_readable(self, files: Sequence[Path]) -> Iterator[tuple[Path, Embeddings]]:
        """The files that can be read, with their embeddings."""
        for file in files:
            try:
                yield file, self.embed(file)
            except UnreadablePhotoError as error:
                print(f"left out: {file}: {error}", file=sys.stderr)


def ranks(queries: Embeddings, originals: Embeddings, distractors: Embeddings) -> NDArray[np.int64]:
    """The place of each query's own original in the gallery of all originals and distractors, from 1."""
    similar = queries @ np.concatenate([originals, distractors]).T
    own = similar[np.arange(len(queries)), np.arange(len(queries))]
    found: NDArray[np.int64] = (similar >= own[:, None]).sum(axis=1)
    return found


def chosen(folder: Path, count: int, seed: int, but: Sequence[Path] = ()) -> list[Path]:
    """So many photos of a folder, without the content of some others."""
    files = photos_below(folder)
    random.Random(seed).shuffle(files)
    seen = {content(file) for file in but}
    return [file for file in files[: count + len(but)] if content(file) not in seen][:count]


def content(file: Path) -> bytes:
    """A digest of the file."""
    return hashlib.blake2b(file.read_bytes()).digest()


def found_first(reader: Reader, photos: Sequence[Path], distractors: Sequence[Path]) -> dict[str, NDArray[np.int64]]:
    """The place of the original, for every edit and photo."""
    read = dict(reader.embed_readable(photos))
    originals = np.stack(list(read.values()))
    gallery = np.stack([vector for _, vector in reader.embed_readable(distractors)])
    places = {}
    for name, edit in EDITS.items():
        queries = [reader.embed(edit(decode(file, short_side=10_000).image, n)) for n, file in enumerate(read)]
        places[name] = ranks(np.stack(queries), originals, gallery)
    return places


def show(places: dict[str, NDArray[np.int64]]) -> None:
    """A table on stderr."""
    print(f"{'edit':18}  first   among 5  median rank  worst", file=sys.stderr)
    for name, found in places.items():
        first, five = np.mean(found == 1), np.mean(found <= 5)
        print(f"{name:18}  {first:6.1%}  {five:6.1%}  {np.median(found):11.0f}  {found.max():5}", file=sys.stderr)


def model_named(name: str | None) -> InstalledModel:
    """A bundled model by name, or another one by its path; the default one without a name."""
    registry = ModelRegistry(default_models(), Path("nowhere"))
    if name is None:
        return registry.default()
    return open_foreign(Path(name)) if Path(name).exists() else registry.named(name)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, help="folder of the originals (default: generated ones)")
    parser.add_argument("--distractors", type=Path, help="folder of other photos (default: generated ones)")
    parser.add_argument("--model", help="name, model folder or .onnx file (default: the bundled model)")
    parser.add_argument("--originals", type=int, default=ORIGINALS)
    parser.add_argument("--count", type=int, default=DISTRACTORS, help="distractors")
    parser.add_argument("--seed", type=int, default=0, help="of the choice of photos")
    wanted = parser.parse_args()
    model = model_named(wanted.model)
    with tempfile.TemporaryDirectory() as place:
        made = Path(place)
        if wanted.photos:
            photos = chosen(wanted.photos, wanted.originals, wanted.seed)
        else:
            photos = write_photographs(made / "photos", wanted.originals, SIZE)
        if wanted.distractors:
            distractors = chosen(wanted.distractors, wanted.count, wanted.seed, photos)
        else:
            distractors = write_photographs(made / "distractors", wanted.count, SIZE, first=wanted.originals)
        places = found_first(Reader(model), photos, distractors)
    show(places)
    firsts = {name: float(np.mean(found == 1)) for name, found in places.items()}
    report(
        f"copies found first, {len(photos)} photos x {len(EDITS)} edits among {len(distractors)} distractors",
        ratio=float(np.mean([first for name, first in firsts.items() if name not in HARD])),
        to_reach=f">= 0.95 of the edits other than {' and '.join(HARD)}",
        model=model.manifest.name,
        every_edit=float(np.mean(list(firsts.values()))),
        edits={name: round(first, 4) for name, first in firsts.items()},
    )


if __name__ == "__main__":
    main()

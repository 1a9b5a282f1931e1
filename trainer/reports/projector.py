"""What was learned for TensorBoard's embedding projector, where it can be turned around and searched."""

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.evaluation.lists import Entry
from trainer.reports.pictures import Pictures
from trainer.reports.wording import plain
from trainer.storage import storing

FOLDER = "projector"
MOST = 2000
"""Photos that are exported: the projector runs in a browser."""
TILE = 64
"""Pixels of a picture in the sprite; TensorBoard takes sprites of up to 8192 pixels a side."""
_CONFIG = f"""embeddings {{
  tensor_name: "photos"
  tensor_path: "vectors.tsv"
  metadata_path: "metadata.tsv"
  sprite {{
    image_path: "sprite.png"
    single_image_dim: {TILE}
    single_image_dim: {TILE}
  }}
}}
"""


def projected(count: int) -> NDArray[np.int64]:
    """The places of the photos that are exported, evenly spread over all."""
    return np.unique(np.linspace(0, count - 1, min(count, MOST)).round().astype(np.int64))


def write_projector(
    folder: Path, entries: Sequence[Entry], embeddings: NDArray[np.float32], pictures: Pictures
) -> None:
    """Write vectors, labels and small pictures: `tensorboard --logdir FOLDER` shows them.

    Args:
        folder: to be made.
        entries: the photos.
        embeddings: what was learned makes of them, float32 [photos, dim].
        pictures: of the photos.

    Raises:
        StorageFullError: the disk is full.
    """
    places = projected(len(entries))
    chosen = [entries[place] for place in places]
    with storing(folder):
        folder.mkdir(parents=True)
        np.savetxt(folder / "vectors.tsv", embeddings[places], fmt="%.6g", delimiter="\t")
        (folder / "metadata.tsv").write_text(_metadata(chosen), encoding="utf-8")
        _sprite(chosen, pictures).save(folder / "sprite.png")
        (folder / "projector_config.pbtxt").write_text(_CONFIG, encoding="utf-8")


def _metadata(entries: Sequence[Entry]) -> str:
    """Labels and names, one photo a line; TensorBoard knows no quotes."""
    stream = io.StringIO()
    rows = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    rows.writerow(("label", "name"))
    rows.writerows((plain(entry.label), plain(entry.path.name)) for entry in entries)
    return stream.getvalue()


def _sprite(entries: Sequence[Entry], pictures: Pictures) -> Image.Image:
    """All pictures in a square of rows, as TensorBoard wants them."""
    side = math.ceil(math.sqrt(len(entries)))
    sprite = Image.new("RGB", (side * TILE, side * TILE), "white")
    for number, entry in enumerate(entries):
        if jpeg := pictures.jpeg(entry.path):
            with Image.open(io.BytesIO(jpeg)) as picture:
                picture.thumbnail((TILE, TILE))
                left = number % side * TILE + (TILE - picture.width) // 2
                sprite.paste(picture, (left, number // side * TILE + (TILE - picture.height) // 2))
    return sprite

"""What a training leaves behind: one folder with everything it did, and in it a model that could be installed."""

import csv
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.evaluation.lists import Entry
from engine.models.embedder import OnnxEmbedder
from engine.models.manifest import FORMAT, MANIFEST, METADATA_KEY, MODEL, Manifest, load_manifest
from engine.models.onnx_metadata import with_metadata
from engine.models.registry import InstalledModel
from trainer.gate import check_parity
from trainer.heads import Head
from trainer.onnx_head import OUTPUT, with_head
from trainer.storage import storing

MODEL_FOLDER = "model"
SPLIT = "split.csv"
REPORT = "report.html"
_VERSION = "1.0.0"
WORKPLACE = ".training-"
"""What the folder of a training that is not done is called, before its own name."""
_HIDDEN = ".unfinished-"
_DAY = 24 * 3600
_LEFT_OVER_SECONDS = {_HIDDEN: _DAY, WORKPLACE: 30 * _DAY}
"""When it is given up that somebody still wants it."""


def write_run(runs: Path, write: Callable[[Path], None]) -> Path:
    """Let `write` fill a folder of a run, named by the time; until it is whole, the folder is hidden.

    Half a run is worth nothing: it goes away at once, and what a killed program left of one a day later.

    Raises:
        StorageFullError: the disk is full.
        EngineError: it cannot be written.
    """
    with storing(runs):
        runs.mkdir(parents=True, exist_ok=True)
        _remove_left_over(runs)
        hidden = Path(tempfile.mkdtemp(prefix=f"{_HIDDEN}{datetime.now(UTC):%Y-%m-%d-%H%M%S}-", dir=runs))
    try:
        write(hidden)
        with storing(runs):
            return hidden.rename(runs / hidden.name.removeprefix(_HIDDEN))
    except BaseException:
        shutil.rmtree(hidden, ignore_errors=True)
        raise


def _remove_left_over(runs: Path) -> None:
    for prefix, seconds in _LEFT_OVER_SECONDS.items():
        for left in runs.glob(f"{prefix}*"):
            if time.time() - left.stat().st_mtime > seconds:
                shutil.rmtree(left, ignore_errors=True)


def write_personal_model(
    folder: Path, base: InstalledModel, head: Head, name: str, training: dict[str, Any], pixels: NDArray[np.uint8]
) -> None:
    """Write a model with a head behind it, and prove on pictures that it computes what was learned.

    Args:
        folder: of the model; it must not exist.
        base: what the head is put behind.
        head: what was learned.
        name: of the new model.
        training: for its card.
        pixels: as the base wants them, uint8 RGB [N, height, width, 3].

    Raises:
        ModelError: the base cannot be extended, or the new model differs from what was learned.
        StorageFullError: the disk is full.
    """
    try:
        content = base.file.read_bytes()
    except OSError as error:
        raise ModelError(f"The model {base.manifest.name} cannot be read: {error}.", "Get the model again.") from error
    model, inputs = with_head(content, base.manifest.output, head)
    manifest = _manifest(base.manifest, inputs[base.manifest.input.name], name, head.dim, training)
    model = with_metadata(model, METADATA_KEY, json.dumps(manifest))
    document = {**manifest, "sha256": hashlib.sha256(model).hexdigest()}
    with storing(folder):
        folder.mkdir(parents=True)
        (folder / MODEL).write_bytes(model)
        write_json(folder / MANIFEST, document)
    old, new = OnnxEmbedder(base.folder, base.manifest), OnnxEmbedder(folder, load_manifest(folder))
    check_parity(lambda pictures: head(old.embed(pictures)), new.embed, pixels)


def write_split(file: Path, entries: Sequence[Entry], groups: NDArray[np.int64], contents: Sequence[bytes]) -> None:
    """Which photos took part, with their labels, groups of near-duplicates and content hashes, as CSV."""
    with storing(file), file.open("w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("path", "label", "split", "group", "content"))
        rows.writerows(
            (entry.path, entry.label, entry.split or "", group, content.hex())
            for entry, group, content in zip(entries, groups, contents, strict=True)
        )


def write_json(file: Path, document: dict[str, Any]) -> None:
    """A document as JSON; raises StorageFullError."""
    with storing(file):
        file.write_text(json.dumps(document, indent=2, default=str) + "\n", encoding="utf-8")


def _manifest(base: Manifest, input_name: str, name: str, dim: int, training: dict[str, Any]) -> dict[str, Any]:
    given = base.input
    return {
        "format": FORMAT,
        "name": name,
        "version": _VERSION,
        "dim": dim,
        "input": {
            "name": input_name,
            "size": [given.height, given.width],
            "layout": given.layout,
            "dtype": given.dtype,
            "mean": list(given.mean),
            "std": list(given.std),
        },
        "output": {"name": OUTPUT},
        "resize": {"mode": base.resize, "interpolation": base.interpolation, "share": base.share},
        "distance": "cosine",
        "training": training,
        "licence": base.licence,
    }

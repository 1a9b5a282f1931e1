"""Where a training stands, on disk: written atomically, the newest two are kept."""

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

import torch

from trainer.storage import storing, write_atomically

_LATEST, _PREVIOUS = "latest.pt", "previous.pt"


class Checkpoints:
    """The checkpoints of one training.

    Args:
        folder: theirs alone.
        key: what the training is; checkpoints of another key are not loaded.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self._folder = folder
        self._latest, self._previous, self._key = folder / _LATEST, folder / _PREVIOUS, key
        with storing(folder):
            folder.mkdir(parents=True, exist_ok=True)

    def of(self, part: str, settings: Any) -> "Checkpoints":
        """Those of a part of this training, in a folder of their own.

        Args:
            part: its name.
            settings: what shapes the part besides what the whole belongs to; plain values.
        """
        return Checkpoints(self._folder / part, key_of(self._key, settings))

    def save(self, state: dict[str, Any]) -> None:
        """Keep a state of tensors and plain values; raises StorageFullError."""
        with storing(self._latest):
            if self._latest.exists():
                self._latest.replace(self._previous)
        write_atomically(self._latest, lambda file: _write({"key": self._key, "state": state}, file))

    def load(self) -> dict[str, Any] | None:
        """The newest state that can be read and belongs to this training, or None."""
        return self._read(self._latest) or self._read(self._previous)

    def _read(self, file: Path) -> dict[str, Any] | None:
        try:
            saved = torch.load(file, map_location="cpu", weights_only=True)
            return dict(saved["state"]) if saved["key"] == self._key else None
        except Exception:  # noqa: BLE001 - torch raises whatever a damaged file leads it into; the one before may be whole
            return None


def key_of(*belongs_to: Any) -> str:
    """A key for what a training belongs to: plain values."""
    return blake2b(json.dumps(belongs_to).encode(), digest_size=16).hexdigest()


def _write(state: dict[str, Any], file: Path) -> None:
    with file.open("wb") as stream:  # torch turns a full disk into a RuntimeError when it opens the file itself
        torch.save(state, stream)

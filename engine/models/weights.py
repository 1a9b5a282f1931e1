"""The weights beside a model's ONNX file, which the trainer starts from.

They are numbers with names, as safetensors: nothing in such a file is ever run, and the engine never needs it.
"""

import json
from pathlib import Path
from typing import BinaryIO

from engine.errors import ModelError

WEIGHTS = "weights.safetensors"
_LENGTH_BYTES = 8
_LONGEST_HEADER = 2**20


def check_weights(file: Path) -> None:
    """Refuse a file that is not whole, or another than it is called; raises ModelError."""
    try:
        with file.open("rb") as stream:
            whole = _length(stream) == file.stat().st_size
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        whole = False
    if not whole:
        raise ModelError(
            f"The weights beside the model are damaged: its {file.name} is no whole safetensors file.",
            "Get the model again, or add it without that file.",
        )


def _length(stream: BinaryIO) -> int:
    """How many bytes such a file must have by what its header says; raises what a damaged header leads to."""
    header = int.from_bytes(stream.read(_LENGTH_BYTES), "little")
    if header > _LONGEST_HEADER:
        raise ValueError("no such header")
    described = json.loads(stream.read(header))
    ends = [int(one["data_offsets"][1]) for name, one in described.items() if name != "__metadata__"]
    return _LENGTH_BYTES + header + max(ends, default=0)

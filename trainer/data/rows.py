"""What was made of photos, kept on disk under the hash of their content; it may be deleted at any time."""

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.indexing.reading import CONTENT_HASH_BYTES
from trainer.storage import storing

_CONTENT, _CHECKSUM = "content", "crc"
Field = tuple[str, str, tuple[int, ...]]
"""Name, numpy type and shape."""


class Rows:
    """Rows of a fixed size in one file, appended; a row that is torn or damaged is as good as none.

    Args:
        file: theirs alone.
        fields: of a row.

    Raises:
        StorageFullError: the disk is full.
        EngineError: the file cannot be written.
    """

    def __init__(self, file: Path, fields: Sequence[Field]) -> None:
        self._file = file
        self._row = np.dtype([(_CONTENT, "V", CONTENT_HASH_BYTES), *fields, (_CHECKSUM, "<u4")])
        with storing(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
            self._count = file.stat().st_size // self._row.itemsize
            with file.open("rb+") as stream:
                stream.truncate(self._count * self._row.itemsize)
        self._numbers = {
            bytes(row[_CONTENT]): number for number, row in enumerate(self._all()) if _checksum(row) == row[_CHECKSUM]
        }

    def __contains__(self, content: bytes) -> bool:
        return content in self._numbers

    def add(self, content: bytes, **values: Any) -> None:
        """Keep what was made of a photo; raises StorageFullError."""
        row = np.zeros(1, dtype=self._row)
        row[_CONTENT] = np.void(content)
        for name, value in values.items():
            row[name] = value
        row[_CHECKSUM] = _checksum(row[0])
        with storing(self._file), self._file.open("ab") as stream:
            stream.write(row.tobytes())
        self._numbers[content] = self._count
        self._count += 1

    def numbers(self, contents: Sequence[bytes]) -> NDArray[np.int64]:
        """Where the rows of photos are in a column; all of them must be there."""
        return np.array([self._numbers[content] for content in contents], dtype=np.int64)

    def column(self, name: str) -> NDArray[Any]:
        """A field of all rows, memory-mapped: [rows, ...]."""
        column: NDArray[Any] = self._all()[name]
        return column

    def _all(self) -> NDArray[np.void]:
        if not self._count:
            return np.zeros(0, dtype=self._row)
        return np.memmap(self._file, dtype=self._row, mode="r", shape=(self._count,))


def _checksum(row: np.void) -> int:
    """Of everything but itself."""
    return zlib.crc32(row.tobytes()[:-4])

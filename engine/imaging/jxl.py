"""The size of a JPEG XL picture from its header: the decoder only tells it after decoding everything."""

from typing import BinaryIO

from engine.imaging.demand import Size

_CODESTREAM = b"\xff\x0a"
# Width to height, by the code in the header; code 0 spells the width out.
_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}
_LENGTHS = (9, 13, 18, 30)
_HEADER_BYTES = 12


class _Bits:
    """Reads numbers from the lowest bit up."""

    def __init__(self, data: bytes) -> None:
        self._rest = int.from_bytes(data, "little")

    def take(self, count: int) -> int:
        value = self._rest & ((1 << count) - 1)
        self._rest >>= count
        return value

    def side(self, small: bool) -> int:
        return 8 * (self.take(5) + 1) if small else self.take(_LENGTHS[self.take(2)]) + 1


def read_size(stream: BinaryIO) -> Size:
    """Width and height as stored; raises EOFError if the file has no codestream."""
    bits = _Bits(_codestream_header(stream)[len(_CODESTREAM) :])
    small = bool(bits.take(1))
    height = bits.side(small)
    ratio = bits.take(3)
    if ratio == 0:
        return bits.side(small), height
    across, down = _RATIOS[ratio]
    return height * across // down, height


def _codestream_header(stream: BinaryIO) -> bytes:
    """The first bytes of the picture itself, bare or in one of the boxes of a container."""
    stream.seek(0)
    position, start = 0, stream.read(_HEADER_BYTES)
    while not start.startswith(_CODESTREAM):
        length, kind = int.from_bytes(start[:4], "big"), start[4:8]
        if kind in (b"jxlc", b"jxlp"):
            stream.seek(position + (8 if kind == b"jxlc" else 12))
        else:
            if length < 8:
                raise EOFError
            position += length
            stream.seek(position)
        start = stream.read(_HEADER_BYTES)
        if len(start) < 4:
            raise EOFError
    return start

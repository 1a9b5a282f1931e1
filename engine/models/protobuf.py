"""The wire format of protocol buffers, as far as ONNX files need it.

A message is a row of fields, each with a number; https://protobuf.dev/programming-guides/encoding/. A field that is
added at the end of a message counts like any other, and a message that comes twice is one message with the fields of
both.
"""

from collections.abc import Iterator

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_LONGEST_VARINT = 10

Value = int | memoryview


def fields(message: memoryview) -> Iterator[tuple[int, Value]]:
    """Number and content of every field: a number, or its bytes; numbers of fixed size are passed over.

    Raises:
        IndexError, ValueError: this is no message.
    """
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        kind = tag & 7
        if kind == _BYTES:
            size, place = _varint(message, place)
            if place + size > len(message):
                raise ValueError("a field reaches beyond the end")
            yield tag >> 3, message[place : place + size]
            place += size
        elif kind == _VARINT:
            value, place = _varint(message, place)
            yield tag >> 3, value
        elif kind in (_FIXED64, _FIXED32):
            place += 8 if kind == _FIXED64 else 4
        else:
            raise ValueError(f"a field of kind {kind}")


def numbers(value: Value) -> list[int]:
    """The whole numbers of one field of a repeated number, which are packed into bytes or stand alone."""
    if isinstance(value, int):
        return [value]
    found, place = [], 0
    while place < len(value):
        number, place = _varint(value, place)
        found.append(number)
    return found


def bytes_field(number: int, content: bytes) -> bytes:
    """A field that holds bytes, a text or another message."""
    return _as_varint(number << 3 | _BYTES) + _as_varint(len(content)) + content


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    value = 0
    for number in range(_LONGEST_VARINT):
        byte = message[place + number]
        value |= (byte & 0x7F) << (7 * number)
        if byte < 0x80:
            return value, place + number + 1
    raise ValueError("a number without end")


def _as_varint(value: int) -> bytes:
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)

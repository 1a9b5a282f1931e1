"""The key-value metadata of an ONNX file, read and added without loading the model.

An ONNX file is one protobuf message. Its metadata are field 14, messages of a key (field 1) and a value (field 2); a
field that is added at the end of a file counts like any other.
"""

from collections.abc import Iterator

from engine.errors import ModelError

_METADATA = 14
_KEY, _VALUE = 1, 2
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_LONGEST_VARINT = 10


def read_metadata(model: bytes) -> dict[str, str]:
    """The metadata of a model; raises ModelError if this is no protobuf message."""
    try:
        found = {}
        for number, field in _fields(memoryview(model)):
            if number == _METADATA:
                parts = {part: bytes(value).decode() for part, value in _fields(field)}
                found[parts.get(_KEY, "")] = parts.get(_VALUE, "")
    except (IndexError, ValueError) as error:
        raise ModelError("This is not an ONNX model.", "Get the model again.") from error
    return found


def with_metadata(model: bytes, key: str, value: str) -> bytes:
    """The model with one more piece of metadata."""
    entry = _bytes_field(_KEY, key.encode()) + _bytes_field(_VALUE, value.encode())
    return model + _bytes_field(_METADATA, entry)


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Number and content of every field that holds bytes; the others are passed over."""
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
            _, place = _varint(message, place)
        elif kind in (_FIXED64, _FIXED32):
            place += 8 if kind == _FIXED64 else 4
        else:
            raise ValueError(f"a field of kind {kind}")


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    value = 0
    for number in range(_LONGEST_VARINT):
        byte = message[place + number]
        value |= (byte & 0x7F) << (7 * number)
        if byte < 0x80:
            return value, place + number + 1
    raise ValueError("a number without end")


def _bytes_field(number: int, content: bytes) -> bytes:
    return _as_varint(number << 3 | _BYTES) + _as_varint(len(content)) + content


def _as_varint(value: int) -> bytes:
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)

"""The key-value metadata of an ONNX file, read and added without loading the model.

An ONNX file is one protobuf message. Its metadata are field 14, messages of a key (field 1) and a value (field 2).
"""

from engine.errors import ModelError
from engine.models.protobuf import bytes_field, fields

_METADATA = 14
_KEY, _VALUE = 1, 2


def read_metadata(model: bytes) -> dict[str, str]:
    """The metadata of a model; raises ModelError if this is no protobuf message."""
    try:
        found = {}
        for number, field in fields(memoryview(model)):
            if number == _METADATA and isinstance(field, memoryview):
                parts = {part: bytes(value).decode() for part, value in fields(field) if isinstance(value, memoryview)}
                found[parts.get(_KEY, "")] = parts.get(_VALUE, "")
    except (IndexError, ValueError) as error:
        raise ModelError("This is not an ONNX model.", "Get the model again.") from error
    return found


def with_metadata(model: bytes, key: str, value: str) -> bytes:
    """The model with one more piece of metadata."""
    entry = bytes_field(_KEY, key.encode()) + bytes_field(_VALUE, value.encode())
    return model + bytes_field(_METADATA, entry)

"""The size of a JPEG XL picture, read from its header as the decoder reads it."""

import io

import pytest
from imaging_samples import encoded

from engine.imaging.jxl import read_size

CONTAINER = b"\0\0\0\x0cJXL \r\n\x87\n"


@pytest.mark.parametrize(
    "size",
    [(8, 8), (64, 48), (96, 64), (256, 128), (160, 90), (100, 80), (120, 100), (1, 1), (7, 301), (600, 1), (257, 512)],
)
@pytest.mark.parametrize("container", [False, True])
def test_sizes_that_an_encoder_wrote(size: tuple[int, int], container: bool) -> None:
    pytest.importorskip("pillow_jxl")
    from PIL import Image

    picture = encoded(Image.new("RGB", size, "teal"), "JXL", use_container=container)
    assert read_size(io.BytesIO(picture)) == size


def test_codestream_in_parts() -> None:
    parts = b"\0\0\0\x14jxlp\0\0\0\0\xff\x0a\x08\x04\x8e\x81\0\0"
    assert read_size(io.BytesIO(CONTAINER + b"\0\0\0\x14ftypjxl \0\0\0\0jxl " + parts)) == (200, 130)


@pytest.mark.parametrize(
    "rest",
    [b"", b"\0\0\0\0none", b"\0\0\0\x07tiny", b"\xff\xff\xff\xfffree12345678", b"\0\0\0\x08free", b"\0\0\0\x10jxlc"],
)
def test_no_codestream(rest: bytes) -> None:
    with pytest.raises(EOFError):
        read_size(io.BytesIO(CONTAINER + rest))

"""Whichever way the camera was held, the picture comes out upright, and is never turned twice."""

import io

import pytest
from imaging_samples import INSTALLED, corner_colors, encoded, exif_bytes, farthest, scene, stored_turned
from PIL import Image

from engine.imaging.decoding import decode
from engine.records import Region

LOSSY = 40
ORIENTATIONS = range(1, 9)


def turned_file(name: str, orientation: int) -> bytes:
    """A file whose pixels need this orientation. HEIF and AVIF writers put it into the container by themselves."""
    return encoded(stored_turned(scene(), orientation), name, exif=exif_bytes(orientation))


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("name", [name for name in INSTALLED if name in ("JPEG", "PNG", "WEBP", "TIFF", "AVIF")])
def test_upright(name: str, orientation: int) -> None:
    photo = decode(turned_file(name, orientation), short_side=64)
    assert photo.image.size == (photo.width, photo.height) == (96, 64)
    assert photo.orientation == orientation
    assert farthest(corner_colors(photo.image)) < LOSSY


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_heif_is_turned_by_its_container_alone(orientation: int) -> None:
    pytest.importorskip("pillow_heif")
    photo = decode(turned_file("HEIF", orientation), short_side=64)
    assert (photo.width, photo.height) == (96, 64)
    assert photo.orientation == orientation
    assert farthest(corner_colors(photo.image)) < LOSSY


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_jpeg_xl_is_turned_by_its_codestream_alone(orientation: int) -> None:
    pytest.importorskip("pillow_jxl")
    photo = decode(_jxl_turned(orientation), short_side=64)
    assert (photo.width, photo.height) == (96, 64)
    assert farthest(corner_colors(photo.image)) < LOSSY


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.filterwarnings("ignore:Using JPEG reconstruction")
def test_jpeg_packed_as_jpeg_xl_is_turned_by_its_exif_data(tmp_path, orientation: int) -> None:
    pytest.importorskip("pillow_jxl")
    jpeg, packed = tmp_path / "a.jpg", tmp_path / "a.jxl"
    jpeg.write_bytes(turned_file("JPEG", orientation))
    with Image.open(jpeg) as image:
        image.save(packed)
    photo = decode(packed, short_side=64)
    assert (photo.width, photo.height, photo.orientation) == (96, 64, orientation)
    assert farthest(corner_colors(photo.image)) < LOSSY


@pytest.mark.parametrize("orientation", [0, 9, 255])
def test_nonsense_orientation_means_upright(orientation: int) -> None:
    photo = decode(encoded(scene(), "JPEG", exif=exif_bytes(orientation)), short_side=64)
    assert photo.orientation == 1
    assert farthest(corner_colors(photo.image)) < LOSSY


def test_orientation_may_stand_in_xmp_only() -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r tiff:Orientation="6"/></x:xmpmeta>'
    photo = decode(encoded(stored_turned(scene(), 6), "JPEG", xmp=xmp), short_side=64)
    assert (photo.width, photo.height, photo.orientation) == (96, 64, 6)
    assert farthest(corner_colors(photo.image)) < LOSSY


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("name", ["JPEG", "PNG"])
def test_region_is_a_part_of_the_upright_picture(name: str, orientation: int) -> None:
    lower_left = Region(0.0, 0.5, 0.5, 0.5)
    picture = encoded(stored_turned(scene(), orientation), name, exif=exif_bytes(orientation))
    photo = decode(picture, short_side=8, region=lower_left)
    assert (photo.width, photo.height) == (96, 64)
    blue = corner_colors(scene())[2]
    assert farthest(corner_colors(photo.image), [blue] * 4) < LOSSY


def _jxl_turned(orientation: int) -> bytes:
    """A JPEG XL file with this orientation in its own header, and the same in EXIF data that must be ignored."""
    plain = encoded(stored_turned(scene(), orientation), "JXL", use_container=False)
    codestream = _with_orientation(plain, orientation)
    exif = b"\0\0\0\0" + exif_bytes(orientation).removeprefix(b"Exif\0\0")
    boxes = [(b"JXL ", b"\r\n\x87\n"), (b"ftyp", b"jxl \0\0\0\0jxl "), (b"Exif", exif), (b"jxlc", codestream)]
    stream = io.BytesIO()
    for kind, content in boxes:
        stream.write((8 + len(content)).to_bytes(4, "big") + kind + content)
    return stream.getvalue()


def _with_orientation(codestream: bytes, orientation: int) -> bytes:
    """Spell out the metadata that the encoder left at its defaults."""
    header = f"{int.from_bytes(codestream[2:5], 'little'):024b}"[::-1]
    size_bits = 14 if header[6:9] == "000" else 9  # a width of its own, or one that follows from the height
    defaults_end = size_bits + 2
    assert header[size_bits:defaults_end] == "11", "the encoder wrote more than defaults"
    pixels = codestream[2 + -(-defaults_end // 8) :]
    turned = f"{orientation - 1:03b}"[::-1]
    # Not the defaults, extra fields, orientation, no preview or animation, 8 bits, no extra channels, the rest default.
    bits = f"{header[:size_bits]}01{turned}000000100111001"
    bits = bits.ljust(-(-len(bits) // 8) * 8, "0")
    return codestream[:2] + int(bits[::-1], 2).to_bytes(len(bits) // 8, "little") + pixels

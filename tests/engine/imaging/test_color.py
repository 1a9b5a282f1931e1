"""Every kind of pixel becomes 8-bit sRGB: nothing clipped, inverted or left in another colour space."""

import io

import numpy as np
import pytest
from imaging_samples import CORNERS, RED, corner_colors, encoded, farthest, scene
from PIL import Image, ImageCms

from engine.imaging.decoding import decode

WHITE = (255, 255, 255)


def colors(picture: bytes) -> list[tuple[int, int, int]]:
    image = decode(picture, short_side=1000).image
    assert image.mode == "RGB"
    return corner_colors(image)


@pytest.mark.parametrize(
    ("mode", "name", "tolerance"),
    [
        ("L", "JPEG", 4),
        ("L", "PNG", 0),
        ("LA", "PNG", 0),
        ("LA", "TIFF", 0),
        ("L", "TIFF", 0),
    ],
)
def test_grey(mode: str, name: str, tolerance: int) -> None:
    expected = [(grey, grey, grey) for grey in corner_colors(scene().convert("L"))]
    assert farthest(colors(encoded(scene().convert(mode), name)), expected) <= tolerance


@pytest.mark.parametrize(
    ("mode", "name"),
    [("P", "PNG"), ("P", "GIF"), ("P", "BMP"), ("P", "TIFF"), ("RGBA", "PNG"), ("RGBA", "WEBP"), ("YCbCr", "TIFF")],
)
def test_colour_modes(mode: str, name: str) -> None:
    image = scene().quantize(8) if mode == "P" else scene().convert(mode)
    options = {"lossless": True} if name == "WEBP" else {}
    assert farthest(colors(encoded(image, name, **options))) <= 3


def test_black_and_white() -> None:
    image = Image.new("1", (64, 64))
    image.paste(1, (32, 0, 64, 64))
    black, white, *_ = colors(encoded(image, "PNG"))
    assert (black, white) == ((0, 0, 0), WHITE)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_is_shown_on_white(mode: str) -> None:
    image = Image.new("RGBA", (64, 64), (*RED, 255))
    image.paste((0, 0, 0, 0), (0, 0, 32, 64))
    left, right, *_ = colors(encoded(image.convert(mode), "PNG"))
    assert left == WHITE
    assert right != WHITE


@pytest.mark.parametrize(("mode", "key"), [("RGB", RED), ("L", 77)])
def test_one_colour_may_be_transparent(mode: str, key: object) -> None:
    picture = encoded(Image.new(mode, (8, 8), key), "PNG", transparency=key)
    assert colors(picture)[0] == WHITE


def test_half_transparent_colours_do_not_bleed_when_reduced() -> None:
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[:, ::2] = (*RED, 255)
    pixels[:, 1::2] = (0, 255, 0, 0)
    image = decode(encoded(Image.fromarray(pixels), "PNG"), short_side=8).image
    expected = tuple((channel + 255) // 2 for channel in RED)
    assert farthest([image.getpixel((4, 4))], [expected]) <= 2


@pytest.mark.parametrize("name", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled_and_not_clipped(name: str) -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)
    image = decode(encoded(Image.fromarray(np.tile(ramp, (16, 1))), name), short_side=1000).image
    assert np.abs(np.asarray(image)[8, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_sixteen_bits_with_the_high_byte_first() -> None:
    ramp = np.linspace(0, 65535, 256).astype(">u2")
    stream = io.BytesIO()
    Image.frombytes("I;16B", (256, 16), np.tile(ramp, (16, 1)).tobytes()).save(stream, "TIFF")
    image = decode(stream.getvalue(), short_side=1000).image
    assert np.abs(np.asarray(image)[8, :, 0].astype(int) - np.arange(256)).max() <= 1


@pytest.mark.parametrize(
    ("dtype", "white"),
    [
        (np.int32, 255),
        (np.int32, 65535),
        (np.int32, 1_000_000),
        (np.float32, 1.0),
        (np.float32, 255.0),
        (np.float32, 9e4),
    ],
)
def test_wide_pixels_are_scaled_by_the_range_they_use(dtype: type, white: float) -> None:
    ramp = np.linspace(0, white, 256).astype(dtype)
    image = decode(encoded(Image.fromarray(np.tile(ramp, (16, 1))), "TIFF"), short_side=1000).image
    assert np.abs(np.asarray(image)[8, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_pixels_that_are_no_numbers_are_black() -> None:
    pixels = np.full((8, 8), np.nan, np.float32)
    pixels[0, 0], pixels[7, 7] = np.inf, -3.0
    assert decode(encoded(Image.fromarray(pixels), "TIFF"), short_side=8).image.getextrema() == ((0, 0),) * 3


def test_cmyk_jpeg_without_a_profile() -> None:
    assert farthest(colors(encoded(scene().convert("CMYK"), "JPEG", quality=95))) <= 12


def test_cmyk_tiff_without_a_profile() -> None:
    assert farthest(colors(encoded(scene().convert("CMYK"), "TIFF"))) <= 1


def test_lab() -> None:
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    lab = ImageCms.applyTransform(scene(), to_lab)
    assert farthest(colors(encoded(lab, "TIFF"))) <= 10  # eight bits are few for LAB


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_the_profile_of_a_file_is_applied(name: str) -> None:
    options = {"icc_profile": swapped_profile(), "quality": 95, "lossless": True}
    red, _, blue, _ = colors(encoded(scene(), name, **options))
    assert red[2] > 150 > red[0], "red pixels of a profile with swapped channels are blue"
    assert blue[0] > 150 > blue[2]


def test_the_profile_is_applied_through_a_palette_and_transparency() -> None:
    palette = scene().quantize(8)
    red = colors(encoded(palette, "PNG", icc_profile=swapped_profile()))[0]
    assert red[2] > 150 > red[0]
    red = colors(encoded(scene().convert("RGBA"), "PNG", icc_profile=swapped_profile()))[0]
    assert red[2] > 150 > red[0]


@pytest.mark.parametrize(
    "profile",
    [
        b"not a profile",
        b"\0" * 128,
        pytest.param(None, id="cut short"),
    ],
)
def test_a_broken_profile_is_ignored(profile: bytes | None) -> None:
    profile = swapped_profile()[:200] if profile is None else profile
    assert colors(encoded(scene(), "PNG", icc_profile=profile)) == list(CORNERS)


def test_a_profile_of_another_kind_of_picture_is_ignored() -> None:
    assert colors(encoded(scene().convert("CMYK"), "TIFF", icc_profile=srgb())) == colors(
        encoded(scene().convert("CMYK"), "TIFF")
    )


def test_the_srgb_profile_changes_nothing() -> None:
    assert farthest(colors(encoded(scene(), "PNG", icc_profile=srgb()))) <= 1


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped_profile() -> bytes:
    """sRGB with the primaries of red and blue exchanged."""
    profile = bytearray(srgb())
    entries = range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12)
    places = {bytes(profile[entry : entry + 4]): entry for entry in entries}
    red, blue = places[b"rXYZ"], places[b"bXYZ"]
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)

"""What cannot be read gets one sentence that a person understands, whatever the decoder threw."""

import os
import random
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from imaging_samples import INSTALLED, blobs, dng, encoded, scene

from engine.errors import UnreadablePhotoError
from engine.imaging import reasons
from engine.imaging.decoding import DecodeLimits, decode
from engine.imaging.reasons import INCOMPLETE

_JARGON = ("object at", "<_io", "Error", "b'", "None")
VIDEO = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(40)


def reason(source: Path | bytes, limits: DecodeLimits | None = None) -> str:
    with pytest.raises(UnreadablePhotoError) as caught:
        decode(source, short_side=32, limits=limits or DecodeLimits())
    return caught.value.message


def named(tmp_path: Path, name: str, content: bytes) -> Path:
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.jpg", b"", "The file is empty."),
        ("a", b"", "The file is empty."),
        ("a.jpg", b"<html>not found</html>", "This is not a picture, although its name says JPEG."),
        ("a.HEIC", b"\0" * 100, "This is not a picture, although its name says HEIC."),
        ("a.txt", b"hello", "This is not a picture."),
        ("a.jpg", VIDEO, "This is a video, although its name says JPEG."),
        ("a", VIDEO, "This is a video, not a photo."),
        ("a.bmp", b"BM rubbish", "The BMP file is damaged or was not copied completely."),
    ],
)
def test_what_is_no_picture(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    assert reason(named(tmp_path, name, content)) == sentence


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("a.psd", b"8BPS\0\x01", "a Photoshop document"),
        ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0", "a PostScript drawing (EPS)"),
        ("a.svg", b"<svg/>", "a vector drawing (SVG)"),
        ("a", b"\0\0\0\x0cjP  \r\n\x87\n", "a JPEG 2000 picture"),
    ],
)
def test_pictures_that_are_deliberately_not_read(tmp_path: Path, name: str, content: bytes, title: str) -> None:
    sentence = reason(named(tmp_path, name, content))
    assert sentence == f"This is {title}, which Lookalike does not read; save a copy as JPEG or PNG to search for it."


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    assert reason(tmp_path / "gone.jpg") == "The file is no longer there."
    if os.name == "posix":
        assert reason(tmp_path) == "This is a folder, not a photo."


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    file = named(tmp_path, "a.jpg", encoded(scene(), "JPEG"))
    file.chmod(0)
    assert reason(file) == "You have no permission to read this file."


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
@pytest.mark.parametrize("name", INSTALLED)
def test_a_picture_that_ends_too_early(name: str, share: float) -> None:
    picture = encoded(blobs(320, 240), name)
    sentence = reason(picture[: int(len(picture) * share)])
    assert sentence == INCOMPLETE or sentence.endswith("file is damaged or was not copied completely.")


@pytest.mark.parametrize("name", ["JPEG", "PNG", "TIFF", "BMP"])
def test_common_formats_say_that_they_are_incomplete(name: str) -> None:
    picture = encoded(blobs(320, 240), name)
    assert reason(picture[: len(picture) // 2]) == INCOMPLETE


def _png_claiming(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def _claiming(picture: bytes, size: bytes, claimed: bytes) -> bytes:
    assert size in picture
    return picture.replace(size, claimed, 1)


@pytest.mark.parametrize(("name", "layout"), [("JPEG", ">HH"), ("GIF", "<HH"), ("BMP", "<II")])
def test_bombs_are_refused_by_their_headers(name: str, layout: str) -> None:
    sides = (64, 96) if name == "JPEG" else (96, 64)
    bomb = _claiming(encoded(scene(), name), struct.pack(layout, *sides), struct.pack(layout, 30_000, 40_000))
    assert reason(bomb) == "The picture has 1,200 megapixels; the limit is 300."


def test_a_png_bomb_is_refused_by_its_header() -> None:
    assert reason(_png_claiming(30_000, 40_000)) == "The picture has 1,200 megapixels; the limit is 300."


def test_a_jpeg_xl_bomb_is_refused_before_it_is_decoded() -> None:
    pytest.importorskip("pillow_jxl")
    # Large sides: 0, 2 bits that say how many, then the side less one; no ratio between.
    bits = "0" + "11" + f"{39_999:030b}"[::-1] + "000" + "11" + f"{29_999:030b}"[::-1]
    header = b"\xff\x0a" + int(bits[::-1], 2).to_bytes(9, "little")
    assert reason(header + bytes(50)) == "The picture has 1,200 megapixels; the limit is 300."


def test_the_limit_can_be_set() -> None:
    assert decode(encoded(scene(100, 100), "PNG"), short_side=1, limits=DecodeLimits(max_pixels=10_000)).width == 100
    assert "the limit is 0." in reason(encoded(scene(100, 101), "PNG"), DecodeLimits(max_pixels=10_000))


@pytest.mark.parametrize("side", [10_000, 15_000])
def test_pillow_s_own_limits_stand_in_nobody_s_way(side: int) -> None:
    """Pillow would warn of 100 megapixels and refuse 225."""
    large = _claiming(encoded(scene(), "JPEG"), struct.pack(">HH", 64, 96), struct.pack(">HH", side, side))
    assert decode(large, short_side=10).width == side


@pytest.mark.parametrize("distribution", ["pillow_heif", "pillow_jxl", "rawpy"])
def test_a_missing_reader_comes_with_its_cure(distribution: str) -> None:
    pictures = {"pillow_heif": "HEIF", "pillow_jxl": "JXL", "rawpy": "RAW"}
    name = pictures[distribution]
    if name != "RAW" and name not in INSTALLED:
        pytest.skip(f"{distribution} is not installed")
    picture = dng(scene(64, 64)) if name == "RAW" else encoded(scene(), name)
    answer = subprocess.run(
        [sys.executable, "-c", _WITHOUT, distribution], input=picture, capture_output=True, check=True
    )
    assert answer.stdout.decode().strip().endswith("photos need the extra readers: pip install 'lookalike[formats]'")


_WITHOUT = """
import importlib.util, sys
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == sys.argv[1] else found(name, package)
sys.modules[sys.argv[1]] = None
from engine.errors import UnreadablePhotoError
from engine.imaging.decoding import decode
try:
    decode(sys.stdin.buffer.read(), short_side=8)
except UnreadablePhotoError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (MemoryError(), reasons.NO_MEMORY),
        (OSError("decoder error -9"), reasons.NO_MEMORY),
        (OSError(5, "Input/output error"), "The disk could not read the file (Input/output error)."),
        (struct.error("unpack requires a buffer of 4 bytes"), INCOMPLETE),
        (EOFError(), INCOMPLETE),
        (RuntimeError(b"Unexpected end of file"), INCOMPLETE),
        (
            OSError("Unsupported BMP pixel depth (7)"),
            "This variety of BMP cannot be read (Unsupported BMP pixel depth (7)).",
        ),
        (SyntaxError("broken PNG file (chunk b'abcd')"), "The BMP file is damaged or was not copied completely."),
        (KeyError("what"), "The BMP file cannot be read ('what')."),
        (RecursionError(), "The BMP file cannot be read (RecursionError)."),
    ],
)
def test_sentences(error: Exception, sentence: str) -> None:
    assert reasons.of_decoder(error, "BMP") == sentence


def _mutated(picture: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(picture)
    for _ in range(chance.choice([1, 2, 8, 40])):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    if chance.random() < 0.2:
        del damaged[chance.randrange(len(damaged)) :]
    return bytes(damaged)


def _sentence_or_nothing(picture: bytes) -> str:
    try:
        photo = decode(picture, short_side=16, limits=DecodeLimits(max_pixels=20_000_000))
    except UnreadablePhotoError as error:
        return error.message
    assert photo.image.mode == "RGB"
    assert min(photo.image.size) > 0
    return ""


@pytest.mark.parametrize("name", [*INSTALLED, "RAW"])
def test_damaged_files_raise_nothing_else(name: str) -> None:
    if name == "RAW":
        pytest.importorskip("rawpy")
    picture = dng(scene(64, 64), preview=scene(32, 32)) if name == "RAW" else encoded(blobs(48, 32), name)
    chance = random.Random(name)
    for _ in range(60):
        sentence = _sentence_or_nothing(_mutated(picture, chance))
        assert not sentence or sentence.endswith(".")
        assert not any(jargon in sentence for jargon in _JARGON)

"""Telling formats apart by their first bytes, and saying what is none of our business."""

import subprocess
import sys

import pytest
from imaging_samples import INSTALLED, encoded, scene

from engine.imaging.formats import HEADER_BYTES, PHOTO_EXTENSIONS, READABLE, UNREAD, sniff, support, why_not_a_photo

VIDEO = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(40)


@pytest.mark.parametrize("name", INSTALLED)
def test_every_format_that_can_be_written_here_is_recognised(name: str) -> None:
    assert sniff(encoded(scene(), name)[:HEADER_BYTES]) == name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1heic", "HEIF"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", "AVIF"),
        (b"\0\0\0\x18ftypmsf1\0\0\0\0hevc", "HEIF"),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "RAW"),
        (b"II*\0\x10\0\0\0CR\x02\0", "RAW"),
        (b"IIRO\x08\0\0\0", "RAW"),
        (b"IIU\0\x18\0\0\0", "RAW"),
        (b"FUJIFILMCCD-RAW 0201", "RAW"),
        (b"II*\0\x08\0\0\0", "TIFF"),
        (b"MM\0+\0\x08\0\0", "TIFF"),
        (b"\xff\x0a\xcb\x06", "JXL"),
        (b"8BPS\0\x01", "PSD"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "EPS"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "JP2"),
        (VIDEO, None),
        (b"BMW is a maker of cars, and this is a text.", None),
        (b"RIFF\x24\0\0\0WAVEfmt ", None),
        (b"", None),
        (b"\xff", None),
    ],
)
def test_magic(header: bytes, name: str | None) -> None:
    assert sniff(header) == name


@pytest.mark.parametrize(
    ("name", "header", "reason"),
    [
        ("a.jpg", b"", None),
        ("a.jpg", b"garbage", None),
        ("a.psd", b"8BPS", None),
        ("noextension", b"\xff\xd8\xff\xe0", None),
        ("photo.bin", b"\x89PNG\r\n\x1a\n", None),
        ("notes.txt", b"hello", "not a photo"),
        ("clip.mov", b"\0\0\0\x14ftypqt  ", "a video, not a photo"),
        ("clip.jpg", VIDEO, "a video, not a photo"),
        ("clip.MTS", b"\0\0\0\0G", "a video, not a photo"),
        ("clip", b"RIFF\0\0\0\0AVI LIST", "a video, not a photo"),
        ("._a.jpg", b"\x00\x05\x16\x07\x00\x02\x00\x00", "a companion file of macOS, not a photo"),
    ],
)
def test_why_not_a_photo(name: str, header: bytes, reason: str | None) -> None:
    assert why_not_a_photo(name, header) == reason


def test_extensions_are_lower_case_with_a_dot_and_belong_to_one_format() -> None:
    listed = [extension for entry in (*READABLE.values(), *UNREAD.values()) for extension in entry.extensions]
    assert len(listed) == len(set(listed)) == len(PHOTO_EXTENSIONS)
    assert all(extension.startswith(".") and extension == extension.lower() for extension in listed)


def test_support_names_the_reader_and_the_cure() -> None:
    lines = {line.name: line for line in support()}
    assert lines["JPEG"].available
    assert lines["JPEG"].reader.startswith("Pillow 1")
    assert lines["JPEG"].cure == ""
    assert all(line.available != bool(line.cure) for line in lines.values())
    assert ".nef" in lines["camera raw"].extensions


def test_asking_about_formats_loads_no_imaging_library() -> None:
    question = (
        "import sys, engine.imaging.formats as f; f.sniff(b''); print(sorted({'PIL', 'rawpy'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_formats_outside_the_allowlist_are_not_even_loaded() -> None:
    question = (
        "import sys; from engine.imaging.decoding import decode; decode({picture!r}, short_side=1);"
        "print([m for m in sys.modules if m in ('PIL.EpsImagePlugin', 'PIL.PsdImagePlugin', 'PIL.FitsImagePlugin')])"
    ).format(picture=encoded(scene(8, 8), "TIFF"))
    answer = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"

"""Damaged, hostile and odd files of every kind in one folder: each is searchable or listed with a reason."""

import hashlib
import os
import random
import socket
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from engine.answering import index_name
from engine.catalog.embeddings import StoredModel
from engine.errors import EngineError, UnreadablePhotoError
from engine.evaluation.labelled import load_labelled
from engine.export.decisions import load_decisions, save_decisions
from engine.models.checking import check_model
from engine.records import PhotoState, Query, QueryPicture
from tests.engine import children
from tests.engine.imaging.imaging_samples import INSTALLED, blobs, dng, encoded, exif_bytes, scene
from tests.faults.nightly import NIGHTLY
from tests.samples import picture

pytestmark = pytest.mark.faults

MUTATED = 5_000 if NIGHTLY else 500
CROWD = 100_000 if NIGHTLY else 1_000
MEMORY_MIB = 900
"""What a worker may take at most while it reads all of them."""
INDEX = """
import resource, sys
from pathlib import Path
from engine.library import Library
from engine.settings import Settings
library, models, photos = map(Path, sys.argv[1:])
with Library.open(library, models, Settings(workers=2)) as opened:
    added = opened.index([photos]).added
print(added, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""
"""In a process of its own, whose children are only these workers."""
SUFFIXES = {"JPEG": "jpg", "TIFF": "tif", "HEIF": "heic", "RAW": "dng"}
YEAR_2381 = 13_000_000_000 * 10**9


def sound_files() -> dict[str, list[bytes]]:
    """Small files of every format that can be written here, several varieties of some."""
    files = {name: [encoded(blobs(240, 160), name), encoded(blobs(48, 32), name)] for name in INSTALLED}
    turned = exif_bytes(6, Make="Pinhole", DateTime="2020:01:01 00:00:00")
    files["JPEG"].append(encoded(blobs(240, 160), "JPEG", progressive=True, exif=turned))
    files["PNG"].append(encoded(blobs(100, 80).quantize(16), "PNG"))
    files["GIF"].append(encoded(blobs(60, 40), "GIF", save_all=True, append_images=[blobs(60, 40, n) for n in (1, 2)]))
    files["TIFF"] += [encoded(blobs(100, 80), "TIFF", compression=one) for one in ("tiff_lzw", "packbits", "jpeg")]
    files["RAW"] = [dng(scene(64, 64), preview=scene(32, 32)), dng(scene(128, 128))]
    return files


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Bytes changed, in the header or anywhere; cut off; doubled; or a number made as large as can be."""
    damaged = bytearray(content)
    place = rng.randrange(len(damaged))
    match rng.randrange(5):
        case 0:
            for _ in range(rng.choice((1, 2, 8, 40))):
                damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        case 1:
            for _ in range(rng.choice((1, 3, 6))):
                damaged[rng.randrange(min(len(damaged), 400))] = rng.choice((0, 1, 0x7F, 0x80, 0xFF))
        case 2:
            del damaged[place:]
        case 3:
            start = rng.randrange(len(damaged))
            damaged[place:place] = damaged[start : start + rng.randrange(1, 200)]
        case 4:
            damaged[place : place + 4] = rng.choice((b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff"))
    return bytes(damaged)


def png_of(width: int, height: int, rows: int) -> bytes:
    """A PNG that promises a picture and holds some rows of it, all black: a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes((1 + (width + 7) // 8) * rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def endless_gif(frames: int) -> bytes:
    """A GIF of very many frames of 16 x 16, one colour each, that is to be shown for ever."""
    header = b"GIF89a" + struct.pack("<HHBBB", 16, 16, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    for_ever = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    picture = encoded(Image.new("P", (16, 16)), "GIF")
    pixels = picture[picture.rindex(b"\x2c" + struct.pack("<HHHH", 0, 0, 16, 16)) : -1]
    return header + for_ever + (b"\x21\xf9\x04\0\x0a\0\0\0" + pixels) * frames + b";"


def fingerprint(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Date and content of every file that has one."""
    return {
        file.name: (file.stat().st_mtime_ns, hashlib.blake2b(file.read_bytes()).digest())
        for file in folder.rglob("*")
        if file.is_file() and not file.is_symlink()
    }


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


def test_every_file_of_a_hostile_folder_is_accounted_for(open_library, models_folder, photos):
    rng, sound = random.Random(6), sound_files()
    for number in range(MUTATED):
        name = rng.choice(sorted(sound))
        suffix = rng.choice([*SUFFIXES.values(), "png", ""]) if rng.random() < 0.1 else SUFFIXES.get(name, name.lower())
        (photos / f"{number:04}.{suffix}").write_bytes(mutated(rng.choice(sound[name]), rng))
    (photos / "bomb of 81 MP.png").write_bytes(png_of(9_000, 9_000, 9_000))
    (photos / "bomb of 500 MP.png").write_bytes(png_of(25_000, 20_000, 5))
    (photos / "endless.gif").write_bytes(endless_gif(20_000))
    before = fingerprint(photos)
    added, peak = map(int, children.run(INDEX, photos.parent / "library", models_folder, photos).split())
    library = open_library()
    listed = {file.path.name: file.reason for file in library.photos.skipped()}
    assert added + len(listed) == len(before)
    assert peak < MEMORY_MIB
    assert all(reason.endswith(".") for reason in listed.values())
    assert "500 megapixels; the limit is" in listed["bomb of 500 MP.png"]
    assert not {"bomb of 81 MP.png", "endless.gif"} & set(listed)
    assert fingerprint(photos) == before, "originals are never written to"
    again = library.index()
    assert (again.added, again.updated, again.photos_per_second) == (0, 0, 0), "no file is tried until it changes"
    assert library.verify().problems == ()


def test_names_dates_links_and_devices(open_library, photos, tmp_path):
    names = [bytes([byte]) + b"x.jpg" for byte in range(1, 256) if byte not in b"/."]
    names += [
        b"n" * 251 + b".jpg",
        b"new\nline.jpg",
        "\u202egpj.jpg".encode(),
        b"<b>&amp;.jpg",
        b"=1+1.jpg",
        b"-rf.jpg",
    ]
    content = encoded(picture(0), "JPEG")
    for number, name in enumerate(names):
        with open(os.fsencode(photos) + b"/" + name, "wb") as stream:  # noqa: PTH123 - no text has these names
            stream.write(content + number.to_bytes(2, "big"))
    for number, moment in enumerate((-(10**18), -1, 2**62, YEAR_2381)):
        (photos / f"date {number}.jpg").write_bytes(content + bytes([number]) * 5)
        os.utime(photos / f"date {number}.jpg", ns=(moment, moment))
    (photos / "damaged.jpg").write_bytes(content[:200])
    os.utime(photos / "damaged.jpg", ns=(YEAR_2381, YEAR_2381))
    secret = tmp_path / "outside" / "secret.jpg"
    secret.parent.mkdir()
    secret.write_bytes(encoded(picture(7), "JPEG"))
    (photos / "link.jpg").symlink_to(secret)
    (photos / "folder outside").symlink_to(secret.parent)
    (photos / "loop").symlink_to(".")
    (photos / "itself").symlink_to("itself")
    os.mkfifo(photos / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(os.path.relpath(photos / "socket.jpg"))
        library = open_library()
        report = library.index([photos])
    assert report.added == len(names) + 4
    assert len(report.skipped) == 7
    assert library.photos.at(secret) is None, "nothing outside the root is read"
    again = library.index()
    assert (again.unchanged, again.updated, again.photos_per_second) == (len(names) + 4, 0, 0)
    found = library.search(Query((QueryPicture(photos / "date 3.jpg"),), k=400)).matches
    assert {os.fsencode(match.photo.path.name) for match in found} >= set(names)


def test_folders_too_deep_to_be_read_are_named(open_library, photos, make_photos):
    make_photos(photos, 1)
    content = (photos / "photo_000.jpg").read_bytes()
    folder = os.open(photos, os.O_RDONLY)
    for number in range(24):  # of 201 bytes each: the path is longer than the 4,096 that the system takes
        os.mkdir("d" * 200, dir_fd=folder)
        inside = os.open("d" * 200, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inside
        file = os.open(f"{number}.jpg", os.O_WRONLY | os.O_CREAT, dir_fd=folder)
        os.write(file, content + bytes([number]))
        os.close(file)
    os.close(folder)
    library = open_library()
    report = library.index([photos])
    assert report.added >= 18
    assert [folder.reason for folder in report.closed] == ["The folder cannot be read: File name too long."]
    again = library.index()
    assert (again.added, again.missing, again.unchanged) == (0, 0, report.added)
    assert len(again.closed) == 1


def test_a_crowd_in_one_folder(open_library, photos, tmp_path):
    (tmp_path / "one.jpg").write_bytes(encoded(picture(0), "JPEG"))
    for number in range(CROWD):
        (photos / f"{number}.jpg").hardlink_to(tmp_path / "one.jpg")
    library = open_library()
    assert library.index([photos]).added == CROWD
    assert library.index().unchanged == CROWD


@pytest.mark.parametrize("what", ["pipe", "device", "socket"])
def test_a_question_that_is_no_file_is_refused_at_once(open_library, make_photos, photos, what):
    """Opening a pipe waits for somebody who writes into it."""
    library = open_library(photo_seconds=30)
    library.index([make_photos(photos, 2)[0].parent])
    odd = photos / "odd.jpg"
    if what == "pipe":
        os.mkfifo(odd)
    elif what == "device":
        odd = Path("/dev/zero")
    else:
        with socket.socket(socket.AF_UNIX) as plug:
            plug.bind(os.path.relpath(odd))
    with pytest.raises(UnreadablePhotoError, match="Not a file but a pipe, a socket or a device"):
        library.search(Query((QueryPicture(odd),)))


@pytest.mark.parametrize("name", ["n" * 300 + ".jpg", "/".join(["d" * 200] * 30)])
def test_names_that_no_file_can_have_are_sentences(open_library, make_photos, photos, name):
    library = open_library()
    library.index([make_photos(photos, 2)[0].parent])
    path = photos / name
    for ask in (
        lambda: library.search(Query((QueryPicture(path),))),
        lambda: library.index([path]),
        lambda: library.models.add(path),
        lambda: library.models.export("tiny", path),
        lambda: check_model(path),
        lambda: save_decisions(library, path),
        lambda: load_decisions(library, path),
        lambda: load_labelled(path),
    ):
        with pytest.raises(EngineError):
            ask()
    assert library.counts().searchable == 2
    assert library.photos.at(photos / "photo_000.jpg").state is PhotoState.INDEXED


def test_a_hostile_library_keeps_its_index_to_itself():
    """The name of a model in a catalogue of somebody else must lead nowhere."""
    for name in ("../../../etc", "/etc/cron.d/x", "..", "a\0b\nc", ""):
        place = Path("/library/index") / index_name(StoredModel(1, "../" * 5 + "x", name, 8))
        assert place.parent == Path("/library/index")
        assert place.name not in ("", ".", "..")
    assert index_name(StoredModel(1, "31ff7dbf6dd9aa", "lookalike-2", 8)) == "lookalike-2-31ff7dbf6dd9"

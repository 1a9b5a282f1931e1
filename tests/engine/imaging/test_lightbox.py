"""Pictures to look at come in strips that fit together, and are decoded once."""

import multiprocessing
import os
from dataclasses import replace
from pathlib import Path

import pytest
from imaging_samples import blobs, encoded, exif_bytes, scene, stored_turned
from PIL import Image, ImageChops

from engine.errors import UnreadablePhotoError
from engine.imaging import lightbox
from engine.imaging.decoding import DecodeLimits
from engine.imaging.lightbox import Lightbox, PictureStrip, PictureTask, strips
from engine.records import Region

PLENTY = 2**30


@pytest.fixture
def small_strips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lightbox, "STRIP_BYTES", 4096)


def put_together(parts: list[PictureStrip]) -> Image.Image:
    left, top, right, bottom = parts[0].box
    whole = Image.new("RGB", (right - left, bottom - top))
    for part in parts:
        rows = Image.frombytes("RGBA", (right - left, part.rows), part.pixels, "raw", "BGRA")
        assert rows.getchannel("A").getextrema() == (255, 255)
        whole.paste(rows.convert("RGB"), (0, part.first_row))
    return whole


def looked_at(task: PictureTask) -> Image.Image:
    return put_together(list(strips(Lightbox(DecodeLimits()).strip, task)))


@pytest.mark.usefixtures("small_strips")
def test_the_strips_are_the_picture() -> None:
    picture = blobs(96, 64)
    parts = list(strips(Lightbox(DecodeLimits()).strip, PictureTask(encoded(picture, "PNG"), 1000)))
    assert len(parts) == 7
    assert [part.last for part in parts] == [False] * 6 + [True]
    assert not ImageChops.difference(put_together(parts), picture).getbbox()


@pytest.mark.usefixtures("small_strips")
def test_nothing_is_started_to_forget_nothing(library):
    library.forget_picture()
    assert not multiprocessing.active_children()
    library.warm_up_viewer()
    assert len(multiprocessing.active_children()) == 1
    library.forget_picture()


def test_a_region_of_a_scaled_and_turned_picture() -> None:
    data = encoded(stored_turned(scene(96, 64), 6), "PNG", exif=exif_bytes(6))
    parts = list(strips(Lightbox(DecodeLimits()).strip, PictureTask(data, 48, Region(0.5, 0.5, 0.5, 0.5))))
    assert (parts[0].full_size, parts[0].scaled_size, parts[0].box) == ((96, 64), (48, 32), (24, 16, 48, 32))
    assert put_together(parts).getpixel((12, 8)) == (230, 210, 40)


def test_nothing_is_enlarged() -> None:
    assert looked_at(PictureTask(encoded(scene(8, 6), "PNG"), 5000)).size == (8, 6)
    assert looked_at(PictureTask(encoded(scene(2, 2).crop((0, 0, 1, 1)), "PNG"), 5000)).size == (1, 1)


class Decodes:
    """Counts how often a file is decoded."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        decode = lightbox.decode

        def counted(*args: object, **options: object) -> object:
            self.count += 1
            return decode(*args, **options)

        monkeypatch.setattr(lightbox, "decode", counted)


@pytest.fixture
def decodes(monkeypatch: pytest.MonkeyPatch) -> Decodes:
    return Decodes(monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    blobs(96, 64).save(path)
    return path


@pytest.mark.usefixtures("small_strips")
def test_all_strips_need_one_decoding_and_then_the_memory_is_free(file: Path, decodes: Decodes) -> None:
    box = Lightbox(DecodeLimits())
    assert len(list(strips(box.strip, PictureTask(file, 96, keep_bytes=PLENTY)))) > 1
    assert decodes.count == 1
    assert box._held is None


def test_regions_of_a_picture_need_one_decoding(file: Path, decodes: Decodes) -> None:
    box = Lightbox(DecodeLimits())
    for region in (Region(0, 0, 0.2, 0.2), Region(0.7, 0.7, 0.3, 0.3)):
        list(strips(box.strip, PictureTask(file, 96, region, keep_bytes=PLENTY)))
    assert decodes.count == 1
    box.forget()
    list(strips(box.strip, PictureTask(file, 96, Region(0, 0, 0.2, 0.2), keep_bytes=PLENTY)))
    assert decodes.count == 2


@pytest.mark.usefixtures("small_strips")
def test_a_picture_that_is_too_large_to_keep_gives_only_the_region(file: Path, decodes: Decodes) -> None:
    box = Lightbox(DecodeLimits())
    task = PictureTask(file, 96, Region(0.25, 0.25, 0.5, 0.5), keep_bytes=100)
    first = box.strip(task)
    assert not first.last
    assert box._held.image.size == (48, 32)
    parts = [first, *strips(box.strip, replace(task, first_row=first.rows))]
    assert put_together(parts).size == (48, 32)
    assert decodes.count == 1
    assert box._held is None


def test_a_file_that_changed_is_read_again(file: Path, decodes: Decodes) -> None:
    box = Lightbox(DecodeLimits())
    task = PictureTask(file, 96, Region(0, 0, 0.2, 0.2), keep_bytes=PLENTY)
    before = box.strip(task).pixels
    scene(96, 64).save(file)
    os.utime(file, (1, 1))
    assert box.strip(task).pixels != before
    assert decodes.count == 2


@pytest.mark.usefixtures("small_strips")
def test_another_picture_in_the_middle_is_an_error(file: Path) -> None:
    box = Lightbox(DecodeLimits())
    rest = strips(box.strip, PictureTask(file, 96))
    next(rest)
    scene(48, 64).save(file)
    os.utime(file, (1, 1))
    with pytest.raises(UnreadablePhotoError, match="replaced") as caught:
        next(rest)
    assert caught.value.hint == "Open it again."


def test_a_vanished_file_is_a_sentence(file: Path) -> None:
    file.unlink()
    with pytest.raises(UnreadablePhotoError, match="no longer there"):
        Lightbox(DecodeLimits()).strip(PictureTask(file, 96))


def test_a_library_hands_out_pictures_in_strips(library: object, file: Path) -> None:
    parts = list(library.picture(file, 96))
    assert put_together(parts).size == (96, 64)
    library.forget_picture()
    assert library.whole_pixels == 64 * 2**20

"""Pairs of pictures, and what is said of them."""

import io
from datetime import datetime, timedelta

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from engine.copies.files import CompareTask, FileComparer, of_thumbnail
from engine.copies.picture import ComparedPicture
from engine.copies.verdict import Change, ChangeKind, Kind, Verdict, duration
from engine.copies.verifier import Subject, judged
from engine.errors import UnreadablePhotoError
from engine.imaging.decoding import DecodeLimits
from engine.imaging.thumbnails import encode_thumbnail
from engine.imaging.warping import pixels
from engine.records import Region
from tests.samples import picture, scene

SIZE = (720, 540)
NOON = datetime(2024, 6, 1, 12)


@pytest.fixture(scope="module")
def original() -> Image.Image:
    return scene(1, SIZE)


def subject(image: Image.Image, **known) -> Subject:
    return Subject(ComparedPicture(pixels(image, 256)), image.size, **known)


def saved(image: Image.Image, quality: int = 60) -> Image.Image:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return Image.open(io.BytesIO(stream.getvalue()))


def cropped(image: Image.Image, share: float) -> Image.Image:
    width, height = image.size
    left, top = width * (1 - share) * 0.7, height * (1 - share) * 0.2
    return image.crop((round(left), round(top), round(left + share * width), round(top + share * height)))


def captioned(image: Image.Image) -> Image.Image:
    written = image.copy()
    ImageDraw.Draw(written).rectangle((40, 430, 400, 500), fill="white", outline="black", width=6)
    return written


EDITS = {
    "re-encoded": saved,
    "resized to 50 %": lambda image: image.resize((360, 270)),
    "cropped to 72 %": lambda image: cropped(image, 0.72),
    "cropped to 60 %": lambda image: cropped(image, 0.6),
    "mirrored": ImageOps.mirror,
    "turned 90°": lambda image: image.rotate(-90, expand=True),
    "turned 180°": lambda image: image.rotate(180),
    "mirrored, turned 180°": ImageOps.flip,
    "darker by 0.7 EV": lambda image: ImageEnhance.Brightness(image).enhance(0.8),
    "black and white": lambda image: image.convert("L").convert("RGB"),
    "other colours": lambda image: image.convert("RGB", (1.05, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0.75, 0)),
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(8)),
    "border added": lambda image: ImageOps.expand(image, 40, "white"),
    "resized to 50 %, mirrored, black and white": lambda image: (
        ImageOps.mirror(image).resize((360, 270)).convert("L").convert("RGB")
    ),
}


@pytest.mark.parametrize("words", EDITS)
def test_what_was_done_to_a_copy_is_said(original, words):
    verdict = judged(subject(original), subject(saved(EDITS[words](original), 90)))
    assert str(verdict) == words
    assert verdict.is_copy
    assert verdict.confidence > 0.9


def test_a_text_is_said_with_its_size(original):
    verdict = judged(subject(original), subject(captioned(original)))
    (change,) = verdict.changes
    assert change.kind is ChangeKind.MARKED
    assert 5 < change.amount < 16
    assert verdict.is_edited


@pytest.mark.parametrize(
    ("words", "back"),
    [
        ("resized to 50 %", "resized to 200 %"),
        ("cropped to 72 %", "shows more (the other is cropped to 72 %)"),
        ("turned 90°", "turned 270°"),
        ("black and white", "in colour"),
        ("border added", "border removed"),
        ("blurred", "sharper"),
    ],
)
def test_it_is_said_of_the_second_picture(original, words, back):
    assert str(judged(subject(EDITS[words](original)), subject(original))) == back


@pytest.mark.parametrize("degrees", [30, 45, 135])
def test_a_picture_that_is_turned_within_its_frame(original, degrees):
    turned = original.rotate(-degrees, Image.Resampling.BICUBIC)
    verdict = judged(subject(original), subject(turned))
    assert Change(ChangeKind.TURNED, degrees) in verdict.changes


def test_a_small_copy_on_a_large_black_ground(original):
    ground = Image.new("RGB", SIZE)
    ground.paste(original.resize((288, 216)), (200, 150))
    verdict = judged(subject(original), subject(ground))
    assert str(verdict) == "resized to 40 %, border added"


def test_other_pictures_are_different(original):
    for seed in range(2, 8):
        verdict = judged(subject(original), subject(scene(seed, SIZE)))
        assert verdict.kind is Kind.DIFFERENT
        assert verdict.confidence > 0.9


def test_plain_pictures_are_no_copies_of_each_other():
    plain = [Image.new("RGB", SIZE, color) for color in ("white", "navy")]
    assert judged(subject(plain[0]), subject(plain[1])).kind is Kind.DIFFERENT


def moved(image: Image.Image) -> Image.Image:
    """The same things a moment later: most have moved a little, each its own way."""
    rng = np.random.default_rng(5)
    later = image.copy()
    for _ in range(70):
        x, y = int(rng.integers(0, SIZE[0] - 120)), int(rng.integers(0, SIZE[1] - 120))
        later.paste(
            image.crop((x, y, x + 110, y + 110)), (x + int(rng.integers(-9, 10)), y + int(rng.integers(-9, 10)))
        )
    return later


def test_another_shot_is_no_copy_and_says_how_far_apart_it_is(original):
    first = subject(original, taken=NOON, camera="Canon")
    second = subject(moved(original), taken=NOON + timedelta(seconds=3), camera="Canon")
    verdict = judged(first, second)
    assert not verdict.is_copy
    assert str(verdict) == "different shot 3 s apart"


def test_times_that_differ_make_no_other_shot_of_the_same_pixels(original):
    verdict = judged(subject(original, taken=NOON), subject(saved(original, 92), taken=NOON + timedelta(hours=2)))
    assert verdict.kind is Kind.COPY


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (119, "119 s"), (600, "10 min"), (3 * 3600, "3 h"), (9 * 86_400, "9 d")]
)
def test_durations(seconds, words):
    assert duration(seconds) == words


def test_a_verdict_by_thumbnail_says_so():
    assert str(Verdict(Kind.COPY, 0.9, by_thumbnail=True)) == "re-encoded (by thumbnail)"


@pytest.fixture
def comparer() -> FileComparer:
    return FileComparer(DecodeLimits())


def test_files_with_the_same_pixels(original, comparer, tmp_path):
    original.save(tmp_path / "one.png")
    original.save(tmp_path / "other.tiff")
    verdict = comparer.compare(CompareTask(tmp_path / "one.png", tmp_path / "other.tiff"))
    assert str(verdict) == "identical pixels"
    original.save(tmp_path / "coded.jpg", quality=92)
    assert str(comparer.compare(CompareTask(tmp_path / "one.png", tmp_path / "coded.jpg"))) == "re-encoded"


def test_a_region_is_compared_with_the_whole(original, comparer, tmp_path):
    original.save(tmp_path / "one.png")
    original.save(tmp_path / "other.png")
    task = CompareTask(tmp_path / "one.png", tmp_path / "other.png", Region(0.2, 0.2, 0.6, 0.6))
    assert str(comparer.compare(task)) == "shows more (the other is cropped to 60 %)"


def test_a_file_that_vanished_is_judged_by_its_thumbnail(original, comparer, tmp_path):
    original.save(tmp_path / "one.png")
    task = CompareTask(tmp_path / "one.png", tmp_path / "gone.jpg", thumbnail=encode_thumbnail(original))
    assert str(comparer.compare(task)) == "re-encoded (by thumbnail)"
    with pytest.raises(UnreadablePhotoError):
        comparer.compare(CompareTask(tmp_path / "one.png", tmp_path / "gone.jpg"))


def test_a_damaged_thumbnail_is_a_sentence():
    with pytest.raises(UnreadablePhotoError, match="small picture"):
        of_thumbnail(b"no picture")


def test_soft_pictures_without_corners_are_compared_by_their_frames():
    first = picture(3, (320, 240))
    assert judged(subject(first), subject(ImageOps.mirror(first).resize((200, 150)))).is_copy
    assert not judged(subject(first), subject(picture(4, (320, 240)))).is_copy

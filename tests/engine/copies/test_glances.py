"""Which pairs a glance at small pictures lets go, and which it leaves to a closer look."""

import pytest
from PIL import Image, ImageOps

from engine.copies.files import glimpse_of, of_thumbnail
from engine.copies.picture import GLANCE_SIDE
from engine.copies.verdict import Kind
from engine.copies.verifier import at_a_glance
from engine.errors import UnreadablePhotoError
from engine.imaging.thumbnails import encode_thumbnail
from tests.samples import scene

SIZE = (720, 540)


def seen(first: Image.Image, second: Image.Image):
    return at_a_glance(of_thumbnail(encode_thumbnail(first)).picture, glimpse_of(encode_thumbnail(second)))


def on_ground(image: Image.Image, share: float = 0.25) -> Image.Image:
    ground = Image.new("RGB", image.size)
    small = image.resize((round(image.width * share), round(image.height * share)))
    ground.paste(small, ((image.width - small.width) // 2, (image.height - small.height) // 2))
    return ground


def smaller_on_ground(image: Image.Image) -> Image.Image:
    return on_ground(image, 0.2)


@pytest.mark.parametrize(
    "edit",
    [
        lambda image: image.crop((100, 80, 532, 404)),
        ImageOps.mirror,
        lambda image: image.rotate(-135),
        lambda image: image.rotate(90, expand=True).convert("L").convert("RGB"),
        lambda image: ImageOps.expand(image, 60, "white"),
        on_ground,
        smaller_on_ground,
    ],
    ids=[
        "cropped",
        "mirrored",
        "turned by 135°",
        "turned and grey",
        "bordered",
        "small on a ground",
        "smaller on a ground",
    ],
)
def test_a_copy_is_looked_at_closely(edit):
    for first, second in ((scene(1, SIZE), edit(scene(1, SIZE))), (edit(scene(1, SIZE)), scene(1, SIZE))):
        assert seen(first, second) is None


def test_most_other_pictures_are_let_go():
    verdicts = [seen(scene(1, SIZE), scene(seed, SIZE)) for seed in range(2, 14)]
    let_go = [verdict for verdict in verdicts if verdict is not None]
    assert len(let_go) >= 11
    assert all(verdict.kind is Kind.DIFFERENT and verdict.confidence > 0.99 for verdict in let_go)


def test_a_glimpse_is_small_unless_a_border_takes_most_of_it():
    assert max(glimpse_of(encode_thumbnail(scene(1, SIZE))).size) <= GLANCE_SIDE
    assert glimpse_of(encode_thumbnail(on_ground(scene(1, SIZE)))).size[0] == pytest.approx(64, abs=4)
    assert glimpse_of(encode_thumbnail(smaller_on_ground(scene(1, SIZE)))).size[0] == pytest.approx(51, abs=4)


def test_a_damaged_thumbnail_is_said():
    with pytest.raises(UnreadablePhotoError, match="damaged"):
        glimpse_of(b"no picture")

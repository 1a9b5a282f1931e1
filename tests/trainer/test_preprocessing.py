"""Every backbone is shown what its weights were trained on: compared with its authors' own presets, and recorded."""

import hashlib

import numpy as np
import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from PIL import Image
from torchvision import models
from torchvision.transforms import v2

from trainer.backbones.embedding import EmbeddingNet
from trainer.backbones.registry import BACKBONES

PRESETS = [name for name, one in BACKBONES.items() if one.official and one.official.torchvision]
RECORDED = {
    "mobilenet_v2": "9dd9a75a99e40a66",
    "mobilenet_v2_torchvision": "6119dc0f3d416995",
    "mobilenet_v3_large": "6119dc0f3d416995",
    "mobilenet_v3_small": "6119dc0f3d416995",
    "vgg16": "6119dc0f3d416995",
    "resnet50": "6119dc0f3d416995",
    "inception_v3": "63cee8bfbd7b3ffc",
    "bit_r50x1": "9dd9a75a99e40a66",
    "simple_cnn": "7b06b8d6d6f2c5bf",
    "se_resnet": "9046b4b5aa5ae1fd",
    "se_fast": "7aa86c5164a5e3ce",
}
"""What each backbone is shown of the photo below. A change here changes what trained models see: raise
`PREPROCESSING` in `trainer.features` with it."""
LEVEL = 1 / 255 / 0.22
"""One level of a pixel, normalised."""


@pytest.fixture
def photo():
    """A landscape with gradients, an edge and some texture, the same every time."""
    rows, columns = np.mgrid[0:480, 0:640] / 480
    red, green = 255 * columns / columns.max(), 255 * rows
    blue = 127 + 80 * np.sin(9 * columns) * np.cos(7 * rows) + 40 * (columns > 0.7)
    return Image.fromarray(np.stack([red, green, blue], axis=2).astype(np.uint8))


def shown(name, photo):
    """What the backbone's first layer is given: [3, side, side]."""
    pixels = torch.from_numpy(BACKBONES[name].preprocessing.pixels(photo))
    return EmbeddingNet(4, name).normalised(pixels.permute(2, 0, 1)[None] / 255)[0]


def preset(name, photo):
    """The same by torchvision, including what its Inception does to its input."""
    wanted = models.get_weight(BACKBONES[name].official.torchvision).transforms()(photo)
    if name == "inception_v3":
        original = models.inception_v3(weights=None, aux_logits=False, init_weights=False, transform_input=True)
        return original._transform_input(wanted[None])[0]
    return wanted


@pytest.mark.parametrize("name", PRESETS)
def test_a_backbone_is_shown_what_the_preset_of_its_weights_gives(name, photo):
    """To the last bit where torchvision cuts at whole pixels anyway; else it moves the cut by half a pixel."""
    square = photo.crop((80, 0, 560, 480))
    if name != "inception_v3":
        assert torch.equal(shown(name, square), preset(name, square))
    assert (shown(name, square) - preset(name, square)).abs().mean() <= LEVEL
    assert (shown(name, photo) - preset(name, photo)).abs().mean() <= LEVEL


def test_a_preprocessing_that_is_a_255th_of_what_it_should_be_would_be_noticed(photo):
    """The bug that made ResNet-50 look useless in a published comparison."""
    assert (shown("resnet50", photo) / 255 - preset("resnet50", photo)).abs().mean() > 20 * LEVEL


def test_bit_is_shown_what_its_authors_show(photo):
    wanted = v2.Compose(
        [
            v2.Resize((224, 224)),
            v2.PILToTensor(),
            v2.ToDtype(torch.float, scale=True),
            v2.Normalize([0.5] * 3, [0.5] * 3),
        ]
    )(photo)
    assert (shown("bit_r50x1", photo) - wanted).abs().max() <= LEVEL


@pytest.mark.parametrize("name", BACKBONES)
def test_what_a_backbone_is_shown_stays_the_same(name, photo):
    pixels, (mean, std) = BACKBONES[name].preprocessing.pixels(photo), BACKBONES[name].preprocessing.normalisation
    digest = hashlib.sha256(pixels.tobytes() + repr((pixels.shape, mean, std)).encode()).hexdigest()[:16]
    assert digest == RECORDED[name]


def test_another_side_shows_the_same_part_of_the_photo(photo):
    preprocessing = BACKBONES["resnet50"].preprocessing
    small, large = (preprocessing.pixels(photo, side).astype(float) for side in (56, 224))
    assert small.shape == (56, 56, 3)
    assert np.abs(small - large.reshape(56, 4, 56, 4, 3).mean(axis=(1, 3))).mean() < 2


def test_photos_are_decoded_large_enough_for_what_is_cut_away():
    assert BACKBONES["resnet50"].preprocessing.decoded_side() == 256
    assert BACKBONES["resnet50"].preprocessing.decoded_side(112) == 128
    assert BACKBONES["bit_r50x1"].preprocessing.decoded_side() == 224


def test_fingerprints_tell_preprocessings_apart():
    prints = {name: one.preprocessing.fingerprint for name, one in BACKBONES.items()}
    assert prints["resnet50"] == prints["vgg16"] != prints["inception_v3"]
    assert len({prints[name] for name in ("resnet50", "inception_v3", "bit_r50x1", "se_resnet", "se_fast")}) == 5

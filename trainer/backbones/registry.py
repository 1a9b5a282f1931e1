"""Every backbone that can be trained, what it wants to be shown, and where its official weights come from."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from torch import nn
from torchvision import models

from engine.errors import BadRequestError
from trainer.backbones.bit import bit_r50x1
from trainer.backbones.convolutional import se_fast, se_resnet, simple_cnn
from trainer.backbones.padding import pad_as_tensorflow
from trainer.backbones.preprocessing import CENTRED, CIFAR, PLAIN, Preprocessing, torchvision_preset

DEFAULT_BACKBONE = "mobilenet_v2"


@dataclass(frozen=True, slots=True)
class OfficialWeights:
    """Weights that a network's authors have published.

    Attributes:
        url: of the file.
        blocks: what the names of the backbone's own values begin with; empty where they are not set apart.
        aside: what the names begin with that belong to no backbone, such as classifiers.
        torchvision: torchvision's name for them, if they are its own.
    """

    url: str
    blocks: str = ""
    aside: tuple[str, ...] = ()
    torchvision: str = ""

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.url.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Backbone:
    """A network from random weights, from RGB pictures to maps.

    Attributes:
        build: makes it, as a sequence of blocks.
        pooled: channels of the maps, values per picture after pooling.
        last_stage: the first of the blocks that work at the smallest side of the maps, what is fine-tuned first.
        preprocessing: what it wants to be shown.
        official: its published weights, if there are any.
        like_the_teacher: its blocks give maps of the teacher's shapes, so that it can be shown what they should hold.
    """

    build: Callable[[], nn.Sequential]
    pooled: int
    last_stage: int
    preprocessing: Preprocessing
    official: OfficialWeights | None = None
    like_the_teacher: bool = False


def _features(name: str) -> nn.Sequential:
    features: nn.Sequential = models.get_model(name, weights=None).features
    return features


def _mobilenet_v2() -> nn.Sequential:
    """Padded as the teacher is, or all maps would be shifted against the teacher's."""
    features = _features("mobilenet_v2")
    pad_as_tensorflow(features)
    return features


def _vgg16() -> nn.Sequential:
    """Without the 124 million weights of its classifier, which take seconds to make."""
    features: nn.Sequential = models.vgg.make_layers(models.vgg.cfgs["D"])
    for module in features:
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    return features


def _children(build: Callable[[], nn.Module], *left_out: str) -> nn.Sequential:
    """A network that is a sequence in all but name, without its last layers."""
    return nn.Sequential(OrderedDict((name, child) for name, child in build().named_children() if name not in left_out))


def _torchvision_weights(name: str, version: str, blocks: str, *aside: str) -> OfficialWeights:
    weights = models.get_model_weights(name)[version]
    return OfficialWeights(weights.url, blocks, aside, str(weights))


BACKBONES = {
    "mobilenet_v2": Backbone(_mobilenet_v2, 1280, 14, Preprocessing(224, CENTRED), like_the_teacher=True),
    "mobilenet_v2_torchvision": Backbone(
        partial(_features, "mobilenet_v2"),
        1280,
        14,
        torchvision_preset(224, 256),
        _torchvision_weights("mobilenet_v2", "IMAGENET1K_V1", "features.", "classifier."),
    ),
    "mobilenet_v3_large": Backbone(
        partial(_features, "mobilenet_v3_large"),
        960,
        13,
        torchvision_preset(224, 256),
        _torchvision_weights("mobilenet_v3_large", "IMAGENET1K_V1", "features.", "classifier."),
    ),
    "mobilenet_v3_small": Backbone(
        partial(_features, "mobilenet_v3_small"),
        576,
        9,
        torchvision_preset(224, 256),
        _torchvision_weights("mobilenet_v3_small", "IMAGENET1K_V1", "features.", "classifier."),
    ),
    "vgg16": Backbone(
        _vgg16,
        512,
        24,
        torchvision_preset(224, 256),
        _torchvision_weights("vgg16", "IMAGENET1K_V1", "features.", "classifier."),
    ),
    "resnet50": Backbone(
        partial(_children, partial(models.resnet50, weights=None), "avgpool", "fc"),
        2048,
        7,
        torchvision_preset(224, 256),
        # The second version classifies better, but takes near-identical photos for different ones: pytorch/vision#8382.
        _torchvision_weights("resnet50", "IMAGENET1K_V1", "", "fc."),
    ),
    "inception_v3": Backbone(
        partial(
            _children,
            partial(models.inception_v3, weights=None, aux_logits=False, init_weights=False),
            "avgpool",
            "dropout",
            "fc",
        ),
        2048,
        15,
        # torchvision's `transform_input` undoes ImageNet's normalisation in favour of this one.
        Preprocessing(299, CENTRED, "crop", "bilinear", 299 / 342),
        _torchvision_weights("inception_v3", "IMAGENET1K_V1", "", "fc.", "AuxLogits."),
    ),
    "bit_r50x1": Backbone(
        bit_r50x1,
        2048,
        4,
        Preprocessing(224, CENTRED),
        OfficialWeights("https://storage.googleapis.com/bit_models/BiT-M-R50x1.npz"),
    ),
    "simple_cnn": Backbone(simple_cnn, 256, 3, Preprocessing(64, CENTRED)),
    "se_resnet": Backbone(se_resnet, 512, 12, Preprocessing(32, PLAIN)),
    "se_fast": Backbone(se_fast, 512, 3, Preprocessing(32, CIFAR)),
}


def backbone_named(name: str) -> Backbone:
    """The backbone of that name; raises BadRequestError if there is none."""
    if name not in BACKBONES:
        raise BadRequestError(f"There is no backbone “{name}”.", f"Choose one of {', '.join(BACKBONES)}.")
    return BACKBONES[name]

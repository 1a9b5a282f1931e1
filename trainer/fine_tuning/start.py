"""Where the training of a network starts: which network, with which weights, shown what."""

from dataclasses import dataclass, replace
from pathlib import Path

import torch

from engine.errors import BadRequestError, NotFoundError
from engine.jobs import Job
from engine.models.manifest import Manifest
from engine.models.registry import DEFAULT, InstalledModel
from trainer.backbones.embedding import EmbeddingNet
from trainer.backbones.preprocessing import Preprocessing
from trainer.backbones.pretrained import official_weights, pretrained
from trainer.backbones.registry import backbone_named
from trainer.fine_tuning.settings import OFFICIAL, RANDOM, WHOLE, NetworkSettings
from trainer.weights import load_weights


@dataclass(frozen=True, slots=True)
class Start:
    """A network before the training.

    Attributes:
        network: in evaluation mode.
        wanted: how it is shown photos.
        first: the first of its blocks that learns.
        knows: it has learned before, so that its batch norms are good and it is trained with care.
        licence: of its weights.
    """

    network: EmbeddingNet
    wanted: Preprocessing
    first: int
    knows: bool
    licence: str


def starting_network(settings: NetworkSettings, base: InstalledModel, seed: int, job: Job) -> Start:
    """The network that the settings ask for.

    Args:
        settings: which.
        base: whose own network it is if they name none.
        seed: of random weights.
        job: told about a download; may cancel.

    Raises:
        NotFoundError: the base came without weights, or there is no such file.
        BadRequestError: there is no such backbone.
        ModelError: weights are damaged or of another network.
        EngineError: official weights could not be downloaded.
        Cancelled: the caller asked to stop.
    """
    torch.manual_seed(seed)
    if not settings.backbone:
        return _own(settings, base)
    backbone, weights = backbone_named(settings.backbone), beginning(settings)
    wanted = replace(backbone.preprocessing, side=settings.side or backbone.preprocessing.side)
    if weights == RANDOM:
        network = EmbeddingNet(settings.dim, settings.backbone).eval()
        return Start(network, wanted, 0, knows=False, licence="Apache-2.0")
    file = None if weights == OFFICIAL else Path(weights).expanduser().absolute()
    network = pretrained(settings.dim, settings.backbone, file=file, job=job)
    first = 0 if settings.trained == WHOLE else backbone.last_stage
    return Start(network, wanted, first, knows=True, licence="as that of its weights")


def check_start(settings: NetworkSettings, base: InstalledModel) -> None:
    """Refuse at once what `starting_network` would refuse later, and raise what it would; nothing is downloaded."""
    if settings.backbone and beginning(settings) in (OFFICIAL, RANDOM):
        if beginning(settings) == OFFICIAL:
            official_weights(settings.backbone)
        return
    starting_network(settings, base, 0, Job())


def beginning(settings: NetworkSettings) -> str:
    """Which weights it begins with; the base's own if empty. Raises BadRequestError if there is no such network."""
    if settings.weights or not settings.backbone:
        return settings.weights
    return OFFICIAL if backbone_named(settings.backbone).official else RANDOM


def _own(settings: NetworkSettings, base: InstalledModel) -> Start:
    """The base's own network; a head that is behind it stays behind, since what is learned gets another one."""
    if settings.weights:
        raise BadRequestError(
            "Weights were named, but not of which network they are.", "Name it with --backbone, such as resnet50."
        )
    try:
        network = load_weights(base.folder)
    except NotFoundError as error:
        raise _without_weights(base.manifest) from error
    manifest = base.manifest
    normalisation = backbone_named(network.backbone).preprocessing.normalisation
    side = settings.side or manifest.input.height
    wanted = Preprocessing(side, normalisation, manifest.resize, manifest.interpolation, manifest.share)
    first = 0 if settings.trained == WHOLE else backbone_named(network.backbone).last_stage
    return Start(network, wanted, first, knows=True, licence=manifest.licence)


def _without_weights(manifest: Manifest) -> NotFoundError:
    made_from = manifest.training.get("base")
    came = f", made from {made_from}, came" if made_from else " came as ONNX alone,"
    return NotFoundError(
        f"The model {manifest.name}{came} without the weights that its network could learn on from.",
        f"Choose the model {made_from or DEFAULT} with --base, another network with --backbone, or the recipe linear,"
        " which works on top of any model.",
    )

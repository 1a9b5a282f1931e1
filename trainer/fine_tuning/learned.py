"""What a network has learned: it embeds photos, and becomes a model folder."""

import copy
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.models.manifest import load_manifest
from engine.models.registry import InstalledModel
from trainer.backbones.embedding import EmbeddingNet
from trainer.examining import Examination
from trainer.export import ModelDescription, publish
from trainer.fine_tuning.finishing import Finish
from trainer.fine_tuning.learner import Learner, blended
from trainer.fine_tuning.prepared import Prepared
from trainer.heads import Head
from trainer.learning import Embeddings, Numbers
from trainer.recipes import linear
from trainer.recipes.on_views import GATE_PICTURES
from trainer.run_folder import write_personal_model
from trainer.storage import storing
from trainer.weights import save_weights

_NETWORK = "network"


@dataclass(frozen=True, slots=True)
class NetworkLearned:
    """See `trainer.learning.Learned`.

    Attributes:
        network: in evaluation mode.
        head: behind it; None for none.
        whole: what the network alone makes of all photos of the training, float32 [photos, dim].
        ready: what it started from.
    """

    network: EmbeddingNet
    head: Head | None
    whole: Embeddings
    ready: Prepared

    def embeddings(self) -> Embeddings:
        """All photos of the training."""
        return self.whole if self.head is None else self.head(self.whole)

    def write(self, folder: Path, name: str, training: dict[str, Any]) -> None:
        """The network as ONNX, with the head behind it if there is one, and its weights, to go on from."""
        wanted, pictures = self.ready.start.wanted, self.ready.pictures
        chosen = np.linspace(0, len(pictures) - 1, min(GATE_PICTURES, len(pictures))).round().astype(np.int64)
        pixels = pictures.of(np.unique(chosen))
        description = ModelDescription(
            name,
            wanted.side,
            training,
            licence=self.ready.start.licence,
            resize=wanted.resize,
            interpolation=wanted.interpolation,
            share=wanted.share,
        )
        network = copy.deepcopy(self.network)
        if self.head is None:
            publish(network, description, pixels, folder)
            return
        with storing(folder), tempfile.TemporaryDirectory(dir=folder.parent, prefix=".") as temporary:
            alone = Path(temporary) / _NETWORK
            publish(network, description, pixels, alone)
            base = InstalledModel(alone, load_manifest(alone), "file")
            write_personal_model(folder, base, self.head, name, training, pixels)
            save_weights(network, folder)


def learned_network(
    learner: Learner, ready: Prepared, finish: Finish, found: Examination, places: Numbers
) -> NetworkLearned:
    """What is kept of a training.

    Args:
        learner: what was learned; it changes.
        ready: what it started from.
        finish: how far back it goes, and what comes behind it.
        found: the photos.
        places: of those that were learned from.
    """
    shown = ready.shown
    if finish.stays < 1:
        blended(learner.network, ready.start.network.state_dict(), finish.stays)
    head = None
    if finish.layer != linear.NOTHING:
        views = np.stack([learner.embed(shown, places, view) for view in range(shown.views)], axis=1)
        head = linear.chosen(finish.layer, views, found.classes[places])
    whole = learner.embed(shown, np.arange(len(found.classes)))
    return NetworkLearned(learner.network.eval(), head, whole, ready)

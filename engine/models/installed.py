"""Which of the installed models a library uses, and which one takes over next."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.catalog.embeddings import Embeddings, StoredModel
from engine.models.registry import InstalledModel, ModelRegistry


@dataclass(frozen=True, slots=True)
class ModelCard:
    """A model as a person chooses it.

    Attributes:
        source: "bundled" or "library".
        in_use: its embeddings answer searches.
        filling: it takes over once every photo has its embedding.
        training: recipe, data, date, seed and metrics.
    """

    name: str
    version: str
    dim: int
    licence: str
    source: str
    folder: Path
    in_use: bool
    filling: bool
    training: dict[str, Any]


class Models:
    """The models of one library."""

    def __init__(self, registry: ModelRegistry, embeddings: Embeddings) -> None:
        self._registry = registry
        self._embeddings = embeddings

    def list(self) -> Sequence[ModelCard]:
        """Every installed model."""
        answering, filling = self._embeddings.answering(), self._embeddings.filling()
        in_use = answering.identity if answering else self._registry.default().manifest.identity
        return [
            ModelCard(
                name=model.manifest.name,
                version=model.manifest.version,
                dim=model.manifest.dim,
                licence=model.manifest.licence,
                source=model.source,
                folder=model.folder,
                in_use=model.manifest.identity == in_use,
                filling=filling is not None and model.manifest.identity == filling.identity,
                training=model.manifest.training,
            )
            for model in self._registry.list()
        ]

    def use(self, name: str) -> None:
        """Let a model answer: at once if nothing needs embedding, else when the next runs have embedded every photo.

        Raises:
            ModelError: there is no such model.
        """
        chosen = self._stored(self._registry.named(name))
        answering = self._embeddings.answering()
        if answering is None or self._embeddings.photos_without(chosen) == 0:
            self._embeddings.set_answering(chosen)
        else:
            self._embeddings.set_filling(None if chosen.key == answering.key else chosen)

    def answering(self) -> tuple[StoredModel, InstalledModel]:
        """The model that answers searches; in a new library the default one from now on.

        A model that is not installed any more (the program was updated) gives way to its successor at once: without
        it no picture from outside could be searched with. The next update embeds the photos again.

        Raises:
            ModelError: no model is installed.
        """
        stored = self._embeddings.answering()
        installed = self._registry.find(stored.identity) if stored else None
        if stored is None or installed is None:
            installed = self._registry.successor(stored.name) if stored else self._registry.default()
            stored = self._stored(installed)
            self._embeddings.set_answering(stored)
        return stored, installed

    def filling(self) -> tuple[StoredModel, InstalledModel] | None:
        """The model whose embeddings are being filled in, or None; one that was uninstalled is given up."""
        stored = self._embeddings.filling()
        if stored is None:
            return None
        installed = self._registry.find(stored.identity)
        if installed is None:
            self._embeddings.set_filling(None)
            return None
        return stored, installed

    def _stored(self, installed: InstalledModel) -> StoredModel:
        manifest = installed.manifest
        return self._embeddings.add_model(manifest.identity, manifest.name, manifest.dim)

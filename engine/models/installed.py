"""Which of the installed models a library uses, and which one takes over next."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.catalog.embeddings import Embeddings, StoredModel
from engine.errors import ModelError
from engine.jobs import Job
from engine.models.checking import ModelCheck, check_model
from engine.models.installing import add_model, export_model, remove_model
from engine.models.manifest import MODEL
from engine.models.registry import InstalledModel, ModelRegistry


@dataclass(frozen=True, slots=True)
class ModelCard:
    """A model as a person chooses it.

    Attributes:
        source: "bundled" or "library".
        in_use: its embeddings answer searches.
        filling: it takes over once every photo has its embedding.
        training: recipe, data, date, seed and metrics.
        input: height and width of the pictures it is shown, in pixels.
        photos: searchable photos that it has embedded.
        bytes: what its ONNX file takes on the disk.
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
    input: tuple[int, int]
    photos: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Change:
    """Another model on its way to answer.

    Attributes:
        name: of the model that takes over.
        done: photos that it has embedded.
        total: photos that it has to embed before it takes over.
    """

    name: str
    done: int
    total: int


class Models:
    """The models of one library."""

    def __init__(self, registry: ModelRegistry, embeddings: Embeddings) -> None:
        self._registry = registry
        self._embeddings = embeddings

    def list(self) -> Sequence[ModelCard]:
        """Every installed model."""
        answering, filling = self._embeddings.answering(), self._embeddings.filling()
        in_use = answering.identity if answering else self._registry.default().manifest.identity
        photos = self._embeddings.photos_by_model()
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
                input=(model.manifest.input.height, model.manifest.input.width),
                photos=photos.get(model.manifest.identity, 0),
                bytes=_size(model.folder / MODEL),
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

    def keep_answering(self) -> None:
        """Give up a change to another model; what it has embedded is kept, should it be chosen again."""
        self._embeddings.set_filling(None)

    def change(self) -> Change | None:
        """The change to another model that is under way, or None. Asks the catalogue only: takes milliseconds."""
        filling = self._embeddings.filling()
        if filling is None:
            return None
        total = self._embeddings.photos_to_embed()
        return Change(filling.name, total - self._embeddings.photos_without(filling), total)

    def in_use(self) -> StoredModel | None:
        """The model that answers, as the catalogue knows it; None in a library that was never asked."""
        return self._embeddings.answering()

    def add(self, source: Path, job: Job | None = None) -> str:
        """Install a model folder, a ZIP of one or a lone ONNX file with its manifest, after a check; returns its name.

        Raises:
            NotFoundError, ModelError, StorageFullError, LibraryUnusableError: see `installing.add_model`.
            LibraryReadOnlyError: nothing can be written.
        """
        self._embeddings.require_writable()
        return add_model(self._registry, source, job).manifest.name

    def remove(self, name: str) -> None:
        """Delete a model and the embeddings it made.

        Raises:
            ModelError: there is none, it ships with the program, or it answers searches.
        """
        model = self._registry.named(name)
        stored = self._embeddings.model(model.manifest.identity)
        answering = self._embeddings.answering()
        if stored is not None and answering is not None and stored.key == answering.key:
            raise ModelError(f"The model {name} answers searches.", "Choose another one first.")
        remove_model(model)
        if stored is not None:
            self._embeddings.forget(stored)

    def export(self, name: str, target: Path) -> Path:
        """Write a model as one ONNX file that carries its manifest; returns the file.

        Raises:
            ModelError, StorageFullError, LibraryUnusableError: see `installing.export_model`.
        """
        return export_model(self._registry.named(name), target)

    def measure(self, name: str, job: Job | None = None) -> ModelCheck:
        """How fast a model is on one thread of this machine, measured in a limited process; raises ModelError."""
        return check_model(self._registry.named(name).folder, job)

    def stored(self, name: str) -> tuple[StoredModel, InstalledModel]:
        """An installed model and how the catalogue knows it; raises ModelError."""
        installed = self._registry.named(name)
        return self._stored(installed), installed

    def installed(self, name: str) -> InstalledModel | None:
        """The installed model of this name, or None."""
        return next((model for model in self._registry.list() if model.manifest.name == name), None)

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
            if not self._embeddings.read_only:
                self._embeddings.set_answering(stored)
        return stored, installed

    def filling(self) -> tuple[StoredModel, InstalledModel] | None:
        """The model whose embeddings are being filled in, or None; one that was uninstalled is given up."""
        stored = self._embeddings.filling()
        if stored is None:
            return None
        installed = self._registry.find(stored.identity)
        if installed is None:
            if not self._embeddings.read_only:
                self._embeddings.set_filling(None)
            return None
        return stored, installed

    def gone(self) -> Sequence[StoredModel]:
        """Models of which the catalogue has embeddings although they are not installed any more, nor answer."""
        needed = {one.key for one in (self._embeddings.answering(), self._embeddings.filling()) if one is not None}
        return [
            model
            for model in self._embeddings.models()
            if model.key not in needed and self._registry.find(model.identity) is None
        ]

    def _stored(self, installed: InstalledModel) -> StoredModel:
        manifest = installed.manifest
        return self._embeddings.add_model(manifest.identity, manifest.name, manifest.dim)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # half a model; using it says what is wrong
        return 0

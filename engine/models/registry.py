"""The embedding models of this installation and of a library."""

import logging
from dataclasses import dataclass
from pathlib import Path

from engine.errors import LibraryUnusableError, ModelError
from engine.models.manifest import MODEL, Manifest, load_manifest
from engine.paths import is_folder

log = logging.getLogger(__name__)
DEFAULT = "lookalike-2"


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model folder, or a lone ONNX file that is not installed.

    Attributes:
        source: "bundled" or "library"; "file" for one that is not installed.
    """

    folder: Path
    manifest: Manifest
    source: str

    @property
    def file(self) -> Path:
        """The ONNX file."""
        return self.folder / MODEL if is_folder(self.folder) else self.folder


class ModelRegistry:
    """Finds models by name or identity: the bundled ones, and those in the library's own folder.

    Attributes:
        own: the library's own folder of models.
    """

    def __init__(self, bundled: Path, own: Path) -> None:
        self.own = own
        self._folders = (("bundled", bundled), ("library", own))

    def list(self) -> list[InstalledModel]:
        """All usable models, the bundled ones first. Folders that are no model are left out and logged.

        Raises:
            LibraryUnusableError: the folder of models cannot be read; another model must not take over for that.
        """
        found = []
        for source, parent in self._folders:
            for folder in _inside(parent):
                if not is_folder(folder) or folder.name.startswith(("_", ".")):
                    continue
                try:
                    found.append(InstalledModel(folder, load_manifest(folder), source))
                except ModelError as error:
                    log.warning("%s", error)
        return found

    def named(self, name: str) -> InstalledModel:
        """The model with this name.

        Raises:
            ModelError: there is none; the message lists those there are.
        """
        models = self.list()
        for model in models:
            if model.manifest.name == name:
                return model
        names = ", ".join(model.manifest.name for model in models) or "none"
        raise ModelError(f"There is no model named {name}.", f"There are: {names}.")

    def find(self, identity: str) -> InstalledModel | None:
        """The model that made certain embeddings, if it is still installed."""
        return next((model for model in self.list() if model.manifest.identity == identity), None)

    def successor(self, name: str) -> InstalledModel:
        """What takes the place of a model that is not installed any more: its new version, or the default one.

        Raises:
            ModelError: no model is installed at all.
        """
        return next((model for model in self.list() if model.manifest.name == name), None) or self.default()

    def default(self) -> InstalledModel:
        """The model of a new library."""
        models = self.list()
        if not models:
            raise ModelError("No embedding model is installed.", "Install Lookalike again.")
        return next((model for model in models if model.manifest.name == DEFAULT), models[0])


def _inside(parent: Path) -> list[Path]:
    try:
        return sorted(parent.iterdir()) if is_folder(parent) else []
    except OSError as error:
        raise LibraryUnusableError(
            f"The models in {parent} cannot be read: {error.strerror or error}.", "Check the permissions of the folder."
        ) from error

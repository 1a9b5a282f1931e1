"""Adding models to a library, removing them, and handing them on as one file."""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.errors import EngineError, LibraryUnusableError, ModelError, NotFoundError, StorageFullError
from engine.jobs import Job
from engine.models.archives import LARGEST, PARTS, is_archive, unpack
from engine.models.checking import check_model
from engine.models.manifest import MANIFEST, METADATA_KEY, MODEL, Manifest, load_manifest
from engine.models.onnx_metadata import read_metadata, with_metadata
from engine.models.registry import InstalledModel, ModelRegistry
from engine.models.weights import WEIGHTS, check_weights
from engine.new_file import DISK_FULL
from engine.paths import is_file, is_folder, is_there


def add_model(registry: ModelRegistry, source: Path, job: Job | None = None) -> InstalledModel:
    """Install a model folder, a ZIP of one, or a lone ONNX file that carries its manifest.

    It is copied, checked, then shown. A model whose name is taken gets a number behind it.

    Raises:
        NotFoundError: there is nothing at this path.
        ModelError: it cannot be used, or is installed already; the message says why.
        StorageFullError, LibraryUnusableError: it cannot be written.
        Cancelled: the job was cancelled; nothing was added.
    """
    job = job or Job()
    if not is_there(source):
        raise NotFoundError(f"There is no file or folder {source}.", "Name a model folder or an .onnx file.")
    with _fresh_folder(registry.own) as folder:
        _copy(source, folder, job)
        if is_file(folder / WEIGHTS):
            check_weights(folder / WEIGHTS)
        manifest = load_manifest(folder)
        known = registry.find(manifest.identity)
        if known is not None:
            raise ModelError(f"This model is installed already: {known.manifest.name}.")
        check = check_model(folder, job)
        if not check.ok:
            raise ModelError(f"{source.name} cannot be used: {' '.join(check.problems)}", "Get the model again.")
        name = _free_name(registry, manifest.name)
        if name != manifest.name:
            fields = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            (folder / MANIFEST).write_text(_as_json({**fields, "name": name}), encoding="utf-8")
        folder.rename(_place_for(registry.own, name))
    return registry.named(name)


def remove_model(model: InstalledModel) -> None:
    """Delete a model's folder; a half-deleted one is never seen.

    Raises:
        ModelError: it ships with the program.
        LibraryUnusableError: it cannot be deleted.
    """
    if model.source == "bundled":
        raise ModelError(f"The model {model.manifest.name} is part of the program.", "It cannot be removed.")
    hidden = model.folder.with_name(f".removed-{model.folder.name}-{os.getpid()}")
    try:
        model.folder.rename(hidden)
    except OSError as error:
        raise _unwritable(model.folder, error) from error
    shutil.rmtree(hidden, ignore_errors=True)


def export_model(model: InstalledModel, target: Path) -> Path:
    """Write a model as one ONNX file that carries its manifest; a folder gets a file with the model's name.

    Raises:
        ModelError: the model cannot be read.
        StorageFullError, LibraryUnusableError: the file cannot be written.
    """
    file = target / f"{model.manifest.name}.onnx" if is_folder(target) else target
    try:
        content = (model.folder / MODEL).read_bytes()
        fields = json.loads((model.folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"The model {model.manifest.name} cannot be read: {error}.") from error
    if read_metadata(content).get(METADATA_KEY) is None:
        content = with_metadata(content, METADATA_KEY, _as_json({k: v for k, v in fields.items() if k != "sha256"}))
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        fresh.write_bytes(content)
        fresh.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise _unwritable(file, error) from error
    return file


def described(folder: Path) -> Manifest | None:
    """The manifest of what may be a model folder, or None; whether the model works is told by a check."""
    try:
        return load_manifest(folder) if is_file(folder / MODEL) else None
    except ModelError:
        return None


@contextmanager
def _fresh_folder(parent: Path) -> Iterator[Path]:
    """A hidden folder beside the models, gone afterwards unless it was renamed."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".adding-", dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise _unwritable(parent, error) from error


def _copy(source: Path, folder: Path, job: Job) -> None:
    """Only what belongs to a model: a download folder may hold anything."""
    if is_archive(source):
        unpack(source, folder, job)
        return
    if is_folder(source):
        load_manifest(source)  # says what is wrong with it under the name that the person knows
        if not is_file(source / MODEL):
            raise ModelError(f"{source} is not a model: it has no {MODEL}.", "Name a folder with both files.")
        for name in PARTS:
            if is_file(source / name):
                (folder / name).write_bytes(_content(source / name))
        return
    content = _content(source)
    try:
        described = read_metadata(content)[METADATA_KEY]
    except KeyError:
        check = check_model(source, job)
        raise ModelError(f"{source.name} cannot be used: {' '.join(check.problems)}") from None
    (folder / MODEL).write_bytes(content)
    fields = {**_embedded_fields(described), "sha256": hashlib.sha256(content).hexdigest()}
    (folder / MANIFEST).write_text(_as_json(fields), encoding="utf-8")


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise ModelError(f"The file {file} is too large for a model.")
        return file.read_bytes()
    except OSError as error:
        raise ModelError(f"{file} cannot be read: {error.strerror or error}.", "Check its permissions.") from error


def _embedded_fields(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"The manifest inside the model is not valid: {error}.", "Get the model again.") from error
    if not isinstance(fields, dict):
        raise ModelError("The manifest inside the model is not valid.", "Get the model again.")
    return fields


def _free_name(registry: ModelRegistry, name: str) -> str:
    taken = {model.manifest.name for model in registry.list()}
    names = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(free for free in names if free not in taken)


def _place_for(parent: Path, name: str) -> Path:
    """A folder that does not exist yet; one that is there without being a usable model is left alone."""
    places = (parent / (f"{name}-{number}" if number else name) for number in range(1000))
    return next(place for place in places if not os.path.lexists(place))


def _as_json(fields: dict[str, Any]) -> str:
    return json.dumps(fields, indent=2, ensure_ascii=False) + "\n"


def _unwritable(place: Path, error: OSError) -> EngineError:
    if error.errno in DISK_FULL:
        return StorageFullError(f"The disk that holds {place} is full.", "Free some space and try again.")
    return LibraryUnusableError(f"{place} cannot be written: {error.strerror or error}.", "Check its permissions.")

"""A model folder that travels as one ZIP file."""

import zipfile
from pathlib import Path

from engine.errors import ModelError
from engine.jobs import Job
from engine.models.manifest import MANIFEST, MODEL
from engine.models.weights import WEIGHTS
from engine.paths import is_file

README = "README.md"
PARTS = (MODEL, MANIFEST, README, WEIGHTS)
"""Files that belong to a model."""
LARGEST = 2**31
"""No ONNX file is larger; an archive that claims more, or holds more than it claims, is not unpacked."""
CHUNK = 2**20


def is_archive(source: Path) -> bool:
    """Whether the name says so; what is inside is told by `unpack`."""
    return source.suffix.lower() == ".zip" and is_file(source)


def unpack(source: Path, folder: Path, job: Job) -> None:
    """Write the files of the one model in an archive into a folder, under their own names and nowhere else.

    Raises:
        ModelError: it is no archive, or does not hold exactly one model.
        Cancelled: the job was cancelled.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            for name, entry in _model_in(archive, source).items():
                _write(archive, entry, folder / name, job)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise ModelError(f"{source.name} cannot be unpacked: {error}.", "Get the model again.") from error
    except RuntimeError as error:  # a password, says zipfile
        raise ModelError(f"{source.name} cannot be unpacked: {error}.", "Unpack it, then add the folder.") from error


def _model_in(archive: zipfile.ZipFile, source: Path) -> dict[str, zipfile.ZipInfo]:
    """What belongs to the model, by name."""
    entries = {entry.filename: entry for entry in archive.infolist()}
    places = [name.removesuffix(MODEL) for name in entries if name.rpartition("/")[2] == MODEL]
    places = [place for place in places if place + MANIFEST in entries]
    if len(places) != 1:
        held = "no model" if not places else f"{len(places)} models"
        raise ModelError(f"{source.name} holds {held}.", f"It must hold one folder with {MODEL} and {MANIFEST}.")
    return {name: entries[places[0] + name] for name in PARTS if places[0] + name in entries}


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, job: Job) -> None:
    left = LARGEST
    with archive.open(entry) as packed, target.open("wb") as unpacked:
        while chunk := packed.read(CHUNK):
            job.checkpoint()
            left -= len(chunk)
            if left < 0:
                raise ModelError(f"The file {entry.filename} in the archive is too large for a model.")
            unpacked.write(chunk)

"""Folders of labelled photos: one folder per class, perhaps inside one folder per split."""

import os
from pathlib import Path

from engine.errors import UnreadablePhotoError
from engine.evaluation.lists import SPLITS, Entry, Split
from engine.imaging.formats import PHOTO_EXTENSIONS
from engine.paths import is_file, is_folder
from engine.records import Skipped


def folder_per_class(top: Path) -> tuple[list[Entry], list[Skipped]]:
    """Every folder is a class, its sub-folders belong to it; other files than photos are passed over, empty ones told.

    Where all folders have the names of splits (train, val, test, query, gallery), the classes are in those.

    Raises:
        UnreadablePhotoError: the folder itself cannot be read.
    """
    skipped: list[Skipped] = []
    folders = [place for place in _listed(top) if is_folder(place)]
    if folders and all(_is_split(folder) for folder in folders):
        entries = [entry for folder in folders for entry in _classes(folder, SPLITS[folder.name.lower()], skipped)]
        return entries, skipped
    return _classes(top, None, skipped), skipped


def photos_below(folder: Path, skipped: list[Skipped] | None = None) -> list[Path]:
    """All photos in a folder and below it, in a stable order; hidden ones and links to folders are passed over.

    Args:
        folder: where to look.
        skipped: is told of folders that cannot be read.
    """
    try:
        places = _listed(folder)
    except UnreadablePhotoError as error:
        if skipped is not None:
            skipped.append(Skipped(folder, error.message))
        return []
    found: list[Path] = []
    for place in places:
        if is_folder(place) and not place.is_symlink():
            found += photos_below(place, skipped)
        elif is_photo(place):
            found.append(place)
    return found


def is_photo(file: Path) -> bool:
    """Whether it is a file with a photo's name."""
    return file.suffix.lower() in PHOTO_EXTENSIONS and is_file(file)


def _classes(top: Path, split: Split | None, skipped: list[Skipped]) -> list[Entry]:
    entries = []
    for place in _listed(top):
        if is_folder(place):
            told = len(skipped)
            photos = photos_below(place, skipped)
            entries += [Entry(photo, place.name, split) for photo in photos]
            if not photos and len(skipped) == told:
                skipped.append(Skipped(place, "There are no photos in this folder."))
        elif is_photo(place):
            skipped.append(Skipped(place, "It lies in no folder of a class."))
    return entries


def _is_split(folder: Path) -> bool:
    """A folder with the name of a split that holds folders; a class may well be called "gallery"."""
    return folder.name.lower() in SPLITS and any(is_folder(place) for place in _listed(folder))


def _listed(folder: Path) -> list[Path]:
    try:
        places = [place for place in folder.iterdir() if not place.name.startswith(".")]
    except OSError as error:
        raise UnreadablePhotoError(
            f"The folder {folder} cannot be read: {error.strerror or error}.", "Check its permissions."
        ) from error
    return sorted(places, key=lambda place: os.fsencode(place.name))

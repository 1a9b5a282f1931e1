"""What files and folders that were handed over are: models, folders with photos, pictures, or nothing of use."""

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from pathlib import Path, PurePath

from engine.errors import EngineError
from engine.imaging.formats import HEADER_BYTES, VIDEO_EXTENSIONS, extension_of, is_video, why_not_a_photo
from engine.models.manifest import MANIFEST, MODEL
from engine.paths import is_file, is_folder, is_there
from gui.drops import MODEL_EXTENSIONS, Aim
from gui.gallery.wording import shown_name, shown_path
from gui.translation import counted, tr


class Refusal(Enum):
    """Why something is of no use."""

    MISSING = auto()
    DENIED = auto()
    VIDEO = auto()
    NO_PICTURE = auto()
    ELSEWHERE = auto()


@dataclass(frozen=True, slots=True)
class Sifted:
    """What was handed over, by kind.

    Attributes:
        refused: what is of no use, and why.
    """

    models: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()
    pictures: tuple[Path, ...] = ()
    refused: tuple[tuple[Path | str, Refusal], ...] = ()

    @property
    def useful(self) -> int:
        """How many kinds of things can be used."""
        return sum(map(bool, (self.models, self.folders, self.pictures)))


def sift(paths: Iterable[Path], elsewhere: Iterable[str] = ()) -> Sifted:
    """Look at each, and never further than its first bytes. For a worker: a drive may take long to answer."""
    found: dict[str, list[Path]] = {"models": [], "folders": [], "pictures": []}
    refused: list[tuple[Path | str, Refusal]] = []
    for path in dict.fromkeys(paths):
        kind = _kind(path)
        if isinstance(kind, Refusal):
            refused.append((path, kind))
        else:
            found[kind].append(path)
    refused += [(address, Refusal.ELSEWHERE) for address in elsewhere]
    return Sifted(tuple(found["models"]), tuple(found["folders"]), tuple(found["pictures"]), tuple(refused))


def account(sifted: Sifted, aim: Aim) -> str:
    """One sentence on what is done with each kind, such as "1 picture is searched with, “a.txt” is not a picture."."""
    parts = []
    checks = aim is Aim.CHECK
    if places := checks and len(sifted.folders) + len(sifted.pictures):
        parts.append(counted("{n} folder or file is checked", "{n} folders and files are checked", places))
    elif pictures := len(sifted.pictures):
        parts.append(
            counted("{n} picture joins the query", "{n} pictures join the query", pictures)
            if aim.adds
            else counted("{n} picture is searched with", "{n} pictures are searched with", pictures)
        )
    if sifted.folders and not aim.asks_about_folders and not checks:
        parts.append(_about(sifted.folders, lambda name: tr("“{name}” is indexed", name=name), _folders))
    if sifted.models:
        parts.append(_about(sifted.models, lambda name: tr("“{name}” is checked as a model", name=name), _models))
    for reason in dict.fromkeys(reason for _, reason in sifted.refused):
        names = [name for name, why in sifted.refused if why is reason]
        parts.append(_about(names, partial(_refusal, reason), _of_no_use))
    said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def objection(sifted: Sifted) -> EngineError:
    """Why nothing of it is of use, and what to do."""
    if len(sifted.refused) == 1 and sifted.refused[0][1] is Refusal.MISSING:
        path = sifted.refused[0][0]
        return EngineError(
            tr("There is no “{path}”.", path=_shown(path, whole=True)),
            tr("It may have been moved, or its drive is not connected."),
        )
    if all(reason is Refusal.ELSEWHERE for _, reason in sifted.refused):
        return EngineError(account(sifted, Aim.ASK), tr("Copy it to this computer and drop the copy."))
    return EngineError(account(sifted, Aim.ASK), tr("Drop or copy a photo or a folder."))


def _kind(path: Path) -> str | Refusal:
    try:
        if is_folder(path):
            return "models" if is_file(path / MODEL) and is_file(path / MANIFEST) else "folders"
        if not is_there(path):
            return Refusal.MISSING
        if not is_file(path):
            return Refusal.NO_PICTURE
        if extension_of(path.name) in MODEL_EXTENSIONS and _is_model(path):
            return "models"
        with path.open("rb") as file:
            return _kind_of_file(path.name, file.read(HEADER_BYTES))
    except OSError:
        return Refusal.DENIED


def _kind_of_file(name: str, header: bytes) -> str | Refusal:
    if why_not_a_photo(name, header) is None:
        return "pictures"
    video = is_video(header) or extension_of(name) in VIDEO_EXTENSIONS
    return Refusal.VIDEO if video else Refusal.NO_PICTURE


def _is_model(path: Path) -> bool:
    """An ONNX file always is, and what is wrong with it is told when it is added; an archive if it holds one."""
    if extension_of(path.name) != ".zip":
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            return any(PurePath(name).name == MODEL for name in archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def _about(names: Iterable[Path | str], one: Callable[[str], str], many: Callable[[int], str]) -> str:
    shown = [_shown(name) for name in names]
    return one(shown[0]) if len(shown) == 1 else many(len(shown))


def _folders(count: int) -> str:
    return counted("{n} folder is indexed", "{n} folders are indexed", count)


def _models(count: int) -> str:
    return counted("{n} model is checked", "{n} models are checked", count)


def _of_no_use(count: int) -> str:
    return counted("{n} file is of no use", "{n} files are of no use", count)


def _refusal(reason: Refusal, name: str) -> str:
    match reason:
        case Refusal.MISSING:
            return tr("“{name}” is not there", name=name)
        case Refusal.DENIED:
            return tr("“{name}” may not be read", name=name)
        case Refusal.VIDEO:
            return tr("“{name}” is a video", name=name)
        case Refusal.ELSEWHERE:
            return tr("“{name}” cannot be read from where it is", name=name)
    return tr("“{name}” is not a picture", name=name)


def _shown(name: Path | str, *, whole: bool = False) -> str:
    if isinstance(name, str):
        return name.rstrip("/").rpartition("/")[2] or name
    return shown_path(name) if whole or not name.name else shown_name(name)

"""Labels that are others than in the folders: what counts in a training, and what is kept of it for the next one."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from engine.errors import EngineError
from gui.training_records import Examined, Labelled
from gui.translation import tr

KEPT, DAMAGED = "corrections.json", "corrections.damaged.json"
FORMAT = 1
Given = tuple[str, str]
"""A photo's path, and the label that it was given: where one of them is another by now, nothing is corrected."""


class Corrections:
    """Labels that are others in a training than in the folders; no file is moved or changed.

    Args:
        before: what was corrected when these photos were looked at before: labels, None for what is left out.
    """

    def __init__(self, before: Mapping[Path, str | None] | None = None) -> None:
        self._before = dict(before or {})
        self._labels = dict(self._before)

    def __bool__(self) -> bool:
        return bool(self._labels)

    @property
    def labels(self) -> dict[Path, str | None]:
        """What is different, by photo: labels, None for those left out."""
        return dict(self._labels)

    @property
    def counting_again(self) -> int:
        """Corrections of before that still count."""
        return len(self._still())

    @property
    def undone(self) -> int:
        """Corrections of before, if not one of them counts any more."""
        return 0 if self._still() else len(self._before)

    def take_as(self, photos: Iterable[Path], label: str) -> None:
        """Give photos another label."""
        self._labels.update(dict.fromkeys(photos, label))

    def leave_out(self, photos: Iterable[Path]) -> None:
        """Learn nothing from these photos."""
        self._labels.update(dict.fromkeys(photos))

    def take_back(self, photos: Iterable[Path]) -> None:
        """Let the folders count again."""
        for photo in photos:
            self._labels.pop(photo, None)

    def undo_before(self) -> None:
        """Take back what was corrected before."""
        self._before = self._still()
        self.take_back(self._before)

    def redo_before(self) -> None:
        """Let it count after all; what was corrected since then stays."""
        self._labels = self._before | self._labels

    def of(self, photos: Iterable[Path]) -> set[str | None]:
        """What is different about them: labels, None for those left out; empty if nothing is."""
        return {self._labels[photo] for photo in photos if photo in self._labels}

    def apply(self, rows: Iterable[Sequence[str]]) -> Iterator[Labelled]:
        """Rows of path, label and split as they count now."""
        for path, given, split in rows:
            label = self._labels.get(Path(path), given)
            if label is not None:
                yield Labelled(Path(path), label, split)

    def classes(self, found: Examined) -> dict[str, int]:
        """Photos by label as they count now."""
        changed = {str(photo) for photo in self._labels}
        counts = Counter(found.classes)
        counts.subtract(row[1] for row in found.labelled if row[0] in changed)
        counts.update(label for label in self._labels.values() if label is not None)
        return {label: photos for label, photos in counts.items() if photos > 0}

    def _still(self) -> dict[Path, str | None]:
        return {
            photo: label
            for photo, label in self._before.items()
            if photo in self._labels and self._labels[photo] == label
        }


class KeptCorrections:
    """What was corrected in a library, in one small file; for workers, one call after the other.

    Args:
        runs: the library's folder of trainings.
    """

    def __init__(self, runs: Path) -> None:
        self._file = runs / KEPT
        self._kept: dict[Given, str | None] = {}

    def of(self, found: Examined) -> dict[Path, str | None]:
        """What was corrected of these photos before; those with several labels cannot be corrected.

        Raises:
            EngineError: it cannot be read. Whatever the file holds is put aside.
        """
        self._kept = {}
        self._kept = self._read()
        if found.several:
            return {}
        rows = ((path, given) for path, given, _ in found.labelled)
        return {Path(row[0]): self._kept[row] for row in rows if row in self._kept}

    def keep(self, found: Examined, labels: Mapping[Path, str | None]) -> None:
        """Keep what counts now for these photos, beside what is kept for others.

        Raises:
            StorageFullError: the disk is full; what was kept before is still there.
            EngineError: it cannot be written for another reason.
        """
        now = {str(photo): label for photo, label in labels.items()}
        for path, given, _ in found.labelled:
            self._kept.pop((path, given), None)
            if now.get(path, given) != given:
                self._kept[path, given] = now[path]
        self._write()

    def _read(self) -> dict[Given, str | None]:
        try:
            return _understood(json.loads(self._file.read_text(encoding="utf-8")))
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            raise self._unreadable(error.strerror or str(error)) from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise self._unreadable(tr("it is damaged")) from error

    def _unreadable(self, why: str) -> EngineError:
        """The next correction would take its place, and it may be worth mending."""
        aside = self._file.with_name(DAMAGED)
        with suppress(OSError):  # then the next correction cannot be written either, and says so
            self._file.replace(aside)
        return EngineError(
            tr(
                "What you corrected in earlier trainings does not count: {file} cannot be read, {why}.",
                file=self._file,
                why=why,
            ),
            tr("Correct the labels again. The file is kept as {name}.", name=aside.name),
        )

    def _write(self) -> None:
        from engine.export.saving import replacing  # on the worker: the first frame does not wait for it

        make_folder(self._file)
        rows = [{"path": path, "given": given, "label": label} for (path, given), label in sorted(self._kept.items())]
        with replacing(self._file, "utf-8") as stream:
            json.dump({"format": FORMAT, "corrections": rows}, stream, indent=1)


def make_folder(file: Path) -> None:
    """Make the folder of a file; raises EngineError."""
    folder = file.parent
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise EngineError(
            tr("“{name}” cannot be written in {folder}: {why}.", name=file.name, folder=folder, why=error.strerror),
            tr("Free some space, or check the permissions of the folder."),
        ) from error


def _understood(document: Any) -> dict[Given, str | None]:
    """What a file says; raises ValueError, KeyError or TypeError if it makes no sense."""
    if document["format"] != FORMAT:
        raise ValueError("another format")
    rows = {(one["path"], one["given"]): one["label"] for one in document["corrections"]}
    if not all(isinstance(text, str) for row in rows for text in row):
        raise TypeError("no texts")
    if not all(label is None or isinstance(label, str) for label in rows.values()):
        raise TypeError("no labels")
    return rows

"""A training of a network that has not come to its end: what was chosen for it, so that it can go on another day."""

import json
import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from gui.training_corrections import make_folder
from gui.training_records import Labelled, Plan

log = logging.getLogger(__name__)
FILE = "unfinished.json"
FORMAT = 1
WORKPLACES, LOCK = ".training-*", "lock"
"""Folders in which the trainer keeps how far it is, beside the runs; and what is no sign of anything in them."""
NO_SENSE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


class UnfinishedTraining:
    """The last one of a library that was begun; for workers, one call after the other.

    Args:
        runs: the library's folder of trainings.
    """

    def __init__(self, runs: Path) -> None:
        self._runs = runs
        self._file = runs / FILE

    def begin(self, plan: Plan, rows: Iterable[Labelled]) -> None:
        """Remember what was chosen; raises StorageFullError or EngineError."""
        from engine.export.saving import replacing  # on the worker: the first frame does not wait for it

        make_folder(self._file)
        with replacing(self._file, "utf-8") as stream:
            json.dump({"format": FORMAT, "plan": _document(plan), "labels": _digest(rows)}, stream, indent=1)

    def end(self) -> None:
        """It has come to its end."""
        with suppress(OSError):  # nothing of it is left to go on from, so that it is not offered
            self._file.unlink(missing_ok=True)

    def plan(self) -> Plan | None:
        """What was chosen for it; None if there is none, or nothing was kept to go on from."""
        told = self._read()
        return _plan(told["plan"]) if told else None

    def goes_on(self, plan: Plan, rows: Iterable[Labelled]) -> bool:
        """Whether a training of these photos and labels goes on from it; sources and names make no difference."""
        told = self._read()
        if not told:
            return False
        begun = _plan(told["plan"])
        same = (begun.base, begun.recipe, dict(begun.options)) == (plan.base, plan.recipe, dict(plan.options))
        return same and bool(told["labels"] == _digest(rows))

    def _read(self) -> Mapping[str, Any]:
        """What the file says, if it makes sense; empty without it, and where nothing is kept."""
        try:
            if not any(one.name != LOCK for place in self._runs.glob(WORKPLACES) for one in place.iterdir()):
                return {}
            told: dict[str, Any] = json.loads(self._file.read_text(encoding="utf-8"))
            if told["format"] != FORMAT or not told["labels"]:
                return {}
            _plan(told["plan"])
        except FileNotFoundError:
            return {}
        except NO_SENSE as error:
            log.warning("What was chosen for the last training cannot be read: %s", error)
            return {}
        return told


def _digest(rows: Iterable[Labelled]) -> str:
    """The same for the same photos with the same labels."""
    digest = blake2b(digest_size=16)
    for one in rows:
        digest.update(f"{one.path}\0{one.label}\0{one.split}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _document(plan: Plan) -> dict[str, Any]:
    return {
        "sources": [str(one) for one in plan.sources],
        "collections": list(plan.collections),
        "base": plan.base,
        "recipe": plan.recipe,
        "name": plan.name,
        "expert": plan.expert,
        "options": dict(plan.options),
        "photos": None if plan.photos is None else str(plan.photos),
    }


def _plan(told: Mapping[str, Any]) -> Plan:
    """What was written; raises KeyError, TypeError, ValueError or AttributeError if it makes no sense."""
    photos = told["photos"]
    return Plan(
        tuple(map(Path, told["sources"])),
        tuple(map(str, told["collections"])),
        str(told["base"]),
        str(told["recipe"]),
        str(told["name"]),
        bool(told["expert"]),
        dict(told["options"]),
        None if photos is None else Path(photos),
    )

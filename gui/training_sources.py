"""What the trainer is given: folders and lists, collections as a table, and a table of labels that were corrected."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.jobs import Job
from gui.earlier_trainings import RUNS
from gui.training_corrections import Corrections, make_folder
from gui.training_records import Examined, Plan

if TYPE_CHECKING:
    from engine.library import Library


def sources(library: "Library", plan: Plan, job: Job) -> list[Path]:
    """The sources, and the collections as a table; raises LibraryReadOnlyError."""
    library.require_writable()
    if not plan.collections:
        return [*plan.sources]
    from engine.export.labels import save_collections  # on the worker: the window's first frame does not wait for it

    table = save_collections(library, plan.collections, library.folder / RUNS)
    job.checkpoint()
    return [*plan.sources, table]


def corrected(library: "Library", found: Examined, corrections: Corrections, job: Job) -> Path:
    """What was looked at as a table, with the labels that count now; raises StorageFullError or EngineError."""
    from engine.evaluation.lists import SPLITS, Entry
    from engine.export.labels import save_labels

    file = library.folder / RUNS / "labels.csv"
    make_folder(file)
    rows = corrections.apply(found.labelled)
    save_labels([Entry(one.path, one.label, SPLITS[one.split]) for one in rows], file)
    job.checkpoint()
    return file

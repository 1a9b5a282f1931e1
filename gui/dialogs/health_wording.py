"""The words of the library's health: parts on the disk, stages of what is done, outcomes."""

from collections.abc import Sequence
from datetime import date

from engine.disk_use import DiskPart, PartKind
from engine.jobs import Progress
from engine.records import LastBackup, LastVerify, SelfTest
from gui.translation import counted, later, tr
from gui.words import day_and_time, number, size

MOST_SENTENCES = 8
PARTS = {
    PartKind.CATALOG: later("Catalogue"),
    PartKind.THUMBNAILS: later("Thumbnails"),
    PartKind.INDEX: later("Index of {name}"),
    PartKind.MODEL: later("Model {name}"),
    PartKind.RUNS: later("Trainings"),
    PartKind.COPIES: later("Copies of the catalogue"),
    PartKind.OTHER: later("Other files"),
}
STAGES = {
    "checking the catalogue": later("Checking the catalogue"),
    "checking the copy of the catalogue": later("Checking the copy of the catalogue"),
    "checking the embeddings": later("Checking the embeddings"),
    "checking the index": later("Checking the index"),
    "checking the thumbnails": later("Checking the thumbnails"),
    "testing the index": later("Testing the index"),
    "building the index": later("Building the index"),
    "deleting what nobody needs": later("Deleting what nobody needs"),
    "making the catalogue smaller": later("Making the catalogue smaller"),
    "making the thumbnails smaller": later("Making the thumbnails smaller"),
    "writing the backup": later("Writing the backup"),
    "checking the backup": later("Checking the backup"),
    "restoring the library": later("Unpacking and checking the backup"),
}
IN_BYTES = {"writing the backup", "checking the backup", "restoring the library"}


def part_name(part: DiskPart) -> str:
    """Such as "Thumbnails", "Index of lookalike-2"."""
    return tr(PARTS[part.kind], name=part.name)


def stage_text(progress: Progress) -> str:
    """Such as "Checking the index", "Writing the backup: 12 MB of 80 MB"."""
    stage = tr(STAGES.get(progress.stage, progress.stage.capitalize()))
    if progress.stage not in IN_BYTES or not progress.total:
        return f"{stage}…"
    done = tr("{done} of {total}", done=size(progress.done), total=size(progress.total))
    return f"{stage}: {done}"


def sentences(said: Sequence[str]) -> str:
    """One a line, not more than can be read."""
    lines = [f"• {one}" for one in said[:MOST_SENTENCES]]
    left = len(said) - MOST_SENTENCES
    if left > 0:
        lines.append(counted("and {n} more", "and {n} more", left))
    return "\n".join(lines)


def verify_text(last: LastVerify | None, today: date) -> tuple[str, str]:
    """What the last check found, and when that was."""
    if last is None:
        return tr("Never checked"), tr("A check compares all that is kept with each other. Photos are not touched.")
    when = tr("Checked: {when}", when=day_and_time(last.when, today))
    if not last.ok:
        problems = len(last.problems)
        return counted("{n} problem was found", "{n} problems were found", problems), when
    return (tr("Sound, after a repair") if last.repaired else tr("Sound")), when


def test_text(test: SelfTest | None, today: date) -> tuple[str, str]:
    """How well the index finds, and when that was tested."""
    if test is None:
        return tr("Never tested"), tr("The test asks the index for photos whose nearest ones are known.")
    found = tr("{share} % of the nearest photos are found", share=number(100 * test.recall, 1))
    photos = counted("{n} photo", "{n} photos", test.vectors)
    when = day_and_time(test.when, today)
    return found, tr("Tested: {when} · {model} · {photos}", when=when, model=test.model, photos=photos)


def backup_text(last: LastBackup | None, today: date) -> tuple[str, str]:
    """When the library was backed up, and where to."""
    if last is None:
        return tr("Never backed up"), tr("One file holds all that Lookalike knows, but not your photos.")
    photos = counted("{n} photo", "{n} photos", last.photos)
    when = day_and_time(last.when, today)
    return tr("Backed up: {when}", when=when), f"{last.file} · {size(last.bytes)} · {photos}"

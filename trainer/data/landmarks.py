"""Photos of landmarks, as the ground truth of Oxford5k and its like tells them: lists of names for every query."""

from collections.abc import Sequence
from pathlib import Path

from engine.errors import PhotosElsewhereError
from engine.evaluation.folders import photos_below
from engine.evaluation.labelled import photos_by_name
from engine.evaluation.lists import Entry, Split
from engine.evaluation.oxford import Truth
from engine.paths import is_folder
from engine.records import Skipped


def landmark_entries(truths: Sequence[Truth], folder: Path) -> tuple[list[Entry], list[Skipped]]:
    """What is good and what is fair of a landmark is its class; what asks is kept back, and the rest teaches nothing.

    Args:
        truths: the queries, each with its lists.
        folder: of the photos.

    Returns:
        The photos, and what cannot take part, with the reason.

    Raises:
        PhotosElsewhereError: it is no folder, or none of the photos is there.
    """
    if not is_folder(folder):
        raise PhotosElsewhereError(f"{folder} is not a folder of photos.", "Name the photos' folder with --gallery.")
    skipped: list[Skipped] = []
    photos = photos_by_name(photos_below(folder, skipped))
    asking = {photos[truth.query]: truth.landmark for truth in truths if truth.query in photos}
    learned: dict[Path, str] = {}
    for truth in truths:
        names = truth.setups[0].relevant
        learned |= {photos[name]: truth.landmark for name in names if name in photos and photos[name] not in asking}
        missing = sorted({truth.query, *names} - {*photos})
        skipped += [Skipped(folder / name, "There is no such file.") for name in missing]
    if not learned:
        landmarks = len({truth.landmark for truth in truths})
        raise PhotosElsewhereError(
            f"Not one good photo of the {landmarks:,} landmarks is in {folder}, besides those that ask.",
            "Name the photos' folder with --gallery.",
        )
    known = set(learned.values())
    entries = [Entry(photo, landmark) for photo, landmark in learned.items()]
    for query, landmark in asking.items():
        if landmark in known:
            entries.append(Entry(query, landmark, Split.QUERY))
        else:
            skipped.append(Skipped(query, f"There is no good photo of {landmark} besides those that ask."))
    return entries, list(dict.fromkeys(skipped))

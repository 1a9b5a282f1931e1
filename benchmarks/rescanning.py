"""Time to find that nothing changed in a library, against walking the same folders with os.scandir and stat."""

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.material import median, photograph, report
from engine.library import Library

FOLDERS = 100
PHOTOS_EACH = 100
ROUNDS = 5


def walk(folder: str) -> int:
    """Look at every file once; returns how many there are."""
    seen = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                seen += walk(entry.path)
            else:
                entry.stat(follow_symlinks=False)
                seen += 1
    return seen


def write_tree(top: Path) -> None:
    """Ten thousand files of one picture: after the first they are copies, so that setting up takes no minutes."""
    content = top.parent / "one.jpg"
    photograph(0, (320, 240)).save(content)
    for number in range(FOLDERS):
        folder = top / f"{number:03}"
        folder.mkdir(parents=True)
        for photo in range(PHOTOS_EACH):
            (folder / f"{photo:03}.jpg").hardlink_to(content)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        top = Path(place) / "photos"
        write_tree(top)
        with Library.open(Path(place) / "library") as library:
            library.index([top])
            walks, scans = [], []
            for _ in range(ROUNDS):
                started = time.perf_counter()
                count = walk(str(top))
                walked = time.perf_counter()
                assert library.index().unchanged == count
                walks.append(walked - started)
                scans.append(time.perf_counter() - walked)
    report(
        "re-scan of an unchanged library",
        ratio=median(scans) / median(walks),
        to_reach="<= 3 x os.scandir + stat of the same tree",
        photos=FOLDERS * PHOTOS_EACH,
        rescan_seconds=median(scans),
        walk_seconds=median(walks),
    )


if __name__ == "__main__":
    main()

"""What a query for copies costs beside one for similar photos: decoding, embedding, searching, all of it.

Each photo is asked with as files that nobody has asked with before: for similar photos, for the copies that are found
at once (what the window shows first) and then for all of them, and for those copies that lie as it does.
The process that reads queries runs already.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.generated_library import generated_library
from benchmarks.material import median, report, write_photographs
from engine.evaluation.folders import photos_below
from engine.library import Library
from engine.records import Mode, Query, QueryPicture
from engine.search.copies import THOROUGH

PHOTOS = 2_000
QUERIES = 12
SIZE = (4000, 3000)


@dataclass(frozen=True, slots=True)
class Asked:
    """Seconds until each answer is there, and how many copies each has."""

    similar: float
    first: float
    complete: float
    upright: float
    found_first: int
    found: int


def asked(library: Library, file: Path, place: Path) -> Asked:
    """Ask with one photo, each time as a file with other content and the same pixels."""
    files = [place / f"{number} {file.name}" for number in range(3)]
    for fresh in files:
        shutil.copyfile(file, fresh)
        with fresh.open("ab") as stream:
            stream.write(os.urandom(8))  # after the end of the picture
    started = time.perf_counter()
    library.search(Query((QueryPicture(files[0]),)))
    similar = time.perf_counter()
    first = library.search(Query((QueryPicture(files[1]),), mode=Mode.COPIES), at_once=True)
    at_once = time.perf_counter()
    complete = library.refresh(first)
    done = time.perf_counter()
    with patch("engine.search.searcher.THOROUGH", replace(THOROUGH, turned=0)):
        library.search(Query((QueryPicture(files[2]),), mode=Mode.COPIES))
    upright = time.perf_counter()
    return Asked(
        similar - started,
        at_once - similar,
        done - similar,
        upright - done,
        len(first.matches),
        len(complete.matches),
    )


def measure(library: Library, photos: list[Path], place: Path) -> dict[str, float]:
    """Ask with every photo in all ways, one after the other, so that other programs disturb all of them alike."""
    asked(library, photos[0], place)
    rows = [asked(library, file, place) for file in photos]
    return {
        "ratio": median(row.first / row.similar for row in rows),
        "complete_ratio": median(row.complete / row.similar for row in rows),
        "complete_to_upright_ratio": median(row.complete / row.upright for row in rows),
        "similar_ms": 1000 * median(row.similar for row in rows),
        "first_ms": 1000 * median(row.first for row in rows),
        "complete_ms": 1000 * median(row.complete for row in rows),
        "upright_ms": 1000 * median(row.upright for row in rows),
        "found_first": sum(row.found_first for row in rows),
        "found": sum(row.found for row in rows),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, help="a library to ask (default: a generated one)")
    parser.add_argument(
        "--photos", type=Path, help="folder of the photos to ask with (default: generated ones of 12 MP)"
    )
    parser.add_argument("--queries", type=int, default=QUERIES)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        photos = (
            photos_below(wanted.photos) if wanted.photos else write_photographs(place / "asked", wanted.queries, SIZE)
        )
        kept = wanted.library or generated_library(place / "generated", PHOTOS).folder
        with Library.open(kept) as library:
            figures = measure(library, photos[: wanted.queries], place)
    report(
        "the first answer to a query for copies beside a query for similar photos",
        ratio=figures.pop("ratio"),
        to_reach="<= 2",
        **figures,
    )


if __name__ == "__main__":
    main()

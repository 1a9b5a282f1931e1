"""The real window on a library of 100,000 generated photos: start, first query, scroll, filter, memory.

The library is made in `--place` the first time (minutes, 2 GB) and used again from then on.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtWidgets import QApplication

from benchmarks.driving import Drive, Step, percentiles
from benchmarks.generated_library import Generated, generated_library
from benchmarks.material import report
from engine.filters import Decided, Filters, Orientation
from engine.records import Query, QueryPicture
from gui.browsing import View
from gui.garbage import GarbageCollector
from gui.theme import Theme

PHOTOS = 100_000
MATCHES = 10_000
QUERIES = 20
NOTCHES, JUMPS = 250, 50
FRAME_P95_MS, FRAME_MS = 16, 33
BLOCK_MS = 50
MEMORY_MIB = 350


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--place", type=Path, help="where the library is kept; a folder for the moment by default")
    parser.add_argument("--photos", type=int, default=PHOTOS, help="how many there are")
    parser.add_argument("--late", action="store_true", help="tell on stderr what blocked the window, with the stack")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        place = asked.place or Path(passing)
        # Made by another process: what that takes is no memory of the window.
        maker = get_context("spawn").Process(target=generated_library, args=(place, asked.photos))
        maker.start()
        maker.join()
        library = generated_library(place, asked.photos)
        application = QApplication([])
        theme = Theme(application)
        garbage = GarbageCollector(application)
        garbage.start()
        drive = Drive(library.folder, Path(passing) / "state")
        drive.session.opened.connect(garbage.keep)
        tell(asked.photos, measured(drive, library, asked.photos))
        drive.close()
        garbage.stop()
        del theme
    if asked.late:
        print(*drive.late, sep="\n\n", file=sys.stderr)


def measured(drive: Drive, library: Generated, photos: int) -> dict[str, object]:
    """Everything, in the order in which a person would come to it."""
    first, *others = library.every(photos // QUERIES)
    figures: dict[str, object] = {"opened": figure(drive.start())}
    figures["first query"] = figure(search(drive, first))
    figures["rest"] = figure(drive.settle())
    figures["idle_mib"] = resident_mib()
    figures["first query by a file"] = figure(search(drive, library.stranger))
    figures["queries"] = summary([search(drive, one) for one in others])
    figures["queries that are filtered"] = summary(filtered(drive))
    figures["many matches"] = figure(search(drive, first, MATCHES))
    figures["frames of many matches"] = percentiles(drive.scroll(NOTCHES, JUMPS))
    figures["range of scores"] = summary(narrowed(drive))
    figures["details"] = summary(looked_at(drive))
    figures["history"] = figure(rerun(drive))
    figures["views"] = summary(viewed(drive))
    figures["frames of the library"] = percentiles(drive.scroll(NOTCHES, JUMPS))
    figures["library filtered"] = summary(filtered(drive))
    figures["used_mib"] = resident_mib()
    return figures


def search(drive: Drive, picture: Path, matches: int = 200) -> Step:
    """Look for lookalikes of a file."""
    searching = drive.workspace.searching
    query = Query((QueryPicture(path=picture),), k=matches)
    return drive.step(lambda: searching.ask(query), lambda: searching.query == query and searching.result)


def filtered(drive: Drive) -> list[Step]:
    """With the filter panel open, one filter after another on the query, or on the library if nothing is asked."""
    workspace = drive.workspace
    counted: list[Filters] = []
    connection = workspace.counting.counted.connect(lambda facets, filters: counted.append(filters))
    workspace.exploring.toggle_filters()
    drive.settle()

    def there(filters: Filters) -> bool:
        if counted[-1:] != [filters]:
            return False
        if workspace.searching.query is None:
            return bool(workspace.browsing.shelf and workspace.browsing.shelf.place.filters == filters)
        result = workspace.searching.result
        return bool(result and result.query.filters == filters)

    folder = workspace.watch.latest.roots[0].path
    steps = [
        drive.step(lambda one=one: workspace.exploring.filter(one), lambda one=one: there(one))
        for one in (
            Filters(cameras=("Canon EOS R6",)),
            Filters(cameras=("Canon EOS R6",), after=date(2015, 1, 1), before=date(2019, 12, 31)),
            Filters(formats=("JPEG",)),
            Filters(orientations=(Orientation.PORTRAIT,)),
            Filters(min_size=3840),
            Filters(decision=Decided.PINNED),
            Filters(folders=(folder / "2012",)),
            Filters(),
        )
    ]
    workspace.exploring.toggle_filters()
    workspace.counting.counted.disconnect(connection)
    return steps


def narrowed(drive: Drive) -> list[Step]:
    """The handle of the least score, dragged up and down."""
    lowest = drive.workspace.results.header.scores.lowest
    places = [*range(0, lowest.maximum(), max(1, lowest.maximum() // 20)), 0]
    return [drive.step(lambda place=place: lowest.setValue(place)) for place in places]


def looked_at(drive: Drive) -> list[Step]:
    """Photos in the details panel and in the viewer."""
    workspace = drive.workspace
    gallery, model, viewer = workspace.results.gallery, workspace.results.model, workspace.viewer
    if not workspace.details.isVisible():
        workspace.details.toggle()
    steps = [
        drive.step(lambda row=row: gallery.setCurrentIndex(model.index(row)), lambda: not drive.session.tasks.busy)
        for row in range(5)
    ]
    photo = model.photo_at(0)
    steps.append(drive.step(lambda: gallery.opened.emit(photo), lambda: viewer.photo == photo))
    steps.append(drive.step(workspace.stage.close_viewer))
    return steps


def rerun(drive: Drive) -> Step:
    """An entry of the history."""
    workspace = drive.workspace
    entry = workspace.watch.latest.history[-1]
    return drive.step(
        lambda: workspace.history.run_wanted.emit(entry),
        lambda: workspace.searching.result and workspace.searching.result.entry_id == entry.id,
    )


def viewed(drive: Drive) -> list[Step]:
    """The library in each way."""
    workspace = drive.workspace
    return [
        drive.step(
            lambda view=view: workspace.exploring.view(view),
            lambda view=view: workspace.browsing.shelf and workspace.browsing.shelf.place.view is view,
        )
        for view in (View.TIMELINE, View.FOLDERS, View.ALL)
    ]


def figure(step: Step) -> dict[str, float]:
    """A step as it is told."""
    return {
        "ms": round(step.milliseconds, 1),
        "block_ms": round(step.block_ms, 1),
        "gap_ms": round(step.gap_ms, 1),
    }


def summary(steps: Sequence[Step]) -> dict[str, object]:
    """Several of a kind."""
    return {
        "ms": percentiles([step.milliseconds for step in steps]),
        "block_ms": round(max(step.block_ms for step in steps), 1),
        "gap_ms": round(max(step.gap_ms for step in steps), 1),
    }


def resident_mib() -> float:
    """What the process holds in memory now, as Linux tells it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


def tell(photos: int, figures: dict[str, object]) -> None:
    """Print; the ratio is how far the worst of the limits is reached."""
    frames = [one for name, one in figures.items() if name.startswith("frames")]
    blocks = {name: one["block_ms"] for name, one in figures.items() if isinstance(one, dict) and "block_ms" in one}
    report(
        f"the window on {photos:,} photos",
        ratio=max(
            max(blocks.values()) / BLOCK_MS,
            max(frame["p95"] / FRAME_P95_MS for frame in frames),
            max(frame["max"] / FRAME_MS for frame in frames),
            figures["idle_mib"] / MEMORY_MIB,
        ),
        to_reach=f"<= 1: no block over {BLOCK_MS} ms, frames {FRAME_P95_MS} ms p95 and {FRAME_MS} ms at most, "
        f"{MEMORY_MIB} MiB",
        worst=max(blocks, key=blocks.__getitem__),
        **figures,
    )


if __name__ == "__main__":
    main()

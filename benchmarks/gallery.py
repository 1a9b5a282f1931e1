"""The gallery with 10,000 matches and with a library of 1,000,000 photos: first paint, resize, frames, memory."""

import io
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.material import photograph, report
from engine.records import Match, Photo, PhotoState, Query, QueryPicture, SearchResult, Timing
from gui.gallery.arrangement import Order
from gui.gallery.listing import Listing, Section
from gui.gallery.thumbnails import ThumbnailLoader
from gui.panels.results import ResultsPanel
from gui.theme import Theme
from gui.window_state import WindowState

MATCHES = 10_000
LIBRARY = 1_000_000
A_DAY = 120
SIZE = (1400, 900)
PICTURES = 24
FRAMES = 300
NOTCH = 120  # pixels that one notch of a wheel scrolls
FRAME_MS = 4  # between two frames, for thumbnails to arrive
FIRST_PAINT_MS, RESIZE_MS, SCROLL_MS = 100, 30, 33
MONDAY = datetime(2024, 1, 1, 12)


def photo(number: int) -> Photo:
    """One of many that differ in name, date, size and proportions."""
    return Photo(
        f"{number:032x}",
        Path(f"/photos/{number // 1000:04}/IMG_{number:07}.jpg"),
        "root",
        2_000_000 + number % 977,
        MONDAY,
        PhotoState.INDEXED,
        width=4000,
        height=(2250, 3000, 4000, 6000)[number % 4],
        taken=MONDAY + timedelta(minutes=number),
    )


def answer() -> SearchResult:
    """Matches with falling scores, every tenth with two others of its burst."""
    matches = tuple(
        Match(photo(number), number / MATCHES, 1 - (number + 1) / (MATCHES + 1), number + 1)
        for number in range(MATCHES)
    )
    stacks = tuple(tuple(match.photo.id for match in matches[at : at + 3]) for at in range(0, MATCHES - 3, 10))
    query = Query((QueryPicture(path=Path("/query.jpg")),), k=MATCHES)
    return SearchResult(query, matches, "benchmark", Timing(), LIBRARY, noise_score=0.95, stacks=stacks)


class Library(Listing):
    """A library by days; the photos that are looked at can be had at once."""

    def __init__(self) -> None:
        super().__init__()
        self._photos: dict[int, Photo] = {}
        self._sections = [Section(first, f"Day {first // A_DAY + 1}") for first in range(0, LIBRARY, A_DAY)]

    def __len__(self) -> int:
        return LIBRARY

    def photo_id(self, row: int) -> str:
        """Its number."""
        return f"{row:032x}"

    def row_of(self, photo_id: str) -> int:
        """The number again."""
        return int(photo_id, 16)

    def photo(self, row: int) -> Photo | None:
        """As far as it was looked at."""
        return self._photos.get(row)

    def want(self, rows: Sequence[range]) -> None:
        """Make them, and forget the others."""
        new = {row: photo(row) for run in rows for row in run if row not in self._photos}
        self._photos = {row: self._photos[row] for run in rows for row in run if row in self._photos} | new
        if new:
            self.loaded.emit(min(new), max(new))

    @property
    def sections(self) -> Sequence[Section]:
        """One for every day."""
        return self._sections


def thumbnails() -> list[bytes]:
    """JPEGs as the engine keeps them."""
    made = []
    for number in range(PICTURES):
        stream = io.BytesIO()
        photograph(number, (320, (180, 240, 320, 480)[number % 4])).save(stream, "JPEG", quality=82)
        made.append(stream.getvalue())
    return made


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock, and of this thread's own time."""
    clock, own = time.perf_counter(), time.thread_time()
    run()
    QApplication.processEvents()
    return (time.perf_counter() - clock) * 1000, (time.thread_time() - own) * 1000


def wait(milliseconds: int) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def memory_mib() -> float:
    """What the process has needed at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name: str, panel: ResultsPanel, fill: Callable[[], object]) -> None:
    """Fill the panel, resize it, scroll it, and print."""
    panel.resize(*SIZE)
    panel.show()
    wait(50)
    before = memory_mib()
    first, first_own = timed(fill)
    resizes = [timed(lambda step=step: panel.resize(SIZE[0] - 7 * step, SIZE[1] - step))[1] for step in range(40)]
    panel.resize(*SIZE)
    frames = scroll(panel)
    clock, own = np.array(frames).T
    resize, frame = float(np.percentile(resizes, 95)), float(np.percentile(own, 95))
    report(
        f"gallery of {name}",
        ratio=max(first_own / FIRST_PAINT_MS, resize / RESIZE_MS, frame / SCROLL_MS),
        to_reach=f"<= 1: first paint {FIRST_PAINT_MS}, resize {RESIZE_MS}, 95 % of frames {SCROLL_MS} ms offscreen",
        first_paint_ms=first_own,
        first_paint_clock_ms=first,
        resize_p95_ms=resize,
        frame_p50_ms=float(np.median(own)),
        frame_p95_ms=frame,
        frame_worst_ms=float(own.max()),
        frame_p95_clock_ms=float(np.percentile(clock, 95)),
        grown_mib=memory_mib() - before,
        **(changes(panel) if panel.result else {}),
    )


def scroll(panel: ResultsPanel) -> list[tuple[float, float]]:
    """Notches of a wheel, and in between jumps as with the scroll bar."""
    bar = panel.gallery.verticalScrollBar()
    frames = []
    for number in range(FRAMES):
        to = bar.maximum() // FRAMES * number if number % 50 == 49 else bar.value() + NOTCH
        frames.append(timed(lambda to=to: bar.setValue(to)))
        wait(FRAME_MS)
    return frames


def changes(panel: ResultsPanel) -> dict[str, float]:
    """What the header asks for: a moved handle, another order, stacks opened."""
    moved = [timed(lambda step=step: panel.header.scores.lowest.setValue(step))[1] for step in range(20)]
    arrangement = replace(panel.arrangement, lowest=0.0)
    orders = [timed(lambda order=order: panel.arrange(replace(arrangement, order=order)))[1] for order in Order]
    stacked = [timed(lambda on=on: panel.arrange(replace(arrangement, stacked=on)))[1] for on in (False, True)]
    return {"range_p95_ms": float(np.percentile(moved, 95)), "order_ms": max(orders), "stacks_ms": max(stacked)}


def main() -> None:
    """Measure and print."""
    application = QApplication([])
    theme = Theme(application)
    pictures = thumbnails()
    answers, library = answer(), Library()
    for name, fill in (
        ("10,000 matches", lambda panel: panel.show_result(answers)),
        ("1,000,000 photos", lambda panel: panel.show_listing(library, "1,000,000 photos")),
    ):
        with TemporaryDirectory() as folder:
            loader = ThumbnailLoader(lambda photo_id: pictures[int(photo_id, 16) % PICTURES])
            panel = ResultsPanel(loader, WindowState(Path(folder)))
            measure(name, panel, lambda fill=fill, panel=panel: fill(panel))
            loader.shutdown()
            panel.close()
    del theme


if __name__ == "__main__":
    main()

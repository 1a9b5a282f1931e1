"""The map of 100,000 photos in the real window: how it keeps up while the map is drawn, panned and zoomed.

python benchmarks/atlas.py FOLDER          # makes the library and its map there, which takes minutes, or uses them
python benchmarks/atlas.py FOLDER 20000    # so many photos
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtWidgets import QApplication

from benchmarks import driving
from benchmarks.driving import Drive, percentiles, wait
from benchmarks.generated_library import generated_library
from benchmarks.material import report
from gui.viewers.atlas_canvas import AtlasCanvas

PHOTOS = 100_000
SIZE = (1400, 900)
STEPS = 120
FRAME = 1000 / 60
"""Milliseconds between two frames of most screens: a longer one is dropped."""


def frames(canvas: AtlasCanvas, move: Callable[[int], object]) -> list[float]:
    """Milliseconds of this thread for each of many frames, from the move to its picture."""
    taken = []
    for step in range(STEPS):
        began = time.thread_time()
        move(step)
        canvas.repaint()
        QApplication.processEvents()
        taken.append(1000 * (time.thread_time() - began))
        wait(driving.FRAME_MS)
    return taken


def main() -> None:
    """Print one line of JSON."""
    folder, photos = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else PHOTOS
    generated = generated_library(folder, photos)
    driving.PATIENCE_SECONDS = 3600
    application = QApplication(sys.argv[:1])
    with TemporaryDirectory() as state:
        drive = Drive(generated.folder, Path(state))
        drive.start()
        drive.window.resize(*SIZE)
        canvas = drive.workspace.atlas.canvas
        drawn = drive.step(drive.workspace.library_panel.map.click, lambda: canvas.atlas is not None)
        drive.settle()
        canvas.look(canvas.frame.zoomed(3.0))
        measured = {"pan": frames(canvas, lambda step: canvas.look(canvas.frame.panned((-12, 12)[step % 40 < 20], 5)))}
        canvas.fit()
        measured["zoom"] = frames(canvas, lambda step: canvas.look(canvas.frame.zoomed(1.06, (500, 300))))
        canvas.fit()
        canvas.select(canvas.atlas.groups == 0 if canvas.atlas is not None else canvas.selected)
        measured["zoom with a selection"] = frames(canvas, lambda step: canvas.look(canvas.frame.zoomed(1.06)))
        longest = max(max(taken) for taken in measured.values())
        report(
            "atlas",
            ratio=longest / FRAME,
            to_reach="no frame above 1/60 s",
            photos=photos,
            seconds_until_drawn=round(drawn.seconds, 1),
            until_drawn={"block_ms": round(drawn.block_ms, 1), "gap_ms": round(drawn.gap_ms, 1)},
            frame_ms={name: percentiles(taken) for name, taken in measured.items()},
            dropped={name: sum(one > FRAME for one in taken) / len(taken) for name, taken in measured.items()},
        )
        drive.close()
    application.quit()


if __name__ == "__main__":
    main()

"""From the start of `lookalike` to its first frame, against a bare QMainWindow with the same Qt."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow

ROUNDS = 9
SIZE = (1280, 800)
BARE, PROGRAM = "bare", "program"


class FirstFrame(QObject):
    """Ends the process when something was painted, and prints the time and what the process has used until then."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Of every object."""
        if event.type() == QEvent.Type.Paint:
            print(time.monotonic(), time.process_time(), flush=True)
            os._exit(0)
        return False


def show(what: str) -> None:
    """Open a window and stay until its first frame."""
    application = QApplication([])
    first = FirstFrame()
    application.installEventFilter(first)
    if what == BARE:
        window = QMainWindow()
        window.resize(*SIZE)
        window.show()
        application.exec()
    else:
        from main import main as lookalike

        lookalike([])


def measured(what: str, home: Path) -> tuple[float, float]:
    """Seconds on the clock and of processor time, from before Python starts."""
    places = {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    # As installed: compiled once, at the first start.
    places |= {"PYTHONPYCACHEPREFIX": str(home / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **places}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, __file__, "--show", what], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    ended, used = map(float, done.stdout.split())
    return ended - began, used


def main(rounds: int) -> None:
    """Measure by turns, and print the medians."""
    from benchmarks.material import median, report  # only here: the windows do not wait for numpy

    times: dict[str, list[tuple[float, float]]] = {BARE: [], PROGRAM: []}
    with tempfile.TemporaryDirectory() as home:
        for number in range(rounds + 1):
            for what, found in times.items():
                took = measured(what, Path(home))
                if number:
                    found.append(took)
    clock, used = ({what: median(one[at] for one in found) for what, found in times.items()} for at in (0, 1))
    report(
        "lookalike to its first frame",
        ratio=used[PROGRAM] / used[BARE],
        to_reach="<= 1.5 x a bare QMainWindow",
        processor_seconds=used[PROGRAM],
        bare_processor_seconds=used[BARE],
        seconds=clock[PROGRAM],
        bare_seconds=clock[BARE],
    )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=ROUNDS, help="windows of each kind")
    arguments.add_argument("--show", choices=(BARE, PROGRAM), help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    show(asked.show) if asked.show else main(asked.rounds)

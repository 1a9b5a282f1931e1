"""The most memory that a first index takes, all processes together, of 10,000 photos against 1,000. Linux only."""

import io
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.material import photograph, report

FEW, MANY = 1_000, 10_000
PICTURES = 40
SIZE = (480, 360)
PAUSE = 0.2
"""Seconds between two looks at the processes."""
MAIN = Path(__file__).parents[1] / "main.py"


def write_photos(folder: Path, count: int) -> None:
    """Small JPEG files of a few pictures; what follows a picture is passed over, and makes every file another one."""
    folder.mkdir()
    bodies = []
    for number in range(PICTURES):
        stream = io.BytesIO()
        photograph(number, SIZE).save(stream, "JPEG", quality=85)
        bodies.append(stream.getvalue())
    for number in range(count):
        (folder / f"{number:05}.jpg").write_bytes(bodies[number % PICTURES] + number.to_bytes(8, "big"))


def family(process: int) -> list[int]:
    """A process and all that it has started, directly or not."""
    found = [process]
    try:
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                found += family(int(child))
    except OSError:  # it has just ended
        pass
    return found


def memory(process: int) -> float:
    """MiB that a process holds; what it shares with others is divided among them. 0 if it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def most_while_indexing(photos: Path, library: Path) -> tuple[float, float]:
    """The most MiB that indexing a folder takes at any moment, and the seconds it takes."""
    command = [sys.executable, str(MAIN), "--library", str(library), "index", str(photos)]
    most, started = 0.0, time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as indexing:
        while indexing.poll() is None:
            most = max(most, sum(memory(process) for process in family(indexing.pid)))
            time.sleep(PAUSE)
    if indexing.returncode:
        raise RuntimeError(f"indexing ended with {indexing.returncode}")
    return most, time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    found = {}
    for count in (FEW, MANY):
        with tempfile.TemporaryDirectory() as place:
            write_photos(Path(place) / "photos", count)
            found[count] = most_while_indexing(Path(place) / "photos", Path(place) / "library")
    report(
        f"memory while indexing {MANY:,} photos, against {FEW:,}",
        ratio=found[MANY][0] / found[FEW][0],
        to_reach="<= 1.1 x",
        mib=found[MANY][0],
        few_mib=found[FEW][0],
        seconds=found[MANY][1],
        few_seconds=found[FEW][1],
    )


if __name__ == "__main__":
    main()

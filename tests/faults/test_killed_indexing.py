"""kill -9 in the middle of indexing: nothing that was committed is lost, and the next run finishes the work."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.library import Library
from tests.faults.nightly import NIGHTLY

pytestmark = [pytest.mark.faults, pytest.mark.slow]

NEW_EACH_TIME = 150
KILLS = 20 if NIGHTLY else 4
LEAST_IN_THE_MIDDLE = 2 * KILLS // 5
"""A kill may come after the last photo; a test whose kills nearly all do would show nothing."""


def command(library: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "main", "--json", "--library", str(library), *words]


def kill_in_the_middle(process: subprocess.Popen, library: Library, committed: int, pause: float) -> int:
    """Kill the run some time after its first commit; returns how many photos were seen to be committed before."""
    while library.counts().searchable == committed and process.poll() is None:
        time.sleep(0.005)
    time.sleep(pause)
    seen = library.counts().searchable
    process.kill()
    process.wait()
    return seen


def test_kills_in_the_middle_lose_nothing(make_photos, tmp_path):
    folder = tmp_path / "library"
    rng = random.Random(20)
    committed = in_the_middle = 0
    with Library.open(folder) as library:
        for round_ in range(KILLS):
            make_photos(tmp_path / "photos", NEW_EACH_TIME, first=round_ * NEW_EACH_TIME)
            process = subprocess.Popen(
                command(folder, "index", str(tmp_path / "photos"), "--workers", "1"),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            seen = kill_in_the_middle(process, library, committed, rng.uniform(0, 0.15))
            committed = library.counts().searchable
            assert committed >= seen
            in_the_middle += committed < (round_ + 1) * NEW_EACH_TIME
    assert in_the_middle >= LEAST_IN_THE_MIDDLE
    finish = subprocess.run(command(folder, "index"), capture_output=True, text=True, check=True)
    report = json.loads(finish.stdout)
    assert report["added"] == KILLS * NEW_EACH_TIME - committed
    assert report["skipped"] == []
    with Library.open(folder) as library:
        assert library.counts().searchable == KILLS * NEW_EACH_TIME
        assert library.verify().ok

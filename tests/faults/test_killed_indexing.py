"""kill -9 in the middle of indexing: nothing that was committed is lost, and the next run finishes the work."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.library import Library

pytestmark = [pytest.mark.faults, pytest.mark.slow]

PHOTOS = 240
KILLS = 20


def command(library: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "main", "--json", "--library", str(library), *words]


def searchable(folder: Path) -> int:
    with Library.open(folder) as library:
        return library.counts().searchable


def test_twenty_kills_lose_nothing(make_photos, tmp_path):
    make_photos(tmp_path / "photos", PHOTOS)
    folder = tmp_path / "library"
    rng = random.Random(20)
    committed = 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            command(folder, "index", str(tmp_path / "photos"), "--workers", "1"),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(rng.uniform(0.3, 1.6))
        process.kill()
        process.wait()
        now = searchable(folder)
        assert now >= committed
        committed = now
    finish = subprocess.run(command(folder, "index"), capture_output=True, text=True, check=True)
    report = json.loads(finish.stdout)
    assert report["added"] == PHOTOS - committed
    assert report["skipped"] == []
    with Library.open(folder) as library:
        assert library.counts().searchable == PHOTOS
        assert library.verify().ok

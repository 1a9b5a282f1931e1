"""The pictures of the guide: each is shown, and the script that makes them still finds its way through the window."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

TREE = Path(__file__).resolve().parent.parent
DOCS = TREE / "docs"


def test_every_picture_is_there_and_shown():
    shown = {
        (page.parent / target).resolve()
        for page in (TREE / "README.md", *DOCS.glob("*.md"))
        for target in re.findall(r"!\[[^]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }
    assert shown == set((DOCS / "images").iterdir())


def test_the_pictures_can_be_made_again(tmp_path):
    photos = tmp_path / "Pictures"
    _paint_patterns(photos)
    to = tmp_path / "made"
    to.mkdir()
    done = subprocess.run(
        [sys.executable, TREE / "scripts" / "guide_pictures.py", photos, "--look", "light", "--to", to],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=220,  # it takes 30 s of a processor, and others may have it
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in to.iterdir()) == sorted(
        file.name for file in (DOCS / "images").glob("*-light.jpg")
    )
    assert all(file.stat().st_size > 5000 for file in to.iterdir())


def _paint_patterns(folder: Path) -> None:
    """Three subjects of eight pictures that the model which ships with the program takes for different ones."""
    for number in range(24):
        chance = np.random.default_rng(number)
        squares = chance.integers(0, 256, (chance.integers(2, 24), chance.integers(2, 24), 3), dtype=np.uint8)
        smooth = Image.Resampling.NEAREST if number % 2 else Image.Resampling.BICUBIC
        light = Image.new("RGB", (96, 72), ("red", "lime", "blue")[number // 8])
        place = folder / f"subject {number // 8}"
        place.mkdir(parents=True, exist_ok=True)
        Image.blend(Image.fromarray(squares).resize((96, 72), smooth), light, 0.2).save(place / f"{number}.jpg")

"""The pictures of the guide: each is shown, and the script that makes them still finds its way through the window."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.samples import write_subjects

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
    photos = write_subjects(tmp_path / "Pictures", 3, 8)
    to = tmp_path / "made"
    to.mkdir()
    done = subprocess.run(
        [sys.executable, TREE / "scripts" / "guide_pictures.py", photos, "--look", "light", "--to", to],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in to.iterdir()) == sorted(
        file.name for file in (DOCS / "images").glob("*-light.jpg")
    )
    assert all(file.stat().st_size > 5000 for file in to.iterdir())

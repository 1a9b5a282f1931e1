"""A program that is started where no screen answers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is one")
def test_a_screen_that_does_not_answer_is_a_sentence_and_no_crash(tmp_path):
    root = Path(__file__).parents[2]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND", "XDG_"))}
    done = subprocess.run(
        [sys.executable, str(root / "main.py"), "--library", str(tmp_path / "library")],
        env={**kept, "HOME": str(tmp_path), "DISPLAY": ":987", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-2:] == [
        "lookalike: No screen answers, so the window cannot be opened.",
        "Log in to a desktop, or use a command: lookalike --help",
    ]

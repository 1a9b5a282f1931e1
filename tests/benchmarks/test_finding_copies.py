"""The copies benchmark: twelve edits, and the place of the original."""

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.copies import EDITS, HARD, chosen, ranks
from tests.samples import picture, write_model

SIZE = (96, 72)
SIZES = {"half size": (48, 36), "crop to 80%": (77, 58), "crop to 60%": (58, 43), "quarter turn": (72, 96)}
SIZES["border"] = (108, 84)


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_makes_another_picture_of_the_stated_size(name):
    original = picture(1, SIZE)
    edited = Image.open(io.BytesIO(EDITS[name](original, 0)))
    assert (edited.format, edited.mode) == ("JPEG", "RGB")
    assert edited.size == SIZES.get(name, SIZE)
    if edited.size == SIZE:
        assert np.abs(np.asarray(edited, float) - np.asarray(original, float)).mean() > 0.5


def test_there_are_twelve_edits_and_two_of_them_are_hard():
    assert len(EDITS) == 12
    assert set(HARD) < set(EDITS)


def test_brightness_goes_both_ways():
    original = picture(1, SIZE)
    up, down = (np.asarray(Image.open(io.BytesIO(EDITS["brightness 30%"](original, number)))) for number in (0, 1))
    assert down.mean() < np.asarray(original).mean() < up.mean()


def test_what_is_as_near_as_the_original_is_in_its_way():
    originals = np.eye(3, dtype=np.float32)
    queries = np.array([[1, 0, 0], [0.8, 0.6, 0], [0, 0, 1]], dtype=np.float32)
    distractors = np.array([[0, 0, 1]], dtype=np.float32)
    assert ranks(queries, originals, distractors).tolist() == [1, 2, 2]


def test_distractors_hold_no_original(tmp_path):
    for number in range(6):
        picture(number).save(tmp_path / f"{number}.png")
    (tmp_path / "again.png").write_bytes((tmp_path / "3.png").read_bytes())
    originals = [tmp_path / "3.png"]
    found = chosen(tmp_path, 20, 0, originals)
    assert sorted(file.name for file in found) == ["0.png", "1.png", "2.png", "4.png", "5.png"]
    assert chosen(tmp_path, 2, 0, originals) == found[:2]


def test_it_runs_anywhere_and_prints_one_line(tmp_path):
    script = Path(__file__).parents[2] / "benchmarks" / "copies.py"
    words = ["--originals", "3", "--count", "5", "--model", write_model(tmp_path)]
    done = subprocess.run([sys.executable, script, *words], capture_output=True, text=True, check=True)
    document = json.loads(done.stdout)
    assert document["edits"]["JPEG quality 30"] == 1
    assert 0 <= document["ratio"] <= 1
    assert done.stdout.count("\n") == 1
    assert len(done.stderr.splitlines()) == 13

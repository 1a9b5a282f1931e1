"""The benchmark of small pictures in smaller."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs the extra [train]")
BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "small_pictures.py"


def test_both_recipes_learn_for_as_long_and_are_told_alike():
    line = [sys.executable, str(BENCHMARK), "--batch", "4", "--minutes", "0.01", "--device", "cpu"]
    done = subprocess.run(line, capture_output=True, text=True, timeout=200, check=True)
    figures = json.loads(done.stdout)
    assert figures["benchmark"].endswith("on cpu")
    ours, published = figures["ours"], figures["published"]
    assert set(ours) == set(published)
    assert ours["steps"] >= published["steps"] >= 2
    assert all(0 <= one[name] <= 1 for one in (ours, published) for name in ("accuracy", "map@r", "precision@5"))

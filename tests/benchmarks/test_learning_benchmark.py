"""The learning benchmark in small."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.samples import write_model, write_subjects

pytest.importorskip("sklearn", reason="learning needs the extra [train]")
BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "learning.py"


def test_learning_helps_with_photos_that_were_kept_back(tmp_path):
    photos = write_subjects(tmp_path / "photos", 5, 12)
    model = write_model(tmp_path / "models")
    line = [sys.executable, BENCHMARK, "--photos", photos, "--model", model, "--count", "30", "--splits", "2"]
    done = subprocess.run([str(word) for word in line], capture_output=True, text=True, timeout=120, check=True)
    figures = json.loads(done.stdout)
    assert figures["points"] >= 0
    assert figures["after"]["map@r"][0] > figures["before"]["map@r"][0]
    assert 0 < figures["after"]["triplet_loss"][0] < 1.5


def test_the_splits_never_share_a_photo_and_keep_the_shares_of_the_classes():
    from benchmarks.learning import splits

    classes = np.repeat([0, 1], [300, 100])
    for train, test in splits(classes, 184, 3):
        assert (len(train), len(test)) == (184, 183)
        assert not set(train) & set(test)
        assert np.mean(classes[train] == 1) == pytest.approx(0.25, abs=0.01)

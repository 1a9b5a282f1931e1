"""`train` in two processes that train together, as `torchrun` starts them."""

import json
import socket
import subprocess

import pytest

from tests.cli.conftest import COMMAND
from tests.samples import write_model, write_subjects

pytest.importorskip("sklearn", reason="training needs the extra [train]")
pytest.importorskip("torch", reason="training needs the extra [train]")

PROCESSES = 2
RECIPE = ("--recipe", "supcon", "--backbone", "simple_cnn", "--device", "cpu", "--base", "tiny", "--out", "ours")
SETTINGS = {"side": 32, "most_steps": 3, "batch_size": 8, "validations": 1, "checkpoint_seconds": 0.0}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_two_processes_make_one_model(home, tmp_path):
    library, subjects = tmp_path / "library", write_subjects(tmp_path / "subjects", classes=3, each=5)
    write_model(library / "models")
    options = ["--install=always", *(f"--set={name}={value}" for name, value in SETTINGS.items())]
    line = [*COMMAND, "--library", str(library), "--json", "train", str(subjects), *RECIPE, *options]
    meeting = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": free_port(), "WORLD_SIZE": str(PROCESSES)}
    started = [
        subprocess.Popen(
            line,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=home | meeting | {"RANK": str(number), "LOCAL_RANK": str(number), "OMP_NUM_THREADS": "1"},
        )
        for number in range(PROCESSES)
    ]
    try:
        (told, trouble), (silence, other) = (process.communicate(timeout=120) for process in started)
    finally:
        for process in started:
            process.kill()
    assert [process.returncode for process in started] == [0, 0], (trouble + other).decode()
    assert silence == b""
    assert json.loads(told)["model"] == "ours"
    assert (library / "models" / "ours" / "model.onnx").is_file()
    assert len([place for place in (library / "runs").iterdir() if (place / "model").is_dir()]) == 1
    assert not list((library / "runs").glob(".training-*"))

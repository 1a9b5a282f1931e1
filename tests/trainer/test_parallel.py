"""Two processes that train together come to what one comes to that takes the batches of both."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch

from engine.errors import BadRequestError
from tests.trainer.parallel_training import train
from trainer import devices, parallel

PROCESSES = 2


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Where two processes that trained together left their weights."""
    place = tmp_path_factory.mktemp("together")
    own = os.environ | {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": free_port(), "WORLD_SIZE": str(PROCESSES)}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.trainer.parallel_training", str(place)],
            env=own | {"RANK": str(number), "LOCAL_RANK": str(number), "OMP_NUM_THREADS": "1"},
            cwd=Path(__file__).parents[2],
        )
        for number in range(PROCESSES)
    ]
    assert [process.wait(timeout=120) for process in started] == [0, 0]
    return place


def test_two_processes_learn_what_one_learns_from_the_batches_of_both(place, tmp_path):
    first, second = (torch.load(place / f"{number}.pt", weights_only=True) for number in range(PROCESSES))
    alone = train(tmp_path / "alone", together=PROCESSES)
    for name, value in alone.items():
        torch.testing.assert_close(first[name], value)
        torch.testing.assert_close(second[name], value)
    assert (place / "0" / "latest.pt").is_file()
    assert not (place / "1" / "latest.pt").exists()  # the first one writes for all


def test_a_step_that_one_process_cannot_hold_is_left_out_by_both(place):
    first, second = (torch.load(place / f"{number} in halves.pt", weights_only=True) for number in range(PROCESSES))
    assert all(value.isfinite().all() for value in first.values())
    torch.testing.assert_close(first, second, rtol=0, atol=0)
    scale = torch.load(place / "0 in halves" / "latest.pt", weights_only=True)["state"]["scaler"]["scale"]
    assert scale == 2**15  # half of what it began with: that step was one


def test_a_process_alone_waits_for_nobody():
    parallel.begin()
    with parallel.first_alone():
        assert (parallel.count(), parallel.number(), parallel.is_first()) == (1, 0, True)
    assert parallel.mean(torch.tensor(2.5)) == 2.5
    assert [parallel.any_says(word) for word in (True, False)] == [True, False]


def test_a_gpu_is_taken_if_all_processes_can_take_theirs(monkeypatch):
    monkeypatch.setattr(devices, "_cuda_problem", lambda: "")
    assert devices.choose_device() == torch.device("cuda")
    monkeypatch.setattr(parallel, "any_says", lambda word: True)
    assert devices.choose_device() == torch.device("cpu")
    with pytest.raises(BadRequestError, match="another of the processes cannot use it"):
        devices.choose_device("cuda")

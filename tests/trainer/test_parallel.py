"""Two processes that train together come to what one comes to that takes the batches of both."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch

from tests.trainer.parallel_training import train
from trainer import parallel

PROCESSES = 2


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_two_processes_learn_what_one_learns_from_the_batches_of_both(tmp_path):
    own = os.environ | {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": free_port(), "WORLD_SIZE": str(PROCESSES)}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.trainer.parallel_training", str(tmp_path)],
            env=own | {"RANK": str(number), "LOCAL_RANK": str(number), "OMP_NUM_THREADS": "1"},
            cwd=Path(__file__).parents[2],
        )
        for number in range(PROCESSES)
    ]
    assert [process.wait(timeout=120) for process in started] == [0, 0]
    first, second = (torch.load(tmp_path / f"{number}.pt", weights_only=True) for number in range(PROCESSES))
    alone = train(tmp_path / "alone", together=PROCESSES)
    for name, value in alone.items():
        torch.testing.assert_close(first[name], value)
        torch.testing.assert_close(second[name], value)
    assert (tmp_path / "0" / "latest.pt").is_file()
    assert not (tmp_path / "1" / "latest.pt").exists()  # the first one writes for all


def test_a_process_alone_waits_for_nobody():
    parallel.begin()
    with parallel.first_alone():
        assert (parallel.count(), parallel.number(), parallel.is_first()) == (1, 0, True)
    assert parallel.mean(torch.tensor(2.5)) == 2.5

"""Measuring the memory of processes: all of them count, and what has ended is no error."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.indexing_memory import family, memory, write_photos
from engine.imaging.decoding import decode

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux tells it this way")


def test_processes_that_a_process_has_started_count_with_it():
    script = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'print(flush=True); input()'])"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        parent.stdout.readline()
        assert len(family(parent.pid)) == 2
        assert set(family(parent.pid)) < set(family(os.getpid()))
        assert memory(parent.pid) > 1
        parent.communicate(b"\n")
    assert memory(parent.pid) == 0
    assert family(parent.pid) == [parent.pid]


def test_memory_is_what_is_written_to():
    before = memory(os.getpid())
    block = bytearray(os.urandom(1)) * (64 * 2**20)
    assert 60 < memory(os.getpid()) - before < 100
    del block


def test_every_photo_is_a_file_of_its_own_that_can_be_read(tmp_path):
    write_photos(tmp_path / "photos", 45)
    files = sorted((tmp_path / "photos").iterdir())
    assert len({file.read_bytes() for file in files}) == 45
    assert decode(files[44], short_side=100).image.size

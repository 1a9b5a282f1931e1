"""Folders into which nobody may write, the super-user neither: the system refuses it, not a pretence."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

DRIVE, RIGHTS = "a drive that is read-only", "a folder without rights"


@contextmanager
def closed(folder: Path, how: str) -> Iterator[Path]:
    """Where this folder can be read and not be written to; skips the test where the system cannot be asked for that.

    Args:
        how: DRIVE mounts it a second time, so that it can be written to as before where it was.
    """
    with ExitStack() as stack:
        yield stack.enter_context(_mounted(folder) if how == DRIVE else _without_rights(folder))


@contextmanager
def _mounted(folder: Path) -> Iterator[Path]:
    place = folder.with_name(f"{folder.name}-drive")
    place.mkdir(exist_ok=True)
    if not _can("mount", "--bind", folder, place):
        pytest.skip("nothing can be mounted here")
    try:
        assert _can("mount", "-o", "remount,ro,bind", place)
        yield place
    finally:
        assert _can("umount", "--lazy", place)


@contextmanager
def _without_rights(folder: Path) -> Iterator[Path]:
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has other rights")
    inside = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in inside}
    if os.geteuid() == 0 and not _can("chattr", "+i", *reversed(inside)):
        pytest.skip("the super-user may write everywhere here")
    try:
        if os.geteuid() != 0:
            for path in inside:
                path.chmod(modes[path] & ~0o222)
        yield folder
    finally:
        if os.geteuid() == 0:
            assert _can("chattr", "-i", *inside)
        for path in inside:
            path.chmod(modes[path])


def _can(*words: object) -> bool:
    try:
        return subprocess.run([*map(str, words)], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False

"""The command as a user runs it: a process and a home folder of its own, and a library with a dozen photos."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import main
from tests.cli.forked import run_forked

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, str(ROOT / "main.py")]
PHOTOS = 12


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it said."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def document(self) -> Any:
        """The one JSON document on stdout; what is not exactly that fails the test."""
        return json.loads(self.out.decode("utf-8"))


Lookalike = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """Ctrl-C is heard, by programs that are started too, although tests that run in the background ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the commands: nothing of the person who runs the tests. One process reads photos."""
    folder = tmp_path_factory.mktemp("home")
    settings = folder / "config" / "lookalike" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("workers = 1\n")  # each loads half of the program, and there are a dozen photos
    own = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "DISPLAY", "WAYLAND"))}
    return own | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config"), "NO_COLOR": "", "COLUMNS": "80"}


@pytest.fixture(scope="session")
def lookalike(home: dict[str, str], started: Lookalike) -> Lookalike:
    """lookalike(*arguments, **environment): runs the command to its end, forked unless the environment is another."""

    def run(*arguments: object, **environment: str) -> Outcome:
        if environment or sys.platform != "linux":
            return started(*arguments, **environment)
        status, out, err = run_forked([*map(os.fsdecode, map(_word, arguments))], home)
        return Outcome(status, out, err.decode())

    return run


@pytest.fixture(scope="session")
def started(home: dict[str, str]) -> Lookalike:
    """The same in a new Python that has to load everything, as a user starts it."""

    def run(*arguments: object, **environment: str) -> Outcome:
        done = subprocess.run(
            [*COMMAND, *map(os.fsdecode, map(_word, arguments))],
            capture_output=True,
            env=home | environment,
            timeout=120,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr.decode())

    return run


@pytest.fixture
def here(home: dict[str, str], monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Lookalike:
    """The same in this process, for what loads torch, which takes seconds: other tests may have loaded it already."""

    def run(*arguments: object) -> Outcome:
        for name in ("HOME", "XDG_CONFIG_HOME"):
            monkeypatch.setenv(name, home[name])
        capfdbinary.readouterr()
        status = main.main([*map(str, arguments)])
        out, err = capfdbinary.readouterr()
        return Outcome(status, out, err.decode())

    return run


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that no test changes: a dozen photos, one of them damaged besides, and a text."""
    folder = tmp_path_factory.mktemp("photos")
    for seed in range(PHOTOS):
        paint(seed).save(folder / f"photo_{seed:02}.jpg", quality=92)
    (folder / "cut.jpg").write_bytes((folder / "photo_00.jpg").read_bytes()[:300])
    (folder / "letter.txt").write_text("Dear reader")
    return folder


@pytest.fixture(scope="session")
def indexed(started: Lookalike, photos: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """A library that holds the photos, and how indexing them ended."""
    folder = tmp_path_factory.mktemp("indexed") / "library"
    return folder, started("--library", folder, "--json", "index", photos, "--workers", 2)


@pytest.fixture
def shelf(indexed: tuple[Path, Outcome], tmp_path: Path) -> Path:
    """A library with the photos for one test to change."""
    folder, outcome = indexed
    assert outcome.status == 0, outcome.err
    return Path(shutil.copytree(folder, tmp_path / "shelf"))


def paint(seed: int, size: tuple[int, int] = (128, 96)) -> Image.Image:
    """A picture of soft blobs, different for every seed."""
    blobs = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(blobs).resize(size, Image.Resampling.BICUBIC)


def _word(argument: object) -> str | bytes:
    return argument if isinstance(argument, bytes) else str(argument)

"""kill -9 while a library changes to another model, remembers queries, or is used by several programs at once."""

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from engine.library import Library
from engine.records import Decision, Query, QueryPicture
from engine.settings import Settings
from tests.engine import children
from tests.faults.nightly import NIGHTLY
from tests.samples import picture

pytestmark = pytest.mark.faults

PHOTOS = 400 if NIGHTLY else 160
KILLS = 20 if NIGHTLY else 3

BEGIN = """
import sys
from pathlib import Path
from engine.errors import EngineError
from engine.jobs import Job
from engine.library import Library
from engine.records import Decision, Query, QueryPicture
from engine.settings import Settings
folder, models, photos = map(Path, sys.argv[1:4])
def opened():
    return Library.open(folder, models, Settings(workers=1))
"""


@pytest.fixture(scope="module")
def whole(models_folder, tmp_path_factory):
    """A closed library with photos, for every test to copy, and the folder of its photos."""
    place = tmp_path_factory.mktemp("whole")
    (place / "photos").mkdir()
    for seed in range(PHOTOS):
        picture(seed).save(place / "photos" / f"photo_{seed:03}.jpg", quality=92)
    with Library.open(place / "library", models_folder, Settings(workers=1)) as library:
        library.index([place / "photos"])
    return place / "library", place / "photos"


@pytest.fixture
def places(whole, models_folder, tmp_path):
    """The folders of a library, of the models and of the photos."""
    library, photos = whole
    return shutil.copytree(library, tmp_path / "library"), models_folder, photos


def kill_after(child: subprocess.Popen, lines: int, pause: float = 0.0) -> list[str]:
    """Kill a child some time after it has printed so many lines; returns all it printed, to the last byte."""
    printed = [child.stdout.readline() for _ in range(lines)]
    time.sleep(pause)
    child.send_signal(signal.SIGKILL)
    printed += child.stdout.readlines()
    child.wait()
    child.stdout.close()
    assert child.returncode == -signal.SIGKILL, "".join(printed)
    return [line for line in printed if line.endswith("\n")]


def test_a_change_of_model_that_is_killed_again_and_again_comes_to_its_end(places, open_library):
    """The old model answers until the new one has every photo, whatever happens in between."""
    script = BEGIN + "opened().index(model='zother', job=Job(lambda progress: print(progress.stage, flush=True)))"
    rng = random.Random(4)
    done = 0
    for _ in range(KILLS):
        kill_after(children.start(script, *places), 3 + rng.randrange(PHOTOS // (2 * KILLS)), rng.uniform(0, 0.05))
        library = open_library()
        assert library.status().model == "tiny"
        assert (
            len(library.search(Query((QueryPicture(places[2] / "photo_001.jpg"),), k=5), remember=False).matches) == 5
        )
        change = library.models.change()
        assert change is not None
        assert change.done >= done, "what was embedded before stays"
        done = change.done
        library.close()
    library = open_library()
    library.index()
    assert library.status().model == "zother"
    assert library.verify().problems == ()
    assert library.counts().searchable == PHOTOS


@pytest.mark.parametrize("round_", range(KILLS))
def test_no_query_and_no_decision_that_was_acknowledged_is_lost(places, open_library, round_):
    script = (
        BEGIN
        + """
library = opened()
files = sorted(photos.iterdir())
number = 0
while True:
    entry = library.search(Query((QueryPicture(files[number % len(files)]),), k=5)).entry_id
    print("asked", entry, flush=True)
    library.history.pin(entry)
    print("pinned", entry, flush=True)
    photo = library.photos.at(files[number % len(files)])
    library.decisions.decide(Decision.PINNED, [photo.content_hash])
    print("decided", photo.content_hash.hex(), flush=True)
    number += 1
"""
    )
    printed = kill_after(children.start(script, *places), 20 + 7 * round_, random.Random(round_).uniform(0, 0.02))
    told = [line.split() for line in printed]
    library = open_library()
    entries = {entry.id: entry for entry in library.history.list()}
    assert {word for what, word in told if what == "asked"} <= set(entries)
    assert all(entries[word].pinned for what, word in told if what == "pinned")
    decided = {bytes.fromhex(word) for what, word in told if what == "decided"}
    assert decided <= library.decisions.contents(Decision.PINNED)
    assert library.verify().problems == ()


def test_several_programs_may_use_one_library_at_once(places, open_library, make_photos, tmp_path):
    """Each does its work or says in a sentence who is in its way; the library is sound afterwards."""
    make_photos(tmp_path / "more", 30, first=PHOTOS)
    update = f"library.index([Path({str(tmp_path / 'more')!r})])"
    ask = "[library.search(Query((QueryPicture(file),), k=5)) for file in sorted(photos.iterdir())[:25]]"
    look = "[(library.verify(), library.status()) for _ in range(3)]"
    change = "[(library.models.use('zother'), library.models.use('tiny'), library.history.clear()) for _ in range(20)]"
    running = [
        children.start(
            BEGIN
            + f"try:\n    with opened() as library:\n        {work}\nexcept EngineError as error:\n    print(error)",
            *places,
        )
        for work in (update, update, ask, ask, look, change)
    ]
    for child in running:
        printed, _ = child.communicate(timeout=120)
        assert child.returncode == 0, printed
        assert "Traceback" not in printed
        assert not printed or "Wait until it has finished" in printed or "Another" in printed
    library = open_library()
    library.index()
    assert library.counts().searchable == PHOTOS + 30
    assert library.verify().problems == ()


def test_a_lock_that_its_holder_left_behind_stops_nobody(places, open_library):
    script = (
        BEGIN + "library = opened()\nwith library._lock.held():\n    print('held', flush=True)\n    sys.stdin.read()"
    )
    kill_after(children.start(script, *places), 1)
    lock = Path(places[0]) / "lock"
    assert lock.exists()
    lock.write_text("99999")
    os.utime(lock, (0, 0))
    assert open_library().index().unchanged == PHOTOS

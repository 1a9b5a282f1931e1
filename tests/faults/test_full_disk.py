"""A disk that is full at any moment: a sentence, and nothing that was there is lost."""

import pytest

from engine.settings import Settings
from engine.settings_file import SettingsFile
from tests.engine import children
from tests.faults.nightly import NIGHTLY

pytestmark = pytest.mark.faults

PHOTOS = 30
LIMITS = range(0, 400_000, 10_000) if NIGHTLY else (0, 30_000, 110_000, 220_000, 290_000)
"""Bytes beyond which no file may grow, so that another write fails each time."""

BEGIN = (
    children.NO_ROOM
    + """
import sys
from pathlib import Path
from engine.errors import EngineError
from engine.library import Library
from engine.records import Query, QueryPicture
from engine.settings import Settings
folder, models, photos = map(Path, sys.argv[1:4])
"""
)


@pytest.mark.parametrize("limit", LIMITS)
def test_an_update_goes_on_when_there_is_room_again(open_library, make_photos, models_folder, tmp_path, limit):
    make_photos(tmp_path / "photos", PHOTOS)
    script = f"""
no_room({limit})
try:
    with Library.open(folder, models, Settings(workers=1)) as library:
        library.index([photos])
    print("done")
except EngineError as error:
    print(type(error).__name__, error)
"""
    said = children.run(BEGIN + script, tmp_path / "library", models_folder, tmp_path / "photos")
    assert said == "done\n" or said.startswith("StorageFullError"), said
    library = open_library()
    library.index([tmp_path / "photos"])
    assert library.counts().searchable == PHOTOS
    assert library.verify().problems == ()


def test_a_question_is_answered_although_it_cannot_be_remembered(open_library, make_photos, models_folder, tmp_path):
    make_photos(tmp_path / "photos", PHOTOS)
    library = open_library()
    library.index([tmp_path / "photos"])
    library.close()
    script = """
with Library.open(folder, models, Settings(workers=1)) as library:
    query = Query((QueryPicture(photos / "photo_001.jpg"),), k=5)
    first = library.search(query)
    no_room(0)
    full = library.search(query)
    again = library.rerun(first.entry_id)
print(len(full.matches), full.entry_id, type(full.unremembered).__name__)
print(len(again.matches), again.entry_id == first.entry_id, type(again.unremembered).__name__)
"""
    said = children.run(BEGIN + script, library.folder, models_folder, tmp_path / "photos").splitlines()
    assert said == ["5 None StorageFullError", "5 True StorageFullError"]
    assert len(open_library().history.list()) == 1


def test_settings_stay_as_they_were(tmp_path):
    file = SettingsFile(tmp_path / "settings.toml")
    file.save(Settings(workers=3))
    before = file.path.read_bytes()
    script = """
from pathlib import Path
import sys
from engine.errors import EngineError
from engine.settings import Settings
from engine.settings_file import SettingsFile
no_room(0)
try:
    SettingsFile(Path(sys.argv[1])).save(Settings(workers=4))
except EngineError as error:
    print(error)
"""
    assert "cannot be written" in children.run(children.NO_ROOM + script, file.path)
    assert file.path.read_bytes() == before
    assert [left.name for left in tmp_path.iterdir()] == ["settings.toml"]

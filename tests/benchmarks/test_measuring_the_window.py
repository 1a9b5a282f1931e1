"""The benchmarks of the window, on little: what they make, what they do, what they print."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.generated_library import BURST, generated_library
from engine.library import Library

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
PHOTOS = 300


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("place")
    generated_library(folder, PHOTOS)
    return folder


def run(name: str, *words: object) -> dict:
    done = subprocess.run(
        [sys.executable, BENCHMARKS / name, *map(str, words)], capture_output=True, text=True, check=True
    )
    assert done.stdout.count("\n") == 1
    return json.loads(done.stdout)


def test_the_generated_library_is_a_whole_one(place):
    generated = generated_library(place, PHOTOS)
    photos = generated.every(1)
    assert len(set(photos)) == PHOTOS
    assert generated.every(100) == photos[::100]
    assert all(photo.is_file() for photo in (*photos, generated.stranger))
    with Library.open(generated.folder) as library:
        assert library.verify().ok
        report = library.index()
        assert (report.unchanged, report.added, report.updated, report.missing) == (PHOTOS, 0, 0, 0)
        assert library.counts().searchable == PHOTOS
        facets = library.browsing.facets(library.history.list()[0].query.filters)
        assert len(facets.cameras) > 1
        assert len(facets.days) > 1
        assert {name for name, _ in facets.formats} == {"JPEG", "PNG", "WEBP"}
        assert min(facets.orientations.values()) > 0
        assert library.thumbnail(library.photos.at(photos[0]).id)[:2] == b"\xff\xd8"


def test_it_is_made_once_and_no_other_in_its_place(place):
    written = (place / "library" / "catalog.db").stat().st_ino
    generated_library(place, PHOTOS)
    assert (place / "library" / "catalog.db").stat().st_ino == written
    with pytest.raises(FileExistsError, match="name an empty folder"):
        generated_library(place, PHOTOS + BURST)


def test_the_window_is_measured_and_one_line_printed(place):
    document = run("window.py", "--place", place, "--photos", PHOTOS)
    assert document["benchmark"] == "the window on 300 photos"
    assert document["ratio"] > 0
    for name in ("opened", "first query", "first query by a file", "many matches", "history"):
        assert document[name]["ms"] > 0
        assert document[name]["block_ms"] > 0
    for name in ("queries", "queries that are filtered", "range of scores", "details", "views", "library filtered"):
        assert 0 < document[name]["ms"]["p50"] <= document[name]["ms"]["p95"] <= document[name]["ms"]["max"]
    for name in ("frames of many matches", "frames of the library"):
        assert 0 < document[name]["p50"] <= document[name]["p95"] <= document[name]["max"]
    assert 0 < document["idle_mib"] <= document["used_mib"] + 100


def test_the_first_frame_is_measured_and_one_line_printed():
    document = run("first_frame.py", "--rounds", 1)
    assert document["ratio"] > 1
    assert 0 < document["bare_processor_seconds"] < document["processor_seconds"]

"""Crops of pictures that an embedding takes for other pictures: found where a person asks for them."""

from pathlib import Path

import pytest

from engine.catalog.pairs import PairKind
from engine.duplicates.groups import DuplicateOptions, Reason
from engine.jobs import Cancelled, Job
from engine.library import Library
from engine.settings import Settings
from tests.samples import scene

MODELS = Path(__file__).parents[3] / "resources" / "models"
CROPS = DuplicateOptions(crops=True)
CUTS = {
    "cut_4.jpg": (4, (80, 50, 368, 266)),
    "cut_5.jpg": (5, (100, 60, 436, 312)),
    "cut_7.jpg": (7, (60, 50, 444, 338)),
}
"""To 60, 70 and 80 % of each side."""


@pytest.fixture(scope="module")
def cut_up(tmp_path_factory):
    """Pictures and crops of some, in a library with the model of the program: the one of the tests knows no parts."""
    folder = tmp_path_factory.mktemp("cut")
    for seed in range(24):
        scene(seed, (480, 360)).save(folder / f"scene_{seed}.jpg", quality=92)
    for name, (seed, box) in CUTS.items():
        scene(seed, (480, 360)).crop(box).save(folder / name, quality=92)
    with Library.open(tmp_path_factory.mktemp("cuts"), MODELS, Settings(workers=1)) as library:
        library.index([folder])
        yield library


@pytest.fixture(scope="module")
def groups(cut_up):
    return cut_up.duplicates.find(CROPS)


def names(groups) -> set[tuple[str, ...]]:
    return {tuple(member.photo.path.name for member in group.members) for group in groups}


def test_crops_are_found_where_they_are_looked_for(cut_up, groups):
    assert names(groups) == {(f"scene_{seed}.jpg", name) for name, (seed, _) in CUTS.items()}
    assert names(cut_up.duplicates.find()) <= {("scene_7.jpg", "cut_7.jpg")}


def test_a_crop_is_told_as_one_and_the_whole_picture_kept(groups):
    told = {group.members[1].photo.path.name: str(group.members[1].verdict) for group in groups}
    assert told == {"cut_4.jpg": "cropped to 60 %", "cut_5.jpg": "cropped to 70 %", "cut_7.jpg": "cropped to 80 %"}
    assert all(Reason.WHOLE in group.reasons for group in groups)


def test_crops_that_are_kept_apart_stay_apart(cut_up, groups):
    (group,) = [group for group in groups if group.keeper.path.name == "scene_5.jpg"]
    pairs = cut_up.duplicates.keep_apart(PairKind.NOT_COPIES, [member.photo for member in group.members])
    left = names(cut_up.duplicates.find(CROPS))
    cut_up.duplicates.take_back(PairKind.NOT_COPIES, pairs)
    assert left == {("scene_4.jpg", "cut_4.jpg"), ("scene_7.jpg", "cut_7.jpg")}


def test_looking_for_crops_tells_how_far_it_is_and_hears_a_cancel(cut_up):
    job = Job()
    told = []

    def report(progress):
        told.append(progress.stage)
        if progress.stage == "looking for crops":
            job.cancel()

    job.report = report
    cut_up.duplicates.find(DuplicateOptions(), job)
    assert "looking for crops" not in told
    with pytest.raises(Cancelled):
        cut_up.duplicates.find(CROPS, job)
    assert told[-1] == "looking for crops"

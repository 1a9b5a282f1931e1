"""Copies mode on a real library: what is found, what is said of it, and what is not found."""

import io
import shutil

import pytest
from PIL import Image, ImageOps

from engine.records import Mode, Query, QueryPicture, Region
from tests.samples import scene


@pytest.fixture
def photos(library, tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for seed in range(6):
        scene(seed).save(folder / f"scene_{seed}.jpg", quality=92)
    original = Image.open(folder / "scene_2.jpg")
    original.crop((30, 20, 290, 215)).save(folder / "cut.jpg", quality=88)
    ImageOps.mirror(original).resize((180, 135)).save(folder / "mirrored.png")
    original.rotate(90, expand=True).save(folder / "turned.jpg", quality=90)
    ImageOps.expand(original, 30, "white").save(folder / "framed.jpg", quality=90)
    original.save(folder / "pixels.png")
    shutil.copyfile(folder / "scene_2.jpg", folder / "again.jpg")
    library.index([folder])
    return folder


def verdicts(result) -> dict[str, str]:
    return {match.photo.path.name: str(match.verdict) for match in result.matches}


EXPECTED = {
    "scene_2.jpg": "identical file",
    "again.jpg": "identical file",
    "pixels.png": "identical pixels",
    "cut.jpg": "cropped to 72 %",
    "mirrored.png": "resized to 50 %, mirrored",
    "turned.jpg": "turned 270°",
    "framed.jpg": "border added",
}


def test_every_copy_is_found_with_what_was_done_to_it(library, photos):
    result = library.search(Query((QueryPicture(photos / "scene_2.jpg"),), mode=Mode.COPIES))
    assert verdicts(result) == EXPECTED
    assert all(match.verdict.confidence > 0.9 for match in result.matches)


def test_a_copy_that_lies_so_small_on_black_that_its_thumbnail_says_nothing_is_judged_by_its_file(library, photos):
    large = Image.open(photos / "scene_2.jpg").resize((1280, 960), Image.Resampling.LANCZOS)
    ground = Image.new("RGB", large.size)
    ground.paste(large.resize((256, 192)), (512, 384))
    ground.save(photos / "small.jpg", quality=92)
    library.index([photos])
    found = verdicts(library.search(Query((QueryPicture(photos / "scene_2.jpg"),), mode=Mode.COPIES)))
    assert found["small.jpg"].endswith("border added")
    assert "by thumbnail" not in found["small.jpg"]


def test_a_pasted_cut_finds_the_whole(library, photos):
    stream = io.BytesIO()
    Image.open(photos / "cut.jpg").save(stream, "PNG")
    result = library.search(Query((QueryPicture(data=stream.getvalue()),), mode=Mode.COPIES))
    assert verdicts(result)["scene_2.jpg"].startswith("shows more")
    assert verdicts(result)["cut.jpg"] == "identical pixels"


def test_a_region_is_no_identical_file(library, photos):
    query = Query((QueryPicture(photos / "scene_2.jpg", region=Region(0.2, 0.2, 0.6, 0.6)),), mode=Mode.COPIES)
    assert verdicts(library.search(query))["scene_2.jpg"] == "shows more (the other is cropped to 60 %)"


def test_several_pictures_find_the_copies_of_each_of_them(library, photos):
    pictures = (QueryPicture(photos / "scene_1.jpg"), QueryPicture(photos / "scene_2.jpg"))
    found = verdicts(library.search(Query(pictures, mode=Mode.COPIES)))
    assert found == EXPECTED | {"scene_1.jpg": "identical file"}


def test_what_is_not_liked_finds_nothing(library, photos):
    pictures = (QueryPicture(photos / "scene_1.jpg"), QueryPicture(photos / "scene_2.jpg", weight=-1))
    assert verdicts(library.search(Query(pictures, mode=Mode.COPIES))) == {"scene_1.jpg": "identical file"}


def test_a_file_that_is_gone_is_judged_by_its_thumbnail(library, photos):
    (photos / "turned.jpg").unlink()
    found = verdicts(library.search(Query((QueryPicture(photos / "scene_2.jpg"),), mode=Mode.COPIES)))
    assert found["turned.jpg"] == "turned 270° (by thumbnail)"


def test_a_query_whose_file_is_gone_is_judged_by_its_thumbnail(library, photos):
    query = Query((QueryPicture(photos / "scene_2.jpg"),), mode=Mode.COPIES)
    (photos / "scene_2.jpg").unlink()
    found = verdicts(library.search(query))
    assert found["again.jpg"] == "identical file"
    assert found["cut.jpg"] == "cropped to 72 % (by thumbnail)"


def test_a_first_answer_comes_without_reading_files_and_is_completed(library, photos):
    query = Query((QueryPicture(photos / "scene_2.jpg"),), mode=Mode.COPIES)
    first = library.search(query, at_once=True)
    assert not first.complete
    assert {name for name, said in verdicts(first).items() if "by thumbnail" not in said} == {
        "scene_2.jpg",
        "again.jpg",
    }
    fresh = library.refresh(first)
    assert fresh.complete
    assert verdicts(fresh) == EXPECTED
    assert library.history.get(first.entry_id).match_count == len(EXPECTED)
    assert library.search(Query((QueryPicture(photos / "scene_2.jpg"),)), at_once=True).complete


def test_a_first_answer_that_was_deleted_meanwhile_is_completed_all_the_same(library, photos):
    first = library.search(Query((QueryPicture(photos / "scene_2.jpg"),), mode=Mode.COPIES), at_once=True)
    library.history.delete(first.entry_id)
    assert verdicts(library.refresh(first)) == EXPECTED


def test_a_repeated_question_judges_nothing_again(library, photos, monkeypatch):
    query = Query((QueryPicture(photos / "scene_2.jpg"),), mode=Mode.COPIES)
    first = library.search(query)
    monkeypatch.setattr("engine.search.copies.judged", None)
    assert verdicts(library.refresh(first)) == EXPECTED

"""Searching a real library: what comes first, what is left out, what is remembered."""

import io
import shutil
from dataclasses import replace
from datetime import date, datetime

import pytest
from PIL import Image, ImageFilter

from engine.catalog.database import Database
from engine.catalog.schema import CATALOG
from engine.errors import BadRequestError, EngineError, NotFoundError
from engine.filters import Decided, Filters
from engine.library import Library
from engine.records import Mode, Query, QueryPicture, Region
from engine.settings import Settings
from tests.samples import picture


@pytest.fixture
def files(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 20)
    library.index([tmp_path / "photos"])
    return files


def encoded(image: Image.Image, kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


def names(result) -> list[str]:
    return [match.photo.path.name for match in result.matches]


def test_every_photo_finds_itself_first(library, files):
    for file in files:
        best = library.search(Query((QueryPicture(file),)), remember=False).matches[0]
        assert (best.photo.path, best.rank, best.score) == (file, 1, pytest.approx(1))
        assert best.distance < 1e-5


def test_a_picture_that_is_not_in_the_library(library, files):
    result = library.search(Query((QueryPicture(data=encoded(picture(3, (300, 225)))),)))
    assert names(result)[0] == "photo_003.jpg"
    assert result.timing.decode > 0
    assert result.timing.embed > 0
    assert result.searchable == 20


def test_matches_are_in_order_and_scores_fall(library, files):
    matches = library.search(Query((QueryPicture(files[0]),))).matches
    assert [match.rank for match in matches] == list(range(1, 21))
    assert [match.distance for match in matches] == sorted(match.distance for match in matches)
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)


def test_k_and_the_least_score(library, files):
    query = Query((QueryPicture(files[0]),), k=5)
    five = library.search(query).matches
    assert len(five) == 5
    some = library.search(replace(query, filters=Filters(min_score=five[2].score))).matches
    assert len(some) == 3


def test_copies_come_with_the_asked_one_first(library, files, tmp_path):
    shutil.copyfile(files[7], tmp_path / "photos" / "aaa.jpg")
    library.index()
    assert names(library.search(Query((QueryPicture(files[7]),))))[:2] == [files[7].name, "aaa.jpg"]


def test_a_file_that_changed_since_it_was_indexed_is_decoded(library, files):
    picture(99).save(files[0])
    result = library.search(Query((QueryPicture(files[0]),)))
    assert result.timing.decode > 0
    assert result.matches[0].distance > 0.01


def test_a_region_is_searched_as_a_picture_of_its_own(library, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 6)
    montage = Image.new("RGB", (192, 72))
    for place, seed in ((0, 2), (96, 4)):
        montage.paste(picture(seed), (place, 0))
    montage.save(tmp_path / "montage.png")
    library.index([tmp_path / "photos"])
    for region, name in ((Region(0, 0, 0.5, 1), "photo_002.jpg"), (Region(0.5, 0, 0.5, 1), "photo_004.jpg")):
        result = library.search(Query((QueryPicture(tmp_path / "montage.png", region=region),)))
        assert names(result)[0] == name
        assert result.matches[0].distance < 0.05


def test_several_pictures_and_less_like_this(library, files):
    both = library.search(Query((QueryPicture(files[1]), QueryPicture(files[2]))))
    assert set(names(both)[:2]) == {files[1].name, files[2].name}
    alone = library.search(Query((QueryPicture(files[1]),)))
    pushed = library.search(Query((QueryPicture(files[1]), QueryPicture(files[2], weight=-1))))
    assert rank(pushed, files[2]) > rank(alone, files[2]) or distance(pushed, files[2]) > distance(alone, files[2])


def test_filters_by_folder_date_and_camera(library, make_photos, tmp_path):
    for folder, first in (("a", 0), ("ab", 10), ("a/b", 20)):
        make_photos(tmp_path / "photos" / folder, 2, first=first)
    exif = Image.Exif()
    exif[0x0110] = "EOS 5D"
    exif[0x010F] = "Canon"
    exif.get_ifd(0x8769)[0x9003] = "2019:05:04 12:00:00"
    picture(40).save(tmp_path / "photos" / "ab" / "dated.jpg", exif=exif)
    library.index([tmp_path / "photos"])
    query = Query((QueryPicture(tmp_path / "photos" / "a" / "photo_000.jpg"),))

    def found(**filters):
        return sorted(names(library.search(replace(query, filters=Filters(**filters)))))

    assert found(folders=(tmp_path / "photos" / "a",)) == [
        "photo_000.jpg",
        "photo_001.jpg",
        "photo_020.jpg",
        "photo_021.jpg",
    ]
    assert found(folders=(tmp_path / "photos" / "ab",)) == ["dated.jpg", "photo_010.jpg", "photo_011.jpg"]
    assert len(found(folders=(tmp_path,))) == 7
    assert found(folders=(tmp_path / "elsewhere",)) == []
    assert found(camera="canon eos") == ["dated.jpg"]
    assert found(before=date(2019, 5, 4)) == ["dated.jpg"]
    assert found(after=date(2019, 5, 4), before=date(2019, 5, 4)) == ["dated.jpg"]
    assert len(found(after=date(2019, 5, 5))) == 6
    (match,) = library.search(replace(query, filters=Filters(camera="5d"))).matches
    assert match.photo.taken == datetime(2019, 5, 4, 12)


def test_hidden_photos_are_no_matches_until_they_are_asked_for(library, make_photos, tmp_path):
    paths = make_photos(tmp_path / "photos", 8)
    library.index([tmp_path / "photos"])
    query = Query((QueryPicture(paths[0]),), k=5)
    first = names(library.search(query))
    database = Database(library.folder / "catalog.db", CATALOG)
    with database.writing() as connection:
        for name in first[1:4]:
            content = library.photos.at(tmp_path / "photos" / name).content_hash
            connection.execute("INSERT INTO decisions VALUES ('hidden', ?, 0)", (content,))
    database.close()
    shown = names(library.search(query))
    assert len(shown) == 5, "as many as before: others take their places"
    assert not set(first[1:4]) & set(shown)
    hidden = names(library.search(replace(query, filters=Filters(decision=Decided.HIDDEN))))
    assert hidden == first[1:4]
    assert names(library.search(replace(query, filters=Filters(decision=Decided.ANY)))) == first


def test_copies_mode_finds_the_same_picture_and_nothing_else(library, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 12)
    with Image.open(tmp_path / "photos" / "photo_005.jpg") as image:
        image.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(tmp_path / "photos" / "mirrored.png")
        image.transpose(Image.Transpose.ROTATE_90).save(tmp_path / "photos" / "turned.png")
        image.resize((48, 36)).save(tmp_path / "photos" / "small.jpg", quality=60)
    library.index([tmp_path / "photos"])
    query = Query((QueryPicture(tmp_path / "photos" / "photo_005.jpg"),), mode=Mode.COPIES)
    assert set(names(library.search(query))) == {"photo_005.jpg", "mirrored.png", "turned.png", "small.jpg"}
    assert names(library.search(query))[0] == "photo_005.jpg"


def test_pictures_that_cannot_be_searched_with(library, files, tmp_path):
    (tmp_path / "text.jpg").write_text("no picture")
    with pytest.raises(EngineError, match=r"text\.jpg cannot be searched with: "):
        library.search(Query((QueryPicture(tmp_path / "text.jpg"),)))
    with pytest.raises(NotFoundError, match="There is no file"):
        library.search(Query((QueryPicture(tmp_path / "nowhere.jpg"),)))
    with pytest.raises(BadRequestError, match="is a folder"):
        library.search(Query((QueryPicture(tmp_path),)))
    assert library.history.list() == []
    assert names(library.search(Query((QueryPicture(files[0]),))))[0] == files[0].name


def test_an_empty_library_says_what_to_do(library, make_photos, tmp_path):
    (file,) = make_photos(tmp_path / "elsewhere", 1)
    with pytest.raises(NotFoundError, match="Add a folder with photos first"):
        library.search(Query((QueryPicture(file),)))


def test_a_library_of_a_model_that_is_gone_asks_for_an_update(library, files, models_folder, tmp_path):
    """As after an update of the program that brought another model."""
    library.close()
    shutil.copytree(models_folder / "zother", tmp_path / "newer" / "zother")
    with Library.open(library.folder, tmp_path / "newer", Settings(workers=1)) as newer:
        with pytest.raises(NotFoundError, match=r"None of the \d+ photos .* with the model zother") as caught:
            newer.search(Query((QueryPicture(files[0]),)))
        assert "lookalike index" in caught.value.hint
        newer.index()
        assert names(newer.search(Query((QueryPicture(files[0]),))))[0] == files[0].name


def test_a_query_needs_a_picture_to_look_like(files):
    with pytest.raises(BadRequestError, match="at least one picture"):
        Query((QueryPicture(files[0], weight=-1),))


def test_a_search_is_remembered_with_the_picture_itself(library, files):
    data = encoded(picture(3, (400, 300)))
    result = library.search(Query((QueryPicture(data=data),), k=7))
    (entry,) = library.history.list()
    assert entry.id == result.entry_id
    assert (entry.match_count, entry.model, entry.query.k) == (7, "tiny", 7)
    assert Image.open(io.BytesIO(library.history.picture(entry.id))).size == (320, 240)
    library.search(Query((QueryPicture(files[0]),)), remember=False)
    assert len(library.history.list()) == 1


def test_running_a_query_again_marks_what_is_new_since(library, files, make_photos, tmp_path):
    entry = library.search(Query((QueryPicture(data=encoded(picture(3))),))).entry_id
    make_photos(tmp_path / "photos", 2, first=60)
    library.index()
    again = library.rerun(entry)
    assert {match.photo.path.name for match in again.matches if match.new} == {"photo_060.jpg", "photo_061.jpg"}
    assert names(again)[0] == "photo_003.jpg"
    assert not any(match.new for match in library.rerun(entry).matches)
    assert len(library.history.list()) == 1


def test_a_query_survives_its_file_and_a_change_of_model(library, files, tmp_path):
    outside = tmp_path / "outside.png"
    picture(3).save(outside)
    entry = library.search(Query((QueryPicture(outside),))).entry_id
    outside.unlink()
    assert names(library.rerun(entry))[0] == "photo_003.jpg"
    library.index(model="zother")
    again = library.rerun(entry)
    assert (names(again)[0], again.model) == ("photo_003.jpg", "zother")


def test_refreshing_a_result_decodes_nothing_and_remembers_nothing(library, files, make_photos, tmp_path):
    result = library.search(Query((QueryPicture(data=encoded(picture(3))),)))
    make_photos(tmp_path / "photos", 1, first=70)
    library.index()
    fresh = library.refresh(result)
    assert "photo_070.jpg" in names(fresh)
    assert fresh.entry_id == result.entry_id
    assert len(library.history.list()) == 1


def test_exact_and_plain_search_agree(library, files):
    query = Query((QueryPicture(files[0]),))
    assert names(library.search(query)) == names(library.search(replace(query, exact=True)))


def rank(result, file) -> int:
    return names(result).index(file.name)


def distance(result, file) -> float:
    return next(match.distance for match in result.matches if match.photo.path == file)


def test_near_identical_matches_are_stacked(library, files, tmp_path):
    with Image.open(files[4]) as image:
        image.resize((48, 36)).save(tmp_path / "photos" / "small.jpg")
        image.save(tmp_path / "photos" / "again.jpg", quality=60)
    shutil.copyfile(files[7], tmp_path / "photos" / "twin.jpg")
    library.index()
    query = Query((QueryPicture(files[4]),))
    result = library.search(query)
    name_of = {match.photo.id: match.photo.path.name for match in result.matches}
    stacks = [[name_of[photo_id] for photo_id in stack] for stack in result.stacks]
    assert sorted(map(sorted, stacks)) == [["again.jpg", files[4].name, "small.jpg"], [files[7].name, "twin.jpg"]]
    assert next(stack for stack in stacks if "small.jpg" in stack)[-1] == "small.jpg"
    assert library.refresh(result).stacks == result.stacks
    assert library.search(replace(query, mode=Mode.COPIES)).stacks == ()


def test_the_best_shot_of_a_burst_is_the_sharp_one(library, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 5)
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2019:05:04 12:00:00"
    scene = picture(50, (640, 480)).resize((64, 48)).resize((640, 480), Image.Resampling.NEAREST)
    for name, radius in (("shaken.jpg", 6), ("sharp.jpg", 0), ("soft.jpg", 3)):
        scene.filter(ImageFilter.GaussianBlur(radius)).save(tmp_path / "photos" / name, exif=exif)
    library.index([tmp_path / "photos"])
    result = library.search(Query((QueryPicture(tmp_path / "photos" / "shaken.jpg"),)))
    name_of = {match.photo.id: match.photo.path.name for match in result.matches}
    assert [[name_of[photo_id] for photo_id in stack] for stack in result.stacks] == [
        ["sharp.jpg", "soft.jpg", "shaken.jpg"]
    ]


def test_pictures_that_cannot_be_read_are_left_out_where_that_is_wanted(library, files, tmp_path):
    (tmp_path / "broken.jpg").write_bytes(files[1].read_bytes()[:100])
    gone, broken = QueryPicture(tmp_path / "gone.jpg"), QueryPicture(tmp_path / "broken.jpg")
    query = Query((gone, QueryPicture(files[0]), broken))
    with pytest.raises(NotFoundError):
        library.search(query)
    result = library.search(query, leave_out=True)
    assert result.query.pictures == (QueryPicture(files[0]),)
    assert names(result)[0] == files[0].name
    assert ["gone.jpg" in str(result.left_out[0]), "broken.jpg" in str(result.left_out[1])] == [True, True]
    with pytest.raises(NotFoundError):
        library.search(Query((gone, replace(QueryPicture(files[0]), weight=-1.0))), leave_out=True)

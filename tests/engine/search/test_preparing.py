"""Query pictures that change a little, or whose files are out of reach."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from engine.errors import BadRequestError, NotFoundError
from engine.records import Mode, Query, QueryPicture, Region
from tests.samples import picture

LEFT, RIGHT = Region(0, 0, 0.5, 1), Region(0.5, 0, 0.5, 1)


@pytest.fixture
def files(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 8)
    library.index([tmp_path / "photos"])
    return files


@pytest.fixture
def montage(tmp_path):
    """Photo 2 at the left, photo 4 at the right."""
    image = Image.new("RGB", (192, 72))
    for place, seed in ((0, 2), (96, 4)):
        image.paste(picture(seed), (place, 0))
    file = tmp_path / "montage.png"
    image.save(file)
    return file


def best(result) -> str:
    return result.matches[0].photo.path.name


def encoded(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def test_a_changed_weight_mode_or_order_decodes_nothing_again(library, files, montage):
    outside, other = QueryPicture(montage), QueryPicture(data=encoded(picture(3)))
    assert library.search(Query((outside, other))).timing.decode > 0
    for again in (
        Query((replace(outside, weight=2.0), other)),
        Query((other, replace(outside, weight=-1.0))),
        Query((outside, other), mode=Mode.COPIES),
        Query((outside,)),
    ):
        assert library.search(again).timing.decode == 0


def test_another_region_or_a_changed_file_is_decoded(library, files, montage):
    library.search(Query((QueryPicture(montage, region=LEFT),)))
    assert library.search(Query((QueryPicture(montage, region=RIGHT),))).timing.decode > 0
    picture(5).save(montage)
    fresh = library.search(Query((QueryPicture(montage),)))
    assert (fresh.timing.decode > 0, best(fresh)) == (True, "photo_005.jpg")


def test_a_region_of_a_photo_of_the_library(library, montage, make_photos, tmp_path):
    make_photos(montage.parent, 8)
    library.index([montage.parent])
    assert best(library.search(Query((QueryPicture(montage, region=LEFT),)))) == "photo_002.jpg"
    assert best(library.search(Query((QueryPicture(montage, region=RIGHT),)))) == "photo_004.jpg"


def test_a_region_of_a_pasted_picture(library, files, montage):
    pasted = QueryPicture(data=montage.read_bytes(), region=RIGHT)
    assert best(library.search(Query((pasted,)))) == "photo_004.jpg"


def test_an_offline_photo_is_cut_from_its_thumbnail(library, montage, make_photos):
    folder = montage.parent / "drive"
    make_photos(folder, 8)
    montage.rename(folder / "montage.png")
    library.index([folder])
    folder.rename(folder.with_name("unplugged"))
    asked = QueryPicture(folder / "montage.png", region=RIGHT)
    assert best(library.search(Query((asked,)))) == "photo_004.jpg"
    source = library.query_source(asked)
    assert source.small
    with Image.open(io.BytesIO(source.content)) as kept:
        assert kept.size == (192, 72)
    copies = library.search(Query((QueryPicture(folder / "photo_003.jpg"),), mode=Mode.COPIES))
    assert best(copies) == "photo_003.jpg"


def test_a_file_that_is_gone_can_still_be_asked_with_in_another_query(library, files, montage):
    entry = library.search(Query((QueryPicture(montage),))).entry_id
    montage.unlink()
    asked = library.rerun(entry).query
    assert best(library.search(replace(asked, pictures=(*asked.pictures, QueryPicture(files[1], weight=-1.0)))))
    assert best(library.search(Query((replace(asked.pictures[0], region=RIGHT),)))) == "photo_004.jpg"


def test_after_a_restart_too(library, open_library, files, montage):
    entry = library.search(Query((QueryPicture(montage),))).entry_id
    library.close()
    montage.unlink()
    again = open_library()
    asked = again.rerun(entry).query
    assert Image.open(io.BytesIO(again.query_thumbnail(asked.pictures[0]))).size == (192, 72)
    assert best(again.search(Query((replace(asked.pictures[0], region=RIGHT),)))) == "photo_004.jpg"


def test_of_a_region_whose_file_is_gone_only_the_region_was_kept(library, open_library, files, montage):
    entry = library.search(Query((QueryPicture(montage, region=LEFT),))).entry_id
    library.close()
    montage.unlink()
    again = open_library()
    asked = again.rerun(entry).query
    assert best(again.search(asked)) == "photo_002.jpg"
    with pytest.raises(NotFoundError):
        again.query_source(asked.pictures[0])


def test_a_remembered_region_of_a_pasted_picture_is_not_cut_twice(library, open_library, files, montage):
    entry = library.search(Query((QueryPicture(data=montage.read_bytes(), region=RIGHT),))).entry_id
    library.close()
    again = open_library()
    asked = again.rerun(entry).query
    assert asked.pictures[0].region is None
    result = again.search(replace(asked, mode=Mode.COPIES))
    assert best(result) == "photo_004.jpg"


def test_a_thumbnail_shows_what_counts_of_a_picture(library, files, montage):
    asked = QueryPicture(montage, region=LEFT)
    with pytest.raises(NotFoundError):
        library.query_thumbnail(asked)
    library.search(Query((replace(asked, weight=0.5),)))
    assert Image.open(io.BytesIO(library.query_thumbnail(asked))).size == (96, 72)
    assert library.query_thumbnail(QueryPicture(files[0])).startswith(b"\xff\xd8")


def test_a_folder_is_no_picture_to_cut(library, files, tmp_path):
    with pytest.raises(BadRequestError):
        library.query_source(QueryPicture(tmp_path))


def test_a_refinement_takes_the_place_of_what_it_refines(library, files):
    first = library.search(Query((QueryPicture(files[0]),)))
    refined = Query((QueryPicture(files[0], weight=2.0),), mode=Mode.COPIES)
    second = library.search(refined, instead_of=first.entry_id)
    assert second.entry_id == first.entry_id
    (entry,) = library.history.list()
    assert (entry.query, entry.match_count) == (refined, 1)


@pytest.mark.parametrize("keep", ["pin", "rename", "delete"])
def test_what_somebody_keeps_or_has_deleted_is_not_replaced(library, files, keep):
    first = library.search(Query((QueryPicture(files[0]),)))
    {
        "pin": library.history.pin,
        "rename": lambda entry: library.history.rename(entry, "Mine"),
        "delete": library.history.delete,
    }[keep](first.entry_id)
    second = library.search(Query((QueryPicture(files[0], weight=2.0),)), instead_of=first.entry_id)
    assert second.entry_id != first.entry_id

import numpy as np
import pytest
from PIL import Image

from engine.errors import BadRequestError, NotFoundError, UnreadablePhotoError
from trainer.data.photos import SMALLEST_CROP, PhotoViews, cut_views, find_photos, plan_views, view_regions


def test_photos_are_found_below_folders_and_by_name(tmp_path, make_photos):
    (first,) = make_photos(tmp_path / "one" / "deep", 1)
    (second,) = make_photos(tmp_path / "two", 1)
    (tmp_path / "one" / "notes.txt").touch()
    assert find_photos([tmp_path / "one", second]) == [first, second]


def test_the_order_is_that_of_the_names(tmp_path, make_photos):
    files = make_photos(tmp_path, 3)
    assert find_photos([tmp_path]) == sorted(files)


def test_nothing_at_all_is_refused():
    with pytest.raises(BadRequestError, match="There are no photos to train on in nothing"):
        find_photos([])


def test_a_missing_source_is_refused(tmp_path):
    with pytest.raises(NotFoundError, match="Name folders with photos"):
        find_photos([tmp_path / "gone"])


def test_a_photo_named_twice_gets_twice_the_views(tmp_path, make_photos):
    first, second = make_photos(tmp_path, 2)
    assert [photo.views for photo in plan_views([first, second, first], 2)] == [(0, 1, 2, 3), (0, 1)]


def test_equal_bytes_have_equal_content(tmp_path, make_photos):
    (first,) = make_photos(tmp_path / "a", 1)
    (copy,) = make_photos(tmp_path / "b", 1)
    one, other = plan_views([first, copy], 1)
    assert one.content == other.content != ""


def test_views_are_the_same_every_time_and_inside_the_photo():
    regions = view_regions("content", range(50))
    assert regions == view_regions("content", range(50))
    assert regions[1:] != view_regions("other content", range(1, 50))
    assert (regions[0].width, regions[0].height) == (1, 1)
    assert all(region.width * region.height >= SMALLEST_CROP * 0.74 for region in regions)


def test_views_are_cut_in_both_sizes(tmp_path, make_photos):
    (file,) = make_photos(tmp_path, 1)
    cut = cut_views(PhotoViews(file, "content", (0, 1, 2)), 32, 48)
    assert (cut.small.shape, cut.large.shape) == ((3, 32, 32, 3), (3, 48, 48, 3))
    assert cut.small.dtype == np.uint8
    assert not np.array_equal(cut.small[0], cut.small[1])


def test_a_photo_smaller_than_a_view_gives_one(tmp_path):
    Image.new("RGB", (16, 200), "red").save(tmp_path / "strip.png")
    assert len(cut_views(PhotoViews(tmp_path / "strip.png", "", (0, 1, 2)), 32, 48).small) == 1


def test_an_unreadable_photo_says_why(tmp_path):
    (tmp_path / "broken.jpg").write_bytes(b"broken")
    with pytest.raises(UnreadablePhotoError):
        cut_views(PhotoViews(tmp_path / "broken.jpg", "", (0,)), 32, 48)

import numpy as np
import pytest
from PIL import Image

from engine.errors import BadRequestError, StorageFullError
from engine.jobs import Cancelled, Job
from engine.models.embedder import OnnxEmbedder
from engine.models.registry import ModelRegistry
from engine.settings import Settings
from trainer.data import views
from trainer.data.views import cut, see_photos, views_for

SETTINGS = Settings(workers=1)


@pytest.fixture
def tiny(models_folder, tmp_path):
    return ModelRegistry(models_folder, tmp_path / "none").named("tiny")


def count_readings(monkeypatch):
    """Counts the photos that are handed to workers."""
    read, pool_map = [], views.WorkerPool.map

    def counting(self, tasks, job=None):
        for task, answer in pool_map(self, tasks, job):
            read.append(task.path.name)
            yield task, answer

    monkeypatch.setattr(views.WorkerPool, "map", counting)
    return read


def test_view_0_is_what_the_library_would_embed(tmp_path, make_photos, tiny):
    photos = make_photos(tmp_path / "photos", 2)
    seen = see_photos(photos, tiny, tmp_path / "cache", SETTINGS, Job())
    whole = np.stack([np.asarray(Image.open(photo).resize((32, 32), Image.Resampling.BILINEAR)) for photo in photos])
    wanted = OnnxEmbedder(tiny.folder, tiny.manifest).embed(whole)
    assert seen.views.shape == (2, views_for(2), 32)
    assert (seen.views[:, 0] * wanted).sum(axis=1) == pytest.approx([1, 1], abs=1e-3)


def test_the_views_of_a_content_are_always_the_same_and_differ_from_each_other():
    image = Image.effect_noise((64, 48), 50).convert("RGB")
    first, again, fewer = ([view.tobytes() for view in cut(image, "content", views)] for views in (8, 8, 4))
    assert first == again
    assert len(set(first)) == 8
    assert first[:4] == fewer


def test_many_photos_are_looked_at_in_fewer_views_which_are_those_that_are_known(
    tmp_path, make_photos, tiny, monkeypatch
):
    photos = make_photos(tmp_path / "photos", 3)
    first = see_photos(photos[:2], tiny, tmp_path / "cache", SETTINGS, Job())
    monkeypatch.setattr(views, "VIEWS", ((3, 8), (5, 4)))
    read = count_readings(monkeypatch)
    seen = see_photos(photos, tiny, tmp_path / "cache", SETTINGS, Job())
    assert (read, seen.views.shape) == ([photos[2].name], (3, 4, 32))
    np.testing.assert_array_equal(seen.views[:2], first.views[:, :4])
    np.testing.assert_array_equal(seen.hashes[:2], first.hashes)
    assert [views.views_for(photos) for photos in (2, 3, 4, 5)] == [8, 4, 4, 1]


def test_what_was_seen_is_not_read_again_wherever_it_lies_now(tmp_path, make_photos, tiny, monkeypatch):
    photos = make_photos(tmp_path / "photos", 3)
    first = see_photos(photos, tiny, tmp_path / "cache", SETTINGS, Job())
    moved = [photo.rename(photo.with_name(f"moved {photo.name}")) for photo in photos]
    more = make_photos(tmp_path / "photos", 1, first=7)
    read = count_readings(monkeypatch)
    again = see_photos([*moved, *more], tiny, tmp_path / "cache", SETTINGS, Job())
    assert read == ["photo_007.jpg"]
    np.testing.assert_array_equal(again.views[:3], first.views)
    np.testing.assert_array_equal(again.hashes[:3], first.hashes)


def test_a_torn_and_a_damaged_row_are_read_again(tmp_path, make_photos, tiny, monkeypatch):
    photos = make_photos(tmp_path / "photos", 3)
    wanted = see_photos(photos, tiny, tmp_path / "cache", SETTINGS, Job())
    (cache,) = (tmp_path / "cache").iterdir()
    content = bytearray(cache.read_bytes())
    content[100] ^= 0xFF
    cache.write_bytes(content[:-10])
    read = count_readings(monkeypatch)
    again = see_photos(photos, tiny, tmp_path / "cache", SETTINGS, Job())
    assert len(read) == 2
    np.testing.assert_array_equal(again.views, wanted.views)


def test_a_photo_that_cannot_be_read_is_told_and_its_copy_too(tmp_path, make_photos, tiny):
    photos = make_photos(tmp_path / "photos", 1)
    broken = [tmp_path / "a.jpg", tmp_path / "b.jpg"]
    for file in broken:
        file.write_bytes(b"\xff\xd8\xff")
    seen = see_photos([*broken, *photos, tmp_path / "away.jpg"], tiny, tmp_path / "cache", SETTINGS, Job())
    assert seen.places.tolist() == [2]
    assert [skip.path.name for skip in seen.skipped] == ["a.jpg", "b.jpg", "away.jpg"]
    assert all(skip.reason for skip in seen.skipped)


def test_photos_of_which_none_can_be_read_are_refused(tmp_path, tiny):
    (tmp_path / "a.jpg").write_bytes(b"nothing")
    with pytest.raises(BadRequestError, match="None of the 1 photos can be read"):
        see_photos([tmp_path / "a.jpg"], tiny, tmp_path / "cache", SETTINGS, Job())


def test_what_was_seen_before_a_cancellation_is_kept(tmp_path, make_photos, tiny, monkeypatch):
    photos = make_photos(tmp_path / "photos", 4)
    job = Job()
    job.report = lambda progress: job.cancel() if progress.stage == "looking at the photos" else None
    with pytest.raises(Cancelled):
        see_photos(photos, tiny, tmp_path / "cache", SETTINGS, job)
    read = count_readings(monkeypatch)
    see_photos(photos, tiny, tmp_path / "cache", SETTINGS, Job())
    assert len(read) == 3


def test_a_disk_that_fills_up_is_told(tmp_path, make_photos, tiny, full_disk):
    photos = make_photos(tmp_path / "photos", 2)

    def fill(progress):
        if progress.stage == "looking at the photos":
            (cache,) = (tmp_path / "cache").iterdir()
            cache.unlink()
            full_disk(cache)

    with pytest.raises(StorageFullError, match="The disk is full"):
        see_photos(photos, tiny, tmp_path / "cache", SETTINGS, Job(fill))

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch

from engine.errors import StorageFullError
from engine.jobs import Cancelled, Job
from trainer.backbones.teacher import load_teacher
from trainer.data.photos import find_photos, plan_views
from trainer.features import FeatureCache

CPU = torch.device("cpu")


@pytest.fixture
def teacher(teacher_file):
    return load_teacher(teacher_file)


@pytest.fixture
def open_cache(tmp_path, photos, teacher):
    """open_cache(): the cache of all photos as they are now."""
    return lambda teacher=teacher, side=32: FeatureCache(
        tmp_path / "cache", plan_views(find_photos([photos]), 2), teacher, side, 48
    )


def stages(fill):
    seen = []
    fill(Job(report=seen.append), CPU)
    return [progress.done for progress in seen]


def test_rows_hold_views_and_what_the_teacher_makes_of_them(open_cache):
    seen = open_cache().fill(Job(), CPU)
    assert seen.pixels.shape == (25, 32, 32, 3)
    assert seen.features.shape == (25, 1280)
    assert seen.photos.tolist() == [*np.repeat(np.arange(12), 2), 12]
    assert seen.features.float().std(dim=0).max() > 0


def test_what_is_there_is_not_computed_again(open_cache):
    assert stages(open_cache().fill) == [0, 13]
    assert stages(open_cache().fill) == [13]


def test_a_changed_photo_another_teacher_or_another_size_is_another_cache(open_cache, photos, teacher, make_photos):
    open_cache().fill(Job(), CPU)
    assert stages(open_cache(side=24).fill)[0] == 0
    assert stages(open_cache(teacher=replace(teacher, digest="other")).fill)[0] == 0
    make_photos(photos, 1, first=99)
    assert stages(open_cache().fill)[0] == 0


def test_rows_that_were_not_logged_are_cut_off(open_cache, tmp_path):
    whole = open_cache().fill(Job(), CPU)
    (log,) = tmp_path.glob("cache/*/photos.jsonl")
    log.write_text("".join(log.read_text().splitlines(keepends=True)[:5]) + "[2, ")
    again = open_cache().fill(Job(), CPU)
    assert torch.equal(whole.pixels, again.pixels)
    assert torch.allclose(whole.features.float(), again.features.float(), atol=1e-2)


def test_a_cache_that_lost_rows_starts_over(open_cache, tmp_path):
    open_cache().fill(Job(), CPU)
    (rows,) = tmp_path.glob("cache/*/features.f16")
    rows.write_bytes(rows.read_bytes()[:-1])
    assert stages(open_cache().fill) == [0, 13]


def test_unreadable_photos_are_named_with_the_reason_also_the_next_time(open_cache, photos):
    (photos / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    for _ in range(2):
        seen = open_cache().fill(Job(), CPU)
        assert list(seen.problems) == [photos / "broken.jpg"]
        assert 0 not in seen.photos


def test_cancelling_keeps_what_is_done(open_cache, photos, make_photos):
    make_photos(photos, 20, first=50)
    job = Job()
    job.report = lambda progress: job.cancel() if progress.done else None
    with pytest.raises(Cancelled):
        open_cache().fill(job, CPU)
    assert stages(open_cache().fill) == [16, 32, 33]


def test_a_full_disk_is_reported(open_cache, tmp_path, full_disk):
    cache = open_cache()
    (folder,) = (tmp_path / "cache").iterdir()
    full_disk(folder / "views.u8")
    with pytest.raises(StorageFullError, match="Free some space"):
        cache.fill(Job(), CPU)

"""Why two pictures are alike: the figures by hand, and whole explanations of real files."""

import io
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from PIL import Image

from engine.copies.verdict import ChangeKind, Kind
from engine.errors import NotFoundError, UnreadablePhotoError
from engine.imaging.exif import PhotoDetails
from engine.jobs import Cancelled, Job
from engine.library import Library
from engine.records import QueryPicture, Region
from engine.search.explanation import GRID, Focus, Method, PictureEvidence, differences, focus_of, hidden, shared
from engine.settings import Settings
from tests.samples import picture, scene


def evidence(**details):
    return PictureEvidence(np.ones((2, 2), np.float32), (0, 0, 1, 1), 400, 300, PhotoDetails(**details))


def test_shares_are_the_parts_of_the_similarity():
    one = np.array([[[1.0, 0.0], [0.0, 1.0]]], dtype=np.float32)  # two positions
    other = np.array([[[0.6, 0.2]], [[-0.3, 0.0]]], dtype=np.float32)
    first, second = shared(one, other)
    # Pairs: 0.6 and -0.3 for the first position, 0.2 and 0 for the second.
    assert first == pytest.approx(np.array([[0.3 / 0.5, 0.2 / 0.5]]))
    assert second == pytest.approx(np.array([[1.0], [0.0]]))  # the second makes them less alike


def test_pictures_that_share_nothing_have_no_heat():
    one = np.array([[[1.0, 0.0]]], dtype=np.float32)
    first, second = shared(one, -one)
    assert not first.any()
    assert not second.any()
    assert focus_of(first) == Focus(0.0)


def test_what_is_hidden_counts_by_what_it_costs():
    """An embedding that looks at one corner only."""

    def embed(pixels):
        bright = (pixels[:, :8, :8] > 200).mean(axis=(1, 2, 3))
        return np.stack([bright, 1 - bright], axis=1).astype(np.float32)

    white = np.full((GRID * 8, GRID * 8, 3), 255, dtype=np.uint8)
    heat = hidden(embed, white, np.array([1.0, 0.0], dtype=np.float32))
    assert heat.shape == (GRID, GRID)
    assert heat[0, 0] == pytest.approx(1)
    assert heat.sum() == pytest.approx(1)
    assert (focus_of(heat).across, focus_of(heat).down) == (-1, -1)


def test_half_of_the_heat_and_where_it_is():
    heat = np.zeros((4, 4), np.float32)
    heat[1:3, 3] = 0.5
    assert focus_of(heat) == Focus(2 / 16, across=1, down=0)
    even = np.full((5, 5), 0.04, np.float32)
    assert focus_of(even).even
    heat = even.copy()
    heat[4, :] = 0.3
    assert focus_of(heat / heat.sum()) == Focus(5 / 25, across=0, down=1)


def test_differences_are_told_as_far_as_they_are_known():
    nothing = differences(evidence(), evidence())
    assert (nothing.apart, nothing.same_camera, nothing.kilometres, nothing.pixels) == (None, None, None, 1)
    london = evidence(taken=datetime(2024, 5, 1, 12), camera="Nikon D1X", latitude=51.5074, longitude=-0.1278)
    paris = evidence(taken=datetime(2024, 5, 1, 11), camera="Canon", latitude=48.8566, longitude=2.3522)
    found = differences(london, replace(paris, width=800))
    assert found.apart == timedelta(hours=1)
    assert found.same_camera is False
    assert found.kilometres == pytest.approx(343.6, abs=1)
    assert found.pixels == 2


def test_a_model_that_pools_nothing_is_asked_by_hiding(library, make_photos, tmp_path):
    one, other = make_photos(tmp_path / "photos", 2)
    explanation = library.explain(QueryPicture(one), QueryPicture(other))
    assert explanation.evidence.method is Method.OCCLUSION
    assert explanation.evidence.one.heat.shape == (GRID, GRID)
    assert explanation.distance == pytest.approx(1 - explanation.evidence.similarity)
    assert (explanation.evidence.one.width, explanation.evidence.other.height) == (96, 72)
    same = library.explain(QueryPicture(one), QueryPicture(one))
    assert same.distance == pytest.approx(0, abs=1e-5)
    assert same.score == 1
    assert same.evidence.one.heat == pytest.approx(same.evidence.other.heat)


def test_the_bundled_model_is_taken_apart_and_draws(tmp_path, make_photos):
    one, other = make_photos(tmp_path / "photos", 2)
    with Library.open(tmp_path / "library", settings=Settings(workers=1)) as library:
        explanation = library.explain(QueryPicture(one), QueryPicture(other), draw=True)
    evidence = explanation.evidence
    assert evidence.method is Method.FEATURES
    assert evidence.one.heat.shape == (7, 7)
    assert evidence.one.heat.sum() == pytest.approx(1)
    drawn = Image.open(io.BytesIO(evidence.picture))
    assert drawn.format == "PNG"
    assert drawn.width > 2 * 96


def test_only_the_region_counts_and_the_map_lies_there(library, make_photos, tmp_path):
    picture(7).resize((48, 36)).save(tmp_path / "part.png")
    whole = Image.new("RGB", (96, 72))
    whole.paste(Image.open(tmp_path / "part.png"), (48, 36))
    whole.save(tmp_path / "whole.png")
    part = QueryPicture(tmp_path / "whole.png", region=Region(0.5, 0.5, 0.5, 0.5))
    explanation = library.explain(part, QueryPicture(tmp_path / "part.png"))
    assert explanation.distance == pytest.approx(0, abs=1e-4)
    assert explanation.evidence.one.covered == (0.5, 0.5, 1.0, 1.0)
    assert explanation.evidence.other.covered == (0.0, 0.0, 1.0, 1.0)


def test_a_copy_is_told_by_its_pixels_whatever_the_model_thinks(library, tmp_path):
    original, turned = tmp_path / "scene.jpg", tmp_path / "turned.jpg"
    scene(1).save(original, quality=92)
    scene(1).rotate(-135, Image.Resampling.BICUBIC).save(turned, quality=92)
    verdict = library.explain(QueryPicture(original), QueryPicture(turned)).evidence.verdict
    assert verdict.is_copy
    assert "turned 135°" in str(verdict)
    assert not verdict.by_thumbnail
    part = QueryPicture(original, region=Region(0.2, 0.2, 0.6, 0.6))
    (change,) = library.explain(QueryPicture(original), part).evidence.verdict.changes
    assert (change.kind, round(change.amount)) == (ChangeKind.CROPPED, 60)
    assert library.explain(part, part).evidence.verdict.kind is Kind.IDENTICAL_PIXELS


def test_different_pictures_and_the_same_file_are_told_too(library, tmp_path):
    for seed in range(2):
        scene(seed).save(tmp_path / f"{seed}.jpg", quality=92)
    one, other = (QueryPicture(tmp_path / f"{seed}.jpg") for seed in range(2))
    assert library.explain(one, other).evidence.verdict.kind is Kind.DIFFERENT
    pasted = QueryPicture(data=(tmp_path / "0.jpg").read_bytes())
    assert library.explain(one, pasted).evidence.verdict.kind is Kind.IDENTICAL_FILE


def test_what_was_kept_of_a_file_out_of_reach_is_compared(library, tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, size in (("large.jpg", (720, 540)), ("small.jpg", (360, 270))):
        scene(1, (720, 540)).resize(size).save(folder / name, quality=92)
    library.index([folder])
    (folder / "large.jpg").unlink()
    verdict = library.explain(QueryPicture(folder / "small.jpg"), QueryPicture(folder / "large.jpg")).evidence.verdict
    assert verdict.is_copy
    assert verdict.by_thumbnail


def test_a_pasted_picture_is_explained(library, make_photos, tmp_path):
    (one,) = make_photos(tmp_path / "photos", 1)
    assert library.explain(QueryPicture(data=one.read_bytes()), QueryPicture(one)).score == 1


def test_what_cannot_be_read_is_said(library, make_photos, tmp_path):
    (one,) = make_photos(tmp_path / "photos", 1)
    (tmp_path / "text.jpg").write_text("no picture")
    with pytest.raises(UnreadablePhotoError, match=r"text.jpg cannot be explained: "):
        library.explain(QueryPicture(one), QueryPicture(tmp_path / "text.jpg"))
    with pytest.raises(NotFoundError, match="There is no file"):
        library.explain(QueryPicture(one), QueryPicture(tmp_path / "gone.jpg"))


def test_who_does_not_wait_any_more_is_not_answered(library, make_photos, tmp_path):
    one, other = make_photos(tmp_path / "photos", 2)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        library.explain(QueryPicture(one), QueryPicture(other), job=job)
    assert library.explain(QueryPicture(one), QueryPicture(other)).model == "tiny"

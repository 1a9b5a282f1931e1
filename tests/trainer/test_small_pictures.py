import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch

from trainer.small_pictures import (
    CHANGES,
    alternately_mirrored,
    covered,
    cropped,
    fast_augmented,
    garish,
    noisy,
    shifted,
    small_augmented,
)

MANY, SIDE = 300, 32


def chance(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def pictures():
    """Smooth colours, none of them black."""
    coarse = 0.2 + 0.6 * torch.rand(MANY, 3, 4, 4, generator=chance(9))
    return torch.nn.functional.interpolate(coarse, size=(SIDE, SIDE), mode="bilinear")


@pytest.mark.parametrize("change", [*CHANGES, small_augmented])
def test_changes_depend_on_the_generator_alone_and_keep_their_hands_off_the_originals(change, pictures):
    before = pictures.clone()
    first, again, other = (change(pictures, chance(seed)) for seed in (0, 0, 1))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert torch.equal(pictures, before)
    assert first.shape == pictures.shape
    assert 0 <= first.min() <= first.max() <= 1 + 1e-6


def test_a_cover_is_one_black_box_of_the_sides_asked_for(pictures):
    black = (covered(pictures, chance()) == 0).all(dim=1)
    heights, widths = black.any(dim=2).sum(dim=1), black.any(dim=1).sum(dim=1)
    assert torch.equal(black.sum(dim=(1, 2)), heights * widths)
    for sides in (heights, widths):
        assert (sides.min(), sides.max()) == (round(0.1 * SIDE), round(0.45 * SIDE))
    outside = ~black[:, None].expand_as(pictures)
    assert torch.equal(covered(pictures, chance())[outside], pictures[outside])


def test_covers_reach_every_place(pictures):
    share = (covered(pictures, chance()) == 0).all(dim=1).float().mean(dim=0)
    assert share.amax(dim=0).min() > 0
    assert share.amax(dim=1).min() > 0
    assert share[SIDE // 2, SIDE // 2] > 0.05


def test_a_crop_is_an_enlarged_part_and_as_bright_as_it_was():
    """A ramp across the picture: its steepness tells the size of the crop, its middle the place."""
    ramp = torch.linspace(0, 1, SIDE).expand(MANY, 3, SIDE, SIDE)
    result = cropped(ramp, chance())[:, 0, SIDE // 2]
    span = result[:, -1] - result[:, 0]
    assert span.min() > 0.45
    assert span.max() <= 1
    middle = result[:, SIDE // 2]
    assert middle[span < 0.7].min() < 0.4
    assert middle[span < 0.7].max() > 0.6  # from anywhere, not towards one corner
    assert cropped(torch.full((4, 3, 8, 8), 0.9), chance()) == pytest.approx(torch.full((4, 3, 8, 8), 0.9), abs=1e-6)


def test_noise_has_the_mean_and_spread_of_its_range():
    difference = noisy(torch.full((MANY, 3, SIDE, SIDE), 0.4), chance()) - 0.4
    means, variances = difference.mean(dim=(1, 2, 3)), difference.var(dim=(1, 2, 3))
    assert -0.01 < means.min() < 0.01
    assert 0.19 < means.max() < 0.21
    assert variances.max() < 0.0135
    assert variances.mean() == pytest.approx(0.0125 / 2, rel=0.1)


def test_colours_get_stronger_and_grey_stays_grey(pictures):
    def saturation(given):
        return (given.amax(dim=1) - given.amin(dim=1)).mean(dim=(1, 2))

    assert (saturation(garish(pictures, chance())) > 1.1 * saturation(pictures)).all()
    grey = pictures[:, :1].expand(-1, 3, -1, -1)
    assert torch.allclose(garish(grey, chance()), grey, atol=1e-4)


def test_clean_pictures_are_shown_too_unless_all_shall_be_changed(pictures):
    """Only one of the four makes whole squares black."""

    def dark(share):
        return ((small_augmented(pictures, chance(), share) == 0).all(dim=1).sum(dim=(1, 2)) > 9).float().mean()

    assert dark(0) == 0
    assert dark(0.5) == pytest.approx(1 / 8, abs=0.06)
    assert dark(1) == pytest.approx(1 / 4, abs=0.08)


def test_framed_pictures_still_look_like_themselves(pictures):
    """Shrunk, a changed picture is nearest to itself or to its mirror image."""

    def shrunk(given):
        small = torch.nn.functional.adaptive_avg_pool2d(given, 4).flatten(1)
        return torch.nn.functional.normalize(small - small.mean(dim=1, keepdim=True), dim=1)

    changed = shrunk(small_augmented(pictures, chance(), 0))
    likeness = torch.maximum(changed @ shrunk(pictures).T, changed @ shrunk(pictures.flip(3)).T)
    assert (likeness.argmax(dim=1) == torch.arange(MANY)).float().mean() > 0.95
    assert not torch.allclose(small_augmented(pictures, chance(), 0), pictures, atol=0.05)


def test_two_epochs_show_both_sides_of_every_picture(pictures):
    rows = torch.arange(MANY)
    first, second, third = (alternately_mirrored(pictures, rows, epoch) for epoch in range(3))
    mirrored = mirrored_in(first, pictures)
    assert torch.equal(mirrored, ~mirrored_in(second, pictures))
    assert torch.equal(first, third)
    assert mirrored.float().mean() == pytest.approx(0.5, abs=0.1)


def mirrored_in(given, pictures):
    return (given == pictures.flip(3)).flatten(1).all(dim=1)


def test_which_side_comes_first_belongs_to_the_picture_and_not_to_its_place(pictures):
    rows = torch.tensor([5, 17, 3])
    straight = alternately_mirrored(pictures[rows], rows, 0)
    assert torch.equal(alternately_mirrored(pictures[rows.flip(0)], rows.flip(0), 0), straight.flip(0))


def test_shifts_are_whole_pixels_in_every_direction():
    places = torch.arange(SIDE * SIDE, dtype=torch.float).view(1, 1, SIDE, SIDE).expand(MANY, 3, -1, -1)
    middle = shifted(places, chance(), 4)[:, 0, 16, 16]
    down, across = middle // SIDE - 16, middle % SIDE - 16
    assert set(down.tolist()) == set(across.tolist()) == set(range(-4, 5))


def test_the_fast_way_mirrors_moves_and_covers(pictures):
    result = fast_augmented(pictures, torch.arange(MANY), 0, chance())
    assert result.shape == pictures.shape
    assert ((result == 0).all(dim=1).sum(dim=(1, 2)) == 144).all()
    assert torch.equal(result, fast_augmented(pictures, torch.arange(MANY), 0, chance()))

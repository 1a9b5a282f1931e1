"""What a student learns from: pictures, targets and losses; and where it learns."""

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from torch import nn
from torch.nn import functional

from engine.errors import BadRequestError
from trainer.acceleration import LONG, accelerated
from trainer.augment import as_pictures, augmented
from trainer.backbones.targets import principal_space
from trainer.devices import choose_device
from trainer.losses import divergence, similarity_divergence


@pytest.fixture
def pixels():
    return torch.randint(0, 256, (64, 16, 16, 3), generator=torch.Generator().manual_seed(0), dtype=torch.uint8)


def chance(seed=0):
    return torch.Generator().manual_seed(seed)


def test_pictures_are_planes_between_0_and_1(pixels):
    pictures = as_pictures(pixels, 16)
    assert pictures.shape == (64, 3, 16, 16)
    assert torch.equal(pictures[5, 2, 3, 4], pixels[5, 3, 4, 2] / 255)
    assert as_pictures(pixels, 8).shape == (64, 3, 8, 8)


def test_augmentation_depends_on_the_generator_alone(pixels):
    assert torch.equal(augmented(pixels, 16, chance()), augmented(pixels, 16, chance()))
    assert not torch.equal(augmented(pixels, 16, chance(0)), augmented(pixels, 16, chance(1)))


def test_augmentation_keeps_pictures_in_range_and_recognisable(pixels):
    plain, changed = as_pictures(pixels, 16), augmented(pixels, 16, chance())
    assert 0 <= changed.min() <= changed.max() <= 1
    either_way = torch.minimum((changed - plain).abs().mean((1, 2, 3)), (changed - plain.flip(3)).abs().mean((1, 2, 3)))
    assert either_way.max() < 0.15


def test_targets_are_unit_vectors_that_keep_who_is_near_whom():
    features = torch.rand(200, 30, generator=chance()).half()
    targets = principal_space(features, 30).project(features)
    assert targets.norm(dim=1) == pytest.approx(torch.ones(200), abs=1e-5)
    centred = functional.normalize(features.float(), dim=1)
    centred = functional.normalize(centred - centred.mean(dim=0), dim=1)
    assert (targets @ targets.T - centred @ centred.T).abs().max() < 1e-3


def test_the_first_axes_hold_the_most():
    features = torch.randn(500, 4, generator=chance()) * torch.tensor([0.1, 3, 1, 0.2]) + 5
    spread = (functional.normalize(features, dim=1) @ principal_space(features, 4).axes).std(dim=0)
    assert spread.tolist() == sorted(spread.tolist(), reverse=True)


def test_more_dimensions_than_features_are_refused():
    with pytest.raises(BadRequestError, match="at most 4"):
        principal_space(torch.rand(10, 4), 5)


def test_agreeing_costs_nothing():
    vectors = functional.normalize(torch.randn(6, 4, generator=chance()), dim=1)
    turned = vectors @ torch.linalg.qr(torch.randn(4, 4, generator=chance(1))).Q
    assert similarity_divergence(turned, vectors, 0.1).item() == pytest.approx(0, abs=1e-5)
    assert divergence(vectors + 3, vectors).item() == pytest.approx(0, abs=1e-6)


def test_disagreeing_costs_something():
    vectors = functional.normalize(torch.randn(6, 4, generator=chance()), dim=1)
    assert similarity_divergence(vectors.flip(0), vectors, 0.1) > 0.1


def test_auto_is_a_device_that_works():
    assert (torch.ones(2, device=choose_device("auto")) * 2).sum().item() == 4


def test_cuda_without_cuda_is_refused_with_a_way_out():
    if torch.cuda.is_available():
        pytest.skip("CUDA works here")
    with pytest.raises(BadRequestError, match=r"CUDA does not work here: .* Train on the CPU"):
        choose_device("cuda")


def test_an_unknown_device_is_refused():
    with pytest.raises(BadRequestError, match="There is no device “tpu”"):
        choose_device("tpu")


def test_short_trainings_are_not_compiled():
    network = nn.Identity()
    assert accelerated(network, LONG - 1) is network


def test_a_machine_without_a_compiler_trains_uncompiled(monkeypatch):
    monkeypatch.setattr(torch, "compile", no_compiler)
    network = nn.Identity()
    assert accelerated(network, LONG) is network


def no_compiler(function, **options):
    def fail(*arguments):
        raise RuntimeError("No working C++ compiler found")

    return fail

"""What a student learns from: pictures, targets and losses; and where it learns."""

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from torch import nn
from torch.nn import functional

from engine.errors import BadRequestError
from engine.imaging.decoding import decode
from engine.imaging.resizing import model_input
from trainer import augment, devices
from trainer.acceleration import LONG, accelerated
from trainer.augment import as_pictures, augmented
from trainer.backbones.targets import principal_space
from trainer.devices import choose_device, proved_precision
from trainer.losses.distillation import divergence, similarity_divergence


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
    assert changed.shape == plain.shape
    assert changed.is_contiguous(memory_format=torch.channels_last)


def test_a_share_of_the_pictures_stays_as_it_is(pixels):
    plain, changed = as_pictures(pixels, 16), augmented(pixels, 16, chance(), untouched=0.5)
    same = (plain == changed).flatten(1).all(dim=1)
    assert 20 <= same.sum() <= 44
    assert torch.equal(augmented(pixels, 16, chance(), untouched=1.0), plain)


def test_augmented_photos_still_look_like_themselves(make_photos, tmp_path):
    """Shrunk to a few grey squares, a changed photo is nearer to itself, or to its mirror image, than to another."""
    files = make_photos(tmp_path / "photos", 24)
    pixels = torch.stack(
        [torch.from_numpy(model_input(decode(f, short_side=64).image, (64, 64), "squash", "bilinear")) for f in files]
    )
    plain, changed = (shrunk(pictures) for pictures in (as_pictures(pixels, 64), augmented(pixels, 64, chance())))
    mirrored = shrunk(as_pictures(pixels, 64).flip(3))
    likeness = torch.maximum(changed @ plain.T, changed @ mirrored.T)
    assert (likeness.argmax(dim=1) == torch.arange(24)).float().mean() > 0.8


def shrunk(pictures):
    small = functional.adaptive_avg_pool2d(pictures.mean(dim=1, keepdim=True), 6).flatten(1)
    return functional.normalize(small - small.mean(dim=1, keepdim=True), dim=1)


@pytest.mark.parametrize("change", ["_grey", "_blurred", "_compressed", "_covered"])
def test_every_way_of_spoiling_a_picture_changes_it_and_keeps_it_a_picture(change):
    pictures = torch.rand(4, 3, 32, 32, generator=chance()).contiguous(memory_format=torch.channels_last)
    spoilt = getattr(augment, change)(pictures, chance(1))
    assert spoilt.shape == pictures.shape
    assert -1e-5 <= spoilt.min() <= spoilt.max() <= 1 + 1e-5
    assert ((spoilt - pictures).abs().amax(dim=(1, 2, 3)) > 0.01).all()


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
    landmarks = functional.normalize(torch.randn(9, 4, generator=chance(1)), dim=1)
    assert similarity_divergence(vectors, vectors, landmarks, 0.1).item() == pytest.approx(0, abs=1e-5)
    assert divergence(vectors + 3, vectors).item() == pytest.approx(0, abs=1e-6)


def test_disagreeing_costs_something():
    vectors = functional.normalize(torch.randn(6, 4, generator=chance()), dim=1)
    assert similarity_divergence(vectors.flip(0), vectors, vectors, 0.1) > 0.1


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


@pytest.mark.parametrize(
    ("abilities", "precision"),
    [({"avx512_bf16": True}, torch.bfloat16), ({"amx_bf16": True}, torch.bfloat16), ({"avx2": True}, None), ({}, None)],
)
def test_a_cpu_computes_with_half_the_precision_where_it_has_instructions_for_it(monkeypatch, abilities, precision):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: abilities, raising=False)
    assert proved_precision(torch.device("cpu")) == precision


def test_a_precision_that_computes_badly_is_not_used(monkeypatch):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": True}, raising=False)
    monkeypatch.setattr(devices, "_ALIKE", 1.1)
    assert proved_precision(torch.device("cpu")) is None


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

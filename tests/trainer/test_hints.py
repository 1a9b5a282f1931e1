"""Following a teacher block by block."""

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from torch.nn import functional

from engine.jobs import Job
from trainer.backbones.embedding import EmbeddingNet
from trainer.backbones.targets import principal_space
from trainer.backbones.teacher import load_teacher
from trainer.batches import Batches
from trainer.checkpoints import Checkpoints
from trainer.recipes.hints import HintPlan, HintStage, follow, start_head, unexplained

CPU = torch.device("cpu")
PLACES = (0, 16, 32)


@pytest.fixture
def teacher(teacher_file):
    return load_teacher(teacher_file).network


@pytest.fixture
def batches():
    pixels = torch.randint(0, 256, (12, 48, 48, 3), generator=torch.Generator().manual_seed(0), dtype=torch.uint8)
    return Batches(pixels, torch.arange(12), 0, CPU)


@pytest.fixture
def network():
    torch.manual_seed(0)
    return EmbeddingNet(16)


def missed(network, teacher, batches, block):
    """The share of a block's variance that a network in evaluation mode misses."""
    pictures = batches.crops(0, 12, 48, 16)
    with torch.no_grad():
        given = network.eval().features[: block + 1](pictures * 2 - 1)
        return unexplained(given, teacher.maps(pictures, block + 1)[-1]).item()


def test_the_blocks_have_the_shapes_of_the_teachers(network, teacher):
    pictures = torch.rand(1, 3, 64, 64)
    given, shapes = pictures, []
    for block in network.features:
        given = block(given)
        shapes.append(given.shape)
    assert shapes == [wanted.shape for wanted in teacher.maps(pictures, 19)]


def test_following_explains_what_the_teacher_does(network, teacher, batches, tmp_path):
    before = missed(network, teacher, batches, 1)
    plan = HintPlan((HintStage(0, 2, 48, 60),), batch_size=12, learning_rate=0.02)
    follow(network, teacher, batches, plan, Checkpoints(tmp_path, "k"), Job())
    assert missed(network, teacher, batches, 1) < 0.6 * before


def test_a_later_part_leaves_the_parts_before_it_alone(network, teacher, batches, tmp_path):
    first = HintStage(0, 2, 48, 2)
    follow(network, teacher, batches, HintPlan((first,), batch_size=6), Checkpoints(tmp_path / "a", "k"), Job())
    before = {name: value.clone() for name, value in network.features[:2].state_dict().items()}
    both = HintPlan((first, HintStage(2, 19, 48, 2)), batch_size=6)
    follow(network, teacher, batches, both, Checkpoints(tmp_path / "a", "k"), Job())
    after = network.features[:2].state_dict()
    assert all(torch.equal(value, after[name]) for name, value in before.items())


def test_what_refines_learns_more_slowly_and_keeps_its_statistics(network, teacher, batches, tmp_path):
    begun = {name: value.clone() for name, value in network.features.state_dict().items()}
    moved = []
    for rate in (1.0, 0.01):
        plan = HintPlan((HintStage(0, 19, 48, 2, rate=rate, refines=True),), batch_size=6)
        network.features.load_state_dict(begun)
        follow(network, teacher, batches, plan, Checkpoints(tmp_path / str(rate), "k"), Job())
        after = network.features.state_dict()
        running = [name for name in begun if "running" in name]
        assert running
        assert all(torch.equal(begun[name], after[name]) for name in running)
        moved.append(sum((after[name] - begun[name]).abs().sum().item() for name in begun if "weight" in name))
    assert 0 < moved[1] < moved[0] / 10


def test_a_network_that_has_learned_before_is_only_refined():
    rough, fine = HintStage(0, 19, 48, 2), HintStage(7, 19, 48, 1, refines=True)
    assert HintPlan((rough, fine)).refining.stages == (fine,)
    assert HintPlan((rough,)).refining.stages == ()


def test_unexplained_is_a_share_of_the_variance():
    wanted = torch.randn(50, 3, 4, 4, generator=torch.Generator().manual_seed(0)) * 5 + 7
    means = wanted.mean(dim=(0, 2, 3), keepdim=True).expand_as(wanted)
    assert unexplained(wanted, wanted).item() == 0
    assert unexplained(means, wanted).item() == pytest.approx(1)


def test_a_started_head_is_the_map_to_the_targets(network):
    features = torch.rand(400, 1280, generator=torch.Generator().manual_seed(0))
    space = principal_space(features, 16)
    start_head(network.head, space)
    with torch.no_grad():
        given = functional.normalize(network.head(functional.normalize(features, dim=1)), dim=1)
    assert (given - space.project(features)).abs().max() < 1e-4


def test_crops_start_at_multiples_of_the_stride(batches):
    """Their maps lie where those of the whole picture lie."""
    whole = Batches(batches._pixels[:1], torch.tensor([0]), 0, CPU)
    picture = whole._pixels[0].permute(2, 0, 1) / 255
    corners = [
        side[:, top : top + 16, left : left + 16]
        for side in (picture, picture.flip(2))
        for top in PLACES
        for left in PLACES
    ]
    for step in range(8):
        (crop,) = whole.crops(step, 1, 16, 16)
        assert any(torch.allclose(crop, corner) for corner in corners)


def test_parts_are_enlarged_and_half_of_them_mirrored():
    """Of a picture whose red grows to the right by the same from column to column, and green downwards."""
    ramp = torch.arange(48, dtype=torch.uint8)
    picture = torch.stack(
        [ramp.expand(48, 48), ramp[:, None].expand(48, 48), torch.zeros(48, 48, dtype=torch.uint8)], 2
    )
    one = Batches(picture[None].repeat(64, 1, 1, 1), torch.arange(64), 0, CPU)
    parts = one.parts(0, 64, 48)
    assert parts.shape == (64, 3, 48, 48)
    across = (parts[:, 0, 24, 30] - parts[:, 0, 24, 20]) * 255 / 10
    downwards = (parts[:, 1, 30, 24] - parts[:, 1, 20, 24]) * 255 / 10
    assert torch.allclose(across.abs(), downwards, atol=1e-3)
    assert 0.5 - 1e-3 < downwards.min() < 0.6
    assert 0.9 < downwards.max() < 1 + 1e-3
    assert 16 < (across < 0).sum() < 48
    assert not torch.equal(parts, one.parts(1, 64, 48))


def test_batches_depend_on_seed_and_step_alone(batches):
    again = Batches(batches._pixels, torch.arange(12), 0, CPU)
    other = Batches(batches._pixels, torch.arange(12), 1, CPU)
    assert torch.equal(batches.crops(3, 4, 32, 16), again.crops(3, 4, 32, 16))
    assert torch.equal(batches.parts(3, 4, 32), again.parts(3, 4, 32))
    assert not torch.equal(batches.rows(3, 4, "views"), other.rows(3, 4, "views"))
    epoch = torch.cat([batches.rows(step, 4, "views") for step in range(3)])
    assert epoch.sort().values.tolist() == list(range(12))

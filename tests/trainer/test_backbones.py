"""The registry: shapes, sizes, and networks that compute what their originals compute."""

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from torch import nn
from torchvision import models

from engine.errors import BadRequestError
from trainer.backbones.bit import StandardisedConv2d, bit_r50x1, folded
from trainer.backbones.convolutional import se_fast, se_resnet, simple_cnn, whiten_stem
from trainer.backbones.embedding import EmbeddingNet
from trainer.backbones.pooling import CentralPooling, GeneralizedMeanPooling
from trainer.backbones.registry import BACKBONES, Backbone, backbone_named

SMALL = {"inception_v3": 96}


def side_of(name):
    return SMALL.get(name, 64)


@pytest.fixture(params=BACKBONES)
def name(request):
    torch.manual_seed(0)
    return request.param


def test_embeddings_are_unit_vectors_and_features_are_pooled(name):
    network = EmbeddingNet(16, name).eval()
    with torch.inference_mode():
        embeddings, pooled = network(torch.rand(2, 3, side_of(name), side_of(name)))
    assert embeddings.shape == (2, 16)
    assert pooled.shape == (2, backbone_named(name).pooled)
    assert embeddings.norm(dim=1) == pytest.approx(torch.ones(2), abs=1e-5)


def test_the_last_stage_is_where_the_maps_get_smallest(name):
    features, first = BACKBONES[name].build().eval(), BACKBONES[name].last_stage
    with torch.inference_mode():
        before = features[:first](torch.rand(1, 3, side_of(name) * 2, side_of(name) * 2))
        after = features[first:](before)
    assert 0 < first < len(features)
    assert after.shape[2] < before.shape[2]


def test_every_value_but_those_of_the_stem_is_learned(name):
    network = EmbeddingNet(16, name, "gem")
    network(torch.rand(2, 3, side_of(name), side_of(name)))[0][:, 0].sum().backward()
    unmoved = [key for key, value in network.named_parameters() if value.grad is None]
    assert unmoved == [key for key in unmoved if "whitening" in key]


def counted(network: nn.Module) -> int:
    """Values as Keras counts them: with the means and variances of batch norms."""
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    return sum(value.numel() for value in network.parameters()) + sum(2 * norm.num_features for norm in norms)


def test_the_se_resnet_is_as_large_as_the_original():
    assert counted(nn.Sequential(se_resnet(), nn.Linear(512, 10))) == 19_492_380


@pytest.mark.parametrize(
    ("build", "least", "most"), [(simple_cnn, 3e5, 5e5), (se_fast, 2e6, 1e7), (bit_r50x1, 23.4e6, 23.6e6)]
)
def test_sizes_are_as_told(build, least, most):
    assert least < sum(value.numel() for value in build().parameters()) < most


@pytest.mark.parametrize("name", ["resnet50", "inception_v3", "vgg16", "mobilenet_v2_torchvision"])
def test_sequences_compute_what_torchvision_computes(name):
    """Maps pooled from the sequence of blocks are what torchvision's own forward hands to its classifier."""
    torch.manual_seed(1)
    original, mine, official = original_network(name).eval(), BACKBONES[name].build().eval(), BACKBONES[name].official
    state = original.state_dict()
    mine.load_state_dict({key: state[official.blocks + key] for key in mine.state_dict()})
    pictures = torch.rand(2, 3, 96, 96) * 2 - 1
    with torch.inference_mode():
        assert torch.allclose(mine(pictures).mean(dim=(2, 3)), original(pictures), atol=1e-4)


def original_network(name: str) -> nn.Module:
    """torchvision's network, giving what its classifier would be given."""
    match name:
        case "resnet50":
            network = models.resnet50(weights=None)
            network.fc = nn.Identity()
        case "inception_v3":
            network = models.inception_v3(weights=None, aux_logits=False, init_weights=False)
            network.fc = nn.Identity()
        case "vgg16":
            network = models.vgg.VGG(BACKBONES["vgg16"].build(), num_classes=1, init_weights=False)
            network.avgpool, network.classifier = nn.AdaptiveAvgPool2d(1), nn.Identity()
        case _:
            network = models.mobilenet_v2(weights=None)
            network.classifier = nn.Identity()
    return network


def test_pictures_are_normalised_inside_the_network():
    network = EmbeddingNet(8, "resnet50")
    grey = torch.full((1, 3, 2, 2), 0.5)
    wanted = [(0.5 - mean) / std for mean, std in zip((0.485, 0.456, 0.406), (0.229, 0.224, 0.225), strict=True)]
    assert network.normalised(grey)[0, :, 0, 0].tolist() == pytest.approx(wanted)


def test_the_generalized_mean_lies_between_mean_and_maximum():
    maps = torch.rand(2, 3, 5, 5, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(GeneralizedMeanPooling(1)(maps), maps.mean(dim=(2, 3)), atol=1e-5)
    assert torch.allclose(GeneralizedMeanPooling(3)(maps), (maps**3).mean(dim=(2, 3)) ** (1 / 3), atol=1e-5)
    assert (GeneralizedMeanPooling(3)(maps) < GeneralizedMeanPooling(30)(maps)).all()
    assert (GeneralizedMeanPooling(30)(maps) < maps.amax(dim=(2, 3))).all()


def test_folding_standardised_kernels_changes_nothing_but_the_layers():
    torch.manual_seed(0)
    network = bit_r50x1().eval()
    plain = folded(network)
    pictures = torch.rand(2, 3, 64, 64)
    with torch.inference_mode():
        assert torch.allclose(network(pictures), plain(pictures), atol=1e-4)
    assert not any(isinstance(module, StandardisedConv2d) for module in plain.modules())
    assert sum(isinstance(module, StandardisedConv2d) for module in network.modules()) == 53


def test_standardised_kernels_have_mean_0_and_variance_1():
    kernels = StandardisedConv2d(4, 6, 3, bias=False).standardised().detach()
    assert kernels.mean(dim=(1, 2, 3)).abs().max() < 1e-6
    assert kernels.var(dim=(1, 2, 3), unbiased=False) == pytest.approx(torch.ones(6), abs=1e-4)


def test_a_whitened_stem_gives_uncorrelated_values_of_equal_spread():
    chance = torch.Generator().manual_seed(0)
    smooth = nn.functional.avg_pool2d(torch.randn(64, 3, 36, 36, generator=chance), 5, stride=1) * 5
    pictures = smooth + smooth.mean(dim=1, keepdim=True)
    features = se_fast()
    whiten_stem(features, pictures)
    values = features[0].whitening(pictures).transpose(0, 1).flatten(1)[:12]
    assert values.mean(dim=1).abs().max() < 1e-3
    assert torch.allclose(torch.cov(values), torch.eye(12), atol=0.05)
    assert not features[0].whitening.weight.requires_grad


def test_networks_without_such_a_stem_stay_as_they_are():
    features = simple_cnn()
    before = [value.clone() for value in features.state_dict().values()]
    whiten_stem(features, torch.rand(4, 3, 8, 8))
    assert all(torch.equal(*pair) for pair in zip(before, features.state_dict().values(), strict=True))


def test_an_unknown_backbone_is_refused_with_those_there_are():
    with pytest.raises(BadRequestError, match=r"There is no backbone “vit”.* resnet50"):
        EmbeddingNet(8, "vit")


def test_central_pooling_counts_the_border_half():
    maps = torch.zeros(1, 3, 7, 7)
    maps[0, 0, 3, 3], maps[0, 1, 3, 0], maps[0, 2, 0, 0] = 1, 1, 1
    middle, side, corner = CentralPooling()(maps)[0].tolist()
    assert (side / middle, corner / middle) == pytest.approx((0.5, 0.25))


@pytest.mark.parametrize("side", [1, 2, 7, 8])
def test_central_pooling_of_what_is_the_same_everywhere_is_that(side):
    assert CentralPooling()(torch.full((1, 2, side, side), 3.0)) == pytest.approx(torch.full((1, 2), 3.0))


def test_an_unknown_pooling_is_refused():
    with pytest.raises(BadRequestError, match=r"There is no pooling “max”\. Choose one of average, central, gem"):
        EmbeddingNet(8, "simple_cnn", "max")


def test_the_registry_holds_backbones_alone():
    assert all(isinstance(one, Backbone) for one in BACKBONES.values())
    assert {"simple_cnn", "se_resnet", "vgg16", "resnet50", "inception_v3", "bit_r50x1"} < set(BACKBONES)

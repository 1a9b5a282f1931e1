"""Official weights from torch's folder, from the web and from files; and every way in which that can fail."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from webserver import send, serving

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from safetensors.torch import save_file

from engine.errors import BadRequestError, EngineError, ModelError, NotFoundError, StorageFullError
from engine.jobs import Cancelled, Job
from trainer.backbones import registry
from trainer.backbones.bit import BLOCKS, WIDTHS, published_names
from trainer.backbones.download import cached_file
from trainer.backbones.embedding import EmbeddingNet
from trainer.backbones.pretrained import load_backbone, official_weights, pretrained
from trainer.backbones.registry import BACKBONES, OfficialWeights

SMALL = "mobilenet_v3_small"


@pytest.fixture(autouse=True)
def hub(tmp_path):
    """torch's folder of downloads, empty, for the time of a test."""
    before = torch.hub.get_dir()
    torch.hub.set_dir(tmp_path / "hub")
    (tmp_path / "hub" / "checkpoints").mkdir(parents=True)
    yield tmp_path / "hub" / "checkpoints"
    torch.hub.set_dir(before)


@pytest.fixture
def state():
    """torchvision's names for the whole network, classifier and all, with values that differ from any fresh ones."""
    return official_state(SMALL)


def official_state(name):
    torch.manual_seed(7)
    official = BACKBONES[name].official
    blocks = {official.blocks + key: value for key, value in BACKBONES[name].build().state_dict().items()}
    return {**blocks, **{f"{prefix}weight": torch.zeros(3, 3) for prefix in official.aside}}


def loaded(network, state):
    official = BACKBONES[network.backbone].official
    return all(torch.equal(value, state[official.blocks + key]) for key, value in network.features.state_dict().items())


@pytest.mark.parametrize("name", [name for name, one in BACKBONES.items() if one.official and one.official.torchvision])
def test_what_torchvision_has_downloaded_is_found(hub, name):
    state = official_state(name)
    torch.save(state, hub / BACKBONES[name].official.file)
    network = pretrained(8, name)
    assert loaded(network, state)
    assert not network.training
    assert (network.backbone, network.dim) == (name, 8)


@pytest.mark.parametrize("ending", ["pth", "safetensors"])
@pytest.mark.parametrize("wrapped", ["", "module.", "state_dict", "features alone", "ours"])
def test_a_local_file_may_be_written_in_many_ways(tmp_path, state, ending, wrapped):
    official = BACKBONES[SMALL].official
    match wrapped:
        case "module.":
            written = {f"module.{name}": value for name, value in state.items()}
        case "features alone":
            written = {k.removeprefix(official.blocks): v for k, v in state.items() if k.startswith(official.blocks)}
        case "ours":
            written = {**{k: v for k, v in state.items() if k.startswith("features.")}, "head.bias": torch.zeros(4)}
        case _:
            written = state
    file = tmp_path / f"weights.{ending}"
    if ending == "safetensors":
        save_file(written, file)
    else:
        torch.save({"epoch": 3, "state_dict": written} if wrapped == "state_dict" else written, file)
    assert loaded(pretrained(8, SMALL, file=file, pooling="gem"), state)


def test_the_head_stays_as_it_is(tmp_path, state):
    torch.save(state, tmp_path / "a.pth")
    network = EmbeddingNet(8, SMALL)
    before = network.head.weight.clone()
    load_backbone(network, tmp_path / "a.pth")
    assert torch.equal(before, network.head.weight)


def bit_arrays():
    """Arrays under the authors' names and in their layout: kernels [height, width, in, out], group norms flat."""
    chance = np.random.default_rng(0)
    arrays = {"resnet/root_block/standardized_conv2d/kernel": chance.normal(size=(7, 7, 3, 64))}
    given = 64
    for block, (units, channels) in enumerate(zip(BLOCKS, WIDTHS, strict=True), 1):
        inside = channels // 4
        for unit in range(1, units + 1):
            place = f"resnet/block{block}/unit{unit:02}"
            shapes = {"a": (1, 1, given, inside), "b": (3, 3, inside, inside), "c": (1, 1, inside, channels)}
            for part, shape in shapes.items():
                arrays[f"{place}/{part}/standardized_conv2d/kernel"] = chance.normal(size=shape)
                arrays[f"{place}/{part}/group_norm/gamma"] = chance.normal(size=shape[2])
                arrays[f"{place}/{part}/group_norm/beta"] = chance.normal(size=shape[2])
            if unit == 1:
                arrays[f"{place}/a/proj/standardized_conv2d/kernel"] = chance.normal(size=(1, 1, given, channels))
            given = channels
    for part in ("gamma", "beta"):
        arrays[f"resnet/group_norm/{part}"] = chance.normal(size=2048)
    arrays["resnet/head/conv2d/kernel"] = np.zeros((1, 1, 2048, 5))
    arrays["resnet/head/conv2d/bias"] = np.zeros(5)
    return {name: value.astype(np.float32) for name, value in arrays.items()}


def test_a_published_bit_file_lands_where_it_belongs(hub):
    arrays = bit_arrays()
    np.savez(hub / "BiT-M-R50x1.npz", **arrays)
    features = pretrained(8, "bit_r50x1").features
    assert torch.equal(features.norm.bias, torch.from_numpy(arrays["resnet/group_norm/beta"]))
    kernel = arrays["resnet/block3/unit04/b/standardized_conv2d/kernel"]
    assert torch.equal(features.block3[3].b.weight, torch.from_numpy(kernel.transpose(3, 2, 0, 1)))
    projection = arrays["resnet/block2/unit01/a/proj/standardized_conv2d/kernel"]
    assert torch.equal(features.block2[0].projection.weight, torch.from_numpy(projection.transpose(3, 2, 0, 1)))


def test_every_value_of_bit_has_a_published_name():
    ours = dict(published_names())
    assert set(ours) == set(BACKBONES["bit_r50x1"].build().state_dict())
    assert set(ours.values()) | {"resnet/head/conv2d/kernel", "resnet/head/conv2d/bias"} == set(bit_arrays())


def test_a_bit_file_that_lacks_an_array_is_refused(tmp_path):
    arrays = bit_arrays()
    del arrays["resnet/block4/unit02/a/group_norm/gamma"]
    np.savez(tmp_path / "a.npz", **arrays)
    with pytest.raises(ModelError, match=r"another network than bit_r50x1: it lacks 'resnet/block4/unit02/a"):
        pretrained(8, "bit_r50x1", file=tmp_path / "a.npz")


def test_a_bit_file_for_another_network_is_refused(tmp_path):
    np.savez(tmp_path / "a.npz", **bit_arrays())
    with pytest.raises(ModelError, match=r"another network than resnet50: it lacks conv1\.weight.*resnet50-0676ba61"):
        pretrained(8, "resnet50", file=tmp_path / "a.npz")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NotFoundError, match=r"There are no weights at .*gone\.pth\. Name a file"):
        pretrained(8, SMALL, file=tmp_path / "gone.pth")


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "weights.h5").write_bytes(b"HDF")
    with pytest.raises(BadRequestError, match=r"no file of weights\. Its name must end in \.pth"):
        pretrained(8, SMALL, file=tmp_path / "weights.h5")


@pytest.mark.parametrize("ending", ["pth", "safetensors", "npz"])
@pytest.mark.parametrize("content", [b"", b"torn", b"PK\x03\x04torn"])
def test_a_damaged_file_is_refused_with_where_to_get_it(tmp_path, ending, content):
    (tmp_path / f"a.{ending}").write_bytes(content)
    with pytest.raises(ModelError, match=r"are damaged, or no weights\. Get it again: https://"):
        pretrained(8, SMALL, file=tmp_path / f"a.{ending}")


@pytest.mark.parametrize("saved", [[1, 2], {"a": 3}, {}])
def test_a_file_that_holds_no_state_is_refused(tmp_path, saved):
    torch.save(saved, tmp_path / "a.pth")
    with pytest.raises(ModelError, match="damaged, or no weights"):
        pretrained(8, SMALL, file=tmp_path / "a.pth")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda state: state.pop("features.0.0.weight"), r"it lacks 0\.0\.weight"),
        (lambda state: state.update({"features.99.weight": torch.zeros(1)}), r"99\.weight does not fit"),
        (lambda state: state.update({"features.0.0.weight": torch.zeros(1)}), r"0\.0\.weight does not fit"),
        (lambda state: state["features.0.0.weight"].fill_(float("nan")), "hold values that are no numbers"),
    ],
)
def test_weights_that_do_not_fit_are_refused_and_change_nothing(tmp_path, state, change, sentence):
    change(state)
    torch.save(state, tmp_path / "a.pth")
    network = EmbeddingNet(8, SMALL)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    with pytest.raises(ModelError, match=rf"{sentence}.*mobilenet_v3_small-047dcff4\.pth"):
        load_backbone(network, tmp_path / "a.pth")
    assert all(torch.equal(before[name], value) for name, value in network.state_dict().items())


def test_a_backbone_without_official_weights_says_so():
    with pytest.raises(BadRequestError, match=r"no official weights of se_resnet\. .* resnet50"):
        official_weights("se_resnet")


@pytest.fixture
def content(tmp_path, state):
    torch.save(state, tmp_path / "made.pth")
    return (tmp_path / "made.pth").read_bytes()


@pytest.fixture
def published(monkeypatch):
    """published(address): lets the small backbone's official weights come from there."""

    def publish(address):
        official = replace(BACKBONES[SMALL].official, url=address)
        monkeypatch.setitem(registry.BACKBONES, SMALL, replace(BACKBONES[SMALL], official=official))
        return official

    return publish


def file_name(content):
    return f"/small-{hashlib.sha256(content).hexdigest()[:8]}.pth"


def test_weights_are_downloaded_once(hub, content, state, published):
    reports, name = [], file_name(content)
    with serving({name: send(content)}) as site:
        published(site + name)
        network = pretrained(8, SMALL, job=Job(report=reports.append))
    assert loaded(network, state)
    assert (reports[-1].done, reports[-1].total) == (len(content), len(content))
    assert [file.name for file in hub.iterdir()] == [name[1:]]
    assert loaded(pretrained(8, SMALL), state)  # the site is gone


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda content: send(b"", 404), "Not Found"),
        (lambda content: send(content[:-5], announce=len(content)), "broke off"),
        (lambda content: send(content[::-1]), "another file was sent"),
    ],
)
def test_a_download_that_fails_says_what_to_do_and_leaves_nothing(hub, content, published, answer, reason):
    name = file_name(content)
    with serving({name: answer(content)}) as site:
        published(site + name)
        with pytest.raises(
            EngineError, match=rf"could not be downloaded: .*{reason}.*Get {site}.* put it in .*checkpoints"
        ):
            pretrained(8, SMALL)
    assert list(hub.iterdir()) == []


def test_no_internet_says_what_to_do(published):
    official = published("http://127.0.0.1:9/small-12345678.pth")
    with pytest.raises(EngineError, match=r"refused\. Get http://127\.0\.0\.1:9/small-12345678\.pth in another way"):
        pretrained(8, SMALL)
    assert not cached_file(official).exists()


def test_a_cancelled_download_leaves_nothing(hub, content, published):
    job = Job()
    job.report = lambda progress: job.cancel()
    with serving({file_name(content): send(content * 3)}) as site:
        published(site + file_name(content))
        with pytest.raises(Cancelled):
            pretrained(8, SMALL, job=job)
    assert list(hub.iterdir()) == []


def test_a_full_disk_is_reported(hub, content, published, full_disk):
    full_disk(hub / (file_name(content)[1:] + ".partial"))
    with serving({file_name(content): send(content)}) as site:
        published(site + file_name(content))
        with pytest.raises(StorageFullError, match="The disk is full"):
            pretrained(8, SMALL)


def test_the_file_is_what_the_address_ends_with():
    assert OfficialWeights("https://a.example/b/c-12345678.pth").file == "c-12345678.pth"

"""What the tests work on: generated pictures, and a tiny ONNX model that finds alike ones."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageDraw, ImageFilter

SIDE = 32
DIM = 32
LIGHTS = ("red", "lime", "blue", "yellow", "cyan", "magenta", "white", "black")


def write_model(folder: Path, name: str = "tiny", seed: int = 0, dim: int = DIM) -> Path:
    """A model folder: a random projection of the 32 x 32 picture; alike pictures get alike embeddings."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    graph = _projection(seed, dim)
    (place / "model.onnx").write_bytes(graph)
    manifest = {
        "format": 1,
        "name": name,
        "version": "1",
        "sha256": hashlib.sha256(graph).hexdigest(),
        "dim": dim,
        "input": {"name": "images", "size": [SIDE, SIDE], "layout": "NHWC", "dtype": "uint8"},
        "output": {"name": "embeddings"},
        "resize": {"mode": "squash", "interpolation": "bilinear"},
        "distance": "cosine",
        "licence": "Apache-2.0",
        "training": {"recipe": "random projection"},
    }
    (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return place


def _projection(seed: int, dim: int) -> bytes:
    weights = np.random.default_rng(seed).normal(size=(SIDE * SIDE * 3, dim)).astype(np.float32)
    nodes = [
        helper.make_node("Cast", ["images"], ["pixels"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["pixels"], ["flat"], axis=1),
        helper.make_node("ReduceMean", ["flat"], ["mean"], axes=[1], keepdims=1),
        helper.make_node("Sub", ["flat", "mean"], ["centred"]),
        helper.make_node("MatMul", ["centred", "weights"], ["projected"]),
        # A picture of one colour has nothing left after centring: give it a direction all the same.
        helper.make_node("Add", ["projected", "bias"], ["moved"]),
        helper.make_node("LpNormalization", ["moved"], ["embeddings"], axis=1, p=2),
    ]
    graph = helper.make_graph(
        nodes,
        "projection",
        [helper.make_tensor_value_info("images", TensorProto.UINT8, ["N", SIDE, SIDE, 3])],
        [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, ["N", dim])],
        [numpy_helper.from_array(weights, "weights"), numpy_helper.from_array(np.ones(dim, np.float32), "bias")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def picture(seed: int, size: tuple[int, int] = (96, 72)) -> Image.Image:
    """A picture of soft coloured blobs, different for every seed."""
    blobs = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(blobs).resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1))


def scene(seed: int, size: tuple[int, int] = (360, 270)) -> Image.Image:
    """A picture with edges, corners and grain, as photos have them, different for every seed."""
    rng = np.random.default_rng(seed)
    width, height = size
    drawn = picture(seed, size)
    pen = ImageDraw.Draw(drawn)
    for _ in range(60):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        corners = [(x + dx, y + dy) for dx, dy in rng.normal(0, width / 14, (int(rng.integers(3, 6)), 2))]
        pen.polygon(corners, fill=tuple(int(value) for value in rng.integers(0, 256, 3)))
    grain = rng.normal(0, 4, (height, width, 1))
    return Image.fromarray(np.clip(np.asarray(drawn) + grain, 0, 255).astype(np.uint8))


def write_subjects(folder: Path, classes: int = 4, each: int = 8) -> Path:
    """A folder with one folder per class: blobs that differ in every photo, in a light that all of a class share."""
    for subject in range(classes):
        place = folder / f"subject {subject}"
        place.mkdir(parents=True)
        light = Image.new("RGB", (96, 72), LIGHTS[subject % len(LIGHTS)])
        for number in range(each):
            Image.blend(picture(100 * subject + number), light, 0.2).save(place / f"{number}.jpg", quality=92)
    return folder


def write_network(folder: Path) -> Path:
    """A model folder with the weights of its network, which learned nothing and tells pictures apart all the same."""
    import torch
    from torch.nn import functional

    from trainer.augment import as_pictures
    from trainer.backbones.embedding import EmbeddingNet
    from trainer.backbones.preprocessing import CENTRED, Preprocessing
    from trainer.export import ModelDescription, publish

    torch.manual_seed(0)
    network = EmbeddingNet(16, "simple_cnn").eval()
    blobs = np.stack([Preprocessing(SIDE, CENTRED).pixels(picture(number)) for number in range(12)])
    with torch.no_grad():
        _, pooled = network(as_pictures(torch.from_numpy(blobs), SIDE))
        network.head.weight.normal_()
        network.head.bias.copy_(-network.head.weight @ functional.normalize(pooled, dim=1).mean(dim=0))
    place = folder / "network"
    publish(network, ModelDescription(place.name, SIDE, {"recipe": "none"}, licence="CC0-1.0"), blobs, place)
    return place


def write_teacher(folder: Path) -> Path:
    """The weights of a teacher that was never taught: random, kept at a healthy scale through all its layers."""
    import torch
    from safetensors.torch import save_file

    from trainer.backbones.teacher import Teacher

    torch.manual_seed(0)
    teacher = Teacher()
    for module in teacher.modules():
        if isinstance(module, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(module.weight)
            torch.nn.init.zeros_(module.bias)
    file = folder / "teacher.safetensors"
    save_file({name: value.half() for name, value in teacher.state_dict().items()}, file)
    return file

"""Time to embed one photo on one thread, against MobileNetV3-large of torchvision at its own input size."""

import hashlib
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.material import median, report
from engine.library import default_models
from engine.models.embedder import OnnxEmbedder
from engine.models.manifest import Input, Manifest
from engine.models.registry import ModelRegistry

REFERENCE_SIDE = 224
REFERENCE_DIM = 960
ROUNDS = 15
PHOTOS = 20


def milliseconds(embedder: OnnxEmbedder) -> float:
    """Per picture, one at a time."""
    given = embedder.manifest.input
    pixels = np.random.default_rng(0).integers(0, 256, (1, given.height, given.width, 3), dtype=np.uint8)
    embedder.embed(pixels)
    started = time.perf_counter()
    for _ in range(PHOTOS):
        embedder.embed(pixels)
    return 1000 * (time.perf_counter() - started) / PHOTOS


def reference(folder: Path) -> OnnxEmbedder:
    """MobileNetV3-large without its classifier. Its weights are random: its speed does not depend on them."""
    import torch
    from torchvision.models import mobilenet_v3_large

    backbone = mobilenet_v3_large(weights=None)
    network = torch.nn.Sequential(backbone.features, backbone.avgpool, torch.nn.Flatten())
    for norm in (part for part in network.modules() if isinstance(part, torch.nn.BatchNorm2d)):
        norm.momentum = 1.0  # else the numbers fade from layer to layer, down to nothing
    with torch.no_grad():
        network.train()(torch.rand(4, 3, REFERENCE_SIDE, REFERENCE_SIDE))
    network.eval()
    file = folder / "reference.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter deprecates itself, but the newer one has given wrong networks
        torch.onnx.export(
            network,
            (torch.zeros(1, 3, REFERENCE_SIDE, REFERENCE_SIDE),),
            file,
            dynamo=False,
            opset_version=17,
            input_names=["images"],
            output_names=["embeddings"],
        )
    manifest = Manifest(
        name="mobilenet_v3_large",
        version="1",
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        dim=REFERENCE_DIM,
        input=Input("images", REFERENCE_SIDE, REFERENCE_SIDE, layout="NCHW", dtype="float32"),
        output="embeddings",
        resize="squash",
        interpolation="bilinear",
        licence="",
    )
    return OnnxEmbedder(file, manifest)


def main() -> None:
    """Measure and print; the two take turns, so that a busy machine slows both."""
    with tempfile.TemporaryDirectory() as place:
        model = ModelRegistry(default_models(), Path(place)).default()
        ours = OnnxEmbedder(model.folder, model.manifest)
        try:
            theirs = reference(Path(place))
        except ImportError as error:
            print(f"no reference, since {error.name} is not installed", file=sys.stderr)
            theirs = None
        rounds = [(milliseconds(ours), milliseconds(theirs) if theirs else float("nan")) for _ in range(ROUNDS)]
    report(
        "embedding one photo on one thread, without decoding",
        ratio=median(mine / other for mine, other in rounds) if theirs else None,
        to_reach="<= 6 ms, beside MobileNetV3-large",
        model=model.manifest.name,
        model_ms=median(mine for mine, _ in rounds),
        model_side=model.manifest.input.height,
        mobilenet_v3_large_ms=median(other for _, other in rounds) if theirs else None,
        mobilenet_v3_large_side=REFERENCE_SIDE,
        model_megabytes=sum(file.stat().st_size for file in model.folder.glob("*.onnx")) / 1e6,
    )


if __name__ == "__main__":
    main()

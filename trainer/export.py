"""From a trained network to a model folder that the engine can use."""

import hashlib
import json
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.errors import BadRequestError
from engine.imaging.resizing import Interpolation, ResizeMode
from engine.models.embedder import OnnxEmbedder, Pixels
from engine.models.manifest import FORMAT, MANIFEST, METADATA_KEY, MODEL, load_manifest, parse_manifest
from trainer.backbones.bit import folded
from trainer.backbones.embedding import EmbeddingNet
from trainer.gate import Parity, check_parity
from trainer.storage import storing
from trainer.weights import save_weights

OPSET = 17
INPUT, OUTPUT = "images", "embeddings"


@dataclass(frozen=True, slots=True)
class ModelDescription:
    """What the manifest says of a model beyond its shape.

    Attributes:
        name: also the name of its folder.
        side: pixels of the square pictures it is shown.
        training: recipe, data, date, seed and metrics; JSON-able.
        resize: how photos come to that side, see `engine.imaging.resizing`.
        interpolation: see there.
        share: of the shorter side that "crop" takes.
    """

    name: str
    side: int
    training: dict[str, Any]
    version: str = "1.0.0"
    licence: str = "Apache-2.0"
    resize: ResizeMode = "squash"
    interpolation: Interpolation = "bilinear"
    share: float = 1.0


class ExportedNet(nn.Module):
    """A trained network as it is exported: from uint8 RGB [N, H, W, 3] to unit vectors float32 [N, dim]."""

    def __init__(self, network: EmbeddingNet) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: Tensor) -> Tensor:
        """Embeddings of pictures as a decoder yields them; the conversion to float is part of the graph."""
        embeddings, _ = self.network(images.permute(0, 3, 1, 2).to(torch.float32) / 255)
        return functional.normalize(embeddings, dim=1)

    def embed(self, pixels: Pixels) -> Any:
        """The same for arrays."""
        with torch.inference_mode():
            return self(torch.from_numpy(pixels)).numpy()


def publish(network: EmbeddingNet, description: ModelDescription, pixels: Pixels, folder: Path) -> Parity:
    """Export a network, prove the export on pictures, and only then put the model folder in place, weights and all.

    Args:
        network: trained; it is moved to the CPU.
        description: for the manifest.
        pixels: pictures for the parity gate, uint8 RGB [N, side, side, 3].
        folder: the model folder; an older one is replaced as a whole.

    Raises:
        ModelError: the parity gate refused the export.
        StorageFullError: the disk is full.
    """
    exported = ExportedNet(network.cpu().to(memory_format=torch.contiguous_format)).eval()
    with storing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".", ignore_cleanup_errors=True) as temporary:
            fresh = Path(temporary) / folder.name
            fresh.mkdir()
            write_model(exported, description, fresh)
            save_weights(network, fresh)
            parity = check_parity(exported.embed, OnnxEmbedder(fresh, load_manifest(fresh)).embed, pixels)
            _replace(fresh, folder)
    return parity


def write_model(network: ExportedNet, description: ModelDescription, folder: Path) -> None:
    """Write model.onnx and manifest.json; the manifest is repeated in the model's own metadata.

    Standardised kernels are written as they are used, so that nothing is computed again for every picture.
    """
    manifest = _manifest(description, network.network.dim)
    _export(folded(network), description.side, folder / MODEL)
    graph = onnx.load(folder / MODEL)
    onnx.helper.set_model_props(graph, {METADATA_KEY: json.dumps(manifest)})
    onnx.checker.check_model(graph)
    model = graph.SerializeToString()
    document = {**manifest, "sha256": hashlib.sha256(model).hexdigest()}
    (folder / MODEL).write_bytes(model)
    (folder / MANIFEST).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def check_description(description: ModelDescription, dim: int) -> None:
    """Refuse a name or a size that no model can have, before a long training; raises BadRequestError."""
    try:
        parse_manifest({**_manifest(description, dim), "sha256": "0" * 64})
    except ValueError as error:
        raise BadRequestError(f"Such a model cannot be made: {error}.", "Choose another name or size.") from error


def _export(network: ExportedNet, side: int, file: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter deprecates itself, but the newer one has given wrong networks
        torch.onnx.export(
            network,
            (torch.zeros(1, side, side, 3, dtype=torch.uint8),),
            file,
            dynamo=False,
            opset_version=OPSET,
            input_names=[INPUT],
            output_names=[OUTPUT],
            dynamic_axes={INPUT: {0: "batch"}, OUTPUT: {0: "batch"}},
        )


def _manifest(description: ModelDescription, dim: int) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "name": description.name,
        "version": description.version,
        "dim": dim,
        "input": {
            "name": INPUT,
            "size": [description.side, description.side],
            "layout": "NHWC",
            "dtype": "uint8",
            "mean": [0, 0, 0],
            "std": [1, 1, 1],
        },
        "output": {"name": OUTPUT},
        "resize": {"mode": description.resize, "interpolation": description.interpolation, "share": description.share},
        "distance": "cosine",
        "training": description.training,
        "licence": description.licence,
    }


def _replace(fresh: Path, folder: Path) -> None:
    """Put a finished folder in the place of an older one, which goes away with the temporary folder."""
    if folder.exists():
        folder.replace(fresh.with_name("before"))
    fresh.replace(folder)

"""What each part of a picture adds to its embedding.

Where an embedding is the mean of a feature map, projected by one matrix, it is the sum of one vector per position of
that map. The similarity of two pictures is then, exactly, the sum over all pairs of their positions: Stylianou,
Souvenir and Pless, "Visualizing Deep Similarity Networks" (WACV 2019), https://arxiv.org/abs/1901.00536.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.models.embedder import Embeddings, OnnxEmbedder, Pixels
from engine.models.manifest import MODEL, Manifest
from engine.models.onnx_tail import Tail, read_tail

TOLERANCE = 1e-3
"""How far a value of the rebuilt embedding may be from the model's own, whose values are 1 or less."""

Patches = NDArray[np.float32]


class PatchEmbedder:
    """An embedding model that also tells what each position of its last feature map adds.

    Args:
        model: the model folder, or the ONNX file itself.

    Raises:
        ModelError: see `OnnxEmbedder`.
    """

    def __init__(self, model: Path, manifest: Manifest) -> None:
        file = model / MODEL if model.is_dir() else model
        self._tail = read_tail(file.read_bytes()) if file.is_file() else None
        try:
            feature_map = self._tail.feature_map if self._tail is not None else None
            self._embedder = OnnxEmbedder(model, manifest, feature_map=feature_map)
        except ModelError:  # the guess was wrong, or the model is
            self._tail = None
            self._embedder = OnnxEmbedder(model, manifest)

    def embed(self, pixels: Pixels) -> Embeddings:
        """See `OnnxEmbedder.embed`."""
        return self._embedder.embed(pixels)

    def patches(self, pixels: Pixels) -> Patches | None:
        """What the positions of a picture's feature map add to its embedding, float32 [height, width, dim].

        They add up to the L2-normalised embedding. None if this model's embedding is no such sum.

        Args:
            pixels: one picture, uint8 RGB [height, width, 3].
        """
        if self._tail is None:
            return None
        embeddings, features = self._embedder.embed_with_features(pixels[None])
        if features.ndim != 4:
            return None
        channels = features[0]
        return patches_of(channels.astype(np.float32), self._tail, embeddings[0])


def patches_of(features: NDArray[np.float32], tail: Tail, embedding: NDArray[np.float32]) -> Patches | None:
    """The parts of an embedding, if it can be rebuilt from the feature map.

    The mean may be L2-normalised before it is projected, and a square matrix does not tell which way round it is:
    the way that gives the embedding is the right one.

    Args:
        features: [channels, height, width].
        embedding: L2-normalised [dim].
    """
    channels, height, width = features.shape
    columns = features.reshape(channels, -1).T  # [positions, channels]
    mean = columns.mean(axis=0)
    for matrix in _matrices(tail, channels, len(embedding)):
        for scale in (1.0, float(np.linalg.norm(mean))):
            for bias in (tail.bias, None):
                parts = columns / max(scale, 1e-12)
                parts = parts if matrix is None else parts @ matrix.T
                if bias is not None and bias.shape == embedding.shape:
                    parts = parts + bias
                rebuilt = parts.mean(axis=0)
                length = np.linalg.norm(rebuilt)
                if length > 0 and np.abs(rebuilt / length - embedding).max() < TOLERANCE:
                    added: Patches = (parts / (length * len(parts))).astype(np.float32)
                    return added.reshape(height, width, -1)
    return None


def _matrices(tail: Tail, channels: int, dim: int) -> list[NDArray[np.float32] | None]:
    """The projections that have the right shape, [dim, channels]; None stands for no projection."""
    found: list[NDArray[np.float32] | None] = [None] if channels == dim else []
    if tail.weight is not None:
        found += [matrix for matrix in (tail.weight, tail.weight.T) if matrix.shape == (dim, channels)]
    return found

"""Explains two pictures: a worker process of its own decodes them and asks the model, so that no search waits."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from engine.copies.files import CERTAIN, CompareTask, FileComparer
from engine.copies.verdict import Kind, Verdict
from engine.errors import UnreadablePhotoError
from engine.imaging.decoding import DecodedPhoto, DecodeLimits, decode
from engine.imaging.heat import beside
from engine.imaging.resizing import model_input, shown_part
from engine.indexing.reading import content_hash
from engine.jobs import Job
from engine.models.patches import PatchEmbedder
from engine.models.registry import InstalledModel
from engine.records import QueryPicture, Region
from engine.search.calibration import NOISE_SCORE
from engine.search.explanation import Box, Evidence, Explanation, Method, PictureEvidence, hidden, shared
from engine.search.searcher import Searcher
from engine.workers import WorkerPool

PICTURE_SIDE = 800
"""Longest side of each of the two pictures in what is saved, in pixels."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A picture, or the region of it that counts.

    Attributes:
        small: the source is the small picture that was kept of it.
    """

    source: Path | bytes
    region: Region | None = None
    small: bool = False


@dataclass(frozen=True, slots=True)
class ExplainTask:
    """Find out what two pictures share.

    Attributes:
        draw: make a picture of both with their maps.
    """

    one: Looked
    other: Looked
    draw: bool = False


Explainers = WorkerPool[ExplainTask, Evidence]


class Explainer:
    """Explains pairs of pictures with one model. Any thread may call it, one call at a time is served.

    Args:
        pool: the process that does the work; it is started when first needed.
        searcher: knows where the pixels of a query picture are, and what distances mean in this library.
    """

    def __init__(self, pool: Explainers, searcher: Searcher, model: InstalledModel) -> None:
        self.pool = pool
        self._searcher = searcher
        self._model = model

    def explain(self, one: QueryPicture, other: QueryPicture, job: Job, *, draw: bool = False) -> Explanation:
        """Why these two are alike.

        Args:
            draw: also make a picture of it, see `Evidence.picture`.

        Raises:
            UnreadablePhotoError: one of them cannot be read.
            NotFoundError: a file does not exist, and nothing of it was kept.
            Cancelled: the job was cancelled.
        """
        evidence = self.pool.ask(ExplainTask(self._looked(one), self._looked(other), draw), job)
        distance = max(0.0, 1 - evidence.similarity)
        (score,) = self._searcher.calibration().scores(np.array([distance], dtype=np.float32))
        return Explanation(evidence, distance, float(score), NOISE_SCORE, self._model.manifest.name)

    def _looked(self, picture: QueryPicture) -> Looked:
        source = self._searcher.preparation.source(picture)
        return Looked(source.content, picture.region, source.small)


def start_explainer(model: InstalledModel, limits: DecodeLimits) -> Callable[[ExplainTask], Evidence]:
    """What the worker process begins with."""
    return partial(_answer, _Witness(model, limits))


def _answer(witness: "_Witness", task: ExplainTask) -> Evidence:
    return witness.evidence(task)


class _Witness:
    """Asks a model, and the pixels, about pairs of pictures."""

    def __init__(self, model: InstalledModel, limits: DecodeLimits) -> None:
        self._manifest = model.manifest
        self._limits = limits
        self._embedder = PatchEmbedder(model.folder, model.manifest)
        self._comparer = FileComparer(limits)

    def evidence(self, task: ExplainTask) -> Evidence:
        one, other = self._decoded(task.one, task.draw), self._decoded(task.other, task.draw)
        pixels = [self._input(decoded) for decoded in (one, other)]
        vectors = self._embedder.embed(np.stack(pixels))
        patches = [self._embedder.patches(picture) for picture in pixels]
        if patches[0] is not None and patches[1] is not None:
            method, heats = Method.FEATURES, shared(patches[0], patches[1])
        else:
            method = Method.OCCLUSION
            heats = (
                hidden(self._embedder.embed, pixels[0], vectors[1]),
                hidden(self._embedder.embed, pixels[1], vectors[0]),
            )
        told = [
            PictureEvidence(heat, self._covered(decoded, looked.region), decoded.width, decoded.height, decoded.details)
            for heat, decoded, looked in zip(heats, (one, other), (task.one, task.other), strict=True)
        ]
        drawn = b""
        if task.draw:
            parts = (self._shown(one), self._shown(other))
            drawn = beside((one.image, heats[0], parts[0]), (other.image, heats[1], parts[1]), PICTURE_SIDE)
        verdict = self._verdict(task.one, task.other)
        return Evidence(method, float(vectors[0] @ vectors[1]), told[0], told[1], verdict, drawn)

    def _verdict(self, one: Looked, other: Looked) -> Verdict:
        """What the second is to the first; a model may find a copy that is turned, or cut small, hardly alike."""
        if one.region == other.region and content_hash(one.source) == content_hash(other.source):
            return Verdict(Kind.IDENTICAL_FILE if one.region is None else Kind.IDENTICAL_PIXELS, CERTAIN)
        said = self._comparer.compare(
            CompareTask(one.source, other.source, one.region, other_region=other.region),
        )
        return replace(said, by_thumbnail=said.is_copy and (one.small or other.small))

    def _decoded(self, looked: Looked, draw: bool) -> DecodedPhoto:
        side = PICTURE_SIDE if draw else 0
        try:
            return decode(
                looked.source,
                short_side=self._manifest.decoded_side,
                long_side=side,
                region=looked.region,
                limits=self._limits,
            )
        except UnreadablePhotoError as error:
            name = looked.source.name if isinstance(looked.source, Path) else "The picture"
            raise UnreadablePhotoError(f"{name} cannot be explained: {error.message}", error.hint) from error

    def _input(self, decoded: DecodedPhoto) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        manifest = self._manifest
        size = (manifest.input.height, manifest.input.width)
        return model_input(decoded.image, size, manifest.resize, manifest.interpolation, manifest.share)

    def _shown(self, decoded: DecodedPhoto) -> Box:
        """What the model was shown of the decoded image, in fractions of it."""
        given = self._manifest.input
        return shown_part(decoded.image.size, (given.height, given.width), self._manifest.resize, self._manifest.share)

    def _covered(self, decoded: DecodedPhoto, region: Region | None) -> Box:
        """The same in fractions of the whole picture."""
        left, top, right, bottom = self._shown(decoded)
        part = region or Region(0, 0, 1, 1)
        return (
            part.x + left * part.width,
            part.y + top * part.height,
            part.x + right * part.width,
            part.y + bottom * part.height,
        )

"""Official weights from the web, into the folder where torch looks for them."""

import hashlib
import http.client
import re
import urllib.request
from pathlib import Path
from typing import IO

import torch

from engine.errors import EngineError
from engine.jobs import Job, Progress
from trainer.backbones.registry import OfficialWeights
from trainer.storage import storing

TIMEOUT_SECONDS = 20
CHUNK_BYTES = 1 << 20
_DIGEST = re.compile(r"-([0-9a-f]{8,})\.")
"""torch's files are named after the beginning of their SHA-256."""


def cached_file(official: OfficialWeights) -> Path:
    """Where torch and torchvision keep that file, whether it is there or not; `TORCH_HOME` decides."""
    return Path(torch.hub.get_dir()) / "checkpoints" / official.file


def official_file(official: OfficialWeights, job: Job) -> Path:
    """The file of official weights, downloaded if it is not there yet.

    Args:
        official: what is wanted.
        job: where to report and who may cancel.

    Raises:
        EngineError: the site cannot be reached, refuses, breaks off or sends something else.
        StorageFullError: the disk is full.
        Cancelled: the caller asked to stop.
    """
    file = cached_file(official)
    if file.is_file():
        return file
    with storing(file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f"{file.name}.partial")
    try:
        digest = _download(official, partial, job)
        named = _DIGEST.search(official.file)
        if named and not digest.startswith(named[1]):
            raise _failure(official, "another file was sent")
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    return file


def _download(official: OfficialWeights, target: Path, job: Job) -> str:
    """Write the file and return its SHA-256."""
    digest, done = hashlib.sha256(), 0
    with storing(target), target.open("wb") as stream:
        answer = _open(official)
        with answer:
            total = int(answer.headers.get("Content-Length") or 0) or None
            while chunk := _read(answer, official):
                stream.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                job.step(Progress(f"downloading {official.file}", done, total))
    if total is not None and done < total:
        raise _failure(official, "the answer broke off")
    return digest.hexdigest()


def _open(official: OfficialWeights) -> http.client.HTTPResponse:
    try:
        answer: http.client.HTTPResponse = urllib.request.urlopen(official.url, timeout=TIMEOUT_SECONDS)
    except (OSError, http.client.HTTPException) as error:
        raise _failure(official, _reason(error)) from error
    return answer


def _read(answer: IO[bytes], official: OfficialWeights) -> bytes:
    try:
        return answer.read(CHUNK_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise _failure(official, _reason(error)) from error


def _failure(official: OfficialWeights, reason: str) -> EngineError:
    return EngineError(
        f"The weights {official.file} could not be downloaded: {reason}.",
        f"Get {official.url} in another way and put it in {cached_file(official).parent}, or name the file.",
    )


def _reason(error: Exception) -> str:
    cause = getattr(error, "reason", error)
    return str(getattr(cause, "strerror", None) or cause or type(cause).__name__)

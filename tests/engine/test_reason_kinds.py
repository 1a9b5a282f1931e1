"""Every sentence that says why a file cannot be read has a kind."""

import errno
import re
from pathlib import Path

import pytest

from engine.imaging import reasons
from engine.imaging.formats import UNREAD
from engine.reason_kinds import RETRIED, ReasonKind, kind_of

JPEG = "JPEG"
SENTENCES = {
    reasons.EMPTY: ReasonKind.EMPTY,
    reasons.INCOMPLETE: ReasonKind.DAMAGED,
    reasons.damaged(JPEG): ReasonKind.DAMAGED,
    reasons.of_decoder(ValueError("broken data stream"), JPEG): ReasonKind.DAMAGED,
    "The small picture of it in the library is damaged.": ReasonKind.DAMAGED,
    "Reading it crashed the decoder (SIGSEGV); the file is probably damaged.": ReasonKind.DAMAGED,
    reasons.NO_MEMORY: ReasonKind.LIMITS,
    reasons.too_large(400_000_000, 300_000_000): ReasonKind.LIMITS,
    reasons.of_decoder(ValueError("decompressed data too large"), JPEG): ReasonKind.LIMITS,
    "Reading it took longer than 60 seconds.": ReasonKind.LIMITS,
    "Reading it needs more memory than a photo is allowed to take.": ReasonKind.LIMITS,
    reasons.UNKNOWN_CAMERA: ReasonKind.FORMAT,
    reasons.of_decoder(ValueError("unsupported bit depth"), JPEG): ReasonKind.FORMAT,
    reasons.unread_format(next(iter(UNREAD))): ReasonKind.FORMAT,
    reasons.reader_missing("JXL"): ReasonKind.READER,
    reasons.not_a_picture(JPEG): ReasonKind.NO_PICTURE,
    reasons.not_a_picture(None): ReasonKind.NO_PICTURE,
    reasons.a_video(JPEG): ReasonKind.NO_PICTURE,
    reasons.a_video(None): ReasonKind.NO_PICTURE,
    reasons.of_file_system(PermissionError()): ReasonKind.ACCESS,
    reasons.of_file_system(FileNotFoundError()): ReasonKind.ACCESS,
    reasons.of_file_system(IsADirectoryError()): ReasonKind.ACCESS,
    reasons.of_file_system(OSError(errno.EIO, "Input/output error")): ReasonKind.ACCESS,
    "You have no permission to read this file.": ReasonKind.ACCESS,
    "The file cannot be read: Input/output error.": ReasonKind.ACCESS,
    reasons.of_decoder(ValueError("something new"), JPEG): ReasonKind.OTHER,
    "It could not be read (ValueError: nobody knows).": ReasonKind.OTHER,
}


@pytest.mark.parametrize(("sentence", "kind"), SENTENCES.items(), ids=range(len(SENTENCES)))
def test_a_sentence_has_its_kind(sentence, kind):
    assert kind_of(sentence) is kind


def test_no_sentence_of_the_workers_is_forgotten():
    """What these modules raise is looked for in their text, so that a new sentence cannot be overlooked."""
    tree = Path(reasons.__file__).parents[1]
    for module in (tree / "workers.py", tree / "indexing" / "reading.py"):
        for start in re.findall(r"UnreadablePhotoError\(f?\"([^\"{(]+)", module.read_text()):
            assert any(sentence.startswith(start.strip()) for sentence in SENTENCES), start


def test_only_photos_that_could_not_be_read_are_tried_again():
    assert set(ReasonKind) - set(RETRIED) == {
        ReasonKind.WAITING, ReasonKind.EMBEDDING, ReasonKind.OFFLINE, ReasonKind.IGNORED,
    }  # fmt: skip

"""What a copy is to its original, in the user's language."""

from engine.copies.verdict import Change, ChangeKind, Kind, Verdict
from gui.translation import later, tr
from gui.words import duration, number

_CHANGES = {
    ChangeKind.RESIZED: later("resized to {amount} %"),
    ChangeKind.CROPPED: later("cropped to {amount} %"),
    ChangeKind.UNCROPPED: later("shows more (the other is cropped to {amount} %)"),
    ChangeKind.MIRRORED: later("mirrored"),
    ChangeKind.TURNED: later("turned {amount}°"),
    ChangeKind.BRIGHTER: later("brighter by {amount} EV"),
    ChangeKind.DARKER: later("darker by {amount} EV"),
    ChangeKind.BLACK_AND_WHITE: later("black and white"),
    ChangeKind.COLOURED: later("in colour"),
    ChangeKind.RECOLOURED: later("other colours"),
    ChangeKind.BLURRED: later("blurred"),
    ChangeKind.SHARPER: later("sharper"),
    ChangeKind.MARKED: later("text or a mark on {amount} % of it"),
    ChangeKind.BORDERED: later("border added"),
    ChangeKind.UNBORDERED: later("border removed"),
}
_KINDS = {
    Kind.IDENTICAL_FILE: later("identical file"),
    Kind.IDENTICAL_PIXELS: later("identical pixels"),
    Kind.OTHER_SHOT: later("different shot"),
    Kind.DIFFERENT: later("different"),
}


def verdict_words(verdict: Verdict) -> str:
    """What one picture is to another, such as “resized to 50 %, mirrored”."""
    words = _words(verdict)
    return tr("{verdict} (by thumbnail)", verdict=words) if verdict.by_thumbnail else words


def verdict_sentence(verdict: Verdict) -> str:
    """The same as a sentence, such as “The same picture: mirrored.”, with what is said of other pairs."""
    if verdict.is_copy:
        return tr("The same picture: {verdict}.", verdict=verdict_words(verdict))
    if verdict.kind is Kind.OTHER_SHOT and verdict.seconds_apart is not None:
        return tr("Different shots of one thing, {time} apart.", time=duration(verdict.seconds_apart))
    return tr("Different shots of one thing.") if verdict.kind is Kind.OTHER_SHOT else tr("Different pictures.")


def _words(verdict: Verdict) -> str:
    if verdict.kind is Kind.COPY:
        return ", ".join(map(_change, verdict.changes)) or tr("re-encoded")
    if verdict.kind is Kind.OTHER_SHOT and verdict.seconds_apart is not None:
        return tr("different shot {time} apart", time=duration(verdict.seconds_apart))
    return tr(_KINDS[verdict.kind])


def _change(change: Change) -> str:
    digits = 1 if change.kind in (ChangeKind.BRIGHTER, ChangeKind.DARKER) else 0
    return tr(_CHANGES[change.kind], amount=number(change.amount, digits))

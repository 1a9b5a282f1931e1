"""What is known about a photo, as people say it."""

from datetime import datetime

from PySide6.QtCore import QLocale, QSize

from engine.errors import EngineError
from engine.imaging.formats import title
from engine.records import Match, Photo, PhotoState
from engine.search.closeness import Closeness
from gui.gallery.wording import describe
from gui.translation import tr
from gui.words import clock, dated, number

_WORTH_COUNTING = 100_000
_BRIEF_SECONDS = 0.3  # from here on down cameras write fractions


def pixel_size(width: int, height: int) -> str:
    """Such as "4000 × 3000"; empty if it is not known."""
    return f"{width} × {height}" if width else ""


def megapixels_of(width: int, height: int) -> str:
    """Such as "12 megapixels"; empty if that is next to nothing."""
    if width * height < _WORTH_COUNTING:
        return ""
    return tr("{number} megapixels", number=megapixels(QSize(width, height)))


def megapixels(size: QSize) -> str:
    """Such as "12", "0.3"."""
    millions = size.width() * size.height() / 1e6
    return number(millions, 0 if millions >= 10 else 1)


def moment(of: datetime) -> str:
    """Such as "12 March 2021, 14:03"."""
    day = dated(of.date(), tr("d MMMM yyyy"))
    return f"{day}, {clock(of)}"


def format_name(name: str) -> str:
    """A format as people call it."""
    return title(name)


def percent_shown(scale: float) -> str:
    """Such as "50 %": how large a picture is shown."""
    return f"{number(scale * 100, 1 if scale < 0.1 else 0)} %"


def exposure_time(seconds: float) -> str:
    """Such as "1/250 s", "2.5 s"."""
    if seconds < _BRIEF_SECONDS:
        return f"1/{number(1 / seconds)} s"
    return f"{_trimmed(seconds)} s"


def aperture(f_number: float) -> str:
    """Such as "f/5.6"."""
    return f"f/{_trimmed(f_number)}"


def focal_length(millimetres: float, on_35mm: int | None) -> str:
    """Such as "35 mm", "4.2 mm (26 mm on 35 mm film)"."""
    length = f"{_trimmed(millimetres)} mm"
    if on_35mm is None or on_35mm == round(millimetres):
        return length
    return tr("{length} ({film} mm on 35 mm film)", length=length, film=number(on_35mm))


def coordinates(latitude: float, longitude: float) -> str:
    """Degrees as every map takes them, whatever the language: "50.087500, 14.420000"."""
    return f"{latitude:.6f}, {longitude:.6f}"


def closeness_words(match: Match, noise_score: float) -> str:
    """What the score of a match means, in a sentence."""
    wording = describe(match, noise_score)
    if match.verdict is not None:
        return tr("The pixels were compared: {percent} % sure.", percent=number(100 * match.verdict.confidence))
    if wording.word is Closeness.IDENTICAL:
        return tr("As close as a copy.")
    if wording.word is Closeness.CHANCE:
        return tr("No closer than photos picked at random are: chance.")
    return tr("Closer than {percent} of random pairs of your photos.", percent=wording.figures)


def state_words(photo: Photo) -> str:
    """What is wrong with a photo's file, and what to do; empty if nothing is."""
    if photo.offline:
        return tr("Its drive is not connected. Connect it to see the photo itself.")
    if photo.state is PhotoState.MISSING:
        return tr("The file is gone. If it was moved, look for changes (F5).")
    if photo.state is PhotoState.UNREADABLE:
        return photo.reason
    return ""


def why_not_shown(photo: Photo, error: EngineError) -> tuple[str, str]:
    """Why a photo cannot be shown, and what to do about it."""
    if photo.offline:
        return tr("The drive with this photo is not connected."), tr("Connect it, and the photo is shown.")
    # A file system that says nothing is there is the one case with a remedy of its own.
    hint = error.hint or (
        tr("If it was moved or renamed, look for changes (F5).")
        if "no longer there" in error.message
        else tr("Try another program, or copy the file again from where it came.")
    )
    return error.message, hint


def _trimmed(value: float) -> str:
    """With one decimal, if it is not zero."""
    decimals = 0 if abs(value - round(value)) < 0.05 else 1
    return QLocale().toString(float(value), "f", decimals)

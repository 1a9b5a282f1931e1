"""What the details panel says of one photo or of several: rows of a label and a value, in groups."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.imaging.metadata import ColorProfile, PhotoMetadata
from engine.records import Match, Photo
from gui.gallery.wording import describe, shown_path
from gui.translation import counted, tr
from gui.viewers import facts
from gui.words import number, size

FOLDER = "folder"
COPY_PLACE = "copy-place"
HASH_DIGITS = 12
_NAMED_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One line.

    Attributes:
        link: what a click on the value does: `FOLDER`, `COPY_PLACE`, or nothing.
    """

    label: str
    value: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together."""

    title: str
    rows: tuple[Row, ...]


def score_rows(match: Match, noise_score: float) -> Group:
    """How close a match is, and what that means."""
    wording = describe(match, noise_score)
    rows = (
        Row(tr("Verdict") if match.verdict else tr("Score"), str(wording)),
        Row("", facts.closeness_words(match, noise_score)),
        Row(tr("Distance"), number(match.distance, 3)),
        Row(tr("Rank"), number(match.rank)),
    )
    return Group(tr("Match"), rows)


def file_rows(photo: Photo) -> Group:
    """What the catalogue knows of the file."""
    pixels = facts.pixel_size(photo.width, photo.height)
    rows = (
        Row(tr("Folder"), shown_path(photo.path.parent), FOLDER),
        Row(
            tr("Pixels"), " · ".join(part for part in (pixels, facts.megapixels_of(photo.width, photo.height)) if part)
        ),
        Row(tr("Size"), size(photo.size)),
        Row(tr("Format"), facts.format_name(photo.format) if photo.format else ""),
        Row(tr("Changed"), facts.moment(photo.modified)),
        Row(tr("Content"), photo.content_hash.hex()[:HASH_DIGITS]),
    )
    return _group(tr("File"), rows)


def shot_rows(photo: Photo, found: PhotoMetadata | None) -> Group:
    """When and with what the photo was taken; without its metadata, what the catalogue knows."""
    rows = [
        Row(tr("Taken"), facts.moment(photo.taken) if photo.taken else ""),
        Row(tr("Camera"), photo.camera),
    ]
    if found is not None:
        rows += _exposure_rows(found)
    return _group(tr("Shot"), rows)


def place_rows(photo: Photo, found: PhotoMetadata | None) -> Group:
    """Where the photo was taken."""
    if photo.latitude is None or photo.longitude is None:
        return Group(tr("Place"), ())
    altitude = found.altitude if found is not None else None
    rows = (
        Row(tr("Coordinates"), facts.coordinates(photo.latitude, photo.longitude), COPY_PLACE),
        Row(tr("Altitude"), "" if altitude is None else f"{number(altitude)} m"),
    )
    return _group(tr("Place"), rows)


def picture_rows(found: PhotoMetadata) -> Group:
    """What else the file tells."""
    rows = (
        Row(tr("Colours"), color_words(found.color_profile)),
        Row(tr("Description"), found.description),
        Row(tr("Artist"), found.artist),
        Row(tr("Copyright"), found.copyright),
        Row(tr("Software"), found.software),
    )
    return _group(tr("Picture"), rows)


def color_words(profile: ColorProfile) -> str:
    """What is done with the colours of a file."""
    if not profile.usable:
        return tr("The profile is damaged; shown as sRGB")
    if not profile.name:
        return tr("No profile; shown as sRGB")
    if "srgb" in profile.name.casefold() and "p3" not in profile.name.casefold():
        return profile.name
    return tr("{profile}, converted to sRGB", profile=profile.name)


def summary_rows(photos: Sequence[Photo]) -> Group:
    """Several photos at once."""
    taken = sorted(photo.taken for photo in photos if photo.taken)
    rows = (
        Row(tr("Size"), size(sum(photo.size for photo in photos))),
        Row(tr("First"), facts.moment(taken[0]) if taken else ""),
        Row(tr("Last"), facts.moment(taken[-1]) if taken else ""),
        Row(tr("Cameras"), _most_common(photo.camera for photo in photos if photo.camera)),
        Row(
            tr("Pixels"),
            _most_common(facts.pixel_size(photo.width, photo.height) for photo in photos if photo.width),
        ),
        Row(tr("Formats"), _most_common(facts.format_name(photo.format) for photo in photos if photo.format)),
        Row(tr("Folders"), _most_common(shown_path(photo.path.parent) for photo in photos)),
        Row(tr("Offline"), _some(sum(photo.offline for photo in photos))),
    )
    return _group(tr("Together"), rows)


def _exposure_rows(found: PhotoMetadata) -> list[Row]:
    parts = (
        facts.exposure_time(found.exposure_seconds) if found.exposure_seconds else "",
        facts.aperture(found.aperture) if found.aperture else "",
        f"ISO {found.iso}" if found.iso else "",
    )
    bias, flash = found.exposure_bias, {True: tr("fired"), False: tr("did not fire"), None: ""}[found.flash]
    length = facts.focal_length(found.focal_length, found.focal_length_35mm) if found.focal_length else ""
    return [
        Row(tr("Lens"), found.lens),
        Row(tr("Exposure"), " · ".join(part for part in parts if part)),
        Row(tr("Correction"), f"{'+' if bias > 0 else '−'}{number(abs(bias), 1)} EV" if bias else ""),
        Row(tr("Focal length"), length),
        Row(tr("Flash"), flash),
    ]


def _group(title: str, rows: Iterable[Row]) -> Group:
    return Group(title, tuple(row for row in rows if row.value))


def _most_common(values: Iterable[str]) -> str:
    counts = Counter(values)
    named = [f"{value} ({number(count)})" for value, count in counts.most_common(_NAMED_AT_MOST)]
    more = len(counts) - len(named)
    return "\n".join([*named, *([counted("and {n} more", "and {n} more", more)] if more else [])])


def _some(count: int) -> str:
    return number(count) if count else ""

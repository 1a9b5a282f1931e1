"""Groups of duplicates in words."""

from collections.abc import Sequence

from engine.duplicates.groups import DuplicateGroup, GroupKind, Member, Reason, Where
from engine.records import Photo
from gui.gallery.wording import shown_name, shown_path
from gui.translation import counted, later, tr
from gui.verdicts import verdict_words
from gui.viewers.facts import format_name, moment, pixel_size
from gui.words import number, size

REASONS = {
    Reason.REFERENCE: later("in a reference folder"),
    Reason.WHOLE: later("not cropped"),
    Reason.BORDERLESS: later("with less border or none"),
    Reason.COLOURED: later("in colour"),
    Reason.LARGER: later("larger"),
    Reason.SHARPER: later("sharper"),
    Reason.ORIGINAL: later("with its camera's data"),
    Reason.LOSSLESS: later("not re-encoded"),
    Reason.EARLIER: later("earlier"),
}
PLACES = {
    Where.ANYWHERE: later("Anywhere"),
    Where.ACROSS_FOLDERS: later("Only in different folders"),
    Where.WITHIN_FOLDERS: later("Only within one folder"),
}
SURE_ENOUGH = 0.995
"""From here on it goes without saying."""


def group_title(group: DuplicateGroup) -> str:
    """Such as "3 copies"."""
    many = len(group.members)
    if group.kind is GroupKind.BURST:
        return counted("{n} shot of one moment", "{n} shots of one moment", many)
    return counted("{n} copy", "{n} copies", many)


def group_detail(group: DuplicateGroup) -> str:
    """Such as "3 copies · 4.2 MB to spare"."""
    spare = tr("{size} to spare", size=size(group.surplus_bytes)) if group.surplus else tr("all are kept")
    return f"{group_title(group)} · {spare}"


def why_best(group: DuplicateGroup) -> str:
    """Why the first photo is suggested, such as "larger, earlier"; empty if nothing speaks for it."""
    return ", ".join(tr(REASONS[reason]) for reason in group.reasons)


def keeper_words(group: DuplicateGroup) -> str:
    """Which photo is suggested to be kept and why, in a sentence."""
    name, why = shown_name(group.members[0].photo.path), why_best(group)
    if group.kind is GroupKind.BURST:
        if not why:
            return tr("They are different pictures: all are kept unless you choose.")
        return tr("The best seems to be “{name}”: {why}. All are kept unless you choose.", name=name, why=why)
    if not why:
        return tr("Nothing tells them apart: “{name}” is as good as the others.", name=name)
    return tr("Worth keeping is “{name}”: {why}.", name=name, why=why)


def member_verdict(group: DuplicateGroup, member: Member) -> str:
    """What a photo is to the best one, and how sure that is; of the best one, that it is."""
    if member.verdict is None:
        return tr("Best shot") if group.kind is GroupKind.BURST else tr("The original, it seems")
    words = verdict_words(member.verdict)
    words = words[:1].upper() + words[1:]
    if member.verdict.confidence >= SURE_ENOUGH:
        return words
    return tr("{verdict} · {percent} % sure", verdict=words, percent=number(100 * member.verdict.confidence))


def member_facts(photo: Photo) -> tuple[str, str, str]:
    """Size and format; when it was taken, or changed; its folder."""
    facts = (pixel_size(photo.width, photo.height), size(photo.size), format_name(photo.format))
    when = moment(photo.taken) if photo.taken else tr("changed {when}", when=moment(photo.modified))
    return " · ".join(filter(None, facts)), when, shown_path(photo.path.parent)


def fate(member: Member, *, leaves: bool) -> str:
    """What becomes of a photo."""
    if leaves:
        return tr("To the trash")
    return tr("Keep (reference)") if member.reference else tr("Keep")


def member_told(group: DuplicateGroup, member: Member, *, leaves: bool) -> str:
    """All that is seen of a photo, for those who do not see it."""
    parts = [shown_name(member.photo.path), fate(member, leaves=leaves), member_verdict(group, member)]
    return ", ".join([*parts, *member_facts(member.photo)])


def summary(groups: Sequence[DuplicateGroup]) -> str:
    """How many groups there are, and what they would give back."""
    told = counted("{n} group", "{n} groups", len(groups))
    spare = sum(len(group.surplus) for group in groups)
    if not spare:
        return told
    photos = counted("{n} photo to spare", "{n} photos to spare", spare)
    return f"{told} · {photos} · {size(sum(group.surplus_bytes for group in groups))}"

"""What is said of a row of the gallery: to screen readers, and in its tooltip."""

import html

from engine.records import Photo
from gui.gallery.arrangement import Stacked
from gui.gallery.listing import Listing
from gui.gallery.wording import describe, shown_name, shown_path
from gui.translation import counted, tr
from gui.words import clock, number, short_date, size


def accessible_text(listing: Listing, row: int, photo: Photo) -> str:
    """Name, score and marks."""
    match, stack = listing.match(row), listing.stack(row)
    parts = [shown_name(photo.path)]
    if match is not None:
        wording = describe(match, listing.noise_score)
        parts += [tr("score {figures}", figures=wording.figures)] if wording.figures else []
        parts += [wording.words, tr("rank {rank}", rank=match.rank)]
        parts += [tr("new")] if match.new else []
    parts += [tr("pinned")] if photo.pinned else []
    parts += [tr("offline")] if photo.offline else []
    parts += [_stack_text(stack)] if stack is not None and stack.best else []
    return ", ".join(parts)


def tooltip(listing: Listing, row: int, photo: Photo) -> str:
    """All the facts. Always rich text: Qt guesses otherwise, and a file name may look like markup."""
    match, stack = listing.match(row), listing.stack(row)
    lines = [shown_path(photo.path), _facts(photo)]
    if match is not None:
        lines.append(
            tr(
                "{closeness}, distance {distance}, rank {rank}",
                closeness=str(describe(match, listing.noise_score)),
                distance=number(match.distance, 3),
                rank=match.rank,
            )
        )
    if stack is not None:
        lines.append(_stack_text(stack))
    if photo.offline:
        lines.append(tr("Its drive is not connected."))
    return "<qt style='white-space: pre'>" + "<br>".join(html.escape(line) for line in lines) + "</qt>"


def _facts(photo: Photo) -> str:
    when = photo.taken or photo.modified
    moment = f"{short_date(when)} {clock(when)}"
    dated = tr("taken {moment}", moment=moment) if photo.taken else tr("changed {moment}", moment=moment)
    pixels = [f"{photo.width} × {photo.height}"] if photo.width else []
    return ", ".join([*pixels, size(photo.size), dated])


def _stack_text(stack: Stacked) -> str:
    if not stack.best:
        return tr("One of a stack of near-identical photos; G closes it")
    if stack.open:
        return counted(
            "{n} near-identical photo beside it; G folds it",
            "{n} near-identical photos beside it; G folds them",
            stack.others,
        )
    return counted(
        "{n} near-identical photo folded; G shows it", "{n} near-identical photos folded; G shows them", stack.others
    )

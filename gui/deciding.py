"""Pinned, hidden, not a match: decisions about photos, each with its undo."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.errors import EngineError
from engine.records import Decision, Photo, SearchResult
from gui.changing import Changes
from gui.dialogs.rejections import RejectedPhoto, RejectionsDialog, rejected_photos
from gui.tasks import Lane
from gui.translation import counted, tr


class Deciding(QObject):
    """Says once what was decided, and offers to undo exactly that.

    Args:
        result: the answer on screen, or None if no question is asked.
    """

    def __init__(self, changes: Changes, result: Callable[[], SearchResult | None], window: QWidget) -> None:
        super().__init__(window)
        self._changes = changes
        self._result = result
        self._window = window
        self.dialog: RejectionsDialog | None = None

    @property
    def can_reject(self) -> bool:
        """Whether there is a question that photos could be no match for."""
        return bool(self.asked)

    @property
    def asked(self) -> list[bytes]:
        """The contents of the pictures that are asked with."""
        result = self._result()
        if result is None:
            return []
        asked = zip(result.query.pictures, result.contents, strict=False)
        return [content for picture, content in asked if picture.weight > 0 and content]

    def pin(self, photos: Sequence[Photo]) -> None:
        """Keep photos at hand; pinned ones, if all of them are, no longer."""
        if all(photo.pinned for photo in photos):
            self._revoke(Decision.PINNED, photos)
        else:
            self._decide(Decision.PINNED, photos)

    def hide(self, photos: Sequence[Photo]) -> None:
        """Let photos not appear among matches; hidden ones, if all of them are, appear again."""
        if all(photo.hidden for photo in photos):
            self._revoke(Decision.HIDDEN, photos)
        else:
            self._decide(Decision.HIDDEN, photos)

    def reject(self, photos: Sequence[Photo]) -> None:
        """Let photos be no match for the pictures of the question, now and later."""
        pairs = [(query, photo.content_hash) for query in self.asked for photo in photos]
        if not pairs:
            self._changes.messages.error(
                EngineError(
                    tr("“Not a match” needs a question."),
                    tr("Search with a picture, then say what is no match for it."),
                )
            )
            return

        def tell(rejected: Sequence[tuple[bytes, bytes]]) -> None:
            number = len({photo for _, photo in rejected})
            if number:
                text = counted(
                    "{n} photo is no match for this question any more.",
                    "{n} photos are no match for this question any more.",
                    number,
                )
                self._changes.messages.tell(text, "", self._changes.undo(lambda lib: lib.decisions.accept(rejected)))

        self._changes.make(lambda library: library.decisions.reject(pairs), tell)

    def show_rejections(self) -> None:
        """List everything that is no match, with the way back."""
        library = self._changes.library
        self._changes.tasks.submit(
            lambda job: rejected_photos(library), lane=Lane.READING, owner=self, on_success=self._list_rejections
        )

    def _list_rejections(self, rows: list[RejectedPhoto]) -> None:
        self.dialog = RejectionsDialog(self.accept, self._window)
        self.dialog.show_rows(rows)
        self.dialog.show()

    def accept(self, pairs: Sequence[tuple[bytes, bytes]]) -> None:
        """Let photos be matches again, each for the picture that it is paired with."""

        def tell(accepted: Sequence[tuple[bytes, bytes]]) -> None:
            text = counted("{n} photo is a match again.", "{n} photos are matches again.", len(accepted))
            self._changes.messages.tell(text, "", self._changes.undo(lambda lib: lib.decisions.reject(accepted)))

        self._changes.make(lambda library: library.decisions.accept(pairs), tell)

    def _decide(self, kind: Decision, photos: Sequence[Photo]) -> None:
        def tell(decided: Sequence[bytes]) -> None:
            if decided:
                undo = self._changes.undo(lambda library: library.decisions.revoke(kind, decided))
                self._changes.messages.tell(_decided(kind, len(decided)), "", undo)

        contents = _contents(photos)
        self._changes.make(lambda library: library.decisions.decide(kind, contents), tell)

    def _revoke(self, kind: Decision, photos: Sequence[Photo]) -> None:
        def tell(revoked: Sequence[bytes]) -> None:
            if revoked:
                undo = self._changes.undo(lambda library: library.decisions.decide(kind, revoked))
                self._changes.messages.tell(_revoked(kind, len(revoked)), "", undo)

        contents = _contents(photos)
        self._changes.make(lambda library: library.decisions.revoke(kind, contents), tell)


def _contents(photos: Sequence[Photo]) -> list[bytes]:
    return [photo.content_hash for photo in photos]


def _decided(kind: Decision, number: int) -> str:
    if kind is Decision.PINNED:
        return counted("{n} photo is pinned.", "{n} photos are pinned.", number)
    return counted("{n} photo is hidden from now on.", "{n} photos are hidden from now on.", number)


def _revoked(kind: Decision, number: int) -> str:
    if kind is Decision.PINNED:
        return counted("{n} photo is not pinned any more.", "{n} photos are not pinned any more.", number)
    return counted("{n} photo is shown again.", "{n} photos are shown again.", number)

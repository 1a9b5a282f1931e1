"""What a person does to the history: name, pin, delete and clear queries, with the undo of what could be missed."""

from collections.abc import Callable, Sequence

from engine.records import HistoryEntry, News
from gui.changing import Changes
from gui.messages import Offer
from gui.panels.history_model import entry_title
from gui.translation import counted, tr
from gui.words import number

MOST_NAMED = 5


class Remembering:
    """Changes the history at once, and says so where something is gone."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def rename(self, entry: HistoryEntry, title: str) -> None:
        """Call a query something; without a title it goes by its pictures again."""
        self._changes.make(lambda library: library.history.rename(entry.id, title))

    def pin(self, entries: Sequence[HistoryEntry], pinned: bool) -> None:
        """Keep queries on top, or let them go down with their day."""
        ids = [entry.id for entry in entries]
        self._changes.make(lambda library: library.history.pin(*ids, pinned=pinned))

    def delete(self, entries: Sequence[HistoryEntry]) -> None:
        """Delete queries, and offer to undo it."""
        ids = [entry.id for entry in entries]
        if len(entries) == 1:
            text = tr("“{title}” was deleted from the history.", title=entry_title(entries[0]))
        else:
            text = counted(
                "{n} query was deleted from the history.", "{n} queries were deleted from the history.", len(ids)
            )
        undo = self._changes.undo(lambda library: library.history.restore(*ids))
        self._changes.make(
            lambda library: library.history.delete(*ids), lambda _: self._changes.messages.tell(text, "", undo)
        )

    def tell_news(self, news: Sequence[News], show: Callable[[HistoryEntry], object]) -> None:
        """Say which pinned queries have new matches, and offer to look at them."""
        if not news:
            return
        photos = sum(one.photos for one in news)
        if len(news) == 1:
            title = entry_title(news[0].entry)
            text = counted("“{title}” has {n} new match.", "“{title}” has {n} new matches.", photos, title=title)
            self._changes.messages.ask(text, "", Offer(tr("Show"), lambda: show(news[0].entry)))
            return
        text = counted("{n} new match of pinned queries.", "{n} new matches of pinned queries.", photos)
        names = ", ".join(f"{entry_title(one.entry)} ({number(one.photos)})" for one in news[:MOST_NAMED])
        more = len(news) - MOST_NAMED
        hint = counted("{names} and {n} more", "{names} and {n} more", more, names=names) if more > 0 else names
        self._changes.messages.tell(text, hint)

    def clear(self) -> None:
        """Delete every query that is not pinned. So much may be missed later, so the offer to undo it stays."""

        def tell(cleared: Sequence[str]) -> None:
            if cleared:
                self._changes.messages.ask(
                    counted("{n} query was cleared.", "{n} queries were cleared.", len(cleared)),
                    tr("Pinned queries are still there. When Lookalike is closed, the others are gone for good."),
                    self._changes.undo(lambda library: library.history.restore(*cleared)),
                )

        self._changes.make(lambda library: library.history.clear(), tell)

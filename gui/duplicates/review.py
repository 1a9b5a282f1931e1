"""What a person says of groups of duplicates: which photos are to go, and which groups have been looked through."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from engine.copies.verdict import Kind
from engine.duplicates.groups import DuplicateGroup, GroupKind

Key = tuple[GroupKind, frozenset[tuple[str, bytes]]]


class Review:
    """Groups by number, as they were found and as they are now. Every group keeps at least one photo.

    A group that is done with, or of which too little is left, is not shown any more; its number stays, so that what was
    done can be undone.
    """

    def __init__(self, groups: Sequence[DuplicateGroup] = ()) -> None:
        self._found = list(groups)
        self._now: list[DuplicateGroup | None] = list(groups)
        self._done: set[int] = set()
        self._reviewed: set[int] = set()

    def __len__(self) -> int:
        return len(self._found)

    def go_on_from(self, before: "Review") -> None:
        """Take over what was said of groups that are here again."""
        said = {_key(group): number for number, group in enumerate(before._found)}
        for number, group in enumerate(self._found):
            if (earlier := said.get(_key(group))) is not None:
                self._choose(number, before._found[earlier].leaving)
                if earlier in before._reviewed:
                    self._reviewed.add(number)

    def shown(self, kind: GroupKind) -> list[int]:
        """The numbers of the groups of a kind that are still to be seen, in their order."""
        return [
            number
            for number, group in enumerate(self._now)
            if group is not None and group.kind is kind and number not in self._done
        ]

    def group(self, number: int) -> DuplicateGroup | None:
        """A group as it is now; None if it is not shown any more."""
        return None if number in self._done else self._now[number]

    def found(self) -> list[DuplicateGroup]:
        """All groups with all they had, to be asked how they are now."""
        return list(self._found)

    def update(self, now: Iterable[tuple[int, DuplicateGroup | None]]) -> None:
        """These groups are so now."""
        for number, group in now:
            leaving = self._found[number].leaving  # it may have been chosen while that was asked
            if group is not None and leaving != group.leaving:
                leaving = leaving and leaving & _ids(group)
                group = replace(group, leaving=None if leaving == _ids(group) else leaving)
            self._now[number] = group

    def leaves(self, number: int, photo_id: str) -> bool:
        """Whether a photo is to go to the trash."""
        group = self.group(number)
        return group is not None and any(photo.id == photo_id for photo in group.surplus)

    def mark(self, number: int, photo_id: str, *, leaves: bool) -> bool:
        """Let a photo go to the trash, or stay; False if it must stay: as the last one, or in a reference folder."""
        group = self.group(number)
        if group is None or (leaves and photo_id in _protected(group)):
            return False
        leaving = {photo.id for photo in group.surplus}
        leaving = leaving | {photo_id} if leaves else leaving - {photo_id}
        if leaving >= _ids(group):
            return False
        self._choose(number, frozenset(leaving))
        return True

    def keep_only(self, number: int, photo_id: str) -> None:
        """Let all others go to the trash, but for those in reference folders."""
        group = self.group(number)
        if group is not None:
            self._choose(number, _ids(group) - {photo_id} - _protected(group))

    def choice(self, number: int) -> frozenset[str] | None:
        """What was chosen for deletion, to be put back with `choose`."""
        return self._found[number].leaving

    def choose(self, number: int, leaving: frozenset[str] | None) -> None:
        """Put a choice back."""
        self._choose(number, leaving)

    def is_reviewed(self, number: int) -> bool:
        """Whether a person has looked through a group and agrees with what is marked."""
        return number in self._reviewed

    def set_reviewed(self, numbers: Iterable[int], reviewed: bool) -> None:
        """A person agrees with what is marked in these groups, or not yet."""
        if reviewed:
            self._reviewed.update(numbers)
        else:
            self._reviewed.difference_update(numbers)

    def reviewed(self) -> list[int]:
        """The numbers of all groups that were reviewed and have something to move, of both kinds."""
        return [
            number for number in sorted(self._reviewed) if (group := self.group(number)) is not None and group.surplus
        ]

    def identical(self, kind: GroupKind) -> list[int]:
        """The numbers of the groups of which every photo is the same file: nothing can be lost there."""
        return [
            number
            for number in self.shown(kind)
            if (group := self.group(number)) is not None
            and all(one.verdict is None or one.verdict.kind is Kind.IDENTICAL_FILE for one in group.members)
        ]

    def set_done(self, numbers: Iterable[int], done: bool) -> None:
        """Show these groups no more, or again."""
        if done:
            self._done.update(numbers)
        else:
            self._done.difference_update(numbers)

    def groups(self, numbers: Iterable[int]) -> list[DuplicateGroup]:
        """The groups of these numbers that are still shown."""
        return [group for number in numbers if (group := self.group(number)) is not None]

    def all_shown(self) -> list[DuplicateGroup]:
        """What is left of all groups, of both kinds, with what is marked."""
        return self.groups(number for kind in GroupKind for number in self.shown(kind))

    def _choose(self, number: int, leaving: frozenset[str] | None) -> None:
        self._found[number] = replace(self._found[number], leaving=leaving)
        now = self._now[number]
        if now is not None:
            self._now[number] = replace(now, leaving=leaving and leaving & _ids(now))


def _ids(group: DuplicateGroup) -> frozenset[str]:
    return frozenset(member.photo.id for member in group.members)


def _protected(group: DuplicateGroup) -> frozenset[str]:
    return frozenset(member.photo.id for member in group.members if member.reference)


def _key(group: DuplicateGroup) -> Key:
    """What makes it the same group: its photos, by what is in them."""
    return group.kind, frozenset((member.photo.id, member.photo.content_hash) for member in group.members)

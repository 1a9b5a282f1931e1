"""The models of a library as the window knows them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.models.installed import Change, ModelCard


@dataclass(frozen=True, slots=True)
class Shelf:
    """The models at one moment.

    Attributes:
        change: another model on its way to answer, or None.
    """

    cards: "tuple[ModelCard, ...]" = ()
    change: "Change | None" = None

    @property
    def in_use(self) -> "ModelCard | None":
        """The model that answers."""
        return next((card for card in self.cards if card.in_use), None)

    def is_ready(self, card: "ModelCard") -> bool:
        """Whether it would answer at once: it has embedded whatever the one in use has."""
        return self.in_use is None or card.photos >= self.in_use.photos

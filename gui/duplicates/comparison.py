"""A photo of a group beside the best one, with linked zoom, and what becomes of it."""

from collections.abc import Callable

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.duplicates.groups import DuplicateGroup, Member
from engine.records import Photo
from gui.controls import ElidedLabel, surface
from gui.duplicates.wording import fate, member_verdict
from gui.folding import APART, Folding
from gui.gallery.listing import Chosen
from gui.icons import sign
from gui.pictures import PictureReader
from gui.translation import tr
from gui.viewers.compare import CompareViewer
from gui.viewers.sides import Side


class GroupComparison(QWidget):
    """The pictures, and below them what the right one is to the left one.

    Args:
        tools: buttons for what can be done with the photo.
    """

    def __init__(self, reader: PictureReader, preview: Callable[[str], QPixmap | None], tools: QWidget) -> None:
        super().__init__()
        self.viewer = CompareViewer(reader, preview)
        self._sign, self.said = QLabel(), ElidedLabel()
        strip = QWidget()
        surface(strip, "panel", "above")
        row = QVBoxLayout(strip)
        row.setContentsMargins(12, 6, 12, 6)
        words = QWidget()
        line = QHBoxLayout(words)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._sign)
        line.addWidget(self.said, 1)
        row.addWidget(Folding(words, tools, shares=APART))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.viewer, 1)
        column.addWidget(strip)

    @property
    def photo(self) -> Photo | None:
        """The photo that is compared with the best one."""
        return self.viewer.photo

    def show_group(self, group: DuplicateGroup, photo: Photo) -> None:
        """Compare a photo of the group with the best one; of the best one, the next."""
        best, *others = [member.photo for member in group.members]
        other = others[0] if photo.id == best.id else photo
        self.viewer.compare([Side.of_photo(best)], Chosen([best, *others]), other.id)

    def tell(self, group: DuplicateGroup, member: Member, *, leaves: bool) -> None:
        """What the photo is, and what becomes of it."""
        said = tr("{fate}: {verdict}", fate=fate(member, leaves=leaves), verdict=member_verdict(group, member))
        self.said.setText(said)
        self._sign.setPixmap(sign("delete", "bad") if leaves else sign("done", "good"))

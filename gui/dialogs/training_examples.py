"""What some photos find, before and after a training: pictures say more than figures."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.controls import caption, empty, label
from gui.dialogs.training_pictures import SmallPictures
from gui.training import Training
from gui.training_records import Example, Found
from gui.translation import tr

MOST_NEIGHBOURS = 5


class Examples(QWidget):
    """Each photo beside what it finds, one row for each model; nothing where there are no examples."""

    def __init__(self, training: Training) -> None:
        super().__init__()
        self._pictures = SmallPictures(training.reader, self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(tr("What some of your photos find"), bold=True, wrap=True))
        column.addLayout(self._rows)
        self.hide()

    def show_examples(self, examples: Sequence[Example], names: tuple[str, str]) -> None:
        """Show these, with the names of the models before and after."""
        self._pictures.stop()
        empty(self._rows)
        for example in examples:
            self._rows.addWidget(self._example(example, names))
        self.setVisible(bool(examples))

    def stop(self) -> None:
        """Read no more pictures."""
        self._pictures.stop()

    def _example(self, example: Example, names: tuple[str, str]) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(MOST_NEIGHBOURS + 1, 1)
        asked = self._pictures.make(example.query)
        asked.setAccessibleDescription(tr("searched with"))
        grid.addWidget(caption(tr("searched with")), 0, 0)
        grid.addWidget(asked, 1, 0, Qt.AlignmentFlag.AlignTop)
        for row, (name, found) in enumerate(zip(names, (example.before, example.after), strict=True)):
            grid.addWidget(caption(name), 2 * row, 1, 1, MOST_NEIGHBOURS)
            for place, one in enumerate(found[:MOST_NEIGHBOURS], 1):
                grid.addWidget(self._neighbour(one), 2 * row + 1, place)
        return made

    def _neighbour(self, found: Found) -> QWidget:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        sign = tr("✓ same") if found.alike else tr("✗ other")
        picture = self._pictures.make(found.photo)
        picture.setAccessibleDescription(sign)
        column.addWidget(picture)
        column.addWidget(caption(sign))
        return cell

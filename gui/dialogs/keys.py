"""All keys on one page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.actions import all_keys
from gui.controls import button, heading, label, title
from gui.translation import tr


class KeysDialog(QDialog):
    """Made from the table of commands, so it cannot be out of date."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("All keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(title(tr("All keys")))
        groups = all_keys()
        row = QHBoxLayout()
        row.setSpacing(40)
        (first, *rest) = groups
        row.addLayout(_column({first: groups[first]}))
        row.addLayout(_column({name: groups[name] for name in rest}))
        column.addLayout(row)
        close = button(tr("Close"), self.close)
        close.setDefault(True)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _column(groups: dict[str, list[tuple[str, str]]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(8)
    line = 0
    for name, rows in groups.items():
        grid.addWidget(heading(name.upper()), line, 0, 1, 2)
        for keys, text in rows:
            line += 1
            grid.addWidget(label(keys, bold=True), line, 0)
            grid.addWidget(label(text), line, 1)
        line += 1
        grid.setRowMinimumHeight(line, 8)
        line += 1
    grid.setRowStretch(line, 1)
    return grid

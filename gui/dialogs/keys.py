"""All keys on one page, to look up, to search and to change."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.commands import PLACES, Command, Place, is_fixed
from gui.controls import Button, button, caption, label, title
from gui.keymap import NATIVE, PORTABLE, RESERVED, holder, keymap, shown_keys
from gui.measures import open_with_size
from gui.panels.search_field import let_clear
from gui.translation import tr

MODIFIERS = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}
COMMAND = Qt.ItemDataRole.UserRole


class KeyField(QLineEdit):
    """Waits for keys. Tab, Enter and Escape keep their meaning, so that nobody is caught in it.

    Signals:
        pressed: a portable key sequence.
    """

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(tr("New keys"))
        self.setPlaceholderText(tr("Press the new keys here"))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the keys are meant for this field, whatever they do elsewhere
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        bare = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if bare and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returnPressed.emit()
        elif key in MODIFIERS or (key in RESERVED and bare):
            event.ignore()
        else:
            keys = QKeySequence(event.keyCombination())
            self.setText(keys.toString(NATIVE))
            self.pressed.emit(keys.toString(PORTABLE))


class KeysPage(QWidget):
    """Made from the tables of commands, so it cannot be out of date; what is changed holds at once."""

    def __init__(self) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.list = QTreeWidget()
        self.field = KeyField()
        self.take = button(tr("Use these keys"), self._take, "primary")
        self.none = button(tr("No keys"), self._remove)
        self.default = button(tr("As it was"), self._restore)
        self.conflict = label("", "bad", wrap=True)
        self.conflict.setAccessibleName(tr("Conflict"))
        self._wanted = ""
        self._lay_out()
        self._prepare()
        self.show_commands()
        keymap().changed.connect(self.show_commands)

    @property
    def chosen(self) -> Command | None:
        """The command whose keys would change; None for keys that are fixed."""
        item = self.list.currentItem()
        return item.data(0, COMMAND) if item is not None else None

    def show_commands(self) -> None:
        """Show the keys as they are now, and stay where the user is."""
        before = self.chosen
        self.list.clear()
        for place in PLACES:
            self._add_place(place, before)
        self.list.expandAll()
        self._filter(self.search.text())
        self._show_chosen()

    def _add_place(self, place: Place, current: Command | None) -> None:
        top = QTreeWidgetItem(self.list, [tr(place.title)])
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = top.font(0)
        font.setBold(True)
        top.setFont(0, font)
        for keys, text in place.fixed:
            item = QTreeWidgetItem(top, [tr(text), tr(keys)])
            item.setToolTip(1, tr("These keys cannot be changed."))
        for command in place.commands:
            item = QTreeWidgetItem(top, [command.title, shown_keys(command)])
            item.setToolTip(0, command.title)
            item.setData(0, COMMAND, command)
            if command == current:
                self.list.setCurrentItem(item)

    def _filter(self, words: str) -> None:
        """Show the commands in whose name or keys all words occur."""
        wanted = words.casefold().split()
        for top in _children(self.list.invisibleRootItem()):
            for item in _children(top):
                said = f"{item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(word in said for word in wanted))
            top.setHidden(all(item.isHidden() for item in _children(top)))

    def _show_chosen(self) -> None:
        command = self.chosen
        self._wanted = ""
        self.field.setEnabled(command is not None)
        self.field.clear()
        self.conflict.clear()
        self.take.setEnabled(False)
        self.none.setEnabled(command is not None and bool(keymap().keys(command)))
        self.default.setEnabled(command is not None and not keymap().is_default(command))

    def _consider(self, keys: str) -> None:
        command = self.chosen
        if command is None:
            return
        taken = is_fixed(command, keys)
        self._wanted = "" if taken else keys
        self.take.setEnabled(not taken)
        if taken:
            self.conflict.setText(tr("These keys have a fixed meaning. Choose others."))
            return
        other = holder(command, keys)
        said = tr("“{command}” has these keys now, and would lose them.", command=other.title) if other else ""
        self.conflict.setText(said)

    def _take(self) -> None:
        command = self.chosen
        if command is None or not self._wanted:
            return
        wanted = self._wanted
        while (other := holder(command, wanted)) is not None:
            keymap().assign(other, [keys for keys in keymap().keys(other) if keys != wanted])
        keymap().assign(command, [wanted])
        self.list.setFocus()

    def _remove(self) -> None:
        if self.chosen is not None:
            keymap().assign(self.chosen, [])

    def _restore(self) -> None:
        """The keys of the table again, unless another command has got them meanwhile."""
        command = self.chosen
        if command is not None:
            keymap().assign(command, [keys for keys in command.keys if holder(command, keys) is None])

    def _prepare(self) -> None:
        self.search.setPlaceholderText(tr("Search commands and keys"))
        self.search.setAccessibleName(tr("Search commands and keys"))
        let_clear(self.search)
        self.search.textChanged.connect(self._filter)
        self.list.setAccessibleName(tr("Commands and their keys"))
        self.list.setHeaderLabels([tr("Command"), tr("Keys")])
        self.list.setRootIsDecorated(False)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.currentItemChanged.connect(self._show_chosen)
        self.list.itemActivated.connect(lambda: self.field.setFocus())
        self.field.pressed.connect(self._consider)
        self.field.returnPressed.connect(self._take)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(caption(tr("Choose a command, then press the keys it shall have."), wrap=True))
        column.addWidget(self.field)
        column.addLayout(_row(self.take, self.none, self.default))
        column.addWidget(self.conflict)
        reset = button(tr("All as they were"), keymap().reset)
        column.addWidget(reset, 0, Qt.AlignmentFlag.AlignLeft)
        for one in (self.take, self.none, self.default, reset):
            one.setAutoDefault(False)  # Enter belongs to the list and the field


class KeysDialog(QDialog):
    """The page by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("All keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_with_size(self, 640, 640)
        self.page = KeysPage()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(title(tr("All keys")))
        column.addWidget(self.page, 1)
        close = button(tr("Close"), self.close)
        close.setAutoDefault(False)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _row(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    for one in buttons:
        row.addWidget(one)
    row.addStretch()
    return row


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for row in range(item.childCount()) if (child := item.child(row)) is not None]

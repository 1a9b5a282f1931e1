"""Controls for what can be chosen about a training, of one kind for each kind of value."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QDoubleValidator, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit

from gui.dialogs.page import NumberField
from gui.measures import grown
from gui.training_options import Option
from gui.translation import tr

WIDTH = 216
DECIMALS = 8


class ChoiceField(QComboBox):
    """One of a few texts. The wheel scrolls the page unless the list is open.

    Signals:
        changed: something else is chosen.
    """

    changed = Signal(object)

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for value, words in option.choices.items():
            self.addItem(tr(words), value)
        self.currentIndexChanged.connect(lambda _: self.changed.emit(self.value()))

    def value(self) -> str:
        """What is chosen."""
        return str(self.currentData())

    def show_value(self, value: str) -> None:
        """Choose this."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class TextField(QLineEdit):
    """Any text.

    Signals:
        changed: it was changed.
    """

    changed = Signal(object)

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.setPlaceholderText(tr(option.empty))
        self.textChanged.connect(lambda text: self.changed.emit(text.strip()))

    def value(self) -> str:
        """What was typed."""
        return self.text().strip()

    def show_value(self, value: str) -> None:
        """Show this."""
        self.setText(value)


class DecimalField(QLineEdit):
    """A number with decimals, in the way of the country; what is no such number counts as the usual one.

    Signals:
        changed: it was changed.
    """

    changed = Signal(object)

    def __init__(self, option: Option) -> None:
        super().__init__()
        self._usual = float(option.usual)
        validator = QDoubleValidator(option.least, option.most, DECIMALS, self)
        validator.setNotation(QDoubleValidator.Notation.StandardNotation)
        self.setValidator(validator)
        self.editingFinished.connect(lambda: self.changed.emit(self.value()))

    def value(self) -> float:
        """The number."""
        if not self.hasAcceptableInput():
            return self._usual
        number, known = QLocale().toDouble(self.text())
        return number if known else self._usual

    def show_value(self, value: float) -> None:
        """Show this."""
        self._usual = float(value)
        locale = QLocale()
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        text = locale.toString(float(value), "f", DECIMALS).rstrip("0").rstrip(locale.decimalPoint())
        self.setText(text or "0")


class WholeField(NumberField):
    """A whole number.

    Signals:
        changed: it was changed.
    """

    changed = Signal(object)

    def __init__(self, option: Option) -> None:
        super().__init__(tr(option.title), int(option.least), int(option.most))
        if option.empty:
            self.setSpecialValueText(tr(option.empty))
        self.valueChanged.connect(lambda value: self.changed.emit(value))

    def show_value(self, value: int) -> None:
        """Show this."""
        self.setValue(value)


OptionField = ChoiceField | TextField | DecimalField | WholeField


def field_for(option: Option) -> OptionField:
    """A control for a kind of value, named for screen readers."""
    made: OptionField
    if option.choices:
        made = ChoiceField(option)
    elif isinstance(option.usual, str):
        made = TextField(option)
    elif isinstance(option.usual, float):
        made = DecimalField(option)
    else:
        made = WholeField(option)
    made.setAccessibleName(tr(option.title))
    made.setAccessibleDescription(tr(option.words))
    made.setToolTip(tr(option.words))
    made.setMinimumWidth(grown(WIDTH))
    return made

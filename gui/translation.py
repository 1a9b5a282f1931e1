"""The words of the window in the user's language.

Every text that a person reads goes through one of three functions, whose first argument is always a literal in English:

    tr("Open picture…")                               a text
    tr("“{name}” is indexed next.", name=folder.name) with values
    counted("{n} match", "{n} matches", number)       with a number that decides between the forms
    later("All keys")                                 in a table made before the language is known; `tr` it when shown

`make translations` finds them with Qt's lupdate. An f-string cannot be found.
"""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "translations"
SOURCE = "en"
CONTEXT = ""  # where lupdate puts every bare call, be it in a function or in a class
SYSTEM = "system"


def tr(text: str, comment: str = "", /, **values: Any) -> str:
    """The text in the user's language; `comment` tells two equal English texts apart."""
    translated = QCoreApplication.translate(CONTEXT, text, comment) if text else ""
    return translated.format(**values) if values else translated


def counted(one: str, many: str, n: int, /, **values: Any) -> str:
    """The form for this number, which stands at {n}. The English plural is what tells translators of the number."""
    translated = QCoreApplication.translate(CONTEXT, one, many, n)
    if translated == one and n != 1:
        translated = many
    return translated.format(n=QLocale().toString(n), **values)


def later(text: str) -> str:
    """Marks a text to be translated when it is shown."""
    return text


def languages() -> tuple[str, ...]:
    """The codes of the languages that the window speaks."""
    return (SOURCE, *sorted(file.stem.removeprefix("lookalike_") for file in FOLDER.glob("*.qm")))


def chosen_language(setting: str = SYSTEM) -> str:
    """The language to speak: the one that was set, else the first of the system's that there is, else English."""
    wanted = [setting] if setting != SYSTEM else [name.partition("-")[0] for name in QLocale.system().uiLanguages()]
    return next((name for name in wanted if name in languages()), SOURCE)


def install(application: QCoreApplication, setting: str = SYSTEM) -> str:
    """Make the program, and what Qt says by itself, speak a language from now on; returns its code."""
    language = chosen_language(setting)
    QLocale.setDefault(_locale(language))
    _load(application, f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    _load(application, f"lookalike_{language}", str(FOLDER))
    return language


def _locale(language: str) -> QLocale:
    """The system's, with its numbers and dates; not if the window speaks another language, which would mix the two."""
    system = QLocale.system()
    if system.name().partition("_")[0] == language:
        return system
    return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom) if language == SOURCE else QLocale(language)


def _load(application: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator(application)
    if translator.load(name, folder):
        application.installTranslator(translator)

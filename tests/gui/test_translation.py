"""The three functions that texts go through, found by lupdate wherever they stand and answered by a .qm file."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from gui import translation
from gui.translation import counted, later, tr
from scripts import translations

SOURCE = """
TABLE = (later("In a table"),)
def function(photos, name):
    tr("In a function")
    tr("Open", "an adjective")
    tr("“{name}” is indexed next.", name="literal value")
    tr(
        "Long words that go on "
        "over two lines of “{name}”.",
        name=name,
    )
    tr(name)
    return counted("{n} match", "{n} matches", len(photos), name=name)
class Panel:
    title = tr("In a class")
    def method(self):
        return [tr("In a method") for _ in "ab"]
"""
GERMAN = {
    "In a function": "In einer Funktion",
    "Open": "Offen",
    "“{name}” is indexed next.": "„{name}“ folgt.",
    "{n} match": ("{n} Treffer allein", "{n} Treffer zusammen"),
}


def messages(file: Path) -> dict[str, ElementTree.Element]:
    contexts = ElementTree.parse(file).getroot().findall("context")
    assert [context.findtext("name") or "" for context in contexts] == [translation.CONTEXT]
    return {message.findtext("source", ""): message for message in contexts[0].findall("message")}


@pytest.fixture
def extracted(tmp_path: Path) -> Path:
    source, file = tmp_path / "panel.py", tmp_path / "lookalike_de.ts"
    source.write_text(SOURCE, encoding="utf-8")
    translations.update([source], file)
    return file


@pytest.fixture
def german(qapp: QApplication, extracted: Path, monkeypatch: pytest.MonkeyPatch):
    """The language of a .ts file that a translator has filled in."""
    tree = ElementTree.parse(extracted)
    for message in tree.getroot().iter("message"):
        said, target = GERMAN.get(message.findtext("source", "")), message.find("translation")
        if said is None or target is None:
            continue
        del target.attrib["type"]
        if isinstance(said, str):
            target.text = said
        else:
            for form, text in zip(target.findall("numerusform"), said, strict=True):
                form.text = text
    tree.write(extracted, encoding="utf-8")
    translations.release(extracted)
    monkeypatch.setattr(translation, "FOLDER", extracted.parent)
    before, locale = qapp.findChildren(QTranslator), QLocale()
    assert translation.install(qapp, "de") == "de"
    yield
    for translator in [made for made in qapp.findChildren(QTranslator) if made not in before]:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)


def test_lupdate_finds_every_text_in_one_context(extracted):
    found = messages(extracted)
    assert set(found) == {
        "In a table", "In a function", "Open", "“{name}” is indexed next.", "In a class", "In a method",
        "Long words that go on over two lines of “{name}”.", "{n} match",
    }  # fmt: skip
    assert found["Open"].findtext("comment") == "an adjective"
    assert [text for text, message in found.items() if message.get("numerus")] == ["{n} match"]
    assert found["{n} match"].findtext("comment") == "{n} matches"


def test_without_a_translation_english_is_spoken(qapp):
    assert tr("No such text") == "No such text"
    assert tr("Open", "an adjective") == "Open"
    assert tr("“{name}” is indexed next.", name="a {b}") == "“a {b}” is indexed next."
    assert tr("") == ""
    assert later("All keys") == "All keys"
    assert [counted("{n} match", "{n} matches", n) for n in (0, 1, 41_870)] == [
        "0 matches",
        "1 match",
        "41,870 matches",
    ]


@pytest.mark.usefixtures("german")
def test_a_translation_speaks_with_values_and_numbers():
    assert tr("In a function") == "In einer Funktion"
    assert (tr("Open", "an adjective"), tr("Open")) == ("Offen", "Open")
    assert tr("“{name}” is indexed next.", name="Bilder") == "„Bilder“ folgt."
    assert counted("{n} match", "{n} matches", 1) == "1 Treffer allein"
    assert counted("{n} match", "{n} matches", 41_870) == "41.870 Treffer zusammen"


@pytest.mark.usefixtures("german")
def test_qt_itself_speaks_the_language(qtbot):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"


def test_an_unknown_language_is_english():
    assert translation.chosen_language("xx") == "en"

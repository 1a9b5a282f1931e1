"""Every language has every text, with the same placeholders, and the .qm file says what the .ts file says."""

import ast
import shutil
import string
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts import translations

FILES = sorted(translations.FOLDER.glob("*.ts"))


def messages(file: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(file).getroot().iter("message"))


def forms(message: ElementTree.Element) -> list[str]:
    target = message.find("translation")
    assert target is not None
    return [form.text or "" for form in target.findall("numerusform")] or [target.text or ""]


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_there_is_a_file_for_each_language():
    assert [file.stem.removeprefix("lookalike_") for file in FILES] == list(translations.LANGUAGES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_lupdate_finds_nothing_new_and_nothing_gone(file, tmp_path):
    copy = tmp_path / file.name
    shutil.copy(file, copy)
    translations.update(translations.sources(), copy)
    known, found = ({(m.findtext("source"), m.findtext("comment")) for m in messages(f)} for f in (file, copy))
    assert found == known, "run `make translations`"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_left_unfinished(file):
    unfinished = [
        message.findtext("source")
        for message in messages(file)
        if message.find("translation").get("type") or not all(forms(message))
    ]
    assert not unfinished


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_placeholders_are_the_same_in_every_form(file):
    for message in messages(file):
        source = message.findtext("source", "")
        # The English plural is the comment of a text with a number, and the one that surely names it.
        wanted = placeholders(message.findtext("comment", "") if message.get("numerus") else source)
        for number, form in enumerate(forms(message)):
            allowed = (wanted, placeholders(source)) if message.get("numerus") and number == 0 else (wanted,)
            assert placeholders(form) in allowed, (source, form)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_compiled_file_is_current(file, tmp_path):
    copy = tmp_path / file.name
    shutil.copy(file, copy)
    translations.release(copy)
    assert copy.with_suffix(".qm").read_bytes() == file.with_suffix(".qm").read_bytes(), "run `make translations`"


def test_no_text_is_in_an_f_string_where_lupdate_does_not_look():
    hidden = [
        f"{file}:{call.lineno}: {call.args[0].value}"
        for file in translations.sources()
        for text in ast.walk(ast.parse(Path(file).read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
        if isinstance(call.func, ast.Name) and call.func.id in ("tr", "counted", "later")
    ]
    assert not hidden

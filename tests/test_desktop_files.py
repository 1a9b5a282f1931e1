"""The files for the menu and the software centre: one app id everywhere, and the rules of their specifications."""

import configparser
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine.imaging.formats import PHOTO_EXTENSIONS
from gui.app import APP_ID, APP_NAME

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "desktop"
DESKTOP_FILE = FOLDER / f"{APP_ID}.desktop"
METAINFO = FOLDER / f"{APP_ID}.metainfo.xml"
# Of the registered categories: one main category, then those that may go with it.
CATEGORIES = {"Graphics", "Photography", "Viewer", "Qt"}


@pytest.fixture
def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(DESKTOP_FILE, encoding="utf-8")
    assert parser.sections() == ["Desktop Entry"]
    return parser["Desktop Entry"]


@pytest.fixture
def metainfo() -> ElementTree.Element:
    return ElementTree.parse(METAINFO).getroot()


def test_the_app_id_is_the_same_everywhere(entry, metainfo):
    assert re.fullmatch(r"[A-Za-z]\w*(\.[A-Za-z]\w*){2,}", APP_ID)
    assert entry["Icon"] == APP_ID
    assert metainfo.findtext("id") == APP_ID
    assert metainfo.findtext("launchable") == DESKTOP_FILE.name
    assert metainfo.findtext("icon") == APP_ID
    assert APP_ID in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {file.name for file in FOLDER.iterdir()} == {DESKTOP_FILE.name, METAINFO.name}


def test_the_menu_entry_keeps_the_rules(entry):
    assert entry["Type"] == "Application"
    for key in ("Name", "GenericName", "Comment", "Exec", "Icon", "Categories", "Keywords", "MimeType"):
        assert entry[key].strip() == entry[key] != ""
    assert entry["Exec"] == "lookalike %F"
    assert entry["StartupWMClass"] == APP_NAME
    for key in ("Categories", "Keywords", "Keywords[de]", "MimeType"):
        assert entry[key].endswith(";")
        values = entry[key].split(";")[:-1]
        assert len(values) == len(set(values))
    assert set(entry["Categories"].split(";")[:-1]) <= CATEGORIES
    for key in ("GenericName", "Comment", "Keywords"):
        assert f"{key}[de]" in entry
    assert {key for key in entry if entry[key] in ("true", "false")} == {"Terminal", "StartupNotify"}


def test_the_types_of_the_menu_entry_can_be_read(entry):
    for kind in entry["MimeType"].split(";")[:-1]:
        family, _, name = kind.partition("/")
        assert family == "image"
        assert f".{name}" in PHOTO_EXTENSIONS


def test_the_command_of_the_menu_entry_is_installed(entry):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert entry["Exec"].split()[0] in project["scripts"]


def test_the_metainfo_keeps_the_rules(metainfo):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert metainfo.get("type") == "desktop-application"
    assert metainfo.findtext("metadata_license") == "CC0-1.0"
    assert metainfo.findtext("project_license") == project["license"]
    summary = metainfo.findtext("summary")
    assert len(summary) <= 35 or len(summary.split()) <= 10
    assert not summary.endswith(".")
    assert metainfo.find("developer").get("id")
    assert metainfo.find("content_rating").get("type") == "oars-1.1"
    newest = metainfo.find("releases/release")
    assert newest.get("version") == project["version"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", newest.get("date"))
    assert metainfo.findtext("provides/binary") in project["scripts"]


def test_the_metainfo_says_everything_in_german_too(metainfo):
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    for parent in metainfo.iter():
        for name in ("summary", "p", "li"):
            texts = parent.findall(name)
            assert sum(text.get(language) is None for text in texts) == sum(
                text.get(language) == "de" for text in texts
            )


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not installed")
def test_the_validator_of_menu_entries_agrees():
    done = subprocess.run(["desktop-file-validate", DESKTOP_FILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstream is not installed")
def test_the_validator_of_metainfo_agrees():
    command = ["appstreamcli", "validate", "--no-net", "--explain", METAINFO]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout

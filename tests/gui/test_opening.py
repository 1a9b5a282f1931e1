"""Which programs are offered for a photo, and how they are started."""

import os
import sys
from pathlib import Path

import pytest
from deeds import choose, said
from PySide6.QtCore import Qt

from gui import opening
from gui.programs import Program, all_programs, programs_for

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PHOTOS = [Path("/photos/a b.jpg"), Path("/photos/c.jpg")]


def entry(folder: Path, id: str, command: str = "view %F", types: str = "image/jpeg;", **values: str) -> None:
    lines = {"Type": "Application", "Name": id.title(), "Exec": command, "MimeType": types} | values
    file = folder / f"{id}.desktop"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{name}={value}\n" for name, value in lines.items())
    file.write_text(f"# a comment\n[Desktop Entry]\n{text}[Desktop Action new]\nExec=other\n", encoding="utf-8")


def found(*folders: Path, settings=(), kinds=("image/jpeg",), language="") -> list[str]:
    return [program.id.removesuffix(".desktop") for program in programs_for(kinds, folders, settings, language)]


@pytest.mark.parametrize(
    ("command", "starts"),
    [
        ("view %F", [["view", "/photos/a b.jpg", "/photos/c.jpg"]]),
        ("view %f", [["view", "/photos/a b.jpg"], ["view", "/photos/c.jpg"]]),
        ("view --new %U", [["view", "--new", "file:///photos/a%20b.jpg", "file:///photos/c.jpg"]]),
        ("view %u", [["view", "file:///photos/a%20b.jpg"], ["view", "file:///photos/c.jpg"]]),
        ("view", [["view", "/photos/a b.jpg"], ["view", "/photos/c.jpg"]]),
        ('"/opt/my viewer/run" 100%% %i -t %c %k %F',
         [["/opt/my viewer/run", "100%", "--icon", "eye", "-t", "View", "/photos/a b.jpg", "/photos/c.jpg"]]),
    ],
)  # fmt: skip
def test_a_command_with_its_field_codes(tmp_path, command, starts):
    entry(tmp_path, "view", command, Icon="eye")
    (program,) = programs_for(["image/jpeg"], [tmp_path], [])
    assert program.starts(PHOTOS) == starts


def test_programs_are_those_that_take_the_kind(tmp_path):
    entry(tmp_path, "viewer")
    entry(tmp_path, "raw", types="image/x-dcraw;")
    entry(tmp_path, "terminal", Terminal="true")
    entry(tmp_path, "gone", Hidden="true")
    entry(tmp_path, "lost", TryExec="/nonexistent/program")
    entry(tmp_path, "link", Type="Link")
    entry(tmp_path, "broken", '"view')
    entry(tmp_path, "own", "lookalike %F")
    entry(tmp_path / "kde", "show")
    (tmp_path / "noise.desktop").write_bytes(b"\xff\xfe[")
    assert sorted(found(tmp_path)) == ["kde-show", "viewer"]
    assert found(tmp_path, kinds=["image/x-canon-cr2", "image/x-dcraw"]) == ["raw"]
    assert found(tmp_path / "nowhere") == []
    assert "raw.desktop" in [program.id for program in all_programs([tmp_path])]


def test_the_persons_own_entry_takes_the_place_of_the_systems(tmp_path):
    entry(tmp_path / "own", "viewer", "mine %F")
    entry(tmp_path / "system", "viewer", "theirs %F")
    (program,) = programs_for(["image/jpeg"], [tmp_path / "own", tmp_path / "system"], [])
    assert program.command[0] == "mine"


def test_defaults_come_first_and_associations_are_added_and_removed(tmp_path):
    for id in ("a", "b", "c"):
        entry(tmp_path / "apps", id)
    entry(tmp_path / "apps", "other", types="text/plain;")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "mimeapps.list").write_text(
        "[Default Applications]\nimage/jpeg=missing.desktop;b.desktop;\n"
        "[Added Associations]\nimage/jpeg=other.desktop;\n[Removed Associations]\nimage/jpeg=c.desktop;\n"
    )
    programs = programs_for(["image/jpeg"], [tmp_path / "apps"], [tmp_path / "config"])
    assert [program.id for program in programs] == ["b.desktop", "other.desktop", "a.desktop"]
    assert [program.default for program in programs] == [True, False, False]


def test_names_are_in_the_users_language(tmp_path):
    entry(tmp_path, "viewer", **{"Name[de]": "Bildbetrachter"})
    assert programs_for(["image/jpeg"], [tmp_path], [], "de")[0].name == "Bildbetrachter"
    assert programs_for(["image/jpeg"], [tmp_path], [], "fr")[0].name == "Viewer"


@pytest.fixture
def desktop(tmp_path, monkeypatch):
    """A desktop with one program, which writes down what it was started with."""
    script = tmp_path / "viewer.sh"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/started"\n')
    script.chmod(0o755)
    entry(tmp_path / "data" / "applications", "viewer", f"{script} %F")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "none"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    return tmp_path / "started"


@pytest.mark.skipif(sys.platform != "linux", reason="desktop files are read on Linux")
def test_the_menu_fills_and_a_program_gets_the_photos_and_is_remembered(desktop, settled, photos):
    settled.search_with(photos[0])
    names = choose(settled, 0, 1)
    chosen = settled.workspace.results.gallery.selected_photos()
    menu = settled.workspace.photo_actions.menu(chosen)
    submenu = settled.workspace.doers.opening.menu(chosen, menu)
    settled.until(lambda: "Viewer" in [action.text() for action in submenu.actions()])
    next(action for action in submenu.actions() if action.text() == "Viewer").trigger()
    settled.until(lambda: desktop.exists() and len(desktop.read_text().splitlines()) == 2)
    assert [Path(line).name for line in desktop.read_text().splitlines()] == names
    assert settled.workspace._state.last_programs == ["viewer.desktop"]


def test_a_program_from_the_disk_comes_first_the_next_time(desktop, settled, photos, tmp_path):
    settled.search_with(photos[0])
    choose(settled, 0)
    chosen = settled.workspace.results.gallery.selected_photos()
    doer = settled.workspace.doers.opening
    own = tmp_path / "my editor"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)
    doer.ask_for_program([photos[0]])
    settled.until(lambda: doer.dialog is not None)
    doer.dialog.file_chosen.emit(own)
    doer.dialog.reject()
    submenu = doer.menu(chosen, settled.workspace.photo_actions.menu(chosen))
    settled.until(lambda: "my editor" in [action.text() for action in submenu.actions()])
    texts = [action.text() for action in submenu.actions() if action.text()]
    if sys.platform == "linux":
        assert texts == ["Default program", "my editor", "Viewer", "Other program…"]


def test_any_program_is_found_by_its_name(desktop, settled, photos):
    doer = settled.workspace.doers.opening
    entry(desktop.parent / "data" / "applications", "paint", "paint %f", types="image/png;")
    doer.ask_for_program([photos[0]])
    settled.until(lambda: doer.dialog is not None)
    dialog = doer.dialog
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == ["Paint", "Viewer"]
    dialog.filter.setText("nothing like it")
    assert not dialog.open_button.isEnabled()
    dialog.filter.setText("view")
    settled.key(dialog.filter, Qt.Key.Key_Down)
    assert dialog.list.currentItem().text() == "Viewer"
    dialog.open_button.click()
    settled.until(lambda: desktop.exists() and desktop.read_text() == f"{photos[0]}\n")


def test_a_program_that_does_not_start_is_a_sentence(settled, photos):
    doer = settled.workspace.doers.opening
    doer.open(Program("nothing.desktop", "Nothing", ("/nonexistent/program", "%F")), [photos[0]])
    assert "“Nothing” could not be started." in said(settled)
    assert not os.path.exists("/nonexistent")  # noqa: PTH110


def test_on_a_mac_a_bundle_is_opened_by_the_system(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    program = opening.chosen_program(Path("/Applications/Preview.app"))
    assert program.starts(PHOTOS[:1]) == [["open", "-a", "/Applications/Preview.app", "/photos/a b.jpg"]]

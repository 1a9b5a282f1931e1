"""The models of the filter panel keep Qt's rules, and checks mean what they show."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from engine.browsing import Folder
from gui.filters.counted_model import Choice, CountedModel
from gui.filters.folder_model import Chosen, FolderModel

CHECK = Qt.ItemDataRole.CheckStateRole
ON, OFF, PART = Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked
A = Path("/p/a")
IN_A = Folder(A, 5, 2, (Folder(A / "x", 1, 1), Folder(A / "y", 2, 2)))
TREE = (Folder(Path("/p"), 9, 1, (IN_A, Folder(Path("/p/b"), 3, 3))), Folder(Path("/q"), 0, 0))


@pytest.fixture
def folders(qapp):
    made = FolderModel()
    made.show(TREE, Chosen())
    return made


def check(model, path: Path, state) -> Chosen:
    heard = []
    model.chosen.connect(heard.append)
    assert model.setData(model.index_of(path), state, CHECK)
    model.chosen.disconnect(heard.append)
    return heard[-1]


def test_the_folders_keep_the_rules_of_qt_models(folders, qtmodeltester):
    qtmodeltester.check(folders)
    folders.show(TREE[:1], Chosen(folders=(A,)))
    qtmodeltester.check(folders)


def test_folders_are_shown_with_counts(folders):
    root = folders.index(0, 0)
    assert (root.data(), folders.index(0, 1).data()) == ("p", "9")
    assert folders.index(0, 0, root).data(Qt.ItemDataRole.AccessibleTextRole) == "a, 5 photos"
    assert folders.index_of(Path("/nowhere")).isValid() is False


def test_a_checked_folder_holds_what_is_below(folders):
    assert check(folders, A, ON) == Chosen((A,))
    assert folders.index_of(A / "x").data(CHECK) == ON
    assert folders.index_of(Path("/p")).data(CHECK) == PART
    assert folders.index_of(Path("/q")).data(CHECK) == OFF
    assert check(folders, Path("/p"), ON) == Chosen((Path("/p"),)), "the folder above takes its place"


def test_unchecking_a_folder_below_a_checked_one_leaves_the_rest(folders):
    check(folders, Path("/p"), ON)
    left = check(folders, A / "x", OFF)
    assert left == Chosen((A / "y", Path("/p/b")), (Path("/p"), A))
    assert folders.index_of(A / "x").data(CHECK) == OFF
    assert folders.index_of(A / "y").data(CHECK) == ON
    assert folders.index_of(A).data(CHECK) == PART


def test_values_keep_the_rules_of_qt_models(qapp, qtmodeltester):
    model = CountedModel()
    model.show([Choice("JPEG", "JPEG", 3), Choice("HEIF", "HEIC", 1)], ("HEIF",))
    qtmodeltester.check(model)
    heard = []
    model.chosen.connect(heard.append)
    model.setData(model.index(0, 0), ON, CHECK)
    model.setData(model.index(1, 0), OFF, CHECK)
    assert heard == [("JPEG", "HEIF"), ("JPEG",)]
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "HEIC, 1 photo"
    assert model.index(0, 1).data() == "3"
    model.show([Choice("PNG", "PNG", 1)], ())
    assert model.rowCount() == 1

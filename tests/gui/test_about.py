import platform

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gui import parts
from gui.dialogs.about import AboutDialog


def test_every_part_has_a_version_and_a_licence(qapp):
    found = {part.name.lower().replace("_", "-"): part for part in parts.parts()}
    assert found["python"].version == platform.python_version()
    assert {"qt", "pyside6-essentials", "numpy", "pillow", "hnswlib", "platformdirs", "lookalike-2"} <= set(found)
    assert "pytest" not in found
    for part in found.values():
        assert part.version
        assert part.licence or part.name.lower().startswith(("nvidia", "cuda", "triton", "setuptools")), part


def test_the_box_fills_itself_and_can_be_copied(qtbot, tasks):
    parent = QWidget()
    qtbot.addWidget(parent)
    box = AboutDialog(parent, tasks)
    box.show()
    qtbot.waitUntil(box.copy.isEnabled)
    assert box.list.topLevelItemCount() == len(parts.parts())
    box.copy.click()
    assert QGuiApplication.clipboard().text() == parts.as_text()
    assert "Lookalike " in parts.as_text()
    box.close()

"""With reduced motion nothing moves by itself; without it, some does, which these tests would see."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QAbstractAnimation, Qt, QTimer
from PySide6.QtWidgets import QApplication

from engine.settings import Look, Motion
from engine.settings_file import SettingsFile
from gui.panels.search_field import SearchField
from gui.progress_bar import ProgressBar
from gui.theme import Theme

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
GUI = Path(__file__).resolve().parents[2] / "gui"
OFTEN_MS = 5
MOVING = re.compile(
    r"QPropertyAnimation|QVariantAnimation|QTimeLine|QScroller|setAnimated\(True|setClearButtonEnabled\(True|"
    r"\bQProgressBar\(\)"
)


class Watch:
    """Looks again and again what moves."""

    def __init__(self, parent) -> None:
        self.seen: set[str] = set()
        self._timer = QTimer(parent, interval=OFTEN_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        for widget in QApplication.allWidgets():
            for one in widget.findChildren(QAbstractAnimation, options=Qt.FindChildOption.FindDirectChildrenOnly):
                if one.state() == QAbstractAnimation.State.Running:
                    self.seen.add(f"{type(widget).__name__}: {one.metaObject().className()}")

    def end(self) -> set[str]:
        self._timer.stop()
        return self.seen


@pytest.mark.parametrize("motion", [Motion.FULL, Motion.REDUCED])
def test_what_moves_while_photos_are_indexed_and_sought(dressed, user, photos, motion):
    dressed.use(Look.LIGHT, motion)
    watch = Watch(user.window)
    user.add_folder(photos[0].parent)
    user.search_with(photos[0])
    user.workspace.history.start_filter()
    user.workspace.history.filter.setText("photo")
    user.until(lambda: user.workspace.history.model.rowCount() > 0)
    seen = watch.end()
    assert bool(seen) == (motion is Motion.FULL), seen


@pytest.fixture
def bar(qtbot):
    made = ProgressBar("Progress")
    qtbot.addWidget(made)
    made.resize(120, 4)
    made.show()
    return made


def moving(bar, qtbot) -> bool:
    qtbot.wait(50)  # until it is painted: that ends a movement, as it begins one
    watch = Watch(bar)
    qtbot.wait(100)
    return bool(watch.end())


def test_a_bar_stands_still_at_once_and_moves_again(dressed, bar, qtbot):
    bar.show_share(0, None)
    assert moving(bar, qtbot)
    dressed.use(Look.LIGHT, Motion.REDUCED)
    assert not moving(bar, qtbot)
    assert (bar.value(), bar.maximum()) == (0, 1)
    dressed.use(Look.LIGHT, Motion.FULL)
    assert moving(bar, qtbot)


def test_a_bar_that_knows_is_the_same_with_any_motion(dressed, bar):
    for motion in Motion:
        dressed.use(Look.LIGHT, motion)
        bar.show_share(3, 4)
        assert (bar.value(), bar.maximum()) == (3, 4)


def test_menus_and_tooltips_appear_at_once(undressed):
    fading = Qt.UIEffect.UI_FadeTooltip
    before = {effect: undressed.isEffectEnabled(effect) for effect in (Qt.UIEffect.UI_General, fading)}
    for effect in before:
        undressed.setEffectEnabled(effect, True)
    theme = Theme(undressed, Look.LIGHT, Motion.REDUCED)
    seen = [undressed.isEffectEnabled(fading)]
    for motion in (Motion.FULL, Motion.REDUCED, Motion.SYSTEM):
        theme.use(Look.LIGHT, motion)
        seen.append(undressed.isEffectEnabled(fading))
    for effect, enabled in before.items():
        undressed.setEffectEnabled(effect, enabled)
    theme.deleteLater()
    assert seen == [False, True, False, True]


@pytest.mark.parametrize(("wish", "still"), [("NoPreference", False), ("ReducedMotion", True)])
def test_the_wish_of_the_system_counts_where_qt_knows_it(dressed, bar, qtbot, monkeypatch, wish, still):
    told = SimpleNamespace(motionPreference=lambda: SimpleNamespace(name=wish))
    hints = SimpleNamespace(accessibility=lambda: told, setColorScheme=lambda scheme: None)
    monkeypatch.setattr(dressed, "_hints", hints)
    bar.show_share(0, None)
    dressed.use(Look.LIGHT, Motion.SYSTEM)
    assert moving(bar, qtbot) != still
    dressed.use(Look.LIGHT, Motion.FULL)
    assert moving(bar, qtbot)


def test_the_setting_holds_at_once_and_is_kept(settled):
    heard = []
    settled.session.preferences.changed.connect(lambda settings: heard.append(settings.motion))
    page = settled.session.show_settings().look
    assert page.motions[Motion.SYSTEM].isChecked()
    page.motions[Motion.REDUCED].click()
    assert heard == [Motion.REDUCED]
    file = SettingsFile(settled.session.preferences.file.path)
    settled.until(lambda: file.load().settings.motion == Motion.REDUCED)


def test_a_cross_takes_away_what_is_sought(dressed, qtbot):
    field = SearchField("Name", "Search")
    qtbot.addWidget(field)
    field.show()
    (cross,) = field.actions()
    assert not cross.isVisible()
    field.setText("beach")
    assert cross.isVisible()
    cross.trigger()
    assert field.text() == ""
    assert not cross.isVisible()


def test_nothing_else_is_made_to_move():
    found = [
        f"{file.name}:{number}"
        for file in sorted(GUI.rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if MOVING.search(line)
    ]
    assert not found

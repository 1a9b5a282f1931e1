import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QSlider, QWidget

from engine.catalog.collections import PhotoCollection
from engine.settings import Look
from gui import icons, theme
from gui.panels.collections import CollectionsPanel
from gui.theme import DARK, LIGHT, LOOKS, STARK_DARK, STARK_LIGHT, Colors, Theme, colors, palette, style_sheet


def luminance(color: QColor) -> float:
    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.getRgbF()[:3])
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("of", LOOKS.values(), ids=LOOKS)
def test_text_and_controls_stand_out_on_every_ground(of: Colors):
    for ground in (of.window, of.panel, of.gallery_ground):
        for text in (of.secondary, of.accent, of.good, of.warning, of.bad):
            assert contrast(text, ground) >= 4.5, (text.name(), ground.name())
        assert contrast(of.text, ground) >= 7
        assert contrast(of.control, ground) >= 3
    assert contrast(of.on_accent, of.accent) >= 4.5


@pytest.mark.parametrize("of", [STARK_LIGHT, STARK_DARK], ids=["light", "dark"])
def test_high_contrast_means_all_of_it(of: Colors):
    for text in (of.text, of.secondary, of.accent, of.good, of.warning, of.bad, of.border, of.control, of.disabled):
        assert contrast(text, of.window) >= 7, text.name()
    assert contrast(of.on_accent, of.accent) >= 7


@pytest.mark.parametrize("of", LOOKS.values(), ids=LOOKS)
def test_a_widget_finds_the_colours_by_its_palette(of: Colors, qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setPalette(palette(of))
    assert colors(widget.palette()) is of
    widget.setEnabled(False)
    assert colors(widget.palette()) is of


@pytest.mark.parametrize("of", LOOKS.values(), ids=LOOKS)
def test_the_style_sheet_has_no_colour_left_unnamed(of: Colors):
    assert "@" not in style_sheet(of)


def test_the_window_follows_what_is_chosen(undressed):
    dressed = Theme(undressed, Look.DARK)
    label = QLabel("text")
    assert colors(label.palette()) is DARK
    dressed.use(Look.LIGHT)
    assert colors(undressed.palette()) is LIGHT
    assert undressed.palette().color(QPalette.ColorRole.Highlight) == LIGHT.accent
    dressed.use(Look.HIGH_CONTRAST_DARK)
    assert colors(label.palette()) is STARK_DARK
    dressed.use(Look.SYSTEM)
    assert colors(label.palette()) is LIGHT  # the offscreen platform has no opinion


@pytest.mark.parametrize("look", [look for look in Look if look is not Look.SYSTEM])
def test_the_three_states_of_a_tick_look_unlike(undressed, qtbot, look):
    dressed = Theme(undressed, look)
    box, images = QCheckBox(), []
    qtbot.addWidget(box)
    box.setTristate(True)
    for state in Qt.CheckState:
        box.setCheckState(state)
        images.append(box.grab().toImage())
    unchecked, partial, checked = images
    assert partial != checked  # a dash is no hook
    accent = LOOKS[look].accent
    marked = [sum(image.pixelColor(x, y) == accent for x in range(20) for y in range(16)) for image in images]
    assert marked[0] == 0
    assert min(marked[1:]) > 80  # the ground of the tick, far more than a border
    assert unchecked != partial
    dressed.use(Look.LIGHT)


def test_icons_are_drawn_in_the_colour_of_the_theme(undressed):
    dressed = Theme(undressed, Look.LIGHT)

    def strongest() -> str:
        image = icons.icon("menu").pixmap(96, 96).toImage()
        return max((image.pixelColor(48, y) for y in range(image.height())), key=QColor.alpha).name()

    assert strongest() == LIGHT.text.name()
    dressed.use(Look.DARK)
    assert strongest() == DARK.text.name()


@pytest.mark.parametrize("name", sorted(file.stem for file in icons.FOLDER.glob("*.svg")))
def test_every_icon_is_a_drawing(name, qtbot):
    image = icons.icon(name).pixmap(20, 20).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))


def test_figures_of_equal_width_and_sizes(qtbot):
    base = QApplication.font()
    caption = theme.font(base, theme.CAPTION_RATIO, tabular=True)
    assert theme.font(base, theme.TITLE_RATIO, bold=True).weight() > base.weight()
    assert (caption.pointSizeF() if base.pointSizeF() > 0 else caption.pixelSize()) < max(
        base.pointSizeF(), base.pixelSize()
    )


@pytest.mark.parametrize("look", [look for look in Look if look is not Look.SYSTEM])
def test_sliders_stand_out_in_every_look(undressed, qtbot, look):
    dressed = Theme(undressed, look)
    slider = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(slider)
    slider.setValue(50)
    slider.resize(100, 24)
    slider.show()
    image = slider.grab().toImage()
    middle = [image.pixelColor(x, 12) for x in range(100)]
    of = LOOKS[look]
    assert middle[10] == of.accent  # what is passed
    assert middle[90] == of.control  # what is left
    assert middle[50] == of.panel  # the handle, and its edge
    assert contrast(max(middle[38:49], key=lambda color: contrast(color, of.panel)), of.window) >= 3
    dressed.use(Look.LIGHT)


@pytest.mark.parametrize("look", [look for look in Look if look is not Look.SYSTEM])
def test_what_is_selected_is_seen_in_every_look(undressed, qtbot, look):
    dressed = Theme(undressed, look)
    panel = CollectionsPanel()
    qtbot.addWidget(panel)
    panel.show_collections([PhotoCollection("1", "Beach", 3, 3), PhotoCollection("2", "Garden", 2, 2)])
    panel.show()
    shot = panel.view.visualRect(panel.model.index(0))
    before = panel.view.viewport().grab(shot).toImage()
    panel.mark("1")
    panel.view.clearFocus()
    after = panel.view.viewport().grab(shot).toImage()
    ground = LOOKS[look].panel
    edge = max((after.pixelColor(100, y) for y in range(after.height())), key=lambda color: contrast(color, ground))
    assert after != before
    assert look not in (Look.HIGH_CONTRAST_LIGHT, Look.HIGH_CONTRAST_DARK) or contrast(edge, ground) >= 7
    dressed.use(Look.LIGHT)

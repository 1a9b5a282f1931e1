"""On a screen with two pixels for one, whatever is drawn has them all."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSpinBox, QWidget

from engine.records import QueryPicture
from gui import icons
from gui.controls import button, tool
from gui.gallery.delegate import _paint_rounded
from gui.gallery.listing import Answer
from gui.panels import chips
from gui.pictures import square
from gui.theme import LIGHT, palette, style_sheet

SHARP = 2.0
DRAWN = sorted(file.stem for file in icons.FOLDER.glob("*.svg"))


def rendered(widget: QWidget) -> QImage:
    """A widget as it is on such a screen."""
    image = QImage(widget.size() * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    image.fill(Qt.GlobalColor.white)
    widget.render(image)
    return image


def part(image: QImage, area: QRect) -> QImage:
    """A part of it, the area in the pixels of layouts."""
    return image.copy(QRect(area.topLeft() * SHARP, area.size() * SHARP))


def is_only_enlarged(image: QImage) -> bool:
    """Whether every two by two pixels are one: then it was drawn for another screen."""
    return all(
        image.pixel(x, y) == image.pixel(x + right, y + below)
        for x in range(0, image.width() - 1, 2)
        for y in range(0, image.height() - 1, 2)
        for right, below in ((1, 0), (0, 1), (1, 1))
    )


def dotted(side: int) -> QImage:
    """A picture whose every pixel differs from its neighbours."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    for x in range(side):
        for y in range(side):
            image.setPixelColor(x, y, QColor("black" if (x + y) % 2 else "white"))
    return image


@pytest.mark.parametrize("name", DRAWN)
def test_icons_have_all_pixels(qapp, name):
    pixmap = icons.icon(name).pixmap(QSize(16, 16), SHARP)
    assert pixmap.size() == QSize(32, 32)
    assert pixmap.devicePixelRatio() == SHARP
    assert not is_only_enlarged(pixmap.toImage())


def styled(qtbot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.setPalette(palette(LIGHT))
    widget.setStyleSheet(style_sheet(LIGHT))
    widget.resize(widget.sizeHint())
    widget.show()
    return widget


@pytest.mark.parametrize("make", [lambda: tool("menu", "Menu"), lambda: button("", print, "", "picture")])
def test_icons_on_buttons_have_all_pixels(qtbot, make):
    widget = styled(qtbot, make())
    inside = QRect(0, 0, 16, 16)
    inside.moveCenter(widget.rect().center())
    assert not is_only_enlarged(part(rendered(widget), inside))


def ticked() -> QCheckBox:
    box = QCheckBox()
    box.setChecked(True)
    return box


@pytest.mark.parametrize(("make", "from_the_right", "width"), [(ticked, 0, 0), (QComboBox, 20, 16), (QSpinBox, 20, 16)])
def test_ticks_and_arrows_have_all_pixels(qtbot, make, from_the_right, width):
    widget = styled(qtbot, make())
    height = widget.height()
    area = QRect(widget.width() - from_the_right, 4, width, height - 8) if width else QRect(5, height // 2 - 6, 12, 12)
    image = part(rendered(widget), area)
    assert any(image.pixel(x, y) != image.pixel(0, 0) for x in range(image.width()) for y in range(image.height()))
    assert not is_only_enlarged(image)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
@pytest.mark.parametrize("top", [4, 5, 6, 7])
def test_a_photo_is_in_one_piece_at_any_scale(qapp, ratio, top):
    image = QImage(QSize(120, 120), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.black)
    photo = QPixmap(80, 60)
    photo.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    _paint_rounded(painter, QRect(5, top, 40, 30), photo)
    painter.end()
    lit = [image.pixelColor(int(25 * ratio), y).lightness() for y in range(image.height())]
    first, last = lit.index(255), len(lit) - lit[::-1].index(255)
    assert last - first >= int(30 * ratio) - 1
    assert set(lit[first:last]) == {255}


def test_small_pictures_have_all_pixels(qapp):
    made = square(QPixmap.fromImage(dotted(80)), 40, SHARP)
    assert made.size() == QSize(80, 80)
    assert made.devicePixelRatio() == SHARP
    assert not is_only_enlarged(made.toImage())


def test_the_picture_on_a_chip_has_all_pixels(qtbot, monkeypatch):
    drawn: list[QPixmap] = []

    def kept(*how) -> QPixmap:
        drawn.append(square(*how))
        return drawn[-1]

    monkeypatch.setattr(chips, "square", kept)
    chip = chips.Chip(QueryPicture(path=Path("/photos/beach.jpg")))
    qtbot.addWidget(chip)
    monkeypatch.setattr(chip, "devicePixelRatioF", lambda: SHARP)
    chip.show_thumbnail(QPixmap.fromImage(dotted(200)))
    assert drawn[0].devicePixelRatio() == SHARP
    assert drawn[0].size() == chip.findChild(QLabel).size() * SHARP


def test_photos_of_the_gallery_have_all_pixels(qtbot, monkeypatch, model, view, loader, make_answer):
    monkeypatch.setattr(view, "devicePixelRatioF", lambda: SHARP)
    model.show(Answer(make_answer("abcd")))
    wanted = round(view.grid.picture_side * SHARP)
    qtbot.waitUntil(lambda: (loader.image("a") is not None) and loader.image("a").width() == wanted)
    assert wanted > view.grid.picture_side
    cell = view.visualRect(model.index(0))
    inside = QRect(cell.center(), QSize(40, 20))
    assert not is_only_enlarged(part(rendered(view.viewport()), inside))

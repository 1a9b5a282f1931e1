"""The map itself: points, thumbnails of those that stand for others, and a lasso."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from engine.maps import Atlas
from gui.accessible import Told
from gui.focus_frame import FocusFrame
from gui.gallery.ground import paint_message
from gui.theme import colors
from gui.translation import counted, tr
from gui.viewers.atlas_frame import Frame, paint_points
from gui.viewers.atlas_levels import FINEST, Levels
from gui.words import number

CELL = 60
"""Logical pixels between two thumbnails, about; they grow to half as much again until the next level follows."""
THUMB = 0.68
"""Of that, so that the points between them are seen."""
STEP = 1.25
PAN = 0.125
NEAR = 14
"""Pixels from a point that a click still means."""
_NOTCH = 120
_FETCH_AFTER_MS = 60
_DIM = 0.22
_GREY = 0xFF808080
MANY, SMALL_POINT, LARGE_POINT = 20_000, 2.5, 4.0
"""Above so many points they are smaller; sides in logical pixels."""
Key = Qt.Key


class AtlasCanvas(Told, QWidget):
    """Shows a map; pans, zooms and selects.

    Args:
        image: the loaded thumbnail of a photo, if there is one.

    Signals:
        thumbnails_wanted(list, int): ids of the photos whose thumbnails are seen, and their side in device pixels.
        selection_changed(int): so many photos are selected now.
        opened(str): the id of a photo that is to be seen large.
    """

    thumbnails_wanted = Signal(list, int)
    selection_changed = Signal(int)
    opened = Signal(str)
    accessible_role = QAccessible.Role.Graphic

    def __init__(self, image: Callable[[str], QPixmap | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = image
        self._atlas: Atlas | None = None
        self._levels = Levels(np.empty((0, 2), dtype=np.float32))
        self._codes: NDArray[np.int32] = np.empty(0, dtype=np.int32)
        self._palette: tuple[QColor, ...] = ()
        self._marks: Sequence[tuple[str, tuple[float, float]]] = ()
        self._message: tuple[str, str] = ("", "")
        self._points: QImage | None = None
        self._dressed: tuple[NDArray[np.float32], NDArray[np.uint32]] | None = None
        self._grip: QPointF | None = None
        self._lasso: QPolygonF | None = None
        self._moved = False
        self.frame = Frame(1, 1)
        self.lassoing = False
        self.selected: NDArray[np.bool_] = np.empty(0, dtype=bool)
        self._fetch = QTimer(self, singleShot=True, interval=_FETCH_AFTER_MS)
        self._fetch.timeout.connect(self._want)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusFrame(self)
        self.setAccessibleName(tr("Map of photos"))

    @property
    def atlas(self) -> Atlas | None:
        """What is shown."""
        return self._atlas

    def accessible_state(self) -> str:
        if self._atlas is None:
            return self._message[0]
        photos = counted("{n} photo", "{n} photos", len(self._atlas))
        chosen = counted("{n} selected", "{n} selected", int(self.selected.sum()))
        return tr("{photos}, {selected}, {zoom} times as large", photos=photos, selected=chosen, zoom=self._zoom_text())

    def show_message(self, title: str, hint: str = "") -> None:
        """Say this instead of a map."""
        self._atlas, self._message = None, (title, hint)
        self.selected = np.empty(0, dtype=bool)
        self.selection_changed.emit(0)
        self._refresh(dress=True)

    def show_atlas(self, atlas: Atlas, levels: Levels, rows_before: NDArray[np.int64] | None = None) -> None:
        """Show a map.

        Args:
            rows_before: for a newer state of the map that is shown: where each photo was on it, -1 for a new one. What
                is looked at and what is selected stays.
        """
        selected = np.zeros(len(atlas), dtype=bool)
        if rows_before is not None and len(self.selected):
            selected = self.selected[rows_before] & (rows_before >= 0)
        self._atlas, self._levels, self.selected = atlas, levels, selected
        self._codes = np.zeros(len(atlas), dtype=np.int32)
        if rows_before is None:
            self.frame = Frame(self.width(), self.height())
        self.selection_changed.emit(int(selected.sum()))
        self._refresh(dress=True)

    def show_colours(
        self,
        codes: NDArray[np.int32],
        palette: Sequence[QColor],
        marks: Sequence[tuple[str, tuple[float, float]]] = (),
    ) -> None:
        """Colour the points.

        Args:
            codes: for each photo a place in the palette.
            marks: words to stand at places of the map.
        """
        self._codes, self._palette, self._marks = codes, tuple(palette), marks
        self._refresh(dress=True)

    def select(self, rows: NDArray[np.bool_], *, add: bool = False) -> None:
        """Select these photos, or these too."""
        self.selected = np.logical_or(self.selected, rows) if add else rows.copy()
        self.selection_changed.emit(int(self.selected.sum()))
        self.tell_state()
        self._refresh(dress=True)

    def selected_ids(self, most: int | None = None) -> list[str]:
        """The ids of the selected photos; of more than `most` those nearest to their middle."""
        if self._atlas is None:
            return []
        rows = np.flatnonzero(self.selected)
        if most is not None and len(rows) > most:
            places = self._atlas.positions[rows]
            off = ((places - np.median(places, axis=0)) ** 2).sum(axis=1)
            rows = rows[np.argsort(off, kind="stable")[:most]]
        return [one.decode("ascii") for one in self._atlas.ids[rows].tolist()]

    def thumbnails_came(self) -> None:
        """Some thumbnails can be had now."""
        self.update()

    def look(self, frame: Frame) -> None:
        """Look at another part."""
        if frame != self.frame:
            self.frame = frame
            self.tell_state()
            self._refresh()

    def fit(self) -> None:
        """Show all of the map."""
        self.look(Frame(self.width(), self.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = colors(self.palette())
        painter = QPainter(self)
        if self._atlas is None:
            painter.fillRect(event.rect(), tones.gallery_ground)
            paint_message(painter, self.rect(), *self._message, self.font(), tones)
            return
        if self._points is None:
            self._points = self._painted(tones.gallery_ground)
        painter.drawImage(QPoint(0, 0), self._points)
        self._paint_thumbnails(painter)
        self._paint_marks(painter)
        self._paint_lasso(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        old = self.frame
        self.frame = Frame(self.width(), self.height(), old.x, old.y, old.zoom)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh(dress=True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        at = event.position()
        self.look(self.frame.zoomed(STEP ** (event.angleDelta().y() / _NOTCH), (at.x(), at.y())))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._atlas is None:
            super().mousePressEvent(event)
            return
        self.setFocus()
        self._moved = False
        self._grip = event.position()
        if self.lassoing or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._lasso = QPolygonF([event.position()])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        self._moved = self._moved or (event.position() - self._grip).manhattanLength() > 3
        if self._lasso is not None:
            self._lasso.append(event.position())
            self.update()
        elif self._moved:
            moved = self._grip - event.position()
            self._grip = event.position()
            self.look(self.frame.panned(moved.x(), moved.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        add = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self._lasso is not None and self._moved:
            self.select(self._inside(self._lasso), add=add)
        elif self._grip is not None and not self._moved:
            row = self._row_at(event.position())
            hit = np.zeros_like(self.selected)
            if row is not None:
                hit[row] = True
            self.select(hit, add=add)
        self._grip = self._lasso = None
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position()) if self._atlas is not None else None
        if row is not None and self._atlas is not None:
            self.opened.emit(bytes(self._atlas.ids[row]).decode("ascii"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        frame = self.frame
        steps = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
        if event.key() in steps:
            across, down = steps[Key(event.key())]
            self.look(frame.panned(across * PAN * self.width(), down * PAN * self.height()))
        elif event.key() in (Key.Key_Plus, Key.Key_Equal):
            self.look(frame.zoomed(STEP))
        elif event.key() == Key.Key_Minus:
            self.look(frame.zoomed(1 / STEP))
        elif event.key() == Key.Key_0:
            self.fit()
        elif event.key() == Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.select(self._in_view())
        elif event.key() in (Key.Key_Return, Key.Key_Enter) and self.selected.any():
            self.opened.emit(self.selected_ids(1)[0])
        else:
            super().keyPressEvent(event)

    def _refresh(self, *, dress: bool = False) -> None:
        self._points = None
        if dress:
            self._dressed = None
        self._fetch.start()
        self.update()

    def _zoom_text(self) -> str:
        return number(self.frame.zoom, 0 if self.frame.zoom >= 10 else 1)

    def _painted(self, ground: QColor) -> QImage:
        """All points, selected ones bright and the others dim if some are."""
        assert self._atlas is not None, "there is a map to paint"
        if self._dressed is None:
            self._dressed = self._dress(ground)
        positions, colours = self._dressed
        ratio = self.devicePixelRatioF()
        size = SMALL_POINT if len(self._atlas) > MANY else LARGE_POINT
        side = max(2, round(size * ratio * min(2.0, self.frame.zoom**0.25)))
        pixels = paint_points(self.frame, positions, colours, ground.rgb(), ratio, side)
        height, width = pixels.shape
        image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32).copy()
        image.setDevicePixelRatio(ratio)
        return image

    def _dress(self, ground: QColor) -> tuple[NDArray[np.float32], NDArray[np.uint32]]:
        """Positions and colours of the points as they are painted, selected ones last; the same for every frame."""
        assert self._atlas is not None, "there is a map to paint"
        table = np.array([color.rgb() for color in self._palette] or [_GREY], dtype=np.uint32)
        codes = np.minimum(self._codes, len(table) - 1)
        if not self.selected.any():
            return self._atlas.positions, table[codes]
        colours = np.where(self.selected, table[codes], _mixed(table, ground.rgb(), _DIM)[codes])
        order = np.argsort(self.selected, kind="stable")
        return self._atlas.positions[order], colours[order]

    def _standing(self) -> tuple[NDArray[np.int64], NDArray[np.float32], float]:
        """The rows of the photos whose thumbnails are seen, where they are, and their side in logical pixels."""
        assert self._atlas is not None, "there is a map to look at"
        level = min(max(0, math.floor(math.log2(max(self.frame.scale / CELL, 1)))), FINEST)
        rows = self._levels.standing_for(level)
        placed = self.frame.to_view(self._atlas.positions[rows])
        side = THUMB * min(self.frame.scale / (1 << level), 2 * CELL)
        seen = ((placed > -side) & (placed < np.array([self.width() + side, self.height() + side]))).all(axis=1)
        return rows[seen], placed[seen], side

    def _paint_thumbnails(self, painter: QPainter) -> None:
        assert self._atlas is not None, "there is a map to look at"
        rows, places, side = self._standing()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        some = self.selected.any()
        for row, (x, y) in zip(rows.tolist(), places.tolist(), strict=True):
            pixmap = self._image(bytes(self._atlas.ids[row]).decode("ascii"))
            if pixmap is None or pixmap.isNull():
                continue
            size = QSize(pixmap.size()).scaled(int(side), int(side), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(x - size.width() / 2, y - size.height() / 2, size.width(), size.height())
            painter.setOpacity(1.0 if not some or self.selected[row] else 0.35)
            painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
            if self._palette:
                painter.setPen(QPen(self._palette[min(int(self._codes[row]), len(self._palette) - 1)], 2))
                painter.drawRect(place)
        painter.setOpacity(1.0)

    def _paint_marks(self, painter: QPainter) -> None:
        tones = colors(self.palette())
        bold = self.font()
        bold.setBold(True)
        painter.setFont(bold)
        for text, place in self._marks:
            (x, y), height = self.frame.to_view(np.array([place], dtype=np.float32))[0], painter.fontMetrics().height()
            width = painter.fontMetrics().horizontalAdvance(text) + height * 0.8
            pill = QRectF(x - width / 2, y - height * 0.7, width, height * 1.4)
            painter.setPen(QPen(tones.border, 1))
            painter.setBrush(tones.panel)
            painter.drawRoundedRect(pill, height * 0.4, height * 0.4)
            painter.setPen(tones.text)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_lasso(self, painter: QPainter) -> None:
        if self._lasso is None:
            return
        tones = colors(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = QColor(tones.accent)
        fill.setAlphaF(0.15)
        painter.setPen(QPen(tones.accent, 2))
        painter.setBrush(fill)
        painter.drawPolygon(self._lasso)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _inside(self, lasso: QPolygonF) -> NDArray[np.bool_]:
        """The photos that a lasso surrounds: painted as a mask, it is looked up for all of them at once."""
        mask = QImage(self.size(), QImage.Format.Format_Grayscale8)
        mask.fill(0)
        painter = QPainter(mask)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawPolygon(lasso, Qt.FillRule.WindingFill)
        painter.end()
        pixels = np.frombuffer(mask.constBits(), dtype=np.uint8).reshape(mask.height(), mask.bytesPerLine())
        seen = self._in_view()
        inside: NDArray[np.bool_] = np.zeros(len(seen), dtype=bool)
        assert self._atlas is not None, "there is a map to look at"
        places = self.frame.to_view(self._atlas.positions[seen]).astype(np.int32)
        inside[np.flatnonzero(seen)[pixels[places[:, 1], places[:, 0]] > 0]] = True
        return inside

    def _in_view(self) -> NDArray[np.bool_]:
        if self._atlas is None:
            return np.empty(0, dtype=bool)
        placed = self.frame.to_view(self._atlas.positions)
        within = (placed >= 0) & (placed < np.array([self.width(), self.height()]))
        seen: NDArray[np.bool_] = within[:, 0] & within[:, 1]
        return seen

    def _row_at(self, point: QPointF) -> int | None:
        """The photo that is meant: one whose thumbnail is there, else the nearest point."""
        assert self._atlas is not None, "there is a map to look at"
        rows, places, side = self._standing()
        under = np.flatnonzero((np.abs(places - np.array([point.x(), point.y()])) <= side / 2).all(axis=1))
        if len(under):
            return int(rows[under[-1]])
        off = np.hypot(*(self.frame.to_view(self._atlas.positions) - np.array([point.x(), point.y()])).T)
        row = int(off.argmin())
        return row if off[row] <= NEAR else None

    def _want(self) -> None:
        if self._atlas is None or not self.isVisible():
            return
        rows, places, _ = self._standing()
        middle = np.hypot(*(places - np.array([self.width() / 2, self.height() / 2])).T)
        ids = [one.decode("ascii") for one in self._atlas.ids[rows[np.argsort(middle)]].tolist()]
        self.thumbnails_wanted.emit(ids, math.ceil(THUMB * 2 * CELL * self.devicePixelRatioF()))


def _mixed(colours: NDArray[np.uint32], ground: int, share: float) -> NDArray[np.uint32]:
    """Colours of which only a share is left, on a ground."""
    mixed = np.full(len(colours), 0xFF000000, dtype=np.uint32)
    for shift in (0, 8, 16):
        one, other = (colours >> shift) & 0xFF, (ground >> shift) & 0xFF
        mixed |= np.round(one * share + other * (1 - share)).astype(np.uint32) << np.uint32(shift)
    return mixed

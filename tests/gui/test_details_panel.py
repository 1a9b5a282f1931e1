"""The details of what is selected, in the window, on the real engine."""

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication

from engine.imaging.metadata import ColorProfile, PhotoMetadata
from engine.records import PhotoState
from gui.panels import detail_rows
from gui.viewers import facts
from tests.samples import picture

Key = Qt.Key


def written_by_a_camera(path):
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Model] = "Lookalike", "Pinhole <b>1</b>"
    exif.get_ifd(IFD.Exif).update({
        Base.DateTimeOriginal: "2021:03:12 14:03:05", Base.ISOSpeedRatings: 200, Base.FNumber: 5.6,
        Base.ExposureTime: 1 / 250, Base.ExposureBiasValue: -0.7, Base.FocalLength: 4.2,
        Base.FocalLengthIn35mmFilm: 26, Base.Flash: 1, Base.LensModel: "Plano",
    })  # fmt: skip
    exif.get_ifd(IFD.GPSInfo).update({
        GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (50.0, 5.0, 15.0),
        GPS.GPSLongitudeRef: "E", GPS.GPSLongitude: (14.0, 25.0, 12.0), GPS.GPSAltitude: 200.0,
    })  # fmt: skip
    picture(99).save(path, exif=exif)


@pytest.fixture
def asked(user, photos):
    """Somebody in front of twelve matches, of which one was written by a camera."""
    written_by_a_camera(photos[0])
    user.add_folder(photos[0].parent)
    user.search_with(photos[0])
    return user


def select(user, row):
    gallery = user.workspace.results.gallery
    gallery.set_current_photo(user.workspace.results.model.listing.photo_id(row))


def text(user):
    return user.workspace.details.text.toPlainText()


def test_before_there_are_photos_the_panel_is_out_of_the_way(user):
    assert not user.workspace.details.isVisible()


def test_nothing_selected_says_what_to_do(asked):
    asked.workspace.results.gallery.clearSelection()
    asked.until(lambda: "Select a photo" in text(asked))


def test_everything_about_a_photo(asked, photos):
    select(asked, 0)
    asked.until(lambda: "f/5.6" in text(asked))
    photo = asked.workspace.results.gallery.current_photo()
    lines = text(asked).splitlines()
    for words in (
        "photo_000.jpg", "identical", "12 March 2021, 14:03", "Lookalike Pinhole <b>1</b>", "Plano",
        "1/250 s · f/5.6 · ISO 200", "−0.7 EV", "4.2 mm (26 mm on 35 mm film)", "fired",
        "50.087500, 14.420000", "200 m", "No profile; shown as sRGB", "96 × 72", "JPEG",
        photo.content_hash.hex()[:12], str(photos[0].parent),
    ):  # fmt: skip
        assert words in lines
    assert asked.workspace.details.preview.isVisible()


def test_a_score_is_explained(asked):
    select(asked, 3)
    asked.until(lambda: "photo_000.jpg" not in text(asked) and "random" in text(asked))


def test_text_can_be_copied_and_coordinates_by_a_click(asked):
    select(asked, 0)
    asked.until(lambda: "50.087500" in text(asked))
    panel = asked.workspace.details
    panel.text.setFocus()
    panel.text.selectAll()
    asked.key(panel.text, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Lookalike Pinhole <b>1</b>" in QGuiApplication.clipboard().text()
    panel.text.anchorClicked.emit(QUrl(detail_rows.COPY_PLACE))
    assert QGuiApplication.clipboard().text() == "50.087500, 14.420000"


def test_a_click_on_the_folder_reveals_the_photo(asked, qtbot):
    select(asked, 0)
    asked.until(lambda: "photo_000.jpg" in text(asked))
    panel = asked.workspace.details
    panel.reveal_wanted.disconnect()
    with qtbot.waitSignal(panel.reveal_wanted) as revealed:
        panel.text.anchorClicked.emit(QUrl(detail_rows.FOLDER))
    assert revealed.args[0].path.name == "photo_000.jpg"


def test_several_photos_are_summed_up(asked):
    asked.workspace.results.gallery.selectAll()
    asked.until(lambda: text(asked).startswith("12 photos"))
    assert "JPEG (12)" in text(asked)
    assert "Lookalike Pinhole" in text(asked)


def test_it_follows_the_viewer(asked):
    select(asked, 0)
    asked.key(asked.workspace.results.gallery, Key.Key_Return)
    asked.key(asked.workspace.viewer, Key.Key_Right)
    name = asked.workspace.viewer.photo.path.name
    asked.until(lambda: text(asked).startswith(name))


def test_a_file_that_is_gone_says_so(asked):
    photo = asked.workspace.searching.result.matches[5].photo
    photo.path.unlink()
    select(asked, 5)
    asked.until(lambda: "no longer there" in text(asked))
    assert "look for changes (F5)" in text(asked)


def test_hidden_it_stays_hidden_and_reads_nothing(asked, photos, start_session, qtbot):
    panel = asked.workspace.details
    asked.key(asked.window, Key.Key_F8)
    assert not panel.isVisible()
    select(asked, 0)
    asked.until(lambda: panel.text.toPlainText().startswith("photo_000.jpg"))
    qtbot.wait(300)
    assert not panel._kept
    asked.window.close()
    asked.until(lambda: asked.session.library is None and not asked.window.isVisible())
    again = start_session()
    qtbot.waitUntil(lambda: bool(again.window.workspace.welcome.cards()), timeout=30_000)
    again.window.workspace.stage.setCurrentWidget(again.window.workspace.results)
    assert not again.window.workspace.details.isVisible()
    again.window.commands["details"].trigger()
    assert again.window.workspace.details.isVisible()


def test_colours_in_words():
    assert detail_rows.color_words(ColorProfile("Display P3")) == "Display P3, converted to sRGB"
    assert detail_rows.color_words(ColorProfile("sRGB IEC61966-2.1")) == "sRGB IEC61966-2.1"
    assert detail_rows.color_words(ColorProfile(usable=False)) == "The profile is damaged; shown as sRGB"


def test_figures_in_words():
    assert [facts.exposure_time(seconds) for seconds in (1 / 8000, 0.25, 0.5, 30)] == [
        "1/8,000 s", "1/4 s", "0.5 s", "30 s"
    ]  # fmt: skip
    assert [facts.aperture(number) for number in (1.8, 8.0)] == ["f/1.8", "f/8"]
    assert facts.focal_length(50.0, 50) == "50 mm"
    assert facts.megapixels_of(4000, 3000) == "12 megapixels"


def test_a_photo_without_metadata_has_no_empty_groups(asked):
    photo = asked.workspace.searching.result.matches[4].photo
    found = PhotoMetadata("JPEG", 96, 72, ColorProfile())
    assert detail_rows.shot_rows(photo, found).rows == ()
    assert detail_rows.place_rows(photo, found).rows == ()
    assert photo.state is PhotoState.INDEXED

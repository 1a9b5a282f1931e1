"""Where somebody is in the gallery, so that they find the place again."""

from dataclasses import dataclass

from gui.gallery.view import GalleryView


@dataclass(frozen=True, slots=True)
class GalleryPlace:
    """What was current and how far was scrolled."""

    photo_id: str | None
    scrolled: int


def place_in(gallery: GalleryView) -> GalleryPlace:
    """The place that is looked at."""
    photo = gallery.current_photo()
    return GalleryPlace(photo.id if photo else None, gallery.verticalScrollBar().value())


def return_to(gallery: GalleryView, place: GalleryPlace) -> None:
    """Go back to a place; a photo that is not there any more is nobody's current one."""
    if place.photo_id is not None:
        gallery.set_current_photo(place.photo_id)
    gallery.verticalScrollBar().setValue(place.scrolled)

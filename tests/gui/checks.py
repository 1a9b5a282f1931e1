"""The page of a check, each with the way to it, and a memory card to check."""

import shutil
from pathlib import Path

from PIL import Image, ImageOps
from PySide6.QtWidgets import QWidget
from user import User

from engine.jobs import Progress
from gui.controls import Button
from gui.having.page import HavingPage
from gui.messages import Offer
from tests.samples import scene

Photos = list[Path]


def having(user: User, photos: Photos) -> QWidget:
    """A check that has come to its end, with a file of every verdict and a line that says what was copied."""
    card = card_of(photos)
    user.workspace.checking.check([card])
    user.until(lambda: not user.workspace.checking.page.running)
    user.workspace.checking.page.outcome.say(
        "4 photos were copied to “A folder with a long name”.",
        "1 has the content of another one that is there.",
        good=True,
        offers=[Offer("Show folder", lambda: None), Offer("Add folder to library", lambda: None)],
    )
    user.workspace.checking.page.list.setFocus()
    return user.window


def having_nothing(user: User, photos: Photos) -> QWidget:
    """Before anything was checked."""
    user.window.commands["have"].trigger()
    user.workspace.checking.dialog.close()
    return user.window


def having_runs(user: User, photos: Photos) -> QWidget:
    having(user, photos)
    user.workspace.checking.page.outcome.clear()
    user.workspace.checking.page.show_progress(Progress("comparing photos", 310, 1_204, 5.0, 200.0))
    return user.window


def having_compared(user: User, photos: Photos) -> QWidget:
    having(user, photos)
    page = user.workspace.checking.page
    page.compare(next(row for row in page.model.rows if row.match is not None))
    user.until(lambda: page.comparison.stays.canvas.layer.loaded_side)
    user.until(lambda: page.comparison.changes.canvas.layer.loaded_side)
    return user.window


def page_of(user: User) -> HavingPage:
    """The page as soon as there is one."""
    return user.workspace.checking.page


def answer(user: User, text: str) -> Button:
    """A button of the line that says what became of it."""
    return next(one for one in page_of(user).outcome.offers if one.text() == text)


def card_of(photos: Photos) -> Path:
    """A memory card with what the library has, in part changed, and with what it does not have."""
    card = photos[0].parent.parent / "EOS_DIGITAL"
    folder = card / "DCIM" / "100CANON"
    folder.mkdir(parents=True)
    shutil.copyfile(photos[0], folder / "IMG_0001.JPG")
    Image.open(photos[1]).save(folder / "IMG_0002.png")
    Image.open(photos[2]).resize((200, 150)).save(folder / "IMG_0003.JPG")
    ImageOps.mirror(Image.open(photos[3])).save(folder / "IMG_0004.JPG")
    for number in (5, 6):
        scene(70 + number).save(folder / f"IMG_000{number}.JPG")
    scene(80).save(card / "A photo with a name that is far longer than any list has room for, which happens.jpg")
    (folder / "IMG_0007.JPG").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    return card

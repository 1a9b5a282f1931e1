"""Folders with copies and bursts in them, for the page of duplicates."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from PIL import Image
from user import User

from tests.samples import scene

WHEN = 1_600_000_000


def write_copies(folder: Path) -> Path:
    """Three copies of one picture, one of them smaller; and two identical files in folders of their own."""
    for place in ("2024", "shared"):
        (folder / place).mkdir(parents=True)
    for seed in (1, 2, 3):
        scene(seed).save(folder / "2024" / f"scene_{seed}.jpg", quality=95)
    Image.open(folder / "2024" / "scene_1.jpg").resize((270, 202)).save(folder / "shared" / "small.jpg", quality=90)
    shutil.copyfile(folder / "2024" / "scene_1.jpg", folder / "shared" / "same.jpg")
    shutil.copyfile(folder / "2024" / "scene_2.jpg", folder / "shared" / "again.jpg")
    for age, file in enumerate(sorted(folder.rglob("*.jpg"))):
        os.utime(file, (WHEN + age, WHEN + age))
    return folder


def write_burst(folder: Path) -> Path:
    """Two shots of one moment."""
    folder.mkdir(parents=True)
    for number in range(2):
        exif = Image.Exif()
        exif[271], exif[272] = "Canon", "EOS"
        exif.get_ifd(0x8769)[0x9003] = datetime(2024, 6, 1, 12, 0, number).strftime("%Y:%m:%d %H:%M:%S")
        shot = scene(4)
        for place in range(4):  # a few things have moved
            shot.paste(scene(50 + 4 * number + place, (110, 90)), (90 * place, 60 * ((place + number) % 3)))
        shot.save(folder / f"shot_{number}.jpg", quality=92, exif=exif)
    return folder


def find(user: User) -> None:
    """Look for duplicates on their page, and wait for the groups."""
    user.window.commands["duplicates"].trigger()
    page = user.workspace.deduplicating.page
    if page.reviewing:
        page.again_wanted.emit()
    page.start.look.click()
    user.until(lambda: not user.workspace.deduplicating.finding)


def groups(user: User) -> list[str]:
    """The best photo of each group in the list."""
    model = user.workspace.deduplicating.page.pane.groups_model
    return [model.index(row).data() for row in range(model.rowCount())]


def members(user: User) -> dict[str, bool]:
    """The photos of the group that is looked at, and whether they are to go."""
    from gui.duplicates.models import MemberRole

    model = user.workspace.deduplicating.page.pane.members_model
    rows = [model.index(row) for row in range(model.rowCount())]
    return {index.data(): index.data(MemberRole.LEAVES) for index in rows}


def look_at(user: User, best: str, photo: str = "") -> None:
    """Put the cursors on a group and on a photo of it."""
    pane = user.workspace.deduplicating.page.pane
    pane.groups.setCurrentIndex(pane.groups_model.index(groups(user).index(best)))
    if photo:
        pane.members.setCurrentIndex(pane.members_model.index([*members(user)].index(photo)))
    pane.members.setFocus()

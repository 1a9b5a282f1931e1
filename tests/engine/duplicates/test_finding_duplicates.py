"""Groups of a real library: what belongs together, what is kept, and what a person decides."""

import os
import shutil
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageOps

from engine.catalog.pairs import PairKind
from engine.duplicates.groups import DuplicateGroup, DuplicateOptions, GroupKind, Member, Reason, Where
from engine.errors import BadRequestError, NotFoundError
from engine.jobs import Cancelled, Job
from engine.library import Library
from engine.settings import Settings
from tests.samples import scene

LOOSE = DuplicateOptions(min_score=0.0)
"""The model of the tests hardly knows what is alike: every neighbour is compared."""


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    for place in ("2024", "shared"):
        (folder / place).mkdir(parents=True)
    for seed in range(6):
        scene(seed).save(folder / "2024" / f"scene_{seed}.jpg", quality=95)
    original = Image.open(folder / "2024" / "scene_1.jpg")
    original.resize((270, 202)).save(folder / "shared" / "small.jpg", quality=90)
    ImageOps.mirror(original).save(folder / "2024" / "mirrored.jpg", quality=90)
    ImageOps.expand(Image.open(folder / "2024" / "scene_2.jpg"), 30, "white").save(folder / "shared" / "framed.png")
    shutil.copyfile(folder / "2024" / "scene_3.jpg", folder / "shared" / "again.jpg")
    for number, file in enumerate(sorted(folder.rglob("scene_*.jpg"))):
        os.utime(file, (1_600_000_000 + number, 1_600_000_000 + number))
    return folder


@pytest.fixture(scope="module")
def doubled(photos, models_folder, tmp_path_factory):
    """A library for all tests of this module; what one of them changes it puts back."""
    with Library.open(tmp_path_factory.mktemp("doubled"), models_folder, Settings(workers=1)) as library:
        library.index([photos])
        yield library


@pytest.fixture(scope="module")
def groups(doubled):
    return doubled.duplicates.find(LOOSE)


def of(groups, keeper: str) -> DuplicateGroup:
    return next(group for group in groups if group.keeper.path.name == keeper)


def names(group: DuplicateGroup) -> list[str]:
    return [member.photo.path.name for member in group.members]


def by_keeper(groups) -> dict[str, set[str]]:
    return {names(group)[0]: set(names(group)[1:]) for group in groups}


COPIES = {
    "scene_1.jpg": {"small.jpg", "mirrored.jpg"},
    "scene_2.jpg": {"framed.png"},
    "scene_3.jpg": {"again.jpg"},
}
SHARED = {"scene_1.jpg": {"small.jpg"}, "scene_2.jpg": {"framed.png"}, "scene_3.jpg": {"again.jpg"}}


def test_copies_form_groups_around_the_one_to_keep(groups):
    assert by_keeper(groups) == COPIES
    assert all(group.kind is GroupKind.COPIES for group in groups)
    verdicts = {member.photo.path.name: str(member.verdict) for group in groups for member in group.members[1:]}
    assert verdicts == {
        "small.jpg": "resized to 75 %",
        "mirrored.jpg": "mirrored",
        "framed.png": "border added",
        "again.jpg": "identical file",
    }


def test_the_keeper_comes_with_its_reasons(groups):
    assert of(groups, "scene_2.jpg").reasons == (Reason.BORDERLESS, Reason.EARLIER)
    assert Reason.EARLIER in of(groups, "scene_1.jpg").reasons


def test_of_equal_files_the_one_with_the_plain_name_is_kept(models_folder, tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    scene(4).save(folder / "beach.jpg")
    for name in ("beach (1).jpg", "beach - Copy.jpg"):
        shutil.copy2(folder / "beach.jpg", folder / name)
    with Library.open(tmp_path / "library", models_folder, Settings(workers=1)) as library:
        library.index([folder])
        (group,) = library.duplicates.find(LOOSE)
    assert names(group) == ["beach.jpg", "beach (1).jpg", "beach - Copy.jpg"]


def test_those_that_give_back_most_come_first(groups):
    sizes = [group.surplus_bytes for group in groups]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 0


def test_across_and_within_folders(doubled):
    across = doubled.duplicates.find(replace(LOOSE, where=Where.ACROSS_FOLDERS))
    assert by_keeper(across) == SHARED
    within = doubled.duplicates.find(replace(LOOSE, where=Where.WITHIN_FOLDERS))
    assert by_keeper(within) == {"scene_1.jpg": {"mirrored.jpg"}}


def test_photos_of_reference_folders_are_never_to_spare(doubled, photos):
    groups = doubled.duplicates.find(replace(LOOSE, references=(photos / "shared",)))
    surplus = {photo.path.name for group in groups for photo in group.surplus}
    assert surplus == {"scene_1.jpg", "mirrored.jpg", "scene_2.jpg", "scene_3.jpg"}
    assert all(group.keeper.path.parent.name == "shared" for group in groups)
    assert all(group.reasons[0] is Reason.REFERENCE for group in groups)
    both = replace(LOOSE, references=(photos / "shared", photos / "2024"))
    assert doubled.duplicates.find(both) == []


def test_a_reference_folder_behind_a_link_is_the_folder_it_leads_to(doubled, photos, tmp_path):
    (tmp_path / "link").symlink_to(photos / "shared", target_is_directory=True)
    groups = doubled.duplicates.find(replace(LOOSE, references=(tmp_path / "link",)))
    assert all(group.keeper.path.parent.name == "shared" for group in groups)
    assert not any(photo.path.parent.name == "shared" for group in groups for photo in group.surplus)


def test_a_reference_folder_that_is_not_there(doubled, photos):
    with pytest.raises(NotFoundError, match="There is no folder"):
        doubled.duplicates.find(DuplicateOptions(references=(photos / "nowhere",)))


def test_a_score_that_makes_no_sense():
    with pytest.raises(BadRequestError, match="score"):
        DuplicateOptions(min_score=2)


def test_an_empty_library(library):
    with pytest.raises(NotFoundError, match="nothing to look for duplicates in"):
        library.duplicates.find()


def test_photos_of_which_no_two_are_alike(library, tmp_path):
    folder = tmp_path / "one"
    folder.mkdir()
    scene(1).save(folder / "scene.jpg")
    library.index([folder])
    assert library.duplicates.find() == []


def test_what_is_kept_apart_stays_apart_by_content(doubled, groups):
    duplicates = doubled.duplicates
    pairs = {
        kind: duplicates.keep_apart(kind, [member.photo for member in of(groups, keeper).members])
        for kind, keeper in ((PairKind.KEEP_BOTH, "scene_1.jpg"), (PairKind.NOT_COPIES, "scene_2.jpg"))
    }
    assert {kind: len(those) for kind, those in pairs.items()} == {PairKind.KEEP_BOTH: 3, PairKind.NOT_COPIES: 1}
    assert [*by_keeper(duplicates.find(LOOSE))] == ["scene_3.jpg"]
    for kind, those in pairs.items():
        assert duplicates.take_back(kind, those) == those
    assert duplicates.take_back(PairKind.KEEP_BOTH, pairs[PairKind.KEEP_BOTH]) == []


def test_a_file_out_of_reach_is_judged_by_its_thumbnail(doubled, photos):
    away = photos / "2024" / "mirrored.jpg"
    kept = away.rename(photos.parent / "kept.jpg")
    try:
        group = of(doubled.duplicates.find(LOOSE), "scene_1.jpg")
    finally:
        kept.rename(away)
    verdicts = {member.photo.path.name: str(member.verdict) for member in group.members[1:]}
    assert verdicts["mirrored.jpg"] == "mirrored (by thumbnail)"


def test_shots_of_one_moment_are_a_burst_and_no_copies(library, tmp_path, own_trash):
    folder = tmp_path / "burst"
    folder.mkdir()
    for number in range(3):
        exif = Image.Exif()
        exif[271], exif[272] = "Canon", "EOS"
        exif.get_ifd(0x8769)[0x9003] = datetime(2024, 6, 1, 12, 0, number).strftime("%Y:%m:%d %H:%M:%S")
        shot = scene(1)
        for place in range(4):  # a few things have moved
            shot.paste(scene(50 + 4 * number + place, (110, 90)), (90 * place, 60 * ((place + number) % 3)))
        shot.save(folder / f"shot_{number}.jpg", quality=92, exif=exif)
    shutil.copyfile(folder / "shot_1.jpg", folder / "shot_1 copy.jpg")
    library.index([folder])
    groups = library.duplicates.find(LOOSE)
    assert [group.kind for group in groups] == [GroupKind.COPIES, GroupKind.BURST]
    assert {*names(groups[0])} == {"shot_1.jpg", "shot_1 copy.jpg"}
    burst = groups[1]
    assert len(burst.members) == 3
    assert all(str(member.verdict).startswith("different shot") for member in burst.members[1:])
    assert burst.surplus == ()


def chained(monkeypatch, library, *names) -> None:
    """Let only photos of these that come after one another be candidates, beside files with one content."""
    seqs = {photo.path.name: seq for seq, photo in photos_by_seq(library).items()}
    pairs = np.array([(seqs[one], seqs[other]) for one, other in pairwise(names)])
    monkeypatch.setattr("engine.duplicates.finder.near_hashes", lambda *_: pairs)
    for source in ("near_embeddings", "near_freed"):
        monkeypatch.setattr(f"engine.duplicates.finder.{source}", lambda *_: pairs[:0])


def photos_by_seq(library) -> dict:
    answerer = library._answering.of_library()
    live = library._catalog.embeddings.live(answerer.model)
    return library._catalog.photos.with_embeddings(live.tolist())


def test_groups_that_only_their_copies_connect_are_one(doubled, monkeypatch):
    chained(monkeypatch, doubled, "scene_1.jpg", "small.jpg", "mirrored.jpg")
    group = of(doubled.duplicates.find(), "scene_1.jpg")
    assert names(group) == ["scene_1.jpg", "small.jpg", "mirrored.jpg"]
    # Each was compared with the best of them, not with the one that led to it.
    assert [str(member.verdict) for member in group.members[1:]] == ["resized to 75 %", "mirrored"]


def test_what_a_copy_leads_to_is_compared_with_the_best(doubled, monkeypatch):
    chained(monkeypatch, doubled, "scene_1.jpg", "small.jpg", "scene_4.jpg", "framed.png", "scene_2.jpg")
    assert by_keeper(doubled.duplicates.find()) == SHARED


def test_what_a_copy_leads_to_keeps_to_the_options(doubled, monkeypatch):
    chained(monkeypatch, doubled, "scene_1.jpg", "small.jpg", "mirrored.jpg")
    found = doubled.duplicates.find(DuplicateOptions(where=Where.ACROSS_FOLDERS))
    assert by_keeper(found) == {"scene_1.jpg": {"small.jpg"}, "scene_3.jpg": {"again.jpg"}}


def test_copies_on_a_black_ground_or_turned_by_any_angle_join_their_original(library, tmp_path):
    folder = tmp_path / "lying"
    folder.mkdir()
    for seed in range(12):
        scene(seed, (720, 540)).save(folder / f"scene_{seed:02}.jpg", quality=92)
    original = scene(1, (720, 540))
    original.rotate(135, Image.Resampling.BICUBIC).save(folder / "turned.jpg", quality=92)
    ground = Image.new("RGB", original.size)
    ground.paste(original.resize((288, 216)), (216, 162))
    ground.save(folder / "ground.jpg", quality=92)
    original.crop((140, 100, 600, 440)).save(folder / "cut.jpg", quality=92)
    library.index([folder])
    assert by_keeper(library.duplicates.find()) == {"scene_01.jpg": {"turned.jpg", "ground.jpg", "cut.jpg"}}


def test_a_picture_that_is_small_on_a_ground_is_judged_by_its_file(library, tmp_path):
    """Its thumbnail has 50 pixels of it, in which nothing can be told."""
    folder = tmp_path / "lying"
    folder.mkdir()
    for seed in range(12):
        scene(seed, (720, 540)).save(folder / f"scene_{seed:02}.jpg", quality=92)
    ground = Image.new("RGB", (720, 540))
    ground.paste(scene(0, (720, 540)).resize((150, 112), Image.Resampling.LANCZOS), (291, 221))
    ground.save(folder / "ground.jpg", quality=92)
    library.index([folder])
    (group,) = library.duplicates.find()
    assert names(group) == ["scene_00.jpg", "ground.jpg"]
    assert str(group.members[1].verdict) == "resized to 21 %, border added"


def test_a_cancel_is_heard(doubled):
    job = Job()
    job.report = lambda progress: job.cancel()
    with pytest.raises(Cancelled):
        doubled.duplicates.find(job=job)


def test_the_surplus_goes_to_the_trash_and_comes_back(doubled, groups, photos, own_trash):
    group = of(groups, "scene_1.jpg")
    report = doubled.duplicates.put_in_trash(group, group.surplus)
    assert len(report.moved) == 2
    assert not (photos / "shared" / "small.jpg").exists()
    assert len(doubled.trash.take_out(report.restorable).moved) == 2
    assert (photos / "shared" / "small.jpg").exists()


def test_the_last_of_a_group_never_goes(doubled, groups, photos, own_trash):
    group = of(groups, "scene_1.jpg")
    with pytest.raises(NotFoundError, match="would stay"):
        doubled.duplicates.put_in_trash(group, [member.photo for member in group.members])
    kept = group.keeper.path.rename(photos.parent / "kept.jpg")  # somebody else takes the one to keep away meanwhile
    try:
        with pytest.raises(NotFoundError, match="would stay"):
            doubled.duplicates.put_in_trash(group, group.surplus)
    finally:
        kept.rename(group.keeper.path)
    assert all(member.photo.path.exists() for member in group.members)


def test_one_file_in_two_places_is_no_duplicate_of_itself(tmp_path, models_folder, own_trash):
    """As where a folder is mounted twice: whoever moved its "copy" to the trash would lose the picture."""
    (tmp_path / "photos").mkdir()
    for seed in range(2):
        scene(seed).save(tmp_path / "photos" / f"{seed}.jpg")
        os.link(tmp_path / "photos" / f"{seed}.jpg", tmp_path / "photos" / f"{seed} again.jpg")
    shutil.copyfile(tmp_path / "photos" / "1.jpg", tmp_path / "photos" / "copy.jpg")
    with Library.open(tmp_path / "library", models_folder, Settings(workers=1)) as library:
        library.index([tmp_path / "photos"])
        (group,) = library.duplicates.find(LOOSE)
        assert {member.photo.path.name for member in group.members} > {"copy.jpg"}
        (tmp_path / "mounted").symlink_to(tmp_path / "photos")
        kept = library.photos.at(tmp_path / "photos" / "copy.jpg")
        twice = replace(kept, id="other", path=tmp_path / "mounted" / "copy.jpg")
        seen_twice = DuplicateGroup(GroupKind.COPIES, (Member(kept), Member(twice)))
        with pytest.raises(NotFoundError, match="would stay"):
            library.duplicates.put_in_trash(seen_twice, [twice])
        assert kept.path.exists()
        names = [library.photos.at(tmp_path / "photos" / name) for name in ("0.jpg", "0 again.jpg", "1.jpg")]
        several = DuplicateGroup(GroupKind.COPIES, tuple(map(Member, names)))
        assert len(library.duplicates.put_in_trash(several, names[1:]).moved) == 2
        assert names[0].path.exists()


def test_a_file_that_was_changed_or_vanished_meanwhile(doubled, groups, photos, own_trash):
    group = of(groups, "scene_1.jpg")
    small = photos / "shared" / "small.jpg"
    kept = small.rename(photos.parent / "kept.jpg")
    small.write_bytes(b"something else")
    try:
        with pytest.raises(NotFoundError, match="was changed since it was compared"):
            doubled.duplicates.put_in_trash(group, group.surplus)
        assert all(photo.path.exists() for photo in group.surplus)
        small.unlink()
        report = doubled.duplicates.put_in_trash(group, group.surplus)
        assert [one.photo.path.name for one in report.moved] == ["mirrored.jpg"]
        assert "is not there any more" in str(report.refused[0])
        doubled.trash.take_out(report.restorable)
    finally:
        kept.rename(small)


def test_a_trash_that_refuses_leaves_the_files(doubled, groups, own_trash, monkeypatch):
    def refuse(path):
        raise OSError(13, "Permission denied")

    monkeypatch.setattr("send2trash.send2trash", refuse)
    group = of(groups, "scene_1.jpg")
    report = doubled.duplicates.put_in_trash(group, group.surplus)
    assert report.moved == ()
    assert len(report.refused) == 2
    assert all(photo.path.exists() for photo in group.surplus)


def test_groups_as_they_are_now(doubled, groups, photos):
    duplicates, group = doubled.duplicates, of(groups, "scene_1.jpg")
    assert duplicates.as_they_are_now(groups) == groups
    chosen = replace(group, leaving=frozenset(photo.id for photo in group.surplus))
    pairs = duplicates.keep_apart(PairKind.NOT_COPIES, [group.keeper, group.members[1].photo])
    (now,) = duplicates.as_they_are_now([chosen])
    assert names(now) == [names(group)[0], names(group)[2]]
    assert now.leaving == {group.members[2].photo.id}
    duplicates.take_back(PairKind.NOT_COPIES, pairs)
    small = photos / "shared" / "small.jpg"
    kept = small.rename(photos.parent / "kept.jpg")
    try:
        assert duplicates.as_they_are_now([group]) == [group]  # as far as the library knows
        (now,) = duplicates.as_they_are_now([group], on_disk=True)
        assert "small.jpg" not in names(now)
    finally:
        kept.rename(small)
    best = group.keeper.path.rename(photos.parent / "kept.jpg")
    try:
        assert duplicates.as_they_are_now([group], on_disk=True) == [None]
    finally:
        best.rename(group.keeper.path)


def test_a_choice_that_would_leave_nothing_is_none(doubled, groups, photos):
    group = of(groups, "scene_1.jpg")
    first, *others = (member.photo for member in group.members)
    (apart,) = others[:1]
    chosen = replace(group, leaving=frozenset({first.id, others[1].id}))
    assert chosen.keeper == apart
    pairs = doubled.duplicates.keep_apart(PairKind.KEEP_BOTH, [first, apart])
    (now,) = doubled.duplicates.as_they_are_now([chosen])
    doubled.duplicates.take_back(PairKind.KEEP_BOTH, pairs)
    assert now.leaving is None


def test_the_surplus_of_several_groups_goes_and_one_that_changed_stays_whole(doubled, groups, photos, own_trash):
    best = of(groups, "scene_2.jpg").keeper.path
    kept = best.rename(photos.parent / "kept.jpg")
    try:
        report = doubled.duplicates.put_surplus_in_trash(groups)
    finally:
        kept.rename(best)
    assert sorted(one.photo.path.name for one in report.moved) == ["again.jpg", "mirrored.jpg", "small.jpg"]
    assert "would stay" in str(report.refused[0])
    assert (photos / "shared" / "framed.png").exists()
    assert len(doubled.trash.take_out(report.restorable).moved) == 3


def test_a_cancel_leaves_the_groups_that_are_left(doubled, groups, own_trash):
    job = Job()
    job.cancel()
    assert doubled.duplicates.put_surplus_in_trash(groups, job).moved == ()


def test_identical_files_that_are_all_wanted_are_not_brought_up_again(doubled, groups):
    photos = [member.photo for member in of(groups, "scene_3.jpg").members]
    duplicates = doubled.duplicates
    assert duplicates.keep_apart(PairKind.NOT_COPIES, photos) == []
    pairs = duplicates.keep_apart(PairKind.KEEP_BOTH, photos)
    assert len(pairs) == 1
    assert "scene_3.jpg" not in by_keeper(duplicates.find(LOOSE))
    assert duplicates.as_they_are_now([of(groups, "scene_3.jpg")]) == [None]
    duplicates.take_back(PairKind.KEEP_BOTH, pairs)

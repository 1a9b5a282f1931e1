"""`duplicates`, `export duplicates` and `have`, run as a user runs them."""

import json
import shutil

import pytest
from PIL import Image


@pytest.fixture
def doubled(lookalike, shelf, photos, tmp_path):
    """A library with copies: the same file again, and a smaller one."""
    more = tmp_path / "more"
    more.mkdir()
    shutil.copyfile(photos / "photo_03.jpg", more / "again.jpg")
    with Image.open(photos / "photo_05.jpg") as picture:
        picture.resize((64, 48)).save(more / "small.png")
    assert lookalike("--library", shelf, "index", more).status == 0
    return more


def test_groups_and_their_decisions(lookalike, shelf, photos, doubled, tmp_path):
    answer = lookalike("--library", shelf, "--json", "duplicates").document
    groups = {group["keeper"]: group for group in answer["groups"]}
    assert {*groups} == {str(photos / "photo_03.jpg"), str(photos / "photo_05.jpg")}
    group = groups[str(photos / "photo_05.jpg")]
    assert (group["kind"], group["reasons"][0]) == ("copies", "larger")
    assert [(one["verdict"], one["keep"]) for one in group["photos"]] == [(None, True), ("resized to 50 %", False)]
    text = lookalike("--library", shelf, "duplicates", "--across-folders").text
    assert f"keep {photos / 'photo_05.jpg'}: larger" in text
    assert "2 groups; 2 photos to spare" in text
    assert lookalike("--library", shelf, "duplicates", "--within-folders").text.startswith("No duplicates.")

    assert lookalike("--library", shelf, "--json", "duplicates", "--crops").document == answer

    exported = lookalike("--library", shelf, "export", "duplicates", tmp_path / "groups.html")
    assert exported.status == 0, exported.err
    loaded = lookalike("--library", shelf, "--json", "duplicates", "--load", tmp_path / "groups.html").document
    assert loaded == answer

    kept = lookalike(
        "--library", shelf, "--json", "duplicates", "--keep-both", photos / "photo_05.jpg", doubled / "small.png"
    )
    assert kept.document == {"kind": "keep both", "pairs": 1}
    left = lookalike("--library", shelf, "--json", "duplicates", "--reference", doubled).document["groups"]
    assert [group["keeper"] for group in left] == [str(doubled / "again.jpg")]
    assert left[0]["reasons"][0] == "in a reference folder"


def test_wrong_usage(lookalike, shelf, photos):
    assert lookalike("--library", shelf, "duplicates", "--keep-both", photos / "photo_01.jpg").status == 2
    assert lookalike("--library", shelf, "export", "--across-folders", "a.csv").status == 2
    assert lookalike("--library", shelf, "export", "--crops", "a.csv").status == 2
    outcome = lookalike(
        "--library", shelf, "duplicates", "--not-copies", photos / "photo_01.jpg", photos / "nothing.jpg"
    )
    assert outcome.status == 1
    assert "is not in the library" in outcome.err


def test_have_tells_copies_new_ones_and_writes_a_table(lookalike, shelf, photos, tmp_path):
    card = tmp_path / "card"
    card.mkdir()
    shutil.copyfile(photos / "photo_02.jpg", card / "IMG_1.jpg")
    with Image.open(photos / "photo_04.jpg") as picture:
        picture.resize((64, 48)).save(card / "IMG_2.png")
    (card / "IMG_3.jpg").write_bytes((card / "IMG_1.jpg").read_bytes()[:200])
    outcome = lookalike("--library", shelf, "--json", "have", card, "--csv", tmp_path / "have.csv")
    assert outcome.status == 0, outcome.err
    files = outcome.document["files"]
    assert [(file["verdict"], file["match"]) for file in files] == [
        ("identical", str(photos / "photo_02.jpg")),
        ("same picture", str(photos / "photo_04.jpg")),
    ]
    assert [file["path"] for file in outcome.document["skipped"]] == [str(card / "IMG_3.jpg")]
    assert (tmp_path / "have.csv").read_text("utf-8-sig").count("\n") == 4

    Image.effect_noise((200, 150), 90).save(card / "IMG_4.png")
    copied = lookalike("--library", shelf, "have", card, "--copy-new-to", tmp_path / "import")
    assert copied.status == 0, copied.err
    assert "1 photo copied" in copied.text
    assert [file.name for file in (tmp_path / "import").iterdir()] == ["IMG_4.png"]
    assert json.loads(lookalike("--library", shelf, "status", "--json").out)


def test_have_tells_what_it_found_where_there_is_no_room_for_copies(lookalike, shelf, photos, tmp_path):
    card, full = tmp_path / "card", tmp_path / "full"
    card.mkdir()
    full.mkdir()
    (full / "sitecustomize.py").write_text(
        "import shutil\nshutil.disk_usage = lambda _: shutil._ntuple_diskusage(10**9, 10**9, 0)\n"
    )
    shutil.copyfile(photos / "photo_02.jpg", card / "IMG_1.jpg")
    Image.effect_noise((200, 150), 90).save(card / "IMG_2.png")
    copy = ("--copy-new-to", tmp_path / "import")
    outcome = lookalike("--library", shelf, "have", card, *copy, PYTHONPATH=str(full))
    assert outcome.status == 1
    assert "1 MB are needed, 0 MB are free. Nothing was copied." in outcome.err
    assert "2 photos: 1 identical, 1 new" in outcome.text
    assert "0 photos copied" in outcome.text
    assert not (tmp_path / "import").exists()


def test_have_needs_a_folder(lookalike, shelf, tmp_path):
    outcome = lookalike("--library", shelf, "have", tmp_path / "nowhere")
    assert outcome.status == 1
    assert "There is no folder" in outcome.err

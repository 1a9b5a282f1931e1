"""Reports as files of each kind: what is in them, what cannot be in them, and what is left when writing fails."""

import csv
import errno
import json
import os
import resource
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from engine.errors import BadRequestError, EngineError, NotFoundError, StorageFullError, UnreadablePhotoError
from engine.export.documents import result_document
from engine.export.report import Report, ReportPicture, filter_lines, report_of_result
from engine.export.saving import save_report
from engine.export.table import COLUMNS, harmless
from engine.filters import Filters
from engine.jobs import Cancelled, Job, Progress
from engine.records import Match, Mode, Photo, PhotoState, Query, QueryPicture, Region, SearchResult, Timing

MARKUP = """<script>alert("x")<b> & <img src=x onerror='1'>.jpg"""
JPEG = b"\xff\xd8\xff\xe0 not really"


def photo(name: str, **facts) -> Photo:
    known = {"size": 2_000_000, "modified": datetime(2024, 5, 3, 12, 0), "content_hash": os.fsencode(name)[:8]}
    return Photo(name, Path("/photos") / name, "root", state=PhotoState.INDEXED, **known | facts)


def answer(*photos: Photo, scores=(), noise: float = 0.95) -> SearchResult:
    marks = scores or [1 - rank / 1000 for rank in range(1, len(photos) + 1)]
    matches = tuple(
        Match(one, 1 - mark, mark, rank) for rank, (one, mark) in enumerate(zip(photos, marks, strict=True), 1)
    )
    query = Query((QueryPicture(Path("/photos/beach.jpg")),), Mode.SIMILAR, Filters(camera="Leica <b>", min_score=0.5))
    return SearchResult(query, matches, "tiny", Timing(0.1, 0.2, 0.3), 42_013, noise)


def report(*photos: Photo, title: str = "Lookalikes of beach.jpg", result: SearchResult | None = None) -> Report:
    asked = (ReportPicture("beach.jpg", JPEG, 1.0), ReportPicture(MARKUP, b"", -0.5, Region(0, 0, 0.5, 0.5)))
    return Report(title, photos, result, asked if result else ())


def searched(*photos: Photo, **options) -> Report:
    return report(*photos, result=answer(*photos, **options))


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def no_thumbnail(photo_id: str) -> bytes:
    raise UnreadablePhotoError("The file is damaged.")


def test_a_table_has_a_row_for_every_photo_with_all_that_is_known(tmp_path):
    one = photo(
        "a.jpg", width=400, height=300, taken=datetime(2020, 1, 2, 3, 4), camera="Leica M", latitude=-33.5,
        longitude=151.25, format="JPEG",
    )  # fmt: skip
    save_report(searched(one, photo("b.jpg"), scores=(0.9951, 0.5)), tmp_path / "a.csv", no_thumbnail)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    first, second = rows(tmp_path / "a.csv")
    assert tuple(first) == COLUMNS
    assert [first[name] for name in ("rank", "score", "closeness", "distance")] == ["1", "0.9951", "near", "0.0049"]
    assert (first["name"], first["path"], first["format"]) == ("a.jpg", "/photos/a.jpg", "JPEG")
    assert (first["taken"], first["modified"]) == ("2020-01-02 03:04:00", "2024-05-03 12:00:00")
    assert (first["latitude"], first["longitude"], first["camera"]) == ("-33.5", "151.25", "Leica M")
    assert first["content_hash"] == b"a.jpg".hex()
    assert (second["closeness"], second["taken"], second["latitude"], second["width"]) == ("chance", "", "", "")


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＠a",
        '=HYPERLINK("http://x","y")',
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(tmp_path, text):
    assert harmless(text) == f"'{text}"
    save_report(report(photo("a.jpg", camera=text)), tmp_path / "a.csv", no_thumbnail)
    assert rows(tmp_path / "a.csv")[0]["camera"] == f"'{text}"
    assert f"\"'{text[0]}" in (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")


def test_other_text_stays_as_it_is():
    for text in ("beach.jpg", "", " ", "a=b", "1-2", "'quoted'", "/photos/=x.jpg"):
        assert harmless(text) == text


def test_names_with_quotes_commas_and_line_breaks_stay_in_their_cell(tmp_path):
    names = ['say "a", b;c\n=1.jpg', "ünï 日本.jpg"]
    save_report(report(*map(photo, names)), tmp_path / "a.csv", no_thumbnail)
    assert [row["name"] for row in rows(tmp_path / "a.csv")] == names


def test_a_document_has_the_shape_of_a_search(tmp_path):
    searching = searched(photo("a.jpg"), photo("b.jpg"))
    save_report(searching, tmp_path / "a.json", no_thumbnail)
    document = json.loads((tmp_path / "a.json").read_text())
    assert document == json.loads(json.dumps(result_document(searching.result), default=str))
    save_report(report(photo("a.jpg")), tmp_path / "b.json", no_thumbnail)
    listed = json.loads((tmp_path / "b.json").read_text())
    assert list(listed) == list(document)
    assert listed["matches"] == [{"path": "/photos/a.jpg", "score": None, "distance": None, "rank": 1}]


@pytest.mark.parametrize("suffix", [".csv", ".json", ".html"])
def test_a_name_that_is_not_utf8_leaves_the_file_utf8(tmp_path, suffix):
    save_report(report(photo("caf\udce9.jpg")), tmp_path / f"a{suffix}", lambda photo_id: JPEG)
    text = (tmp_path / f"a{suffix}").read_bytes().decode("utf-8")
    assert "caf\\udce9.jpg" in text
    if suffix == ".json":
        assert json.loads(text)["matches"][0]["path"] == "/photos/caf\udce9.jpg"


def test_a_page_says_what_was_asked_and_shows_every_photo(tmp_path):
    searching = searched(photo("a.jpg", width=4, height=3), photo("b.jpg"), scores=(0.9985, 0.5))
    save_report(searching, tmp_path / "a.html", lambda photo_id: JPEG)
    page = Page(tmp_path / "a.html")
    text = " ".join(page.texts)
    for said in (
        "Lookalikes of beach.jpg", "tiny", "42,013 photos", "Leica <b>", "0.5", "1. 99.8 % near", "4 × 3",
        "2. 50 % chance", "below here it is chance", b"a.jpg".hex(), "the part 0,0,0.5,0.5", "less like",
        f"{searching.when:%Y-%m-%d %H:%M}",
    ):  # fmt: skip
        assert said in text
    images = page.all("img")
    assert [image["alt"] for image in images] == ["beach.jpg", "a.jpg", "b.jpg"]
    assert all(image["src"].startswith("data:image/jpeg;base64,") for image in images)


def test_a_page_of_photos_that_nobody_searched_for(tmp_path):
    save_report(report(photo("a.jpg"), title="Holidays"), tmp_path / "a.HTML", no_thumbnail)
    page = Page(tmp_path / "a.HTML")
    assert "Holidays" in page.texts
    assert "no picture" in page.texts
    assert not page.all("img")


def test_markup_in_names_is_text_everywhere(tmp_path):
    odd = photo(MARKUP, camera='"><script>1</script>')
    searching = report(odd, title=f"Lookalikes of {MARKUP}", result=answer(odd))
    save_report(searching, tmp_path / "a.html", lambda photo_id: JPEG)
    page = Page(tmp_path / "a.html")
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "iframe", "object", "link", "a"})
    assert MARKUP in page.texts
    assert [image["alt"] for image in page.all("img")] == ["beach.jpg", MARKUP]
    assert all("src" not in attributes or attributes["src"].startswith("data:") for _, attributes in page.tags)
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)


def test_a_page_fetches_nothing_and_follows_the_system(tmp_path):
    save_report(report(photo("a.jpg")), tmp_path / "a.html", no_thumbnail)
    text = (tmp_path / "a.html").read_text()
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    assert "http:" not in text
    assert "url(" not in text


@pytest.mark.parametrize("name", ["a.txt", "a", "a.jpg", ".csv"])
def test_the_ending_must_say_what_is_wanted(tmp_path, name):
    with pytest.raises(BadRequestError, match=r"\.csv, \.json, \.html"):
        save_report(report(), tmp_path / name, no_thumbnail)
    assert not list(tmp_path.iterdir())


def test_places_that_cannot_be_written_are_sentences(tmp_path):
    with pytest.raises(NotFoundError, match="There is no folder"):
        save_report(report(), tmp_path / "nowhere" / "a.csv", no_thumbnail)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(BadRequestError, match="is a folder"):
        save_report(report(), tmp_path / "folder.csv", no_thumbnail)
    (tmp_path / "file").touch()
    with pytest.raises(EngineError, match="could not be saved"):
        save_report(report(), tmp_path / "file" / "a.csv", no_thumbnail)


def test_an_old_file_is_replaced_at_the_end_and_a_link_stays(tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    save_report(report(photo("a.jpg")), link, no_thumbnail)
    assert link.is_symlink()
    assert rows(real)[0]["name"] == "a.jpg"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["link.csv", "real.csv"]


def test_a_cancelled_export_leaves_the_old_file(tmp_path):
    file = tmp_path / "a.html"
    file.write_text("old")
    job = Job()

    def cancel_at_the_second(progress: Progress) -> None:
        if progress.done == 1:
            job.cancel()

    job.report = cancel_at_the_second
    with pytest.raises(Cancelled):
        save_report(report(photo("a.jpg"), photo("b.jpg")), file, no_thumbnail, job)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("a.html", "old")]


def test_a_full_disk_is_a_sentence_and_leaves_no_half_file(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
        with pytest.raises(StorageFullError, match="is full"):
            save_report(report(photo("a.jpg")), tmp_path / "a.html", lambda photo_id: bytes(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not list(tmp_path.iterdir())


def test_a_disk_that_fills_up_at_the_very_end(tmp_path, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFullError):
        save_report(report(photo("a.jpg")), tmp_path / "a.csv", no_thumbnail)
    assert not list(tmp_path.iterdir())


def test_filters_are_told_by_name():
    assert filter_lines(Filters()) == []
    told = filter_lines(Filters(folders=(Path("/p"),), after=datetime(2020, 1, 2).date(), camera="X", min_score=0.25))
    assert told == [("folders", "/p"), ("after", "2020-01-02"), ("camera", "X"), ("min score", "0.25")]


@pytest.fixture
def files(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 6)
    library.index([tmp_path / "photos"])
    return files


def test_a_remembered_answer_keeps_the_picture_of_its_question(library, files, tmp_path):
    outside = tmp_path / "outside.jpg"
    outside.write_bytes(files[2].read_bytes() + b"more")
    result = library.search(Query((QueryPicture(outside),)))
    outside.unlink()
    made = report_of_result(library, result, [result.matches[3].photo, result.matches[1].photo])
    assert made.title == "Lookalikes of outside.jpg"
    assert made.pictures[0].thumbnail == library.history.picture(result.entry_id)
    assert [match.rank for _, match in made.rows()] == [2, 4]
    save_report(made, tmp_path / "a.html", library.thumbnail)
    assert len(Page(tmp_path / "a.html").all("img")) == 3


def test_an_answer_that_was_not_remembered_shows_the_librarys_own_picture(library, files):
    query = Query((QueryPicture(files[0]), QueryPicture(files[1]), QueryPicture(files[2], weight=-1)))
    made = report_of_result(library, library.search(query, remember=False))
    assert made.title == "Lookalikes of photo_000.jpg and 1 more"
    assert made.pictures[0].thumbnail == library.thumbnail(library.photos.at(files[0]).id)

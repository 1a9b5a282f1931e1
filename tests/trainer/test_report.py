"""A report as a page, as pictures and as vectors, from a judgement over photos with hostile names."""

import csv
import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from PIL import Image

from engine.evaluation.lists import Entry
from engine.evaluation.ranking import unit
from engine.jobs import Cancelled, Job
from tests.samples import picture
from trainer.data.hygiene import LabelProblem, ProblemKind
from trainer.data.labels import LabelledSet
from trainer.data.splits import cross_validation, disjoint_classes
from trainer.data.views import SeenPhotos
from trainer.examining import Examination
from trainer.examples import examples
from trainer.heads import Head
from trainer.judging import KeptBack, judge
from trainer.learning import Assignment
from trainer.learning_curve import learning_curve
from trainer.recipes.on_views import OnViews
from trainer.reports import map_section, writing
from trainer.reports.confusion import confusion
from trainer.reports.findings import Findings
from trainer.reports.maps import FEWEST, photo_map
from trainer.reports.strips import chosen_queries
from trainer.reports.wording import plain
from trainer.reports.writing import write_report

DIM, EACH = 8, 14
HOSTILE = '<b>&\'"$x_{ \x01 id="a" url(#b)'
LABELS = (HOSTILE, "_cat", "a very long name of a class that nobody can read at once")
CLASSES = np.repeat(np.arange(3), EACH)
VOID = {"meta", "img", "br", "link"}


def keep(*dimensions):
    weight = np.eye(DIM, dtype=np.float32)[list(dimensions)]
    return lambda *_: Head(weight, np.zeros(len(weight), np.float32), posterior=False, share=1.0)


def examination(entries, views):
    count = len(entries)
    seen = SeenPhotos(np.arange(count), (b"",) * count, np.zeros(count, np.uint64), views, ())
    return Examination(LabelledSet(tuple(entries)), seen, np.arange(count), ())


@pytest.fixture(scope="module")
def views():
    meaning = np.concatenate([np.eye(3), np.zeros((3, DIM - 3))], axis=1)[CLASSES]
    noise = np.random.default_rng(0).normal(scale=[0.3] * 3 + [0.5] * (DIM - 3), size=(3 * EACH, DIM))
    return unit((meaning + noise).astype(np.float32))[:, None]


@pytest.fixture(scope="module")
def findings(views, tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    entries = []
    for number, one in enumerate(CLASSES):
        name = os.fsdecode(b"caf\xe9 \"'<i>.jpg") if number == 0 else f"{number}.jpg"
        picture(number).save(folder / name)
        entries.append(Entry(folder / name, LABELS[one]))
    examined = examination(entries, views)
    folds, others = cross_validation(CLASSES, examined.groups, 0), disjoint_classes(CLASSES, 0)
    recipe = OnViews(keep(0, 1, 2), Assignment(examined, base=None, seed=0))
    judgement = judge(examined, folds, others, recipe, 0, Job())
    points = learning_curve(examined, folds, judgement.queries, recipe, 0, Job())
    problem = LabelProblem(ProblemKind.SUSPICIOUS, f"{HOSTILE} is odd.", "Look.", (entries[0].path,))
    return Findings(entries, judgement, [problem] * 60, (("recipe", "linear"),), points)


@pytest.fixture(scope="module")
def run(findings, views, tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    rows = [("part", "step", "loss", "rate", "precision@1", "map@r")]
    rows += [("learning", step, 1 / (step + 1), 0.1, *((0.5, 0.4) if step % 4 == 0 else ("", ""))) for step in range(9)]
    rows += [("testing 1", step, 2 / (step + 1), 0.1, "", "") for step in range(9)]
    with (folder / "curves.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)
    (folder / "metrics.json").write_text(json.dumps({"best_step": 4}))
    write_report(folder, findings, keep(0, 1, 2)()(views[:, 0]), Job())
    return folder


@pytest.fixture(scope="module")
def page(run):
    return (run / "report.html").read_text(encoding="utf-8", errors="surrogateescape")


class Tags(HTMLParser):
    """Collects elements, and fails where one is closed that is not open."""

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], []

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, self.getpos()


@pytest.fixture(scope="module")
def tags(page):
    found = Tags()
    found.feed(page)
    assert found.open == []
    return found.seen


def test_the_page_is_whole_and_fetches_nothing(page, tags):
    assert "://" not in page
    assert not {"script", "b", "i>", "link", "iframe"} & {tag for tag, _ in tags}
    addresses = [value for _, one in tags for key, value in one.items() if key in ("src", "href", "xlink:href")]
    assert {address[:11] for address in addresses if not address.startswith("#")} == {"data:image/"}
    local = {address for address in addresses if address.startswith("#")}
    names = [one["id"] for _, one in tags if "id" in one]
    assert local <= {f"#{name}" for name in names}
    assert len(names) == len(set(names))


def test_every_section_is_there(page):
    headings = re.findall("<h2>(.+?)</h2>", page)
    assert headings == [
        "Before and after", "How it learned", "How much of what is found is right", "Distances",
        "Whether more photos would help", "Class by class", "Classes that are taken for each other",
        "A map of the photos", *(one for one in headings if one.startswith("What ")), "Some by chance",
        "Labels to look at",
    ]  # fmt: skip
    assert "What gained most" in headings
    assert "found best at step 4 (dashed line)" in page
    assert "… and 10 more" in page


def test_drawings_follow_the_page_into_the_dark(page, tags):
    drawings = [one for tag, one in tags if tag == "svg" and one.get("role") == "img" and "viewbox" in one]
    assert len([one for one in drawings if len(one["aria-label"]) > 20]) == 5
    for color in ("1b1b1d", "2563eb", "85858c"):
        assert not re.search(rf"(fill|stroke): #{color}", page)
    assert "stroke: var(--after)" in page
    assert "font-family" not in page[page.index("<h2>") :]


def test_hostile_names_are_text(page):
    assert "<b>&" not in page
    assert "&lt;b&gt;&amp;" in page
    assert "caf\udce9" in page
    assert "<i>.jpg" not in page


def test_strips_say_by_signs_and_distances_what_belongs(page, findings):
    captions = re.findall(r'<figure class="(hit|miss)">.*?<figcaption>(.) (\d\.\d\d)<br>', page, flags=re.DOTALL)
    assert {(kind, sign) for kind, sign, _ in captions} == {("hit", "✓"), ("miss", "✗")}
    near = next(iter(chosen_queries(findings).values()))[0].neighbours_after[0]
    assert f"{near.distance:.2f}" in {distance for _, _, distance in captions}


def test_the_map_shows_each_photo_at_its_point(page, findings):
    kept = len(findings.judgement.kept_back.places)
    assert kept >= FEWEST
    assert page.count('<span class="point"') == 2 * kept
    assert page.count("{background-image:url(data:image/jpeg") == kept
    assert len(re.findall('<li><i class="mark m', page)) == 3
    assert page.count('<i class="small p') == 2 * kept


def test_many_photos_are_points_on_the_map(findings, views, tmp_path, monkeypatch):
    monkeypatch.setattr(map_section, "MOST_THUMBNAILS", 3)
    write_report(tmp_path, findings, views[:, 0], Job())
    page = (tmp_path / "report.html").read_text(errors="surrogateescape")
    assert '<i class="small' not in page
    assert page.count('<span class="point"') > 3


def test_drawings_have_letters_of_one_size(page):
    """A drawing that is narrow is not blown up to the width of the page."""
    widths = re.findall(r'<svg viewBox="0 0 ([\d.]+) [\d.]+" style="max-width:(\d+)px"', page)
    assert len(widths) >= 5
    assert all(float(points) / 72 == pytest.approx(float(most) / 96, abs=0.02) for points, most in widths)


def test_examples_are_those_that_gained_and_lost_most(findings):
    queries = {query.place: query for query in findings.judgement.queries}
    gains = {str(findings.entries[place].path): query.after - query.before for place, query in queries.items()}
    told = examples(findings.entries, findings.judgement.queries)
    shown = [gains[str(one["query"])] for one in told]
    assert shown[:2] == sorted(gains.values(), reverse=True)[:2]
    assert shown[2:] == [gain for gain in [min(gains.values())] if gain < 0]
    for one in told:
        assert one["query"] not in [found["path"] for found in one["after"]]
        assert [found["distance"] for found in one["after"]] == sorted(found["distance"] for found in one["after"])


def test_drawings_are_files_too(run):
    files = {file.name for file in (run / "plots").iterdir()}
    names = ("before-and-after", "confusion", "curves", "distances", "learning-curve", "map", "precision")
    assert files == {f"{name}.png" for name in names}
    for file in files:
        with Image.open(run / "plots" / file) as image:
            assert min(image.size) > 300
            assert len(image.convert("RGB").getcolors(100_000) or range(100)) > 5


def test_tensorboard_can_show_the_vectors(run, findings):
    folder = run / "projector"
    assert np.loadtxt(folder / "vectors.tsv", delimiter="\t").shape == (3 * EACH, 3)
    lines = (folder / "metadata.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "label\tname"
    assert len(lines) == 3 * EACH + 1
    assert all(line.count("\t") == 1 for line in lines)
    assert lines[1].startswith("<b>&'\"$x_{ \N{REPLACEMENT CHARACTER}")
    with Image.open(folder / "sprite.png") as sprite:
        assert sprite.size == (7 * 64, 7 * 64)
    config = (folder / "projector_config.pbtxt").read_text()
    named = re.findall('(?:path|image_path): "(.+)"', config)
    assert all((folder / name).exists() for name in named)
    assert config.count("{") == config.count("}")


def test_a_photo_that_went_away_has_no_picture(findings, views, tmp_path):
    gone = [Entry(tmp_path / f"{number}.jpg", one.label) for number, one in enumerate(findings.entries)]
    write_report(tmp_path, Findings(gone, findings.judgement, (), (), ()), views[:, 0], Job())
    text = (tmp_path / "report.html").read_text()
    assert "no picture" in text
    assert "data:image" not in text
    assert "Labels to look at" not in text
    assert "How it learned" not in text


def test_a_report_can_be_stopped(findings, views, tmp_path):
    job = Job()
    job.report = lambda progress: job.cancel() if progress.stage == "writing the report" else None
    with pytest.raises(Cancelled):
        write_report(tmp_path, findings, views[:, 0], job)
    assert list(tmp_path.iterdir()) == []


def test_classes_that_are_too_many_for_a_drawing_are_in_the_table(findings, views, tmp_path, monkeypatch):
    monkeypatch.setattr(writing.figures, "MOST_CLASSES", 2)
    write_report(tmp_path, findings, views[:, 0], Job())
    assert not (tmp_path / "plots" / "confusion.png").exists()
    assert "Classes that are taken for each other" in (tmp_path / "report.html").read_text(errors="surrogateescape")


def test_who_is_taken_for_whom(findings):
    found = confusion(findings.entries, findings.judgement.queries)
    assert found.labels == tuple(sorted(LABELS))
    assert found.before.sum(axis=1) == pytest.approx([1, 1, 1])
    assert found.after.trace() > found.before.trace()
    first = found.mistakes(8)[0]
    row, column = found.labels.index(first.asked), found.labels.index(first.found)
    assert row != column
    assert (first.before, first.after) == (found.before[row, column], found.after[row, column])


def test_more_photos_teach_more_and_all_of_them_what_was_judged(findings):
    photos = [point.photos for point in findings.learning]
    assert photos == sorted(photos)
    assert len(photos) == 3
    assert all(0 < point.interval.low <= point.quality <= point.interval.high <= 1 for point in findings.learning)


def test_a_slow_recipe_is_not_asked_again(views, monkeypatch, findings):
    examined = examination(findings.entries, views)
    recipe = OnViews(keep(0), Assignment(examined, base=None, seed=0))
    folds = cross_validation(CLASSES, examined.groups, 0)
    rare = replace(recipe, tests=1)
    assert learning_curve(examined, folds, findings.judgement.queries, rare, 0, Job()) == ()
    monkeypatch.setattr("trainer.learning_curve.MOST_SECONDS", 0)
    assert learning_curve(examined, folds, findings.judgement.queries, recipe, 0, Job()) == ()


def test_the_same_photos_give_the_same_map():
    chance = np.random.default_rng(1)
    group = np.repeat([0, 1], 20)
    before = chance.normal(size=(40, 6)).astype(np.float32)
    after = (before + 20 * np.eye(6, dtype=np.float32)[group]).astype(np.float32)
    first, again = (photo_map(KeptBack(np.arange(40), before, after)) for _ in range(2))
    np.testing.assert_array_equal(first.after, again.after)
    assert first.after.min() >= 0
    assert first.after.max() <= 1
    middles = [first.after[group == one].mean(axis=0) for one in (0, 1)]
    spread = max(first.after[group == one].std() for one in (0, 1))
    assert np.linalg.norm(middles[0] - middles[1]) > spread


def test_photos_that_are_all_alike_have_a_map_and_few_have_none():
    same = np.ones((12, 4), np.float32)
    assert np.isfinite(photo_map(KeptBack(np.arange(12), same, same)).after).all()
    assert photo_map(KeptBack(np.arange(FEWEST - 1), same[: FEWEST - 1], same[: FEWEST - 1])) is None


def test_plain_text_is_shortened():
    assert plain("a\tb\udce9") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert plain("abcdef", 4) == "abc…"

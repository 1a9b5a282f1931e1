"""Writing the report of a run: the page, its drawings as files, and the vectors for TensorBoard."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.jobs import Job, Progress
from trainer.judging import DECISIVE
from trainer.reports import figures, page
from trainer.reports.confusion import confusion
from trainer.reports.curves import load_curves
from trainer.reports.drawing import Drawing
from trainer.reports.findings import Findings
from trainer.reports.map_section import MOST_PICTURES, map_section
from trainer.reports.maps import photo_map
from trainer.reports.pictures import Pictures
from trainer.reports.projector import FOLDER, projected, write_projector
from trainer.reports.strips import chosen_queries, strip_pictures, strips
from trainer.run_folder import REPORT
from trainer.storage import storing

PLOTS = "plots"


def write_report(run: Path, findings: Findings, embeddings: NDArray[np.float32], job: Job) -> None:
    """Write `report.html`, `plots` and `projector` into the folder of a run.

    Args:
        run: its curves are drawn if it has any.
        findings: what is known about the training.
        embeddings: what was learned makes of all photos, float32 [photos, dim].
        job: told about progress; may cancel.

    Raises:
        StorageFullError: the disk is full.
        Cancelled: the caller asked to stop.
    """
    pictures, drawings = (
        Pictures(),
        [figures.bars(findings.judgement.before, findings.judgement.after, findings.metrics)],
    )
    chosen = chosen_queries(findings)
    pictures.read(strip_pictures(findings, (query for some in chosen.values() for query in some)), job)
    pictures.read((findings.entries[place].path for place in projected(len(findings.entries))), job)
    sections = [page.bars(findings)]
    if findings.has_several_labels:  # photos are of no class
        sections += [page.references(findings), *_measured(run, findings, drawings)]
        job.step(Progress("writing the report", 0, None))
    else:
        sections += [*_measured(run, findings, drawings), page.classes(findings)]
        job.step(Progress("writing the report", 0, None))
        sections += [_mistaken(findings, drawings)]
    sections += [_map(findings, pictures, drawings), strips(findings, chosen, pictures)]
    document = page.page(findings, sections)
    with storing(run):
        (run / REPORT).write_text(document, encoding="utf-8", errors="surrogateescape")
        (run / PLOTS).mkdir()
        for drawing in drawings:
            (run / PLOTS / f"{drawing.name}.png").write_bytes(drawing.png)
    write_projector(run / FOLDER, findings.entries, embeddings, pictures)


def _measured(run: Path, findings: Findings, drawings: list[Drawing]) -> Iterator[Iterator[str]]:
    """The sections with curves."""
    before, after = findings.judgement.evidence_before, findings.judgement.evidence_after
    if (curves := load_curves(run)) is not None:
        drawings.append(figures.training_curves(curves))
        yield page.learned(curves, drawings[-1])
    drawings.append(figures.precision_curves(before, after))
    yield page.found(findings, drawings[-1])
    drawings.append(figures.distance_histograms(before, after))
    yield page.distances(findings, drawings[-1])
    if findings.learning:
        drawings.append(figures.learning_points(findings.learning, findings.judgement.before[DECISIVE].value))
        yield page.more_photos(findings, drawings[-1])


def _mistaken(findings: Findings, drawings: list[Drawing]) -> Iterator[str]:
    found = confusion(findings.entries, findings.judgement.queries)
    if len(found.labels) > figures.MOST_CLASSES:
        return page.mistaken(found, None)
    drawings.append(figures.confusion_tables(found))
    return page.mistaken(found, drawings[-1])


def _map(findings: Findings, pictures: Pictures, drawings: list[Drawing]) -> Iterator[str]:
    shown = photo_map(findings.judgement.kept_back)
    if shown is None:
        return iter(())
    labels = [findings.entries[place].label for place in shown.places]
    marks = figures.marks_of(labels)
    drawings.append(figures.map_picture(shown, labels, marks))
    pictures.read((findings.entries[place].path for place in shown.places[:MOST_PICTURES]), Job())
    return map_section(findings, shown, marks, pictures)

"""Checking the parts of a library against each other, and curing what can be cured."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from engine.catalog.catalog import Catalog
from engine.catalog.thumbnails import Thumbnails
from engine.jobs import Job, Progress
from engine.vectors.live_index import LiveIndex

LEAST_RECALL = 0.95


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a check found.

    Attributes:
        ok: nothing is wrong (any more).
        problems: one sentence each.
        repaired: what was done about them, one sentence each.
        recall: recall@10 of the index before it was mended; None if it was not tested.
    """

    ok: bool
    problems: Sequence[str]
    repaired: Sequence[str]
    recall: float | None = None


@dataclass(slots=True)
class _Findings:
    problems: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    open: int = 0
    recall: float | None = None

    def add(self, problem: str, cure: str = "") -> None:
        self.problems.append(problem)
        if cure:
            self.repaired.append(cure)
        else:
            self.open += 1


def verify(catalog: Catalog, thumbnails: Thumbnails, index: LiveIndex, *, repair: bool, job: Job) -> VerifyReport:
    """Check catalogue, embeddings, index and thumbnails.

    Args:
        repair: cure what can be cured; photos are never touched. The caller holds the library's lock.
    """
    findings = _Findings()
    stages: tuple[tuple[str, Callable[[], None]], ...] = (
        ("checking the catalogue", lambda: _check_catalog(catalog, findings, job)),
        ("checking the copy of the catalogue", lambda: _check_copy(catalog, findings, repair)),
        ("checking the embeddings", lambda: _check_embeddings(catalog, findings, repair, job)),
        ("checking the index", lambda: _check_index(index, findings, repair, job)),
        ("checking the thumbnails", lambda: _check_thumbnails(catalog, thumbnails, findings, repair, job)),
    )
    for number, (stage, check) in enumerate(stages):
        job.step(Progress(stage, number, len(stages)))
        check()
    return VerifyReport(findings.open == 0, tuple(findings.problems), tuple(findings.repaired), findings.recall)


def _check_catalog(catalog: Catalog, findings: _Findings, job: Job) -> None:
    for problem in catalog.problems(job):
        findings.add(f"The catalogue is damaged: {problem}.")


def _check_copy(catalog: Catalog, findings: _Findings, repair: bool) -> None:
    if problem := catalog.copy_problem():
        mended = repair and not findings.open
        if mended:
            catalog.renew_copy()
        cure = "The catalogue was copied again." if mended else ""
        findings.add(f"The copy of the catalogue is damaged: {problem}.", cure)


def _check_embeddings(catalog: Catalog, findings: _Findings, repair: bool, job: Job) -> None:
    damaged = [seq for model in catalog.embeddings.models() for seq in catalog.embeddings.damaged(model, job)]
    if damaged:
        if repair:
            catalog.reread(damaged)
        one, many = len(damaged) == 1, len(damaged)
        photos = "1 photo" if one else f"{many} photos"
        cure = f"{photos} will be read again by the next update." if repair else ""
        findings.add("1 embedding is damaged." if one else f"{many} embeddings are damaged.", cure)


def _check_index(index: LiveIndex, findings: _Findings, repair: bool, job: Job) -> None:
    problem = index.problem
    mend = index.merge  # what is sound of the files is kept
    if not problem:
        findings.recall = recall = index.recall(job=job)
        if recall is not None and recall < LEAST_RECALL:
            problem, mend = f"the graph finds only {recall:.1%} of the nearest photos", index.rebuild
    if not problem:
        return
    if repair:
        mend(job)
        index.publish()
    findings.add(
        f"The index cannot be relied on: {problem}.",
        "The index was built again from the stored embeddings; no photo was read." if repair else "",
    )


def _check_thumbnails(catalog: Catalog, thumbnails: Thumbnails, findings: _Findings, repair: bool, job: Job) -> None:
    problems = thumbnails.problems(job)
    if problems:
        if repair:
            thumbnails.recreate()
        cure = "The thumbnail cache was emptied; thumbnails are made again when they are needed." if repair else ""
        findings.add(f"The thumbnail cache is damaged: {problems[0]}.", cure)
    if repair and (dropped := thumbnails.keep_only(catalog.photos.content_hashes())):
        findings.repaired.append(f"{dropped} thumbnails of photos that are not in the library any more were deleted.")

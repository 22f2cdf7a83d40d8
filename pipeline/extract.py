"""THE path: a source document in, its tasks out; every stage in order, nothing else."""

from __future__ import annotations

from pipeline.assemble import assemble
from pipeline.assignments import distribution, find_carried, find_drafts, find_relations
from pipeline.classes import derive
from pipeline.limits import Limits
from pipeline.ports import Estimator, Ocr, SecondReader, TaskClassifier
from pipeline.progress import Stage, Step, Tell, unheard
from pipeline.read import read
from pipeline.structure import structure
from pipeline.types import ClauseRole, Extraction, Reading, SourceDocument

VERSION = "rules-1"


def extract(
    source: SourceDocument,
    *,
    classify: TaskClassifier,
    estimate: Estimator | None = None,
    second: SecondReader | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    ocr: Ocr | None = None,
    tell: Tell = unheard,
) -> Extraction:
    """Read a document and find its tasks; `tell` hears how far it is.

    Raises `Unreadable` (only from reading) when the file cannot be read or breaks a bound.
    """
    tell(Step(Stage.OPENING))
    reading = read(source, limits=limits, ocr=ocr, tell=tell)
    tell(Step(Stage.TASKS))
    return extract_from(reading, classify=classify, estimate=estimate, second=second)


def extract_from(
    reading: Reading,
    *,
    classify: TaskClassifier,
    estimate: Estimator | None = None,
    second: SecondReader | None = None,
) -> Extraction:
    """The path from pages on: structure, assignments, tasks; no probabilities without `estimate`, and none
    that know of another reading without `second`."""
    directive = structure(reading)
    drafts, clauses = find_drafts(directive)
    seen = second(directive) if second else None
    tasks = assemble(directive, drafts, clauses, reading.source.sha256, classify, estimate, seen)
    tasks = derive(directive, clauses, tasks)
    done = find_relations(directive, clauses)
    return Extraction(
        reading=reading,
        directive=directive,
        tasks=tasks,
        clauses=(*clauses, *distribution(directive.header)),
        execution_clause=any(clause.role is ClauseRole.EXECUTION for clause in clauses),
        issues=reading.issues,
        version=VERSION,
        relations=(*done, *find_carried(directive, done)),
    )

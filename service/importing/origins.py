"""The document that a row names in, what sort it is and whose level gives the task out: as of documents that
are read, so that an office's former book counts beside them in reports."""

from __future__ import annotations

from pipeline.classes.assigner import assigner_of
from pipeline.classes.source import source_of
from pipeline.structure.framing import kind_of_code
from pipeline.types import DocumentType, Grounded, Header


def origin_of(number: str, issuer: str) -> tuple[str, str]:
    """Keys of `TASK_SOURCES` and `ASSIGNERS` (pipeline/labels.py), "other" where neither number nor issuer
    tells. A number whose notation begins with no kind of document is a letter's (Nghị định 30/2020/NĐ-CP)."""
    _, _, notation = number.partition("/")
    kind = (kind_of_code(notation) or DocumentType.CONG_VAN) if notation else None
    header = Header(
        number=Grounded(number) if number else None,
        issuer=Grounded(issuer) if issuer else None,
        type=kind,
    )
    return source_of(header), assigner_of(header).level

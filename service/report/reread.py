"""Documents that were read again in, one page out that loads nothing: sums, each task that is seen otherwise
beside what reviewers said of it, headers that changed, documents that are lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotation.evaluation.rehearsing import FIELDS
from service.report.rehearsal import GAINS, TITLES, WHAT, card
from service.report.whole import whole
from service.runs.retelling import UNREVIEWED, Sums, gain_of
from service.wording import HEADER_FIELDS

WORDS: Mapping[str, str] = WHAT | GAINS | TITLES | HEADER_FIELDS | {UNREVIEWED: "Chưa rà soát"}


def page(sums: Sums) -> Iterator[str]:
    """The page in pieces, in order."""
    cards = [
        (card(each), gain_of(one, each), each.fields, one.id) for one in sums.changed for each in one.retold
    ]
    gains = {name: sums.gains[name] for name in (*GAINS, UNREVIEWED)}
    yield from whole(
        "reread.html",
        ["report.css", "evaluation.css", "rehearsal.css"],
        "evaluation.js",
        sums=sums,
        cards=cards,
        what=WHAT,
        gains=gains,
        fields=[name for name in FIELDS if sums.fields[name]],
        words=WORDS,
        versions=sums.versions.most_common(),
        headers=[(one, each) for one in sums.changed for each in one.header],
        sources=list(dict.fromkeys(each[0].document for each in cards)),
    )

"""A run over an archive with every outcome and reason, for tests of what shows runs."""

from __future__ import annotations

from pipeline.errors import Reason
from service.outcomes import Outcome
from service.reader import KIND
from service.runs.book import Plan, Sign
from service.store import Work


def run_with_all(work: Work) -> int:
    """A run that lasts, with a file for each outcome and reason, and its failed files in quarantine."""
    ends = [(one.value, "") for one in Outcome if one not in {Outcome.FAILED, Outcome.REFUSED_SECRET}]
    ends += [(Outcome.REFUSED_SECRET.value, level) for level in ("mat", "toi_mat", "tuyet_mat", "doubt")]
    ends += [(Outcome.FAILED.value, reason.value) for reason in Reason]
    run = work.runs.begin(Plan("root", ("/kho",), "processes:2", "0.1", 100))
    rows = [
        {
            "digest": f"{at:032}",
            "position": at,
            "sha256": f"{at:064x}",
            "path": "" if reason else f"/kho/{at}.pdf",
            "kind": "pdf",
            "outcome": outcome,
            "reason": reason,
            "message": "",
            "earlier": at % 2 == 0,
            "pages": 1,
            "bytes": 1000,
            "seconds": 1.0 + at,
        }
        for at, (outcome, reason) in enumerate(ends)
    ]
    work.runs.note(run, rows, Sign(len(rows) * 1000, len(rows), 3700.0))
    for row in rows:
        if row["outcome"] == Outcome.FAILED:
            work.ledger.enqueue(KIND, [row["sha256"]])
            lease = work.ledger.claim(KIND, owner="x", seconds=60, key=row["sha256"])
            assert lease
            work.ledger.fail(lease, row["reason"])
    return run

"""All about filing without a look, within one transaction."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.budget.evidence import Evidence


class Budgeting:
    """The parts that belong together."""

    def __init__(self, session: Session) -> None:
        self.evidence = Evidence(session)

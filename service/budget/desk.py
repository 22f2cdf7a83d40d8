"""All about filing without a look, within one transaction."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.budget.book import Budgets
from service.budget.estimates import Estimates
from service.budget.evidence import Evidence
from service.budget.machine import Machine
from service.budget.stops import Stops
from service.budget.watch import Watch
from service.review.desk import Desk


class Budgeting:
    """The parts that belong together."""

    def __init__(self, session: Session, desk: Desk) -> None:
        self.estimates = Estimates(session)
        self.evidence = Evidence(session)
        self.book = Budgets(session)
        self.watch = Watch(session)
        self.stops = Stops(session)
        self.machine = Machine(session, desk)

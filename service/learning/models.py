"""The office's models as seen from one transaction: which there are, which is in use, which was before."""

from __future__ import annotations

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from models.registry import Card
from service.audit.log import Audit
from service.database import now
from service.tables import LearnedModel, Promotion

CANDIDATE, PROMOTED, RETIRED = "candidate", "promoted", "retired"
PROMOTE, ROLLBACK = "promote", "rollback"


def suffix(confidence: str, second: str) -> str:
    """What a version says of the models: "+c:ab12cd34+r:ef56ab78"; nothing of those that are shipped."""
    told = (("c", confidence), ("r", second))
    return "".join(f"+{letter}:{identifier[:8]}" for letter, identifier in told if identifier)


def in_use(session: Session) -> str:
    """What a version says of the models that are promoted now."""
    newest = select(func.max(Promotion.id)).group_by(Promotion.kind)
    rows = session.execute(select(Promotion.kind, Promotion.model).where(Promotion.id.in_(newest)))
    used = dict(rows.tuples().all())
    return suffix(used.get("confidence", ""), used.get("reader", ""))


class NothingBefore(ValueError):  # noqa: N818 - says what happened
    """There is no former model to go back to."""


class Models:
    """The tables of models; each change of what is in use is in the audit."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def add(self, identifier: str, card: Card) -> None:
        """Notes a candidate; one that is known already stays as it is."""
        if self.find(identifier) is None:
            row = {"id": identifier, "kind": card.kind, "state": CANDIDATE, "card": card.as_json()}
            self._session.execute(insert(LearnedModel).values(row | {"added_at": now()}))

    def find(self, identifier: str) -> LearnedModel | None:
        """The model, or None."""
        return self._session.get(LearnedModel, identifier)

    def every(self) -> list[LearnedModel]:
        """All, the newest first."""
        query = select(LearnedModel).order_by(LearnedModel.added_at.desc(), LearnedModel.id)
        return list(self._session.scalars(query))

    def history(self, kind: str) -> list[Promotion]:
        """What was taken into use, the last first."""
        query = select(Promotion).where(Promotion.kind == kind).order_by(Promotion.id.desc())
        return list(self._session.scalars(query))

    def current(self, kind: str) -> str:
        """The id of the model in use; "" is the shipped one."""
        last = self.history(kind)
        return last[0].model if last else ""

    def promote(self, kind: str, identifier: str, actor: str, reason: str = "") -> None:
        """Takes a model into use; `reason` where it was forced."""
        self._take(kind, identifier, PROMOTE, actor, reason)

    def former(self, kind: str) -> str:
        """The id of the model that a rollback goes back to; raises `NothingBefore`."""
        stack = [""]
        for one in reversed(self.history(kind)):
            if one.action == ROLLBACK:
                stack.pop()
            elif one.model != stack[-1]:
                stack.append(one.model)
        if len(stack) == 1:
            raise NothingBefore("chưa có mô hình nào trước đó (there is no former model)")
        return stack[-2]

    def roll_back(self, kind: str, actor: str, reason: str = "") -> str:
        """Takes the former model into use again; its id. Raises `NothingBefore`."""
        identifier = self.former(kind)
        self._take(kind, identifier, ROLLBACK, actor, reason)
        return identifier

    def _take(self, kind: str, identifier: str, action: str, actor: str, reason: str) -> None:
        before = self.current(kind)
        of_kind = update(LearnedModel).where(LearnedModel.kind == kind)
        self._session.execute(of_kind.where(LearnedModel.state == PROMOTED).values(state=RETIRED))
        self._session.execute(of_kind.where(LearnedModel.id == identifier).values(state=PROMOTED))
        row = {"kind": kind, "model": identifier, "action": action, "actor": actor, "reason": reason}
        self._session.execute(insert(Promotion).values(row | {"at": now()}))
        values = {"before": before, "after": identifier, "reason": reason}
        self._audit.add(actor, f"model_{action}", f"model:{kind}", values)

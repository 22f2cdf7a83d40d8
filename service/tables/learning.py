"""Models of the office: those that were trained, and which of them was in use since when."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, String
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


class LearnedModel(Base):
    """A model of the registry on disk: `id` is the hash of its files, `card` what is known of it; `state` is
    candidate, promoted or retired."""

    __tablename__ = "learned_models"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str]
    state: Mapped[str]
    card: Mapped[dict[str, Any]]
    added_at: Mapped[float] = mapped_column(Float(53))


class Promotion(Base):
    """A model taken into use ("" is the shipped one), by whom; `reason` where it was forced, `action` promote
    or rollback."""

    __tablename__ = "promotions"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    kind: Mapped[str]
    model: Mapped[str] = mapped_column(String(64))
    action: Mapped[str]
    actor: Mapped[str]
    reason: Mapped[str]
    at: Mapped[float] = mapped_column(Float(53))

"""Letters that went out by the exchange of documents, so that what is answered about them is known."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Float, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


class SentLetter(Base):
    """A letter as its package names it: `document_id` the exchange's id of it, `organ` its receiver's;
    `unit_key` as in service/tracking/rows.py."""

    __tablename__ = "sent_letters"
    __table_args__ = NEVER_REUSED

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    document_id: Mapped[str] = mapped_column(unique=True)
    organ: Mapped[str]
    unit_key: Mapped[str] = mapped_column(index=True)
    unit_name: Mapped[str]
    number: Mapped[str]
    issued_on: Mapped[dt.date]
    packed_at: Mapped[float] = mapped_column(Float(53))


class SentLetterDuty(Base):
    """A duty that a letter urges."""

    __tablename__ = "sent_letter_duties"

    letter_id: Mapped[int] = mapped_column(
        ForeignKey("sent_letters.id", ondelete="CASCADE"), primary_key=True
    )
    duty_id: Mapped[int] = mapped_column(
        ForeignKey("duties.id", ondelete="CASCADE"), primary_key=True, index=True
    )

"""Mail that came in: what was taken from the folder that is watched."""

from __future__ import annotations

from sqlalchemy import Float, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.tables.base import BIG, NEVER_REUSED, Base


class Mail(Base):
    """A mail of the folder `account`, there known by `validity` and `uid`: neither its words nor its files'
    names. `sha256` is of its bytes ("" where it was too large to fetch); `batch` the uploads that its files
    became, `trouble` why there are none; `sender` is noted once it is settled, and not of one that carried
    something secret."""

    __tablename__ = "mails"
    __table_args__ = (UniqueConstraint("account", "validity", "uid"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    account: Mapped[str]
    validity: Mapped[int] = mapped_column(BIG)
    uid: Mapped[int] = mapped_column(BIG)
    sha256: Mapped[str] = mapped_column(String(64))
    batch: Mapped[str] = mapped_column(String(32), index=True)
    trouble: Mapped[str]
    sender: Mapped[str]
    taken_at: Mapped[float] = mapped_column(Float(53))
    settled_at: Mapped[float | None] = mapped_column(Float(53))

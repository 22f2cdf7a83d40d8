"""A secret document's duty: followed by cleared people, without a word of content anywhere."""

from __future__ import annotations

import datetime as dt

import pytest
from people import user
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from tracking_office import Office

from service.access.roles import Role
from service.access.viewer import Viewer
from service.review.versions import Missing
from service.tables import Base
from service.tracking.finder import DutiesWanted
from service.tracking.keeping_up import KeepingUp
from service.tracking.life import Given, Lead, Life
from service.tracking.reports import Asked

HEALTH = Lead("Sở Y tế", "so-y-te:hung-yen")


@pytest.fixture
def cleared(office: Office) -> Viewer:
    return user(office.store, "theodoimat", Role.MONITOR, clearance=1)


def entered(office: Office, level: str = "mat") -> None:
    with office.store.begin() as work:
        work.stubs.add("7/UBND", dt.date(2026, 3, 1), HEALTH, dt.date(2026, 3, 31), level=level)


def found(office: Office, viewer: Viewer) -> list[int]:
    with office.store.reading() as work:
        return [one.id for one in work.duties.find(viewer, DutiesWanted())]


def test_only_people_of_its_clearance_see_it(office: Office, cleared: Viewer):
    entered(office)
    entered(office, "toi_mat")
    assert len(found(office, cleared)) == 1
    assert found(office, office.monitor) == []
    assert found(office, office.health) == []  # its unit's user is not cleared
    with pytest.raises(Missing), office.store.reading() as work:
        work.book.duty(office.monitor, 1)


def test_it_stays_out_of_reports(office: Office, cleared: Viewer):
    entered(office)
    asked = Asked(dt.date(2026, 1, 1), dt.date(2026, 12, 31), office.today)
    with office.store.reading() as work:
        assert work.reports.report(cleared, asked).lines == ()


def test_no_words_of_a_step_are_kept(office: Office, cleared: Viewer):
    entered(office)
    word = "chiendich"
    with office.store.begin() as work:
        work.book.act(cleared, 1, "submit", Given(note=f"kết quả {word}"))
        after = work.book.act(cleared, 1, "return", Given(note=word))
        work.book.act(cleared, 1, "adjust", Given(note=word, text=word, due=dt.date(2026, 4, 30)))
    assert after.life is Life.RETURNED
    with Session(office.store.engine) as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                assert word not in str(row), table.name
    with office.store.engine.connect() as connection:
        assert connection.execute(text("SELECT due_on FROM duties")).scalar() in (
            "2026-04-30",
            dt.date(2026, 4, 30),
        )


def test_records_that_were_typed_before_there_was_a_book_are_entered_once(office: Office):
    entered(office)
    with Session(office.store.engine) as session, session.begin():
        session.execute(text("DELETE FROM duties"))
    highest = user(office.store, "quantri", Role.ADMINISTRATOR, clearance=3)
    for _ in range(2):
        KeepingUp(office.store).turn()
    assert len(found(office, highest)) == 1

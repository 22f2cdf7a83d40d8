"""Digests go out through a real mail server: once, again after pauses, and failures are told."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import pytest
from mailing import Received, certified, logins, mail_server
from people import task
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from tracking_office import HEALTH, HOME, Office, due

from service.access.viewer import Forbidden, Viewer
from service.settings import Settings
from service.store import Store
from service.tables import Digest, Duty
from service.tracking.life import Lead
from service.tracking.timing import start_of
from service.urging.mailbox import PAUSES, Item, MailFault, Post, WrongAddress
from service.urging.message import message
from service.urging.urger import Postman, Urger

TUESDAY = dt.date(2026, 3, 24)
MAILBOX = "vanthu@soyte.example.vn"


def of(server: Received, **more: Any) -> Settings:
    return Settings(
        data_dir=Path("unused"),
        smtp_host="localhost",
        smtp_port=server.port,
        smtp_from="dondoc@ubnd.example.vn",
        public_url="https://dondoc.example.vn",
        **({"smtp_tls": "none"} | more),
    )


@pytest.fixture
def boss(office: Office) -> Viewer:
    from people import user

    from service.access.roles import Role

    return user(office.store, "quantri", Role.ADMINISTRATOR)


@pytest.fixture
def due_tomorrow(office: Office, boss: Viewer) -> Office:
    office.file(
        task("a", "Rà soát các trạm y tế", HEALTH, deadline=due("2026-03-31")),
        task("b", "Báo cáo dịch bệnh", HEALTH, deadline=due("2026-03-20")),
        task("c", "Sắp xếp biên chế", HOME, deadline=due("2026-03-31")),
    )
    with office.store.begin() as work:
        work.urging.mailbox.put(boss, Lead("Sở Y tế", "so-y-te:hung-yen"), MAILBOX)
    office.today = TUESDAY
    return office


def digest(office: Office, unit: str = "Sở Y tế") -> Digest:
    with Session(office.store.engine) as session:
        return session.scalars(select(Digest).where(Digest.unit_name == unit)).one()


def later(office: Office, seconds: float) -> Store:
    return Store(office.store.engine, clock=lambda _: start_of(office.today) + 36_000 + seconds)


def test_a_unit_gets_one_mail_with_all_of_its_day(due_tomorrow: Office):
    with mail_server() as server:
        Urger(of(server), due_tomorrow.store).turn()
        postman = Postman(of(server), due_tomorrow.store)
        assert postman.turn()
        assert not postman.turn()
    (mail,) = server.mails
    assert server.to == [[MAILBOX]]
    assert mail["subject"] == "[đôn đốc] Sở Y tế: 1 nhiệm vụ quá hạn, 1 nhiệm vụ sắp đến hạn (24/03/2026)"
    text = mail.get_content()
    assert "Rà soát các trạm y tế" in text
    assert "hạn 20/03/2026, quá hạn 4 ngày" in text
    assert "https://dondoc.example.vn/book/1" in text
    assert "Sắp xếp biên chế" not in text
    assert digest(due_tomorrow).mail == "done"
    assert digest(due_tomorrow, "Sở Nội vụ").mail == ""  # no address: told in the product alone


def test_several_workers_send_once(due_tomorrow: Office):
    with mail_server() as server:
        workers = [(Urger(of(server), due_tomorrow.store), Postman(of(server), due_tomorrow.store))] * 5
        with ThreadPoolExecutor(5) as pool:
            list(pool.map(lambda one: (one[0].turn(), one[1].turn(), one[1].turn()), workers))
    assert len(server.mails) == 1


def test_a_late_postman_does_not_undo_what_another_noted(due_tomorrow: Office):
    with mail_server() as server:
        Urger(of(server), due_tomorrow.store).turn()
        with due_tomorrow.store.begin() as work:
            late = work.urging.mailbox.claim()
        much_later = later(due_tomorrow, 3600.0)
        assert Postman(of(server), much_later).turn()
        with much_later.begin() as work:
            work.urging.mailbox.settle(late, MailFault.LATER)
    assert digest(due_tomorrow).mail == "done"


def test_what_does_not_go_out_is_tried_again_after_a_pause_and_then_given_up(
    due_tomorrow: Office, boss: Viewer
):
    with mail_server() as server:
        settings = of(server)
        server.answers = ["451 4.3.0 later"] * (len(PAUSES) + 1)
        Urger(settings, due_tomorrow.store).turn()
        assert Postman(settings, due_tomorrow.store).turn()
        assert not Postman(settings, due_tomorrow.store).turn()  # not before its pause is over
        assert (digest(due_tomorrow).mail, digest(due_tomorrow).fault) == ("waiting", MailFault.LATER)
        passed = 0.0
        for pause in PAUSES:
            passed += pause + 1
            assert Postman(settings, later(due_tomorrow, passed)).turn()
        assert digest(due_tomorrow).mail == "failed"
        assert not Postman(settings, later(due_tomorrow, 1e6)).turn()
        with due_tomorrow.store.begin() as work:
            work.urging.mailbox.resend(boss, digest(due_tomorrow).id)
        assert Postman(settings, later(due_tomorrow, 1e6)).turn()
    assert len(server.mails) == 1
    assert (digest(due_tomorrow).mail, digest(due_tomorrow).fault) == ("done", "")


def test_an_address_that_does_not_exist_is_given_up_at_once(due_tomorrow: Office):
    with mail_server() as server:
        server.refused = {MAILBOX}
        Urger(of(server), due_tomorrow.store).turn()
        Postman(of(server), due_tomorrow.store).turn()
    assert (digest(due_tomorrow).mail, digest(due_tomorrow).fault) == ("failed", MailFault.ADDRESS)


def test_a_server_that_is_away_is_no_end(due_tomorrow: Office):
    with mail_server() as server:
        settings = of(server)
    Urger(settings, due_tomorrow.store).turn()
    Postman(settings, due_tomorrow.store).turn()
    assert (digest(due_tomorrow).mail, digest(due_tomorrow).fault) == ("waiting", MailFault.SILENT)


def test_encryption_and_login(due_tomorrow: Office, tmp_path: Path):
    context, certificate = certified(tmp_path)
    secret = tmp_path / "password"
    secret.write_text("mat khau thu\n")
    options = {"tls_context": context, "require_starttls": True} | logins("dondoc", "mat khau thu")
    with mail_server(**options) as server:
        wanted = {"smtp_tls": "starttls", "smtp_user": "dondoc", "smtp_password_file": secret}
        Urger(of(server), due_tomorrow.store).turn()
        Postman(of(server, **wanted), due_tomorrow.store).turn()
        assert digest(due_tomorrow).fault == MailFault.TRUST  # signed by nobody whom it knows
        trusted = wanted | {"smtp_ca_file": certificate}
        secret.write_text("sai\n")
        Postman(of(server, **trusted), later(due_tomorrow, 100)).turn()
        assert digest(due_tomorrow).fault == MailFault.LOGIN
        secret.write_text("mat khau thu\n")
        Postman(of(server, **trusted), later(due_tomorrow, 1000)).turn()
    assert len(server.mails) == 1


def test_a_mail_tells_no_more_than_anybody_may_read(due_tomorrow: Office):
    with Session(due_tomorrow.store.engine) as session, session.begin():
        session.execute(update(Duty).where(Duty.text.contains("trạm")).values(clearance=2))
        session.execute(update(Duty).where(Duty.text.contains("dịch")).values(secret=True, text=""))
    with mail_server() as server:
        Urger(of(server), due_tomorrow.store).turn()
        Postman(of(server), due_tomorrow.store).turn()
    (mail,) = server.mails
    text = mail.get_content()
    assert "trạm y tế" not in text
    assert "/book/1" in text
    assert "/book/2" not in text
    assert "12/CT-UBND" not in text


def test_addresses_are_the_administrators_and_audited(office: Office, boss: Viewer):
    lead = Lead("Sở Y tế", "so-y-te:hung-yen")
    with pytest.raises(Forbidden), office.store.begin() as work:
        work.urging.mailbox.put(office.monitor, lead, MAILBOX)
    for wrong in ("vanthu", "a@b@c", "a b@c.vn", "a@b.vn\nBcc: x@y.vn"):
        with pytest.raises(WrongAddress), office.store.begin() as work:
            work.urging.mailbox.put(boss, lead, wrong)
    with office.store.begin() as work:
        work.urging.mailbox.put(boss, lead, MAILBOX)
        work.urging.mailbox.put(boss, lead, "khac@soyte.example.vn")
        assert [one.address for one in work.urging.mailbox.addresses()] == ["khac@soyte.example.vn"]
        work.urging.mailbox.put(boss, lead, "")
        assert work.urging.mailbox.addresses() == []
        assert len(work.audit.of("addresses")) == 3


def test_a_mail_after_an_archive_was_taken_in_stays_short():
    post = Post(1, "Sở Y tế", MAILBOX, dt.date(2026, 3, 24), 1)
    items = [Item(n, "overdue", f"Việc thứ {n}", dt.date(2026, 3, 1), "") for n in range(1, 252)]
    mail = message(post, items, "dondoc@example.vn", "")
    assert "251 nhiệm vụ quá hạn" in str(make_header(decode_header(mail["Subject"])))
    text = mail.get_payload(decode=True).decode()
    assert "100. Việc thứ 100\n" in text
    assert "101. Việc" not in text
    assert "và 151 nhiệm vụ khác" in text

"""Mail is taken from a real server: each one once, tidied as the office says; nothing secret stays."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import papers
import pytest
from mailserver import MailServer, mail_folder
from sqlalchemy import text

from service.access.roles import Role
from service.batch import own_spool
from service.incoming.book import Told
from service.incoming.fetcher import Fetcher
from service.incoming.message import Trouble
from service.incoming.server import Connection, Fault, Unreached
from service.settings import Settings
from service.spool import Spool
from service.store import Store
from service.uploads.reading import Readers

DIRECTIVE = "number: {}/CT-UBND\nissuer: UBND\nissued_on: 2024-01-02\nSở Y tế; báo cáo; 2024-03-05"
SECRET = "secrecy: mat\nđiều không được biết".encode()


@pytest.fixture(scope="module")
def running() -> Iterator[MailServer]:
    with mail_folder() as server:
        yield server


@pytest.fixture
def server(running: MailServer) -> MailServer:
    """The server, its folders empty."""
    with running.opened() as link:
        for folder in ("Xong", "Xem lại"):
            link.delete(quoted(folder))
        link.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
        link.expunge()
    return running


def quoted(folder: str) -> str:
    from service.incoming.server import _quoted

    return _quoted(folder)


class Office:
    """A store whose workers read what comes by mail."""

    def __init__(self, store: Store, folder: Path, server: MailServer, **more: Any) -> None:
        told: dict[str, Any] = {**server.settings(done_folder="Xong", failed_folder="Xem lại"), **more}
        self.settings = Settings(data_dir=folder, **told)
        self.store = store
        self.spool: Spool = own_spool(self.settings, store)
        self.fetcher = Fetcher(self.settings, store, self.spool)
        with store.begin() as work:
            if work.people.called("vanthu") is None:
                work.people.add("vanthu", "Văn thư", Role.CLERK)

    def fetch(self, count: int) -> list[Told]:
        """The mails, once so many are settled, newest first."""
        readers = Readers(self.settings, self.store, self.spool, "fake_readers:plain", 1)
        readers.start()
        try:
            end = time.monotonic() + 60
            while time.monotonic() < end:
                self.fetcher.turn()
                self.fetcher._due = 0.0  # do not wait for the next look
                if sum(one.mail.settled_at is not None for one in self.told()) >= count:
                    return self.told()
                time.sleep(0.1)
            raise AssertionError(self.told())
        finally:
            readers.stop()
            self.fetcher.close()

    def told(self) -> list[Told]:
        with self.store.reading() as work:
            return work.mails.recent(None)

    def outcomes(self) -> list[str]:
        with self.store.engine.connect() as connection:
            return list(connection.scalars(text("SELECT outcome FROM uploads ORDER BY created_at, position")))


def mail(number: int, *more: tuple[str, bytes]):
    return papers.mail(f"CT {number}", (f"{number}-CT.txt", DIRECTIVE.format(number).encode()), *more)


def test_what_a_mail_carries_is_read_and_the_mail_is_moved(store: Store, tmp_path: Path, server: MailServer):
    server.deliver(mail(1, ("1-CT phụ lục.txt", b"annex")))
    server.deliver(papers.mail("Lời chào"))
    office = Office(store, tmp_path, server)
    empty, taken = office.fetch(2)
    assert [one.outcome for one in taken.documents] == ["done"]
    assert (taken.mail.sender, taken.mail.trouble) == (papers.SENDER, "")
    assert (empty.mail.trouble, empty.documents) == ("empty", ())
    assert (server.subjects(), server.subjects("Xong")) == ([], ["CT 1"])
    assert len(server.subjects(quoted("Xem lại"))) == 1
    with store.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM files")) == 2


def test_without_folders_mails_stay_and_are_marked(store: Store, tmp_path: Path, server: MailServer):
    server.deliver(mail(1))
    office = Office(store, tmp_path, server, imap_done_folder="", imap_failed_folder="")
    office.fetch(1)
    assert server.subjects() == ["CT 1"]
    [flags] = server.flags()
    assert "$DondocTaken" in flags
    assert "\\Deleted" not in flags


def test_of_a_secret_paper_only_hash_and_level_are_told(store: Store, tmp_path: Path, server: MailServer):
    server.deliver(papers.mail("Tờ trình kín", ("to-trinh-kin.txt", SECRET)))
    office = Office(store, tmp_path, server)
    [told] = office.fetch(1)
    assert [(one.state, one.outcome, one.message) for one in told.documents] == [
        ("refused", "refused_secret", "mat")
    ]
    assert told.mail.sender == ""
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for word in ("to-trinh-kin", "Tờ trình kín", "không được biết", papers.SENDER):
        assert word.encode() not in left
    assert server.subjects() == []


def test_each_mail_is_taken_once_by_however_many(store: Store, tmp_path: Path, server: MailServer):
    for number in range(4):
        server.deliver(mail(number))
    offices = [Office(store, tmp_path, server) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda office: office.fetch(4), offices))
    assert office_outcomes(offices[0]) == ["done"] * 4
    assert len(offices[0].told()) == 4
    assert len(server.subjects("Xong")) == 4
    again = Office(store, tmp_path, server)
    again.fetcher.turn()
    again.fetcher.close()
    assert len(again.told()) == 4


def office_outcomes(office: Office) -> list[str]:
    return sorted(office.outcomes())


def test_a_worker_that_died_half_way_leaves_nothing_double(
    store: Store, tmp_path: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch
):
    server.deliver(mail(1))
    office = Office(store, tmp_path, server)

    def dies(*args: Any, **rest: Any) -> None:  # its documents are sent in, but that is not noted any more
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr("service.incoming.book.Mails.note", dies)
        with pytest.raises(MemoryError):
            office.fetcher.turn()
    assert office.told() == []
    Office(store, tmp_path, server).fetch(1)
    assert office.outcomes() == ["done"]


def test_a_bad_mail_harms_only_itself(store: Store, tmp_path: Path, server: MailServer):
    server.deliver(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: ?\r\n")
    server.deliver(papers.mail("Lớn", ("a.txt", b"x" * 5000)))
    server.deliver(papers.mail("Hỏng", ("a.txt", b"!unreadable")))
    server.deliver(papers.mail("Lạ", ("a.txt", b"x"), sender="ai@la.example"))
    server.deliver(mail(1))
    senders = "@hailinh.example.vn"
    office = Office(store, tmp_path, server, max_bytes=4000, imap_senders=senders)
    told = office.fetch(5)
    assert [one.mail.trouble for one in reversed(told)] == ["sender", "large", "", "sender", ""]
    assert [[one.outcome for one in mail.documents] for mail in reversed(told)] == [
        [],
        [],
        ["failed"],
        [],
        ["done"],
    ]
    assert server.subjects("Xong") == ["CT 1"]


def test_what_crashes_again_and_again_is_given_up(store: Store, tmp_path: Path, server: MailServer):
    server.deliver(mail(1))
    office = Office(store, tmp_path, server)
    with Connection(office.fetcher._server) as link:  # as if three workers had died over it
        key = f"{office.fetcher._server.account}:{link.validity}:{link.waiting()[0]}"
    for _ in range(3):
        with store.begin() as work:
            work.ledger.enqueue("mail", [key])
            work.ledger.claim("mail", owner="dead", seconds=-1.0, key=key)
    office.fetcher.turn()
    office.fetcher._due = 0.0
    office.fetcher.turn()
    office.fetcher.close()
    [told] = office.told()
    assert told.mail.trouble == Trouble.CRASHED
    assert server.subjects() == []


def test_new_mail_is_told_without_a_look(store: Store, tmp_path: Path, server: MailServer):
    office = Office(store, tmp_path, server, imap_seconds=3600)
    office.fetcher.turn()
    server.deliver(papers.mail("Lời chào"))
    end = time.monotonic() + 60
    while not office.told():
        assert time.monotonic() < end
        office.fetcher.turn()
        time.sleep(0.1)
    office.fetcher.close()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"imap_password_file": Path("/no/such/file")}, Fault.LOGIN),
        ({"imap_password_file": Path("/")}, Fault.LOGIN),  # there, but none to be read
        ({"imap_ca_file": None}, Fault.TRUST),
        ({"imap_folder": "Không có"}, Fault.FOLDER),
        ({"imap_port": 1}, Fault.SILENT),
    ],
)
def test_what_is_wrong_with_the_folder_is_named(
    store: Store, tmp_path: Path, server: MailServer, change: dict[str, Any], fault: Fault
):
    office = Office(store, tmp_path, server, **change)
    with pytest.raises(Unreached) as caught:
        Connection(office.fetcher._server)
    assert caught.value.fault is fault
    assert office.fetcher.turn() is False


@pytest.mark.parametrize("way", ["none", "starttls", "tls"])
def test_each_way_of_encryption_leads_there(store: Store, tmp_path: Path, server: MailServer, way: str):
    port = server.secure if way == "tls" else server.port
    office = Office(store, tmp_path, server, imap_tls=way, imap_port=port)
    with Connection(office.fetcher._server) as link:
        assert link.waiting() == []


def test_nobody_takes_mail_who_may_not_send_in(
    store: Store, tmp_path: Path, server: MailServer, caplog: pytest.LogCaptureFixture
):
    server.deliver(mail(1))
    with store.begin() as work:
        work.people.add("so", "Sở", Role.UNIT)
    for login in ("", "so", "khong-co"):
        office = Office(store, tmp_path, server, imap_as=login)
        with caplog.at_level(logging.WARNING, "dondoc.incoming"):
            office.fetcher.turn()
        assert "NobodyTakes" in str(caplog.records[-1].__dict__)
    assert server.subjects() == ["CT 1"]

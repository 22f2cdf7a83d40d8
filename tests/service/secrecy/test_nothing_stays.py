"""Of what is refused as secret nothing stays: an office takes secret papers in by every door, then all that
it wrote is searched for their words, names and bytes; harmless papers that took the same ways are found."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import httpx
import papers
import pytest
from databases import kept_by, log_position
from listener import listening
from mailserver import MailServer, installed, mail_folder
from office_process import Office, core_limit, ended, sent
from traces import Search, Trace, files_below, pieces_of

from service.access.roles import Role

SECRET, OPEN = "Zưỡngkhậm", "Lúaxợnhương"  # words that nothing else has
TEMPORARY = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
LEAD = {"name": "Sở Y tế", "unit_id": "so-y-te:hung-yen"}


@dataclass
class Sealed:
    """The secret papers by name, and pieces of their bytes that their harmless twins have not."""

    contents: dict[str, bytes] = field(default_factory=dict)
    pieces: dict[str, bytes] = field(default_factory=dict)

    def add(self, name: str, secret: bytes, twin: bytes, within: bytes = b"") -> tuple[str, bytes]:
        """Notes a secret paper and its twin; `within` is what a file that holds it is."""
        self.contents[name] = within or secret
        self.pieces |= pieces_of(name, secret, twin)
        return name, within or secret

    def made(self, kind: str, name: str, mark: str = "MẬT", number: str = "12") -> tuple[str, bytes]:
        """A secret paper of a kind of papers.py."""
        make = getattr(papers, kind)
        return self.add(name, make(f"{SECRET}{kind}", mark, number), make(f"{OPEN}{kind}", "", number))


@pytest.mark.slow
def test_of_secret_papers_nothing_is_left_by_any_door(url: str, tmp_path: Path):
    began, since, sealed = time.time(), log_position(url), Sealed()
    with contextlib.ExitStack() as stack:
        letterbox = stack.enter_context(mail_folder()) if installed() else None
        told = letterbox.settings(failed_folder="Xem", seconds="1") if letterbox else {}
        env = {f"DONDOC_{name.upper()}": value for name, value in told.items()}
        office = Office(tmp_path / "office", url, env)
        with office.store.begin() as work:
            work.people.add("vanthu", "Văn thư", Role.CLERK)
        listener, server = stack.enter_context(listening()), stack.enter_context(office.serving())
        assert core_limit(server) == "0"
        _listen(office, listener.url)
        _by_api(office, sealed)
        _by_browser(office, sealed, tmp_path)
        _as_evidence(office, sealed)
        _as_former_book(office, sealed)
        _as_template(office, sealed)
        _by_batch(office, sealed, tmp_path / "kho")
        _by_watch(office, sealed, tmp_path / "den")
        _by_extract(office, sealed, tmp_path)
        if letterbox:
            _by_mail(office, sealed, letterbox)
        _looked_at(office)
    heard = {f"webhook {n}": body for n, (_, body) in enumerate(listener.got)}
    kept = files_below(office.root, tmp_path / "store") | kept_by(url, since, tmp_path / "backup")
    kept |= office.answers | heard | _left_in_temporary_places(began, tmp_path)
    office.close()
    assert Search(SECRET, sealed.pieces).everywhere(kept) == []
    _harmless_ones_are_found(kept, url)
    for name, content in sealed.contents.items():
        if not name.startswith("damaged"):
            assert sha256(content).hexdigest().encode() in kept["table refused"], name


@pytest.mark.slow
def test_what_a_killed_server_was_reading_is_gone_once_another_has_started(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'store' / 'dondoc.sqlite3'}"
    office, sealed = Office(tmp_path / "office", url), Sealed()
    name, content = sealed.made("scan", f"{SECRET}.png")
    search = Search(SECRET, sealed.pieces)
    with office.serving() as server:
        clerk = office.software("lan", Role.CLERK)
        [upload] = sent(clerk, (name, content))
        while clerk.get(upload["links"]["self"]).json()["state"] != "reading":
            time.sleep(0.05)
        server.send_signal(signal.SIGKILL)
        server.wait()
    assert search.everywhere(files_below(office.data))  # what cannot be helped while it waits
    with office.serving():
        assert ended(clerk, upload)["state"] == "refused"
    kept = files_below(office.root, tmp_path / "store") | kept_by(url, "", tmp_path / "backup")
    office.close()
    assert search.everywhere(kept) == []


# ---------------------------------------------------------------- the doors


def _listen(office: Office, url: str) -> None:
    boss = office.software("phanmem", Role.ADMINISTRATOR)
    events = ["document.read", "document.reviewed", "document.filed", "task.changed"]
    assert boss.post("/api/v1/webhooks", json={"url": url, "events": events}).status_code == 201


def _by_api(office: Office, sealed: Sealed) -> None:
    clerk = office.software("lan", Role.CLERK)
    whole = papers.docx(f"{SECRET}hong", "MẬT")
    damaged = sealed.add("damaged.docx", whole[: len(whole) * 2 // 3], papers.docx(f"{OPEN}hong"))
    annex = sealed.made("docx", f"{SECRET}-phu-luc.docx", "TỐI MẬT")
    inner = papers.docx(f"{SECRET}kem", "TUYỆT MẬT")
    carried = papers.package(SECRET, ("kem.docx", inner))
    package = sealed.add(f"{SECRET}.edxml", inner, papers.docx(f"{OPEN}kem"), carried)
    for files in ([sealed.made("text", f"{SECRET}.txt")], [package]):
        _refused(clerk, *sent(clerk, *files))
    [failed] = [ended(clerk, one) for one in sent(clerk, damaged)]
    assert (failed["state"], failed["outcome"]) == ("failed", "failed")
    bundle = sent(clerk, ("chi-thi.txt", papers.text(f"{SECRET}goi")), annex, bundle="true")
    _refused(clerk, *bundle)
    sealed.contents.pop(annex[0])  # known by the hash of the whole
    [done] = [ended(clerk, one) for one in sent(clerk, ("mo.docx", papers.docx(f"{OPEN}api", number="1")))]
    assert done["outcome"] == "done", done


def _by_browser(office: Office, sealed: Sealed, folder: Path) -> None:
    clerk = office.person("binh", Role.CLERK)
    old = sealed.add(
        f"{SECRET}.doc",
        papers.doc(folder, f"{SECRET}doc", "MẬT", "21"),
        papers.doc(folder, f"{OPEN}doc", "", "22"),
    )
    _refused(clerk, *sent(clerk, old, sealed.made("scan", f"{SECRET}.png", "TỐI MẬT")))
    open_one = ("quet.png", papers.scan(f"{OPEN}quet", number="2"))
    assert ended(clerk, sent(clerk, open_one)[0])["state"] == "done"


def _as_evidence(office: Office, sealed: Sealed) -> None:
    monitor = office.software("theodoi", Role.MONITOR)
    answer = monitor.post("/api/v1/duties", json={"text": f"Nghiệm thu {OPEN}", "lead": LEAD})
    duty = int(answer.json()["id"])
    health = office.software("yte", Role.UNIT, units=[LEAD["unit_id"]])

    def report(*files: tuple[str, bytes]) -> httpx.Response:
        step = {"revision": health.get(f"/api/v1/duties/{duty}").json()["revision"], "note": "xong"}
        address = f"/api/v1/duties/{duty}/steps/report/files"
        return health.post(
            address, data={"step": json.dumps(step)}, files=[("files", file) for file in files]
        )

    refused = report(sealed.made("docx", f"{SECRET}-bc.docx", number="31"))
    assert (refused.status_code, refused.json()["reason"]) == (422, "mat")
    assert report(("bao-cao.docx", papers.docx(f"{OPEN}baocao", number="32"))).status_code == 200
    person = office.person("yte2", Role.UNIT, units=[LEAD["unit_id"]])
    typed = {"seen": health.get(f"/api/v1/duties/{duty}").json()["revision"], "note": "xong"}
    file = sealed.made("pdf", f"{SECRET}-bc.pdf", "TUYỆT MẬT", "33")
    refused = person.post(f"/book/{duty}/steps/report/files", data=typed, files=[("files", file)])
    assert (refused.status_code, refused.json()["reason"]) == (422, "tuyet_mat")
    for name, content in list(office.answers.items()):  # whoever sent a file is told which of his it is
        if name.endswith("/files"):
            office.answers[name] = content.replace(SECRET.encode(), b"")


def _as_former_book(office: Office, sealed: Sealed) -> None:
    monitor = office.person("theodoi2", Role.MONITOR)
    name = f"{SECRET}-so.xlsx"
    secret = sealed.add(name, papers.workbook(SECRET, "TỐI MẬT"), papers.workbook(OPEN))
    assert monitor.post("/book/import/preview", files=[("files", secret)]).status_code == 422
    row = ["2", f"Kiểm kê {SECRET}", "17/CT", "14/01/2026", "Sở Y tế", None, "Mật"]
    mixed = papers.workbook(f"{OPEN}so", rows=[row])
    shown = monitor.post("/book/import/preview", files=[("files", ("so.xlsx", mixed))])
    hidden = r'type=\\"hidden\\" name=\\"(\w+)\\" value=\\"([^"\\]*)'
    typed = dict(re.findall(hidden, shown.text))
    made = monitor.post("/book/import", data=typed, files=[("files", ("so.xlsx", mixed))])
    assert "<b>1</b> nhiệm vụ đã vào sổ" in made.json()["html"]


def _as_template(office: Office, sealed: Sealed) -> None:
    boss = office.person("mau", Role.ADMINISTRATOR)
    file = sealed.made("docx", f"{SECRET}-mau.docx", "MẬT", "35")
    shown = boss.post("/letters/template", files=[("file", file)], headers={"hx-request": "true"})
    assert "tệp có dấu độ mật" in shown.text


def _by_batch(office: Office, sealed: Sealed, folder: Path) -> None:
    _laid(
        folder / f"kho {SECRET}",
        sealed.made("pdf", f"{SECRET}.pdf", number="41"),
        sealed.made("text", f"{SECRET}-2.txt", "TUYỆT MẬT", "42"),
    )
    _laid(folder / "kho", ("mo.pdf", papers.pdf(f"{OPEN}batch", number="3")))
    assert office.run("batch", str(folder)) == 0
    assert "refused_secret tuyet_mat" in office.told()


def _by_watch(office: Office, sealed: Sealed, folder: Path) -> None:
    inner = papers.docx(f"{SECRET}zip", "MẬT")
    archive = papers.zipped(**{f"{SECRET}.docx": inner})
    carried = papers.pdf(f"{SECRET}den", "MẬT", "52")
    package = papers.package(f"{SECRET}den", ("a.pdf", carried))
    _laid(
        folder,
        sealed.add(f"{SECRET}.zip", inner, papers.docx(f"{OPEN}zip"), archive),
        sealed.add(f"{SECRET}2.edxml", carried, papers.pdf(f"{OPEN}den"), package),
        ("mo.edxml", papers.package(f"{OPEN}den", ("a.docx", papers.docx(f"{OPEN}den", number="4")))),
    )
    watch = office.start("watch", str(folder), "--settle", "0.2", "--workers", "1")
    end = time.monotonic() + 120
    while office.told().count("refused_secret mat") < 3 or "mo.edxml: " not in office.told():
        assert time.monotonic() < end, office.told()
        time.sleep(0.2)
    watch.send_signal(signal.SIGTERM)
    assert watch.wait(60) == 0


def _by_extract(office: Office, sealed: Sealed, folder: Path) -> None:
    name, content = sealed.made("docx", "thu.docx", "MẬT", "61")
    (folder / name).write_bytes(content)
    assert office.run("extract", str(folder / name)) == 1
    sealed.contents.pop(name)  # keeps nothing, the hash neither


def _by_mail(office: Office, sealed: Sealed, letterbox: MailServer) -> None:
    inner = papers.mail(f"Chuyển {SECRET}", sealed.made("pdf", f"{SECRET}-thu.pdf", "TUYỆT MẬT", "71"))
    outer = papers.mail(f"Kính chuyển {SECRET}", sealed.made("docx", f"{SECRET}-thu.docx", "MẬT", "72"))
    outer.add_attachment(inner)
    letterbox.deliver(outer)
    letterbox.deliver(papers.mail("mở", ("mo.docx", papers.docx(f"{OPEN}thu", number="5"))))
    end = time.monotonic() + 120
    while letterbox.subjects("Xem") == [] or sum("Taken" in one for one in letterbox.flags()) < 1:
        assert time.monotonic() < end, letterbox.flags()
        time.sleep(0.2)
    assert office.run("mail") == 0
    for told in ("refused_secret tuyet_mat", "refused_secret mat", papers.SENDER):
        assert told in office.told(), told


def _looked_at(office: Office) -> None:
    """What people look at afterwards."""
    boss = office.person("sep", Role.ADMINISTRATOR, clearance=9)
    for place in (
        "/?review=all",
        "/tasks",
        "/book?view=all",
        "/audit",
        "/mails",
        "/budget",
        "/api/v1/documents",
        "/api/v1/duties",
    ):
        assert boss.get(place, headers={"accept": "text/html"}).status_code == 200, place


def _laid(folder: Path, *files: tuple[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, content in files:
        (folder / name).write_bytes(content)


def _refused(client: httpx.Client, *uploads: dict) -> None:
    for upload in uploads:
        end = ended(client, upload)
        assert (end["state"], end["outcome"]) == ("refused", "refused_secret"), end
        assert end["message"] in ("mat", "toi_mat", "tuyet_mat"), end


# ---------------------------------------------------------------- what is left


def _harmless_ones_are_found(kept: dict[str, bytes], url: str) -> None:
    found = Search(OPEN).everywhere(kept)
    backup = "backup pg_dump" if url.startswith("postgresql") else "backup backup"
    for where in (backup, "table documents", "table tasks", "table duties", "answer", "office/data/files"):
        assert any(where in trace.where for trace in found), where
    with_words = {
        _door(trace) for trace in found if "table documents" in trace.where or "files" in trace.where
    }
    for door in ("api", "baocao", "batch", "den"):
        assert any(door in words for words in with_words), (door, with_words)


def _door(trace: Trace) -> str:
    return trace.around.decode("utf-8", "replace")


def _left_in_temporary_places(since: float, own: Path) -> dict[str, bytes]:
    """Files outside the office's own temporary folder, written since then; the tests' own aside."""
    found = {}
    for path in _recent(since):
        if not any(part.startswith("pytest-of-") for part in path.parts):
            try:
                found[str(path)] = str(path).encode() + b"\n" + path.read_bytes()
            except OSError:
                continue
    return found


def _recent(since: float) -> Iterator[Path]:
    for root in TEMPORARY:
        for folder, _, names in os.walk(root):
            for name in names:
                path = Path(folder, name)
                try:
                    if path.is_file() and path.stat().st_mtime >= since and path.stat().st_size < 2**24:
                        yield path
                except OSError:
                    continue

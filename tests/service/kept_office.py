"""An office that keeps things: documents with their originals, decisions on their tasks, a signed audit."""

from __future__ import annotations

from pathlib import Path

from people import document, task, unit, user

from service.access.roles import Role
from service.audit.signing import sign
from service.bootstrap import open_store
from service.files import Files
from service.review.changes import Change, Kind
from service.settings import Settings
from service.store import FilePart


class Office:
    """A store with its data folder and `papers` documents, of each of which a task is decided on."""

    def __init__(self, url: str, folder: Path, papers: int = 3) -> None:
        self.settings = Settings(data_dir=folder, database_url=url)
        self.store = open_store(self.settings)
        self.files = Files(folder / "files")
        self.originals: dict[int, Path] = {}  # by document
        self.lan = user(self.store, "lan", Role.REVIEWER)
        for number in range(papers):
            self.decide(self.arrive(number))
        sign(self.store, self.settings.audit_key)

    def arrive(self, number: int) -> int:
        """A document comes in; its id."""
        content = f"Chỉ thị số {number}: giao Sở Y tế báo cáo".encode()
        sha256 = self.files.put(content)
        record = document(f"{number}", task("a", f"Báo cáo lần {number}", unit("Sở Y tế")))
        record["source"]["sha256"] = sha256
        with self.store.begin() as work:
            work.add(sha256, record, "done", [FilePart(sha256, f"Ten tep {number}.pdf", len(content))])
            found = work.shelf.id_of(sha256)
        assert found
        self.originals[found] = self.files.path(sha256)
        return found

    def decide(self, identifier: int) -> None:
        """Its task is approved."""
        with self.store.begin() as work:
            change = Change(identifier, "a", 1, {"status": "approved"})
            work.desk.apply(self.lan, Kind.ACCEPT, [change])

"""What lies in the mail folder, taken: each mail once, by whichever worker comes first.

The ledger says who has a mail in hand. What it carries becomes uploads of one request that the mail's place
and bytes name, so that a worker that died half-way left nothing double; it is settled when they have ended,
and only then moved or marked. Until then it lies there untouched.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.read.packet import group
from service.access.roles import Right
from service.access.viewer import Viewer
from service.incoming.book import TAKE, TIDY, Place
from service.incoming.message import Carried, NotTaken, Rules, Trouble, carried, sender_of
from service.incoming.server import Connection, Server, Unreached
from service.ledger import Lease, LeaseLost, State
from service.settings import Settings
from service.spool import Spool, wipe
from service.store import Store
from service.tables import Mail
from service.uploads.folders import Folders
from service.uploads.multipart import Bounds, SentFile
from service.uploads.receiving import Bundle, admitted

_HELD = 600.0  # seconds for taking one mail
_PAUSES = (10.0, 60.0, 300.0)  # seconds before a server that does not answer is tried again
_CODED = 1.5  # times that a mail may be larger than the files in it
_log = logging.getLogger("dondoc.incoming")


class NobodyTakes(Exception):  # noqa: N818 - says what is the case
    """The user in whose name mail is taken does not exist, is switched off or may not send documents in."""


@dataclass(frozen=True, slots=True)
class Tidying:
    """Where mails go that are done with, and those that somebody should look at; "" for nowhere: marked."""

    done: str = ""
    failed: str = ""


class Fetcher:
    """Looks into the folder for one process; does nothing where none is set."""

    def __init__(self, settings: Settings, store: Store, spool: Spool) -> None:
        self._server = server_of(settings)
        self._rules, self._tidying = (
            rules_of(settings),
            Tidying(settings.imap_done_folder, failed_of(settings)),
        )
        self._login, self._every = settings.imap_as, settings.imap_seconds
        self._attempts = settings.most_attempts
        self._store, self._spool = store, spool
        self._folders = Folders(settings.data_dir / "uploads")
        self._link: Connection | None = None
        self._due = 0.0
        self._failures = 0
        self._open = False  # whether something that was taken is still being read

    def turn(self) -> bool:
        """Looks, where there is reason to; never more to do at once."""
        if self._server is None:
            return False
        try:
            if self._open or time.monotonic() >= self._due or (self._link and self._link.stirred()):
                self._look(self._server)
                self._failures, self._due = 0, time.monotonic() + self._every
        except (Unreached, NobodyTakes) as error:
            _log.warning("mail cannot be fetched", extra={"why": str(error) or type(error).__name__})
            self.close()
            pause = _PAUSES[min(self._failures, len(_PAUSES) - 1)]
            self._failures, self._due, self._open = self._failures + 1, time.monotonic() + pause, False
        except BaseException:  # the server may be in the midst of a sentence
            self.close()
            raise
        return False

    def close(self) -> None:
        """Takes leave of the server."""
        if self._link:
            self._link.close()
            self._link = None

    # ------------------------------------------------------------ a look

    def _look(self, server: Server) -> None:
        viewer = self._viewer()
        if self._link is None:
            self._link = Connection(server)
        self._link.rise()
        places = [Place(server.account, self._link.validity, uid) for uid in self._link.waiting()]
        waiting = [place for place in places if self._one(self._link, viewer, place)]
        self._open = bool(waiting)
        self._link.rest()

    def _viewer(self) -> Viewer:
        with self._store.reading() as work:
            viewer = work.people.called(self._login)
        if viewer is None or not viewer.may(Right.UPLOAD):
            raise NobodyTakes
        return viewer

    def _one(self, link: Connection, viewer: Viewer, place: Place) -> bool:
        """Goes on with a mail; whether it is to be looked at again soon."""
        key = str(place)
        with self._store.reading() as work:
            entry, mail = work.ledger.find(TAKE, key), work.mails.find(place)
            tidied = work.ledger.find(TIDY, key)
            waits = mail is not None and not work.mails.ended(mail)
        if waits:
            return True
        if entry and entry.state in (State.DONE, State.FAILED):
            if not tidied or tidied.state is not State.DONE:
                self._tidy(link, place)
            return False
        with self._held(TAKE, place) as lease:
            if lease is None:
                return True
            with self._store.reading() as work:
                known = work.mails.find(place) is not None  # by another worker, a moment ago
            return not ((known or self._take(link, viewer, place)) and self._settled(link, lease, place))

    @contextlib.contextmanager
    def _held(self, kind: str, place: Place) -> Iterator[Lease | None]:
        """The right to go on with a mail, given back at the end; None where another worker has it."""
        key = str(place)
        with self._store.begin() as work:
            work.ledger.enqueue(kind, [key])
            lease = work.ledger.claim(
                kind, owner=self._spool.owner, seconds=_HELD, key=key, most_attempts=self._attempts
            )
            if lease is None and work.ledger.bury(kind, self._attempts, Trouble.CRASHED, key=key):
                _log.error("taking a mail broke off again and again", extra={"uid": place.uid})
        try:
            yield lease
        finally:
            if lease:
                with contextlib.suppress(LeaseLost), self._store.begin() as work:
                    work.ledger.defer(lease, 0.0)

    def _take(self, link: Connection, viewer: Viewer, place: Place) -> bool:
        """Takes what it carries; whether it is still there."""
        size = link.size(place.uid)
        if size is None:
            return False
        content, batch, trouble = b"", "", None
        if size > self._rules.bounds.all_bytes * _CODED:
            trouble = Trouble.LARGE
        else:
            content = link.content(place.uid) or b""
            try:
                batch = self._admit(viewer, place, content, carried(content, self._rules))
            except NotTaken as error:
                trouble = error.trouble
        key = sha256(content).hexdigest() if content else ""
        with self._store.begin() as work:
            work.mails.note(place, key, batch=batch, trouble=trouble)
        _log.info("mail taken", extra={"uid": place.uid, "sha256": key, "trouble": trouble or ""})
        return True

    def _admit(self, viewer: Viewer, place: Place, content: bytes, files: Sequence[Carried]) -> str:
        folder = self._spool.folder()
        try:
            request = f"{place}:{sha256(content).hexdigest()}"
            bundles = _bundles(files, folder)
            made = admitted(self._store, self._folders, viewer, bundles, request, mailbox=place.account)
        finally:
            wipe(folder)
        return made[0].batch

    def _settled(self, link: Connection, lease: Lease, place: Place) -> bool:
        """Ends a mail whose documents have all been read; whether they have."""
        with self._store.reading() as work:
            mail = work.mails.find(place)
            if mail is None or not work.mails.ended(mail):
                return False
        sender = sender_of(link.sender(place.uid))
        with self._store.begin() as work:
            work.mails.settle(mail, sender)
            work.ledger.complete(lease, mail.trouble or "taken")
        self._tidy(link, place)
        return True

    def _tidy(self, link: Connection, place: Place) -> None:
        """Moves or marks it, by one worker: moved by two at a time it would lie there twice."""
        with self._held(TIDY, place) as lease:
            if lease:
                self._put_away(link, place)
                with self._store.begin() as work:
                    work.ledger.complete(lease, "tidied")

    def _put_away(self, link: Connection, place: Place) -> None:
        with self._store.begin() as work:
            mail: Mail | None = work.mails.find(place)
            if mail is None:
                work.mails.note(place, "", trouble=Trouble.CRASHED)
            wrong = mail is None or work.mails.went_wrong(mail)
        target = self._tidying.failed if wrong else self._tidying.done
        if target and link.moves:
            with contextlib.suppress(Unreached):
                link.move(place.uid, target)
                return
        link.mark(place.uid)


def _bundles(files: Sequence[Carried], folder: Path) -> list[Bundle]:
    """The documents that files are: an annex goes with the directive that its name names, as in a folder."""
    sent: dict[Path, SentFile] = {}
    for number, one in enumerate(files):
        path = folder / str(number)
        path.write_bytes(one.content)
        name = one.name if Path(one.name) not in sent else f"{number}-{one.name}"
        sent[Path(name)] = SentFile(path, one.name, sha256(one.content).hexdigest(), len(one.content))
    return [[sent[path] for path in packet.paths] for packet in group(list(sent))]


# ---------------------------------------------------------------- settings


def server_of(settings: Settings) -> Server | None:
    """Where mail comes in; None where no server is set."""
    if not settings.imap_host:
        return None
    return Server(
        settings.imap_host,
        settings.imap_port,
        settings.imap_user,
        settings.imap_tls,
        settings.imap_folder,
        settings.imap_password_file,
        settings.imap_ca_file,
    )


def rules_of(settings: Settings) -> Rules:
    """What is taken of a mail."""
    senders = frozenset(one.strip().lower() for one in settings.imap_senders.split(",") if one.strip())
    bounds = Bounds(settings.max_bytes, settings.max_upload_files, settings.max_upload_bytes)
    return Rules(bounds, senders, settings.imap_text)


def failed_of(settings: Settings) -> str:
    """Where mails go that somebody should look at."""
    return settings.imap_failed_folder or settings.imap_done_folder

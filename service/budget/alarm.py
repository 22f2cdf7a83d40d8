"""The administrators' mail when it stops by itself: one a stop, tried again until the mail server took it."""

from __future__ import annotations

import datetime as dt
import logging
from email.header import Header
from email.message import Message
from email.mime.text import MIMEText
from zoneinfo import ZoneInfo

from service.budget.words import STANDINGS
from service.settings import Settings
from service.store import Store
from service.tables import BudgetStop
from service.urging.smtp import send
from service.urging.urger import mail_server_of

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_log = logging.getLogger("dondoc.budget")


class Alarm:
    """A chore; without a mail server or an address it does nothing."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._server = mail_server_of(settings)
        self._to = settings.alert_mail
        self._url = settings.public_url
        self._store = store

    def turn(self) -> bool:
        """Tries the next mail that is due; whether there was one."""
        if self._server is None or not self._to:
            return False
        with self._store.reading() as work:
            if not work.budget.stops.waiting():
                return False
        with self._store.begin() as work:
            stop = work.budget.stops.claim()
        if stop is None:
            return False
        fault = send(self._server, mail(stop, self._to, self._server.sender, self._url))
        if fault is not None:
            _log.warning("mail did not go out", extra={"stop": stop.id, "why": fault.value})
        with self._store.begin() as work:
            work.budget.stops.settle(stop, fault)
        return True


def mail(stop: BudgetStop, to: str, sender: str, url: str) -> Message:
    """What administrators read; `url` is where the product is opened, "" where that is not known."""
    at = dt.datetime.fromtimestamp(stop.at, _ZONE)
    lines = [
        "Phần mềm đã tự ngừng nhận nhiệm vụ không qua người xem.",
        STANDINGS.get(stop.why, stop.why),
        f"Lúc: {at:%d/%m/%Y %H:%M}",
        "",
        "Từ lúc ấy mọi nhiệm vụ mới chờ người rà soát như thường lệ; điều đã nhận vẫn giữ nguyên.",
    ]
    if url:
        lines.append(f"Xem số liệu, bật lại hoặc tắt: {url.rstrip('/')}/budget")
    lines.append("Thư này do phần mềm gửi một lần cho mỗi lần dừng; xin không trả lời thư này.")
    made = MIMEText("\n".join(lines) + "\n", "plain", "utf-8")
    subject = f"[đôn đốc] Tự nhận nhiệm vụ đã dừng ({at:%d/%m/%Y})"
    made["Subject"] = Header(subject, "utf-8", header_name="Subject").encode()
    made["From"] = sender
    made["To"] = to
    made["Message-ID"] = f"<dondoc-budget-{stop.id}@{sender.rpartition('@')[2].strip('>')}>"
    made["Auto-Submitted"] = "auto-generated"
    return made

"""A digest's items in, its mail out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from email.header import Header
from email.message import Message
from email.mime.text import MIMEText

from service.urging.causes import Kind
from service.urging.mailbox import Item, Post
from service.urging.words import REMINDER_HEADINGS

_MOST_WORDS = 400  # characters of a duty's text
_MOST_ITEMS = 100  # of one heading; after an archive was taken in there may be thousands


def message(post: Post, items: Sequence[Item], sender: str, url: str) -> Message:
    """The mail to a unit, grouped by why it is reminded; `url` is where the product is opened, "" where that
    is not known."""
    made = MIMEText(_body(post, items, url), "plain", "utf-8")
    made["Subject"] = Header(_subject(post, items), "utf-8", header_name="Subject").encode()
    made["From"] = sender
    made["To"] = post.address
    made["Message-ID"] = f"<dondoc-{post.digest}-{post.day:%Y%m%d}@{sender.rpartition('@')[2].strip('>')}>"
    made["Auto-Submitted"] = "auto-generated"
    return made


def _subject(post: Post, items: Sequence[Item]) -> str:
    counted = [(kind, sum(one.kind == kind for one in items)) for kind in _ORDER]
    told = ", ".join(f"{count} {REMINDER_HEADINGS[kind].lower()}" for kind, count in counted if count)
    return " ".join(f"[đôn đốc] {post.unit}: {told} ({post.day:%d/%m/%Y})".split())


_ORDER = (Kind.OVERDUE.value, Kind.BEFORE.value, Kind.UNDATED.value)


def _body(post: Post, items: Sequence[Item], url: str) -> str:
    lines = [f"Kính gửi {post.unit},", ""]
    for kind in _ORDER:
        mine = [one for one in items if one.kind == kind]
        if mine:
            lines += [f"{REMINDER_HEADINGS[kind]}:"]
            shown = enumerate(mine[:_MOST_ITEMS], 1)
            lines += [line for n, one in shown for line in _item(n, one, post.day, url)]
            if (left := len(mine) - _MOST_ITEMS) > 0:
                lines.append(f"  … và {left} nhiệm vụ khác, xem trong phần mềm.")
            lines.append("")
    lines.append("Đề nghị đơn vị thực hiện và cập nhật tiến độ trong phần mềm theo dõi nhiệm vụ.")
    if url:
        lines.append(f"Sổ theo dõi: {url.rstrip('/')}/book")
    lines.append("Thư này do phần mềm gửi mỗi ngày một lần khi có việc cần nhắc; xin không trả lời thư này.")
    return "\n".join(lines) + "\n"


def _item(number: int, one: Item, day: dt.date, url: str) -> list[str]:
    text = one.text or "(nhiệm vụ chỉ xem nội dung trong phần mềm)"
    cut = text if len(text) <= _MOST_WORDS else text[: _MOST_WORDS - 1] + "…"
    told = [f"  {number}. {cut}"]
    facts = [f"theo {one.document}"] if one.document else []
    if one.due_on:
        facts.append(f"hạn {one.due_on:%d/%m/%Y}")
        late = (day - one.due_on).days
        facts.append(f"quá hạn {late} ngày" if late > 0 else f"còn {-late} ngày")
    if facts:
        told.append(f"     {', '.join(facts)}")
    if url:
        told.append(f"     {url.rstrip('/')}/book/{one.duty}")
    return told

"""What a person typed for a step of a duty in, what the step is given out; what is not understood comes back
as words for him."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pipeline.text import nfc
from service.offered import chosen
from service.review.forms import NotUnderstood, deadline_from
from service.tracking.life import Approval, Given, Lead, Rule
from service.tracking.naming import Meant, as_typed
from service.tracking.parts import Part

_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")


class WrongForm(ValueError):  # noqa: N818 - says what is wrong
    """A field cannot be used; the message says so in Vietnamese, `field` where."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Typed:
    """A step's form as it came; fields that the step does not take are left out of account."""

    note: str = ""
    due: str = ""
    text: str = ""
    lead: str = ""
    percent: str = ""
    done_on: str = ""
    approval_number: str = ""
    approval_on: str = ""


def given_from(
    typed: Typed, rule: Rule, counts_from: dt.date, meant: Meant = as_typed, *, files: int = 0
) -> Given:
    """What the step is given; a deadline counts from `counts_from`, as one in a document of that day would.
    Raises `WrongForm`."""
    wanted = {*rule.needs, *rule.may}
    return Given(
        note=_line(typed.note) if "note" in wanted else "",
        due=due_from(typed.due, counts_from) if "due" in wanted else None,
        text=_line(typed.text) if "text" in wanted else "",
        lead=meant(lead_from(typed.lead)) if "lead" in wanted and typed.lead.strip() else None,
        percent=_percent(typed.percent) if "percent" in wanted else None,
        done_on=day_from(typed.done_on, "done_on") if "done_on" in wanted else None,
        approval=_approval(typed) if "approval" in wanted else None,
        files=files if "files" in wanted else 0,
    )


def due_from(typed: str, counts_from: dt.date) -> dt.date | None:
    """The day that a typed deadline sets ("trong quý III", "31/3"); None for an empty one."""
    found = term_from(typed, counts_from)
    if found and not found["date"]:
        raise _no_day(typed)
    return dt.date.fromisoformat(found["date"]) if found else None


def term_from(typed: str, counts_from: dt.date) -> dict[str, Any]:
    """A typed deadline in the record's form, with a day or the rule by which it comes back ("ngày 25 hằng
    tháng"); empty for an empty one."""
    if not typed.strip():
        return {}
    try:
        found = deadline_from(typed, counts_from)
    except NotUnderstood as error:
        raise WrongForm(str(error), "due") from None
    if not found or not (found["date"] or found["rrule"]):
        raise _no_day(typed)
    return found


def _no_day(typed: str) -> WrongForm:
    return WrongForm(f"“{typed.strip()}” không cho một ngày cụ thể.", "due")


def day_from(typed: str, field: str) -> dt.date | None:
    """A day as people or browsers write it; None for an empty one."""
    if not typed.strip():
        return None
    for form in _DAYS:
        try:
            return dt.datetime.strptime(typed.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise WrongForm(f"“{typed.strip()}” không phải là ngày, hãy viết như 31/12/2026.", field)


def lead_from(typed: str) -> Lead:
    """A unit as the list offers it, "Sở Y tế (so-y-te:hung-yen)", or a name that the register lacks."""
    return Lead(*chosen(_line(typed)))


def parts_from(typed: str, counts_from: dt.date, meant: Meant = as_typed) -> list[Part]:
    """A unit a line, "Sở Y tế | 15/6": what each is to do by when; raises `WrongForm`."""
    found = []
    for line in filter(str.strip, typed.splitlines()):
        name, _, due = line.partition("|")
        lead = lead_from(name)
        if not lead.name:
            raise WrongForm(f"Dòng “{line.strip()}” không có đơn vị.", "parts")
        found.append(Part(meant(lead), due_on=due_from(due, counts_from)))
    if not found:
        raise WrongForm("Hãy ghi ít nhất một đơn vị.", "parts")
    return found


def _percent(typed: str) -> int | None:
    plain = typed.strip().removesuffix("%").strip()
    if not plain:
        return None
    if not plain.isdecimal() or int(plain) > 100:
        raise WrongForm("Tỷ lệ là một số từ 0 đến 100.", "percent")
    return int(plain)


def _approval(typed: Typed) -> Approval | None:
    number, day = _line(typed.approval_number), day_from(typed.approval_on, "approval_on")
    if not number and day is None:
        return None
    if not number or day is None:
        raise WrongForm("Văn bản cho phép cần cả số, ký hiệu và ngày.", "approval_number")
    return Approval(number, day)


def _line(typed: str) -> str:
    return " ".join(nfc(typed).split())

"""Inspections, findings and measures as the API shows them, and what clients may say of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from service.api.duty_forms import Line, Note, UnitNamed
from service.api.forms import BIGGEST, Form, Seen, Text
from service.api.naming import leads_of
from service.checking.course import State
from service.checking.plan import Conclusion, Plan
from service.checking.vocabulary import CONTENTS, INSPECTION_KINDS, MEASURES, RESULTS
from service.tracking.naming import Meant

Day = Annotated[dt.date, Field(strict=False)]
Id = Annotated[int, Field(ge=1, le=2**53)]


def _among(keys: Mapping[str, str]) -> AfterValidator:
    """That a value is one of the keys of a list of words."""

    def checked(value: str) -> str:
        if value not in keys:
            raise ValueError(f"not one of {', '.join(keys)}")
        return value

    return AfterValidator(checked)


def _listed(keys: Mapping[str, str]) -> Any:
    return Field(json_schema_extra={"enum": [*keys]})


Kind = Annotated[str, _among(INSPECTION_KINDS), _listed(INSPECTION_KINDS)]
Content = Annotated[str, _among(CONTENTS), _listed(CONTENTS)]
Result = Annotated[str, _among(RESULTS), _listed(RESULTS)]
Against = Annotated[str, _among(MEASURES), _listed(MEASURES)]
Found = Annotated[dict[Content, Note], Field(max_length=20, description="Words, by content.")]
_PLAN: dict[str, Any] = {
    "kind": "plan",
    "title": "Kiểm tra việc thực hiện nhiệm vụ quý I",
    "ground_number": "15/KH-UBND",
    "ground_on": "2026-01-12",
    "period_begin": "2026-01-01",
    "period_end": "2026-03-31",
    "begins_on": "2026-04-06",
    "ends_on": "2026-04-08",
    "units": [{"name": "Sở Y tế", "unit_id": "so-y-te:hung-yen"}],
    "contents": ["progress", "reporting"],
    "members": "Trưởng đoàn: Phó Chánh Văn phòng",
}
_CONCLUSION: dict[str, Any] = {
    "nature": "Chậm báo cáo",
    "degree": "Hai trong tám nhiệm vụ",
    "cause": "Chưa phân công người theo dõi",
    "responsibility": "Giám đốc Sở",
}
_SHOWN: dict[str, Any] = _PLAN | _CONCLUSION
_SHOWN |= {"id": 3, "ground": "", "state": "concluded", "concluded_number": "21/TB-VP"}
_SHOWN |= {"concluded_on": "2026-04-10", "ended_note": "", "revision": 6}
_SHOWN |= {"counts": {"rightly": 6, "wrongly": 2}}
_FINDING: dict[str, Any] = {
    "duty": 7,
    "result": "wrongly",
    "found": {"reporting": "Báo cáo chậm 12 ngày"},
    "note": "Cần làm lại",
    "found_on": "2026-04-07",
    "lead": "Sở Y tế",
    "snapshot": {"life": "done", "bucket": "late", "due_on": "2026-03-03", "done_on": "2026-03-04"},
    "revision": 1,
}
_MEASURE: dict[str, Any] = {
    "id": 2,
    "duty": 7,
    "unit": "Sở Y tế",
    "unit_key": "so-y-te:hung-yen",
    "kind": "reminder",
    "on": "2026-04-10",
    "document_number": "30/VP-TH",
    "note": "Nhắc nhở vì báo cáo chậm",
    "reply_by": None,
    "settled_on": None,
    "settled_note": "",
    "withdrawn": False,
    "withdrawn_note": "",
}


class PlanForm(Form):
    """A plan; it rests on a document (`ground_number`, `ground_on`) or on words (`ground`)."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PLAN]})

    kind: Kind
    title: Annotated[Text, Field(min_length=1, max_length=300)]
    begins_on: Day
    ends_on: Day
    units: Annotated[list[UnitNamed], Field(min_length=1, max_length=200)]
    contents: Annotated[list[Content], Field(min_length=1, max_length=20)]
    ground_number: Line = ""
    ground_on: Day | None = None
    ground: Note = ""
    period_begin: Day | None = None
    period_end: Day | None = None
    members: Note = ""

    def plan(self, meant: Meant) -> Plan:
        """As the desk has it; `meant` looks its units up."""
        plain = self.model_dump(exclude={"units", "contents", "revision"})
        found = leads_of(meant, {f"units/{place}": one for place, one in enumerate(self.units)})
        return Plan(**plain, units=tuple(found.values()), contents=tuple(self.contents))


class PlanChanged(PlanForm):
    """The whole plan as it is to be."""

    revision: Seen


class MoveForm(Form):
    """What is said with a step; `revision` is the inspection's that you looked at."""

    revision: Seen
    note: Note = ""


class DutiesForm(Form):
    """Duties that are taken into an inspection."""

    duties: Annotated[list[Id], Field(min_length=1, max_length=500)]


class DraftForm(Form):
    """What the conclusion is going to say."""

    revision: Seen
    nature: Note = ""
    degree: Note = ""
    cause: Note = ""
    responsibility: Note = ""

    @property
    def conclusion(self) -> Conclusion:
        """As the desk has it."""
        return Conclusion(**self.model_dump(exclude={"revision"}))


class ConcludeForm(DraftForm):
    """The conclusion, with number and day of the notice that states it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [_CONCLUSION | {"revision": 5, "number": "21/TB-VP", "on": "2026-04-10"}]
        }
    )

    number: Line
    on: Day


class FindingForm(Form):
    """What was found of a duty; `revision` is the finding's, 0 for the first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"revision": 0, "result": "wrongly", "note": "Báo cáo chậm"}]}
    )

    revision: Annotated[int, Field(ge=0, le=BIGGEST)]
    result: Result
    found: Annotated[
        dict[Content, Note], Field(max_length=20, description="Words by content of the inspection.")
    ] = Field(default_factory=dict)
    note: Note = ""


class NoteForm(Form):
    """Words that go along."""

    note: Note = ""


class FollowUpForm(Form):
    """A duty that a conclusion asks for; `of` is the inspected duty that it puts right."""

    text: Annotated[Text, Field(min_length=1, max_length=4000)]
    lead: UnitNamed
    due: Day | None = None
    of: Id | None = None


class MeasureForm(Form):
    """A measure; what is left out is today, the duty's lead, no document. `inspection` is the one that found
    it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kind": "reminder", "note": "Nhắc nhở vì báo cáo chậm"}]}
    )

    kind: Against
    note: Note = ""
    on: Day | None = None
    document_number: Line = ""
    unit: UnitNamed | None = None
    reply_by: Day | None = None
    inspection: Id | None = None


class SettleForm(Form):
    """What the unit answered, and when (today where it is left out)."""

    note: Note
    on: Day | None = None


class InspectionShown(BaseModel):
    """An inspection; `counts` are the duties of it that you see, by result ("" for those without one)."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SHOWN]})

    id: int
    kind: str
    title: str
    state: State
    ground_number: str
    ground_on: dt.date | None
    ground: str
    period_begin: dt.date | None
    period_end: dt.date | None
    begins_on: dt.date
    ends_on: dt.date
    units: list[dict[str, Any]]
    contents: list[str]
    members: str
    nature: str
    degree: str
    cause: str
    responsibility: str
    concluded_number: str
    concluded_on: dt.date | None
    ended_note: str
    revision: int
    counts: dict[str, int]


class InspectionOpened(InspectionShown):
    """The same with what you may do, and the duties that follow from it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [_SHOWN | {"actions": ["follow_up", "close"], "follow_ups": [9]}]}
    )

    actions: list[str]
    follow_ups: list[int]


class InspectionPage(BaseModel):
    """A page of inspections, newest first; `next` leads to the following one."""

    items: list[InspectionShown]
    next: str | None = None


class FindingShown(BaseModel):
    """What was found of a duty; `result` is "" until something is; `snapshot` is how it stood that day."""

    model_config = ConfigDict(json_schema_extra={"examples": [_FINDING]})

    duty: int
    result: str
    found: dict[str, str]
    note: str
    found_on: dt.date | None
    lead: str
    snapshot: dict[str, Any]
    revision: int


class MeasureShown(BaseModel):
    """A measure against a unit for a duty."""

    model_config = ConfigDict(json_schema_extra={"examples": [_MEASURE]})

    id: int
    duty: int
    unit: str
    unit_key: str
    kind: str
    on: dt.date
    document_number: str
    note: str
    reply_by: dt.date | None
    settled_on: dt.date | None
    settled_note: str
    withdrawn: bool
    withdrawn_note: str

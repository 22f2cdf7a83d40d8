"""What clients may say of tasks, as strict forms: nothing unknown, everything bounded."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from pipeline.labels import FIELDS, NATURES
from pipeline.text import nfc
from pipeline.types import DeadlineKind

BIGGEST = 2**31 - 1


def _storable(text: str) -> str:
    """NFC, without what no database holds."""
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("holds a character that cannot be kept")
    return nfc(text)


Text = Annotated[str, AfterValidator(_storable)]
Coordinate = Annotated[float, Field(ge=-100_000, le=100_000, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=BIGGEST)]
Seen = Annotated[int, Field(ge=1, le=BIGGEST, description="The task's `revision` that you looked at.")]
TaskName = Annotated[Text, Field(min_length=1, max_length=100)]


class Form(BaseModel):
    """Takes nothing that it does not know, and no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Place(Form):
    """Where a value stands: page, box in points from the page's top left, range of the record's text."""

    page: Annotated[int, Field(ge=1, le=100_000)]
    box: Annotated[list[Coordinate], Field(min_length=4, max_length=4)]
    start: Count
    end: Count


Places = Annotated[list[Place], Field(max_length=200)]


class UnitForm(Form):
    """A unit; `unit_id` names it in the register."""

    name: Annotated[Text, Field(min_length=1, max_length=500)]
    unit_id: Annotated[Text, Field(max_length=200)] | None = None
    evidence: Places = Field(default_factory=list)


class DeadlineForm(Form):
    """A deadline; the text that it comes from belongs to it."""

    kind: Literal["date", "recurring", "relative", "event", "ongoing", "none"]
    date: Annotated[dt.date, Field(strict=False)] | None = None
    time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    rrule: Annotated[Text, Field(max_length=300)] | None = None
    text: Annotated[Text, Field(max_length=1000)] | None = None
    trigger: Annotated[Text, Field(max_length=1000)] | None = None
    evidence: Places = Field(default_factory=list)


assert {kind.value for kind in DeadlineKind} == set(DeadlineForm.model_fields["kind"].annotation.__args__)  # type: ignore[union-attr]

Units = Annotated[list[UnitForm], Field(max_length=200)]


class ValuesForm(Form):
    """The values that change; what is left out stays as it is."""

    text: Annotated[Text, Field(min_length=1, max_length=20_000)] | None = None
    leads: Units | None = None
    cooperators: Units | None = None
    deadline: DeadlineForm | None = None
    output: Annotated[Text, Field(max_length=5000)] | None = None
    nature: Annotated[str, Field(json_schema_extra={"enum": [*NATURES]})] | None = None
    field: Annotated[str, Field(json_schema_extra={"enum": [*FIELDS]})] | None = None
    evidence: Places | None = None

    def values(self) -> dict[str, Any]:
        """As the desk takes them."""
        given = self.model_dump(mode="json", exclude_unset=True)
        for role in ("leads", "cooperators"):
            if role in given:
                given[role] = [_unit(unit) for unit in given[role] or ()]
        if given.get("deadline"):
            given["deadline"] |= {"inherited": False, "rule": "", "words": "", "flags": []}
        for name, keys in (("nature", NATURES), ("field", FIELDS)):
            if name in given and given[name] not in keys:
                raise ValueError(name)
        for name in ("text", "nature", "field"):
            if name in given and given[name] is None:
                raise ValueError(name)
        if given.get("evidence", ()) is None:
            given["evidence"] = []
        return given


class NewTaskForm(ValuesForm):
    """A whole task."""

    text: Annotated[Text, Field(min_length=1, max_length=20_000)]
    path: Annotated[Text, Field(max_length=500)] = ""
    nature: Annotated[str, Field(json_schema_extra={"enum": [*NATURES]})] = "carry_out"
    field: Annotated[str, Field(json_schema_extra={"enum": [*FIELDS]})] = "other"

    def values(self) -> dict[str, Any]:
        """The same, with everything a task has."""
        return {"nature": self.nature, "field": self.field, "path": self.path} | super().values()


def _unit(unit: dict[str, Any]) -> dict[str, Any]:
    return unit | {"text": unit["name"], "inherited": False}

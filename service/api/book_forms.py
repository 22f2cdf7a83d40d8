"""An office's former book as clients send it and are answered: what was asked, what each row was read as."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, Json

from service.api.forms import Text
from service.importing.columns import ROLES
from service.importing.reading import Preview
from service.importing.rows import Read
from service.tracking.life import Lead

Columns = dict[Annotated[str, Field(pattern=f"^({'|'.join(ROLES)})$")], Annotated[int, Field(ge=0, le=200)]]


class ImportForm(BaseModel):
    """The fields beside the workbook."""

    model_config = ConfigDict(extra="forbid")

    issuer: Annotated[Text, Field(max_length=300)] = ""
    sheet: Annotated[Text, Field(max_length=100)] = ""
    columns: Json[Columns] = Field(default_factory=dict)
    dry_run: Literal["true", "false"] = "true"
    agreed: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")] = ""

    @property
    def enters(self) -> bool:
        """Whether the rows are to be entered."""
        return self.dry_run == "false"


REQUEST: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "string",
                            "format": "binary",
                            "description": "The workbook (.xlsx).",
                        },
                        "issuer": {
                            "type": "string",
                            "maxLength": 300,
                            "description": "Whose book it is: which province's bodies are meant.",
                        },
                        "sheet": {
                            "type": "string",
                            "maxLength": 100,
                            "description": "The sheet; the likeliest where it is left out.",
                        },
                        "columns": {
                            "type": "string",
                            "description": "Which column holds what, as JSON, counted from 0; found by their "
                            f"headings where it is left out. Of: {', '.join(ROLES)}.",
                        },
                        "dry_run": {
                            "type": "string",
                            "enum": ["true", "false"],
                            "default": "true",
                            "description": "Whether the rows are only shown.",
                        },
                        "agreed": {
                            "type": "string",
                            "pattern": "^[0-9a-f]{64}$",
                            "description": "To enter: the `sha256` of the workbook that was shown.",
                        },
                    },
                },
                "example": {
                    "files": "so-theo-doi.xlsx",
                    "issuer": "UBND tỉnh Hưng Yên",
                    "columns": '{"text": 1, "lead": 4, "due": 6}',
                    "dry_run": "true",
                },
            }
        },
    }
}


class ColumnShown(BaseModel):
    """A column that was taken for something; `likeness` of 100 where it was found by its heading."""

    column: int
    heading: str = Field(examples=["Nội dung nhiệm vụ"])
    likeness: float | None = Field(examples=[100])


class RowUnit(BaseModel):
    """A unit as the row names it; `unit_id` where the register has it."""

    name: str = Field(examples=["Sở Y tế"])
    unit_id: str | None = Field(examples=["so-y-te:hung-yen"])


class RowDuty(BaseModel):
    """The duty that a row says."""

    text: str = Field(examples=["Rà soát các trạm y tế xã"])
    leads: list[RowUnit]
    cooperators: list[RowUnit]
    due_on: dt.date | None
    deadline: str = Field(description="The deadline's own words.", examples=["trong quý II"])
    assigned_on: dt.date
    document_number: str = Field(examples=["15/CT-UBND"])
    document_on: dt.date | None
    issuer: str
    output: str
    note: str


class RowShown(BaseModel):
    """A row as understood; `duty` is null where it cannot be read, `cause` says why. `there` is the duty that
    an earlier import made of it, `told` what you should know of it."""

    number: int = Field(description="As the sheet shows it.", examples=[6])
    duty: RowDuty | None
    life: str = Field(examples=["done"])
    done_on: dt.date | None
    result: str
    group: str
    there: int | None
    cause: str | None = Field(examples=["không đọc được thời hạn “xem sổ tay”"])
    told: list[str]


class ImportShown(BaseModel):
    """What an import does, or has done (`entered`: the ids of the new duties)."""

    dry_run: bool
    sha256: str
    sheets: list[str]
    sheet: str
    columns: dict[str, ColumnShown]
    missing: list[str] = Field(description="What no column was found for, and every row needs.")
    new: int = Field(description="Rows that would be entered, or were.")
    there: int = Field(description="Rows that were entered before.")
    unread: int
    rows: list[RowShown]
    entered: list[int]


def import_shown(found: Preview, entered: Sequence[int] | None) -> ImportShown:
    """A preview as the API shows it; `entered` is None where nothing was to be."""
    return ImportShown(
        dry_run=entered is None,
        sha256=found.sha256,
        sheets=list(found.sheets),
        sheet=found.sheet,
        columns={
            role: ColumnShown(
                column=column, heading=found.headings[column], likeness=found.likeness.get(role)
            )
            for role, column in found.columns.items()
        },
        missing=found.missing,
        new=len(found.new),
        there=found.there,
        unread=len(found.unread),
        rows=[_row(one, found) for one in found.rows],
        entered=list(entered or ()),
    )


def _row(one: Read, found: Preview) -> RowShown:
    return RowShown(
        number=one.number,
        duty=_duty(one),
        life=one.life.value,
        done_on=one.done_on,
        result=one.result,
        group=one.group,
        there=found.known.get(one.identity),
        cause=str(one.cause) if one.cause else None,
        told=[str(remark) for remark in one.told],
    )


def _duty(one: Read) -> RowDuty | None:
    duty = one.duty
    if duty is None:
        return None
    alike = ("text", "due_on", "assigned_on", "document_number", "document_on", "issuer", "output", "note")
    return RowDuty(
        leads=_units(duty.leads),
        cooperators=_units(duty.cooperators),
        deadline=str(duty.deadline.get("text") or ""),
        **{name: getattr(duty, name) for name in alike},
    )


def _units(units: Sequence[Lead]) -> list[RowUnit]:
    return [RowUnit(name=one.name, unit_id=one.id or None) for one in units]

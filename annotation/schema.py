"""The form of a label file (gold), checked by pydantic: what a clerk would enter for one document.

In: the JSON of a label file. Out: a frozen `Label`. Unknown fields are refused, so that a slip of
the pen in a label does not pass as an unlabelled field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from pipeline.labels import FIELDS, NATURES
from pipeline.types import DeadlineKind, DocumentType, Secrecy, Urgency


def _one_of(known: Mapping[str, str]) -> AfterValidator:
    """Refuses what is none of the keys of a closed set."""

    def checked(value: str) -> str:
        if value not in known:
            raise ValueError(f"none of {', '.join(known)}")
        return value

    return AfterValidator(checked)


Nature = Annotated[str, _one_of(NATURES)]
StateField = Annotated[str, _one_of(FIELDS)]
Expected = Literal["done", "no_tasks", "refused_secret"]
HeaderField = Literal["number", "issued_on", "issuer", "type", "subject", "signer"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DeadlineLabel(_Frozen):
    """The words that set a deadline and their value; `date` only for kind date, `rrule` only for
    kind recurring (null where the words fix no rule)."""

    text: str | None = None
    kind: DeadlineKind = DeadlineKind.NONE
    date: dt.date | None = None
    rrule: str | None = None
    time: dt.time | None = None

    @field_validator("rrule")
    @classmethod
    def _is_a_rule(cls, rrule: str | None) -> str | None:
        from dateutil.rrule import rrulestr

        if rrule is not None:
            rrulestr(rrule, dtstart=dt.datetime(2020, 1, 1))  # noqa: DTZ001 - rules know no zone
        return rrule

    @model_validator(mode="after")
    def _values_fit_the_kind(self) -> Self:
        if (self.date is not None) != (self.kind is DeadlineKind.DATE):
            raise ValueError("a date belongs to kind date, and only there")
        if self.rrule is not None and self.kind is not DeadlineKind.RECURRING:
            raise ValueError("a rule belongs to kind recurring")
        if self.time is not None and self.date is None:
            raise ValueError("an hour belongs to a date")
        if (self.text is None) != (self.kind is DeadlineKind.NONE):
            raise ValueError("every deadline has its words, and only a deadline has them")
        return self


class TaskLabel(_Frozen):
    """One assigned task, as the labelling guide cuts it."""

    text: str = Field(min_length=1)
    leads: tuple[str, ...]
    cooperators: tuple[str, ...] = ()
    deadline: DeadlineLabel = DeadlineLabel()
    nature: Nature
    field: StateField


class DocumentLabel(_Frozen):
    """The header's fields; null where the text does not show one. Fields in `handwritten` are not
    scored."""

    number: str | None = None
    issued_on: dt.date | None = None
    issuer: str | None = None
    type: DocumentType | None = None
    subject: str | None = None
    signer: str | None = None
    handwritten: tuple[HeaderField, ...] = ()
    execution_clause: bool | None = None
    urgency: Urgency = Urgency.NORMAL
    secrecy: Secrecy = Secrecy.NONE


class Label(_Frozen):
    """A label file. `expected` is the outcome that reading the document should have, `cases` the
    numbers of the hard cases that it shows (samples only)."""

    id: str
    kind_of_source: str | None = None
    expected: Expected | None = None
    cases: tuple[int, ...] = ()
    document: DocumentLabel
    tasks: tuple[TaskLabel, ...]
    notes: str | None = None

    @model_validator(mode="after")
    def _outcome_fits_the_tasks(self) -> Self:
        if self.expected is not None and (self.expected == "done") != bool(self.tasks):
            raise ValueError("a document is done if, and only if, it has tasks")
        return self

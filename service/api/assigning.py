"""Documents given to people to review."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from service.access.roles import Right
from service.access.viewer import Viewer
from service.api.answers import DocumentId, Here, Who, problems
from service.api.documents import shown
from service.api.forms import Form, Text
from service.api.shapes import DocumentShown
from service.review.course import Unfit
from service.review.desk import Missing
from service.web.identity import needing

router = APIRouter(prefix="/documents/{document}", tags=["documents"])


class AssigneeForm(Form):
    """To whom; null gives it back to all."""

    login: Annotated[Text, Field(max_length=200, examples=["lan"])] | None


class ReviewerShown(BaseModel):
    """Somebody who can be given the document."""

    login: str = Field(examples=["lan"])
    name: str = Field(examples=["Trần Thị Lan"])


@router.get("/reviewers", responses=problems(404))
def reviewers(
    document: DocumentId, state: Here, viewer: Annotated[Viewer, Depends(needing(Right.ASSIGN))]
) -> list[ReviewerShown]:
    """Who can be given it: those who review and whose clearance covers it."""
    with state.store.reading() as work:
        row = work.shelf.document(viewer, document)
        if row is None:
            raise Missing(str(document))
        found = work.course.reviewers(row.clearance)
    return [ReviewerShown(login=one.login, name=one.name) for one in found]


@router.put("/assignee", responses=problems(404, 409))
def assign(document: DocumentId, form: AssigneeForm, state: Here, viewer: Who) -> DocumentShown:
    """Gives it to a person to review, or back to all. Who reviews may take one that nobody has, and give back
    his own; all else takes the right `assign`."""
    with state.store.begin() as work:
        assignee = None
        if form.login is not None:
            people = {one.login: one.id for one in work.course.reviewers()}
            if form.login not in people:
                viewer.need(Right.ASSIGN)
                raise Unfit(form.login)
            assignee = people[form.login]
        work.course.assign(viewer, document, assignee)
    return shown(state, viewer, document)

"""Which unit is meant by a name that somebody types: most likely one of the province that issues."""

from __future__ import annotations

import datetime as dt

from service.access.viewer import Viewer
from service.review.finder import DocumentsWanted
from service.store import Work
from service.tracking.naming import Meant, meant_by
from service.web.state import State


def home(work: Work, viewer: Viewer) -> str:
    """Who issued the latest document that he may know of; "" where there is none."""
    latest = work.finder.documents(viewer, DocumentsWanted(), most=1)
    return (latest[0].document.issuer or "") if latest else ""


def naming(state: State, work: Work, viewer: Viewer, on: dt.date, issuer: str = "") -> Meant:
    """What names mean on a day, in a document of `issuer` or else at home."""
    return meant_by(state.register, issuer or home(work, viewer), on)

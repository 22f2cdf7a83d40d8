"""The pages for people, a module a part of the product."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from fastapi import APIRouter


def routers() -> Sequence[APIRouter]:
    """All pages."""
    from service.web.pages import (
        answering,
        book,
        calendar,
        dashboard,
        duplicates,
        duty_files,
        edit,
        feed,
        giving,
        importing,
        inbox,
        inspecting,
        inspections,
        letters,
        login,
        mails,
        measures,
        oidc,
        proposals,
        relations,
        reminders,
        reports,
        review,
        tasks,
        typing_in,
    )

    review_desk = (inbox, giving, review, edit, relations, answering, duplicates)
    followed = (tasks, typing_in, importing, book, duty_files, proposals, dashboard, reports, feed)
    urging = (reminders, calendar, letters, mails)
    checking = (inspecting, inspections, measures)
    return [
        module.router for module in (login, oidc, *review_desk, *followed, *urging, *checking, *_managed())
    ]


def _managed() -> Sequence[ModuleType]:
    """What stands behind the menu of administrators."""
    from service.web.pages import audit, budget, purge, quarantine, runs, users, webhooks

    return (users, webhooks, audit, purge, budget, runs, quarantine)

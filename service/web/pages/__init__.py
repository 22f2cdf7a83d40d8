"""The pages for people, a module a part of the product."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter


def routers() -> Sequence[APIRouter]:
    """All pages."""
    from service.web.pages import (
        answering,
        audit,
        book,
        budget,
        calendar,
        dashboard,
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
        purge,
        relations,
        reminders,
        reports,
        review,
        tasks,
        typing_in,
        users,
        webhooks,
    )

    review_desk = (inbox, giving, review, edit, relations, answering)
    followed = (tasks, typing_in, importing, book, duty_files, proposals, dashboard, reports, feed)
    urging = (reminders, calendar, letters, mails)
    checking = (inspecting, inspections, measures)
    managed = (users, webhooks, audit, purge, budget)
    return [module.router for module in (login, oidc, *review_desk, *followed, *urging, *checking, *managed)]

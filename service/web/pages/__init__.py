"""The pages for people, a module a part of the product."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter


def routers() -> Sequence[APIRouter]:
    """All pages."""
    from service.web.pages import (
        audit,
        book,
        edit,
        giving,
        inbox,
        login,
        oidc,
        purge,
        review,
        tasks,
        users,
        webhooks,
    )

    modules = (login, oidc, inbox, tasks, book, users, webhooks, audit, purge, giving, review, edit)
    return [module.router for module in modules]

"""The pages for people, a module a part of the product."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter


def routers() -> Sequence[APIRouter]:
    """All pages."""
    from service.web.pages import edit, inbox, login, review

    return [login.router, inbox.router, review.router, edit.router]

"""A template and its values in, a page in the viewer's language out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.responses import HTMLResponse

from service import wording
from service.access.viewer import Viewer
from service.report.cards import day, due
from service.runs.words import duration
from service.web.identity import Guest
from service.web.words import locale_of, read_as, said, standing_at, told
from service.wording import Say

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@cache
def environment() -> Environment:
    """The templates; whatever a document says is escaped."""
    made = Environment(
        loader=PackageLoader("service.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": day, "due": _due, "moment": moment, "words": _words, "said": value_said}
    made.filters |= {
        "lasting": duration,
        "given": given,
        "audited": _audited,
        "read_as": _read_as,
        "place": _place,
    }
    made.globals |= {"asset": asset}
    return made


def page(
    request: Request, template: str, guest: Guest | None = None, *, status: int = 200, **values: Any
) -> HTMLResponse:
    """The page; templates know `viewer`, `csrf`, `locale` and `_` for the words."""
    viewer: Viewer | None = guest.viewer if guest else None
    locale = locale_of(request, viewer.locale if viewer else None)
    known = {
        "request": request,
        "viewer": viewer,
        "csrf": guest.csrf if guest else "",
        "locale": locale,
        "_": partial(said, locale),
    }
    return HTMLResponse(environment().get_template(template).render(known | values), status)


@cache
def asset(name: str) -> str:
    """The address of a static file, which changes with its content."""
    import hashlib

    content = (files("service.web") / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def moment(seconds: float) -> str:
    """Seconds since 1970 as dd/mm/yyyy hh:mm in Viet Nam."""
    return dt.datetime.fromtimestamp(seconds, ZONE).strftime("%d/%m/%Y %H:%M")


def value_said(value: Any) -> str:
    """A task's value in few words, for two people's to be compared."""
    if isinstance(value, list):
        return "; ".join(_unit_said(unit) for unit in value)
    if isinstance(value, dict):
        return str(value.get("text") or due(value))
    return str(value or "")


def speaker(request: Request, guest: Guest) -> Say:
    """What puts the program's own words and sentences into the viewer's language."""
    return partial(told, locale_of(request, guest.viewer.locale))


def given(values: Mapping[str, str]) -> dict[str, str]:
    """Those of an address's values that say something."""
    return {name: value for name, value in values.items() if value}


def _unit_said(one: Any) -> str:
    if isinstance(one, dict):
        return str(one.get("name") or "…")
    return str(one)


@pass_context
def _words(context: Context, key: str | None, kind: str) -> str:
    """The words for a key of one of service/wording.py's lists ("STATUSES", …), in the viewer's language."""
    names: dict[str, str] = getattr(wording, kind)
    told: str = context["_"](wording.words(names, key))
    return told


_KEYED = {"status": "STATUSES", "review": "REVIEWS", "role": "ROLES", "nature": "NATURES", "field": "FIELDS"}
_KEYED |= {"scopes": "RIGHTS", "events": "EVENTS", "reason": "REASONS", "failure": "RUN_REASONS"}
"""Fields of the audit whose values are keys of service/wording.py's lists."""


@pass_context
def _audited(context: Context, value: Any, name: str) -> str:
    """A value of the audit's field in words."""
    if isinstance(value, bool):
        _ = context["_"]
        return str(_("có") if value else _("không"))
    if name in _KEYED:
        keys = value if isinstance(value, list) else [value]
        return "; ".join(_words(context, key, _KEYED[name]) for key in keys if key)
    return value_said(value)


@pass_context
def _read_as(context: Context, words: str) -> Markup:
    """How a deadline was read, in the viewer's language; what stays Vietnamese says so."""
    locale: str = context["locale"]
    said = read_as(locale, words)
    if locale != "vi" and said == words:
        return Markup('<span lang="vi">{}</span>').format(said)
    return Markup.escape(said)


@pass_context
def _place(context: Context, path: str) -> str:
    """Where something stands in its document, in the viewer's language."""
    return standing_at(context["locale"], path)


@pass_context
def _due(context: Context, deadline: dict[str, Any]) -> str:
    return due(deadline, context["_"])

"""The interface's language: Vietnamese is what the templates say, English comes from locale/en.po (Babel)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fastapi import Request

LOCALES = ("vi", "en")
COOKIE = "dondoc_locale"


def locale_of(request: Request, preferred: str | None = None) -> str:
    """The language of an answer: the user's, else that of the cookie, else Vietnamese."""
    for wanted in (request.cookies.get(COOKIE), preferred):
        if wanted in LOCALES:
            return str(wanted)
    return LOCALES[0]


@cache
def catalogue(locale: str) -> dict[str, str]:
    """Messages of a language by their Vietnamese wording; empty for Vietnamese itself."""
    if locale == LOCALES[0]:
        return {}
    from babel.messages.pofile import read_po

    with (files("service") / "locale" / f"{locale}.po").open("rb") as stream:
        return {str(one.id): str(one.string) for one in read_po(stream) if one.id and one.string}


def said(locale: str, message: str) -> str:
    """The message in the language; itself where the catalogue lacks it."""
    return catalogue(locale).get(message, message)
